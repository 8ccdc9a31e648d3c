"""The first page: search for two polities. /"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.errors import AmbiguousPolity, BadDate, ComityError, UnknownPolity
from comity.model import Polity, When
from comity.present.polities import life
from comity.reconcile.names import like, resolve
from comity.serve.pages.render import address, page
from comity.serve.queues import LOOKUPS
from comity.sources.gazetteer import gazetteer

router = APIRouter()
_SUGGESTIONS = 8
DOORS = (
    ("peru", "united-states", ""),
    ("prussia", "bavaria", "1866-07-01"),
    ("texas", "united-states", "1840"),
    ("germany", "united-states", "1943-06-01"),
    ("cuba", "united-states", "1970"),
    ("serbia", "montenegro", "2006-07-01"),
)
"""Example pairs, each with a day: one that exists today, and some whose states or relations ended."""


@router.get("/", response_class=HTMLResponse)
@LOOKUPS
def home(request: Request, a: str = "", b: str = "", as_of: str = "", known_by: str = "") -> Response:
    """Search for two polities: their page if both are found, otherwise the search with suggestions."""
    words = {"a": a, "b": b, "as_of": as_of, "known_by": known_by}
    if not (a.strip() and b.strip()):
        why = "Name two polities." if a.strip() or b.strip() else ""
        return page("home.html", 200, why=why, meant={}, **_frame(request), **words)
    meant: dict[str, list[Polity]] = {}
    whys: list[str] = []
    ids: list[str] = []
    for field in ("a", "b"):
        try:
            ids.append(resolve(words[field].strip(), When.parse(as_of) if as_of else None).polity.id)
        except (UnknownPolity, AmbiguousPolity) as error:
            meant[field] = meant_by(words[field], error)
            whys.append(str(error))
        except BadDate as error:
            whys.append(str(error))
    if whys:
        why = " ".join(dict.fromkeys(whys))  # an invalid date fails for both polities, and is reported once
        return page("home.html", 400, why=why, meant=meant, **_frame(request), **words)
    days = {"as_of": as_of, "known_by": known_by}
    return RedirectResponse(address(f"/pairs/{ids[0]}/{ids[1]}", days), status_code=303)


@router.get("/suggest")
@LOOKUPS
def suggest(request: Request, q: Annotated[str, Query(max_length=100)] = "") -> list[dict[str, str]]:
    """Polities whose names or codes resemble the input, even if misspelt, with their lifespans."""
    return [{"name": polity.name, "life": life(polity)} for polity in like(q, _SUGGESTIONS)] if q.strip() else []


def meant_by(words: str, error: ComityError) -> list[Polity]:
    """The polities that words may mean which name none, or several."""
    if isinstance(error, AmbiguousPolity):
        return [gazetteer().polity(id) for id in error.candidates]
    return like(words, _SUGGESTIONS) if isinstance(error, UnknownPolity) else []


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Every short name that polities bear or bore, with the lifespans of those whose name it is, by name."""
    bearers: dict[str, dict[str, Polity]] = defaultdict(dict)
    for polity in gazetteer():
        short = (name.text for name in polity.names if name.kind in ("short", "alias"))
        for name in (polity.name, *short):
            bearers[name][polity.id] = polity
    return tuple((name, _lives(name, polities.values())) for name, polities in sorted(bearers.items()))


def _lives(name: str, polities: Iterable[Polity]) -> str:
    """The lifespans of the polities of a name; first the one whose main name it is, then the others by their names."""
    ordered = sorted(polities, key=lambda polity: polity.name != name)
    lives = ([polity.name if polity.name != name else "", life(polity)] for polity in ordered)
    return "; ".join(filter(None, (", ".join(filter(None, parts)) for parts in lives)))


def _frame(request: Request) -> dict[str, Any]:
    """The parts of the page that do not depend on the search."""
    counts = request.app.state.desk.view().counts()
    totals = {"claims": sum(counts.values()), "editions": len(counts), "polities": len(list(gazetteer()))}
    return {"names": names(), "doors": DOORS, "life": life, **totals}
