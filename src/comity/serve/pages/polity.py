"""The page of a polity: /polities/{id}."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.model import Polity, When
from comity.query.partners import Partner, partners
from comity.query.status import State
from comity.serve.pages.home import life
from comity.serve.pages.render import page
from comity.sources.gazetteer import gazetteer

router = APIRouter()
_SCHEMES = {
    "cow": "Correlates of War", "gw": "Gleditsch–Ward", "iso3": "ISO 3166", "wikidata": "Wikidata",
    "hsg": "history.state.gov, countries", "gsh": "history.state.gov, posts",
}  # fmt: skip
_ORDER = sorted(State, key=lambda state: state is State.UNKNOWN)


@router.get("/polities/{id}", response_class=HTMLResponse)
def polity(request: Request, id: str, as_of: str = "") -> Response:
    """A polity's life, names, codes and lineage, and its relations with all others on a day."""
    on = When.parse(as_of) if as_of else None
    found = partners(request.app.state.desk.view(), gazetteer().polity(id) if id in gazetteer() else id, on)
    one = found.one.polity
    if one.id != id:
        return RedirectResponse(str(request.url.replace(path=f"/polities/{one.id}")), status_code=307)
    return page(
        "polity.html",
        polity=one,
        found=found,
        on=on or When.on(found.day),
        life=life,
        names=[name for name in one.names if name.kind in ("short", "long", "alias")],
        codes=[(_SCHEMES[code.scheme], code) for code in one.codes if code.scheme in _SCHEMES],
        before=_all(one.predecessors),
        after=_all(one.successors),
        groups=[(state, held) for state in _ORDER if (held := _in(found.others, state))],
        as_of=as_of,
    )


def _all(ids: tuple[str, ...]) -> list[Polity]:
    return [gazetteer().polity(id) for id in ids]


def _in(others: tuple[Partner, ...], state: State) -> list[Partner]:
    return [other for other in others if other.status.state is state]
