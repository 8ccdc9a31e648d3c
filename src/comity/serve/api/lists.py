"""REST for lists and for single items by id: polities, claims, sources, the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from comity.ledger import View
from comity.model import Claim, Polity, Source
from comity.present.export import jsonld
from comity.present.export.shapes_csv import table
from comity.present.shapes import records
from comity.query.pair import known
from comity.query.questions import polity, when
from comity.reconcile.names import like, resolve
from comity.relations import Relation, vocabulary
from comity.serve.api.paging import ListPage, cut, not_a_cursor, page
from comity.serve.api.parameters import ClaimSelection, Like, Paged, Question
from comity.serve.api.sending import Format, Writers, also, as_json, sent
from comity.sources.gazetteer import gazetteer

router = APIRouter()
_MOST = 200  # polities that resemble a name

_POLITIES: Writers[ListPage[Polity]] = {
    Format.json: lambda part: as_json(part.each(records.Polity.of)),
    Format.jsonld: lambda part: as_json(jsonld.polities(part.items)),
    Format.csv: lambda part: table(records.Polity, map(records.Polity.of, part.items)),
}
_POLITY: Writers[Polity] = {
    Format.json: lambda match: as_json(records.Polity.of(match)),
    Format.jsonld: lambda match: as_json(jsonld.polities([match])),
    Format.csv: lambda match: table(records.Polity, [records.Polity.of(match)]),
}
_CLAIMS: Writers[ListPage[tuple[Claim, View]]] = {
    Format.json: lambda part: as_json(part.each(_claim)),
    Format.jsonld: lambda part: _linked(part.items),
    Format.csv: lambda part: table(records.Claim, map(_claim, part.items)),
}
_CLAIM: Writers[tuple[Claim, View]] = {
    Format.json: lambda viewed: as_json(_claim(viewed)),
    Format.jsonld: lambda viewed: _linked([viewed]),
    Format.csv: lambda viewed: table(records.Claim, [_claim(viewed)]),
}
_SOURCES: Writers[ListPage[tuple[Source, int]]] = {
    Format.json: lambda part: as_json(part.each(_source)),
    Format.jsonld: lambda part: as_json(jsonld.sources(source for source, _ in part.items)),
    Format.csv: lambda part: table(records.HeldSource, map(_source, part.items)),
}
_SOURCE: Writers[tuple[Source, int]] = {
    Format.json: lambda counted: as_json(_source(counted)),
    Format.jsonld: lambda counted: as_json(jsonld.sources([counted[0]])),
    Format.csv: lambda counted: table(records.HeldSource, [_source(counted)]),
}
_TERMS: Writers[ListPage[Relation]] = {
    Format.json: lambda part: as_json(part.each(records.Term.of)),
    Format.csv: lambda part: table(records.Term, map(records.Term.of, part.items)),
}


@router.get("/polities", response_model=records.Page[records.Polity], responses=also(_POLITIES), tags=["polities"])
async def get_polities(request: Request, query: Annotated[Like, Query()]) -> Response:
    """All polities, or those whose name or code resembles a text."""

    def make() -> ListPage[Polity]:
        polities = like(query.like, _MOST) if query.like else list(gazetteer())
        return page(polities, lambda entry: entry.id, query.limit, query.cursor)

    return await sent(request, _POLITIES, query.format, make)


@router.get("/polities/{id}", response_model=records.Polity, responses=also(_POLITY), tags=["polities"])
async def get_polity(
    request: Request,
    id: Annotated[str, Path(max_length=200, description="Its id, else a name or code.", examples=["peru"])],
    query: Annotated[Question, Query()],
) -> Response:
    """A polity with its lifespans, names, codes, predecessors and successors."""
    return await sent(request, _POLITY, query.format, lambda: resolve(polity(id)).polity)


@router.get("/claims", response_model=records.Page[records.Claim], responses=also(_CLAIMS), tags=["claims"])
async def get_claims(request: Request, query: Annotated[ClaimSelection, Query()]) -> Response:
    """Claims in chronological order, undated ones last."""

    def make() -> ListPage[tuple[Claim, View]]:
        view: View = request.app.state.desk.view()
        if query.cursor is not None and not view.claims([query.cursor]):
            raise not_a_cursor(query.cursor)
        claims = view.page(
            query.limit + 1,
            query.cursor,
            about=[resolve(polity(name)).polity.id for name in query.about],
            relation=query.relation,
            source=query.source,
            known_by=known(when(query.known_by, "known_by")),
        )
        return cut([(claim, view) for claim in claims], lambda claim: claim[0].id, query.limit)

    return await sent(request, _CLAIMS, query.format, make)


@router.get("/claims/{id}", response_model=records.Claim, responses=also(_CLAIM), tags=["claims"])
async def get_claim(
    request: Request,
    id: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Its id, 32 hexadecimal digits.")],
    query: Annotated[Question, Query()],
) -> Response:
    """One claim: what a source says, and where."""

    def make() -> tuple[Claim, View]:
        view: View = request.app.state.desk.view()
        for claim in view.claims([id]):
            return claim, view
        raise HTTPException(404, f"No claim has the id {id}.")

    return await sent(request, _CLAIM, query.format, make)


@router.get("/sources", response_model=records.Page[records.HeldSource], responses=also(_SOURCES), tags=["sources"])
async def get_sources(request: Request, query: Annotated[Paged, Query()]) -> Response:
    """The sources of the stored claims, with their licences and the number of claims of each."""

    def make() -> ListPage[tuple[Source, int]]:
        return page(_counted(request), lambda entry: entry[0].edition, query.limit, query.cursor)

    return await sent(request, _SOURCES, query.format, make)


@router.get("/sources/{id}", response_model=records.HeldSource, responses=also(_SOURCE), tags=["sources"])
async def get_source(
    request: Request,
    id: Annotated[str, Path(max_length=100, description="The edition.", examples=["hsg-rdcr@f3c5354"])],
    query: Annotated[Question, Query()],
) -> Response:
    """One source: its description, citation and licence."""

    def make() -> tuple[Source, int]:
        for counted in _counted(request):
            if counted[0].edition == id:
                return counted
        raise HTTPException(404, f'No source has the id "{id}"; all of them: /api/v1/sources')

    return await sent(request, _SOURCE, query.format, make)


@router.get("/vocabulary", response_model=records.Page[records.Term], responses=also(_TERMS), tags=["vocabulary"])
async def get_vocabulary(request: Request, query: Annotated[Paged, Query()]) -> Response:
    """The relations that claims state."""
    return await sent(
        request, _TERMS, query.format, lambda: page(vocabulary(), lambda entry: entry.id, query.limit, query.cursor)
    )


def _counted(request: Request) -> list[tuple[Source, int]]:
    """Each source that the ledgers describe, with the number of its claims."""
    view: View = request.app.state.desk.view()
    counts = view.counts()
    return [(source, counts.get(edition, 0)) for edition, source in view.sources().items()]


def _claim(viewed: tuple[Claim, View]) -> records.Claim:
    return records.Claim.of(viewed[0], viewed[1].sources())


def _linked(viewed: Sequence[tuple[Claim, View]]) -> bytes:
    sources = viewed[0][1].sources() if viewed else {}
    return as_json(jsonld.claims((claim for claim, _ in viewed), sources))


def _source(counted: tuple[Source, int]) -> records.HeldSource:
    return records.HeldSource.of(counted[0], held=counted[1])
