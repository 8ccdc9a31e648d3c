"""The page of a claim: /claims/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.follow.links import page_of
from comity.ledger import own
from comity.model import Claim
from comity.query.standing import Standing, standing
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.serve.pages.render import page
from comity.serve.queues import LOOKUPS

router = APIRouter()
_SHORTEST = 4  # digits of an id that is shortened


@router.get("/claims/{id}", response_class=HTMLResponse)
@LOOKUPS
def claim(request: Request, id: Annotated[str, Path(max_length=64)]) -> Response:
    """What one source says, where, and how it stands among the other claims; the id may be shortened."""
    desk = request.app.state.desk
    view = desk.view()
    # A claim's id is of hexadecimal digits, and no sign of a pattern of SQL.
    found = view.like(id) if id.isalnum() and len(id) >= _SHORTEST else []
    if not found:
        raise HTTPException(404, f"No claim has the id {id}.")
    if len(found) > 1:
        return page("claims.html", 300, id=id, claims=found)
    if found[0].id != id:
        return RedirectResponse(f"/claims/{found[0].id}", status_code=307)
    stands = standing(view, found[0])
    passage = found[0].quote or desk.passage(found[0])
    return page(
        "claim.html",
        claim=found[0],
        stands=stands,
        about=[party for party in (found[0].subject, found[0].object) if party],
        path=page_of(found[0].parties),
        parts=marked(found[0], passage) if passage else None,
        sides=[_sides(one, stands) for one in stands.against],
        own=own(),
    )


def marked(claim: Claim, passage: str) -> tuple[str, str, str]:
    """A passage before, in and after the words that make a claim; all of it makes one that names no words of it.

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


def _sides(one: Conflict, stands: Standing) -> tuple[Conflict, bool, Event, Event]:
    """A contradiction, whether this claim's is the side preferred, its own event and the other."""
    preferred = one.preferred in stands.events
    mine, other = (one.preferred, one.other) if preferred else (one.other, one.preferred)
    return one, preferred, mine, other
