"""The first section of a brief: the state of relations on the day, the missions and their heads."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Certainty, Polity, When
from comity.present.english import at, day, on, since, the, whose
from comity.present.inline import Line, Words, joined, strong
from comity.present.notes import Notes
from comity.query.dossier import Dossier, StandIn
from comity.query.missions import Chief, Mission
from comity.query.status import State, Status, not_yet
from comity.reconcile.events import Event
from comity.relations import relation
from comity.relations.wording import listed


def status(dossier: Dossier, notes: Notes) -> Iterator[Words]:
    """The state of relations on the day, the stand-ins for a party that was no state, the missions and their heads."""
    first, second = dossier.pair.polities
    yield _relations(dossier.status, first, second, notes)
    for absent in dossier.status.absent:
        yield _absent(absent, notes)
    for stand_in in dossier.stand_ins:
        yield _stands_in(stand_in, notes)
    for mission in dossier.missions:
        yield _mission(mission, notes)
    for chief in dossier.chiefs:
        yield _chief(chief, notes)
    headed = {chief.owner for chief in dossier.chiefs}
    unheaded = [whose(polity.id) for polity in (first, second) if polity.id not in headed]
    if unheaded and not dossier.status.absent:
        yield from (f"Head of {owner} mission: no record for that day." for owner in unheaded)


def _relations(status: Status, first: Polity, second: Polity, notes: Notes) -> Line:
    """The state of relations in a sentence or two, with its evidence."""
    both = f"{the(first.id)} and {the(second.id)}"
    if status.state is State.UNKNOWN and status.next is None and not status.pending:
        return strong("Unknown") + f": no record of diplomatic relations between {both}."
    if status.state is State.ENDED:
        names = listed(the(absent.id) for absent in status.absent)
        return strong("Ended") + f" with {names}{on(status.since)}. Before that: " + notes.tell(status.basis[0])
    if status.state is State.UNCOUNTED:
        names = listed(the(absent.id) for absent in status.absent)
        basis = "according to comity's lists of states"
        left_out = strong("Not counted") + f": {names} was no state of its own on that day, {basis}"
        return left_out + ". Last record before that: " + notes.tell(status.basis[0])
    words = _STATES[status.state]
    cited = notes.cite(claim for event in status.basis[:1] for claim in event.evidence)
    if status.at_the_latest and status.since:
        began = f", between {both}: begun{on(status.since)} at the latest, when an envoy was received."
        sentence = strong(words[0].upper() + words[1:]) + began + cited
        if broken := _break_before(status):
            sentence += " Before that: " + notes.tell(broken)
    else:
        sentence = strong(words[0].upper() + words[1:]) + f"{since(status.since)}, between {both}." + cited
    if not_yet(status.state, status.next):
        sentence += " Diplomatic relations were not yet established."
    if status.pending and status.alternative:
        sentence += " Possibly already " + strong(_STATES[status.alternative]) + ": " + notes.tell(status.pending[-1])
    elif status.certainty is Certainty.POSSIBLY and status.state is State.AT_WAR:
        sentence += " No record of its end: it may be over."
    if status.broken:
        sentence += " " + notes.tell(status.broken)
    if status.lapsed and status.next:
        sentence += " They broke off at an unrecorded time before they began again:"
        sentence += " " + notes.tell(status.next)
    elif status.next:
        sentence += " Next: " + notes.tell(status.next)
    elif status.until:
        sentence += _last_day(first, status.until, notes) + _last_day(second, status.until, notes)
    return sentence


def _break_before(status: Status) -> Event | None:
    """The break or interruption after which an envoy shows relations again, if that is what came before."""
    before = status.basis[1] if len(status.basis) > 1 else None
    return before if before and relation(before.relation).leads_to in (State.SEVERED, State.INTERRUPTED) else None


def _last_day(polity: Polity, end: When, notes: Notes) -> Line:
    """That the polity was a state until this day, if its end ended relations; else empty."""
    if all(life.end != end for life in polity.lifespans):
        return Line()
    return f" {the(polity.id, capital=True)} was a state of its own until {day(end)}." + notes.polity(polity)


_STATES = {
    State.UNKNOWN: "unknown",
    State.UNRECOGNIZED: "not recognized",
    State.RECOGNIZED: "recognized",
    State.ESTABLISHED: "diplomatic relations established",
    State.INTERRUPTED: "diplomatic relations interrupted",
    State.SEVERED: "diplomatic relations severed",
    State.AT_WAR: "at war",
    State.ENDED: "ended",
    State.UNCOUNTED: "not counted",
}


def _absent(polity: Polity, notes: Notes) -> Line:
    spells = listed(day(life) for life in polity.lifespans) or "a time that is not known"
    none = f"{the(polity.id, capital=True)} was no state of its own on that day"
    return f"{none}; it was one {spells}." + notes.polity(polity)


def _stands_in(stand_in: StandIn, notes: Notes) -> Line:
    status, partner = stand_in.status, stand_in.partner
    life = listed(day(life) for life in stand_in.polity.lifespans)
    lead = "Before it there was" if stand_in.before else "In its place stood"
    sentence = f"{lead} {the(stand_in.polity.id)} ({life})." + notes.polity(stand_in.polity)
    if status.state is State.UNKNOWN:
        return sentence + f" No record of its relations with {the(partner.id)}."
    return joined(" ", [sentence, *(notes.tell(event) for event in reversed(status.basis))])


def _mission(mission: Mission, notes: Notes) -> Line:
    """The rank of a mission, or that there was none, with its evidence and any less certain event."""
    sentence = f"{whose(mission.owner, capital=True)} mission in {the(mission.host)}: " + _rank(mission, notes)
    return sentence + " Less certain: " + notes.tell(mission.doubtful) if mission.doubtful else sentence


def _rank(mission: Mission, notes: Notes) -> Line:
    last = mission.basis[0]
    if mission.headed_by is last:
        sign = f"possibly {mission.rank}{since(mission.since)}: an ambassador was received."
        return sign + notes.cite(last.evidence)
    if mission.ended_by:
        maybe = "possibly " if mission.certainty is Certainty.POSSIBLY else ""
        broken = f"{maybe}none, relations having been broken off{at(mission.ended_by.when)}"
        return f"{broken}." + notes.cite(mission.ended_by.evidence) + " Before that: " + notes.tell(last)
    if mission.headed_by:
        by = f"{mission.rank}{since(mission.since)} at the latest, when an envoy of its rank was received"
        return f"{by}." + notes.cite(mission.headed_by.evidence) + " Before that: " + notes.tell(last)
    if mission.renewed_by:
        gap = f"rank not recorded after relations began again{at(mission.renewed_by.when)}"
        return f"{gap}." + notes.cite(mission.renewed_by.evidence) + " Before that: " + notes.tell(last)
    maybe = "possibly " if mission.certainty is Certainty.POSSIBLY else ""
    if mission.rank is None:
        return f"{maybe}closed or suspended{at(last.when)}." + notes.cite(last.evidence)
    lasting = f"{maybe}{mission.rank}{since(mission.since)}"
    latest = f"; latest record: {day(last.when)}" if last.when and not mission.doubtful else ""
    if mission.covered_until:
        latest = f"; last known on {day(When.on(mission.covered_until))}, where the coverage of the sources ends"
    return f"{lasting}{latest}." + notes.cite(last.evidence)


def _chief(chief: Chief, notes: Notes) -> Line:
    rank = f", {chief.rank}," if chief.rank else ""
    left = chief.left.when if chief.left else None
    until = f" until {day(left)}" if left else "; no departure is recorded"
    if chief.covered_until:
        until = f"; last known on {day(When.on(chief.covered_until))}, where the coverage of the sources ends"
    claims = (*chief.received.claims, *(chief.left.claims if chief.left else ()))
    where = f"Chief of mission of {the(chief.owner)} in {the(chief.host)}"
    return f"{where}: {chief.person.name}{rank}{since(chief.received.when)}{until}." + notes.cite(claims)
