"""Feeds in the formats of feed readers: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from feedgenerator import Atom1Feed

from comity.follow.feed import Feed
from comity.present.visible import dumps

_VERSION = "https://jsonfeed.org/version/1.1"


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    """The library's Atom, with the feed's own time and a link to the next page."""

    def latest_post_date(self) -> datetime:
        """When the feed changed: for a feed without entries the library would use the current time."""
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        """The elements before the entries."""
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})


def atom(feed: Feed) -> bytes:
    """A feed as Atom."""
    document = _Atom(
        title=feed.title, link=f"{feed.base}{feed.page}", description=None, language="en", author_name="comity",
        feed_url=_address(feed, "atom", feed.begin), feed_guid=feed.id,
        updated=feed.updated, next=_address(feed, "atom", feed.next) if feed.next else None,
    )  # fmt: skip
    for entry in feed.entries:
        document.add_item(
            title=entry.title, link=f"{feed.base}{entry.path}", description=None, content=entry.html,
            unique_id=entry.id, pubdate=entry.moment, updateddate=entry.moment, categories=entry.terms,
        )  # fmt: skip
    text: str = document.writeString("utf-8")
    return text.encode()


def json_feed(feed: Feed) -> bytes:
    """A feed as JSON Feed; `_comity` names the claims that are new."""
    document = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": f"{feed.base}{feed.page}",
        "feed_url": _address(feed, "json", feed.begin),
        "next_url": _address(feed, "json", feed.next) if feed.next else None,
        "language": "en",
        "authors": [{"name": "comity"}],
        "items": [
            {
                "id": entry.id,
                "url": f"{feed.base}{entry.path}",
                "title": entry.title,
                "content_html": entry.html,
                "content_text": entry.text,
                "date_published": entry.moment.isoformat(),
                "tags": list(entry.terms),
                "_comity": {"claims": list(entry.claims)},
            }
            for entry in feed.entries
        ],
    }
    return dumps({name: value for name, value in document.items() if value is not None}, None).encode()


def _address(feed: Feed, format: str, place: str | None) -> str:
    """The address of a page of a feed."""
    return f"{feed.base}{feed.path}.{format}{f'?begin={quote(place)}' if place else ''}"
