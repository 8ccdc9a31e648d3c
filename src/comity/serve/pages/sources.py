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
from comity.present.wire import dumps
from comity.query.pair import today
from comity.serve.pages.render import page
from comity.serve.queues import LOOKUPS
from comity.sources.registry import adapters

router = APIRouter()
_SHOWN = 20  # claims that a source's page begins with


@router.get("/sources", response_class=HTMLResponse)
@LOOKUPS
def sources(request: Request) -> HTMLResponse:
    """Every source that claims are held of, and every one that can be fetched."""
    view: View = request.app.state.desk.view()
    held, counts = view.sources(), view.counts()
    return page(
        "sources.html",
        held=list(held.values()),
        counts=counts,
        others={edition: many for edition, many in counts.items() if edition not in held},
        more=[made.source for made in adapters().values() if made.source.edition not in held],
        age=age,
    )


@router.get("/sources/{id:path}", response_class=HTMLResponse)
@LOOKUPS
def source(request: Request, id: Annotated[str, Path(max_length=100)]) -> HTMLResponse:
    """One edition of a source, by its id with or without the edition: how fresh, how cited, how fetched."""
    view: View = request.app.state.desk.view()
    held = view.sources()
    found = _named(id, held.values()) or _named(id, (made.source for made in adapters().values()))
    counts = view.counts()
    if found is None and id not in counts:
        raise HTTPException(404, f'No source has the id "{id}".')
    edition = found.edition if found else id
    return page(
        "source.html",
        edition=edition,
        source=found,
        held=counts.get(edition, 0),
        claims=view.page(_SHOWN, source=edition) if edition in counts else [],
        age=age,
        in_full=cite.in_full(found) if found else "",
        bibtex=cite.bibtex(found) if found else "",
        csl=dumps(cite.csl(found)) if found else "",
    )


def _named(id: str, sources: Iterable[Source]) -> Source | None:
    return next((one for one in sources if id in (one.edition, one.id)), None)


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
