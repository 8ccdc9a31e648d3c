"""Acts of states that were no more."""

from __future__ import annotations

from datetime import timedelta

from comity.model import Claim, Modality
from comity.relations import relation
from comity.sources.gazetteer import gazetteer

_YEAR = timedelta(days=366)  # winding up after a state's end still belongs to it


def outlived(claim: Claim) -> tuple[str, ...]:
    """The parties of an act of state that had ended for good more than a year before.

    Acts before a state began are left alone: the lists of states count many long after others dealt with them.
    """
    if claim.modality is not Modality.ASSERTED or not relation(claim.relation).is_of_states(claim.kind):
        return ()
    return tuple(id for id in sorted(claim.parties) if _had_ended(id, claim))


def _had_ended(id: str, claim: Claim) -> bool:
    if id not in gazetteer() or claim.when is None:
        return False
    lives = gazetteer().polity(id).lifespans
    return bool(lives) and claim.when.earliest - lives[-1].latest > _YEAR
