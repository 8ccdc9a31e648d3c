"""The pages of sources: /sources and /sources/{id}."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse

from comity.ledger import View
from comity.model import Source
from comity.present import cite
from comity.present.visible import dumps
from comity.query.pair import today
from comity.serve.pages.render import page
from comity.serve.queues import LOOKUPS
from comity.sources.registry import adapters

router = APIRouter()
_CLAIMS = 20  # claims on a source's page


@router.get("/sources", response_class=HTMLResponse)
@LOOKUPS
def sources(request: Request) -> HTMLResponse:
    """Every source with stored claims, and every one that can be fetched."""
    view: View = request.app.state.desk.view()
    described, counts = view.sources(), view.counts()
    return page(
        "sources.html",
        stored=list(described.values()),
        counts=counts,
        others={edition: many for edition, many in counts.items() if edition not in described},
        more=[adapter.source for adapter in adapters().values() if adapter.source.edition not in described],
        age=age,
    )


@router.get("/sources/{id:path}", response_class=HTMLResponse)
@LOOKUPS
def source(request: Request, id: Annotated[str, Path(max_length=100)]) -> HTMLResponse:
    """A source, by its id with or without the edition: its age, its citation, how to fetch it."""
    view: View = request.app.state.desk.view()
    described = view.sources()
    match = _matching(id, described.values()) or _matching(id, (adapter.source for adapter in adapters().values()))
    counts = view.counts()
    if match is None and id not in counts:
        raise HTTPException(404, f'No source has the id "{id}".')
    edition = match.edition if match else id
    return page(
        "source.html",
        edition=edition,
        source=match,
        count=counts.get(edition, 0),
        claims=view.page(_CLAIMS, source=edition) if edition in counts else [],
        age=age,
        in_full=cite.in_full(match) if match else "",
        bibtex=cite.bibtex(match) if match else "",
        csl=dumps(cite.csl(match)) if match else "",
    )


def _matching(id: str, sources: Iterable[Source]) -> Source | None:
    return next((source for source in sources if id in (source.edition, source.id)), None)


def age(source: Source) -> str:
    """How old an edition is, in words.

    >>> age(Source("x", "A guide", "An office", "CC0-1.0"))
    'no date'
    """
    if not source.commit_date:
        return "no date"
    days = (today() - date.fromisoformat(source.commit_date)).days
    for many, unit in ((days // 365, "year"), (days // 30, "month"), (days, "day")):
        if many:
            return f"{many} {unit}{'s' if many > 1 else ''} old"
    return "of today"
