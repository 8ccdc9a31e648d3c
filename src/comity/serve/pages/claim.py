"""The page of a claim: /claims/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.follow.links import page_of
from comity.ledger import own
from comity.model import Claim
from comity.query.claim_record import Standing, standing
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.serve.pages.render import page
from comity.serve.queues import LOOKUPS

router = APIRouter()
_MIN_DIGITS = 4  # digits of an abbreviated id


@router.get("/claims/{id}", response_class=HTMLResponse)
@LOOKUPS
def claim(request: Request, id: Annotated[str, Path(max_length=64)]) -> Response:
    """What one source says, where, and how it stands among the other claims; the id may be abbreviated."""
    desk = request.app.state.desk
    view = desk.view()
    # Only letters and digits: `%` and `_` would be wildcards in SQL.
    matches = view.like(id) if id.isalnum() and len(id) >= _MIN_DIGITS else []
    if not matches:
        raise HTTPException(404, f"No claim has the id {id}.")
    if len(matches) > 1:
        return page("claims.html", 300, id=id, claims=matches)
    if matches[0].id != id:
        return RedirectResponse(f"/claims/{matches[0].id}", status_code=307)
    stands = standing(view, matches[0])
    passage = matches[0].quote or desk.passage(matches[0])
    return page(
        "claim.html",
        claim=matches[0],
        stands=stands,
        about=[party for party in (matches[0].subject, matches[0].object) if party],
        path=page_of(matches[0].parties),
        parts=marked(matches[0], passage) if passage else None,
        sides=[_sides(conflict, stands) for conflict in stands.against],
        own=own(),
    )


def marked(claim: Claim, passage: str) -> tuple[str, str, str]:
    """A passage split into before, within and after the words that make a claim; all of it when no words are given.

    >>> from comity.model import Span
    >>> marked(Claim("peru", "recognition", span=Span(4, 8)), "And Peru too.")
    ('And ', 'Peru', ' too.')
    >>> marked(Claim("peru", "recognition"), "Peru, 1826.")
    ('', 'Peru, 1826.', '')
    """
    span = claim.span
    if span is None or claim.quote is not None or span.start >= len(passage):
        return "", passage, ""
    return passage[: span.start], span.of(passage), passage[span.end :]


def _sides(conflict: Conflict, stands: Standing) -> tuple[Conflict, bool, Event, Event]:
    """A contradiction, whether this claim is on the preferred side, its own event and the rival event."""
    preferred = conflict.preferred in stands.events
    mine, rival = (conflict.preferred, conflict.other) if preferred else (conflict.other, conflict.preferred)
    return conflict, preferred, mine, rival
