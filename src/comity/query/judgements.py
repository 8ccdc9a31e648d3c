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
        ids = {id for first in words for id in first.claims}
        claims = {claim.id: claim for claim in view.claims(ids)}
        return Register(_listed(words, words), claims, view.sources(), view.judgements.count()[1])
    first, second = (resolve(name).polity.id for name in names)
    return registered(view, view.between(first, second))


def registered(view: View, claims: Iterable[Claim]) -> Register:
    """What was judged of some claims, by persons and by rules."""
    by_id = {claim.id: claim for claim in claims}
    listed = _listed(judgements(view, by_id.values()), view.judgements.overruling())
    return Register(listed, by_id, view.sources())


def standing(view: View, question: Pair, wanted: Iterable[Claim]) -> tuple[Judgement, ...]:
    """The judgements on some claims of a pair, less what was taken back; others are named only as making one stale.

    Rules see them among all claims of the pair: an act that was undone in between conflicts with nothing.
    """
    ids = {claim.id for claim in wanted}
    gone = retracted(view.judgements.overruling())
    claims = (claim for group in question.beside.values() for claim in group)
    every = judgements(view, claims, known(question.known_by))
    return tuple(judgement for judgement in every if _is_on(judgement, ids) and judgement.id not in gone)


def _is_on(judgement: Judgement, ids: set[str]) -> bool:
    return judgement.first in ids if judgement.verdict is Verdict.STALE else ids.issuperset(judgement.claims)


def judgements(view: View, claims: Iterable[Claim], known_by: date | None = None) -> list[Judgement]:
    """Every judgement on claims: what persons say, and what rules do, dated where it was stored."""
    every = list(claims)
    stored = {judgement.id: judgement for judgement in view.judgements.about(claim.id for claim in every)}
    current = judged_in(view, every, known_by)
    words = [judgement for judgement in stored.values() if not judgement.by_rule]
    return [*words, *({judgement.id: stored.get(judgement.id, judgement) for judgement in current}.values())]


def _listed(judgements: Iterable[Judgement], words: list[Judgement]) -> tuple[Judged, ...]:
    gone = retracted(words)
    last = {frozenset(judgement.claims): judgement for judgement in Rulings.of(words).standing}
    rows = []
    for judgement in judgements:
        if judgement.verdict is not Verdict.RETRACTS:
            later = last.get(frozenset(judgement.claims))
            rows.append(Judged(judgement, gone.get(judgement.id) or (later if later != judgement else None)))
    return tuple(sorted(rows, key=_order))


def _order(row: Judged) -> tuple[object, ...]:
    """Persons' words first, the last of them first; then rules' by their kind."""
    judgement = row.judgement
    newest_first = -judgement.dated.timestamp() if judgement.dated and not judgement.by_rule else 0.0
    return judgement.by_rule, newest_first, tuple(Verdict).index(judgement.verdict), judgement.about, judgement.id
