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
    claim, rival = claim_like(view, first), claim_like(view, second)
    if claim.id == rival.id:
        raise BadJudgement(f"{claim.id[:8]} can't be judged against itself; name two claims", offender=claim)
    if claim.parties != rival.parties:
        raise BadJudgement(
            f"{claim.id[:8]} is about {_parties(claim)} and {rival.id[:8]} about {_parties(rival)}; "
            "judge claims about the same polities",
            offender=claim,
        )
    if verdict in ONE and not may_be_one(claim, rival):
        raise BadJudgement(
            f"{claim.id[:8]} says {_kind(claim)} and {rival.id[:8]} {_kind(rival)}, so they can't state one event",
            offender=claim,
        )
    return Judgement(verdict, claim.id, rival.id, claim.relation, who, datetime.now(UTC), why)


def retract(view: View, id: str, who: str, why: str = "") -> tuple[Judgement, Judgement]:
    """What takes back a judgement, named by its id or the beginning of it, after that judgement; not stored yet.

    Raises `UnknownClaim` for the id, and `BadJudgement` when it was taken back already.
    """
    judgement = judgement_like(view, id)
    gone = retracted(view.judgements.overruling()).get(judgement.id)
    if gone is not None:
        raise BadJudgement(
            f"{judgement.id[:8]} was taken back already, by {gone.by}; take back {gone.id[:8]} to restore it",
            offender=judgement,
            hint=f"comity judge retract {gone.id[:8]}",
        )
    return judgement, Judgement(Verdict.RETRACTS, judgement.id, None, judgement.about, who, datetime.now(UTC), why)


def claim_like(view: View, id: str) -> Claim:
    """The claim whose id begins so. Raises `UnknownClaim` when none does, or several do."""
    return _only(view.like(_begins(id)) if _begins(id) else [], id, "claim", "comity timeline A B --format json")


def judgement_like(view: View, id: str) -> Judgement:
    """The judgement whose id begins so: one that is stored, else one that a rule makes now of all claims."""
    begins = _begins(id)
    matches = view.judgements.beginning(begins) if begins else []
    if begins and not matches:
        matches = [judgement for judgement in judged_in(view, view.claims()) if judgement.id.startswith(begins)]
    return _only(matches, id, "judgement", "comity judge list A B")


def _begins(id: str) -> str:
    """An id as it is held; empty for what begins none."""
    folded = id.strip().lower()
    return folded if folded and set(folded) <= set("0123456789abcdef") else ""


def _only(matches: Sequence[Held], id: str, what: str, where: str) -> Held:
    if not matches:
        raise UnknownClaim(f'no {what} has an id that begins with "{id}"', offender=id, hint=f"{where}   lists ids")
    if len(matches) > 1:
        some = ", ".join(match.id[:12] for match in matches[:3])
        raise UnknownClaim(
            f'"{id}" begins the ids of {len(matches):,} {what}s ({some} …); write more of it', offender=id
        )
    return matches[0]


def _parties(claim: Claim) -> str:
    return " and ".join(sorted(claim.parties))


def _kind(claim: Claim) -> str:
    return f"{claim.modality.value} {claim.relation} of {claim.subject}"
