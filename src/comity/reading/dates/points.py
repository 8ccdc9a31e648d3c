"""Points in time that a text states, complete or partial: "May 2, 1826", "25–26 May", "the 1840s", "Q3 2012"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import capwords

from comity.model import When
from comity.reading.dates.lexicon import (
    CENTURY,
    DAY,
    DECADES,
    FIRST_DAY,
    HUNDREDS,
    MONTH,
    ORDINAL,
    SEASONS,
    YEAR,
    YEAR_SPOKEN,
    century,
    decade,
    hundreds,
    month,
    number,
    ordinal,
)  # fmt: skip
from comity.reading.lexicon.words import table

UNKNOWN = "?"  # the year of what turns out not to be a date, or is ambiguous


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month or year, as precise as the words. `year` may be a decade (184X), `month` a season or quarter.

    `through` is the last of several years; `joint` is the word or sign between several `days`.
    """

    start: int
    end: int
    year: str = ""
    month: int = 0
    days: tuple[int, ...] = ()
    joint: str = ""
    through: str = ""
    mark: str = ""

    def when(self) -> When:
        """The date; raises `BadDate` if no calendar has it. Listed days become their month: any may be meant.

        >>> Point(0, 9, "1947", 5, (25, 26), "-").when().edtf, Point(0, 9, "1947", 5, (25, 26), "and").when().edtf
        ('1947-05-25/1947-05-26', '1947-05')
        """
        if self.through:
            return When.parse(f"{self.year}{self.mark}/{self.through}{self.mark}")
        if not self.month:
            return When.parse(self.year + self.mark)
        month = f"{self.year}-{self.month:02}"
        days = [When.parse(f"{month}-{day:02}") for day in self.days]
        if len(days) == 2 and self.joint == "/" and 10 <= (days[1].earliest - days[0].earliest).days <= 13:
            return days[1]  # one day in two calendars: "12/24 January"
        if len(days) == 2 and self.joint != "and":
            return When.span(*days)
        return days[0] if len(days) == 1 else When.parse(month)


def _month(match: re.Match[str]) -> Point:
    """A month with its days and year; for "1731/32" in January to March the later year (New Style)."""
    words = match["days"] or ""
    days = tuple(ordinal(day) for day in re.findall(rf"\d+|{ORDINAL}", words, re.IGNORECASE))
    month_number, year = (
        month(match["month"]),
        match["year"] or (str(number(match["spoken"])) if match["spoken"] else ""),
    )
    if match["new"]:
        later = _whole(year, match["new"])
        year = later if month_number <= 3 and int(later) == int(year) + 1 else UNKNOWN
    elif match["year"] and _COUNTED.match(match.string, match.end()):
        year = UNKNOWN
    joint = "and" if re.search("and|or|&", words) else "/" if "/" in words else "-"
    return Point(match.start(), match.end(), year, month_number, days, joint)


def _whole(begin: str, end: str) -> str:
    """The later of two years, written with its last digits only: after 1899, 02 is 1902."""
    year = begin[: 4 - len(end)] + end
    return year if int(year) >= int(begin) or len(end) != 2 else str(int(year) + 100)


def _iso(match: re.Match[str]) -> Point:
    year, month, day = match.group().split("-")
    return Point(match.start(), match.end(), year, int(month), (int(day),))


def _figures(match: re.Match[str]) -> Point:
    """Day and month in digits; only the year if either number could be the month."""
    first, second = int(match["first"]), int(match["second"])
    if first > 12 or first == second:
        return Point(match.start(), match.end(), match["year"], second, (first,))
    if second > 12:
        return Point(match.start(), match.end(), match["year"], first, (second,))
    return Point(match.start(), match.end(), match["year"])


def _feast(match: re.Match[str]) -> Point:
    month_number, day = _FEASTS[match["feast"].replace("’", "'")].split("-")
    return Point(match.start(), match.end(), match["year"], int(month_number), (int(day),))


def _season(match: re.Match[str]) -> Point:
    """A season; for a winter of two years the year in which it began."""
    season, year = SEASONS[match["season"].lower()], match["year"] or ""
    if match["next"] and (season != 24 or int(_whole(year, match["next"])) != int(year) + 1):
        year = UNKNOWN
    return Point(match.start(), match.end(), year, season)


def _quarter(match: re.Match[str]) -> Point:
    """A quarter or half of a year, by the EDTF codes; for a fiscal year the approximate year, whose limits vary."""
    if match["fiscal"]:
        return Point(match.start(), match.end(), match["year"], mark="~")
    nth = (match["nth"] or match["figure"]).lower()
    half = "h" in (match["part"] or match["letter"]).lower()
    count = int(nth[0]) if nth[0].isdigit() else _NTH[nth] or (2 if half else 4)
    if count > (2 if half else 4):
        return Point(match.start(), match.end(), match["year"])
    return Point(match.start(), match.end(), match["year"], (39 if half else 32) + count)


