"""What was so when the page was written, and is told as if it were so when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from comity.model import Claim
from comity.query.check.finding import Finding
from comity.query.check.page import Page, spans
from comity.sources.gazetteer import fold

AGE = timedelta(days=5 * 366)
"""A figure, or a statement in the present tense, that is older than this needs a look."""
_HISTORY = timedelta(days=20 * 366)  # a figure older than this is told as history
_IN_OFFICE = ("leader", "administration")
_STANDING = ("quality", "negotiation", "cooperation", "assistance", "commitment")
_TITLES = frozenset({"president", "prime", "minister", "king", "queen", "chancellor", "elect", "premier", "general"})


def office(page: Page) -> Iterator[Finding]:
    """Relations "with President García's administration are positive", when another has held the office since.

    The evidence is the first source that tells of a later holder of the office.
    """
    for claim in page.present():
        for participant in claim.participants:
            if participant.role in _IN_OFFICE:
                later = _later_holder(page, claim, participant.name)
                if later is not None:
                    yield Finding("stale-office", spans((claim,)), (claim,), (later,), (participant.name,))


def standing(page: Page) -> Iterator[Finding]:
    """What is told as so in the present tense, on a page that tells of nothing within five years of its reading."""
    newest = page.newest
    if newest is None or page.day - newest <= AGE:
        return
    seen = set()
    for claim in page.present():
        if claim.relation in _STANDING and claim.span not in seen:
            seen.add(claim.span)
            yield Finding("stale-present", spans((claim,)), (claim,), words=(str(newest.year),))


def figures(page: Page) -> Iterator[Finding]:
    """The newest figure of its kind on the page, when it is more than five years old and not yet history."""
    newest: dict[tuple[object, ...], Claim] = {}
    for claim in page.claims:
        if claim.value is None or claim.when is None:
            continue
        kind = (claim.relation, claim.subject, claim.object, claim.label)
        held = newest.get(kind)
        if held is None or held.when is None or held.when.latest < claim.when.latest:
            newest[kind] = claim
    for claim in newest.values():
        if claim.when is not None and AGE < page.day - claim.when.latest < _HISTORY:
            yield Finding("stale-figure", spans((claim,)), (claim,))


def _later_holder(page: Page, claim: Claim, name: str) -> Claim | None:
    """The first that is known, after the last time that the named one is met in office, to hold the same office."""
    for polity in sorted(claim.parties):
        offices = sorted(_held(page, polity), key=lambda held: held[0])
        named = [(day, each, title) for day, each, title in offices if _is_named(each, name)]
        if not named:
            continue
        last, _, title = named[-1]
        later = [each for day, each, other in offices if day > last and other == title and not _is_named(each, name)]
        return later[0] if later else None
    return None


def _held(page: Page, polity: str) -> Iterator[tuple[date, Claim, str]]:
    """Who is met in an office of a polity by the day of reading: when, by which claim, in which office."""
    for claim in page.view.about(polity, ["visit", "leader"]):
        if claim.subject != polity or claim.when is None or claim.when.begin_latest > page.day:
            continue
        title = _title(claim)
        if title:
            yield claim.when.begin_latest, claim, title


def _title(claim: Claim) -> str:
    """The office that a claim names: its leader's title, or its kind."""
    words = _words(_who(claim))
    held = [word for word in words if word in _TITLES]
    if "elect" in held:
        return ""
    return " ".join(held) or (claim.kind or "" if claim.relation == "leader" else "")


def _who(claim: Claim) -> str:
    leader = claim.participant("leader")
    return leader.name if leader else (claim.label or "")


def _is_named(claim: Claim, name: str) -> bool:
    """Whether a claim's leader bears the last name of the one named; a lost letter is no other person."""
    from rapidfuzz import fuzz

    surname = _surname(name)
    return bool(surname) and any(fuzz.ratio(surname, word) >= 85 for word in _words(_who(claim)))


def _surname(name: str) -> str:
    words = [word for word in _words(name) if word not in _TITLES]
    return words[-1] if words else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
