"""What words may mean, a line each, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.model import Certainty, Polity, When
from comity.present import wire
from comity.present.marks import plain
from comity.present.polities import life
from comity.present.words import at, day, the
from comity.query.linked import PERSON, POLITY, Link, Linked
from comity.reconcile.candidates import Candidate
from comity.relations.wording import listed
from comity.sources.gazetteer import gazetteer

_SHOWN = 4


def text(found: Linked) -> Iterator[str]:
    """A line for each thing that may be meant: kind, weight, id or name, time or office, and what that rests on."""
    if not found.links:
        names = "Names like another: comity polities --like NAME"
        yield plain(f'Nothing that comity knows goes by "{found.words}"{at(found.on)}. {names}')
    for link in found.links:
        one = link.candidate
        name = f"{one.meant}: {gazetteer().polity(one.meant).name}" if link.kind == POLITY else one.meant
        yield plain(f"{link.kind} {one.weight:.2f} {'; '.join((name, *_told(link), _why(link, found.on)))}")
    if found.more:
        yield f"{found.more:,} more: --limit {len(found.links) + found.more}"


def as_json(found: Linked) -> dict[str, Any]:
    """The same as an object: docs/interfaces.md."""
    return {
        "text": found.words,
        "as_of": wire.when(found.on),
        "candidates": [_as_json(link, found.on) for link in found.links],
        "more": found.more,
    }


def _as_json(link: Link, on: When | None) -> dict[str, Any]:
    one = link.candidate
    return {
        "kind": link.kind,
        "meant": one.meant,
        "name": gazetteer().polity(one.meant).name if link.kind == POLITY else one.meant,
        "also": list(one.also),
        "weight": one.weight,
        "polities": list(one.polities),
        "when": wire.when(one.when),
        "office": one.office or None,
        "claims": [claim.id for claim in one.claims],
        "why": _why(link, on),
    }


def _told(link: Link) -> Iterator[str]:
    """A polity's life; a person's office, the parties of an agreement or war, and the time of each."""
    one = link.candidate
    if link.kind == POLITY:
        lives = life(gazetteer().polity(one.meant))
        yield f"a state {lives}" if lives else "a state at a time that is not told"
        return
    yield _office(one) if link.kind == PERSON else _parties(one)
    if one.when:
        yield day(one.when)


def _office(one: Candidate) -> str:
    """The office as those who tell of it call it: effective leader, president; an envoy's by who sent and received."""
    sender, *receiver = one.polities
    if receiver:
        return f"envoy of {the(sender)} to {the(receiver[0])}"
    kinds = dict.fromkeys(claim.kind for claim in one.claims if claim.kind)
    return f"{', '.join(kinds) or 'leader'} of {the(sender)}"


def _parties(one: Candidate) -> str:
    named = [the(id) for id in one.polities]
    more = len(named) - _SHOWN
    return listed([*named[:_SHOWN], f"{more} others"] if more > 1 else named)


def _why(link: Link, on: When | None) -> str:
    """What a candidate rests on: when a polity goes by the words and whether it was a state; else who tells of it."""
    one = link.candidate
    if link.kind == POLITY:
        return "; ".join(_called(one, gazetteer().polity(one.meant), on))
    editions = sorted({claim.source for claim in one.claims})
    return f"told by {listed(editions)}" if editions else "seen in office in those years, by comity's list of leaders"


def _called(one: Candidate, polity: Polity, on: When | None) -> Iterator[str]:
    yield f"so called {day(one.when)}" if one.when else "so called at any time"
    if on is None:
        return
    if one.when and one.when.overlaps(on) is Certainty.NO:
        yield "not on that day"
    existed = polity.existed(on)
    if existed is not Certainty.YES:
        yield f"{'perhaps ' if existed is Certainty.POSSIBLY else ''}no state of its own on that day"
