"""The feeds of what changed: /feeds."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from fastapi import APIRouter, Request, Response

from comity.follow.feed import Feed, feed, written
from comity.follow.formats import atom, json_feed
from comity.query.news import Scope
from comity.serve.conditional import conditional

router = APIRouter(prefix="/feeds", include_in_schema=False)


class Format(StrEnum):
    """The formats of a feed, by the endings of their addresses."""

    atom = "atom"
    json = "json"


_FORMATS: dict[Format, tuple[Callable[[Feed], bytes], str]] = {
    Format.atom: (atom, "application/atom+xml"),
    Format.json: (json_feed, "application/feed+json"),
}


@router.get("/pairs/{one}/{other}.{format}")
def of_pair(request: Request, one: str, other: str, format: Format, begin: str | None = None) -> Response:
    """What came to be known of two polities."""
    return _answer(request, Scope.of([one, other]), format, begin)


@router.get("/polities/{polity}.{format}")
def of_polity(request: Request, polity: str, format: Format, begin: str | None = None) -> Response:
    """What came to be known of one polity, alone and with any other."""
    return _answer(request, Scope.of([polity]), format, begin)


@router.get("/topics/{topic}.{format}")
def of_topic(request: Request, topic: str, format: Format, begin: str | None = None) -> Response:
    """What came to be known of a family of the vocabulary, between whomever."""
    return _answer(request, Scope.of([], topic), format, begin)


def _answer(request: Request, scope: Scope, format: Format, begin: str | None) -> Response:
    view = request.app.state.desk.view()
    made = feed(view, scope, str(request.base_url).rstrip("/"), begin)
    write, media = _FORMATS[format]
    return conditional(request, write(made), media, written(view))
