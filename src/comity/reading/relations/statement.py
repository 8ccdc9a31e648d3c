"""A statement of a sentence, before it becomes a claim of a document."""

from __future__ import annotations

from dataclasses import dataclass

from comity.model import Modality, Participant, When
from comity.reading.calibration import calibrated
from comity.reading.grammar.date_scope import Governing
from comity.reading.parties.context import Parties


@dataclass(frozen=True, slots=True)
class Said:
    """A relation between parties, the date that governs it, and the `pattern` by which it was read.

    `trigger` is the token of the verb or noun that states it, where one does.
    """

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
    trigger: int | None = None

    @property
    def when(self) -> When | None:
        """The date, if the sentence has one."""
        return self.governing.dated.when if self.governing else None

    @property
    def content(self) -> tuple[object, ...]:
        """The key by which two readings of a sentence are duplicates."""
        when = self.when
        return (
            self.relation, self.parties.subject, self.parties.object, when and when.edtf, self.modality,
            self.kind, self.label, self.value, self.participants,
        )  # fmt: skip

    @property
    def score(self) -> float:
        """The raw score: the product of the certainties of the pattern, the date and the parties."""
        dated = self.governing.certainty if self.governing else 1.0
        return round(self.confidence * dated * self.parties.certainty, 2)

    def judged(self) -> tuple[float, str]:
        """The calibrated confidence in the reading, and the reasons."""
        why = self.governing.reason if self.governing else "the text gives no date"
        reasons = [f"pattern {self.pattern}", why, self.parties.reason]
        return calibrated(self.score), "; ".join(part for part in reasons if part)
