"""The candidates for what words may mean, in words."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Certainty, Polity, When
from comity.present.english import at, day, the
from comity.present.inline import plain
from comity.present.polities import life
from comity.query.link import PERSON, POLITY, Link, Linked
from comity.reconcile.candidates import Candidate
from comity.relations.wording import listed
from comity.sources.gazetteer import gazetteer

_MOST_PARTIES = 4


def text(linked: Linked) -> Iterator[str]:
    """A line for each candidate: kind, weight, id or name, time or office, and its basis."""
    if not linked.links:
        names = "Names like another: comity polities --like NAME"
        yield plain(f'comity knows nothing called "{linked.words}"{at(linked.on)}. {names}')
    for link in linked.links:
        candidate = link.candidate
        label = f"{candidate.meant}: {name(link)}" if link.kind == POLITY else candidate.meant
        yield plain(f"{link.kind} {candidate.weight:.2f} {'; '.join((label, *_details(link), why(link, linked.on)))}")
    if linked.more:
        yield f"{linked.more:,} more: --limit {len(linked.links) + linked.more}"


def name(link: Link) -> str:
    """The name of a candidate: of a polity by its id, else as the sources have it."""
    meant = link.candidate.meant
    return gazetteer().polity(meant).name if link.kind == POLITY else meant


def _details(link: Link) -> Iterator[str]:
    """A polity's lifespans; else the office of a person or the parties of an agreement or war, and the time."""
    candidate = link.candidate
    if link.kind == POLITY:
        lives = life(gazetteer().polity(candidate.meant))
        yield f"a state {lives}" if lives else "a state at an unknown time"
        return
    yield _office(candidate) if link.kind == PERSON else _parties(candidate)
    if candidate.when:
        yield day(candidate.when)


def _office(candidate: Candidate) -> str:
    """The office as the sources call it: effective leader, president; for an envoy, the sender and the receiver."""
    sender, *receiver = candidate.polities
    if receiver:
        return f"envoy of {the(sender)} to {the(receiver[0])}"
    kinds = dict.fromkeys(claim.kind for claim in candidate.claims if claim.kind)
    return f"{', '.join(kinds) or 'leader'} of {the(sender)}"


def _parties(candidate: Candidate) -> str:
    names = [the(id) for id in candidate.polities]
    more = len(names) - _MOST_PARTIES
    return listed([*names[:_MOST_PARTIES], f"{more} others"] if more > 1 else names)


def why(link: Link, on: When | None) -> str:
    """The basis of a candidate: when the words named a polity and whether it was a state; else the sources."""
    candidate = link.candidate
    if link.kind == POLITY:
        return "; ".join(_called(candidate, gazetteer().polity(candidate.meant), on))
    editions = sorted({claim.source for claim in candidate.claims})
    return (
        f"according to {listed(editions)}"
        if editions
        else "in office in those years, according to comity's list of leaders"
    )


def _called(candidate: Candidate, polity: Polity, on: When | None) -> Iterator[str]:
    yield f"so called {day(candidate.when)}" if candidate.when else "so called at any time"
    if on is None:
        return
    if candidate.when and candidate.when.overlaps(on) is Certainty.NO:
        yield "not on that day"
    existed = polity.existed(on)
    if existed is not Certainty.YES:
        yield f"{'perhaps ' if existed is Certainty.POSSIBLY else ''}no state of its own on that day"
