"""REST for two polities: a brief, a timeline, one relation, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from comity.model import Source
from comity.present.export import jsonld
from comity.present.export.shapes_csv import table
from comity.present.shapes import records, replies
from comity.query.ask import Answer, ask, terms_of
from comity.query.diff import Diff, diff
from comity.query.dossier import Dossier
from comity.query.pair import meant, pair
from comity.query.questions import polity, when
from comity.query.timeline import Timeline, in_order, timeline
from comity.reconcile.events import evidence
from comity.serve.api.parameters import Between, First, OnADay, Second, Since
from comity.serve.api.sending import Format, Writers, also, as_json, sent

router = APIRouter(prefix="/pairs/{one}/{other}", tags=["pairs"])
_BRIEF: Writers[Dossier] = {
    Format.json: lambda dossier: as_json(replies.Dossier.of(dossier)),
    Format.jsonld: lambda dossier: as_json(jsonld.claims(dossier.claims(), dossier.sources)),
    Format.csv: lambda dossier: table(
        records.Claim, (records.Claim.of(claim, dossier.sources) for claim in dossier.claims())
    ),
}
_TIMELINE: Writers[Timeline] = {
    Format.json: lambda history: as_json(replies.Timeline.of(history)),
    Format.jsonld: lambda history: as_json(jsonld.claims(evidence(history.events), history.sources)),
    Format.csv: lambda history: table(records.Event, records.Event.each(history.events)),
}
_ANSWER: Writers[tuple[Answer, Mapping[str, Source]]] = {
    Format.json: lambda sourced: as_json(replies.Answer.of(*sourced)),
    Format.jsonld: lambda sourced: as_json(jsonld.claims(evidence(sourced[0].evidence), sourced[1])),
    Format.csv: lambda sourced: table(records.Claim, replies.Answer.of(*sourced).evidence),
}
_DIFF: Writers[tuple[Diff, str]] = {Format.json: lambda dated: as_json(replies.Diff.of(*dated))}


def _require_pair(first: str, second: str, as_of: str | None = None, known_by: str | None = None) -> None:
    """Raises for names and days that have no answer, before any claim is read."""
    meant(polity(first), polity(second), when(as_of, "as_of"), when(known_by, "known_by"))


@router.get("/brief", response_model=replies.Dossier, responses=also(_BRIEF))
async def get_brief(request: Request, first: First, second: Second, query: Annotated[OnADay, Query()]) -> Response:
    """All about two polities on a day: the status, how it came to be, and what sources disagree on."""

    def make() -> Dossier:
        as_of, known_by = when(query.as_of, "as_of"), when(query.known_by, "known_by")
        dossier: Dossier = request.app.state.desk.dossier(polity(first), polity(second), as_of, known_by)
        return dossier

    return await sent(
        request, _BRIEF, query.format, make, lambda: _require_pair(first, second, query.as_of, query.known_by)
    )


@router.get("/timeline", response_model=replies.Timeline, responses=also(_TIMELINE))
async def get_timeline(request: Request, first: First, second: Second, query: Annotated[Between, Query()]) -> Response:
    """What happened between two polities, in chronological order; undated events come last."""

    def make() -> Timeline:
        begin, end = when(query.begin, "from"), when(query.end, "to")
        view, known_by = request.app.state.desk.view(), when(query.known_by, "known_by")
        return timeline(view, polity(first), polity(second), begin, end, known_by)

    def validate() -> None:
        in_order(when(query.begin, "from"), when(query.end, "to"))
        _require_pair(first, second, None, query.known_by)

    return await sent(request, _TIMELINE, query.format, make, validate)


@router.get("/ask/{relation}", response_model=replies.Answer, responses=also(_ANSWER))
async def get_answer(
    request: Request,
    first: First,
    second: Second,
    relation: Annotated[
        str, Path(max_length=100, description="A term, or the first word of several.", examples=["recognition"])
    ],
    query: Annotated[OnADay, Query()],
) -> Response:
    """Whether one relation held on a day, on what evidence, and what contradicts it."""

    def make() -> tuple[Answer, Mapping[str, Source]]:
        as_of, known_by = when(query.as_of, "as_of"), when(query.known_by, "known_by")
        view = request.app.state.desk.view()
        return ask(view, polity(first), polity(second), relation, as_of, known_by), view.sources()

    def validate() -> None:
        terms_of(relation)
        _require_pair(first, second, query.as_of, query.known_by)

    return await sent(request, _ANSWER, query.format, make, validate)


@router.get("/diff", response_model=replies.Diff)
async def get_diff(request: Request, first: First, second: Second, query: Annotated[Since, Query()]) -> Response:
    """What came to be known of two polities since a day."""

    def make() -> tuple[Diff, str]:
        since, view = when(query.since, "since"), request.app.state.desk.view()
        parties = frozenset(party.id for party in pair(view, polity(first), polity(second)).polities)
        return diff(view, view, parties, since), query.since

    def validate() -> None:
        when(query.since, "since")
        _require_pair(first, second)

    return await sent(request, _DIFF, query.format, make, validate)
