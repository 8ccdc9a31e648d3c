"""An entry of a feed: one new item, or many at once, with sources and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from comity.follow.links import page_of, urn
from comity.model import Claim
from comity.present.changes import alone, headline, told_of
from comity.present.english import the
from comity.present.inline import plain
from comity.present.notes import Notes
from comity.query.diff import Change, Changes
from comity.query.news import NewsStep, said
from comity.reconcile.conflicts import Conflict
from comity.relations.wording import listed

MANY = 10
"""Up to this many events of one pair at one moment are entries of their own; more (a new source) are one entry."""
_LIMIT = 40  # events in an entry; the linked page has all of them

Item = Change | Conflict


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An item of news: a title, text, HTML, and the ids of the new claims.

    `moment` (UTC) is when it became known here; `path` is its page. The `id` is built from what is said and by whom, so
    that it stays the same in later editions of a source.
    """

    id: str
    title: str
    path: str
    moment: datetime
    text: str
    html: str
    claims: tuple[str, ...]
    terms: tuple[str, ...]


def items_of(changes: Changes) -> list[Item]:
    """The news about one set of parties: events, then contradictions."""
    return [*changes.events, *changes.disputed]


def id_of(item: Item) -> str:
    """An id built from the content and sources of the claims that are new in an item."""
    return urn(type(item).__name__, *sorted(said(claim) for claim in _new(item)))


def entries_of(step: NewsStep, base: str) -> Iterator[FeedEntry]:
    """The entries of a moment: one for each event and contradiction, or one for all when there are many.

    `base` is the address of the web pages.
    """
    items = items_of(step.changes)
    if len(items) > MANY:
        moment, parties = step.key
        title = f"{len(items)} things came to be known at once of {_names(parties)}"
        yield _entry(step, items, base, urn("step", moment.isoformat(), *parties), title, page_of(parties))
    else:
        for item in items:
            yield _entry(step, [item], base, id_of(item), headline(item), f"/claims/{_new(item)[0].id}")


def _entry(step: NewsStep, items: list[Item], base: str, id: str, title: str, path: str) -> FeedEntry:
    """An entry for the items; those beyond `_LIMIT` are only counted."""
    notes = Notes()
    paragraphs = [alone(" ".join(plain(line) for line in told_of(item, notes.tell))) for item in items[:_LIMIT]]
    if len(items) > _LIMIT:
        paragraphs.append(f"And {len(items) - _LIMIT} more.")
    places = [(f"[{note.number}] {plain(note.told())}", note.claims[0]) for note in notes]
    parties = sorted(step.changes.parties)
    return FeedEntry(
        id=id,
        title=title,
        path=path,
        moment=step.moment,
        text="\n\n".join((*paragraphs, "\n".join(place for place, _ in places))),
        html=_html(paragraphs, places, base, parties),
        claims=tuple(dict.fromkeys(claim.id for item in items for claim in _new(item))),
        terms=tuple(sorted({item.about if isinstance(item, Conflict) else item.event.relation for item in items})),
    )


def _html(paragraphs: Iterable[str], places: Iterable[tuple[str, str]], base: str, parties: list[str]) -> str:
    """The paragraphs, their sources, and a link to the page; text from claims is escaped."""
    lines = [f"<p>{escape(line)}</p>" for line in paragraphs]
    sources = [f'<li><a href="{escape(base)}/claims/{id}">{escape(place)}</a></li>' for place, id in places]
    page = f'<p><a href="{escape(base + page_of(parties))}">All of {escape(_names(parties))}</a></p>'
    return "\n".join((*lines, "<ul>", *sources, "</ul>", page))


def _new(item: Item) -> tuple[Claim, ...]:
    """The claims that are new in an item; of a contradiction the first claim of each side."""
    return (item.preferred.claims[0], item.other.claims[0]) if isinstance(item, Conflict) else item.claims


def _names(parties: Iterable[str]) -> str:
    return listed(the(id) for id in parties)
