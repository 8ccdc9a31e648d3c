"""The relations of one polity with all others on a day: one reading of the ledger for them all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from comity.ledger import View
from comity.model import Claim, Polity, When
from comity.query.lives import of_this_life
from comity.query.missions import Mission, mission
from comity.query.pair import known, no_intervals, ruled, today
from comity.query.status import Status, status
from comity.reconcile.conflicts import conflicts
from comity.reconcile.events import gather
from comity.reconcile.names import Resolution, resolve
from comity.reconcile.rulings import Rulings
from comity.relations.ties import MEMBERSHIP_SHARED
from comity.sources.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Partner:
    """Another polity, the status of relations with it, and the mission that is kept with it, if a source states one."""

    polity: Polity
    status: Status
    mission: Mission | None

    @property
    def rank(self) -> str | None:
        """The rank of that mission, where a source says that it stood on the day."""
        mission = self.mission
        return mission.rank if mission and not mission.ended_by and not mission.renewed_by else None


@dataclass(frozen=True, slots=True)
class Partners:
    """A polity on a day, and every other that a claim names with it, by name.

    That the two were members of the same organizations does not count: so is nearly every pair.
    """

    one: Resolution
    as_of: When | None
    day: date
    known_by: When | None
    others: tuple[Partner, ...]


def partners(view: View, name: str | Polity, as_of: When | None = None, known_by: When | None = None) -> Partners:
    """Whom a polity had relations with on a day (else today), as `ask` answers for each pair.

    Raises `UnknownPolity` or `AmbiguousPolity` for the name, and `BadDate` for a day that is an interval.
    """
    no_intervals(as_of, known_by)
    resolution = resolve(name, as_of)
    claims_with: dict[str, list[Claim]] = defaultdict(list)
    for claim in view.about(resolution.polity.id, known_by=known(known_by)):
        if claim.relation == MEMBERSHIP_SHARED.id:
            continue
        for partner in claim.parties - {resolution.polity.id}:
            claims_with[partner].append(claim)
    day, rulings = as_of.latest if as_of else today(), ruled(view)
    others = [
        _partner(resolution.polity, gazetteer().polity(id), claims, day, rulings) for id, claims in claims_with.items()
    ]
    return Partners(resolution, as_of, day, known_by, tuple(sorted(others, key=lambda partner: partner.polity.name)))


def _partner(polity: Polity, partner: Polity, claims: list[Claim], day: date, rulings: Rulings) -> Partner:
    events = tuple(gather(claims, rulings))
    current = of_this_life(events, (polity, partner), day)
    overruled = [conflict.other for conflict in conflicts(events, rulings)]
    standing = status(current, day, (polity, partner), overruled)
    return Partner(partner, standing, None if standing.absent else mission(current, polity.id, partner.id, day))
