"""The page of a pair on a day: /pairs/{a}/{b}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.model import When
from comity.present.brief import written
from comity.query.dossier import dossier
from comity.serve.pages.render import page
from comity.sources.gazetteer import gazetteer

router = APIRouter()
Day = Annotated[str, Query(description="A date, EDTF or as one writes it.")]


@router.get("/pairs/{one}/{other}", response_class=HTMLResponse)
def pair(request: Request, one: str, other: str, as_of: Day = "", known_by: Day = "") -> Response:
    """Everything told of two polities on a day, cited."""
    first, second = (gazetteer().polity(words) if words in gazetteer() else words for words in (one, other))
    found = dossier(request.app.state.desk.view(), first, second, _when(as_of), _when(known_by))
    ids = tuple(polity.id for polity in found.pair.polities)
    if ids != (one, other):
        return RedirectResponse(str(request.url.replace(path=f"/pairs/{ids[0]}/{ids[1]}")), status_code=307)
    path = f"/pairs/{ids[0]}/{ids[1]}"
    return page("pair.html", dossier=found, told=written(found), path=path, as_of=as_of, known_by=known_by)


def _when(text: str) -> When | None:
    return When.parse(text) if text else None
