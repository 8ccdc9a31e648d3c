"""What became known since a day, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from comity.present.english import day, the
from comity.present.event_sentences import sentence
from comity.present.inline import Line, Words, plain
from comity.present.notes import Notes
from comity.query.diff import Change, Changes, Diff, News, count
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.relations.wording import listed

W = TypeVar("W", str, Line)


def text(diff: Diff, since: str) -> Iterator[str]:
    """What is new for each pair, with notes of the sources."""
    yield from map(plain, _text(diff, since))


def _text(diff: Diff, since: str) -> Iterator[Words]:
    notes = Notes()
    if not diff.changes:
        yield f"Nothing new since {since}."
        return
    counts = listed(f"{number:,} {news.value}" for news, number in count(diff) if number)
    yield f"Since {since}: events {counts}." if counts else f"Since {since}:"
    for changes in diff.changes:
        yield ""
        yield listed(the(id) for id in sorted(changes.parties)).strip()
        yield from _status(changes)
        items: list[Change | Conflict] = [*changes.events, *changes.disputed]
        for each in items:
            first, *others = told_of(each, notes.tell)
            yield "  - " + first
            yield from ("    " + line for line in others)
    yield ""
    yield from (f"[{note.number}] " + note.told() for note in notes)


def told_of(change: Change | Conflict, tell: Callable[[Event], W]) -> Iterator[W]:
    """What is new about an event or newly disputed, and its earlier state; `tell` puts an event into words."""
    if isinstance(change, Conflict):
        yield "newly disputed: " + tell(change.preferred) + " Another: " + tell(change.other)
        return
    yield f"{change.news.value}: " + tell(change.event)
    if change.before is not None and change.before.when != change.event.when:
        yield "before: " + tell(change.before)


def headline(change: Change | Conflict) -> str:
    """What is new in one line, without notes."""
    return alone(plain(next(told_of(change, sentence))))


def alone(line: str) -> str:
    """The line of a change on its own, as a sentence: it need not say that it is new.

    >>> alone("new: Peru recognized Chile."), alone("dated more precisely: Peru recognized Chile in May 1823.")
    ('Peru recognized Chile.', 'Dated more precisely: Peru recognized Chile in May 1823.')
    """
    bare = line.removeprefix(f"{News.TOLD.value}: ")
    return f"{bare[0].upper()}{bare[1:]}"


def _status(changes: Changes) -> Iterator[str]:
    if line := status(changes):
        yield f"  {line}"


def status(changes: Changes) -> str:
    """The state of relations today and before, if the news changes it; else empty."""
    if changes.status is None or not changes.status_changed:
        return ""
    before, after = changes.status
    was, now = (f"{s.state.value}{f' since {day(s.since)}' if s.since else ''}" for s in (before, after))
    return f"relations today: {now}; before: {was}"
