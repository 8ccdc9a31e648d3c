"""What REST lists and what it gives by id: polities, claims, sources, the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from comity.ledger import View
from comity.model import Claim, Polity, Source
from comity.present import shapes, wire
from comity.present.export import jsonld
from comity.present.export.table import table
from comity.query.asked import polity, when
from comity.query.pair import known
from comity.reconcile.names import like, resolve
from comity.relations import Relation, vocabulary
from comity.serve.api.paging import Page, cut, page, strange
from comity.serve.api.parameters import Claims, Like, Paged, Question
from comity.serve.api.sending import Format, Writers, also, as_json, sent
from comity.sources.gazetteer import gazetteer

router = APIRouter()
_MOST = 200  # polities that may be meant by a name

_POLITIES: Writers[Page[Polity]] = {
    Format.json: lambda found: as_json(found.each(wire.polity)),
    Format.jsonld: lambda found: as_json(jsonld.polities(found.items)),
    Format.csv: lambda found: table(shapes.Polity, map(wire.polity, found.items)),
}
_POLITY: Writers[Polity] = {
    Format.json: lambda found: as_json(wire.polity(found)),
    Format.jsonld: lambda found: as_json(jsonld.polities([found])),
    Format.csv: lambda found: table(shapes.Polity, [wire.polity(found)]),
}
_CLAIMS: Writers[Page[tuple[Claim, View]]] = {
    Format.json: lambda found: as_json(found.each(_claim)),
    Format.jsonld: lambda found: _linked(found.items),
    Format.csv: lambda found: table(shapes.Claim, map(_claim, found.items)),
}
_CLAIM: Writers[tuple[Claim, View]] = {
    Format.json: lambda found: as_json(_claim(found)),
    Format.jsonld: lambda found: _linked([found]),
    Format.csv: lambda found: table(shapes.Claim, [_claim(found)]),
}
_SOURCES: Writers[Page[tuple[Source, int]]] = {
    Format.json: lambda found: as_json(found.each(_source)),
    Format.jsonld: lambda found: as_json(jsonld.sources(one for one, _ in found.items)),
    Format.csv: lambda found: table(shapes.HeldSource, map(_source, found.items)),
}
_SOURCE: Writers[tuple[Source, int]] = {
    Format.json: lambda found: as_json(_source(found)),
    Format.jsonld: lambda found: as_json(jsonld.sources([found[0]])),
    Format.csv: lambda found: table(shapes.HeldSource, [_source(found)]),
}
_TERMS: Writers[Page[Relation]] = {
    Format.json: lambda found: as_json(found.each(wire.term)),
    Format.csv: lambda found: table(shapes.Term, map(wire.term, found.items)),
}


@router.get("/polities", response_model=shapes.Page[shapes.Polity], responses=also(_POLITIES), tags=["polities"])
async def get_polities(request: Request, asked: Annotated[Like, Query()]) -> Response:
    """Polities, all of them or those whose name or code is like one."""

    def make() -> Page[Polity]:
        found = like(asked.like, _MOST) if asked.like else list(gazetteer())
        return page(found, lambda one: one.id, asked.limit, asked.cursor)

    return await sent(request, _POLITIES, asked.format, make)


@router.get("/polities/{id}", response_model=shapes.Polity, responses=also(_POLITY), tags=["polities"])
async def get_polity(
    request: Request,
    id: Annotated[str, Path(max_length=200, description="Its id, else a name or code.", examples=["peru"])],
    asked: Annotated[Question, Query()],
) -> Response:
    """A polity with its lifespans, names, codes, predecessors and successors."""
    return await sent(request, _POLITY, asked.format, lambda: resolve(polity(id)).polity)


@router.get("/claims", response_model=shapes.Page[shapes.Claim], responses=also(_CLAIMS), tags=["claims"])
async def get_claims(request: Request, asked: Annotated[Claims, Query()]) -> Response:
    """Claims in order of time, those without a date last."""

    def make() -> Page[tuple[Claim, View]]:
        view: View = request.app.state.desk.view()
        if asked.cursor is not None and not view.claims([asked.cursor]):
            raise strange(asked.cursor)
        found = view.page(
            asked.limit + 1,
            asked.cursor,
            about=[resolve(polity(name)).polity.id for name in asked.about],
            relation=asked.relation,
            source=asked.source,
            known_by=known(when(asked.known_by, "known_by")),
        )
        return cut([(one, view) for one in found], lambda one: one[0].id, asked.limit)

    return await sent(request, _CLAIMS, asked.format, make)


@router.get("/claims/{id}", response_model=shapes.Claim, responses=also(_CLAIM), tags=["claims"])
async def get_claim(
    request: Request,
    id: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Its id, 32 hexadecimal digits.")],
    asked: Annotated[Question, Query()],
) -> Response:
    """One claim: what a source says, and where."""

    def make() -> tuple[Claim, View]:
        view: View = request.app.state.desk.view()
        for found in view.claims([id]):
            return found, view
        raise HTTPException(404, f"No claim has the id {id}.")

    return await sent(request, _CLAIM, asked.format, make)


@router.get("/sources", response_model=shapes.Page[shapes.HeldSource], responses=also(_SOURCES), tags=["sources"])
async def get_sources(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """The sources of the claims that are held, with their licences, and how many claims each gives."""

    def make() -> Page[tuple[Source, int]]:
        return page(_held(request), lambda one: one[0].edition, asked.limit, asked.cursor)

    return await sent(request, _SOURCES, asked.format, make)


@router.get("/sources/{id}", response_model=shapes.HeldSource, responses=also(_SOURCE), tags=["sources"])
async def get_source(
    request: Request,
    id: Annotated[str, Path(max_length=100, description="The edition.", examples=["hsg-rdcr@f3c5354"])],
    asked: Annotated[Question, Query()],
) -> Response:
    """One source: what it is, how it is cited, under which licence."""

    def make() -> tuple[Source, int]:
        for found in _held(request):
            if found[0].edition == id:
                return found
        raise HTTPException(404, f'No source that is held has the id "{id}"; all of them: /api/v1/sources')

    return await sent(request, _SOURCE, asked.format, make)


@router.get("/vocabulary", response_model=shapes.Page[shapes.Term], responses=also(_TERMS), tags=["vocabulary"])
async def get_vocabulary(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """The relations that claims state."""
    return await sent(
        request, _TERMS, asked.format, lambda: page(vocabulary(), lambda one: one.id, asked.limit, asked.cursor)
    )


def _held(request: Request) -> list[tuple[Source, int]]:
    """Each source that the ledgers describe, and how many of its claims they hold."""
    view: View = request.app.state.desk.view()
    counts = view.counts()
    return [(source, counts.get(edition, 0)) for edition, source in view.sources().items()]


def _claim(found: tuple[Claim, View]) -> shapes.Claim:
    return wire.claim(found[0], found[1].sources())


def _linked(found: Sequence[tuple[Claim, View]]) -> bytes:
    sources = found[0][1].sources() if found else {}
    return as_json(jsonld.claims((one for one, _ in found), sources))


def _source(found: tuple[Source, int]) -> shapes.HeldSource:
    return wire.held_source(*found)
