"""A page's text in passages, with what `check` found marked in it by numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.model import Document, Span
from comity.query.check import Finding
from comity.reading.clean import Passage, passages


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of which the same was found: by `within` the numbers of the findings, of which `begun` begin here."""

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

    >>> found = Finding("imprecise-now", (Span(5, 10),))
    >>> [(run.text, run.within) for run in next(marked(Document("Peru today."), [found])).runs]
    [('Peru ', ()), ('today', (1,)), ('.', ())]
    """
    spans = [(number, span) for number, found in enumerate(findings, 1) for span in found.spans]
    begun: set[int] = set()
    for passage in passages(document):
        yield Marked(passage.kind, passage.what, tuple(_runs(passage, spans, begun)))


def _runs(passage: Passage, spans: Sequence[tuple[int, Span]], begun: set[int]) -> Iterator[Run]:
    """The passage cut wherever a finding begins or ends; those that began in it are added to `begun`."""
    placed = [(number, *_within(passage, span)) for number, span in spans]
    here = [(number, start, end) for number, start, end in placed if start < end]
    cuts = sorted({0, len(passage.text), *(at for _, start, end in here for at in (start, end))})
    for start, end in pairwise(cuts):
        within = tuple(dict.fromkeys(number for number, first, last in here if first <= start < last))
        new = tuple(number for number in within if number not in begun)
        begun.update(new)
        yield Run(passage.text[start:end], within, new)


def _within(passage: Passage, span: Span) -> tuple[int, int]:
    """Where in a passage's clean text a span of the text as given begins and ends."""
    return bisect_left(passage.offsets, span.start), bisect_left(passage.offsets, span.end)
