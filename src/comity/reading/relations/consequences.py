"""What a statement implies without saying so, by what missions and their chiefs are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from comity.model import Modality, When
from comity.reading.grammar.parse import Parsed
from comity.reading.parties.context import Context
from comity.reading.relations.statement import Said
from comity.relations.diplomatic import RELATIONS_ESTABLISHED
from comity.relations.missions import ENVOY_RECEIVED, MISSION_LOWERED, MISSION_OPENED, MISSION_RAISED
from comity.sources.gazetteer import gazetteer

_OF_STATES = ("legation", "embassy", "high commission")
_BEFORE_EMBASSIES = ("legation", "liaison office", "consulate", "consulate general")
_FIRST_AMBASSADOR = re.compile(r"\b[Ff]irst (?:[\w.]+ ){0,3}Ambassador\b")
_FIRST_MINISTER = re.compile(r"\b[Ff]irst (?:[\w.]+ ){0,4}(?:Minister|Envoy)\b(?! of | for )")
_ELSEWHERE = re.compile(r"\b(?:resident (?:at|in)|resid(?:ed|ing)|also|concurrently|jointly|Prime|Foreign)\b")
_NEAR = timedelta(days=3)  # an embassy opens with the ceremonies of independence


def consequences(statement: Said, parsed: Parsed, context: Context) -> Iterator[Said]:
    """Relations that began with a new state, a mission that a first minister opened or a first ambassador raised."""
    if statement.modality is not Modality.ASSERTED or statement.when is None or statement.parties.object is None:
        return
    if (
        statement.relation == MISSION_OPENED.id
        and statement.kind in _OF_STATES
        and _began_with_state(statement, statement.when)
    ):
        why = (
            f"{statement.parties.reason}; no relations are older than the state, none younger than its {statement.kind}"
        )
        yield _consequence(statement, RELATIONS_ESTABLISHED.id, "mission-of-a-new-state", why)
    pair = (statement.parties.subject, statement.parties.object)
    if statement.relation == ENVOY_RECEIVED.id and _FIRST_AMBASSADOR.search(parsed.sentence.text):
        rank = context.ranks.get(pair)
        if rank is not None and rank[0] in _BEFORE_EMBASSIES and rank[1].latest < statement.when.earliest:
            why = f"{statement.parties.reason}; a first ambassador to what was a {rank[0]} in {rank[1].edtf}"
            yield replace(_consequence(statement, MISSION_RAISED.id, "first-ambassador", why), kind="embassy")
    if (
        statement.relation == ENVOY_RECEIVED.id
        and pair not in context.ranks
        and _is_first_minister(parsed.sentence.text)
    ):
        why = f"{statement.parties.reason}; a first minister opens the legation"
        yield replace(_consequence(statement, MISSION_OPENED.id, "first-minister", why), kind="legation")
    if statement.relation in (MISSION_OPENED.id, MISSION_RAISED.id, MISSION_LOWERED.id) and statement.kind is not None:
        context.ranks[pair] = (statement.kind, statement.when)


def _is_first_minister(text: str) -> bool:
    """Whether a sentence mentions a first minister, and none who resided elsewhere."""
    return _FIRST_MINISTER.search(text) is not None and _ELSEWHERE.search(text) is None


def _consequence(statement: Said, relation: str, pattern: str, why: str) -> Said:
    parties = replace(statement.parties, reason=why.strip("; "))
    return replace(
        statement,
        relation=relation,
        pattern=pattern,
        parties=parties,
        confidence=0.8,
        kind=None,
        label=None,
        participants=(),
    )


def _began_with_state(statement: Said, when: When) -> bool:
    """Whether one of the two states began on the day, or within `_NEAR` of it, which counts as the same event."""
    if when.precision != "day":
        return False
    polities = (gazetteer().polity(id) for id in (statement.parties.subject, statement.parties.object) if id)
    lives = [life for polity in polities for life in polity.lifespans]
    first, last = when.earliest - _NEAR, when.earliest + _NEAR
    return any(first <= life.earliest and life.begin_latest <= last for life in lives)
