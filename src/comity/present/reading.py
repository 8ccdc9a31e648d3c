"""What was read in documents: for a person with its passages, for a program a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from textwrap import shorten

from comity.model import Claim, Document
from comity.present.sentences import sentence
from comity.reading import Portion
from comity.reconcile.events import Event

_WIDTH = 160


def text(portions: Iterable[Portion]) -> Iterator[str]:
    """Each document's name, its claims as they are found, and how many they are."""
    count = 0
    begins = True
    for portion in portions:
        if begins:
            yield f"{name(portion.document)}:"
        claims = sorted((found.claim for found in portion.found), key=lambda claim: (claim.span, claim.relation))
        for claim in claims:
            yield from said(claim)
        count += len(claims)
        begins = portion.ends
        if portion.ends:
            yield f"{count or 'no'} claim{'' if count == 1 else 's'}"
            count = 0


def said(claim: Claim) -> Iterator[str]:
    """A claim as a sentence, its confidence, and the passage that makes it with its characters in the text."""
    event = Event(claim.relation, claim.subject, claim.object, claim.when, (claim,))
    where = f"{claim.span.start}-{claim.span.end}: " if claim.span else ""
    yield f"- {sentence(event)} ({claim.relation}, confidence {claim.confidence:.2f})"
    if claim.quote:
        yield f"    {where}{shorten(claim.quote, _WIDTH, placeholder=' …')}"


def name(document: Document) -> str:
    """What a document is called: its path, or the standard input."""
    return document.path if document.path not in (None, "-") else "standard input"


def jsonl(portions: Iterable[Portion]) -> Iterator[str]:
    """The wire shape of each claim."""
    for portion in portions:
        for found in portion.found:
            yield json.dumps(found.claim.as_json(portion.document.path or ""), ensure_ascii=False)
