"""An answer and a timeline as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from comity.model import Judgement, Source, When
from comity.present import why
from comity.present.cite import in_full
from comity.present.english import both, day
from comity.present.inline import Line, Words, plain
from comity.present.notes import Notes
from comity.query.ask import Answer
from comity.query.explain import Explanation
from comity.query.timeline import Timeline
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event

_MEANS = {
    "yes": "yes",
    "no": "no",
    "possibly": "possibly: the sources leave it open",
    "unknown": "unknown: no record in these sources",
    "not covered": "not covered: the day is after what these sources cover",
}


def answer(answer: Answer, sources: Mapping[str, Source], explained: Explanation | None = None) -> str:
    """The status, its evidence and contradictions, with numbered notes; with `explained`, the reasons too."""
    notes = Notes()
    reasons = why.text(explained) if explained else ()
    return "\n".join(map(plain, [*_answer(answer, notes), *reasons, *_footnotes(notes, sources)]))


def _answer(answer: Answer, notes: Notes) -> Iterator[Words]:
    subject, object = answer.pair.polities
    date = day(answer.pair.asked)
    yield f"{both(subject.id, object.id)}, {answer.relation}, {date}: {answer.status}"
    yield f"  certainty: {_MEANS[answer.certainty]}"
    if answer.since:
        yield f"  since: {day(answer.since)}"
    if answer.until:
        yield f"  until: {day(answer.until)}"
    if answer.covered_until:
        yield f"  last known: {day(When.on(answer.covered_until))}"
    yield from (f"  note: {choice}" for choice in answer.pair.choices)
    yield from _listed("evidence", answer.evidence, notes)
    if answer.conflicts:
        yield "sources disagree:"
        yield from ("  - " + _contradiction(conflict, notes) for conflict in answer.conflicts)


def _listed(title: str, events: tuple[Event, ...], notes: Notes) -> Iterator[Words]:
    if events:
        yield f"{title}:"
        yield from ("  - " + notes.tell(event) for event in events)


def _contradiction(conflict: Conflict, notes: Notes) -> Line:
    return notes.tell(conflict.preferred) + " Another: " + notes.tell(conflict.other)


def _footnotes(notes: Notes, sources: Mapping[str, Source]) -> Iterator[Words]:
    cited = list(notes)
    if not cited:
        return
    yield "notes:"
    yield from (f"  [{note.number}] " + note.told() for note in cited)
    used = sorted({note.edition for note in cited} & sources.keys())
    if used:
        yield "sources:"
        yield from (f"  {edition}: " + in_full(sources[edition]) for edition in used)


def timeline(timeline: Timeline, judgements: Sequence[Judgement] | None = None) -> str:
    """A line for each event, date first, with numbered notes; with judgements, also its claims and their judgements."""
    notes = Notes()
    subject, object = timeline.pair.polities
    lines: list[Words] = [f"{both(subject.id, object.id)}: {len(timeline.events)} events"]
    lines += [f"  note: {choice}" for choice in timeline.pair.choices]
    dates = [event.when.edtf if event.when else "undated" for event in timeline.events]
    width = max(map(len, dates), default=0)
    for date, event in zip(dates, timeline.events, strict=True):
        lines.append(f"{date:<{width}}  " + notes.tell(event))
        lines += why.of_event(event, judgements) if judgements is not None else ()
    return "\n".join(map(plain, [*lines, *_footnotes(notes, timeline.sources)]))
