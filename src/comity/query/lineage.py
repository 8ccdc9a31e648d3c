"""What a polity came from and what came of it: its kin in the gazetteer, with the ledger's claims on each change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comity.ledger import View
from comity.model import Claim, Modality, Polity, When
from comity.query.pair import known, ruled
from comity.reconcile.events import Event, gather, order
from comity.relations.states import STATEHOOD_INDEPENDENCE, STATEHOOD_SUCCESSION, STATEHOOD_UNION
from comity.sources.gazetteer import gazetteer

# For each change, whether its subject is what came before; the most informative change first.
_CHANGES = {STATEHOOD_INDEPENDENCE.id: False, STATEHOOD_UNION.id: True, STATEHOOD_SUCCESSION.id: True}
_KINDS = list(_CHANGES)


@dataclass(frozen=True, slots=True)
class LineageStep:
    """A predecessor (`before`) or successor of a polity, and the changes asserted, the most informative first.

    Without `events` the gazetteer alone has it: then neither how nor when is known.
    """

    polity: Polity
    before: bool
    events: tuple[Event, ...]

    @property
    def lead(self) -> Event | None:
        """The most informative change, dated before undated; None when no source states one."""
        return self.events[0] if self.events else None


def lineage(view: View, polity: Polity, known_by: When | None = None) -> tuple[LineageStep, ...]:
    """The predecessors of a polity, then its successors, each in the order of time in which they were; undated last.

    >>> from comity.ledger.open import embedded
    >>> texas = lineage(View(embedded()), gazetteer().polity("texas"))
    >>> [(step.polity.id, step.before, step.lead.relation, step.lead.when.edtf) for step in texas]
    [('mexico', True, 'statehood.independence', '1836-03-02'), ('united-states', False, 'statehood.union', '1845-12')]
    """
    if not (polity.predecessors or polity.successors):
        return ()
    by_way: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in view.about(polity.id, _KINDS, known(known_by)):
        if claim.object and claim.modality is Modality.ASSERTED:
            by_way[_way(claim)].append(claim)
    rulings = ruled(view)
    steps = [
        LineageStep(gazetteer().polity(id), before, _by_information(gather(by_way[way], rulings)))
        for before, ids in ((True, polity.predecessors), (False, polity.successors))
        for id in ids
        if (way := (id, polity.id) if before else (polity.id, id))
    ]
    return tuple(sorted(steps, key=_in_time))


def _way(claim: Claim) -> tuple[str, str]:
    """What came before and what came of it."""
    assert claim.object
    return (claim.subject, claim.object) if _CHANGES[claim.relation] else (claim.object, claim.subject)


def _by_information(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.when is None, _KINDS.index(event.relation), order(event))))


def _in_time(step: LineageStep) -> tuple[object, ...]:
    when = step.lead.when if step.lead else None
    days = (when.earliest, when.latest) if when else ()
    return (not step.before, when is None, *days, step.polity.name)
