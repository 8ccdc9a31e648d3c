"""A page under check: its sentences and claims, the day it is read, and what the ledger holds of the same pairs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from comity.ledger import View
from comity.model import Claim, Document, Modality, Span
from comity.query.pair import ruled
from comity.reading import read
from comity.reading.text.passages import Passage, passages
from comity.reading.text.sentences import sentences
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import Event, gather
from comity.reconcile.offices import OFFICES, Holders, in_office, is_present
from comity.reconcile.rulings import Rulings


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page's prose: where it stands, its clean text, and the number of its paragraph."""

    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True)
class Page:
    """A document with what is asked of it on `day`; what is costly is found once, when first asked for."""

    document: Document
    day: date
    view: View = field(repr=False)
    _events: dict[frozenset[str], list[Event]] = field(default_factory=dict, init=False, repr=False)
    _own: dict[int, tuple[Claim, ...]] = field(default_factory=dict, init=False, repr=False)
    _conflicts: dict[frozenset[str], list[Conflict]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def rulings(self) -> Rulings:
        """What persons say of claims."""
        return ruled(self.view)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the page says, in the order of the text."""
        return tuple(sorted(read(self.document), key=lambda claim: (claim.span or Span(0, 0), claim.relation)))

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """Its prose, a paragraph each."""
        return tuple(passage for passage in passages(self.document) if passage.kind == "prose")

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of its prose; boilerplate and headings are left out."""
        return tuple(
            Sentence(passage.span(start, end), passage.text[start:end], number)
            for number, passage in enumerate(self.paragraphs)
            for start, end in sentences(passage.text)
        )

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two polities of whom the page says something, each once."""
        found = {(c.subject, c.object): None for c in self.claims if c.object}
        return tuple({frozenset(pair): pair for pair in found if pair[0] != pair[1]}.values())

    @cached_property
    def _held(self) -> dict[frozenset[str], list[Claim]]:
        """What the ledger holds of all pairs that the page names, but for what was read from this very text."""
        own = {claim.source for claim in self.claims if claim.source.startswith("document@")}
        held: dict[frozenset[str], list[Claim]] = defaultdict(list)
        for claim in self.view.pairs(self.pairs):
            if claim.source not in own:
                held[claim.parties].append(claim)
        return held

    @cached_property
    def _said(self) -> dict[frozenset[str], list[Claim]]:
        said: dict[frozenset[str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            said[claim.parties].append(claim)
        return said

    def held(self, pair: Collection[str]) -> list[Claim]:
        """What the ledger holds of two polities, but for what was read from this very text."""
        return self._held.get(frozenset(pair), [])

    def events(self, pair: tuple[str, str]) -> list[Event]:
        """What page and ledger tell of two polities, as events."""
        key = frozenset(pair)
        if key not in self._events:
            self._events[key] = gather([*self.said(pair), *self.held(pair)], self.rulings)
        return self._events[key]

    def conflicts(self, pair: tuple[str, str]) -> list[Conflict]:
        """Where page and ledger, or one of them within itself, tell of two polities what can't both be so."""
        key = frozenset(pair)
        if key not in self._conflicts:
            self._conflicts[key] = conflicts(self.events(pair), self.rulings)
        return self._conflicts[key]

    def said(self, pair: Collection[str]) -> list[Claim]:
        """What the page itself says of two polities."""
        return self._said.get(frozenset(pair), [])

    def own(self, event: Event) -> tuple[Claim, ...]:
        """Those of an event's claims that the page makes; of events that `events` has given."""
        if id(event) not in self._own:
            self._own[id(event)] = tuple(claim for claim in event.claims if claim.id in self.ids)
        return self._own[id(event)]

    def within(self, places: Iterable[Span]) -> tuple[Claim, ...]:
        """The claims that are made wholly within any of some places, in the order of the text."""
        numbers = {number for place in places for number in self._made_in(place)}
        return tuple(self.claims[number] for number in sorted(numbers))

    def _made_in(self, place: Span) -> Iterator[int]:
        """The places, among the claims, of those made wholly within one: they stand in the order of their spans."""
        for number in range(bisect_left(self._starts, place.start), bisect_right(self._starts, place.end)):
            span = self.claims[number].span
            if span and place.contains(span):
                yield number

    @cached_property
    def _starts(self) -> list[int]:
        return [claim.span.start if claim.span else 0 for claim in self.claims]

    @cached_property
    def offices(self) -> dict[str, Holders]:
        """Of each polity of which the page tells under whose government it is, who is met in an office by the day."""
        polities = {polity for claim in self.present if any(in_office(claim)) for polity in claim.parties}
        told: dict[str, list[Claim]] = {polity: [] for polity in polities}
        for claim in self.view.subjects(sorted(polities), OFFICES):
            told[claim.subject].append(claim)
        return {polity: Holders(claims, polity, self.day) for polity, claims in told.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the page's claims."""
        return frozenset(claim.id for claim in self.claims)

    @cached_property
    def present(self) -> tuple[Claim, ...]:
        """What the page states as so when it is read: in the present tense, with no date."""
        return tuple(filter(is_present, self.claims))

    @cached_property
    def newest(self) -> date | None:
        """The last day that the page tells of as past, or on which it was published: it is no older than that."""
        days = [c.when.latest for c in self.claims if c.when and c.modality is Modality.ASSERTED]
        if self.document.published.when:
            days.append(self.document.published.when.latest)
        return max((day for day in days if day <= self.day), default=None)


def spans(claims: tuple[Claim, ...]) -> tuple[Span, ...]:
    """The places of claims, each once, in order."""
    return tuple(sorted({claim.span for claim in claims if claim.span}))
