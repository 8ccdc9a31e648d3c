"""The page of a pair on a day: /pairs/{a}/{b}."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.errors import AmbiguousPolity, UnknownPolity
from comity.model import Polity
from comity.present.brief import Section, written
from comity.query.dossier import Dossier
from comity.query.pair import meant, today
from comity.query.questions import polity, when
from comity.serve.pages.downloads import links
from comity.serve.pages.drawings import drawings
from comity.serve.pages.render import address, page
from comity.serve.queues import BRIEFS, LOOKUPS
from comity.sources.gazetteer import gazetteer

router = APIRouter()
Day = Annotated[str, Query(max_length=100, description="A date in EDTF or in words.")]
FIRST_YEAR = 1776
_OPEN = 8  # items: a longer section is folded
_DISAGREE = "What sources disagree on"


@router.get("/pairs/{first}/{second}", response_class=HTMLResponse)
async def pair(
    request: Request, first: str, second: str, as_of: Day = "", known_by: Day = "", part: bool = False
) -> Response:
    """Everything about two polities on a day, cited; with `part`, only what depends on the day, for the script."""
    # Redirects and errors need no brief, and do not wait for one.
    redirect = await LOOKUPS.run(request, lambda: _redirect(first, second, as_of, known_by))
    if redirect is not None:
        return redirect
    return await BRIEFS.run(request, lambda: _pair(request, first, second, as_of, known_by, part))


def _redirect(first: str, second: str, as_of: str, known_by: str) -> Response | None:
    """The answer to names that are not ids, or that name no polity or several; None for two ids."""
    try:
        sides = meant(polity(first), polity(second), when(as_of or None, "as_of"), when(known_by or None, "known_by"))
    except (AmbiguousPolity, UnknownPolity) as error:
        return _choices(error, first, second, as_of, known_by)
    ids = tuple(side.polity.id for side in sides)
    if ids != (first, second):
        return RedirectResponse(address(f"/pairs/{ids[0]}/{ids[1]}", _days(as_of, known_by)), status_code=307)
    return None


def _pair(request: Request, first: str, second: str, as_of: str, known_by: str, part: bool) -> Response:
    desk = request.app.state.desk
    dossier: Dossier = desk.dossier(
        polity(first), polity(second), when(as_of or None, "as_of"), when(known_by or None, "known_by")
    )
    path, days = f"/pairs/{first}/{second}", _days(as_of, known_by)
    fixed = {"as_of": as_of or today().isoformat()} | days
    context: dict[str, Any] = {"path": path, "days": days, "as_of": as_of, "known_by": known_by}
    context |= {"address": f"{str(request.base_url).rstrip('/')}{address(path, fixed)}"}
    context |= {"files": list(links(path, as_of, known_by))}
    context |= {"first_year": FIRST_YEAR, "last_year": today().year}
    return page("answer.html" if part else "pair.html", **context, **_content(dossier, desk))


def _content(dossier: Dossier, desk: Any) -> dict[str, Any]:
    """The text and drawings of a dossier."""
    brief = written(dossier, desk.passages(dossier.claims()))
    charts = drawings(desk, dossier.pair)
    line = charts.timeline
    lead, *rest = brief.sections
    return {
        "dossier": dossier,
        "brief": brief,
        "lead": lead,
        "sections": [section for section in rest if section.title != _DISAGREE],
        "disagreements": next((section for section in rest if section.title == _DISAGREE), None),
        "folds": _folds,
        "timeline": line,
        "drawings": line.at(dossier.pair.day) if line else (),
        "atlas": charts.atlas,
        "charts": charts.figures,
        "nothing": not dossier.pair.events,
    }


def _folds(section: Section) -> bool:
    return len(section.items) > _OPEN


def _days(as_of: str, known_by: str) -> dict[str, str]:
    return {name: day for name, day in (("as_of", as_of), ("known_by", known_by)) if day}


def _choices(error: AmbiguousPolity | UnknownPolity, first: str, second: str, as_of: str, known_by: str) -> Response:
    """A page for an unknown or ambiguous name, with links to the pairs that may be meant."""
    ids = error.candidates if isinstance(error, AmbiguousPolity) else error.suggestions
    days = _days(as_of, known_by)
    meant = []
    for candidate in map(_polity, ids):
        sides = [candidate.id if words == error.offender else words for words in (first, second)]
        meant.append((candidate, address("/pairs/" + "/".join(quote(side, safe="") for side in sides), days)))
    status = 404 if isinstance(error, UnknownPolity) else 300
    return page("misnamed.html", status, offender=error.offender, ambiguous=status == 300, meant=meant)


def _polity(words: str) -> Polity:
    """The polity of an id, or the first one of a name."""
    return gazetteer().polity(words) if words in gazetteer() else gazetteer().named(words)[0]
