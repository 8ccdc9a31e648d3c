"""A pair as files: /pairs/{a}/{b}/{name}, where the name is an exporter's (brief.pdf, timeline.csv …)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from comity.errors import BadDate
from comity.present.export.base import Brief, Exporter, given
from comity.present.export.registry import exporters
from comity.query.asked import polity, when
from comity.query.dossier import Dossier
from comity.query.pair import meant
from comity.query.timeline import Timeline, timeline
from comity.serve.conditional import conditional
from comity.serve.desk import Bytes, Desk
from comity.serve.pages.render import address
from comity.serve.queues import BRIEFS, LOOKUPS

router = APIRouter()
Day = Annotated[str, Query(max_length=100)]


@router.get("/pairs/{one}/{other}/{name}")
async def file(request: Request, one: str, other: str, name: str, as_of: Day = "", known_by: Day = "") -> Response:
    """All about two polities in one file; kept under a name that says of whom it is."""
    made = exporters().get(name)
    if made is None:
        raise HTTPException(404, f"There is no file {name}; there are {', '.join(exporters())}.")
    ids = await LOOKUPS.run(request, lambda: _ids(one, other, as_of, known_by))
    if ids != [one, other]:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/pairs/{ids[0]}/{ids[1]}/{name}{asked}", status_code=307)
    if made.takes is Timeline and as_of:
        raise BadDate("a timeline is of all days: leave as_of out", offender=as_of)
    return await BRIEFS.run(request, lambda: _sent(request, made, ids, as_of, known_by))


def _ids(one: str, other: str, as_of: str, known_by: str) -> list[str]:
    """Those that the names mean today. Raises for names and days of which there is no file."""
    first, second = (side.polity for side in meant(polity(one), polity(other)))
    meant(first, second, when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    return [first.id, second.id]


def _sent(request: Request, made: Exporter, ids: list[str], as_of: str, known_by: str) -> Response:
    desk: Desk = request.app.state.desk
    key = ("file", desk.edition(), made.name, *ids, as_of, known_by)
    sent = desk.bytes.made(key, lambda: Bytes(_made(made, desk, ids, as_of, known_by), {}))
    answer = conditional(request, sent.body, made.media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{ids[0]}-{ids[1]}-{made.name}"'
    return answer


def links(path: str, as_of: str, known_by: str) -> Iterator[tuple[str, str, str]]:
    """Each file of a pair: its name, what it is, and its address."""
    for made in exporters().values():
        days = {"known_by": known_by} if made.takes is Timeline else {"as_of": as_of, "known_by": known_by}
        yield made.name, made.told, address(f"{path}/{made.name}", days)


def _made(made: Exporter, desk: Desk, ids: list[str], as_of: str, known_by: str) -> bytes:
    one, other = map(polity, ids)
    known = when(known_by or None, "known_by")

    def told(found: Dossier) -> Brief:
        return Brief(found, desk.passages(found.claims()))

    what = given(
        made.takes,
        lambda: desk.dossier(one, other, when(as_of or None, "as_of"), known),
        lambda: timeline(desk.view(), one, other, None, None, known),
        told,
    )
    return made.export(what)
