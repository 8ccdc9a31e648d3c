"""What came to be known, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.present.marks import plain
from comity.present.notes import Notes
from comity.present.wire import claim, conflict, event, when
from comity.present.words import day, listed, the
from comity.query.diff import Changes, Diff, count
from comity.reconcile.events import evidence


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
        for change in one.events:
            yield f"  - {change.news.value}: {notes.tell(change.event)}"
            if change.before is not None and change.before.when != change.event.when:
                yield f"    before: {notes.tell(change.before)}"
        for each in one.disputed:
            yield f"  - newly disputed: {notes.tell(each.preferred)} Another: {notes.tell(each.other)}"
    yield ""
    yield from (f"[{note.number}] {note.told()}" for note in notes)


def _status(one: Changes) -> Iterator[str]:
    if one.status and one.status_changed:
        before, after = one.status
        was, now = (f"{s.state.value}{f' since {day(s.since)}' if s.since else ''}" for s in (before, after))
        yield f"  relations today: {now}; before: {was}"


def as_json(found: Diff, since: str) -> dict[str, Any]:
    """The same as an object: docs/interfaces.md."""
    events = [change.event for one in found.changes for change in one.events]
    events += [change.before for one in found.changes for change in one.events if change.before]
    return {
        "since": since,
        "changes": [_one(one) for one in found.changes],
        "claims": {each.id: claim(each, found.sources) for each in evidence(events)},
    }


def _one(one: Changes) -> dict[str, Any]:
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
