"""A dossier as Markdown: sections of sentences, each with its numbered notes, and the sources in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.model import Certainty, Modality, When
from comity.present import why
from comity.present.cite import in_full
from comity.present.english import both, day, the, whose
from comity.present.inline import Words, joined, markdown, strong
from comity.present.notes import Note, Notes
from comity.present.status import status
from comity.query.dossier import Dossier, Life, Post
from comity.query.explain import Explanation
from comity.query.pair import Kin
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.relations import relation
from comity.relations.states import STATEHOOD_NAME
from comity.relations.strife import DISPUTE
from comity.relations.wording import listed

LATEST = 12  # how many of the latest visits and disputes are listed; the timeline has them all


@dataclass(frozen=True, slots=True)
class Item:
    """A line; a `nested` item belongs to the last item that is not nested.

    `sides` are the two statements of a disagreement, the one that the brief uses first.
    """

    text: Words
    nested: bool = False
    sides: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section's title and its items."""

    title: str
    items: tuple[Item, ...]

    @property
    def slug(self) -> str:
        """The title as an anchor.

        >>> Section("How it came to be", ()).slug
        'how-it-came-to-be'
        """
        return "-".join(re.findall("[a-z]+", self.title.lower()))


@dataclass(frozen=True, slots=True)
class Written:
    """A dossier in words: its title, its day, remarks on how the question was understood, sections and notes."""

    title: str
    as_of: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


def brief(
    dossier: Dossier,
    passages: Mapping[tuple[str, str], str] | None = None,
    explained: Explanation | None = None,
) -> str:
    """The dossier as a Markdown document.

    `passages` are quotations by (source, locator), shown in the notes; `explained` gives the reasons for the status.
    """
    document = written(dossier, passages, explained)
    remarks = (f"> {markdown(remark)}" for remark in document.remarks)
    head = "\n\n".join((f"# {markdown(document.title)}", markdown(document.as_of), *remarks))
    sections = (
        (section.title, (f"{'  ' * item.nested}- {markdown(item.text)}" for item in section.items))
        for section in document.sections
    )
    noted = ("Notes", (f"{note.number}. {markdown(note.told())}" for note in document.notes))
    parts = ["\n".join((f"## {title}", "", *lines, "")) for title, lines in (*sections, noted)]
    return "\n".join((f"{head}\n", *parts))


def written(
    dossier: Dossier,
    passages: Mapping[tuple[str, str], str] | None = None,
    explained: Explanation | None = None,
) -> Written:
    """The dossier in words, section by section; empty sections are left out."""
    notes = Notes(passages or {})
    sections = (
        _section("Status", status(dossier, notes)),
        _section("Why the status is what it is", _reasons(explained) if explained else ()),
        _section("How it came to be", _bullets(_dated(dossier.history), notes, dossier.pair.passed, dossier.pair.day)),
        _section("Undated", _bullets(_undated(dossier.history), notes)),
        _section("States, predecessors and successors", _states(dossier, notes)),
        _section("Alliances", _bullets(dossier.alliances, notes)),
        _section("Disputes and rivalry", _strife(dossier.strife, notes)),
        _section("Borders", _bullets(dossier.borders, notes)),
        _section("Agreements", _bullets(dossier.agreements, notes, by=dossier.pair.day)),
        _section("Figures", _bullets(dossier.figures, notes)),
        _section("Visits", _visits(dossier.visits, notes)),
        _section("Consular and other posts", (_post(post, notes) for post in dossier.posts)),
        _section("In office on that day", _bullets(dossier.in_office, notes)),
        _section("Other statements", _bullets(dossier.others, notes)),
        _section("What sources disagree on", _disagreements(dossier.conflicts, notes)),
        _section("Sources", _sources(dossier)),
    )
    pair = dossier.pair
    first, second = pair.polities
    known = f", from what was published by {day(pair.known_by)}" if pair.known_by else ""
    whole = pair.as_of is not None and pair.as_of.precision != "day"
    when = f"{'the end of ' if whole else ''}{day(pair.asked)}"
    return Written(
        both(first.id, second.id),
        f"As of {when}{known}.",
        (*((_TO_COME,) if pair.is_to_come else ()), *(f"{choice}." for choice in pair.choices)),
        tuple(section for section in sections if section.items),
        tuple(notes),
    )


_TO_COME = "This day is in the future; the brief shows the record so far."


def _section(title: str, lines: Iterable[Words | Item]) -> Section:
    return Section(title, tuple(each if isinstance(each, Item) else Item(each) for each in lines))


def _reasons(explained: Explanation) -> Iterator[Item]:
    for title, lines in why.parts(explained):
        yield Item(f"{title[0].upper()}{title[1:]}:")
        yield from (Item(each, nested=True) for each in lines)


