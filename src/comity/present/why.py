"""The reasons for an answer in words: claims by weight, judgements, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model import Judgement
from comity.present.english import day, since
from comity.present.judged import SHORT, heading, line
from comity.query.ask import Answer
from comity.query.explain import Explanation, Weighed, Weight, Without
from comity.reconcile.events import Event
from comity.relations.wording import listed

_WEIGHTS = {
    Weight.LEADS: "the answer rests on it",
    Weight.SAME: "states the same event",
    Weight.SUPPORTS: "bears that event out",
    Weight.BEFORE: "states what led there",
    Weight.PREFERRED: "is preferred to what says otherwise",
    Weight.AGAINST: "says otherwise",
}


def text(explanation: Explanation) -> Iterator[str]:
    """The explanation as lines under headings."""
    for title, lines in parts(explanation):
        yield f"{title}:"
        yield from (f"  - {each}" for each in lines)


def parts(explanation: Explanation) -> Iterator[tuple[str, list[str]]]:
    """The parts of the explanation, each with its heading; empty parts are left out."""
    sections = (
        ("evidence, by weight", [_weighed(weighed) for weighed in explanation.weighed]),
        ("judgements of these claims", [judgement(each) for each in explanation.judgements]),
        ("what would change it", list(_changes(explanation))),
    )
    yield from ((title, lines) for title, lines in sections if lines)


def _weighed(weighed: Weighed) -> str:
    claim = weighed.claim
    return f"{line(claim.id, claim)}: {_WEIGHTS[weighed.weight]}; confidence {claim.confidence:.2f}"


def judgement(judgement: Judgement) -> str:
    """A judgement with the abbreviated ids of its claims."""
    return f"{heading(judgement)}: {listed(id[:SHORT] for id in judgement.claims)}"


def _changes(explanation: Explanation) -> Iterator[str]:
    for change in explanation.changes:
        yield f"without {_removal(change)}: {_outcome(change.answer)}"
    if explanation.weighed and not explanation.changes:
        yield "no single source, claim or judgement: without any one of them the answer would be the same"
    if not explanation.weighed:
        yield "any claim: these sources have no record of it"
    if explanation.turning:
        yield f"a later event of one of these kinds: {', '.join(explanation.turning)}"


def _removal(change: Without) -> str:
    if change.kind == "source":
        return f"all claims of {change.id}"
    who = "the judgement" if change.kind == "judgement" else "the claim"
    return f"{who} {change.id[:SHORT]}"


def _outcome(answer: Answer) -> str:
    certain = "" if answer.certainty == "yes" else f" ({answer.certainty})"
    until = f", until {day(answer.until)}" if answer.until else ""
    return f"{answer.status}{since(answer.since)}{until}{certain}"


def of_event(event: Event, judgements: Iterable[Judgement]) -> Iterator[str]:
    """The claims behind an event, and the judgements of them."""
    for claim in event.evidence:
        yield f"    {line(claim.id, claim)}; confidence {claim.confidence:.2f}"
    ids = {claim.id for claim in event.evidence}
    yield from (f"    judged {judgement(each)}" for each in judgements if ids & set(each.claims))
