"""A pair as files: /pairs/{a}/{b}/{name}, where the name is an exporter's (brief.pdf, timeline.csv …)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from comity.errors import BadDate
from comity.present.export.base import Brief, Exporter, given
from comity.present.export.exporters import exporters
from comity.query.dossier import Dossier
from comity.query.pair import meant
from comity.query.questions import polity, when
from comity.query.timeline import Timeline, timeline
from comity.serve.conditional import conditional
from comity.serve.desk import Bytes, Desk
from comity.serve.pages.render import address
from comity.serve.queues import BRIEFS, LOOKUPS

router = APIRouter()
Day = Annotated[str, Query(max_length=100)]


@router.get("/pairs/{first}/{second}/{name}")
async def file(request: Request, first: str, second: str, name: str, as_of: Day = "", known_by: Day = "") -> Response:
    """All about two polities in one file, saved under a name that contains both."""
    exporter = exporters().get(name)
    if exporter is None:
        raise HTTPException(404, f"There is no file {name}; the files are {', '.join(exporters())}.")
    ids = await LOOKUPS.run(request, lambda: _ids(first, second, as_of, known_by))
    if ids != [first, second]:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/pairs/{ids[0]}/{ids[1]}/{name}{query}", status_code=307)
    if exporter.takes is Timeline and as_of:
        raise BadDate("a timeline covers all days: remove as_of", offender=as_of)
    return await BRIEFS.run(request, lambda: _attachment(request, exporter, ids, as_of, known_by))


def _ids(first: str, second: str, as_of: str, known_by: str) -> list[str]:
    """The ids of the polities that the names mean today. Raises for names and days without a file."""
    subject, object = (side.polity for side in meant(polity(first), polity(second)))
    meant(subject, object, when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    return [subject.id, object.id]


def _attachment(request: Request, exporter: Exporter, ids: list[str], as_of: str, known_by: str) -> Response:
    desk: Desk = request.app.state.desk
    key = ("file", desk.edition(), exporter.name, *ids, as_of, known_by)
    sent = desk.bytes.get_or_make(key, lambda: Bytes(_export(exporter, desk, ids, as_of, known_by), {}))
    answer = conditional(request, sent.body, exporter.media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{ids[0]}-{ids[1]}-{exporter.name}"'
    return answer


def links(path: str, as_of: str, known_by: str) -> Iterator[tuple[str, str, str]]:
    """Each file of a pair: its name, what it is, and its address."""
    for exporter in exporters().values():
        days = {"known_by": known_by} if exporter.takes is Timeline else {"as_of": as_of, "known_by": known_by}
        yield exporter.name, exporter.told, address(f"{path}/{exporter.name}", days)


def _export(exporter: Exporter, desk: Desk, ids: list[str], as_of: str, known_by: str) -> bytes:
    first, second = map(polity, ids)
    known = when(known_by or None, "known_by")

    def cited(dossier: Dossier) -> Brief:
        return Brief(dossier, desk.passages(dossier.claims()))

    what = given(
        exporter.takes,
        lambda: desk.dossier(first, second, when(as_of or None, "as_of"), known),
        lambda: timeline(desk.view(), first, second, None, None, known),
        cited,
    )
    return exporter.export(what)
