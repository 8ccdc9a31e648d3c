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
_FOUND = 8
DOORS = (
    ("peru", "united-states", ""),
    ("prussia", "bavaria", "1866-07-01"),
    ("texas", "united-states", "1840"),
    ("germany", "united-states", "1943-06-01"),
    ("cuba", "united-states", "1970"),
    ("serbia", "montenegro", "2006-07-01"),
)
"""Pairs, with a day, to begin with: one that stands, and some whose states or relations came and went."""


@router.get("/", response_class=HTMLResponse)
@LOOKUPS
def home(request: Request, a: str = "", b: str = "", as_of: str = "", known_by: str = "") -> Response:
    """Search for two polities; both found, their page; else the search again, with whom the words may mean."""
    asked = {"a": a, "b": b, "as_of": as_of, "known_by": known_by}
    if not (a.strip() and b.strip()):
        why = "Name two polities." if a.strip() or b.strip() else ""
        return page("home.html", 200, why=why, meant={}, **_furniture(request), **asked)
    meant: dict[str, list[Polity]] = {}
    whys: list[str] = []
    ids: list[str] = []
    for field in ("a", "b"):
        try:
            ids.append(resolve(asked[field].strip(), When.parse(as_of) if as_of else None).polity.id)
        except (UnknownPolity, AmbiguousPolity) as error:
            meant[field] = meant_by(asked[field], error)
            whys.append(str(error))
        except BadDate as error:
            whys.append(str(error))
    if whys:
        why = " ".join(dict.fromkeys(whys))  # a date is told of once, though it was read for each
        return page("home.html", 400, why=why, meant=meant, **_furniture(request), **asked)
    days = {"as_of": as_of, "known_by": known_by}
    return RedirectResponse(address(f"/pairs/{ids[0]}/{ids[1]}", days), status_code=303)


@router.get("/suggest")
@LOOKUPS
def suggest(request: Request, q: Annotated[str, Query(max_length=100)] = "") -> list[dict[str, str]]:
    """Polities whose names or codes are like what is typed, misspelt or not, with their lifespans."""
    return [{"name": polity.name, "life": life(polity)} for polity in like(q, _FOUND)] if q.strip() else []


def meant_by(words: str, error: ComityError) -> list[Polity]:
    """Whom words that name no polity, or several, may mean."""
    if isinstance(error, AmbiguousPolity):
        return [gazetteer().polity(id) for id in error.candidates]
    return like(words, _FOUND) if isinstance(error, UnknownPolity) else []


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Every short name that polities bear or bore, with the lifespans of those whose name it is, by name."""
    bearers: dict[str, dict[str, Polity]] = defaultdict(dict)
    for polity in gazetteer():
        short = (name.text for name in polity.names if name.kind in ("short", "alias"))
        for name in (polity.name, *short):
            bearers[name][polity.id] = polity
    return tuple((name, _lives(name, held.values())) for name, held in sorted(bearers.items()))


def _lives(name: str, held: Iterable[Polity]) -> str:
    """The lifespans of those who bear a name, the one that is called so first, the others each with its own name."""
    ordered = sorted(held, key=lambda polity: polity.name != name)
    told = ([polity.name if polity.name != name else "", life(polity)] for polity in ordered)
    return "; ".join(filter(None, (", ".join(filter(None, parts)) for parts in told)))


def _furniture(request: Request) -> dict[str, Any]:
    """What stands on the page whatever is asked."""
    counts = request.app.state.desk.view().counts()
    held = {"claims": sum(counts.values()), "editions": len(counts), "polities": len(list(gazetteer()))}
    return {"names": names(), "doors": DOORS, "life": life, **held}
