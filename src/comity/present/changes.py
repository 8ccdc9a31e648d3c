"""What came to be known, for a person and for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from comity.present import shapes
from comity.present.marks import plain
from comity.present.notes import Notes
from comity.present.sentences import sentence
from comity.present.wire import claim, conflict, event, when
from comity.present.words import day, the
from comity.query.diff import Change, Changes, Diff, News, count
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, evidence
from comity.relations.wording import listed


def text(found: Diff, since: str) -> Iterator[str]:
    """What is new of each pair, and where it is told."""
    yield from map(plain, _text(found, since))


def _text(found: Diff, since: str) -> Iterator[str]:
    notes = Notes()
    if not found.changes:
        yield f"Nothing new since {since}."
        return
    told = listed(f"{number:,} {news.value}" for news, number in count(found) if number)
    yield f"Since {since}: events {told}." if told else f"Since {since}:"
    for one in found.changes:
        yield ""
        yield listed(the(id) for id in sorted(one.parties)).strip()
        yield from _status(one)
        items: list[Change | Conflict] = [*one.events, *one.disputed]
        for each in items:
            first, *others = told_of(each, notes.tell)
            yield f"  - {first}"
            yield from (f"    {line}" for line in others)
    yield ""
    yield from (f"[{note.number}] {note.told()}" for note in notes)


def told_of(one: Change | Conflict, tell: Callable[[Event], str]) -> Iterator[str]:
    """What is new about an event, or what is newly disputed, and how it stood before; `tell` tells an event."""
    if isinstance(one, Conflict):
        yield f"newly disputed: {tell(one.preferred)} Another: {tell(one.other)}"
        return
    yield f"{one.news.value}: {tell(one.event)}"
    if one.before is not None and one.before.when != one.event.when:
        yield f"before: {tell(one.before)}"


def headline(one: Change | Conflict) -> str:
    """What is new in one line, without notes."""
    return alone(plain(next(told_of(one, sentence))))


def alone(told: str) -> str:
    """What is told of a change where it stands by itself: a sentence, which need not say that it is newly told.

    >>> alone("new: Peru recognized Chile."), alone("dated more precisely: Peru recognized Chile in May 1823.")
    ('Peru recognized Chile.', 'Dated more precisely: Peru recognized Chile in May 1823.')
    """
    said = told.removeprefix(f"{News.TOLD.value}: ")
    return f"{said[0].upper()}{said[1:]}"


def _status(one: Changes) -> Iterator[str]:
    if told := status(one):
        yield f"  {told}"


def status(one: Changes) -> str:
    """The state of relations today and before, where what is new changes it; else empty."""
    if one.status is None or not one.status_changed:
        return ""
    before, after = one.status
    was, now = (f"{s.state.value}{f' since {day(s.since)}' if s.since else ''}" for s in (before, after))
    return f"relations today: {now}; before: {was}"


def as_json(found: Diff, since: str) -> shapes.Diff:
    """The same as an object: docs/interfaces.md."""
    events = [change.event for one in found.changes for change in one.events]
    events += [change.before for one in found.changes for change in one.events if change.before]
    return {
        "since": since,
        "changes": [_one(one) for one in found.changes],
        "claims": {each.id: claim(each, found.sources) for each in evidence(events)},
    }


def _one(one: Changes) -> shapes.Changes:
    return {
        "parties": sorted(one.parties),
        "status": [{"state": s.state.value, "since": when(s.since)} for s in one.status or ()],
        "events": [
            {
                "news": change.news.value,
                "event": event(change.event),
                "before": event(change.before) if change.before else None,
            }
            for change in one.events
        ],
        "disputed": [conflict(each) for each in one.disputed],
    }
