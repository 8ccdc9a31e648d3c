"""Passages that the page repeats, or copies from a source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from comity.model import Claim, Span
from comity.query.check.finding import Finding
from comity.query.check.page import Page, PageSentence
from comity.relations.mood import QUALITY
from comity.sources.copies import copied

_WORD = re.compile(r"\w+")
_FEW = 8  # words: a shorter sentence may be repeated
_RUN = 5  # words in a row that two sentences must share to be compared at all
_ALIKE = 90.0  # the minimum similarity, out of 100
_COMMON = 12  # sentences: a run of words that more than these share is ignored


def passages(page: Page) -> Iterator[Finding]:
    """Repeated sentences, grouped by pairs of paragraphs, with the names in which they differ.

    One finding for each two paragraphs; the first span is the later passage.
    """
    for (first, second), pairs in sorted(_repeated(page.sentences).items()):
        again = _cover([b for _, b in pairs])
        before = _cover([a for a, _ in pairs])
        if first != second:
            claims = page.within((again, before))
            yield Finding("duplicate-passage", (again, before), claims, words=_differences(page, before, again))


def copies(page: Page) -> Iterator[Finding]:
    """Paragraphs copied from a source of comity: they are not independent evidence.

    One finding for each source; the first span is the first such paragraph.
    """
    places_by_source: dict[str, list[Span]] = defaultdict(list)
    for paragraph in page.paragraphs:
        if origin := copied(paragraph.text):
            places_by_source[origin.source].append(paragraph.span(0, len(paragraph.text)))
    for source, places in places_by_source.items():
        yield Finding("duplicate-source", tuple(places), page.within(places), words=(source,))


def _repeated(sentences: tuple[PageSentence, ...]) -> dict[tuple[int, int], list[tuple[PageSentence, PageSentence]]]:
    """Pairs of sentences that are nearly the same, by their paragraphs."""
    from rapidfuzz import fuzz

    words = {number: _WORD.findall(sentence.text.casefold()) for number, sentence in enumerate(sentences)}
    long = {number: sentence for number, sentence in words.items() if len(sentence) >= _FEW}
    spoken = {number: " ".join(sentence) for number, sentence in long.items()}
    repeated: dict[tuple[int, int], list[tuple[PageSentence, PageSentence]]] = defaultdict(list)
    for first, second in sorted(_candidates(long)):
        if fuzz.ratio(spoken[first], spoken[second], score_cutoff=_ALIKE) >= _ALIKE:
            repeated[sentences[first].paragraph, sentences[second].paragraph].append(
                (sentences[first], sentences[second])
            )
    return repeated


def _candidates(words: dict[int, list[str]]) -> set[tuple[int, int]]:
    """Pairs of sentences that share a run of words: no pair is compared that can't be alike.

    Sentences are listed by their runs, and a run that more than `_COMMON` share pairs none: so no word
    of a text adds more than `_COMMON` pairs, and their number grows linearly with the text.
    """
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, tokens in words.items():
        for run in {tuple(tokens[start : start + _RUN]) for start in range(len(tokens) - _RUN + 1)}:
            holders = runs[run]
            if len(holders) <= _COMMON:  # one more is kept, to show that too many share it
                holders.append(number)
    return {pair for holders in runs.values() if len(holders) <= _COMMON for pair in combinations(holders, 2)}


def _cover(sentences: list[PageSentence]) -> Span:
    """The span from the first of some sentences to the last."""
    return Span(min(s.span.start for s in sentences), max(s.span.end for s in sentences))


def _differences(page: Page, before: Span, again: Span) -> tuple[str, ...]:
    """The people named in only one of two passages, such as the president of each version."""
    first, second = (_names(page.within((span,))) for span in (before, again))
    return tuple(sorted(first - second)) + tuple(sorted(second - first)) if first and second else ()


def _names(claims: tuple[Claim, ...]) -> set[str]:
    return {participant.name for claim in claims if claim.relation == QUALITY.id for participant in claim.participants}
