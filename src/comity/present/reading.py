"""Claims read from documents: as text with their passages, and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten

from comity.model import Claim, Document
from comity.present import explained
from comity.present.inline import plain
from comity.present.visible import dumps
from comity.reading import Portion
from comity.reading.base import Found

_WIDTH = 160


def text(portions: Iterable[Portion], explain: bool = False) -> Iterator[str]:
    """Each document's name, its claims in order, and their number."""
    yield from map(plain, _text(portions, explain))


def _text(portions: Iterable[Portion], explain: bool) -> Iterator[str]:
    count = 0
    begins = True
    for portion in portions:
        if begins:
            yield f"{name(portion.document)}:"
        for match in sorted(portion.found, key=lambda match: (match.claim.span, match.claim.relation)):
            yield from explained.text(portion.document, match) if explain else summary(match.claim)
        if explain:
            for match, why in portion.refused:
                yield from explained.refused(match, why)
        count += len(portion.found)
        begins = portion.ends
        if portion.ends:
            yield from explained.unread(portion.document) if explain else ()
            yield f"{count or 'no'} claim{'' if count == 1 else 's'}"
            count = 0


def summary(claim: Claim) -> Iterator[str]:
    """A claim as a sentence, its confidence, and its passage with the character offsets."""
    where = f"{claim.span.start}-{claim.span.end}: " if claim.span else ""
    yield explained.headline(claim)
    if claim.quote:
        yield f"    {where}{shorten(claim.quote, _WIDTH, placeholder=' …')}"


def name(document: Document) -> str:
    """A document's name: its path, or the standard input."""
    return document.path if document.path not in (None, "-") else "standard input"


def jsonl(portions: Iterable[Portion], explain: bool = False) -> Iterator[str]:
    """Each claim as JSON, with `explain` its derivation; then, for each document, what gave no claim."""
    from comity.present.shapes.texts import Derivation, ReadClaim, Rest

    refused: list[tuple[Found, str]] = []
    for portion in portions:
        for match in portion.found:
            claim = ReadClaim.of(match.claim, {})
            claim.explanation = Derivation.of(portion.document, match) if explain else None
            yield dumps(claim, None)
        if explain:
            refused += portion.refused
            if portion.ends:
                yield dumps(Rest.of(portion.document, refused), None)
                refused = []
