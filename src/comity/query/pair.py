"""Two polities resolved on a day, their claims gathered into events, and their kin beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from comity.errors import BadDate, BadPair
from comity.ledger import View
from comity.model import Certainty, Claim, Polity, When
from comity.query.coverage import NO_COVERAGE, Coverage
from comity.query.lives import began_before, of_this_life
from comity.reconcile.administrations import administered, is_of_administration
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event, gather, order
from comity.reconcile.names import Resolution, resolve, standing
from comity.reconcile.rulings import NONE, Rulings
from comity.relations.states import LEADER
from comity.sources.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Kin:
    """A predecessor or successor of one of the pair, with what the ledger has on it and the other."""

    polity: Polity
    of: Polity
    before: bool  # whether it came before `of`
    other: Polity
    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two polities, the day asked about, and what the ledger holds of them as known by a day.

    `as_of` is the date as asked, None for today; `day` its last day: an answer for a year is one for its end.
    """

    one: Resolution
    other: Resolution
    as_of: When | None
    day: date
    known_by: When | None
    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    beside: Mapping[frozenset[str], Sequence[Claim]]  # claims on their kin, by parties
    rulings: Rulings = NONE
    coverage: Coverage = NO_COVERAGE
    terms: tuple[Claim, ...] = ()  # the terms of leaders under whom a claim without a date is placed

    def between(self, relative: Polity, partner: Polity) -> tuple[Event, ...]:
        """The events of one of their kin and the other party."""
        return self.told(self.beside.get(frozenset((relative.id, partner.id)), ()))

    def told(self, claims: Iterable[Claim]) -> tuple[Event, ...]:
        """Claims as events, in order of time, with what persons judged of them and the time of administrations."""
        return tuple(sorted(administered(gather(claims, self.rulings), self.terms), key=order))

    @property
    def polities(self) -> tuple[Polity, Polity]:
        """The two polities, in the order asked for."""
        return self.one.polity, self.other.polity

    @property
    def asked(self) -> When:
        """The date as asked, else the day it is."""
        return self.as_of or When.on(self.day)

    @property
    def choices(self) -> tuple[str, ...]:
        """What was chosen in reading the two names."""
        return tuple(resolution.choice for resolution in (self.one, self.other) if resolution.choice)

    @property
    def is_to_come(self) -> bool:
        """Whether the day asked about has not been yet."""
        return self.day > today() and (self.as_of is None or self.as_of.earliest > today())

    @property
    def current(self) -> tuple[Event, ...]:
        """The events of the lives in which the two were on the day: not of a Serbia that ended in 1918."""
        return self.on(self.day)

    def on(self, day: date) -> tuple[Event, ...]:
        """The events of the lives in which the two were on any day."""
        return of_this_life(self.events, self.polities, day)

    @property
    def passed(self) -> tuple[Event, ...]:
        """The events that an answer does not rest on: another, better supported, says otherwise."""
        return tuple(conflict.other for conflict in self.conflicts)


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def no_intervals(as_of: When | None, known_by: When | None) -> None:
    """Raises `BadDate` for an interval: an answer is one for a day, a month's last or a year's."""
    for day in (as_of, known_by):
        if day is not None and day.is_interval:
            raise BadDate(f"{day} is an interval; give a day, a month or a year", offender=day)


def meant(
    subject: str | Polity, object: str | Polity, as_of: When | None = None, known_by: When | None = None
) -> tuple[Resolution, Resolution]:
    """The two polities that names mean on a day, before any claim is read.

    Raises `UnknownPolity` or `AmbiguousPolity` for a name, `BadDate` for a day that is an interval, and `BadPair` for
    two names of one polity.
    """
    no_intervals(as_of, known_by)
    first, second = resolve(subject, as_of), resolve(object, as_of)
    if first.polity == second.polity:
        words = " and ".join(f'"{name if isinstance(name, str) else name.id}"' for name in (subject, object))
        raise BadPair(f"{words} are both {first.polity.name}; name two polities", offender=object)
    return first, second


def pair(
    view: View, subject: str | Polity, object: str | Polity, as_of: When | None = None, known_by: When | None = None
) -> Pair:
    """The pair that two names mean on a day, and its events.

    Raises what `meant` raises.
    """
    first, second = meant(subject, object, as_of, known_by)
    ones, others = _family(first.polity), _family(second.polity)
    claims: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in view.among(ones, others, known(known_by)):
        claims[claim.parties].append(claim)
    day = as_of.latest if as_of else today()
    terms = _terms(view, claims, (first.polity.id, second.polity.id), known(known_by))
    return _made(
        Pair(first, second, as_of, day, known_by, (), (), claims, ruled(view), Coverage(view, known(known_by)), terms)
    )


def _terms(
    view: View, claims: Mapping[frozenset[str], list[Claim]], parties: tuple[str, str], known_by: date | None
) -> tuple[Claim, ...]:
    """Who was head of either party when; looked up only where a claim names an administration."""
    if not any(is_of_administration(claim) for claim in claims.get(frozenset(parties), ())):
        return ()
    return tuple(claim for polity in parties for claim in view.about(polity, (LEADER.id,), known_by))


def _made(question: Pair) -> Pair:
    """A pair with its events and their contradictions, from the claims that it holds."""
    first, second = question.polities
    events = question.between(first, second)
    return replace(question, events=events, conflicts=tuple(conflicts(events, question.rulings)))


def without(question: Pair, gone: Callable[[Claim], bool], rulings: Rulings | None = None) -> Pair:
    """The pair as it would be without some claims, or with other judgements of persons."""
    remaining = {parties: [claim for claim in claims if not gone(claim)] for parties, claims in question.beside.items()}
    return _made(replace(question, beside=remaining, rulings=question.rulings if rulings is None else rulings))


def _family(polity: Polity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((polity.id, *polity.predecessors, *polity.successors)))


def known(by: When | None) -> date | None:
    """The last day of a known-by date."""
    return by.latest if by else None


def ruled(view: View) -> Rulings:
    """What persons say of claims, as it stands in the ledgers of a view."""
    return Rulings.of(view.judgements.overruling())


def kin(question: Pair) -> tuple[Kin, ...]:
    """The predecessors and successors of either of a pair that have claims with the other."""
    relatives = []
    first, second = question.polities
    for polity, partner in ((first, second), (second, first)):
        for relative in (gazetteer().polity(id) for id in _family(polity) if id not in (first.id, second.id)):
            if events := question.between(relative, partner):
                before = relative.id in polity.predecessors and began_before(relative, polity)
                relatives.append(
                    Kin(relative, polity, before, partner, events, tuple(conflicts(events, question.rulings)))
                )
    return tuple(sorted(relatives, key=lambda first: (not first.before, first.polity.name)))


def stand_ins(question: Pair) -> tuple[tuple[Polity, Polity, bool], ...]:
    """In place of a party that was no state on the day, its kin that were: (kin, the other party, still to be)."""
    on = When.on(question.day)
    first, second = question.polities
    return tuple(
        (relative, partner, all(life.earliest > question.day for life in polity.lifespans))
        for polity, partner in ((first, second), (second, first))
        if polity.existed(on) is Certainty.NO
        for relative in standing(polity, on)
        if relative != partner
    )
