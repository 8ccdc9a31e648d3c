"""Dates relative to another date: "the same day", "three days later", "the 4th instant", "now"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from comity.model import When
from comity.reading.dates.lexicon import (
    DAY,
    MONTH,
    NUMBER,
    ORDINAL,
    SEASONS,
    Around,
    Expression,
    Meaning,
    century,
    decade,
    month,
    number,
    ordinal,
    traits,
)
from comity.reading.dates.points import points
from comity.reading.lexicon.words import table

NOW = "the day of publication"
_BACK = frozenset(("before", "earlier", "previously", "previous"))
_SHIFT = {"next": 1, "following": 1, "ensuing": 1, "succeeding": 1, "previous": -1, "preceding": -1, "prior": -1}
_UNIT = r"(?P<unit>(?:day|week|fortnight|month|year|decade)s?|century|centuries)"
_STOP = r"(?=[.,;:)”\"]|$)"
_NEAR = re.compile(r"\b(?:about|around|approximately|roughly|some|nearly|almost|barely) $", re.IGNORECASE)
# Words before a number that make it inexact, or a duration instead of a distance in time.
_INEXACT = re.compile(
    r"\b(?:more than|less than|over|under|at least|at most|within|up to|half|(?:half|quarter|third) of|every|each"
    r"|for(?: (?:about|roughly|some|nearly|almost|over|the))?|(?:in|during) the|these|those|first|last|next|past) $",
    re.IGNORECASE,
)


def relative(text: str, text_traits: frozenset[str]) -> Iterator[Expression]:
    """The expressions of a sentence that are relative to another date."""
    for mean, needs, pattern in _FORMS:
        if needs <= text_traits:
            for match in pattern.finditer(text):
                yield Expression(match.start(), match.end(), _resolver(mean, match))


def _resolver(mean: Callable[[re.Match[str], Around], Meaning], match: re.Match[str]) -> Callable[[Around], Meaning]:
    return lambda around: mean(match, around)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 24) : match.start()]


def _same(match: re.Match[str], around: Around) -> Meaning:
    """The same day, month or year as the date before it, if that date is precise enough."""
    last, unit = around.last, match["unit"].lower()
    unit = "day" if unit == "date" else unit
    when = _within(last, unit)
    return (when, f"the same {unit} as {last}, before it in the text") if when else None


def _within(last: When | None, unit: str) -> When | None:
    """The day, month, year, decade or century that contains a date."""
    if last is None or last.is_interval or last.is_marked:
        return None
    if unit in ("decade", "century"):
        wide = {"decade": decade, "century": century}[unit]
        first, final = wide(last.earliest.year), wide(last.latest.year)
        return When.parse(first) if first == final else None
    length = {"year": 4, "month": 7, "day": 10}.get(unit, 99)
    if len(last.edtf) < length or "X" in last.edtf[:length] or (unit == "month" and last.precision == "season"):
        return None
    return When.parse(last.edtf[:length])


def _next(match: re.Match[str], around: Around) -> Meaning:
    return _away(around.last, _SHIFT[match["way"].lower()], match["unit"], before=True)


def _beside(match: re.Match[str], around: Around) -> Meaning:
    back = match["way"].lower() in _BACK
    return _away(around.last, -1 if back else 1, match["unit"], before=True)


def _later(match: re.Match[str], around: Around) -> Meaning:
    """A number of days or years after or before the previous date, unless the number is inexact ("more than")."""
    if _INEXACT.search(_before(match)):
        return None
    count = number(match["count"]) * (-1 if match["way"].lower() in _BACK else 1)
    meaning = _away(around.last, count, match["unit"], before=True)
    return (_marked(meaning[0]), meaning[1]) if meaning and _NEAR.search(_before(match)) else meaning


def _from_date(match: re.Match[str], around: Around) -> Meaning:
    """A number of years after a date in the same clause: "five years after its independence in July 1821"."""
    clause = re.split(r"[.;:()]|,(?! ?\d{4})", match.string[match.end() : match.end() + 90])[0]
    anchor = next((point for point in points(clause, traits(clause)) if point.year), None)
    if anchor is None or _INEXACT.search(_before(match)):
        return None
    back = match["way"].lower() in ("before", "preceding", "prior to")
    count = 1 if match["count"].lower() == "the" else number(match["count"])
    return _away(anchor.when(), -count if back else count, match["unit"], before=False)


def _away(from_: When | None, count: int, unit: str, before: bool) -> Meaning:
    """A date a number of units away from another, no more precise than that date or the unit."""
    unit = {"centuries": "century"}.get(unit.lower(), unit.lower().rstrip("s"))
    if from_ is None or from_.is_interval or from_.is_marked:
        return None
    when = _moved(from_, count, unit)
    way = "after" if count > 0 else "before"
    reason = f"{abs(count)} {unit} {way} {from_}, {'before it' if before else 'with it'} in the text"
    return None if when is None else (when, reason)


def _moved(from_: When, count: int, unit: str) -> When | None:
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    if years and from_.earliest.year == from_.latest.year:
        year = from_.earliest.year + count * years
        return When.parse(f"{year:04}" if unit == "year" else decade(year) if unit == "decade" else century(year))
    if unit in ("day", "week", "fortnight") and from_.precision == "day":
        days = {"day": 1, "week": 7, "fortnight": 14}[unit]
        when = When.on(from_.earliest + timedelta(days=count * days))
        return when if unit == "day" else _marked(when)
    if unit == "month" and from_.precision in ("day", "month"):
        months = from_.earliest.year * 12 + from_.earliest.month - 1 + count
        return When.parse(f"{months // 12:04}-{months % 12 + 1:02}")
    return None


def _marked(when: When) -> When:
    return when if when.is_marked else When.parse(f"{when.edtf}~")


def _season(match: re.Match[str], around: Around) -> Meaning:
    """That spring, the following winter: relative to the previous date."""
    return _nearest(around.last, SEASONS[match["season"].lower()], match["way"].lower())


def _month(match: re.Match[str], around: Around) -> Meaning:
    """The following May, the previous June."""
    return _nearest(around.last, month(match["month"]), match["way"].lower())


def _nearest(last: When | None, part: int, way: str) -> Meaning:
    """A month or season in the year of a date, or the first after or last before it."""
    if last is None or last.is_interval or last.is_marked or last.earliest.year != last.latest.year:
        return None
    year, step = last.earliest.year, _SHIFT.get(way.removeprefix("the "), 0)
    if step:
        there = When.parse(f"{year}-{part:02}")
        beyond = there.earliest > last.latest if step > 0 else there.latest < last.earliest
        year += 0 if beyond else step
    return When.parse(f"{year}-{part:02}"), f"{way} to {last}, before it in the text"


def _day_of_month(match: re.Match[str], around: Around) -> Meaning:
    """On the 13th: of the month of the previous date, if that is later than the date."""
    last = around.last
    if last is None or last.is_interval or last.is_marked or last.precision not in ("day", "month"):
        return None
    when = When.parse(f"{last.edtf[:7]}-{ordinal(match['day']):02}")
    if last.precision == "day" and when.earliest <= last.earliest:
        return None
    return when, f"of the month of {last}, before it in the text"


def _letter(match: re.Match[str], around: Around) -> Meaning:
    """A day of the month in which a letter was written, or of the month before or after it."""
    word = (match["month"] or match["word"]).lower().rstrip(".")
    to_letter = word not in ("the same", "that", "the following", "the next")
    from_ = around.written if to_letter else around.last
    if from_ is None or from_.is_marked or from_.precision not in ("day", "month"):
        return None
    step = -1 if word in ("ult", "ultimo", "last") else int(word in ("prox", "proximo", "the following", "the next"))
    moved = _moved(from_, step, "month")
    assert moved is not None
    when = When.parse(f"{moved.edtf}-{ordinal(match['day']):02}")
    return when, f"{word} to {from_}, {'when it was written' if to_letter else 'before it in the text'}"


def _last_month(match: re.Match[str], around: Around) -> Meaning:
    """The 5th of May last: the last May before a letter was written, or the next after."""
    written = around.written
    if written is None or written.precision not in ("day", "month"):
        return None
    meaning = _nearest(written, month(match["month"]), "the previous" if match["way"] == "last" else "the next")
    if meaning is None or not match["day"]:
        return meaning
    return When.parse(f"{meaning[0].edtf}-{ordinal(match['day']):02}"), meaning[1]


def _ago(match: re.Match[str], around: Around) -> Meaning:
    """Ten years ago: approximately that long before publication."""
    meaning = _away(around.published, -number(match["count"]), match["unit"], before=False)
    return (_marked(meaning[0]), f"{match.group()}, from {NOW}") if meaning else None


def _this(match: re.Match[str], around: Around) -> Meaning:
    """Last year, next month: from the day of publication; this year only if no other date was mentioned."""
    step = {"last": -1, "this": 0, "next": 1}[match["way"].lower()]
    if around.published is None or (step == 0 and around.last is not None):
        return None
    when = _moved(around.published, step, match["unit"].lower())
    return (when, f"{match.group()}, from {NOW}") if when else None


def _now(match: re.Match[str], around: Around) -> Meaning:
    """Now, today: the day of publication; not in a narrative ("was now") or a quotation."""
    text, published = match.string, around.published
    if published is None:
        return None
    before = re.findall(r"\w+", _before(match))
    after = re.match(r"\W*(\w+)", text[match.end() : match.end() + 24])
    narrative_words, still = table("dates")["told"], table("dates")["still"]
    following = after[1].lower() if after else ""
    in_narrative = (before and before[-1].lower() in narrative_words) or following in narrative_words
    quoted = text.count("“", 0, match.start()) > text.count("”", 0, match.start())
    if in_narrative or quoted or (following.endswith("ed") and following not in still):
        return None
    return published, NOW


_NUMBER_OF = rf"\b(?P<count>{NUMBER}) {_UNIT}"
_THE = "the following|the next|the previous|the preceding"
_NOW = "|".join(sorted(table("dates")["now"], key=len, reverse=True))
_FORMS: tuple[tuple[Callable[[re.Match[str], Around], Meaning], frozenset[str], re.Pattern[str]], ...] = tuple(
    (mean, frozenset(needs.split()), re.compile(pattern, re.IGNORECASE))
    for mean, needs, pattern in (
        (
            _same,
            "unit",
            r"\b(?:(?:the|that|this) (?:very )?same|that|this(?= (?:day|date)\b)) "
            r"(?P<unit>day|date|month|year|decade|century)\b(?!-)",
        ),
        (
            _next,
            "unit",
            rf"(?<!over )(?<!within )\bthe (?P<way>{'|'.join(_SHIFT)}) (?P<unit>day|month|year|decade)\b",
        ),
        (_beside, "unit", rf"\bthe (?P<unit>day|month|year) (?P<way>before|after|previous|following){_STOP}"),
        (
            _later,
            "unit away",
            rf"{_NUMBER_OF} (?P<way>later|earlier|afterwards?|previously|thereafter|(?:before|after){_STOP})",
        ),
        (
            _from_date,
            "unit away year",
            rf"\b(?P<count>{NUMBER}|the) {_UNIT}(?= (?P<way>after|following|before|preceding|prior to|from)\b)",
        ),
        (_ago, "unit ago", rf"{_NUMBER_OF} ago\b"),
        (
            _this,
            "unit ago",
            r"(?<!the )(?<!its )(?<!his )(?<!her )(?<!their )(?<!’s )(?<!'s )\b"
            r"(?P<way>last|this|next) (?P<unit>year|month)\b",
        ),
        (_season, "season", rf"\b(?P<way>that|the same|{_THE}) (?P<season>{'|'.join(SEASONS)})\b"),
        (_month, "month", rf"\b(?P<way>the same|{_THE}) (?P<month>(?-i:{MONTH}))(?! \d)"),
        (
            _day_of_month,
            "nth",
            r"(?<=\bon the )(?P<day>\d\d?(?:st|nd|rd|th|d))(?=[.,;)]|$| (?:and|he|she|it|they|his|her|at|in)\b)",
        ),
        (
            _letter,
            "letter",
            rf"\b(?P<day>{DAY}|{ORDINAL})(?: day)?(?:,? (?P<word>inst(?:ant|\.)?|ult(?:imo|\.)?|prox(?:imo|\.)?)(?!\w)"
            r"| of (?:the (?=present))?(?P<month>present|this|last|that|the same|the following|the next) month\b)",
        ),
        (
            _last_month,
            "letter month",
            rf"(?:\b(?P<day>{DAY}) (?:of )?)?(?P<month>(?-i:{MONTH})) (?P<way>last|next){_STOP}",
        ),
        (_now, "now", rf"\b(?:{_NOW})\b(?! that\b)"),
    )
)
