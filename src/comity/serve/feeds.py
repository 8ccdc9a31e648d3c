"""The feeds of what changed: /feeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter, Request, Response

from comity.follow.feed import Feed, feed, last_written
from comity.follow.formats import atom, json_feed
from comity.model import Polity
from comity.query.news import Scope
from comity.serve.cache import Cache
from comity.serve.conditional import conditional
from comity.serve.desk import Desk
from comity.serve.queues import BRIEFS, LOOKUPS
from comity.sources.gazetteer import gazetteer

router = APIRouter(prefix="/feeds", include_in_schema=False)


class FeedFormat(StrEnum):
    """The formats of a feed, by the endings of their addresses."""

    atom = "atom"
    json = "json"


_FORMATS: dict[FeedFormat, tuple[Callable[[Feed], bytes], str]] = {
    FeedFormat.atom: (atom, "application/atom+xml"),
    FeedFormat.json: (json_feed, "application/feed+json"),
}

_CACHE: Cache[tuple[bytes, datetime]] = Cache(64)  # of some tens of kilobytes each


@router.get("/pairs/{first}/{second}.{format}")
async def of_pair(request: Request, first: str, second: str, format: FeedFormat, begin: str | None = None) -> Response:
    """What came to be known of two polities."""
    return await _answer(request, lambda: Scope.of(map(_addressed, (first, second))), format, begin)


@router.get("/polities/{polity}.{format}")
async def of_polity(request: Request, polity: str, format: FeedFormat, begin: str | None = None) -> Response:
    """What came to be known of one polity, alone and with any other."""
    return await _answer(request, lambda: Scope.of([_addressed(polity)]), format, begin)


@router.get("/topics/{topic}.{format}")
async def of_topic(request: Request, topic: str, format: FeedFormat, begin: str | None = None) -> Response:
    """What came to be known of a family of the vocabulary, between any polities."""
    return await _answer(request, lambda: Scope.of([], topic), format, begin)


def _addressed(text: str) -> str | Polity:
    """What an address names: the polity of an id (even if the id is another polity's name), else a name."""
    return gazetteer().polity(text) if text in gazetteer() else text


async def _answer(request: Request, scoped: Callable[[], Scope], format: FeedFormat, begin: str | None) -> Response:
    scope = await LOOKUPS.run(request, scoped)
    return await BRIEFS.run(request, lambda: _render(request, scope, format, begin))


def _render(request: Request, scope: Scope, format: FeedFormat, begin: str | None) -> Response:
    desk: Desk = request.app.state.desk
    base = str(request.base_url).rstrip("/")
    write, media = _FORMATS[format]

    def make() -> tuple[bytes, datetime]:
        view = desk.view()
        return write(feed(view, scope, base, begin)), last_written(view)

    body, modified = _CACHE.get_or_make((desk.edition(), scope, base, begin, format), make)
    return conditional(request, body, media, modified)
