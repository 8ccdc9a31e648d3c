"""What follows from what a sentence says, though it does not say so: by what missions and their chiefs are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from comity.model import Modality, When
from comity.reading.context import Context
from comity.reading.parse import Parsed
from comity.reading.said import Said
from comity.sources.gazetteer import gazetteer

_OF_STATES = ("legation", "embassy", "high commission")
_BEFORE_EMBASSIES = ("legation", "liaison office", "consulate", "consulate general")
_FIRST_AMBASSADOR = re.compile(r"\b[Ff]irst (?:[\w.]+ ){0,3}Ambassador\b")
_FIRST_MINISTER = re.compile(r"\b[Ff]irst (?:[\w.]+ ){0,4}(?:Minister|Envoy)\b(?! of | for )")
_ELSEWHERE = re.compile(r"\b(?:resident (?:at|in)|resid(?:ed|ing)|also|concurrently|jointly|Prime|Foreign)\b")
_NEAR = timedelta(days=3)  # an embassy opens with the ceremonies of independence


def consequences(said: Said, parsed: Parsed, context: Context) -> Iterator[Said]:
    """Relations that began with a state, and a legation that its first ambassador made an embassy."""
    if said.modality is not Modality.ASSERTED or said.when is None or said.parties.object is None:
        return
    if said.relation == "mission.opened" and said.kind in _OF_STATES and _began_then(said, said.when):
        why = f"{said.parties.reason}; no relations are older than the state, none younger than its {said.kind}"
        yield _following(said, "relations.established", "mission-of-a-new-state", why)
    pair = (said.parties.subject, said.parties.object)
    if said.relation == "envoy.received" and _FIRST_AMBASSADOR.search(parsed.sentence.text):
        rank = context.ranks.get(pair)
        if rank is not None and rank[0] in _BEFORE_EMBASSIES and rank[1].latest < said.when.earliest:
            why = f"{said.parties.reason}; a first ambassador to what was a {rank[0]} in {rank[1].edtf}"
            yield replace(_following(said, "mission.raised", "first-ambassador", why), kind="embassy")
    if said.relation == "envoy.received" and pair not in context.ranks and _is_first_minister(parsed.sentence.text):
        why = f"{said.parties.reason}; a first minister opens the legation"
        yield replace(_following(said, "mission.opened", "first-minister", why), kind="legation")
    if said.relation in ("mission.opened", "mission.raised", "mission.lowered") and said.kind is not None:
        context.ranks[pair] = (said.kind, said.when)


def _is_first_minister(text: str) -> bool:
    """Whether a sentence tells of a first minister, and of none who lived elsewhere."""
    return _FIRST_MINISTER.search(text) is not None and _ELSEWHERE.search(text) is None


def _following(said: Said, relation: str, pattern: str, why: str) -> Said:
    parties = replace(said.parties, reason=why.strip("; "))
    return replace(
        said,
        relation=relation,
        pattern=pattern,
        parties=parties,
        confidence=0.8,
        kind=None,
        label=None,
        participants=(),
    )


def _began_then(said: Said, when: When) -> bool:
    """Whether one of the two began on the day, or so near to it that it is the same event."""
    if when.precision != "day":
        return False
    polities = (gazetteer().polity(id) for id in (said.parties.subject, said.parties.object) if id)
    lives = [life for polity in polities for life in polity.lifespans]
    first, last = when.earliest - _NEAR, when.earliest + _NEAR
    return any(first <= life.earliest and life.begin_latest <= last for life in lives)
