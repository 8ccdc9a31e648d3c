"""The page of a polity: /polities/{id}."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.model import Polity, When
from comity.present.charts import Address, Descent, World, descent, world
from comity.present.polities import life
from comity.query.lineage import LineageStep, lineage
from comity.query.pair import no_intervals
from comity.query.partners import Partners, partners
from comity.query.questions import polity as named
from comity.query.questions import when
from comity.reconcile.names import resolve
from comity.serve.cache import Cache
from comity.serve.desk import Desk
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
class _Content:
    """The content of a polity's page on a day; the addresses of another polity's page, and of their pair."""

    relations: Partners
    world: World
    steps: tuple[LineageStep, ...]
    descent: Descent | None
    page_of: Address
    page_with: Address


_CACHE: Cache[_Content] = Cache(_PAGES)
_LINEAGES: Cache[tuple[LineageStep, ...]] = Cache(_LINES)


@router.get("/polities/{id}", response_class=HTMLResponse)
async def polity(request: Request, id: str, as_of: Day = "", known_by: Day = "") -> Response:
    """A polity's lifespan, names, codes and lineage, and its relations with all others on a day."""
    meant = await LOOKUPS.run(request, lambda: _id(id, as_of, known_by))
    if meant != id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/polities/{meant}{query}", status_code=307)
    return await BRIEFS.run(request, lambda: _page(request.app.state.desk, id, as_of, known_by))


def _id(words: str, as_of: str, known_by: str) -> str:
    """The id of the polity that the words mean on the day. Raises for words and days without a page."""
    day = when(as_of or None, "as_of")
    no_intervals(day, when(known_by or None, "known_by"))
    return resolve(named(words), day).polity.id


def _page(desk: Desk, id: str, as_of: str, known_by: str) -> Response:
    content = _cached(desk, id, when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    relations = content.relations
    subject = relations.one.polity
    return page(
        "polity.html",
        polity=subject,
        content=content,
        on=relations.as_of or When.on(relations.day),
        life=life,
        names=[name for name in subject.names if name.kind in ("short", "long", "alias")],
        codes=[(_SCHEMES[code.scheme], code) for code in subject.codes if code.scheme in _SCHEMES],
        as_of=as_of,
        known_by=known_by,
    )


def _cached(desk: Desk, id: str, as_of: When | None, known_by: When | None) -> _Content:
    """The content of a page; the most recent ones are cached."""
    return _CACHE.get_or_make((desk.edition(), id, as_of, known_by), lambda: _content(desk, id, as_of, known_by))


def _content(desk: Desk, id: str, as_of: When | None, known_by: When | None) -> _Content:
    relations = partners(desk.view(), named(id), as_of, known_by)
    subject = relations.one.polity
    days = {name: day.edtf for name, day in (("as_of", as_of), ("known_by", known_by)) if day}

    def page_of(kin: Polity) -> str:
        return address(f"/polities/{kin.id}", days)

    def page_with(partner: Polity) -> str:
        return address(f"/pairs/{subject.id}/{partner.id}", days)

    steps = _LINEAGES.get_or_make(
        (desk.edition(), subject.id, known_by), lambda: lineage(desk.view(), subject, known_by)
    )
    return _Content(relations, world(relations, page_with), steps, descent(subject, steps, page_of), page_of, page_with)
