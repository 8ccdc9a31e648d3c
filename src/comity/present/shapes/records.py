"""What is in the ledger, as JSON: claims, events, sources, polities, terms, judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Generic, Self

from comity import model
from comity.present.event_sentences import sentence
from comity.present.shapes.shape import Shape, T
from comity.reconcile import conflicts, events
from comity.relations import Relation


class When(Shape):
    """A date as precise as its source, in EDTF; `earliest` and `latest` are its days, null at an open end."""

    edtf: str
    earliest: str | None
    latest: str | None

    @classmethod
    def of(cls, when: model.When) -> Self:
        """A date with its first and last day.

        >>> When.of(model.When.parse("1902/..")).as_json()
        {'edtf': '1902/..', 'earliest': '1902-01-01', 'latest': None}
        """
        return cls(
            edtf=when.edtf,
            earliest=None if when.earliest == date.min else when.earliest.isoformat(),
            latest=None if when.latest == date.max else when.latest.isoformat(),
        )

    @classmethod
    def maybe(cls, when: model.When | None) -> Self | None:
        """A date, or null when there is none."""
        return cls.of(when) if when else None


class Participant(Shape):
    """Who took part, as what, and the source's id for them."""

    role: str
    name: str
    id: str | None


class ClaimSource(Shape):
    """Where a claim is made: the source's edition, and the place in it."""

    id: str
    title: str
    published: str | None
    published_basis: str
    locator: str


class Span(Shape):
    """A passage of a text: its first character and the one after its last, in Unicode characters."""

    start: int
    end: int
    text: str | None


class Claim(Shape):
    """One dated statement about polities by one source."""

    id: str
    document: str | None
    subject: str
    relation: str
    object: str | None
    label: str | None
    kind: str | None
    participants: list[Participant]
    when: When | None
    value: float | None
    unit: str | None
    modality: str
    source: ClaimSource
    span: Span | None
    confidence: float
    reason: str

    @classmethod
    def of(cls, claim: model.Claim, sources: Mapping[str, model.Source]) -> Self:
        """A claim with its source's title; a document that was read is its own."""
        source, published = sources.get(claim.source), claim.published
        return cls(
            id=claim.id,
            document=claim.document,
            subject=claim.subject,
            relation=claim.relation,
            object=claim.object,
            label=claim.label,
            kind=claim.kind,
            participants=[Participant(role=who.role, name=who.name, id=who.id) for who in claim.participants],
            when=When.maybe(claim.when),
            value=claim.value,
            unit=claim.unit,
            modality=claim.modality.value,
            source=ClaimSource(
                id=claim.source,
                title=source.title if source else claim.document or "",
                published=published.when.edtf if published.when else None,
                published_basis=published.basis.value,
                locator=claim.locator,
            ),
            span=Span(start=claim.span.start, end=claim.span.end, text=claim.quote) if claim.span else None,
            confidence=claim.confidence,
            reason=claim.reason,
        )

    @classmethod
    def by_id(cls, claims: Iterable[model.Claim], sources: Mapping[str, model.Source]) -> dict[str, Self]:
        """Claims by their ids, which the rest of an answer names."""
        return {claim.id: cls.of(claim, sources) for claim in claims}


class Event(Shape):
    """What happened, with a sentence and the ids of its claims, the leading one first."""

    relation: str
    subject: str
    object: str | None
    kind: str | None
    label: str | None
    when: When | None
    modality: str
    sentence: str
    claims: list[str]
    support: list[str]

    @classmethod
    def of(cls, event: events.Event) -> Self:
        """An event with its sentence and the ids of its claims."""
        return cls(
            relation=event.relation, subject=event.subject, object=event.object, kind=event.kind, label=event.label,
            when=When.maybe(event.when), modality=event.modality.value, sentence=sentence(event),
            claims=[claim.id for claim in event.claims], support=[claim.id for claim in event.support],
        )  # fmt: skip

    @classmethod
    def maybe(cls, event: events.Event | None) -> Self | None:
        """An event, or null when there is none."""
        return cls.of(event) if event else None

    @classmethod
    def each(cls, events: Iterable[events.Event]) -> list[Self]:
        """Events in their order."""
        return [cls.of(event) for event in events]


