"""People and works: companies and persons with a part in relations, and what was written about the parties."""

from __future__ import annotations

from comity.relations.base import Identity, Relation
from comity.relations.wording import Wording, listed

_FAMILY = "people and works"
_LABELLED = frozenset({Identity.KIND, Identity.LABEL})


def _took_part(event: Wording) -> str:
    role = f", {event.kind}," if event.kind else ""
    actor = f"{event.label or 'somebody'} of {event.subject}{role}"
    return f"{actor} had a part in the relations with {event.object}{event.on}"


def _published(event: Wording) -> str:
    parties = listed([event.subject, event.object] if event.has_object else [event.subject])
    issued = f", published{event.on}" if event.is_dated else ""
    return f"{event.label or 'a work'} is a work about {parties}{issued}{event.by('publisher')}"


ACTOR = Relation(
    id="actor", family=_FAMILY,
    definition="A company or person with a part in the relations; label: who, kind: the role.",
    identity=_LABELLED, sentence=_took_part,
)  # fmt: skip
PUBLICATION = Relation(
    id="publication", family=_FAMILY,
    definition="A work about the parties; label: author and title.",
    symmetric=True, identity=_LABELLED, sentence=_published,
)  # fmt: skip

RELATIONS = (
    ACTOR,
    PUBLICATION,
)
