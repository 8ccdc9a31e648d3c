"""Web addresses of what is followed: paths of pages and feeds, and ids that never change."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from comity.present.english import the
from comity.query.news import Scope, families
from comity.relations.wording import listed
from comity.sources.gazetteer import gazetteer

LOCAL = "http://127.0.0.1:8000"
"""The default address of `comity serve`, to which links lead when no other is given."""


def page_of(parties: Iterable[str]) -> str:
    """The path of the page of one or two polities; the search page for other parties.

    >>> page_of(["united-states", "peru"]), page_of(["chile"]), page_of([])
    ('/pairs/peru/united-states', '/polities/chile', '/')
    """
    ids = sorted(parties)
    if len(ids) not in (1, 2) or not all(id in gazetteer() for id in ids):
        return "/"
    return f"/{'pairs' if len(ids) == 2 else 'polities'}/{'/'.join(map(quote, ids))}"


def feed_of(scope: Scope) -> str:
    """The path of a scope's feed, without the ending of its format.

    >>> feed_of(Scope(("peru", "united-states"))), feed_of(Scope((), "strife"))
    ('/feeds/pairs/peru/united-states', '/feeds/topics/strife')
    """
    return f"/feeds/topics/{scope.topic}" if scope.topic else f"/feeds{page_of(scope.parties)}"


def title_of(scope: Scope) -> str:
    """The name of what is followed.

    >>> title_of(Scope(("peru", "united-states"))), title_of(Scope((), "strife"))
    ('Peru and the United States', 'Strife')
    """
    if scope.topic:
        return families()[scope.topic].capitalize()
    words = listed(the(id) for id in scope.parties)
    return f"{words[0].upper()}{words[1:]}"


def urn(*parts: str) -> str:
    """An id that depends only on the parts.

    >>> urn("feed", "/feeds/topics/strife") == urn("feed", "/feeds/topics/strife") != urn("feed", "/feeds/topics/mood")
    True
    """
    return uuid5(NAMESPACE_URL, "\n".join(("comity", *parts))).urn
