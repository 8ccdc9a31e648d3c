"""A feed: the news about a scope, latest first. Reading it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from comity.errors import BadCursor
from comity.follow.entry import FeedEntry, entries_of
from comity.follow.links import feed_of, page_of, title_of, urn
from comity.ledger import View, entries
from comity.query.news import Key, NewsStep, Scope, steps

PAGE = 50
"""Entries of one page; those of one pair and moment stay together, so a page may have a few more."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed at an address, `base`: its own `path`, its web `page`, its entries.

    `updated` (UTC) is the time of the latest entry; `begin` and `next` are the cursors of this and the next page.
    """

    id: str
    title: str
    base: str
    path: str
    page: str
    updated: datetime
    entries: tuple[FeedEntry, ...]
    begin: str | None
    next: str | None


def feed(view: View, scope: Scope, base: str, begin: str | None = None) -> Feed:
    """A page of the entries of a scope, from the latest or from where another page ended.

    Raises `BadCursor` for a `begin` that is not a cursor.
    """
    after = _place(begin) if begin else None
    items: list[FeedEntry] = []
    last: NewsStep | None = None
    following: str | None = None
    for step in steps(view, scope, after):
        if last is not None and len(items) >= PAGE:
            following = _cursor(last)
            break
        items += entries_of(step, base)
        last = step
    path = feed_of(scope)
    updated = items[0].moment if items else last_written(view)
    title = f"{title_of(scope)}: what came to be known"
    return Feed(urn("feed", path), title, base, path, page_of(scope.parties), updated, tuple(items), begin, following)


def last_written(view: View) -> datetime:
    """When claims or judgements were last written to the ledgers (UTC), and so the time of a feed with no entries."""
    claims = [entries(url)[-1].when for url in view.versions]
    judged = [judgement.dated for judgement in view.judgements.overruling() if judgement.dated]
    return max((*claims, *judged), default=datetime.fromtimestamp(0, UTC))


def _cursor(step: NewsStep) -> str:
    """A step as the cursor of the page that begins after it."""
    moment, parties = step.key
    return "~".join((f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}", *parties))


def _place(cursor: str) -> Key:
    moment, *parties = cursor.split("~")
    try:
        return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC), tuple(parties)
    except ValueError as error:
        raise BadCursor(
            f'"{cursor}" is not a page of a feed; use the link that a page gives', offender=cursor
        ) from error
