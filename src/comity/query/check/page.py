"""A page under check: its sentences and claims, the day it is read, and the ledger's claims about the same pairs."""

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
class PageSentence:
    """A sentence of a page's prose: its span, its clean text, and the number of its paragraph."""

    span: Span
    text: str
    paragraph: int


@dataclass(frozen=True)
class Page:
    """A document read on `day`, with what the rules need; costly parts are computed once, on first use."""

    document: Document
    day: date
    view: View = field(repr=False)
    _events: dict[frozenset[str], list[Event]] = field(default_factory=dict, init=False, repr=False)
    _own: dict[tuple[str, str], tuple[Claim, ...]] = field(default_factory=dict, init=False, repr=False)
    _conflicts: dict[frozenset[str], list[Conflict]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def rulings(self) -> Rulings:
        """The judgements of persons."""
        return ruled(self.view)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the page, in the order of the text."""
        return tuple(sorted(read(self.document), key=lambda claim: (claim.span or Span(0, 0), claim.relation)))

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """Its prose, a paragraph each."""
        return tuple(passage for passage in passages(self.document) if passage.kind == "prose")

    @cached_property
    def sentences(self) -> tuple[PageSentence, ...]:
        """Every sentence of its prose; boilerplate and headings are left out."""
        return tuple(
            PageSentence(passage.span(start, end), passage.text[start:end], number)
            for number, passage in enumerate(self.paragraphs)
            for start, end in sentences(passage.text)
        )

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair of polities that the page makes claims about, each once."""
        sides = {(c.subject, c.object): None for c in self.claims if c.object}
        return tuple({frozenset(pair): pair for pair in sides if pair[0] != pair[1]}.values())

    @cached_property
    def _stored(self) -> dict[frozenset[str], list[Claim]]:
        """The ledger's claims about all pairs of the page, without those read from this same text."""
        own = {claim.source for claim in self.claims if claim.source.startswith("document@")}
        claims: dict[frozenset[str], list[Claim]] = defaultdict(list)
        for claim in self.view.pairs(self.pairs):
            if claim.source not in own:
                claims[claim.parties].append(claim)
        return claims

    @cached_property
    def _own_claims(self) -> dict[frozenset[str], list[Claim]]:
        claims: dict[frozenset[str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            claims[claim.parties].append(claim)
        return claims

    def held(self, pair: Collection[str]) -> list[Claim]:
        """The ledger's claims about two polities, without those read from this same text."""
        return self._stored.get(frozenset(pair), [])

    def events(self, pair: tuple[str, str]) -> list[Event]:
        """The events between two polities, from page and ledger."""
        key = frozenset(pair)
        if key not in self._events:
            self._events[key] = gather([*self.said(pair), *self.held(pair)], self.rulings)
        return self._events[key]

    def conflicts(self, pair: tuple[str, str]) -> list[Conflict]:
        """The contradictions about two polities, in page and ledger together."""
        key = frozenset(pair)
        if key not in self._conflicts:
            self._conflicts[key] = conflicts(self.events(pair), self.rulings)
        return self._conflicts[key]

    def said(self, pair: Collection[str]) -> list[Claim]:
        """The page's own claims about two polities."""
        return self._own_claims.get(frozenset(pair), [])

    def own(self, event: Event) -> tuple[Claim, ...]:
        """The claims of an event that the page makes."""
        if event.key not in self._own:
            self._own[event.key] = tuple(claim for claim in event.claims if claim.id in self.ids)
        return self._own[event.key]

    def within(self, places: Iterable[Span]) -> tuple[Claim, ...]:
        """The claims that are made wholly within any of some places, in the order of the text."""
        numbers = {number for place in places for number in self._numbers_within(place)}
        return tuple(self.claims[number] for number in sorted(numbers))

    def _numbers_within(self, place: Span) -> Iterator[int]:
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
        """The office holders on the day, of each polity whose government the page mentions."""
        polities = {polity for claim in self.present if any(in_office(claim)) for polity in claim.parties}
        claims_of: dict[str, list[Claim]] = {polity: [] for polity in polities}
        for claim in self.view.subjects(sorted(polities), OFFICES):
            claims_of[claim.subject].append(claim)
        return {polity: Holders(claims, polity, self.day) for polity, claims in claims_of.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the page's claims."""
        return frozenset(claim.id for claim in self.claims)

    @cached_property
    def present(self) -> tuple[Claim, ...]:
        """The page's undated claims in the present tense, which hold when it is read."""
        return tuple(filter(is_present, self.claims))

    @cached_property
    def newest(self) -> date | None:
        """The latest past day in the page, or its publication: the page is not older than that."""
        days = [c.when.latest for c in self.claims if c.when and c.modality is Modality.ASSERTED]
        if self.document.published.when:
            days.append(self.document.published.when.latest)
        return max((day for day in days if day <= self.day), default=None)


def spans(claims: tuple[Claim, ...]) -> tuple[Span, ...]:
    """The places of claims, each once, in order."""
    return tuple(sorted({claim.span for claim in claims if claim.span}))