class Conflict(Shape):
    """Two claims that can't both be true, the preferred one first; their subject and the rule applied."""

    claims: list[str]
    about: str
    rule: str
    preferred: When | None
    other: When | None

    @classmethod
    def each(cls, conflicts: Iterable[conflicts.Conflict]) -> list[Self]:
        """Contradictions in their order."""
        return [
            cls(
                claims=[conflict.preferred.claims[0].id, conflict.other.claims[0].id],
                about=conflict.about,
                rule=conflict.rule,
                preferred=When.maybe(conflict.preferred.when),
                other=When.maybe(conflict.other.when),
            )
            for conflict in conflicts
        ]


class Source(Shape):
    """An edition of a source, as it is cited."""

    id: str
    title: str
    publisher: str
    licence: str
    repository: str
    commit: str
    commit_date: str
    homepage: str
    references: list[str]

    @classmethod
    def of(cls, source: model.Source, **counts: int) -> Self:
        """A source as it is cited, with how many claims of it there are, for the shapes that have this."""
        return cls(
            id=source.edition,
            title=source.title,
            publisher=source.publisher,
            licence=source.licence,
            repository=source.repository,
            commit=source.commit,
            commit_date=source.commit_date,
            homepage=source.homepage,
            references=list(source.references),
            **counts,
        )


class HeldSource(Source):
    """A source with how many of its claims are in the ledger."""

    held: int


class UsedSource(HeldSource):
    """A source with how many of its claims the answer uses."""

    used: int


class Name(Shape):
    """A name that a polity bore: short, long, demonym, alias or capital; `when` is null for always."""

    text: str
    kind: str
    when: When | None


class Code(Shape):
    """A polity's code in a scheme (ISO 3166, Correlates of War, Wikidata …); `when` is null for always."""

    scheme: str
    value: str
    when: When | None


class Polity(Shape):
    """An identity through time: its lifespans, names, codes, predecessors and successors."""

    id: str
    name: str
    lifespans: list[When]
    names: list[Name]
    codes: list[Code]
    predecessors: list[str]
    successors: list[str]
    note: str

    @classmethod
    def of(cls, polity: model.Polity) -> Self:
        """A polity with all its names and codes."""
        return cls(
            id=polity.id, name=polity.name, lifespans=[When.of(span) for span in polity.lifespans],
            names=[Name(text=name.text, kind=name.kind, when=When.maybe(name.when)) for name in polity.names],
            codes=[Code(scheme=code.scheme, value=code.value, when=When.maybe(code.when)) for code in polity.codes],
            predecessors=list(polity.predecessors), successors=list(polity.successors), note=polity.note,
        )  # fmt: skip


class Term(Shape):
    """A term of the vocabulary, with its mappings to CAMEO and Wikidata, empty where there is none."""

    id: str
    family: str
    definition: str
    domain: str
    range: str
    symmetric: bool
    starts: str
    ends: str
    cameo: str
    wikidata: str

    @classmethod
    def of(cls, term: Relation) -> Self:
        """A term as its relation defines it."""
        return cls(
            id=term.id, family=term.family, definition=term.definition, domain=term.domain, range=term.range,
            symmetric=term.symmetric, starts=term.starts, ends=term.ends, cameo=term.cameo, wikidata=term.wikidata,
        )  # fmt: skip


class Judgement(Shape):
    """A judgement of claims by a rule or a person; `dated` is null if a rule made it for this answer only."""

    id: str
    verdict: str
    claims: list[str]
    retracts: str | None
    about: str
    by: str
    is_rule: bool
    dated: str | None
    why: str

    @classmethod
    def of(cls, judgement: model.Judgement, **more: Any) -> Self:
        """A judgement with the ids of its claims, or of the judgement that it takes back."""
        return cls(
            id=judgement.id,
            verdict=judgement.verdict.value,
            claims=list(judgement.claims),
            retracts=judgement.first if judgement.verdict is model.Verdict.RETRACTS else None,
            about=judgement.about,
            by=judgement.by,
            is_rule=judgement.by_rule,
            dated=judgement.dated.isoformat() if judgement.dated else None,
            why=judgement.why,
            **more,
        )


class Page(Shape, Generic[T]):
    """A part of a list; `next` is the cursor for the items that follow, null when there are none."""

    items: list[T]
    next: str | None
