"""The shapes of answers as JSON: returned by wire.py, described in docs/interfaces.md, declared in OpenAPI."""

from __future__ import annotations

import sys
from typing import Generic, TypeVar

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # pydantic, which makes OpenAPI's schemas of these, can't read the TypedDict of Python 3.11
    from typing_extensions import TypedDict

T = TypeVar("T")


class When(TypedDict):
    """A date as precise as its source, in EDTF; `earliest` and `latest` are its days, null at an open end."""

    edtf: str
    earliest: str | None
    latest: str | None


class Participant(TypedDict):
    """Who took part, as what, and the source's id for them."""

    role: str
    name: str
    id: str | None


class ClaimSource(TypedDict):
    """Where a claim is made: the source's edition, and the place in it."""

    id: str
    title: str
    published: str | None
    published_basis: str
    locator: str


class Span(TypedDict):
    """A passage of a text: its first character and the one after its last, in Unicode characters."""

    start: int
    end: int
    text: str | None


class Claim(TypedDict):
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


class Event(TypedDict):
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


class Conflict(TypedDict):
    """Two claims that can't both be true, the preferred one first; their subject and the rule applied."""

    claims: list[str]
    about: str
    rule: str
    preferred: When | None
    other: When | None


class Status(TypedDict):
    """The state of relations on a day."""

    state: str
    since: When | None
    until: When | None
    certainty: str
    alternative: str | None
    absent: list[str]
    basis: list[Event]
    next: Event | None


class StandIn(TypedDict):
    """A predecessor or successor that stands in for a party that was no state, and its status."""

    polity: str
    status: Status


class Mission(TypedDict):
    """The mission of `owner` with `host` on the day."""

    owner: str
    host: str
    rank: str | None
    since: When | None
    certainty: str
    basis: list[Event]
    ended_by: Event | None
    headed_by: Event | None
    renewed_by: Event | None
    doubtful: Event | None


class Chief(TypedDict):
    """The chief of a mission on the day."""

    owner: str
    host: str
    name: str
    id: str | None
    rank: str | None
    since: When | None
    until: When | None
    basis: list[Event]


class State(TypedDict):
    """A party as a state: when it was one, and whether it was on the day."""

    polity: str
    name: str
    lifespans: list[When]
    note: str
    existed: str
    events: list[Event]


class Kin(TypedDict):
    """A predecessor or successor of a party, and its events with the other party."""

    polity: str
    role: str
    of: str
    events: list[Event]


class Source(TypedDict):
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


class HeldSource(Source):
    """A source with how many of its claims are in the ledger."""

    held: int


class UsedSource(HeldSource):
    """A source with how many of its claims the answer uses."""

    used: int


class Asked(TypedDict):
    """The days of a question: the day asked about, and the latest publication date of the claims used."""

    as_of: str
    known_by: str | None


class Answer(Asked):
    """Whether one relation held on a day, on what evidence, and what contradicts it."""

    subject: str
    object: str
    relation: str
    status: str
    since: When | None
    until: When | None
    certainty: str
    value: float | None
    unit: str | None
    covered_until: str | None
    evidence: list[Claim]
    conflicts: list[Conflict]


Bounds = TypedDict("Bounds", {"from": str | None, "to": str | None})  # "from" is a word of Python's own


class Timeline(Bounds):
    """The events of two polities in order of time, and the claims by id."""

    subject: str
    object: str
    known_by: str | None
    choices: list[str]
    events: list[Event]
    claims: dict[str, Claim]


class Dossier(Asked):
    """All about two polities on a day; each list of events has those that may have happened by then."""

    subject: str
    object: str
    choices: list[str]
    status: Status
    stand_ins: list[StandIn]
    missions: list[Mission]
    chiefs: list[Chief]
    history: list[Event]
    later: list[Event]
    states: list[State]
    kin: list[Kin]
    alliances: list[Event]
    strife: list[Event]
    borders: list[Event]
    agreements: list[Event]
    figures: list[Event]
    visits: list[Event]
    posts: list[Event]
    in_office: list[Event]
    others: list[Event]
    conflicts: list[Conflict]
    claims: dict[str, Claim]
    sources: list[UsedSource]


class Named(TypedDict):
    """A name that a polity bore: short, long, demonym, alias or capital; `when` is null for always."""

    text: str
    kind: str
    when: When | None


class Code(TypedDict):
    """A polity's code in a scheme (ISO 3166, Correlates of War, Wikidata …); `when` is null for always."""

    scheme: str
    value: str
    when: When | None


class Polity(TypedDict):
    """An identity through time: its lifespans, names, codes, predecessors and successors."""

    id: str
    name: str
    lifespans: list[When]
    names: list[Named]
    codes: list[Code]
    predecessors: list[str]
    successors: list[str]
    note: str


class Term(TypedDict):
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


class Known(TypedDict):
    """The state of relations as known at some time."""

    state: str
    since: When | None


class Change(TypedDict):
    """An event with what is new about it, and its earlier form."""

    news: str
    event: Event
    before: Event | None


class Changes(TypedDict):
    """What is new for one set of parties; `status` has the status as known before and after, or is empty."""

    parties: list[str]
    status: list[Known]
    events: list[Change]
    disputed: list[Conflict]


class Diff(TypedDict):
    """What became known since a day, and the claims by id."""

    since: str
    changes: list[Changes]
    claims: dict[str, Claim]


class Place(TypedDict):
    """Characters of a text: the first, and the one after the last."""

    start: int
    end: int


class Finding(TypedDict):
    """What an editor should look at: a rule's finding, where it is, and the evidence for it."""

    code: str
    rule: str
    severity: str
    message: str
    document: str | None
    spans: list[Place]
    claims: list[str]
    evidence: list[Claim]
    suggestion: str | None


class Page(TypedDict, Generic[T]):
    """A part of a list; `next` is the cursor for the items that follow, null when there are none."""

    items: list[T]
    next: str | None


class Judgement(TypedDict):
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


class Weighed(TypedDict):
    """The weight of a claim in an answer: leads, same, supports, before, preferred or against."""

    claim: str
    weight: str


class Without(TypedDict):
    """What the answer would be without a claim, all claims of a source's edition, or a person's judgement."""

    kind: str
    id: str
    status: str
    certainty: str
    since: When | None
    until: When | None


class Explanation(TypedDict):
    """The evidence for an answer, judgements of it, and what would change it; the claims by id."""

    weighed: list[Weighed]
    judgements: list[Judgement]
    changes: list[Without]
    turning: list[str]
    claims: dict[str, Claim]
