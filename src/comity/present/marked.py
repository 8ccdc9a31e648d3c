"""A page's text in passages, with the findings of `check` marked by numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from comity.model import Document, Intervals, Span
from comity.query.check import Finding
from comity.reading.text.passages import Passage, passages


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same findings: `within` are their numbers, `begun` those of the findings that begin here."""

    text: str
    within: tuple[int, ...]
    begun: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage as runs; `kind` and `what` are those of `Passage`."""

    kind: str
    what: str
    runs: tuple[Run, ...]


def marked(document: Document, findings: Iterable[Finding]) -> Iterator[Marked]:
    """The passages of a document in order, findings numbered from 1 in theirs.

    >>> finding = Finding("imprecise-now", (Span(5, 10),))
    >>> [(run.text, run.within) for run in next(marked(Document("Peru today."), [finding])).runs]
    [('Peru ', ()), ('today', (1,)), ('.', ())]
    """
    marks = Intervals(
        (span.start, span.end, (number, span)) for number, finding in enumerate(findings, 1) for span in finding.spans
    )
    begun: set[int] = set()
    for passage in passages(document):
        here = marks.meeting(passage.offsets[0], passage.offsets[-1]) if passage.text else ()
        yield Marked(passage.kind, passage.what, tuple(_runs(passage, here, begun)))


def _runs(passage: Passage, marks: Iterable[tuple[int, Span]], begun: set[int]) -> Iterator[Run]:
    """The passage cut wherever a finding begins or ends; those that began in it are added to `begun`.

    The open findings are carried from one cut to the next, so that a passage is traversed once. Two spans of one
    finding may be open at once: so they are counted.
    """
    openings: dict[int, list[int]] = defaultdict(list)
    closings: dict[int, list[int]] = defaultdict(list)
    for number, span in marks:
        start, end = _within(passage, span)
        if start < end:
            openings[start].append(number)
            closings[end].append(number)
    open_: Counter[int] = Counter()
    for start, end in pairwise(sorted({0, len(passage.text), *openings, *closings})):
        open_.update(openings.get(start, ()))
        for number in closings.get(start, ()):
            open_[number] -= 1
            if not open_[number]:
                del open_[number]
        within = tuple(sorted(open_))
        new = tuple(number for number in within if number not in begun)
        begun.update(new)
        yield Run(passage.text[start:end], within, new)


def _within(passage: Passage, span: Span) -> tuple[int, int]:
    """Where in a passage's clean text a span of the text as given begins and ends."""
    return bisect_left(passage.offsets, span.start), bisect_left(passage.offsets, span.end)
