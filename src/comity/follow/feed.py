"""A feed: what came to be known of what is followed, the last first; asking for it changes nothing in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from comity.errors import BadCursor
from comity.follow.entry import Entry, entries_of
from comity.follow.links import feed_of, named, page_of, urn
from comity.ledger import View, entries
from comity.query.news import Key, Scope, Step, steps

PAGE = 50
"""Entries of one page; those of one pair and moment are kept together, so that it may hold some more."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed at an address, `base`: where it is (`path`), whose (`page`), and what came to be known.

    `updated` (UTC) is when the last of it did; `begin` and `next` are the places where this and the next page begin.
    """

    id: str
    title: str
    base: str
    path: str
    page: str
    updated: datetime
    entries: tuple[Entry, ...]
    begin: str | None
    next: str | None


def feed(view: View, scope: Scope, base: str, begin: str | None = None) -> Feed:
    """The entries of a scope, a page of them, from the last or from where another page ended.

    Raises `BadCursor` for a `begin` that no feed gave.
    """
    after = _place(begin) if begin else None
    found: list[Entry] = []
    last: Step | None = None
    following: str | None = None
    for step in steps(view, scope, after):
        if last is not None and len(found) >= PAGE:
            following = _cursor(last)
            break
        found += entries_of(step, base)
        last = step
    path = feed_of(scope)
    updated = found[0].moment if found else written(view)
    title = f"{named(scope)}: what came to be known"
    return Feed(urn("feed", path), title, base, path, page_of(scope.parties), updated, tuple(found), begin, following)


def written(view: View) -> datetime:
    """When claims or judgements were last written to the ledgers (UTC), and so the time of a feed with no entries."""
    claims = [entries(url)[-1].when for url in view.versions]
    judged = [one.dated for one in view.judgements.overruling() if one.dated]
    return max((*claims, *judged), default=datetime.fromtimestamp(0, UTC))


def _cursor(step: Step) -> str:
    """A step's place, as it stands in the address of the page that begins after it."""
    moment, parties = step.key
    return "~".join((f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}", *parties))


def _place(cursor: str) -> Key:
    moment, *parties = cursor.split("~")
    try:
        return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC), tuple(parties)
    except ValueError as error:
        raise BadCursor(f'"{cursor}" is no page of a feed; take the link that a page gives', offender=cursor) from error
