"""What a page says, as a test states it, and whether a claim says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.model import Claim
from comity.relations import relation

ANY = "*"


@dataclass(frozen=True, slots=True)
class Row:
    """`when` is EDTF or empty; `words` stand in the passage, `holds` in what the claim names; `*` is anything."""

    relation: str
    subject: str
    object: str | None
    when: str
    words: str
    holds: str = ""
    modality: str = "asserted"

    def is_said_by(self, claim: Claim) -> bool:
        """Whether a claim says it; what two do to each other either way round."""
        rows = [self, replace(self, subject=self.object or "", object=self.subject)]
        return any(row._is(claim) for row in rows[: 1 + relation(self.relation).symmetric])

    def _is(self, claim: Claim) -> bool:
        named = [claim.label or "", claim.kind or "", *(f"{p.role} {p.name}" for p in claim.participants)]
        return (
            claim.relation == self.relation
            and self.subject in (ANY, claim.subject)
            and self.object in (ANY, claim.object)
            and self.when in (ANY, claim.when.edtf if claim.when else "")
            and claim.modality.value == self.modality
            and self.words in (claim.quote or "")
            and self.holds.lower() in " | ".join(named).lower()
        )
