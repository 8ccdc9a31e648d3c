"""Judgements in words: who judges which claims how, when, and who took it back."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Judgement, Verdict, When
from comity.present.english import day
from comity.present.event_sentences import says
from comity.present.inline import plain
from comity.query.judgements import Register

SHORT = 8
"""How many digits of an id are shown: enough to identify it."""

_SAYS = {
    Verdict.SAME_AS: "says the same as",
    Verdict.CORROBORATES: "corroborates",
    Verdict.REFINES: "is more precise than",
    Verdict.CONFLICTS: "contradicts",
    Verdict.SUPERSEDES: "replaces",
    Verdict.STALE: "is out of date beside",
    Verdict.DIFFERENT: "is about a different event than",
    Verdict.AGREES: "agrees with",
}
_ALONE = {Verdict.CONFLICTS: "can't be true", Verdict.STALE: "is out of date"}


def text(register: Register) -> Iterator[str]:
    """Each judgement with its claims in sentences."""
    yield from map(plain, _text(register))


def _text(register: Register) -> Iterator[str]:
    if not register.judged:
        yield "Nothing was judged by a person." if register.rules else "Nothing was judged."
    for entry in register.judged:
        yield heading(entry.judgement, entry.gone)
        yield from (f"  {line}" for line in _claims(entry.judgement, register))
    if register.rules:
        yield f"{register.rules:,} judgements by rules are stored; name a pair to see its own: comity judge list A B"


def heading(judgement: Judgement, gone: Judgement | None = None) -> str:
    """A judgement's id, verdict, subject, signature and date; and who took it back."""
    back = f"; {undone(gone)}" if gone else ""
    why = f": {judgement.why}" if judgement.why else ""
    return f"{judgement.id[:SHORT]}  {judgement.verdict.value}, {judgement.about}, {signed(judgement)}{why}{back}"


def signed(judgement: Judgement) -> str:
    """Who made the judgement, and when.

    >>> from datetime import UTC, datetime
    >>> signed(Judgement(Verdict.AGREES, "a", "b", "war", "ana", datetime(2026, 11, 25, tzinfo=UTC)))
    'by ana on 25 November 2026'
    >>> signed(Judgement.ruled(Verdict.REFINES, "a", "b", "war", "same event, finer date"))
    'by rule (same event, finer date)'
    """
    who = f"by rule ({judgement.by})" if judgement.by_rule else f"by {judgement.by}"
    return f"{who} on {day(When.on(judgement.dated.date()))}" if judgement.dated else who


def verdict(judgement: Judgement) -> str:
    """A judgement's verdict in words, to go between its first and second claim.

    >>> verdict(Judgement(Verdict.STALE, "a", None, "leader", "ana"))
    'is out of date'
    """
    return (_SAYS if judgement.second else _ALONE)[judgement.verdict]


def undone(gone: Judgement) -> str:
    """Why a judgement no longer counts."""
    if gone.verdict is Verdict.RETRACTS:
        return f"taken back {signed(gone)}{f': {gone.why}' if gone.why else ''} ({gone.id[:SHORT]})"
    return f"no longer, since {gone.verdict.value} {signed(gone)} ({gone.id[:SHORT]})"


def _claims(judgement: Judgement, register: Register) -> Iterator[str]:
    yield line(judgement.first, register.claims.get(judgement.first))
    yield f"  {verdict(judgement)}"
    if judgement.second:
        yield line(judgement.second, register.claims.get(judgement.second))


def line(id: str, claim: Claim | None) -> str:
    """A claim as a sentence, after its abbreviated id, with its source and locator."""
    if claim is None:
        return f"{id[:SHORT]}  (a claim that is not in the ledger)"
    return f"{id[:SHORT]}  {says(claim)} ({claim.source}, {claim.locator})"
