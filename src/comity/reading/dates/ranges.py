"""Absolute dates: points joined into ranges, with the part of them that is meant, or without their year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from comity.errors import BadDate
from comity.model import When
from comity.reading.dates.lexicon import GIVEN, MONTH, Around, Expression, Meaning
from comity.reading.dates.points import Point, points

# Words for a part of a period ("the end of May"): the date is that of the whole period, in which the part lies.
_PART = re.compile(
    r"\b(?:(?:the )?(?:very )?(?:early|mid|late)(?:[- ]to[- ](?:mid|late))?(?:[- ]| part of )(?:the )?"
    r"|(?:the )?(?:very )?(?:end|beginning|start|close|middle|eve|opening"
    r"|(?:first|second|third|last|final|latter|former|early|later|greater|opening|closing) "
    r"(?:half|part|third|quarter|days|weeks|months|years|decades)) of (?:the )?(?:year |month of )?)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom (?:about )?(?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:about )?(?:the )?$", re.IGNORECASE)
_DASH = re.compile(r" ?[-–—] ?(?:the )?")
_TO = re.compile(r",? (?:to|through|thru) (?:the )?")
_UNTIL = re.compile(r",? (?:until|till|up to) (?:the )?")
_AND = re.compile(r",? and (?:the )?")
_LISTED = re.compile(r",? (?:and|or) (?:on |in )?(?:the )?|, ")
_ALSO = re.compile(r" ?[(/] ?")
_CLOSING = re.compile(r"(?P<style>,? (?:(?:Old|New) Style|[ON]\. ?S\.))?(?P<bracket>\)),? ?")
_PRESENT = re.compile(
    r"(?: ?[-–—] ?(?:the )?(?:present|current|now|today)| (?:to|until|through|till) the present(?: day)?)\b"
    r"| (?:to|until|through|till) (?:present|now|today)(?=[).,;]|$)"
)
# Words after a day or month that say which year is meant.
_YEAR_MEANT = re.compile(
    r",? (?:of |in )?(?:(?P<same>that(?: same)?|the (?:very )?same)|the (?:(?P<next>following|next|ensuing)"
    r"|previous|preceding)) year\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"\b(?:in|since|until|till|during) $", re.IGNORECASE)
_TURN = timedelta(days=60)  # a date without year that would be further back than this is of another year


def absolute(text: str, traits: frozenset[str]) -> Iterator[Expression]:
    """The dates that a sentence states by themselves, not relative to another date."""
    series = [_with_part(text, point) for point in points(text, traits)]
    _lend_years(text, series)
    index = 0
    while index < len(series):
        used, expression = _next_expression(text, series[index : index + 3])
        if expression is not None:
            yield expression
        index += used


def _next_expression(text: str, window: list[Point]) -> tuple[int, Expression | None]:
    """How many of the next points form one expression, and the expression."""
    first, second = window[0], window[1] if len(window) > 1 else None
    if open_end := _PRESENT.match(text, first.end):
        return 1, _fixed(first.start, open_end.end(), lambda: When.parse(f"{first.when().edtf}/.."))
    if second is not None and (styles := _two_styles(text, window)):
        return styles
    if second is not None and _is_range(text, first, second):
        return 2, _range(first, second)
    return 1, _single(text, first)


def _with_part(text: str, point: Point) -> Point:
    """A point extended to the words for a part of it: "the end of May 1940"."""
    if point.days or text[max(0, point.start - 1) : point.start] not in (" ", "-"):
        return point
    before = text[max(0, point.start - 40) : point.start]
    part = _PART.search(before)
    return replace(point, start=point.start - len(before) + part.start()) if part else point


def _lend_years(text: str, series: list[Point]) -> None:
    """Give points without a year that of the next point in their list: "May 2 or June 3, 1920"."""
    for index in range(len(series) - 2, -1, -1):
        point, then = series[index], series[index + 1]
        between = text[point.end : then.start]
        if point.month and not point.year and then.month and _LISTED.fullmatch(between):
            series[index] = replace(point, year=then.year)


def _is_range(text: str, first: Point, second: Point) -> bool:
    """Whether two points are the ends of one range, by the words before and between them."""
    if first.through or second.through or second.mark:
        return False
    if bool(first.month) != bool(second.month) and not (first.year and second.year):
        return False
    between = text[first.end : second.start]
    if _DASH.fullmatch(between) or _TO.fullmatch(between):
        return True
    before = text[max(0, first.start - 20) : first.start]
    if _UNTIL.fullmatch(between):
        return _FROM.search(before) is not None
    return _AND.fullmatch(between) is not None and _BETWEEN.search(before) is not None


def _range(first: Point, second: Point) -> Expression:
    """A range; an end without a year takes that of the other end, or the adjacent year if the range crosses one."""
    start, end = first.start, second.end
    if not first.year and not second.year:
        return Expression(start, end, lambda around: _of_last_year(first, second, around))
    backwards = _turns_back(first, second)
    if not first.year and second.year.isdecimal():
        first = replace(first, year=str(int(second.year) - backwards))
    elif not second.year and first.year.isdecimal():
        second = replace(second, year=str(int(first.year) + backwards))
    return _fixed(start, end, lambda: When.span(first.when(), second.when()))


def _turns_back(first: Point, second: Point) -> bool:
    """Whether the range crosses a new year: "from November to March"."""
    if first.month != second.month:
        return first.month > second.month
    return bool(first.days and second.days and first.days > second.days)


def _of_last_year(first: Point, second: Point, around: Around) -> Meaning:
    """A range without a year: the year is that of the date before it in the text."""
    year = _year(around.last)
    if around.last is None or year is None:
        return None
    when = When.span(replace(first, year=year).when(), replace(second, year=year).when())
    return None if when.latest < around.last.earliest - _TURN else (when, _reason(around.last))


def _single(text: str, point: Point) -> Expression | None:
    """A single point; two days after "between" are the ends of a range."""
    if point.year or not point.month:
        if len(point.days) == 2 and _BETWEEN.search(text[max(0, point.start - 20) : point.start]):
            point = replace(point, joint="-")
        return _fixed(point.start, point.end, point.when)
    meant = _YEAR_MEANT.match(text, point.end)
    alone = re.fullmatch(MONTH, text[point.start : point.end])
    if alone and not meant and not _MONTH_ALONE.search(text[max(0, point.start - 8) : point.start]):
        return None
    if point.month > 12 and not meant:
        return None
    shift = 0 if meant is None or meant["same"] else 1 if meant["next"] else -1
    end = meant.end() if meant else point.end
    return Expression(point.start, end, lambda around: _partial(point, shift if meant else None, around))


def _partial(point: Point, shift: int | None, around: Around) -> Meaning:
    """A day or month without a year: the year is that of the date before it, unless that would go back in time."""
    last, year = around.last, _year(around.last)
    if last is None or year is None:
        return None
    when = replace(point, year=str(int(year) + (shift or 0))).when()
    if shift is None and when.latest < last.earliest - _TURN:
        return None
    return when, _reason(last)


def _reason(last: When) -> str:
    return f"the year is that of {last.edtf}, before it in the text"


def _fixed(start: int, end: int, when: Callable[[], When]) -> Expression:
    """An expression whose meaning depends on no other date."""
    return Expression(start, end, lambda around: (when(), GIVEN))


def _year(last: When | None) -> str | None:
    """The year of a date, if it has one."""
    if last is None or last.earliest.year != last.latest.year:
        return None
    return f"{last.earliest.year:04}"


def _two_styles(text: str, window: list[Point]) -> tuple[int, Expression] | None:
    """One day in two calendars, ten to thirteen days apart: "October 24 (November 6), 1917" means the later day.

    The Julian calendar was ten days behind the Gregorian in 1582 and has been thirteen days behind since 1900.
    """
    first, second, *rest = window
    if not (len(first.days) == len(second.days) == 1 and _ALSO.fullmatch(text[first.end : second.start])):
        return None
    closing = _CLOSING.match(text, second.end)
    if first.year and (second.year or closing is None or not closing["style"]):
        return None
    used, end, year = 2, closing.end("bracket") if closing else second.end, second.year or first.year
    if not year and closing and rest and rest[0].start == closing.end() and not rest[0].month:
        used, end, year = 3, rest[0].end, rest[0].year
    try:
        days = [replace(point, year=year).when() for point in (first, second)]
    except BadDate:
        return None
    earlier, later = sorted(days, key=lambda when: when.earliest)
    if not 10 <= (later.earliest - earlier.earliest).days <= 13:
        return None
    return used, Expression(first.start, end, lambda around: (later, GIVEN))
