"""What a sentence says, before it is a claim of a document."""

from __future__ import annotations

from dataclasses import dataclass

from comity.model import Modality, Participant, When
from comity.reading.context import Parties
from comity.reading.owning import Governing


@dataclass(frozen=True, slots=True)
class Said:
    """A relation between parties, the date that governs it, and the `pattern` by which it was read."""

    pattern: str
    relation: str
    parties: Parties
    governing: Governing | None
    modality: Modality = Modality.ASSERTED
    confidence: float = 0.95
    kind: str | None = None
    label: str | None = None
    value: float | None = None
    unit: str | None = None
    participants: tuple[Participant, ...] = ()

    @property
    def when(self) -> When | None:
        """When it was, if the sentence says so."""
        return self.governing.dated.when if self.governing else None

    @property
    def content(self) -> tuple[object, ...]:
        """What makes it the same as another reading of the sentence."""
        when = self.when
        return (
            self.relation, self.parties.subject, self.parties.object, when and when.edtf, self.modality,
            self.kind, self.label, self.value, self.participants,
        )  # fmt: skip

    def judged(self) -> tuple[float, str]:
        """How sure the reading is, and why: by its pattern, its date and its parties."""
        dated = self.governing.certainty if self.governing else 1.0
        sure = self.confidence * dated * self.parties.certainty
        why = self.governing.reason if self.governing else "the text gives no date"
        said = [f"pattern {self.pattern}", why, self.parties.reason]
        return round(sure, 2), "; ".join(part for part in said if part)