def _bullets(
    events: Iterable[Event], notes: Notes, contested: Iterable[Event] = (), by: date | None = None
) -> Iterator[Words]:
    """One sentence for each event, with a remark if another event with better support contradicts it.

    With a day `by`, another remark says of an event with a vague date that it may have been later than that day.
    """
    lost = {event.key for event in contested}
    for event in events:
        open_date = by is not None and event.when is not None and event.begun(by) is Certainty.POSSIBLY
        later = f" (Perhaps only after {day(When.on(by))}.)" if open_date and by else ""
        doubt = " (Contradicted: see what sources disagree on.)" if event.key in lost else ""
        yield notes.tell(event, later) + doubt


def _dated(events: Iterable[Event]) -> Iterator[Event]:
    return (event for event in events if event.when is not None)


def _undated(events: Iterable[Event]) -> Iterator[Event]:
    return (event for event in events if event.when is None)


# states


def _states(dossier: Dossier, notes: Notes) -> Iterator[Words | Item]:
    for life in dossier.lives:
        yield _life(life, notes)
    for relative in dossier.kin:
        yield from _kin(relative, notes)


def _life(life: Life, notes: Notes) -> Words:
    """A polity's lifespan, names, predecessors and successors."""
    polity = life.polity
    spells = listed(day(span) for span in polity.lifespans)
    lived = f"a state of its own {spells}" if spells else "comity's lists of states have no dates for it"
    sentence = strong(polity.name) + f": {lived}." + notes.polity(polity)
    namings = [event for event in life.events if event.relation == STATEHOOD_NAME.id and event.label and event.when]
    others = [event for event in namings if event.subject == polity.id and event.label != polity.name]
    if others:
        names = listed(f"{event.label} ({day(event.when)})" for event in others if event.when)
        sentence += f" Also called {names}." + notes.cite(claim for event in others for claim in event.claims)
    links = [event for event in life.events if event.relation != STATEHOOD_NAME.id]
    return joined(" ", [sentence, *(notes.tell(event) for event in links)])


def _kin(relative: Kin, notes: Notes) -> Iterator[Words | Item]:
    if not relative.events:
        return
    role = "predecessor" if relative.before else "successor"
    life = listed(day(span) for span in relative.polity.lifespans)
    lived = f" ({life})" if life else ""
    yield strong(relative.polity.name) + f"{lived}, {role} of {the(relative.of.id)}:" + notes.polity(relative.polity)
    for event in relative.events:
        yield Item(notes.tell(event), nested=True)


# the other sections


def _visits(visits: tuple[Event, ...], notes: Notes) -> Iterator[Words]:
    if len(visits) > LATEST:
        ways: dict[tuple[str, str | None], int] = {}
        for event in visits:
            ways[event.subject, event.object] = ways.get((event.subject, event.object), 0) + 1
        counts = listed(f"{many} by {the(subject)} to {the(object)}" for (subject, object), many in ways.items())
        yield f"{len(visits)} visits ({counts}); the latest {LATEST}:"
    yield from _bullets(visits[-LATEST:], notes)


def _strife(strife: tuple[Event, ...], notes: Notes) -> Iterator[Words]:
    """The rivalries, then the latest disputes."""
    yield from _bullets((event for event in strife if event.relation != DISPUTE.id), notes)
    disputes = [event for event in strife if event.relation == DISPUTE.id]
    if len(disputes) > LATEST:
        yield f"{len(disputes)} disputes by that day; the latest {LATEST}:"
    yield from _bullets(disputes[-LATEST:], notes)


def _post(post: Post, notes: Notes) -> Words:
    acts = (
        listed(f"{relation(event.relation).act} {day(event.when)}" for event in post.events if event.when)
        or "date not recorded"
    )
    kinds = listed(dict.fromkeys(event.kind for event in post.events if event.kind))
    claims = (claim for event in post.events for claim in event.claims)
    return f"{whose(post.owner, capital=True)} {kinds} at {post.town}: {acts}." + notes.cite(claims)


def _disagreements(conflicts: Iterable[Conflict], notes: Notes) -> Iterator[Item]:
    for conflict in conflicts:
        preferred, rival = notes.tell(conflict.preferred), notes.tell(conflict.other)
        if conflict.other.modality is Modality.DENIED:
            sentence = preferred + " But: " + rival
        else:
            sentence = preferred + " Another date: " + rival + " This brief uses the first."
        yield Item(sentence, sides=(preferred, rival))


def _sources(dossier: Dossier) -> Iterator[Words]:
    """Each source in full, with how many claims it has and how many of them this brief uses."""
    used: dict[str, int] = {}
    for claim in dossier.claims():
        used[claim.source] = used.get(claim.source, 0) + 1
    for edition, stored in sorted(dossier.held.items()):
        source = dossier.sources.get(edition)
        title = strong(edition) + ": " + in_full(source) if source else strong(edition)
        yield title + f" {stored:,} claims, {used.get(edition, 0):,} used here."
