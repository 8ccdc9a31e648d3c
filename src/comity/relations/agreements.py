"""Agreements through their life: negotiated, signed, ratified, in force, carried out, extended, ended."""

from __future__ import annotations

from collections.abc import Callable

from comity.relations.base import Identity, Kind, Relation
from comity.relations.wording import Wording, titled

_FAMILY = "agreements"
_IDENTITY = frozenset({Identity.KIND, Identity.TITLE})


def _both(verb: str) -> Callable[[Wording], str]:
    return lambda event: f"{titled(event.label or 'an agreement')}, between {event.both}, {verb}{event.at}"


def _ratified(event: Wording) -> str:
    return f"{event.subject} ratified {titled(event.label or 'an agreement')}{event.at}"


def _in_force(event: Wording) -> str:
    return _both("entered into force" if event.is_dated else "is in force")(event)


def _negotiated(event: Wording) -> str:
    verb = "negotiated" if event.is_dated else "have negotiated"
    return f"{event.both} {verb} {titled(event.label or 'an agreement')}{event.on}"


AGREEMENT_SIGNED = Relation(
    id="agreement.signed", family=_FAMILY,
    definition="The parties sign or conclude a treaty, convention or other agreement; label: its title.",
    symmetric=True, starts="agreement signed", identity=_IDENTITY, of_states=True,
    section="agreements", sentence=_both("was signed"), cameo="CAMEO 057", wikidata="Q131569",
)  # fmt: skip
AGREEMENT_RATIFIED = Relation(
    id="agreement.ratified", family=_FAMILY,
    definition="The subject ratifies or approves an agreement with the object.",
    presupposes=("agreement.signed",), identity=_IDENTITY, of_states=True,
    section="agreements", sentence=_ratified, cameo="CAMEO 057",
)  # fmt: skip
AGREEMENT_IN_FORCE = Relation(
    id="agreement.in-force", family=_FAMILY,
    definition="An agreement enters into force.",
    symmetric=True, starts="agreement in force", presupposes=("agreement.signed", "agreement.ratified"),
    identity=_IDENTITY, of_states=True, section="agreements", sentence=_in_force, cameo="CAMEO 057",
)  # fmt: skip
AGREEMENT_IMPLEMENTED = Relation(
    id="agreement.implemented", family=_FAMILY,
    definition="A party enacts or signs legislation that carries out an agreement.",
    symmetric=True, identity=_IDENTITY, of_states=True,
    section="agreements", sentence=_both("was carried out by a law"), cameo="CAMEO 057",
)  # fmt: skip
AGREEMENT_EXTENDED = Relation(
    id="agreement.extended", family=_FAMILY,
    definition="An agreement, or a preference granted, is prolonged.",
    symmetric=True, identity=_IDENTITY, of_states=True,
    section="agreements", sentence=_both("was extended"), cameo="CAMEO 057",
)  # fmt: skip
AGREEMENT_ENDED = Relation(
    id="agreement.ended", family=_FAMILY,
    definition="An agreement expires, is denounced or is replaced.",
    symmetric=True, ends="agreement in force",
    presupposes=("agreement.signed", "agreement.ratified", "agreement.in-force"),
    identity=_IDENTITY, of_states=True, section="agreements", sentence=_both("ended"),
)  # fmt: skip
NEGOTIATION = Relation(
    id="negotiation", family=_FAMILY,
    definition="The parties negotiate an agreement.",
    symmetric=True, kind=Kind.STATE, goes_stale=True, section="agreements", sentence=_negotiated, cameo="CAMEO 046",
)  # fmt: skip

RELATIONS = (
    AGREEMENT_SIGNED,
    AGREEMENT_RATIFIED,
    AGREEMENT_IN_FORCE,
    AGREEMENT_IMPLEMENTED,
    AGREEMENT_EXTENDED,
    AGREEMENT_ENDED,
    NEGOTIATION,
)
