"""Diplomatic relations: recognized, established, interrupted, severed, resumed."""

from __future__ import annotations

from comity.relations.base import ANY_STATE, Kind, Relation, State
from comity.relations.wording import Wording

_FAMILY = "diplomatic relations"
_BEFORE_BREAK = (
    State.UNKNOWN,
    State.UNRECOGNIZED,
    State.RECOGNIZED,
    State.ESTABLISHED,
    State.INTERRUPTED,
    State.SEVERED,
)


def _recognized(event: Wording) -> str:
    return f"{event.subject} recognized {event.object}{event.at}"


def _withdrawn(event: Wording) -> str:
    return f"{event.subject} withdrew its recognition of {event.object}{event.at}"


def _relations(verb: str, event: Wording) -> str:
    be = "were" if event.is_dated else "have been"
    return f"diplomatic relations between {event.both} {be} {verb}{event.at}"


RECOGNITION = Relation(
    id="recognition", family=_FAMILY,
    definition="The subject recognizes the object, as a state or as its government, explicitly or by an act that "
    "recognizes.",
    starts="recognized", from_states=(State.UNKNOWN, State.UNRECOGNIZED), leads_to=State.RECOGNIZED,
    begins_relations=True,
    undone_by=(
        "recognition.withdrawn", "relations.severed", "relations.interrupted", "statehood.union",
        "statehood.dissolution", "statehood.independence", "government-change",
    ),
    place_in_day=0, identity=frozenset(), bounded=True, by_envoy=True, well_recorded=True,
    section="history", sentence=_recognized, cameo="CAMEO 054",
)  # fmt: skip
RECOGNITION_WITHDRAWN = Relation(
    id="recognition.withdrawn", family=_FAMILY,
    definition="The subject withdraws its recognition of the object.",
    ends="recognized", from_states=(State.RECOGNIZED, State.ESTABLISHED, State.INTERRUPTED),
    leads_to=State.SEVERED, identity=frozenset(), by_envoy=True, section="history", sentence=_withdrawn,
)  # fmt: skip
RELATIONS_ESTABLISHED = Relation(
    id="relations.established", family=_FAMILY,
    definition="Diplomatic relations begin.",
    symmetric=True, starts="relations", from_states=ANY_STATE, leads_to=State.ESTABLISHED, begins_relations=True,
    undone_by=(
        "relations.severed", "relations.interrupted", "statehood.union", "statehood.dissolution",
        "mission.closed", "war",
    ),
    place_in_day=1, identity=frozenset(), bounded=True, by_envoy=True, well_recorded=True, of_states=True,
    section="history", sentence=lambda event: _relations("established", event),
    cameo="CAMEO 050", wikidata="P530",
)  # fmt: skip
RELATIONS_INTERRUPTED = Relation(
    id="relations.interrupted", family=_FAMILY,
    definition="Diplomatic relations are suspended without being broken off.",
    symmetric=True, kind=Kind.STATE, starts="interruption",
    from_states=(State.UNKNOWN, State.UNRECOGNIZED, State.RECOGNIZED, State.ESTABLISHED),
    leads_to=State.INTERRUPTED,
    ended_by="relations.resumed", place_in_day=6, identity=frozenset(), by_envoy=True, of_states=True,
    section="history", sentence=lambda event: _relations("interrupted", event), cameo="CAMEO 160",
)  # fmt: skip
RELATIONS_SEVERED = Relation(
    id="relations.severed", family=_FAMILY,
    definition="Diplomatic relations are broken off or brought to an end.",
    symmetric=True, starts="severance", ends="relations", from_states=_BEFORE_BREAK, leads_to=State.SEVERED,
    breaks_relations=True, undone_by=("relations.resumed", "relations.established"),
    place_in_day=7, identity=frozenset(), by_envoy=True, well_recorded=True, of_states=True,
    section="history", sentence=lambda event: _relations("severed", event), cameo="CAMEO 161",
)  # fmt: skip
RELATIONS_RESUMED = Relation(
    id="relations.resumed", family=_FAMILY,
    definition="Diplomatic relations begin again after an interruption or a break.",
    symmetric=True, starts="relations", ends="severance", from_states=ANY_STATE, leads_to=State.ESTABLISHED,
    begins_relations=True, place_in_day=1, identity=frozenset(), by_envoy=True, well_recorded=True, of_states=True,
    section="history", sentence=lambda event: _relations("resumed", event), cameo="CAMEO 050",
)  # fmt: skip

RELATIONS = (
    RECOGNITION,
    RECOGNITION_WITHDRAWN,
    RELATIONS_ESTABLISHED,
    RELATIONS_INTERRUPTED,
    RELATIONS_SEVERED,
    RELATIONS_RESUMED,
)
