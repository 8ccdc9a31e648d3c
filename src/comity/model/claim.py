"""What a source says: one dated, sourced statement about polities."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from typing import Any

from comity.model.source import Published
from comity.model.span import Span
from comity.model.when import When


class Modality(Enum):
    """How a source states something."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    REPORTED = "reported"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part and as what: `Participant("envoy", "James Cooley", "cooley-james")`."""

    role: str
    name: str
    id: str | None = None


@dataclass(frozen=True)
class Claim:
    """One statement: `subject` `relation` `object`, `when`, according to `source` at `locator`.

    `subject` and `object` are polity ids as the source's own scheme has them (history.state.gov's for the
    embedded sources); `label` names the thing (an agreement's title, a post's town, an office), `kind` its kind
    (legation, embassy, state visit …). `value` is in `unit` (an ISO 4217 code, or `people`). `confidence` is
    between 0 and 1 with `reason`. `quote` is the passage, never part of the id and never embedded.

    >>> claim = Claim("peru", "mission.raised", "united-states", source="hsg-rdcr@f3c5354", when=When.parse("1920"))
    >>> claim.id == Claim("peru", "mission.raised", "united-states", source="hsg-rdcr@f3c5354",
    ...                   when=When.parse("1920"), confidence=0.5).id
    True
    """

    subject: str
    relation: str
    object: str | None = None
    label: str | None = None
    kind: str | None = None
    participants: tuple[Participant, ...] = ()
    when: When | None = None
    value: float | None = None
    unit: str | None = None
    modality: Modality = Modality.ASSERTED
    source: str = ""
    locator: str = ""
    published: Published = field(default_factory=Published)
    confidence: float = 1.0
    reason: str = ""
    document: str | None = None
    span: Span | None = None
    quote: str | None = None

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits of a hash of the content, without confidence and quotation."""
        published = self.published.when.edtf if self.published.when else None
        value = None if self.value is None else float(self.value)  # 5 and 5.0 are the same figure
        content = [
            self.subject, self.relation, self.object, self.label, self.kind,
            [[p.role, p.name, p.id] for p in self.participants],
            self.when.edtf if self.when else None, value, self.unit, self.modality.value,
            self.source, self.locator, published, self.document,
            [self.span.start, self.span.end] if self.span else None,
        ]  # fmt: skip
        packed = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        return blake2b(packed, digest_size=16).hexdigest()

    @property
    def parties(self) -> frozenset[str]:
        """The polities that the claim is about."""
        return frozenset(p for p in (self.subject, self.object) if p)

    def participant(self, role: str) -> Participant | None:
        """The first who took part as `role`, or None."""
        return next((p for p in self.participants if p.role == role), None)

    def but(self, **changes: Any) -> Claim:
        """A copy with some fields changed, and so another id."""
        return replace(self, **changes)