def _fiscal(match: re.Match[str]) -> Point:
    """A fiscal year, as an approximate calendar year; one that is named by two years lies within them."""
    year = match["year"] or ("20" if match["two"] < "60" else "19") + match["two"]
    if match["next"]:
        mark = "~" if "years" in match.group().lower() else ""  # "2013-14" is one fiscal year, part of both
        return Point(match.start(), match.end(), year, through=_whole(year, match["next"]), mark=mark)
    return Point(match.start(), match.end(), year, mark="~")


def _decade(match: re.Match[str]) -> Point:
    """The 1840s; but "the 1700s" usually means the century, not its first decade."""
    year = int(match["decade"])
    return Point(match.start(), match.end(), century(year) if year % 100 == 0 and year < 2000 else decade(year))


def _next_decade(match: re.Match[str]) -> Point:
    """The 70s after "the 1960s and"."""
    return Point(match.start(), match.end(), decade(int(match.string[match.start() - 10 :][:2] + match["tens"])))


def _spoken_decade(match: re.Match[str]) -> Point:
    year = HUNDREDS[match["hundreds"].lower()] * 100 + DECADES[match["tens"].lower()]
    return Point(match.start(), match.end(), decade(year))


def _nth_decade(match: re.Match[str]) -> Point:
    nth = {"opening": "first", "last": "tenth", "final": "tenth", "closing": "tenth"}.get(match["nth"], match["nth"])
    return Point(match.start(), match.end(), decade(hundreds(match["century"]) * 100 + (ordinal(nth) - 1) * 10))


def _turn(match: re.Match[str]) -> Point:
    """The turn of a century: from some year of the decade before it to some year of its first."""
    year = hundreds(match["century"]) * 100
    return Point(match.start(), match.end(), decade(year - 10), through=decade(year))


def _century(match: re.Match[str]) -> Point:
    return Point(match.start(), match.end(), f"{hundreds(match['century']):02}XX")


def _year(match: re.Match[str]) -> Point:
    """A year, or a range whose last year may be abbreviated; 2024-05 can only be a month."""
    year, last = match["year"], match["next"]
    if not last:
        return Point(match.start(), match.end(), year)
    through = _whole(year, last)
    if int(through) - int(year) > 60 and 1 <= int(last) <= 12:
        return Point(match.start(), match.end(), year, int(last))
    return Point(match.start(), match.end(), year, through=through)


