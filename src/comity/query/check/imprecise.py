"""Statements that depend on a date that the page does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.model import Span
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans

# "now" is left out: "what is now Ghana", "now known as" do not depend on the day of reading.
_NOW = re.compile(
    r"\b(?:currently|at present|presently|nowadays|at the moment|recently|in recent (?:years|months)|"
    r"(?:this|last|next) (?:year|month|week))\b",
    re.IGNORECASE,
)


def now(page: Page) -> Iterator[Finding]:
    """A word for the time of writing, on a page that does not say when it was written: "Currently"."""
    if page.document.published.when is not None:
        return
    for sentence in page.sentences:
        for match in _NOW.finditer(sentence.text):
            place = _place(page, sentence.span, match.group())
            if place is not None:
                yield Finding("imprecise-now", (place,), words=(match.group(),))


def figures(page: Page) -> Iterator[Finding]:
    """A figure without its year: "500,000 citizens visit annually"."""
    for claim in page.claims:
        if claim.value is not None and claim.when is None and claim.unit is not None:
            yield Finding("imprecise-figure", spans((claim,)), (claim,))


def _place(page: Page, within: Span, word: str) -> Span | None:
    """Where a word stands in the text as given; None when markup or a line end divides it there."""
    start = page.document.text.find(word, within.start, within.end)
    return Span(start, start + len(word)) if start >= 0 else None
