"""Missions and envoys: opened, raised, lowered, closed; appointed, received, departed."""

from __future__ import annotations

from typing import Any

from comity.relations.base import Identity, Relation
from comity.relations.wording import Wording

LIAISON_OFFICE = "liaison office"
"""The kind of a mission kept with a government that is not recognized."""
DIPLOMATIC = ("embassy", "legation", LIAISON_OFFICE, "interests section", "mission")
"""The kinds of missions by which states keep relations; others are consular and other posts."""

_FAMILY = "missions and envoys"
_ARTICLES = {"embassy": "an embassy", "interests section": "an interests section"}
_OF_MISSIONS = frozenset({Identity.KIND, Identity.TOWN})
_OF_ENVOYS = frozenset({Identity.PERSON})


def _a(kind: str) -> str:
    return _ARTICLES.get(kind, f"a {kind}")


def _town(event: Wording) -> str:
    return f" at {event.label}" if event.label else ""


def _opened(event: Wording) -> str:
    where = f"{_town(event)}, {event.object}," if event.label else f" in {event.object}"
    return f"{event.subject} opened {_a(event.kind or 'mission')}{where}{event.at}"


def _closed(event: Wording) -> str:
    mission = f"{event.owner} {event.kind or 'mission'}{_town(event)}"
    return f"{mission} in {event.object} closed or suspended operations{event.at}"


def _ranked(verb: str, event: Wording) -> str:
    rank = f" to {_a(event.kind)}" if event.kind else ""
    return f"{event.owner} mission{_town(event)} in {event.object} was {verb}{rank}{event.at}"


def _envoy(event: Wording) -> tuple[str, str]:
    """Who, and in what rank: ("James Cooley", " as chargé d'affaires")."""
    return event.person or "an envoy", f" as {event.kind}" if event.kind else ""


def _appointed(event: Wording) -> str:
    person, rank = _envoy(event)
    return f"{event.subject} appointed {person}{rank} to {event.object}{event.at}"


def _received(event: Wording) -> str:
    person, rank = _envoy(event)
    verb = "arrived at the post" if event.label == "arrived at post" else "presented credentials or took charge"
    return f"{person} of {event.subject} {verb}{rank} in {event.object}{event.at}"


def _departed(event: Wording) -> str:
    person, _ = _envoy(event)
    return f"{person} of {event.subject} ended the mission to {event.object}{event.at}{event.about}"


def _mission(id: str, definition: str, **facts: Any) -> Relation:
    """What is so of every term of missions."""
    return Relation(
        id=id, family=_FAMILY, definition=definition, identity=_OF_MISSIONS, by_envoy=True,
        of_states=True, state_kinds=("embassy", "legation"),
        section="history", section_kinds=DIPLOMATIC, other_section="posts", **facts,
    )  # fmt: skip


MISSION_OPENED = _mission(
    "mission.opened",
    "The subject opens or reopens a mission with the object; kind: legation, embassy, consulate, liaison office, "
    "interests section.",
    starts="mission", place_in_day=3, sentence=_opened, cameo="CAMEO 050", wikidata="P531",
)  # fmt: skip
MISSION_RAISED = _mission(
    "mission.raised",
    "The subject's mission with the object is raised in rank; kind: its new rank.",
    starts="mission", shows_relations=True, presupposes=("mission.opened",), place_in_day=4, well_recorded=True,
    undone_by=(
        "mission.opened", "mission.lowered", "mission.closed", "relations.severed", "relations.interrupted",
    ),
    sentence=lambda event: _ranked("raised", event), cameo="CAMEO 050",
)  # fmt: skip
MISSION_LOWERED = _mission(
    "mission.lowered",
    "The subject's mission with the object is lowered in rank; kind: its new rank.",
    starts="mission", presupposes=("mission.opened",), place_in_day=4,
    sentence=lambda event: _ranked("lowered", event), cameo="CAMEO 160",
)  # fmt: skip
MISSION_CLOSED = _mission(
    "mission.closed",
    "The subject closes its mission with the object or suspends its operations.",
    ends="mission", shows_relations=True, place_in_day=2,
    presupposes=("mission.opened", "mission.raised", "mission.lowered"),
    sentence=_closed, cameo="CAMEO 161",
)  # fmt: skip
ENVOY_APPOINTED = Relation(
    id="envoy.appointed", family=_FAMILY,
    definition="The subject appoints a chief of mission to the object; kind: the rank.",
    identity=_OF_ENVOYS, section="envoys", sentence=_appointed, cameo="CAMEO 050", wikidata="P39",
)  # fmt: skip
ENVOY_RECEIVED = Relation(
    id="envoy.received", family=_FAMILY,
    definition="The subject's envoy presents credentials to the object, or takes charge there.",
    starts="accreditation", presupposes=("envoy.appointed",),
    identity=_OF_ENVOYS, section="envoys", sentence=_received, cameo="CAMEO 050",
)  # fmt: skip
ENVOY_DEPARTED = Relation(
    id="envoy.departed", family=_FAMILY,
    definition="The subject's envoy to the object leaves, is recalled, or dies at the post.",
    ends="accreditation", presupposes=("envoy.appointed", "envoy.received"),
    identity=_OF_ENVOYS, section="envoys", sentence=_departed,
)  # fmt: skip

RELATIONS = (
    MISSION_OPENED,
    MISSION_RAISED,
    MISSION_LOWERED,
    MISSION_CLOSED,
    ENVOY_APPOINTED,
    ENVOY_RECEIVED,
    ENVOY_DEPARTED,
)
