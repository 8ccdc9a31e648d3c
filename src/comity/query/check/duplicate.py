"""Passages that say again what the page has said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from comity.model import Claim, Span
from comity.query.check.finding import Finding
from comity.query.check.page import Page, Sentence
from comity.sources.copies import copied

_WORD = re.compile(r"\w+")
_FEW = 8  # words: what is shorter may be said twice
_RUN = 5  # words in a row that two sentences must share to be compared at all
_ALIKE = 90.0  # of 100: how alike they must be
_COMMON = 12  # sentences: a run of words that so many share tells nothing


def passages(page: Page) -> Iterator[Finding]:
    """Sentences that are told twice, paragraph against paragraph, with the names in which they differ.

    One finding for each two paragraphs; the first span is the later passage.
    """
    for (first, second), pairs in sorted(_repeated(page.sentences).items()):
        again = _whole([b for _, b in pairs])
        before = _whole([a for a, _ in pairs])
        claims = tuple(c for c in page.claims if c.span and (again.contains(c.span) or before.contains(c.span)))
        if first != second:
            yield Finding("duplicate-passage", (again, before), claims, words=_differences(page, before, again))


def copies(page: Page) -> Iterator[Finding]:
    """Paragraphs that stand in a source that comity holds: what they say has one voice, not two.

    One finding for each source; the first span is the first such paragraph.
    """
    held: dict[str, list[Span]] = defaultdict(list)
    for paragraph in page.paragraphs:
        if found := copied(paragraph.text):
            held[found.source].append(paragraph.span(0, len(paragraph.text)))
    for source, places in held.items():
        claims = tuple(c for c in page.claims if c.span and any(place.contains(c.span) for place in places))
        yield Finding("duplicate-source", tuple(places), claims, words=(source,))


def _repeated(told: tuple[Sentence, ...]) -> dict[tuple[int, int], list[tuple[Sentence, Sentence]]]:
    """Pairs of sentences that are nearly the same, by the paragraphs in which they stand."""
    from rapidfuzz import fuzz

    words = {number: _WORD.findall(sentence.text.casefold()) for number, sentence in enumerate(told)}
    found: dict[tuple[int, int], list[tuple[Sentence, Sentence]]] = defaultdict(list)
    for one, other in sorted(_candidates({n: held for n, held in words.items() if len(held) >= _FEW})):
        if fuzz.ratio(" ".join(words[one]), " ".join(words[other])) >= _ALIKE:
            found[told[one].paragraph, told[other].paragraph].append((told[one], told[other]))
    return found


def _candidates(words: dict[int, list[str]]) -> set[tuple[int, int]]:
    """Pairs of sentences that share a run of words: no pair is compared that can't be alike."""
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, held in words.items():
        for run in {tuple(held[start : start + _RUN]) for start in range(len(held) - _RUN + 1)}:
            runs[run].append(number)
    return {pair for holders in runs.values() if len(holders) <= _COMMON for pair in combinations(holders, 2)}


def _whole(told: list[Sentence]) -> Span:
    """From the first of some sentences to the last."""
    return Span(min(s.span.start for s in told), max(s.span.end for s in told))


def _differences(page: Page, before: Span, again: Span) -> tuple[str, ...]:
    """The people whom one passage names where the other names another: the president of each edition."""
    first, second = (_named(page.claims, span) for span in (before, again))
    return tuple(sorted(first - second)) + tuple(sorted(second - first)) if first and second else ()


def _named(claims: tuple[Claim, ...], within: Span) -> set[str]:
    held = [c for c in claims if c.span and within.contains(c.span) and c.relation == "quality"]
    return {participant.name for claim in held for participant in claim.participants}