_THINGS = "|".join(map(re.escape, sorted(table("dates")["counted"])))
_COUNTED = re.compile(
    rf"(?: ?(?:to|or|and|[-–]) ?\d[\d,]*)? ?(?:%|(?:{_THINGS})\b)"  # "1200 to 1500 men"
    r"|-(?:strong|man|ton|mile|foot|year|member|bed|pound|page|seat|acre|word)\b",
    re.IGNORECASE,
)
_COUNTED_OF = re.compile(rf" [A-Z][\w.]+ (?:{_THINGS})\b")  # "1800 American troops"
_NUMBERED = re.compile(
    rf"(?:^|[\s(])(?:{'|'.join(map(re.escape, sorted(table('dates')['numbered'])))}) ?$", re.IGNORECASE
)
_ABOUT_MANY = re.compile(r"\b(?:about|around|approximately|roughly) $", re.IGNORECASE)
_DID = re.compile(r" (?:were|have|had|died|fled|perished|attended|others)\b")
_IN = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|year|By|From|After|Before|Until) $")
_FIGURES = re.compile(r"[\d–—/-]+")
_PHONE = re.compile(r"(?<!\d)\d{1,3}-$")


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether digits are a date, and not part of a longer number or a price, a count or the number of something."""
    if not match.group()[0].isdigit():
        return True
    before = text[max(0, match.start() - 16) : match.start()]
    if before[-1:].isalnum() or (before.endswith(tuple("$£€,.#/:")) and not before.endswith(("c.", "ca."))):
        return False
    if not _FIGURES.fullmatch(match.group()) or _IN.search(before):
        return True
    counts = _COUNTED.match(text, match.end()) or _COUNTED_OF.match(text, match.end())
    many = _ABOUT_MANY.search(before) and _DID.match(text, match.end())
    return not (counts or many or _NUMBERED.search(before) or _PHONE.search(before))


_MORE = (
    rf"(?:(?: ?[-–—/] ?| & | and (?:the )?| or (?:the )?| to (?:the )?| through (?:the )?){DAY}"
    rf"|(?:, {DAY}(?: ?[-–] ?{DAY})?){{1,30}},? and {DAY}(?: ?[-–] ?{DAY})?)?"
)
_OF_YEAR = (
    r"(?:(?:,? (?:of |in )?the year (?:of )?(?:our Lord,? )?|, ?| of | )(?:A\.D\. )?"
    rf"(?:(?P<year>{YEAR})(?:/(?P<new>\d{{4}}|\d\d?)(?!\d))?|(?P<spoken>{YEAR_SPOKEN})))?"
)
_FEASTS = {capwords(words): key for key, names in table("feasts").items() for words in names}
_FEAST = "|".join(sorted(map(re.escape, _FEASTS), key=len, reverse=True)).replace("'", "['’]")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "final": 0, "latter": 0}
_SEASON = "|".join(SEASONS)
_NEXT = r"(?P<next>\d{4}|\d\d)(?!\w)"
_NEXT_CENTURY = CENTURY.replace("?P<century>", "?:")
_PATTERNS: tuple[tuple[Callable[[re.Match[str]], Point], str, str], ...] = (
    (_month, "month", rf"(?P<month>{MONTH})(?:(?:,(?= \d\d?,? \d{{4}}))? (?:the )?(?P<days>{DAY}{_MORE}))?{_OF_YEAR}"),
    (_month, "month", rf"(?P<days>{FIRST_DAY}{_MORE})(?: day)?(?:,? of)? (?P<month>{MONTH}){_OF_YEAR}"),
    (_month, "month ordinal", rf"(?i:(?P<days>{ORDINAL})(?: day)? of )(?P<month>{MONTH}){_OF_YEAR}"),
    (_month, "month ordinal", rf"(?P<month>{MONTH}) (?:the )?(?P<days>{ORDINAL})\b{_OF_YEAR}"),
    (_iso, "year", r"(?:1\d|20)\d\d-[01]\d-[0-3]\d(?!\d|-\d)"),
    (_figures, "year", rf"(?P<first>[0-3]?\d)(?P<sep>[./-])(?P<second>[0-3]?\d)(?P=sep)(?P<year>{YEAR})"),
    (_feast, "feast year", rf"(?P<feast>{_FEAST})(?:,| of| in)? (?P<year>{YEAR})"),
    (
        _season,
        "season",
        rf"(?P<season>(?i:{_SEASON}))(?:(?:,? of|,)? (?P<year>{YEAR})(?:[-–—/]{_NEXT})?"
        rf"|(?=(?: (?:and|or|to) (?:the )?| ?[-–—] ?)(?i:{_SEASON})\b|,? (?:of |in )?(?:that|the \w+) year\b))",
    ),
    (
        _quarter,
        "quarter year",
        rf"(?:(?i:(?P<nth>{'|'.join(_NTH)}|[1-4](?:st|nd|rd|th)) (?P<part>quarter|half))(?:,? of|,)?(?: the)?"
        r"(?: calendar)?(?: year)?|(?P<letter>[QH])(?P<figure>[1-4])(?: of|,|/)?) ?"
        r"(?P<fiscal>(?i:fiscal (?:year )?|FY ?))?"
        rf"(?P<year>{YEAR})",
    ),
    (
        _quarter,
        "quarter year",
        r"(?P<year>(?:1\d|20)\d\d)[ -]?(?P<letter>Q)(?P<figure>[1-4])\b(?P<nth>)(?P<part>)(?P<fiscal>)",
    ),
    (
        _fiscal,
        "fiscal",
        rf"(?:(?i:(?:fiscal|financial)(?: years?)?) |FY ?)['’]?(?:(?P<year>{YEAR})|(?P<two>\d\d)(?!\d))"
        rf"(?:[-–—/]{_NEXT})?",
    ),
    (_fiscal, "fiscal", rf"(?<=(?i:fiscal years) \d{{4}} and )(?P<year>{YEAR})(?P<next>)"),
    (_nth_decade, "century", rf"(?P<nth>{ORDINAL}|last|final|opening|closing) decade of (?:the )?{CENTURY}[- ]century"),
    (_turn, "century", rf"turn of the {CENTURY} century"),
    (
        _century,
        "century",
        rf"{CENTURY}(?:[- ][Cc]entur(?:y|ies)\b"
        r"|(?=(?:(?:-? (?:and|or|to|through) |, (?:and )?|/)(?:the )?"
        rf"(?:(?:early|mid|late)[- ])?{_NEXT_CENTURY}){{1,20}}"
        r"[- ][Cc]entur))",
    ),
    (_spoken_decade, "decade", rf"(?i:(?P<hundreds>{'|'.join(HUNDREDS)})[- ](?P<tens>{'|'.join(DECADES)}))\b"),
    (_decade, "year", r"(?P<decade>(?:1\d|20)\d0)['’]?s\b"),
    (_next_decade, "year", r"(?<=\d\d\d0s and )['’]?(?P<tens>[1-9]0)['’]?s\b"),
    (_year, "year", r"(?P<year>(?:1\d|20)\d\d) ?[-–—] ?['’]?(?P<next>\d\d?)(?![\w/-])"),
    (_year, "year", rf"(?P<year>(?:1\d|20)\d\d)/{_NEXT}"),
    (_year, "year", rf"(?P<year>{YEAR})(?P<next>)"),
)
_FORMS = tuple((point, frozenset(needs.split()), re.compile(pattern)) for point, needs, pattern in _PATTERNS)


def points(text: str, traits: frozenset[str]) -> Iterator[Point]:
    """The points of a sentence from left to right; of overlapping ones the first, and of those the longest."""
    matches = [
        (match.start(), -match.end(), order, point, match)
        for order, (point, needs, pattern) in enumerate(_FORMS)
        if needs <= traits
        for match in pattern.finditer(text)
    ]
    position = 0
    for start, _, _, point, match in sorted(matches, key=lambda entry: entry[:3]):
        if start >= position and _is_date(text, match):
            position = match.end()
            yield point(match)
