"""An entry of a feed: one thing that came to be known, or many at once, with its sources and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from comity.follow.links import page_of, urn
from comity.model import Claim
from comity.present.changes import alone, headline, told_of
from comity.present.marks import plain
from comity.present.notes import Notes
from comity.present.words import the
from comity.query.diff import Change, Changes
from comity.query.news import Step, said
from comity.reconcile.conflicts import Conflict
from comity.relations.wording import listed

MANY = 10
"""Events of one pair at one moment that are entries of their own; more, as when a source is added, make one entry."""
_SHOWN = 40  # events that an entry tells of; the page that it leads to has them all

Item = Change | Conflict


@dataclass(frozen=True, slots=True)
class Entry:
    """What came to be known: in a line, as text, as HTML, and by the ids of the claims that are new.

    `moment` (UTC) is when it came to be known here; `path` leads to the page that tells it. The `id` is made of what is
    said and by whom, so that it outlasts editions of a source.
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
    """What is new of one set of parties: events, then contradictions."""
    return [*changes.events, *changes.disputed]


def id_of(item: Item) -> str:
    """An id made of what the claims that make an item new say, and of who says it."""
    return urn(type(item).__name__, *sorted(said(claim) for claim in _new(item)))


def entries_of(step: Step, base: str) -> Iterator[Entry]:
    """The entries of a moment, each event and contradiction one, or all in one where they are many.

    `base` is the address under which pages are.
    """
    items = items_of(step.changes)
    if len(items) > MANY:
        moment, parties = step.key
        title = f"{len(items)} things came to be known at once of {_named(parties)}"
        yield _entry(step, items, base, urn("step", moment.isoformat(), *parties), title, page_of(parties))
    else:
        for item in items:
            yield _entry(step, [item], base, id_of(item), headline(item), f"/claims/{_new(item)[0].id}")


def _entry(step: Step, items: list[Item], base: str, id: str, title: str, path: str) -> Entry:
    """An entry of the items, those beyond `_SHOWN` counted only."""
    notes = Notes()
    told = [alone(" ".join(plain(line) for line in told_of(item, notes.tell))) for item in items[:_SHOWN]]
    if len(items) > _SHOWN:
        told.append(f"And {len(items) - _SHOWN} more.")
    places = [(f"[{note.number}] {plain(note.told())}", note.claims[0]) for note in notes]
    parties = sorted(step.changes.parties)
    return Entry(
        id=id,
        title=title,
        path=path,
        moment=step.moment,
        text="\n\n".join((*told, "\n".join(place for place, _ in places))),
        html=_html(told, places, base, parties),
        claims=tuple(dict.fromkeys(claim.id for item in items for claim in _new(item))),
        terms=tuple(sorted({item.about if isinstance(item, Conflict) else item.event.relation for item in items})),
    )


def _html(told: Iterable[str], places: Iterable[tuple[str, str]], base: str, parties: list[str]) -> str:
    """What is told, where it is told, and a link to all that is: nothing of a claim but as escaped text."""
    lines = [f"<p>{escape(line)}</p>" for line in told]
    sources = [f'<li><a href="{escape(base)}/claims/{id}">{escape(place)}</a></li>' for place, id in places]
    page = f'<p><a href="{escape(base + page_of(parties))}">All of {escape(_named(parties))}</a></p>'
    return "\n".join((*lines, "<ul>", *sources, "</ul>", page))


def _new(item: Item) -> tuple[Claim, ...]:
    """The claims that make an item new; of a contradiction those that lead its two sides."""
    return (item.preferred.claims[0], item.other.claims[0]) if isinstance(item, Conflict) else item.claims


def _named(parties: Iterable[str]) -> str:
    return listed(the(id) for id in parties)
