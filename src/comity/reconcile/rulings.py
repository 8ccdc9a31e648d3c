"""What persons say of claims, as it stands: the last word on two claims, less what was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from comity.model import Judgement, Verdict

ONE = (Verdict.SAME_AS, Verdict.REFINES, Verdict.CORROBORATES)
"""Verdicts that two claims state one event. A person's joins two events; taken back, it separates them again."""
_APART = (Verdict.DIFFERENT, Verdict.CONFLICTS)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Rulings:
    """Persons' judgements that stand, each the last on its two claims, in the order in which they were made.

    `denied` are rules' judgements that a person took back, each with who did; they stand for the opposite.
    """

    standing: tuple[Judgement, ...] = ()
    denied: tuple[tuple[Judgement, Judgement], ...] = ()
    _apart: frozenset[frozenset[str]] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Rulings:
        """What stands of persons' judgements and of those that they retract, in whatever order they come."""
        ordered = sorted(judgements, key=_made)
        gone = retracted(ordered)
        last: dict[frozenset[str], Judgement] = {}
        retractions: dict[frozenset[str], tuple[Judgement, Judgement]] = {}
        for judgement in ordered:
            pair = frozenset(judgement.claims)
            if judgement.by_rule and judgement.id in gone:
                retractions[pair] = (judgement, gone[judgement.id])
            elif judgement.claims and not judgement.by_rule and judgement.id not in gone:
                last[pair] = judgement
        denied = {
            pair: (rule, by)
            for pair, (rule, by) in retractions.items()
            if pair not in last or _made(by) > _made(last[pair])
        }
        standing = tuple(judgement for pair, judgement in last.items() if pair not in denied)
        apart = {frozenset(judgement.claims) for judgement in standing if judgement.verdict in _APART}
        apart |= {pair for pair, (rule, _) in denied.items() if rule.verdict in ONE}
        return cls(standing, tuple(denied.values()), frozenset(apart))

    def __bool__(self) -> bool:
        return bool(self.standing or self.denied)

    @property
    def words(self) -> tuple[Judgement, ...]:
        """Every judgement that makes a difference: those that stand, and rules' that were taken back."""
        return (*self.standing, *(rule for rule, _ in self.denied))

    def may_part(self, id: str) -> bool:
        """Whether a claim was judged another event than any claim at all."""
        return id in self._told_apart

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        return frozenset(id for pair in self._apart for id in pair)

    def parts(self, ones: Iterable[str], claim: str) -> bool:
        """Whether a claim was judged another event than any of some claims."""
        return any(frozenset((id, claim)) in self._apart for id in ones)

    def joined(self) -> Iterator[tuple[str, str]]:
        """The pairs of claims that were judged to state one event."""
        for judgement in self.standing:
            if judgement.verdict in ONE and judgement.second is not None:
                yield judgement.first, judgement.second

    def between(self, ones: Collection[str], others: Collection[str]) -> Judgement | None:
        """The last word of a person on any claim of one event and any of another: a judgement, or what retracts one."""
        near = dict.fromkeys(judgement for claim in ones for judgement in self._standing_on.get(claim, ()))
        spoken = [judgement for judgement in near if _spans(judgement, ones, others)]
        spoken += [by for rule, by in self.denied if rule.verdict is Verdict.CONFLICTS and _spans(rule, ones, others)]
        return max(spoken, key=_made, default=None)

    @cached_property
    def _standing_on(self) -> dict[str, list[Judgement]]:
        """The judgements that stand, by the claims that they are on."""
        on: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.standing:
            for claim in judgement.claims:
                on[claim].append(judgement)
        return on


NONE = Rulings()
"""No person has said anything."""


def retracted(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """By its id, each judgement that is taken back, with what does; a retraction may be taken back itself."""
    gone: dict[str, Judgement] = {}
    # The last first: whether a retraction stands depends only on those made after it.
    for judgement in reversed(list(judgements)):
        if judgement.verdict is Verdict.RETRACTS and judgement.id not in gone:
            gone.setdefault(judgement.first, judgement)
    return gone


def _made(judgement: Judgement) -> tuple[datetime, str]:
    """The order in which judgements count: by when they were made, ties by id and never by which came first."""
    return judgement.dated or _EVER, judgement.id


def _spans(judgement: Judgement, ones: Collection[str], others: Collection[str]) -> bool:
    first, second = judgement.first, judgement.second
    return (first in ones and second in others) or (second in ones and first in others)
