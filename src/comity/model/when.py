"""A date or interval in EDTF that keeps its precision."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from comity.errors import BadDate

ACCEPTED = (
    "write EDTF (1826, 1826-05, 1826-05-02, 184X, 1826~, 1826?, 1920/1923, 1902/..) "
    "or a day, month or year in words (2 May 1826, May 2, 1826, May 1826)"
)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
MONTHS["sept"] = 9
# The months of the northern hemisphere's seasons, as the sources speak of them (winter ends in the next year), and of
# quarters and halves of a year.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)} | {
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
MARKS = "?~%"
_ENDS = ("", "..")
_OR_LATER = re.compile(r"\[([^\[\]]+?)\.\.\]")
_OR_BEFORE = re.compile(r"\[\.\.([^\[\]]+)\]")
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH_NAME = r"(?P<month>[a-z]{3,9})"
_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%])?"
)
_DAY_MONTH = re.compile(rf"{_DAY} (?:of )?{_MONTH_NAME}\.?,? {_YEAR}")
_MONTH_DAY = re.compile(rf"{_MONTH_NAME}\.? {_DAY},? {_YEAR}")
_MONTH = re.compile(rf"{_MONTH_NAME}\.?,? {_YEAR}")


class Certainty(Enum):
    """The answer to a question about imprecise dates; truth is YES only when every reading agrees."""

    YES = "yes"
    NO = "no"
    POSSIBLY = "possibly"

    def __bool__(self) -> bool:
        raise TypeError("a Certainty has three values: compare it with Certainty.YES, NO or POSSIBLY")


@dataclass(frozen=True, slots=True)
class When:
    """Days from `earliest` to `latest`, both included; `edtf` is what the source supports, no more.

    A single date (`1826`) is a moment somewhere in its days. An interval (`1920/1923`) began somewhere in its
    first date and ended somewhere in its second; `begin_latest` and `end_earliest` bound what is certain.
    `..` is an open end and an empty end an unknown one: both reach to `date.min` or `date.max`, the open one for
    certain. `1949/[2018..]` lasted until 2018 or later, and `[..1816]/1823` began in 1816 or before: the source
    covers no more (a set of dates of EDTF's level 2, here as an end). `~` (approximate), `?` (uncertain) and `%`
    (both) widen a date by one unit of its own precision on either side. Seasons are the northern hemisphere's:
    `1826-24` is December 1826 to February 1827. Quarters and halves of a year are those of EDTF level 2: `2009-33` is
    its first quarter, `2009-41` its second half.

    >>> When.parse("1826").during(When.parse("1826-05"))
    <Certainty.POSSIBLY: 'possibly'>
    >>> When.parse("1826-05").latest
    datetime.date(1826, 5, 31)
    >>> When.parse("1827-05-21").before(When.parse("1838"))
    <Certainty.YES: 'yes'>
    """

    edtf: str
    earliest: date
    latest: date
    begin_latest: date
    end_earliest: date

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF level 1 with its quarters and halves of years, or a date in plain English words.

        Raises `BadDate`, naming what is accepted, for anything else and for days that no calendar has.

        >>> When.parse("May 2, 1826").edtf, When.parse("184X").earliest.year, When.parse("1902/..").latest.year
        ('1826-05-02', 1840, 9999)
        """
        return _parse(text)

    @classmethod
    def on(cls, day: date) -> When:
        """A single day, known to the day."""
        return cls.parse(f"{day.year:04}-{day.month:02}-{day.day:02}")

    @classmethod
    def span(cls, begin: When | None, end: When | None) -> When:
        """From one date to another; None is an unknown end.

        >>> When.span(When.parse("1827-05-21"), When.parse("1828")).edtf
        '1827-05-21/1828'
        """
        return cls.parse(f"{begin.edtf if begin else ''}/{end.edtf if end else ''}")

    @property
    def is_interval(self) -> bool:
        """Whether this lasted from one date to another, rather than happening at one."""
        return "/" in self.edtf

    @property
    def is_marked(self) -> bool:
        """Whether the source calls the date, or an end of the interval, approximate or uncertain (~, ?, %)."""
        return any(mark in self.edtf for mark in MARKS)

    @property
    def precision(self) -> str:
        """`day`, `month`, `season` (also a quarter or half of a year), `year`, `decade`, `century` or `interval`."""
        return "interval" if self.is_interval or self.edtf in _ENDS else _precision(self.known.edtf)

    @property
    def known(self) -> When:
        """The date in an end such as [2018..], the last that the source covers; any other date is itself.

        >>> When.parse("1949/[2018..]").end.known.edtf, When.parse("1949").known.edtf
        ('2018', '1949')
        """
        seen = _OR_LATER.fullmatch(self.edtf) or _OR_BEFORE.fullmatch(self.edtf)
        return _parse(seen[1]) if seen else self

    @property
    def begin(self) -> When:
        """When an interval began; a single date is its own. An open start is `..`, at `date.min`."""
        return self._end(0, self.earliest, self.begin_latest)

    @property
    def end(self) -> When:
        """When an interval ended; a single date is its own. An open end is `..`, at `date.max`.

        Its days are those that the beginning leaves: what began in October ended in no earlier month of that year.

        >>> When.parse("1920-04/1923~").begin.edtf, When.parse("1920/..").end.earliest.year
        ('1920-04', 9999)
        >>> When.parse("1949-10/1949").end.edtf, When.parse("1949-10/1949").end.earliest
        ('1949', datetime.date(1949, 10, 1))
        """
        return self._end(1, self.end_earliest, self.latest)

    def _end(self, which: int, earliest: date, latest: date) -> When:
        return When(self.edtf.split("/")[which], earliest, latest, latest, earliest) if self.is_interval else self

    def before(self, later: When) -> Certainty:
        """Whether this ended before `later` began: YES, NO or POSSIBLY (they overlap in what is unknown)."""
        if self.latest < later.earliest:
            return Certainty.YES
        return Certainty.NO if self.end_earliest >= later.begin_latest else Certainty.POSSIBLY

    def after(self, earlier: When) -> Certainty:
        """Whether this began after `earlier` ended."""
        return earlier.before(self)

    def overlaps(self, second: When) -> Certainty:
        """Whether the two share at least a day."""
        if Certainty.YES in (self.before(second), second.before(self)):
            return Certainty.NO
        shared = self.begin_latest <= second.end_earliest and second.begin_latest <= self.end_earliest
        return Certainty.YES if shared else Certainty.POSSIBLY

    def during(self, whole: When) -> Certainty:
        """Whether this lies wholly within `whole`, taken as the whole of its days (within May, within 1920/1923).

        >>> When.parse("1826-05-02").during(When.parse("1826")), When.parse("1826-05-02").during(When.parse("1826~"))
        (<Certainty.YES: 'yes'>, <Certainty.POSSIBLY: 'possibly'>)
        """
        if self.begin_latest < whole.earliest or self.end_earliest > whole.latest:
            return Certainty.NO
        begin, end = (whole.begin_latest, whole.end_earliest) if whole.is_interval else (whole.earliest, whole.latest)
        # No day around a single date marked ~ or ? is certain.
        certain = whole.is_interval or not whole.is_marked
        return Certainty.YES if certain and begin <= self.earliest and self.latest <= end else Certainty.POSSIBLY

    def refines(self, coarser: When) -> bool:
        """Whether this says the same as `coarser`, more precisely: 1826-05-02 refines 1826, a date no interval.

        >>> When.parse("1826-05-02").refines(When.parse("1826")), When.parse("1827").refines(When.parse("1826"))
        (True, False)
        """
        if self.is_interval != coarser.is_interval or self._days == coarser._days:
            return False
        began = coarser.earliest <= self.earliest and self.begin_latest <= coarser.begin_latest
        return began and coarser.end_earliest <= self.end_earliest and self.latest <= coarser.latest

    @property
    def _days(self) -> tuple[date, date, date, date]:
        return self.earliest, self.begin_latest, self.end_earliest, self.latest

    @property
    def reach(self) -> tuple[int, int]:
        """The first and last possible day, as ordinals: dates whose reaches are disjoint can't overlap."""
        return self.earliest.toordinal(), self.latest.toordinal()

    def __str__(self) -> str:
        return self.edtf


@lru_cache(maxsize=65536)
def _parse(text: str) -> When:
    folded = " ".join(text.split())
    if folded.count("/") == 1:
        return _interval(folded)
    edtf = folded if _DATE.fullmatch(folded) else _from_words(folded)
    if edtf is None:
        raise BadDate(f'"{text}" is not a date; {ACCEPTED}', offender=text)
    earliest, latest = _days(edtf, text)
    return When(edtf, earliest, latest, latest, earliest)


def _interval(text: str) -> When:
    """An interval of two dates, which never ends before it begins: each end bounds the other."""
    first, second = (part.strip() for part in text.split("/"))
    if first in _ENDS and second in _ENDS:
        raise BadDate(f'"{text}" has neither a beginning nor an end; {ACCEPTED}', offender=text)
    begin = _or_before(first) or _end_of(first, date.min)
    end = _or_later(second) or _end_of(second, date.max)
    if begin.earliest > end.latest:
        raise BadDate(f'"{text}" ends before it begins; {ACCEPTED}', offender=text)
    return When(
        f"{begin.edtf}/{end.edtf}",
        begin.earliest,
        end.latest,
        min(begin.latest, end.latest),
        max(end.earliest, begin.earliest),
    )


def _end_of(part: str, limit: date) -> When:
    """One end of an interval: a date; open (..), for certain at the limit; or unknown (empty), on any day at all."""
    if part == "..":
        return When(part, limit, limit, limit, limit)
    return _parse(part) if part else When(part, date.min, date.max, date.max, date.min)


def _or_before(part: str) -> When | None:
    """A beginning on a date or on any before it, [..1816]; None for any other text."""
    match = _OR_BEFORE.fullmatch(part)
    seen = _parse(match[1]) if match else None
    return seen and When(f"[..{seen.edtf}]", date.min, seen.latest, seen.latest, date.min)


def _or_later(part: str) -> When | None:
    """An end on a date or on any after it, [2018..]; None for any other text."""
    match = _OR_LATER.fullmatch(part)
    seen = _parse(match[1]) if match else None
    return seen and When(f"[{seen.edtf}..]", seen.earliest, date.max, date.max, seen.earliest)


def _from_words(text: str) -> str | None:
    """A day, month or year in English words, as EDTF; None for any other text."""
    lowered = text.lower()
    for pattern in (_DAY_MONTH, _MONTH_DAY, _MONTH):
        match = pattern.fullmatch(lowered)
        if match and match["month"] in MONTHS:
            month = f"{match['year']}-{MONTHS[match['month']]:02}"
            return month if pattern is _MONTH else f"{month}-{int(match['day']):02}"
    return None


def _precision(edtf: str) -> str:
    year, *rest = edtf.rstrip(MARKS).split("-")
    if "X" in year:
        return "century" if year.endswith("XX") else "decade"
    if not rest or rest[0] == "XX":
        return "year"
    if int(rest[0]) in SEASONS:
        return "season"
    return "day" if len(rest) == 2 and rest[1] != "XX" else "month"


def _days(edtf: str, text: str) -> tuple[date, date]:
    """The first and last day that `edtf` can mean; widened by a unit when it is marked ~, ? or %."""
    match = _DATE.fullmatch(edtf)
    assert match is not None
    try:
        first, last = _plain_days(match["year"], match["month"], match["day"])
    except ValueError as error:
        raise BadDate(f'"{text}" is not a day of the calendar; {ACCEPTED}', offender=text) from error
    return _widen(first, last, _precision(edtf)) if match["mark"] else (first, last)


def _plain_days(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if "X" in year:
        if month is not None:
            raise ValueError("a decade has no months")
        return date(max(int(year.replace("X", "0")), 1), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(year)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError("a day of no known month")
        return date(number, 1, 1), date(number, 12, 31)
    assert month is not None
    if int(month) in SEASONS:
        if day is not None:
            raise ValueError("a season has no days")
        start, stop = SEASONS[int(month)]
        return date(number, start, 1), _month_end(number + (stop < start), stop)
    if day in (None, "XX"):
        return date(number, int(month), 1), _month_end(number, int(month))
    assert day is not None
    exact = date(number, int(month), int(day))
    return exact, exact


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _widen(first: date, last: date, precision: str) -> tuple[date, date]:
    """A unit more on either side, as far as the calendar goes."""
    if precision == "day":
        return _day(first.toordinal() - 1), _day(last.toordinal() + 1)
    if precision in ("month", "season"):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        before, after = first.year * 12 + first.month - 1 - months, last.year * 12 + last.month - 1 + months
        start = date(before // 12, before % 12 + 1, 1) if before >= 12 else date.min
        return start, _month_end(after // 12, after % 12 + 1) if after < 120_000 else date.max
    years = {"year": 1, "decade": 10, "century": 100}[precision]
    return date(max(first.year - years, 1), 1, 1), date(min(last.year + years, 9999), 12, 31)


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
