"""Date expressions of a history, each as EDTF no more precise than the words, on the text's own thread of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from comity.errors import BadDate
from comity.model import When

_MONTH = (
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?![a-z])"
)
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_UNIT = r"(?P<unit>day|date|month|year)"
# What follows a number that counts things and is no year.
_COUNTED = r"(?! ?(?:%|percent|per cent|people|persons|men|troops|soldiers|citizens|tons|miles|kilomet|dollars|km\b))"
_YEAR_ALONE = rf"(?<![\d$£€,.#/])(?P<year>{_YEAR})(?![\d/]|[.,]\d|-\d|–\d|s\b){_COUNTED}"
_CENTURIES = {
    name: f"{number - 1:02}XX"
    for number, names in {
        16: "sixteenth 16th", 17: "seventeenth 17th", 18: "eighteenth 18th", 19: "nineteenth 19th",
        20: "twentieth 20th", 21: "twenty-first 21st",
    }.items()
    for name in names.split()
}  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
# Words before a date that say how it bounds what happened.
_BOUNDS = {
    "until": "until", "till": "until", "through": "until", "since": "since", "by": "by", "before": "before",
    "after": "after", "following": "after", "from": "since", "prior to": "before", "about": "about",
    "around": "about", "approximately": "about", "circa": "about", "c.": "about", "ca.": "about", "or about": "about",
}  # fmt: skip
_BOUND = re.compile(
    r"(?:^|[\s(])(" + "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True)) + r")(?: the)? ?$", re.IGNORECASE
)
_GIVEN = "the text gives the date"
_HINT = re.compile(r"\d|centur|\byear|\bday\b|\bdate\b|\bmonth|later\b", re.IGNORECASE)
Meaning = tuple[When, str] | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: where it stands, what it means, how it bounds (`until`, `since` …), and how it is known."""

    start: int
    end: int
    when: When
    bound: str = ""
    reason: str = "the text gives the date"
    certain: bool = True


