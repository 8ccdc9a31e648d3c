"""Numbered notes: each place of a source once, by the order in which a text first cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.model import Claim, Polity, PublishedBasis
from comity.present.sentences import sentence
from comity.present.words import day
from comity.reconcile.events import Event

GAZETTEER = "comity's gazetteer of polities"
MANY = 5  # places cited for one sentence; JSON names every claim
_BASES = {
    PublishedBasis.STATED: "as it states",
    PublishedBasis.COMMIT: "the day of its pinned commit",
    PublishedBasis.GIVEN: "as given",
    PublishedBasis.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A place in a source: its edition and locator, when it said so, and the passage where it is at hand."""

    number: int
    edition: str
    locator: str
    published: str
    passage: str | None = None

    def __str__(self) -> str:
        said = f", {self.published}" if self.published else ""
        quoted = f" — “{self.passage}”" if self.passage else ""
        return f"{self.edition}, `{self.locator}`{said}{quoted}"


@dataclass(slots=True)
class Notes:
    """The notes of one text, numbered as it cites.

    `passages` are quotations by (source, locator), where the files of the source are at hand.
    """

    passages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _held: dict[tuple[str, str], Note] = field(default_factory=dict)

    def cite(self, claims: Iterable[Claim]) -> str:
        """The marks of the places where claims are made, the first few: ` [1][2]`; empty for none.

        >>> Notes().cite([Claim("peru", "recognition", source="x@1", locator="a"), Claim("peru", "war", source="x@1",
        ...                     locator="a")])
        ' [1]'
        """
        places = {(claim.source, claim.locator): claim for claim in claims}
        held = list(places.values())
        more = f"(+{len(held) - MANY})" if len(held) > MANY else ""
        return self._marks(self._numbered(claim) for claim in held[:MANY]) + more

    def tell(self, event: Event) -> str:
        """An event as a sentence with its marks."""
        return f"{sentence(event)}{self.cite(event.evidence)}"

    def polity(self, polity: Polity) -> str:
        """The mark of a polity's entry in the gazetteer, whose lifespan and lineage it gives."""
        key = (GAZETTEER, polity.id)
        if key not in self._held:
            self._held[key] = Note(len(self._held) + 1, GAZETTEER, f"polities.json#{polity.id}", polity.note)
        return self._marks([self._held[key].number])

    def __iter__(self) -> Iterator[Note]:
        return iter(self._held.values())

    def _numbered(self, claim: Claim) -> int:
        key = (claim.source, claim.locator)
        if key not in self._held:
            self._held[key] = self._note(claim)
        return self._held[key].number

    def _note(self, claim: Claim) -> Note:
        passage = self.passages.get((claim.source, claim.locator)) or claim.quote
        when, basis = claim.published.when, _BASES[claim.published.basis]
        said = f"published {day(when)}{f', {basis}' if basis else ''}" if when else "date of publication unknown"
        return Note(len(self._held) + 1, claim.document or claim.source, claim.locator, said, passage)

    def _marks(self, numbers: Iterable[int]) -> str:
        marks = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
        return f" {marks}" if marks else ""
