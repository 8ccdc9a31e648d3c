"""Date expressions of a history, each as EDTF no more precise than the words, on the text's own thread of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.errors import BadDate
from comity.model import When
from comity.reading.date_ranges import given
from comity.reading.date_relative import NOW, relative
from comity.reading.date_words import GIVEN, Around, Expression, traits
from comity.reading.words import table

# Words before a date that say how it bounds what happened.
_BOUNDS = {words: bound for bound, held in table("bounds").items() for words in held}
_BOUND = re.compile(
    rf"(?:^|[\s(])({'|'.join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))})(?: the)? ?$", re.IGNORECASE
)
_LETTERS = 1950  # who published "the 4th instant" later quotes a letter of another day
_NAMING = re.compile(r"(?:\b(?:the|an?|its|his|her|their|of)|['’]s) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: where it stands, what it means, how it bounds (`until`, `since` …), and how it is known.

    The bound of "now" and "today" is `now`: it dates what is so, not what happened.
    """

    start: int
    end: int
    when: When
    bound: str = ""
    reason: str = GIVEN
    certain: bool = True


class Thread:
    """The thread of time of one paragraph: what "the same year" and "June 13" hang on.

    `published` is the day that "now" and "last year" mean; without it they mean nothing here.

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
        for expression in _apart((*given(text, text_traits), *relative(text, text_traits))):
            dated = self._dated(text, expression)
            if dated is not None:
                dates.append(dated)
        return dates

    def _dated(self, text: str, expression: Expression) -> Dated | None:
        """What an expression means, which what follows it hangs on."""
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
        """The date of a letter, for "the 4th instant": the first of its thread, if no other is far from it."""
        written = self._around.written if self._begun or self._around.written else when
        self._begun = True
        return None if written is None or abs(written.earliest.year - when.earliest.year) > 1 else written


def of_events(dates: list[Dated]) -> tuple[Dated, ...]:
    """The dates of a sentence without "now" and "today", if it has others: they only tell what a thing is by now."""
    others = tuple(dated for dated in dates if dated.bound != "now")
    return others or tuple(dates)


def _apart(expressions: Iterable[Expression]) -> Iterator[Expression]:
    """Of expressions that overlap the first, and of these the longest."""
    position = 0
    for expression in sorted(expressions, key=lambda candidate: (candidate.start, -candidate.end)):
        if expression.start >= position:
            position = expression.end
            yield expression


def _is_aside(text: str, expression: Expression, when: When, last: When | None) -> bool:
    """Whether a year only names a thing from before the time of the tale: "within its 1937 boundaries"."""
    words, before = text[expression.start : expression.end], text[max(0, expression.start - 8) : expression.start]
    return bool(words.isdecimal() and last and when.latest < last.earliest and _NAMING.search(before))


def _bound(text: str, start: int) -> str:
    match = _BOUND.search(text[max(0, start - 20) : start])
    return _BOUNDS[match[1].lower()] if match else ""


def _marked(when: When) -> When:
    """The date as an approximate one; an interval or a decade says as much by itself."""
    return when if when.is_interval or when.is_marked or "X" in when.edtf else When.parse(f"{when.edtf}~")
