"""The judgements on a pair, or by persons on anything, with the claims that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.ledger import View
from comity.model import Claim, Judgement, Source, Verdict
from comity.query.pair import today
from comity.reconcile.judging import judged
from comity.reconcile.names import resolve
from comity.reconcile.offices import OFFICES
from comity.reconcile.rulings import Rulings, retracted


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement; `gone` is what took it back, or the later word of a person on the same claims."""

    judgement: Judgement
    gone: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Judgements, persons' first and the last of these first, with the claims that they name and who says those.

    `rules` is how many more rules made, when only persons' are listed.
    """

    judged: tuple[Judged, ...]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    rules: int = 0


def register(view: View, names: tuple[str, str] | None = None) -> Register:
    """What was judged of the claims between two polities, by rules too; of everything, by persons, without names.

    Raises `UnknownPolity` or `AmbiguousPolity` for a name.
    """
    if names is None:
        words = view.judgements.overruling()
        ids = {id for one in words for id in one.claims}
        claims = {claim.id: claim for claim in view.claims(ids)}
        return Register(_listed(words, words), claims, view.sources(), view.judgements.count()[1])
    one, other = (resolve(name).polity.id for name in names)
    return registered(view, view.between(one, other))


def registered(view: View, claims: Iterable[Claim]) -> Register:
    """What was judged of some claims, by persons and by rules."""
    held = {claim.id: claim for claim in claims}
    told = _listed(judgements(view, held.values()), view.judgements.overruling())
    return Register(told, held, view.sources())


def judgements(view: View, claims: Iterable[Claim]) -> list[Judgement]:
    """Every judgement on claims: what persons say, and what rules do, dated where it was stored."""
    held = list(claims)
    stored = {one.id: one for one in view.judgements.about(claim.id for claim in held)}
    made = judged(held, today(), lambda polity: view.about(polity, OFFICES), view.sources())
    words = [one for one in stored.values() if not one.by_rule]
    return [*words, *({one.id: stored.get(one.id, one) for one in made}.values())]


def _listed(found: Iterable[Judgement], words: list[Judgement]) -> tuple[Judged, ...]:
    gone = retracted(words)
    last = {frozenset(one.claims): one for one in Rulings.of(words).standing}
    told = []
    for one in found:
        if one.verdict is not Verdict.RETRACTS:
            later = last.get(frozenset(one.claims))
            told.append(Judged(one, gone.get(one.id) or (later if later != one else None)))
    return tuple(sorted(told, key=_order))


def _order(one: Judged) -> tuple[object, ...]:
    """Persons' words first, the last of them first; then rules' by their kind."""
    judgement = one.judgement
    made = -judgement.dated.timestamp() if judgement.dated and not judgement.by_rule else 0.0
    return judgement.by_rule, made, tuple(Verdict).index(judgement.verdict), judgement.about, judgement.id
