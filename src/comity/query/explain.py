"""What an answer rests on, and what would change it: asked again without each claim, source and judgement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from comity.ledger import View
from comity.model import Claim, Judgement
from comity.query.ask import Answer, answered
from comity.query.judgements import standing
from comity.query.pair import Pair, without
from comity.query.status import State, status
from comity.reconcile.rulings import Rulings
from comity.relations import vocabulary
from comity.relations.diplomatic import RELATIONS_ESTABLISHED


class Weight(Enum):
    """What a claim is to an answer, in the order in which claims weigh."""

    LEADS = "leads"
    SAME = "same"
    SUPPORTS = "supports"
    BEFORE = "before"
    PREFERRED = "preferred"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim, and what it is to the answer."""

    claim: Claim
    weight: Weight


@dataclass(frozen=True, slots=True)
class Without:
    """What the answer would be without a claim, all claims of a source's edition, or a person's judgement.

    `kind` is `claim`, `source` or `judgement`; `id` is the claim's or judgement's id, or the edition.
    """

    kind: str
    id: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of an answer: its claims by weight, what is judged of them, and all that alone would change it.

    `turning` are the terms of events that, later than those recorded, would lead to another state of relations.
    """

    answer: Answer
    weighed: tuple[Weighed, ...]
    judgements: tuple[Judgement, ...]
    changes: tuple[Without, ...]
    turning: tuple[str, ...]


def explain(view: View, answer: Answer) -> Explanation:
    """Why an answer is what it is."""
    weighed = tuple(_weighed(answer))
    judgements = standing(view, answer.pair, (item.claim for item in weighed))
    return Explanation(answer, weighed, judgements, tuple(_changes(answer, weighed)), _turning(answer))


def _weighed(answer: Answer) -> Iterator[Weighed]:
    """Every claim once, with the greatest weight that it has."""
    seen = set[str]()
    for claim, weight in _claims(answer):
        if claim.id not in seen:
            seen.add(claim.id)
            yield Weighed(claim, weight)


def _claims(answer: Answer) -> Iterator[tuple[Claim, Weight]]:
    for first in answer.evidence[:1]:
        yield first.claims[0], Weight.LEADS
        yield from ((claim, Weight.SAME) for claim in first.claims[1:])
        yield from ((claim, Weight.SUPPORTS) for claim in first.support)
    yield from ((claim, Weight.BEFORE) for event in answer.evidence[1:] for claim in event.evidence)
    yield from ((conflict.preferred.claims[0], Weight.PREFERRED) for conflict in answer.conflicts)
    yield from ((claim, Weight.AGAINST) for conflict in answer.conflicts for claim in conflict.other.evidence)


def _changes(answer: Answer, weighed: tuple[Weighed, ...]) -> Iterator[Without]:
    """Sources first, then single claims, then persons' words: those without which the answer would be another."""
    question = answer.pair
    for edition in dict.fromkeys(item.claim.source for item in weighed):
        yield from _if_other(answer, _less(question, "source", edition), "source", edition)
    for id in (item.claim.id for item in weighed):
        yield from _if_other(answer, _less(question, "claim", id), "claim", id)
    for word in question.rulings.standing:
        others = Rulings.of(item for item in question.rulings.standing if item != word)
        yield from _if_other(answer, without(question, lambda claim: False, others), "judgement", word.id)


def _less(question: Pair, kind: str, id: str) -> Pair:
    """The pair without a claim, or without all claims of a source."""
    return without(question, lambda claim: id == (claim.source if kind == "source" else claim.id))


def _if_other(answer: Answer, question: Pair, kind: str, id: str) -> Iterator[Without]:
    alternative = answered(question, answer.relation)
    if _said(alternative) != _said(answer):
        yield Without(kind, id, alternative)


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.certainty, answer.since, answer.until


def _turning(answer: Answer) -> tuple[str, ...]:
    """For relations: the terms that lead from the state that they are in to another."""
    if answer.relation != RELATIONS_ESTABLISHED.topic:
        return ()
    question = answer.pair
    state = status(question.current, question.day, question.polities, question.passed).state
    if state in (State.ENDED, State.UNCOUNTED):
        return ()
    turning = (term for term in vocabulary() if term.leads_to and state in term.from_states)
    return tuple(term.id for term in turning if term.leads_to is not state)
