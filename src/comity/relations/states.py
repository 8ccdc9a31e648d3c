"""States and governments: how states came and went, their capitals, leaders and changes of government."""

from __future__ import annotations

from typing import Any

from comity.relations.base import Identity, Kind, Relation
from comity.relations.wording import Wording

_FAMILY = "states and governments"
_LABELLED = frozenset({Identity.KIND, Identity.LABEL})
# What happened to a person, or to a body of government, by the kind of the change.
_CHANGES = {
    "election": "was elected in {where}",
    "inauguration": "took office in {where}",
    "interim": "took office in {where}",
    "accession": "came to power in {where}",
    "resignation": "of {where} resigned",
    "abdication": "of {where} abdicated",
    "assassination": "of {where} was assassinated",
    "overthrow": "of {where} was overthrown",
}
_UPHEAVALS = ("coup", "revolution")


def _independent(event: Wording) -> str:
    return f"{event.subject} became independent{f' of {event.object}' if event.has_object else ''}{event.at}"


def _joined(event: Wording) -> str:
    return f"{event.subject} joined {event.object}{event.at}"


def _dissolved(event: Wording) -> str:
    return f"{event.subject} ceased to exist as a state{event.at}"


def _under(event: Wording) -> str:
    how = {"occupation": "occupied by", "cession": "ceded to"}.get(event.kind or "", "under the sovereignty of")
    return f"{event.subject} was {how} {event.object}{event.on}"


def _named(event: Wording) -> str:
    status = event.kind or "status not said"
    return f"{event.subject} bore the name {event.label or 'not said'}, {status}{event.lasting}"


def _succeeded(event: Wording) -> str:
    return f"{event.subject} was succeeded, wholly or in part, by {event.object}{event.at}"


def _on_a_list(event: Wording) -> str:
    status = f" as a {event.kind}" if event.kind else ""
    return f"{event.subject} was on {event.label or 'a list of states'}{status}{event.on}"


def _capital(event: Wording) -> str:
    return f"{event.label or 'a city'} was listed as the capital of {event.subject}{event.on}"


def _leader(event: Wording) -> str:
    return f"{event.label or 'a person'} was {event.kind or 'leader'} of {event.subject}{event.lasting}"


def _government(event: Wording) -> str:
    """How a government changed.

    >>> def sentence(kind, label):
    ...     return _government(Wording("Chile", "", "Chile's", on=" in 1970", kind=kind, label=label))
    >>> sentence("election", "Salvador Allende")
    'Salvador Allende was elected in Chile in 1970'
    >>> sentence("interim", "interim government")
    'an interim government took office in Chile in 1970'
    >>> sentence("coup", "Salvador Allende")
    'there was a coup in Chile (Salvador Allende) in 1970'
    """
    kind, label = event.kind or "change", event.label or ""
    if kind == "republic":
        return f"{event.subject} became a republic{event.on}"
    if label.endswith("Revolution"):
        return f"the {label} took place in {event.subject}{event.on}"
    if kind in _CHANGES:
        return f"{_person_or_body(label)} {_CHANGES[kind].format(where=event.subject)}{event.on}"
    change = f"a {kind}" if kind in _UPHEAVALS else f"a change of government ({kind})"
    about = event.about if label != kind else ""
    return f"there was {change} in {event.subject}{about}{event.on}"


def _person_or_body(label: str) -> str:
    """A person by name, a body of government with its article."""
    if not label:
        return "a government"
    article = "an" if label[0] in "aeiou" else "a"
    return f"{article} {label}" if label[0].islower() else label


def _statehood(id: str, definition: str, **facts: Any) -> Relation:
    """What is so of every term of statehood."""
    return Relation(id=id, family=_FAMILY, definition=definition, identity=_LABELLED, **{"section": "history", **facts})


STATEHOOD_INDEPENDENCE = _statehood(
    "statehood.independence",
    "The subject proclaims, gains or regains independence, from the object where the source names it.",
    range="polity or none", starts="state", one_sided=True,
    undone_by=("statehood.union", "statehood.dissolution", "statehood.sovereignty"),
    sentence=_independent, wikidata="P571",
)  # fmt: skip
STATEHOOD_UNION = _statehood(
    "statehood.union", "The subject joins, merges into or is annexed by the object.",
    ends="state", one_sided=True, sentence=_joined,
)  # fmt: skip
STATEHOOD_DISSOLUTION = _statehood(
    "statehood.dissolution", "The subject ceases to exist as a state of its own.",
    range="none", ends="state", one_sided=True, sentence=_dissolved, wikidata="P576",
)  # fmt: skip
STATEHOOD_SOVEREIGNTY = _statehood(
    "statehood.sovereignty",
    "The subject is under the sovereignty, protection or occupation of the object, or ceded to it; kind: "
    "occupation, cession.",
    kind=Kind.STATE, starts="dependency", sentence=_under, wikidata="P17",
)  # fmt: skip
STATEHOOD_NAME = _statehood(
    "statehood.name", "The subject bears a name (label) and a status (kind) for a time.",
    range="literal", kind=Kind.STATE, sentence=_named, wikidata="P1448",
)  # fmt: skip
STATEHOOD_SUCCESSION = _statehood(
    "statehood.succession", "The subject is succeeded, wholly or in part, by the object.",
    section="lineage", sentence=_succeeded, wikidata="P1366",
)  # fmt: skip
STATEHOOD_SYSTEM = _statehood(
    "statehood.system",
    "The subject is on a list of the states that make up the international system (label): it "
    "says neither when it became independent nor who recognized it.",
    range="literal", kind=Kind.STATE, starts="system membership", sentence=_on_a_list,
)  # fmt: skip
CAPITAL = Relation(
    id="capital", family=_FAMILY,
    definition="A city (label) is the subject's capital.",
    range="literal", kind=Kind.STATE, starts="capital", sentence=_capital, wikidata="P36",
)  # fmt: skip
LEADER = Relation(
    id="leader", family=_FAMILY,
    definition="A person holds the subject's highest office, or its foreign ministry; kind: the office.",
    range="literal", kind=Kind.STATE, starts="term", identity=_LABELLED | {Identity.PERSON}, sentence=_leader,
    wikidata="P35",
)  # fmt: skip
GOVERNMENT_CHANGE = Relation(
    id="government-change", family=_FAMILY,
    definition="The subject's government changes; label: who or what; kind: election, inauguration, accession, "
    "coup, overthrow, revolution, interim, resignation, abdication, assassination, republic.",
    range="none", one_sided=True, sentence=_government,
)  # fmt: skip

RELATIONS = (
    STATEHOOD_INDEPENDENCE,
    STATEHOOD_UNION,
    STATEHOOD_DISSOLUTION,
    STATEHOOD_SOVEREIGNTY,
    STATEHOOD_NAME,
    STATEHOOD_SUCCESSION,
    STATEHOOD_SYSTEM,
    CAPITAL,
    LEADER,
    GOVERNMENT_CHANGE,
)
