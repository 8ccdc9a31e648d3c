"""The judgements on a pair, or by persons on anything, with the claims that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.ledger import View
from comity.model import Claim, Judgement, Source, Verdict
from comity.query.pair import Pair, known
from comity.reconcile.judging import judged_in
from comity.reconcile.names import resolve
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


def standing(view: View, asked: Pair, claims: Iterable[Claim]) -> tuple[Judgement, ...]:
    """The judgements on some claims of a pair, less what was taken back; others are named only as making one stale.

    Rules see them among all that is told of the pair: what was undone in between is not said to conflict.
    """
    ids = {claim.id for claim in claims}
    gone = retracted(view.judgements.overruling())
    held = (claim for told in asked.beside.values() for claim in told)
    found = judgements(view, held, known(asked.known_by))
    return tuple(one for one in found if _is_on(one, ids) and one.id not in gone)


def _is_on(one: Judgement, ids: set[str]) -> bool:
    return one.first in ids if one.verdict is Verdict.STALE else ids.issuperset(one.claims)


def judgements(view: View, claims: Iterable[Claim], known_by: date | None = None) -> list[Judgement]:
    """Every judgement on claims: what persons say, and what rules do, dated where it was stored."""
    held = list(claims)
    stored = {one.id: one for one in view.judgements.about(claim.id for claim in held)}
    made = judged_in(view, held, known_by)
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
