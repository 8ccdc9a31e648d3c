"""Date expressions of a text as EDTF, no more precise than the words; relative ones follow the text's own dates.

Most dates of a history are incomplete: "on June 13" or "the same year" depend on the date before. A `Thread` therefore
reads the sentences of a paragraph in order and remembers the last date; anything it cannot resolve is left out, because
a wrong date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.errors import BadDate
from comity.model import When
from comity.reading.dates.lexicon import GIVEN, Around, Expression, traits
from comity.reading.dates.ranges import absolute
from comity.reading.dates.relative import NOW, relative
from comity.reading.lexicon.words import table

# Words before a date that say how it bounds the event.
_BOUNDS = {words: bound for bound, phrases in table("bounds").items() for words in phrases}
_BOUND = re.compile(
    rf"(?:^|[\s(])({'|'.join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))})(?: the)? ?$", re.IGNORECASE
)
_LETTERS = 1950  # a text published later that says "the 4th instant" quotes a letter of another date
_NAMING = re.compile(r"(?:\b(?:the|an?|its|his|her|their|of)|['’]s) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: its place, its meaning, how it bounds the event (`until`, `since` …), and how it was resolved.

    The bound of "now" and "today" is `now`: it dates a present state, not an event.
    """

    start: int
    end: int
    when: When
    bound: str = ""
    reason: str = GIVEN
    certain: bool = True


class Thread:
    """The dates of one paragraph in order, to resolve "the same year" and "June 13".

    `published` is the day that "now" and "last year" refer to; without it they are not resolved.

    >>> thread = Thread()
    >>> [d.when.edtf for d in thread.read("On June 10, 1940, they left; on June 13 he was named, and left that year.")]
    ['1940-06-10', '1940-06-13', '1940']
    """

    def __init__(self, published: When | None = None) -> None:
        letter = published is not None and published.latest.year < _LETTERS
        self._around = Around(published=published, written=published if letter else None)
        self._begun = False

    def read(self, text: str) -> list[Dated]:
        """The date expressions of a sentence, in order; an expression that can't be dated is left out."""
        text_traits = traits(text)
        if not text_traits:
            return []
        dates: list[Dated] = []
        for expression in _apart((*absolute(text, text_traits), *relative(text, text_traits))):
            dated = self._resolved(text, expression)
            if dated is not None:
                dates.append(dated)
        return dates

    def _resolved(self, text: str, expression: Expression) -> Dated | None:
        """The meaning of an expression, remembered for the expressions after it."""
        try:
            meant = expression.mean(self._around)
        except BadDate:
            return None
        if meant is None:
            return None
        when, reason = meant
        bound = "" if when.is_interval else _bound(text, expression.start)
        if reason == NOW:
            return Dated(expression.start, expression.end, when, bound or "now", reason, False)
        if not _is_aside(text, expression, when, self._around.last):
            self._around = Around(when, self._around.published, self._written(when))
        if bound == "about":
            when, bound = _marked(when), ""
        return Dated(expression.start, expression.end, when, bound, reason, reason == GIVEN)

    def _written(self, when: When) -> When | None:
        """The date of a letter, for "the 4th instant": the first date, unless a later one is over a year from it."""
        written = self._around.written if self._begun or self._around.written else when
        self._begun = True
        return None if written is None or abs(written.earliest.year - when.earliest.year) > 1 else written


def of_events(dates: list[Dated]) -> tuple[Dated, ...]:
    """The dates of a sentence, without "now" and "today" if it has others: they date a state, not an event."""
    others = tuple(dated for dated in dates if dated.bound != "now")
    return others or tuple(dates)


def _apart(expressions: Iterable[Expression]) -> Iterator[Expression]:
    """The first of overlapping expressions, and of those that start together the longest."""
    position = 0
    for expression in sorted(expressions, key=lambda candidate: (candidate.start, -candidate.end)):
        if expression.start >= position:
            position = expression.end
            yield expression


def _is_aside(text: str, expression: Expression, when: When, last: When | None) -> bool:
    """Whether an earlier year only identifies something: "within its 1937 boundaries"."""
    words, before = text[expression.start : expression.end], text[max(0, expression.start - 8) : expression.start]
    return bool(words.isdecimal() and last and when.latest < last.earliest and _NAMING.search(before))


def _bound(text: str, start: int) -> str:
    match = _BOUND.search(text[max(0, start - 20) : start])
    return _BOUNDS[match[1].lower()] if match else ""


def _marked(when: When) -> When:
    """The date marked as approximate; an interval or a decade is imprecise already."""
    return when if when.is_interval or when.is_marked or "X" in when.edtf else When.parse(f"{when.edtf}~")
