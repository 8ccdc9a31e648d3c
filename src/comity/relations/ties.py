"""Ties: alliance, membership, borders, cooperation, assistance, pledges and visits."""

from __future__ import annotations

from comity.relations.base import Identity, Kind, Mark, Relation
from comity.relations.wording import Wording, titled

_FAMILY = "ties"
_LABELLED = frozenset({Identity.KIND, Identity.LABEL})


def _allied(event: Wording) -> str:
    how = f"bound by an alliance treaty ({event.kind})" if event.kind else "allied"
    return f"{event.both} {'were' if event.is_dated else 'have been'} {how}{event.on}{event.about}"


def _member(event: Wording) -> str:
    group = event.object if event.has_object else titled(event.label or "an organization")
    verb = "became" if event.is_dated else "is or was"
    return f"{event.subject} {verb} a member of {group}{event.on}"


def _members_together(event: Wording) -> str:
    verb = "were" if event.is_dated else "have been"
    amount = event.amount or "the same organizations"
    amount = amount.removesuffix("s") if event.value == 1 else amount
    return f"{event.both} {verb} both full members of {amount}{event.on}"


def _contiguous(event: Wording) -> str:
    kind = event.kind or "border"
    if kind.endswith("of water"):
        return f"no more than {kind} lay between {event.both}{event.on}"
    return f"{event.both} had a {kind}{event.on}"


def _cooperated(event: Wording) -> str:
    verb = "cooperated" if event.is_dated else "have cooperated"
    about = f" {_subject_matter(event.label)}" if event.label else ""
    return f"{event.both} {verb}{about}{event.on}"


def _subject_matter(label: str) -> str:
    """What it was on, with the "on" that words such as "against terrorism" don't take."""
    if label.startswith(("against ", "in ", "to ")):
        return label
    return f"{'in' if label.startswith('joint ') else 'on'} {label}"


def _assisted(event: Wording) -> str:
    kind = event.kind or "assistance"
    aid = kind if kind.endswith(("s", "aid", "assistance", "relief")) else f"a {kind}"
    aid = f"{event.amount} of {kind}" if event.amount else aid
    verb = "gave" if event.is_dated else "has given"
    purpose = f", for {event.label}" if event.label else ""
    return f"{event.subject} {verb} {event.object} {aid}{event.on}{purpose}{event.by('funder')}"


def _committed(event: Wording) -> str:
    verb = "committed itself" if event.is_dated else "has committed itself"
    beneficiary = f" to {event.object}" if event.has_object else ""
    comma = "," if beneficiary or event.is_dated else ""
    return f"{event.subject} {verb}{beneficiary}{event.on}{comma} to {event.label or 'an undertaking'}"


def _visited(event: Wording) -> str:
    person, kind = event.person or "a leader", event.kind or "visit"
    visitor = f"{person} of {event.subject}" if "visit" in kind else f"{person}, {kind} of {event.subject},"
    where = f"{event.label}, {event.object}," if event.label else event.object
    closing = f" ({kind})" if kind.endswith(" visit") else ""
    return f"{visitor} visited {where}{event.on}{closing}"


ALLIANCE = Relation(
    id="alliance", family=_FAMILY,
    definition="The parties are allied by treaty; kind: to what it binds them (defense, offense, neutrality, "
    "nonaggression, consultation).",
    symmetric=True, kind=Kind.STATE, starts="alliance", section="alliances", sentence=_allied,
    mark=Mark("Alliances", "good"), cameo="CAMEO 057",
)  # fmt: skip
MEMBERSHIP = Relation(
    id="membership", family=_FAMILY,
    definition="The subject is a member of a union, confederation or organization.",
    range="polity or organization", kind=Kind.STATE, starts="membership",
    section="alliances", sentence=_member, wikidata="P463",
)  # fmt: skip
MEMBERSHIP_SHARED = Relation(
    id="membership.shared", family=_FAMILY,
    definition="The parties are full members of the same intergovernmental organizations, of at least so many "
    "(value).",
    symmetric=True, kind=Kind.STATE, starts="shared membership", section="figures", sentence=_members_together,
)  # fmt: skip
CONTIGUITY = Relation(
    id="contiguity", family=_FAMILY,
    definition="The parties border each other by land or river, or across no more than some miles of water; "
    "kind: which.",
    symmetric=True, kind=Kind.STATE, starts="contiguity", section="borders", sentence=_contiguous, wikidata="P47",
)  # fmt: skip
COOPERATION = Relation(
    id="cooperation", family=_FAMILY,
    definition="The parties work together on something; label: on what.",
    symmetric=True, kind=Kind.STATE, identity=_LABELLED, goes_stale=True, sentence=_cooperated, cameo="CAMEO 040",
)  # fmt: skip
ASSISTANCE = Relation(
    id="assistance", family=_FAMILY,
    definition="The subject gives aid to the object; value and unit where the source gives them.",
    kind=Kind.STATE, identity=_LABELLED, goes_stale=True, section="figures", sentence=_assisted, cameo="CAMEO 070",
)  # fmt: skip
COMMITMENT = Relation(
    id="commitment", family=_FAMILY,
    definition="The subject pledges to do something, to the object where the source names it; label: what.",
    range="polity or none", goes_stale=True, sentence=_committed, cameo="CAMEO 030",
)  # fmt: skip
VISIT = Relation(
    id="visit", family=_FAMILY,
    definition="A leader or minister of the subject visits the object; kind: the office.",
    identity=frozenset({Identity.KIND, Identity.PERSON}), section="visits", sentence=_visited, cameo="CAMEO 042",
)  # fmt: skip

RELATIONS = (
    ALLIANCE,
    MEMBERSHIP,
    MEMBERSHIP_SHARED,
    CONTIGUITY,
    COOPERATION,
    ASSISTANCE,
    COMMITMENT,
    VISIT,
)
