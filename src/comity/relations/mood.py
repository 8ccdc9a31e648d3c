"""What relations are called: strained, improved, cooperative."""

from __future__ import annotations

from comity.relations.base import Identity, Kind, Relation
from comity.relations.wording import Wording

_AT_ITS_HEIGHT = " at its height"


def _quality(event: Wording) -> str:
    leaders = event.names("leader")
    under = f" under {leaders[0]}" if leaders else ""
    kind = event.kind or event.label or "so"
    if kind.endswith(_AT_ITS_HEIGHT):
        influence = kind.removesuffix(_AT_ITS_HEIGHT)
        return f"{event.owner} {influence} in {event.object} was at its height{event.on}{under}"
    called = "" if kind.startswith("at a ") else "called "
    if event.in_office:
        return f"relations between {event.both} have been {called}{kind}{under}, {event.in_office}"
    be = "were" if event.is_dated else "have been"
    return f"relations between {event.both} {be} {called}{kind}{event.on}{under}"


QUALITY = Relation(
    id="quality", family="mood",
    definition="Relations are said to be strained, improved, cooperative, positive …; kind: the word; a leader "
    "takes part where they are said to be so under one.",
    symmetric=True, kind=Kind.STATE,
    identity=frozenset({Identity.KIND, Identity.LABEL, Identity.PERSON}),  # a mood may be under one or another
    section="history", goes_stale=True, sentence=_quality,
)  # fmt: skip

RELATIONS = (QUALITY,)