class Thread:
    """The thread of time of one paragraph: what "the same year" and "June 13" hang on.

    >>> thread = Thread()
    >>> [d.when.edtf for d in thread.read("On June 10, 1940, they left; on June 13 he was named, and left that year.")]
    ['1940-06-10', '1940-06-13', '1940']
    """

    def __init__(self) -> None:
        self.last: When | None = None

    def read(self, text: str) -> list[Dated]:
        """The date expressions of a sentence, in order; an expression that can't be dated is left out."""
        if not _HINT.search(text):
            return []
        found: list[Dated] = []
        for name, match in _matches(text):
            meant = self._meaning(name, match)
            if meant is not None:
                when, reason = meant
                self.last = when
                bound = "" if when.is_interval else _bound(text, match.start())
                if bound == "about":
                    when, bound = _marked(when), ""
                found.append(Dated(match.start(), match.end(), when, bound, reason, reason == _GIVEN))
        return found

    def _meaning(self, name: str, match: re.Match[str]) -> Meaning:
        try:
            return _MEANINGS[name](match, self.last)
        except BadDate:
            return None


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every expression, from left to right; of those that overlap the first and longest."""
    forms = [(order, *form) for order, form in enumerate(_FORMS) if _may_be_in(form[0], text)]
    found = [(m.start(), -m.end(), order, name, m) for order, name, pattern in forms for m in pattern.finditer(text)]
    position = 0
    for start, _, _, name, match in sorted(found, key=lambda item: item[:3]):
        if start >= position:
            position = match.end()
            yield name, match


def _may_be_in(name: str, text: str) -> bool:
    """Whether a form is worth looking for: a cheap question before a dear one."""
    hint = _HINTS.get(name)
    return hint is None or hint.search(text) is not None


def _bound(text: str, start: int) -> str:
    found = _BOUND.search(text[max(0, start - 20) : start])
    return _BOUNDS[found[1].lower()] if found else ""


def _marked(when: When) -> When:
    """The date as an approximate one; an interval or a decade says as much by itself."""
    return when if when.is_interval or when.is_marked or "X" in when.edtf else When.parse(f"{when.edtf}~")


def _plain(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(_words(match.group())), _GIVEN


def _words(text: str) -> str:
    """A date in words as the model reads it: no "of", no brackets, one space."""
    return re.sub(r"\s+", " ", re.sub(r"\bof\b|\bthe\b", " ", text.replace(",", " , "))).replace(" ,", ",").strip()


def _range(match: re.Match[str], last: When | None) -> Meaning:
    begin, end = match["begin"], match["until"]
    if len(end) < len(begin):
        end = begin[: len(begin) - len(end)] + end
    return When.span(When.parse(begin), When.parse(end)), _GIVEN


def _day_range(match: re.Match[str], last: When | None) -> Meaning:
    first, second = (f"{match['month']} {match[day]}, {match['year']}" for day in ("from", "to"))
    return When.span(When.parse(first), When.parse(second)), _GIVEN


def _days(match: re.Match[str], last: When | None) -> Meaning:
    """Several days of one month: the month, since which of them is meant is not said."""
    return When.parse(f"{match['month'].rstrip('.')} {match['year']}"), _GIVEN


def _long_range(match: re.Match[str], last: When | None) -> Meaning:
    begin, end = match["begin"], match["until"]
    if not re.search(rf"{_YEAR}$", begin):
        begin = f"{begin}, {end[-4:]}"
    return When.span(When.parse(_words(begin)), When.parse(_words(end))), _GIVEN


def _decade(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(f"{match['decade'][:3]}X"), _GIVEN


def _century(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(_CENTURIES[match["ordinal"].lower()]), _GIVEN


def _season(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(f"{match['year']}-{_SEASONS[match['season'].lower()]}"), _GIVEN


def _year(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(match["year"]), _GIVEN


def _fiscal(match: re.Match[str], last: When | None) -> Meaning:
    return When.parse(f"{match['year']}~"), _GIVEN


def _partial(match: re.Match[str], last: When | None) -> Meaning:
    """A day or a month without its year: that of the date before it, unless that would run backwards."""
    if last is None or last.is_interval or "X" in last.edtf:
        return None
    when = When.parse(
        f"{match['month'].rstrip('.')} {(match['day'] or '') + ',' if match['day'] else ''} {last.edtf[:4]}"
    )
    if match["same"] is None and when.latest < last.earliest - timedelta(days=60):
        return None
    return when, f"the year is that of {last.edtf}, before it in the text"


def _same(match: re.Match[str], last: When | None) -> Meaning:
    """The same day, month or year as the date before it, if that is known so precisely."""
    if last is None or last.is_interval or last.is_marked:
        return None
    named = (match["unit"] or match["unit2"]).lower()
    unit = "day" if named == "date" else named
    length = {"year": 4, "month": 7, "day": 10}[unit]
    if len(last.edtf) < length or "X" in last.edtf[:length]:
        return None
    return When.parse(last.edtf[:length]), f"the same {unit} as {last.edtf}, before it in the text"


def _next(match: re.Match[str], last: When | None) -> Meaning:
    return _later("one", match["unit"].lower(), last)


def _after(match: re.Match[str], last: When | None) -> Meaning:
    return _later(match["count"], match["unit"].lower().rstrip("s"), last)


def _later(count: str, unit: str, last: When | None) -> Meaning:
    """So many days, weeks or years after the date before it, no more precise than that date and the words."""
    number = _NUMBERS.get(count.lower()) or int(count)
    if last is None or last.is_interval or last.is_marked:
        return None
    reason = f"{count} {unit} after {last.edtf}, before it in the text"
    if unit == "year" and last.earliest.year == last.latest.year:
        return When.parse(f"{last.earliest.year + number:04}"), reason
    if unit in ("day", "week") and last.precision == "day":
        exact = last.earliest + timedelta(days=number * (7 if unit == "week" else 1))
        when = When.on(exact)
        return (when if unit == "day" else _marked(when)), reason
    if unit == "month" and last.precision in ("day", "month"):
        months = last.earliest.year * 12 + last.earliest.month - 1 + number
        return When.parse(f"{months // 12:04}-{months % 12 + 1:02}"), reason
    return None


_D = rf"{_MONTH} {_DAY},? {_YEAR}|{_DAY} {_MONTH},? {_YEAR}|{_MONTH},? (?:of )?{_YEAR}|{_YEAR}"
_SAME = r"(?P<same>,? (?:of )?(?:that|the same) year)?"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        (
            "day_range",
            rf"(?P<month>{_MONTH}) (?P<from>\d{{1,2}}) ?(?:-|–|to) ?(?P<to>\d{{1,2}}),? (?P<year>{_YEAR})",
            0,
        ),
        ("days", rf"(?P<month>{_MONTH}) \d{{1,2}}(?:, \d{{1,2}})*,? and \d{{1,2}},? (?P<year>{_YEAR})", 0),
        (
            "long_range",
            rf"(?<=[Ff]rom )(?P<begin>{_D}|{_MONTH} {_DAY}|{_MONTH}) (?:to|until|through|till) (?P<until>{_D})",
            0,
        ),
        ("long_range", rf"(?<=[Bb]etween )(?P<begin>{_D}|{_MONTH} {_DAY}|{_MONTH}) and (?P<until>{_D})", 0),
        (
            "plain",
            rf"{_MONTH},? {_DAY},? {_YEAR}|(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}|{_MONTH},? (?:of )?{_YEAR}",
            0,
        ),
        ("range", rf"(?P<begin>{_YEAR}) ?[-–—] ?(?P<until>{_YEAR}|\d\d)(?!\d)", 0),
        (
            "decade",
            r"(?:(?:early|mid|late|middle|end of the)[ -](?:the )?)?(?P<decade>1\d\d0|20\d0)[’']?s\b",
            re.IGNORECASE,
        ),
        ("century", rf"(?P<ordinal>{'|'.join(_CENTURIES)})[ -]century", re.IGNORECASE),
        ("season", rf"(?P<season>{'|'.join(_SEASONS)}),?(?: of)? (?P<year>{_YEAR})\b", re.IGNORECASE),
        ("fiscal", rf"(?:fiscal year|FY) ?(?P<year>{_YEAR})\b", re.IGNORECASE),
        ("partial", rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,? \d{{4}}){_SAME}", 0),
        ("partial", rf"(?<=[Ii]n )(?P<month>{_MONTH})(?P<day>)(?! \d){_SAME}", 0),
        (
            "same",
            rf"(?:the|that|this) (?:very )?same {_UNIT}\b|\b(?:that|this) (?P<unit2>day|date|year)\b",
            re.IGNORECASE,
        ),
        ("next", rf"the (?:next|following) {_UNIT}\b", re.IGNORECASE),
        (
            "after",
            rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>days?|weeks?|months?|years?) later\b",
            re.IGNORECASE,
        ),
        ("year", _YEAR_ALONE, 0),
    )
)
_HINTS = {name: re.compile(_MONTH) for name in ("day_range", "days", "plain", "partial")} | {
    "century": re.compile("centur", re.IGNORECASE), "decade": re.compile(r"0[’']?s\b"),
    "range": re.compile(r"\d ?[-–—] ?\d"),
    "after": re.compile("later"),
    "fiscal": re.compile("fiscal|FY", re.IGNORECASE),
    "season": re.compile("spring|summer|autumn|fall|winter", re.IGNORECASE),
    "next": re.compile("next|following"),
    "same": re.compile(r"\b(?:day|date|month|year)\b", re.IGNORECASE),
    "long_range": re.compile("(?:from|between) ", re.IGNORECASE),
}  # fmt: skip
_MEANINGS: dict[str, Callable[[re.Match[str], When | None], Meaning]] = {
    "day_range": _day_range,
    "days": _days, "long_range": _long_range, "plain": _plain, "range": _range, "decade": _decade,
    "century": _century, "season": _season, "fiscal": _fiscal, "partial": _partial, "same": _same, "next": _next,
    "after": _after, "year": _year,
}  # fmt: skip
