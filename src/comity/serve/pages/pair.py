"""The page of a pair on a day: /pairs/{a}/{b}."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.errors import AmbiguousPolity, UnknownPolity
from comity.model import Polity
from comity.present.brief import Section, written
from comity.query.asked import polity, when
from comity.query.dossier import Dossier
from comity.query.pair import meant, today
from comity.serve.pages.drawn import drawn
from comity.serve.pages.files import links
from comity.serve.pages.render import address, page
from comity.serve.queues import BRIEFS, LOOKUPS
from comity.sources.gazetteer import gazetteer

router = APIRouter()
Day = Annotated[str, Query(max_length=100, description="A date, EDTF or as one writes it.")]
FIRST_YEAR = 1776
_OPEN = 8  # items: a section with more of them folds
_DISAGREE = "What sources disagree on"


@router.get("/pairs/{one}/{other}", response_class=HTMLResponse)
async def pair(
    request: Request, one: str, other: str, as_of: Day = "", known_by: Day = "", part: bool = False
) -> Response:
    """Everything told of two polities on a day, cited; of it the `part` that a day changes, for a script."""
    # Where to go instead, and what can't be answered, waits for no brief.
    elsewhere = await LOOKUPS.run(request, lambda: _elsewhere(one, other, as_of, known_by))
    if elsewhere is not None:
        return elsewhere
    return await BRIEFS.run(request, lambda: _pair(request, one, other, as_of, known_by, part))


def _elsewhere(one: str, other: str, as_of: str, known_by: str) -> Response | None:
    """What is answered to names that are no ids, or mean nobody or several; None for two ids."""
    try:
        sides = meant(polity(one), polity(other), when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    except (AmbiguousPolity, UnknownPolity) as error:
        return _misnamed(error, one, other, as_of, known_by)
    ids = tuple(side.polity.id for side in sides)
    if ids != (one, other):
        return RedirectResponse(address(f"/pairs/{ids[0]}/{ids[1]}", _days(as_of, known_by)), status_code=307)
    return None


def _pair(request: Request, one: str, other: str, as_of: str, known_by: str, part: bool) -> Response:
    desk = request.app.state.desk
    found: Dossier = desk.dossier(
        polity(one), polity(other), when(as_of or None, "as_of"), when(known_by or None, "known_by")
    )
    path, days = f"/pairs/{one}/{other}", _days(as_of, known_by)
    fixed = {"as_of": as_of or today().isoformat()} | days
    held: dict[str, Any] = {"path": path, "days": days, "as_of": as_of, "known_by": known_by}
    held |= {"address": f"{str(request.base_url).rstrip('/')}{address(path, fixed)}"}
    held |= {"files": list(links(path, as_of, known_by))}
    held |= {"first_year": FIRST_YEAR, "last_year": today().year}
    return page("answer.html" if part else "pair.html", **held, **_told(found, desk))


def _told(found: Dossier, desk: Any) -> dict[str, Any]:
    """What the page tells and draws of a dossier."""
    told = written(found, desk.passages(found.claims()))
    drawings = drawn(desk, found.pair)
    line = drawings.timeline
    lead, *rest = told.sections
    return {
        "dossier": found,
        "told": told,
        "lead": lead,
        "sections": [section for section in rest if section.title != _DISAGREE],
        "disagreements": next((section for section in rest if section.title == _DISAGREE), None),
        "folds": _folds,
        "timeline": line,
        "drawings": line.at(found.pair.day) if line else (),
        "atlas": drawings.atlas,
        "charts": drawings.figures,
        "nothing": not found.pair.events,
    }


def _folds(section: Section) -> bool:
    return len(section.items) > _OPEN


def _days(as_of: str, known_by: str) -> dict[str, str]:
    return {name: day for name, day in (("as_of", as_of), ("known_by", known_by)) if day}


def _misnamed(error: AmbiguousPolity | UnknownPolity, one: str, other: str, as_of: str, known_by: str) -> Response:
    """A page for a name that no polity bears, or several do, with the pairs that may be meant."""
    ids = error.candidates if isinstance(error, AmbiguousPolity) else error.suggestions
    days = _days(as_of, known_by)
    meant = []
    for candidate in map(_named, ids):
        sides = [candidate.id if words == error.offender else words for words in (one, other)]
        meant.append((candidate, address("/pairs/" + "/".join(quote(side, safe="") for side in sides), days)))
    status = 404 if isinstance(error, UnknownPolity) else 300
    return page("misnamed.html", status, offender=error.offender, ambiguous=status == 300, meant=meant)


def _named(words: str) -> Polity:
    """The polity of an id, or the first that bears a name."""
    return gazetteer().polity(words) if words in gazetteer() else gazetteer().named(words)[0]
