"""Numbered notes: one for each place in a source, in the order of its first citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from comity.model import Claim, Modality, Polity, PublishedBasis
from comity.present.english import day
from comity.present.event_sentences import sentence, statement
from comity.present.inline import Line, code, noted
from comity.reconcile.events import Event
from comity.reconcile.independence import copied_from

GAZETTEER = "comity's gazetteer of polities"
MANY = 5  # the most places cited for one sentence; JSON lists every claim
_BASES = {
    PublishedBasis.STATED: "as it states",
    PublishedBasis.COMMIT: "the day of its pinned commit",
    PublishedBasis.GIVEN: "as given",
    PublishedBasis.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A place in a source: edition, locator, publication date, passage, origin of copied words, ids of its claims."""

    number: int
    edition: str
    locator: str
    published: str
    passage: str | None = None
    copied_from: str | None = None
    claims: list[str] = field(default_factory=list)

    def told(self) -> Line:
        """The place in words."""
        date = f", {self.published}" if self.published else ""
        quoted = f" — “{self.passage}”" if self.passage else ""
        copied = f", copied from {self.copied_from}" if self.copied_from else ""
        return f"{self.edition}, " + code(self.locator) + f"{copied}{date}{quoted}"


@dataclass(slots=True)
class Notes:
    """The notes of one text, numbered by first citation.

    `passages` are quotations by (source, locator), where the files of the source are available.
    """

    passages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    def cite(self, claims: Iterable[Claim]) -> Line:
        """The numbers of the first few places where claims are made, after a space; empty for no claims.

        >>> from comity.present.inline import plain
        >>> plain(Notes().cite([Claim("peru", "recognition", source="x@1", locator="a"), Claim("peru", "war",
        ...                           source="x@1", locator="a")]))
        ' [1]'
        """
        places: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            places.setdefault((claim.source, claim.locator), []).append(claim)
        more = f"(+{len(places) - MANY})" if len(places) > MANY else ""
        return noted(self._numbered(cited) for cited in list(places.values())[:MANY]) + more

    def tell(self, event: Event, remark: str = "") -> Line:
        """An event as a sentence, with a remark, and the numbers of its notes; a denial names them as who denies it."""
        cited = self.cite(event.evidence)
        if event.modality is Modality.DENIED and cited:
            return f"{statement(event)}, according to" + cited + "."
        return f"{sentence(event)}{remark}" + cited

    def polity(self, polity: Polity) -> Line:
        """The number of a polity's gazetteer entry, the source of its lifespan and lineage."""
        key = (GAZETTEER, polity.id)
        if key not in self._notes:
            self._notes[key] = Note(len(self._notes) + 1, GAZETTEER, f"polities.json#{polity.id}", polity.note)
        return noted([self._notes[key].number])

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def _numbered(self, claims: list[Claim]) -> int:
        """The number of the note for the place where these claims are made."""
        key = (claims[0].source, claims[0].locator)
        if key not in self._notes:
            self._notes[key] = self._note(claims[-1])
        note = self._notes[key]
        note.claims.extend(claim.id for claim in claims if claim.id not in note.claims)
        return note.number

    def _note(self, claim: Claim) -> Note:
        passage = self.passages.get((claim.source, claim.locator)) or claim.quote
        when, basis = claim.published.when, _BASES[claim.published.basis]
        published = f"published {day(when)}{f', {basis}' if basis else ''}" if when else "date of publication unknown"
        edition = claim.document or claim.source
        return Note(len(self._notes) + 1, edition, claim.locator, published, passage, copied_from(claim))
