"""The page of a polity: /polities/{id}."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.model import Polity, When
from comity.present.charts import Address, Descent, World, descent, world
from comity.present.polities import life
from comity.query.asked import polity as named
from comity.query.asked import when
from comity.query.lineage import Step, lineage
from comity.query.pair import no_intervals
from comity.query.partners import Partners, partners
from comity.reconcile.names import resolve
from comity.serve.desk import Desk
from comity.serve.kept import Kept
from comity.serve.pages.pair import Day
from comity.serve.pages.render import address, page
from comity.serve.queues import BRIEFS, LOOKUPS

router = APIRouter()
_SCHEMES = {
    "cow": "Correlates of War", "gw": "Gleditsch–Ward", "iso3": "ISO 3166", "wikidata": "Wikidata",
    "hsg": "history.state.gov, countries", "gsh": "history.state.gov, posts",
}  # fmt: skip
_PAGES = 16  # two megabytes each, of a polity with many partners
_LINES = 256  # some kilobytes each


@dataclass(frozen=True, slots=True)
class _Told:
    """What the page tells and draws of a polity on a day; addresses of another's page, and of its pair with it."""

    found: Partners
    world: World
    steps: tuple[Step, ...]
    descent: Descent | None
    page_of: Address
    page_with: Address


_KEPT: Kept[_Told] = Kept(_PAGES)
_KEPT_LINES: Kept[tuple[Step, ...]] = Kept(_LINES)


@router.get("/polities/{id}", response_class=HTMLResponse)
async def polity(request: Request, id: str, as_of: Day = "", known_by: Day = "") -> Response:
    """A polity's life, names, codes and lineage, and its relations with all others on a day."""
    meant = await LOOKUPS.run(request, lambda: _id(id, as_of, known_by))
    if meant != id:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/polities/{meant}{asked}", status_code=307)
    return await BRIEFS.run(request, lambda: _page(request.app.state.desk, id, as_of, known_by))


def _id(words: str, as_of: str, known_by: str) -> str:
    """Whom the words mean on the day. Raises for words and days of which there is no page."""
    day = when(as_of or None, "as_of")
    no_intervals(day, when(known_by or None, "known_by"))
    return resolve(named(words), day).polity.id


def _page(desk: Desk, id: str, as_of: str, known_by: str) -> Response:
    told = _told(desk, id, when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    found = told.found
    one = found.one.polity
    return page(
        "polity.html",
        polity=one,
        told=told,
        on=found.as_of or When.on(found.day),
        life=life,
        names=[name for name in one.names if name.kind in ("short", "long", "alias")],
        codes=[(_SCHEMES[code.scheme], code) for code in one.codes if code.scheme in _SCHEMES],
        as_of=as_of,
        known_by=known_by,
    )


def _told(desk: Desk, id: str, as_of: When | None, known_by: When | None) -> _Told:
    """What is told and drawn; what was asked for last is kept."""
    return _KEPT.made((desk.edition(), id, as_of, known_by), lambda: _made(desk, id, as_of, known_by))


def _made(desk: Desk, id: str, as_of: When | None, known_by: When | None) -> _Told:
    found = partners(desk.view(), named(id), as_of, known_by)
    one = found.one.polity
    days = {name: asked.edtf for name, asked in (("as_of", as_of), ("known_by", known_by)) if asked}

    def page_of(kin: Polity) -> str:
        return address(f"/polities/{kin.id}", days)

    def page_with(other: Polity) -> str:
        return address(f"/pairs/{one.id}/{other.id}", days)

    steps = _KEPT_LINES.made((desk.edition(), one.id, known_by), lambda: lineage(desk.view(), one, known_by))
    return _Told(found, world(found, page_with), steps, descent(one, steps, page_of), page_of, page_with)
