"""The polities behind the state numbers of Correlates of War and of Gleditsch and Ward, over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from comity.model import Certainty, When
from comity.sources.gazetteer import gazetteer
from comity.sources.research.periods import common

Part = tuple[str, When]
"""A polity's id, and the part of a time in which a number meant it."""


@lru_cache(maxsize=65536)
def parts(scheme: str, number: int, when: When) -> tuple[Part, ...]:
    """The polities that a number meant during a time, each with its part of it, in order; empty when none fits.

    One number can mean several polities in turn, and a figure for a year of change could belong to either. A polity
    that may have had no day of that time is left out if another certainly had one; if none certainly had, the last
    holder of the number in that time counts. An end that follows from a change of holder is no more precise than
    the time itself.

    >>> [(polity, part.edtf) for polity, part in parts("cow", 365, When.parse("1900/1950"))]
    [('russia', '1900/1917'), ('soviet-union', '1917/1950')]
    """
    holders = sorted(_holders(scheme, number, when), key=lambda holder: holder[1].earliest if holder[1] else date.min)
    sure = [(id, span) for id, span in holders if span is None or span.overlaps(when) is Certainty.YES]
    return tuple((id, _clipped(when, span)) for id, span in sure or holders[-1:])


def pairs(scheme: str, number1: int, number2: int, when: When) -> Iterator[tuple[str, str, When]]:
    """The pairs of polities that two numbers meant during a time, each with the time that its parts share.

    >>> for first, second, time in pairs("cow", 255, 300, When.parse("1850/1900")):
    ...     print(first, second, time)
    prussia austrian-empire 1850/1867
    prussia austria-hungary 1867/1871
    germany austria-hungary 1871/1900
    """
    candidates = [
        (first, second, time, part.overlaps(share))
        for first, part in parts(scheme, number1, when)
        for second, share in parts(scheme, number2, when)
        if (time := common(part, share)) and first != second and _lived(first, time) and _lived(second, time)
    ]
    sure = any(overlap is Certainty.YES for *_, overlap in candidates)
    for first, second, time, overlap in candidates:
        if not sure or overlap is Certainty.YES:
            yield first, second, time


def unknown(scheme: str, number: int, when: When) -> str:
    """A remark that no polity fits a number at a time."""
    return f"no polity of the gazetteer was {scheme} {number} in {when}"


def _holders(scheme: str, number: int, when: When) -> Iterator[tuple[str, When | None]]:
    """Each polity that may have had a number and been a state during a time, with the time of its code."""
    for polity in gazetteer().of(scheme, str(number), when):
        lived = _lived(polity.id, when)
        for code in polity.codes:
            span = code.when
            matches = (code.scheme, code.value) == (scheme, str(number))
            if matches and lived and (span is None or span.overlaps(when) is not Certainty.NO):
                yield polity.id, span


def _lived(id: str, when: When) -> bool:
    """Whether a polity may have been a state on some day of a time."""
    lives = gazetteer().polity(id).lifespans
    return not lives or any(life.overlaps(when) is not Certainty.NO for life in lives)


def _clipped(when: When, span: When | None) -> When:
    """The part of a time within a span; a single date is a part of its own."""
    if span is None or not when.is_interval:
        return when
    begin, end = when.begin, when.end
    since = _like(span.earliest, begin) if span.earliest > begin.latest else begin.edtf
    until = _like(span.latest, end) if span.latest < end.earliest else end.edtf
    return When.parse(f"{since}/{until}")


def _like(day: date, model: When) -> str:
    """A day, cut to the precision of another date."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(model.precision, 10)]
