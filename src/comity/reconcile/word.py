"""A person's word on claims: made, checked against what it is about, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

from comity.errors import BadJudgement, UnknownClaim
from comity.ledger import View
from comity.model import Claim, Judgement, Verdict
from comity.reconcile.events import may_be_one
from comity.reconcile.judging import judged_in
from comity.reconcile.rulings import ONE, retracted

WORDS = {
    "same": Verdict.SAME_AS,
    "different": Verdict.DIFFERENT,
    "conflicts": Verdict.CONFLICTS,
    "agrees": Verdict.AGREES,
    "supersedes": Verdict.SUPERSEDES,
    "refines": Verdict.REFINES,
    "corroborates": Verdict.CORROBORATES,
    "stale": Verdict.STALE,
}
"""What a person may say of a claim and another, by the word for it."""

Held = TypeVar("Held", Claim, Judgement)


def say(view: View, first: str, second: str, verdict: Verdict, who: str, why: str = "") -> Judgement:
    """A person's judgement on two claims, named by their ids or the beginnings of these; it is not stored yet.

    Raises `UnknownClaim` for an id, and `BadJudgement` where the claims can't stand so to each other.
    """
    one, other = claim_like(view, first), claim_like(view, second)
    if one.id == other.id:
        raise BadJudgement(f"{one.id[:8]} can't be judged against itself; name two claims", offender=one)
    if one.parties != other.parties:
        raise BadJudgement(
            f"{one.id[:8]} is about {_parties(one)} and {other.id[:8]} about {_parties(other)}; "
            "judge claims about the same polities",
            offender=one,
        )
    if verdict in ONE and not may_be_one(one, other):
        raise BadJudgement(
            f"{one.id[:8]} says {_kind(one)} and {other.id[:8]} {_kind(other)}, so they can't tell of one event",
            offender=one,
        )
    return Judgement(verdict, one.id, other.id, one.relation, who, datetime.now(UTC), why)


def retract(view: View, id: str, who: str, why: str = "") -> tuple[Judgement, Judgement]:
    """What takes back a judgement, named by its id or the beginning of it, after that judgement; not stored yet.

    Raises `UnknownClaim` for the id, and `BadJudgement` when it was taken back already.
    """
    found = judgement_like(view, id)
    gone = retracted(view.judgements.overruling()).get(found.id)
    if gone is not None:
        raise BadJudgement(
            f"{found.id[:8]} was taken back already, by {gone.by}; to restore it: comity judge retract {gone.id[:8]}",
            offender=found,
        )
    return found, Judgement(Verdict.RETRACTS, found.id, None, found.about, who, datetime.now(UTC), why)


def claim_like(view: View, id: str) -> Claim:
    """The claim whose id begins so. Raises `UnknownClaim` when none does, or several do."""
    return _only(view.like(_begins(id)) if _begins(id) else [], id, "claim", "comity timeline A B --format json")


def judgement_like(view: View, id: str) -> Judgement:
    """The judgement whose id begins so: one that is stored, else one that a rule makes now of all claims."""
    begins = _begins(id)
    held = view.judgements.beginning(begins) if begins else []
    if begins and not held:
        held = [one for one in judged_in(view, view.claims()) if one.id.startswith(begins)]
    return _only(held, id, "judgement", "comity judge list A B")


def _begins(id: str) -> str:
    """An id as it is held; empty for what begins none."""
    folded = id.strip().lower()
    return folded if folded and set(folded) <= set("0123456789abcdef") else ""


def _only(held: Sequence[Held], id: str, what: str, where: str) -> Held:
    if not held:
        raise UnknownClaim(f'no {what} has an id that begins with "{id}"; ids: {where}', offender=id)
    if len(held) > 1:
        some = ", ".join(one.id[:12] for one in held[:3])
        raise UnknownClaim(f'"{id}" begins the ids of {len(held):,} {what}s ({some} …); write more of it', offender=id)
    return held[0]


def _parties(claim: Claim) -> str:
    return " and ".join(sorted(claim.parties))


def _kind(claim: Claim) -> str:
    return f"{claim.modality.value} {claim.relation} of {claim.subject}"
