"""Why an answer is what it is, for a person and for a program: claims by weight, judgements, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comity.model import Claim, Judgement, Source
from comity.present import shapes, wire
from comity.present.judged import SHORT, heading, line
from comity.present.words import day, since
from comity.query.ask import Answer
from comity.query.explain import Explanation, Weighed, Without
from comity.reconcile.events import Event, evidence
from comity.relations.wording import listed


def member(one: Explanation | None, sources: Mapping[str, Source]) -> dict[str, Any]:
    """The explanation as a member of an answer's JSON; none where none is asked for."""
    return {} if one is None else {"explanation": as_json(one, sources)}


def text(one: Explanation) -> Iterator[str]:
    """The explanation in lines, under headings of their own."""
    for title, told in parts(one):
        yield f"{title}:"
        yield from (f"  - {each}" for each in told)


def parts(one: Explanation) -> Iterator[tuple[str, list[str]]]:
    """The explanation in parts, each with its heading; those with nothing to tell are left out."""
    told = (
        ("what it rests on, by weight", [_weighed(held) for held in one.weighed]),
        ("what is judged of these claims", [judgement(each) for each in one.judgements]),
        ("what would change it", list(_changes(one))),
    )
    yield from ((title, held) for title, held in told if held)


def _weighed(one: Weighed) -> str:
    return f"{line(one.claim.id, one.claim)}: {one.weight.value}; confidence {one.claim.confidence:.2f}"


def judgement(one: Judgement) -> str:
    """A judgement with the claims that it is about, by the beginnings of their ids."""
    return f"{heading(one)}: {listed(id[:SHORT] for id in one.claims)}"


def _changes(one: Explanation) -> Iterator[str]:
    for change in one.changes:
        yield f"without {_named(change)}: {_told(change.answer)}"
    if one.weighed and not one.changes:
        yield "no one source, claim or judgement alone: without any one of them the answer would be the same"
    if not one.weighed:
        yield "any claim: no source asked tells of it"
    if one.turning:
        yield f"a later event of one of these kinds: {', '.join(one.turning)}"


def _named(change: Without) -> str:
    if change.kind == "source":
        return f"all that {change.id} tells"
    who = "the judgement" if change.kind == "judgement" else "the claim"
    return f"{who} {change.id[:SHORT]}"


def _told(answer: Answer) -> str:
    certain = "" if answer.certainty == "yes" else f" ({answer.certainty})"
    until = f", until {day(answer.until)}" if answer.until else ""
    return f"{answer.status}{since(answer.since)}{until}{certain}"


def of_event(one: Event, judgements: Iterable[Judgement]) -> Iterator[str]:
    """The claims that tell of an event, and what is judged of them."""
    for claim in one.evidence:
        yield f"    {line(claim.id, claim)}; confidence {claim.confidence:.2f}"
    ids = {claim.id for claim in one.evidence}
    yield from (f"    judged {judgement(each)}" for each in judgements if ids & set(each.claims))


def as_json(one: Explanation, sources: Mapping[str, Source]) -> shapes.Explanation:
    """The same as an object: docs/interfaces.md."""
    return {
        "weighed": [{"claim": held.claim.id, "weight": held.weight.name.lower()} for held in one.weighed],
        "judgements": [shapes.Judgement(**each.as_json()) for each in one.judgements],  # type: ignore[typeddict-item]
        "changes": [_without(each) for each in one.changes],
        "turning": list(one.turning),
        "claims": {claim.id: wire.claim(claim, sources) for claim in _claims(one)},
    }


def _claims(one: Explanation) -> tuple[Claim, ...]:
    changed = evidence(event for change in one.changes for event in change.answer.evidence)
    return tuple({claim.id: claim for claim in (*(held.claim for held in one.weighed), *changed)}.values())


def _without(one: Without) -> shapes.Without:
    return {
        "kind": one.kind,
        "id": one.id,
        "status": one.answer.status,
        "certainty": one.answer.certainty,
        "since": wire.when(one.answer.since),
        "until": wire.when(one.answer.until),
    }
