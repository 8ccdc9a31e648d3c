"""Figures through time, for a chart to draw: trade and travel between two, and each one's trade with the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comity.ledger import View
from comity.model import Claim, Modality
from comity.query.pair import Pair, known
from comity.relations import Kind, relation
from comity.relations.figures import TRADE_EXPORTS, TRADE_IMPORTS

_WORLD = (TRADE_EXPORTS.id, TRADE_IMPORTS.id)
_LEAST = 2  # years: fewer are no course


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind by time: whose, with whom (None: the whole world), of what, in what unit.

    Two sources that give one year are two claims: nothing is averaged.
    """

    relation: str
    subject: str
    object: str | None
    label: str | None
    unit: str
    claims: tuple[Claim, ...]


def series(view: View, question: Pair) -> tuple[Series, ...]:
    """Every series of figures of a pair with at least two years, those between the two first."""
    between = [
        claim for event in question.events for claim in event.claims if relation(claim.relation).kind is Kind.FIGURE
    ]
    world = [
        claim
        for polity in question.polities
        for claim in view.about(polity.id, _WORLD, known(question.known_by))
        if claim.object is None and claim.subject == polity.id
    ]
    return (*_series(between), *_series(world))


def _series(claims: Iterable[Claim]) -> list[Series]:
    groups: dict[tuple[str, str, str | None, str | None, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.value is not None and claim.when is not None and claim.modality is Modality.ASSERTED:
            key = (claim.relation, claim.subject, claim.object, claim.label, claim.unit or "")
            groups[key].append(claim)
    courses = [Series(*key, tuple(sorted(group, key=_order))) for key, group in groups.items()]
    return [
        course
        for course in courses
        if len({claim.when.earliest.year for claim in course.claims if claim.when}) >= _LEAST
    ]


def _order(claim: Claim) -> tuple[object, ...]:
    assert claim.when is not None
    return claim.when.earliest, claim.when.latest, claim.id
