"""Strife: disputes, wars and their ends, rivalries, insurgencies."""

from __future__ import annotations

from comity.relations.base import ANY_STATE, Identity, Kind, Mark, Relation, State
from comity.relations.wording import Wording, titled

OPPOSED_SIDES = "on opposed sides"
"""The kind of a war of many in which no source says whether these two fought each other."""

LEVEL_OF_WAR = "war"
"""The kind of a dispute in which the highest level of hostility was war."""

_FAMILY = "strife"
_LANE = "Wars and disputes"


def _disputed(event: Wording) -> str:
    about = event.in_brackets.replace(", outcome:", ", outcome of the whole dispute:")
    if event.is_interval:
        return f"{event.both} were in dispute{event.on}{about}"
    return f"{event.both} had a dispute{about}{event.on}"


def _at_war(event: Wording) -> str:
    if event.kind == OPPOSED_SIDES:
        war = titled(event.label) if event.label else "a war"
        return f"{event.both} were on opposed sides of {war}{event.on}"
    if event.label:
        return f"{event.both} fought {titled(event.label)}{event.on}"
    return f"{event.both} {'were at' if event.is_interval else 'went to'} war{event.on}"


def _war_ended(event: Wording) -> str:
    name = f" ({titled(event.label)})" if event.label else ""
    return f"war between {event.both} ended{event.on}{name}"


def _rivals(event: Wording) -> str:
    return f"{event.both} were strategic rivals{event.on}{event.in_brackets}"


def _insurgency(event: Wording) -> str:
    if not event.kind:
        return f"there was an insurgency in {event.subject}{event.about}{event.on}"
    helpers = "".join(f"; {participant.name} {participant.role}" for participant in event.participants)
    return f"{event.subject} was in armed conflict with others than states {event.kind}{event.on}{event.about}{helpers}"


DISPUTE = Relation(
    id="dispute", family=_FAMILY,
    definition="The parties dispute a territory or a right, or threaten, show or use force short of war; kind: "
    "the highest level of hostility that either reached.",
    symmetric=True, kind=Kind.STATE, starts="dispute", identity=frozenset({Identity.KIND, Identity.NUMBER}),
    section="strife", sentence=_disputed, mark=Mark(_LANE, "doubt", height=0.45, name="dispute", detailed=True),
)  # fmt: skip
WAR = Relation(
    id="war", family=_FAMILY,
    definition="The parties are at war, or declare it; label: the war's name.",
    symmetric=True, kind=Kind.STATE, starts="war", from_states=ANY_STATE, leads_to=State.AT_WAR,
    ended_by="war.ended", breaks_relations=True,
    undone_by=("war.ended", "relations.resumed", "relations.established"), section="history", sentence=_at_war,
    mark=Mark(_LANE, "bad", name="war"), cameo="CAMEO 190", wikidata="P607",
)  # fmt: skip
WAR_ENDED = Relation(
    id="war.ended", family=_FAMILY,
    definition="A war between the parties ends, by armistice, treaty or declaration.",
    symmetric=True, ends="war", from_states=(State.AT_WAR,), leads_to=State.SEVERED, presupposes=("war",),
    section="history", sentence=_war_ended, cameo="CAMEO 087",
)  # fmt: skip
RIVALRY = Relation(
    id="rivalry", family=_FAMILY,
    definition="The parties' decision makers hold each other for competitors and threats; kind: over what "
    "(spatial, positional, ideological, interventionary).",
    symmetric=True, kind=Kind.STATE, starts="rivalry", section="strife", sentence=_rivals,
    mark=Mark("Rivalry", "doubt"),
)  # fmt: skip
INSURGENCY = Relation(
    id="insurgency", family=_FAMILY,
    definition="Organized armed opposition to the subject, within it or its dependencies; label: the group, the "
    "rising or the conflict, kind: over what.",
    range="literal", kind=Kind.STATE, sentence=_insurgency, cameo="CAMEO 190",
)  # fmt: skip

RELATIONS = (
    DISPUTE,
    WAR,
    WAR_ENDED,
    RIVALRY,
    INSURGENCY,
)
