"""What REST answers of two polities: a brief, a timeline, one relation, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from comity.model import Source
from comity.present import changes, shapes, wire
from comity.present.export import jsonld
from comity.present.export.table import table
from comity.query.ask import Answer, ask, terms_of
from comity.query.asked import polity, when
from comity.query.diff import Diff, diff
from comity.query.dossier import Dossier
from comity.query.pair import meant, pair
from comity.query.timeline import Timeline, in_order, timeline
from comity.reconcile.events import evidence
from comity.serve.api.parameters import Between, OnADay, One, Other, Since
from comity.serve.api.sending import Format, Writers, also, as_json, sent

router = APIRouter(prefix="/pairs/{one}/{other}", tags=["pairs"])
_BRIEF: Writers[Dossier] = {
    Format.json: lambda found: as_json(wire.dossier(found)),
    Format.jsonld: lambda found: as_json(jsonld.claims(found.claims(), found.sources)),
    Format.csv: lambda found: table(shapes.Claim, (wire.claim(one, found.sources) for one in found.claims())),
}
_TIMELINE: Writers[Timeline] = {
    Format.json: lambda found: as_json(wire.timeline(found)),
    Format.jsonld: lambda found: as_json(jsonld.claims(evidence(found.events), found.sources)),
    Format.csv: lambda found: table(shapes.Event, map(wire.event, found.events)),
}
_ANSWER: Writers[tuple[Answer, Mapping[str, Source]]] = {
    Format.json: lambda found: as_json(wire.answer(*found)),
    Format.jsonld: lambda found: as_json(jsonld.claims(evidence(found[0].evidence), found[1])),
    Format.csv: lambda found: table(shapes.Claim, wire.answer(*found)["evidence"]),
}
_DIFF: Writers[tuple[Diff, str]] = {Format.json: lambda found: as_json(changes.as_json(*found))}


def _meant(one: str, other: str, as_of: str | None = None, known_by: str | None = None) -> None:
    """Raises for names and days of which there can be no answer, before any claim is read."""
    meant(polity(one), polity(other), when(as_of, "as_of"), when(known_by, "known_by"))


@router.get("/brief", response_model=shapes.Dossier, responses=also(_BRIEF))
async def get_brief(request: Request, one: One, other: Other, asked: Annotated[OnADay, Query()]) -> Response:
    """All about two polities on a day: the status, how it came to be, and what sources disagree on."""

    def make() -> Dossier:
        as_of, known_by = when(asked.as_of, "as_of"), when(asked.known_by, "known_by")
        found: Dossier = request.app.state.desk.dossier(polity(one), polity(other), as_of, known_by)
        return found

    return await sent(request, _BRIEF, asked.format, make, lambda: _meant(one, other, asked.as_of, asked.known_by))


@router.get("/timeline", response_model=shapes.Timeline, responses=also(_TIMELINE))
async def get_timeline(request: Request, one: One, other: Other, asked: Annotated[Between, Query()]) -> Response:
    """What happened between two polities, in order of time; what has no date comes last."""

    def make() -> Timeline:
        begin, end = when(asked.begin, "from"), when(asked.end, "to")
        view, known_by = request.app.state.desk.view(), when(asked.known_by, "known_by")
        return timeline(view, polity(one), polity(other), begin, end, known_by)

    def first() -> None:
        in_order(when(asked.begin, "from"), when(asked.end, "to"))
        _meant(one, other, None, asked.known_by)

    return await sent(request, _TIMELINE, asked.format, make, first)


@router.get("/ask/{relation}", response_model=shapes.Answer, responses=also(_ANSWER))
async def get_answer(
    request: Request,
    one: One,
    other: Other,
    relation: Annotated[
        str, Path(max_length=100, description="A term, or the first word of several.", examples=["recognition"])
    ],
    asked: Annotated[OnADay, Query()],
) -> Response:
    """Whether one relation held on a day, on what evidence, and what contradicts it."""

    def make() -> tuple[Answer, Mapping[str, Source]]:
        as_of, known_by = when(asked.as_of, "as_of"), when(asked.known_by, "known_by")
        view = request.app.state.desk.view()
        return ask(view, polity(one), polity(other), relation, as_of, known_by), view.sources()

    def first() -> None:
        terms_of(relation)
        _meant(one, other, asked.as_of, asked.known_by)

    return await sent(request, _ANSWER, asked.format, make, first)


@router.get("/diff", response_model=shapes.Diff)
async def get_diff(request: Request, one: One, other: Other, asked: Annotated[Since, Query()]) -> Response:
    """What came to be known of two polities since a day."""

    def make() -> tuple[Diff, str]:
        since, view = when(asked.since, "since"), request.app.state.desk.view()
        parties = frozenset(party.id for party in pair(view, polity(one), polity(other)).polities)
        return diff(view, view, parties, since), asked.since

    def first() -> None:
        when(asked.since, "since")
        _meant(one, other)

    return await sent(request, _DIFF, asked.format, make, first)
