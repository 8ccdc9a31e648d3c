"""What was read in a document: for a person with its passages, for a program a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from textwrap import shorten

from comity.model import Claim, Document
from comity.present.sentences import sentence
from comity.reconcile.events import Event

_WIDTH = 160


def text(document: Document, claims: Iterable[Claim]) -> Iterator[str]:
    """A claim as a sentence, its confidence, and the passage that makes it with its characters in the text."""
    held = sorted(claims, key=lambda claim: (claim.span is None, claim.span, claim.relation))
    name = document.path if document.path not in (None, "-") else "standard input"
    yield f"{name}: {len(held)} claim{'' if len(held) == 1 else 's'}"
    for claim in held:
        event = Event(claim.relation, claim.subject, claim.object, claim.when, (claim,))
        where = f"{claim.span.start}-{claim.span.end}: " if claim.span else ""
        yield f"- {sentence(event)} ({claim.relation}, confidence {claim.confidence:.2f})"
        if claim.quote:
            yield f"    {where}{shorten(claim.quote, _WIDTH, placeholder=' …')}"


def jsonl(document: Document, claims: Iterable[Claim]) -> Iterator[str]:
    """The wire shape of each claim."""
    for claim in claims:
        yield json.dumps(claim.as_json(document.path or ""), ensure_ascii=False)
