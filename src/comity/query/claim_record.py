"""How one claim stands among the others: its event, what contradicts that, when it was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.ledger import View
from comity.ledger.additions import additions
from comity.ledger.log import Entry
from comity.model import Claim, Source
from comity.query.judgements import Judged, registered
from comity.query.pair import ruled
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event, gather


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim with what else is held of its parties.

    `events` are those that it states or supports, the first its own; `against` are the contradictions that these
    stand in; `judged` what is judged of it; `others` the claims that are named, by id; `history` the version of each
    ledger (by URL) that added it.
    """

    claim: Claim
    events: tuple[Event, ...]
    against: tuple[Conflict, ...]
    judged: tuple[Judged, ...]
    others: Mapping[str, Claim]
    history: Mapping[str, Entry]
    source: Source | None


def standing(view: View, claim: Claim) -> Standing:
    """How a claim that a view holds stands in it."""
    claims = [rival for rival in view.of(claim.parties) if rival.parties == claim.parties]
    rulings = ruled(view)
    gathered = gather(claims, rulings)
    events = sorted(
        (event for event in gathered if claim in event.evidence), key=lambda event: claim not in event.claims
    )
    against = [
        contradiction
        for contradiction in conflicts(gathered, rulings)
        if contradiction.preferred in events or contradiction.other in events
    ]
    register = registered(view, claims)
    judged = tuple(contradiction for contradiction in register.judged if claim.id in contradiction.judgement.claims)
    history = {url: added for url in view.versions if (added := additions(url, [claim.id]).get(claim.id))}
    source = view.sources().get(claim.source)
    return Standing(claim, tuple(events), tuple(against), judged, register.claims, history, source)
