"""The answers of queries as JSON: a brief, one relation, a timeline, what is new, judgements, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Self

from pydantic import Field

from comity import model
from comity.present import meanings as wording
from comity.present.shapes.records import Claim, Conflict, Event, Judgement, UsedSource, When
from comity.present.shapes.shape import Shape, only_if_asked
from comity.query import ask, diff, dossier, explain, link, missions, spells, timeline
from comity.query import judgements as judging
from comity.query import status as standing
from comity.reconcile.events import evidence


class Status(Shape):
    """The state of relations on a day."""

    state: str
    since: When | None
    until: When | None
    certainty: str
    alternative: str | None
    absent: list[str]
    basis: list[Event]
    next: Event | None

    @classmethod
    def of(cls, status: standing.Status) -> Self:
        """The state of relations with what it rests on."""
        return cls(
            state=status.state.value, since=When.maybe(status.since), until=When.maybe(status.until),
            certainty=status.certainty.value, alternative=status.alternative.value if status.alternative else None,
            absent=[polity.id for polity in status.absent], basis=Event.each(status.basis),
            next=Event.maybe(status.next),
        )  # fmt: skip


class StandIn(Shape):
    """A predecessor or successor that stands in for a party that was no state, and its status."""

    polity: str
    status: Status


class Mission(Shape):
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

    @classmethod
    def of(cls, mission: missions.Mission) -> Self:
        """A mission with the events that it rests on."""
        return cls(
            owner=mission.owner, host=mission.host, rank=mission.rank, since=When.maybe(mission.since),
            certainty=mission.certainty.value, basis=Event.each(mission.basis),
            ended_by=Event.maybe(mission.ended_by), headed_by=Event.maybe(mission.headed_by),
            renewed_by=Event.maybe(mission.renewed_by), doubtful=Event.maybe(mission.doubtful),
        )  # fmt: skip


class Chief(Shape):
    """The chief of a mission on the day."""

    owner: str
    host: str
    name: str
    id: str | None
    rank: str | None
    since: When | None
    until: When | None
    basis: list[Event]

    @classmethod
    def of(cls, chief: missions.Chief) -> Self:
        """A chief of mission with the reception and, where one is recorded, the departure."""
        return cls(
            owner=chief.owner, host=chief.host, name=chief.person.name, id=chief.person.id, rank=chief.rank,
            since=When.maybe(chief.received.when), until=When.maybe(chief.left.when) if chief.left else None,
            basis=Event.each(chief.events()),
        )  # fmt: skip


class Life(Shape):
    """A party as a state: when it was one, and whether it was on the day."""

    polity: str
    name: str
    lifespans: list[When]
    note: str
    existed: str
    events: list[Event]

    @classmethod
    def of(cls, life: dossier.Life) -> Self:
        """A party's lifespans and the events of its statehood."""
        return cls(
            polity=life.polity.id, name=life.polity.name,
            lifespans=[When.of(span) for span in life.polity.lifespans], note=life.polity.note,
            existed=life.existed.value, events=Event.each(life.events),
        )  # fmt: skip


class Kin(Shape):
    """A predecessor or successor of a party, and its events with the other party."""

    polity: str
    role: str
    of: str
    events: list[Event]


class Explanation(Shape):
    """The evidence for an answer, judgements of it, and what would change it; the claims by id."""

    weighed: list[Weighed]
    judgements: list[Judgement]
    changes: list[Without]
    turning: list[str]
    claims: dict[str, Claim]

    @classmethod
    def of(cls, explanation: explain.Explanation | None, sources: Mapping[str, model.Source]) -> Self | None:
        """The reasons for an answer, if they are explained."""
        if explanation is None:
            return None
        changed = evidence(event for change in explanation.changes for event in change.answer.evidence)
        claims = {claim.id: claim for claim in (*(weighed.claim for weighed in explanation.weighed), *changed)}
        return cls(
            weighed=[Weighed(claim=each.claim.id, weight=each.weight.value) for each in explanation.weighed],
            judgements=[Judgement.of(judgement) for judgement in explanation.judgements],
            changes=[
                Without(
                    kind=change.kind,
                    id=change.id,
                    status=change.answer.status,
                    certainty=change.answer.certainty,
                    since=When.maybe(change.answer.since),
                    until=When.maybe(change.answer.until),
                )
                for change in explanation.changes
            ],
            turning=list(explanation.turning),
            claims=Claim.by_id(claims.values(), sources),
        )


class Weighed(Shape):
    """The weight of a claim in an answer: leads, same, supports, before, preferred or against."""

    claim: str
    weight: str


class Without(Shape):
    """What the answer would be without a claim, all claims of a source's edition, or a person's judgement."""

    kind: str
    id: str
    status: str
    certainty: str
    since: When | None
    until: When | None


class Answer(Shape):
    """Whether one relation held on a day, on what evidence, and what contradicts it."""

    subject: str
    object: str
    relation: str
    as_of: str
    known_by: str | None
    status: str
    since: When | None
    until: When | None
    certainty: str
    value: float | None
    unit: str | None
    covered_until: str | None
    evidence: list[Claim]
    conflicts: list[Conflict]
    explanation: Explanation | None = only_if_asked()

    @classmethod
    def of(
        cls, answer: ask.Answer, sources: Mapping[str, model.Source], explained: explain.Explanation | None = None
    ) -> Self:
        """The answer of `ask`, with the reasons for it if they are explained."""
        subject, object = answer.pair.polities
        return cls(
            subject=subject.id, object=object.id, relation=answer.relation, as_of=answer.pair.asked.edtf,
            known_by=_edtf(answer.pair.known_by), status=answer.status, since=When.maybe(answer.since),
            until=When.maybe(answer.until), certainty=answer.certainty, value=answer.value, unit=answer.unit,
            covered_until=_day(answer.covered_until),
            evidence=[Claim.of(claim, sources) for claim in evidence(answer.evidence)],
            conflicts=Conflict.each(answer.conflicts), explanation=Explanation.of(explained, sources),
        )  # fmt: skip


class Spell(Shape):
    """A lane of a pair or polity in one state from one date to another."""

    lane: str
    subject: str
    object: str | None
    state: str
    label: str | None
    start: When | None
    by_then: bool
    end: When | None
    certainty: str
    covered_until: str | None
    basis: str
    claims: list[str]
    contested_by: list[str]

    @classmethod
    def of(cls, spell: spells.Spell) -> Self:
        """A spell, with its claims by id."""
        return cls(
            lane=spell.lane, subject=spell.subject, object=spell.object, state=spell.state, label=spell.label,
            start=When.maybe(spell.start), by_then=spell.by_then, end=When.maybe(spell.end), certainty=spell.certainty,
            covered_until=_day(spell.covered_until), basis=spell.basis,
            claims=[claim.id for claim in spell.claims], contested_by=[claim.id for claim in spell.contested_by],
        )  # fmt: skip


class Timeline(Shape):
    """The events of two polities in order of time, and the claims by id."""

    subject: str
    object: str
    begin: str | None = Field(serialization_alias="from")
    end: str | None = Field(serialization_alias="to")
    known_by: str | None
    choices: list[str]
    events: list[Event]
    claims: dict[str, Claim]
    judgements: list[Judgement] | None = only_if_asked()

    @classmethod
    def of(cls, timeline: timeline.Timeline, judgements: Sequence[model.Judgement] | None = None) -> Self:
        """The events of a timeline, with the judgements of their claims if they are explained."""
        subject, object = timeline.pair.polities
        return cls(
            subject=subject.id, object=object.id, begin=_edtf(timeline.begin), end=_edtf(timeline.end),
            known_by=_edtf(timeline.pair.known_by), choices=list(timeline.pair.choices),
            events=Event.each(timeline.events), claims=Claim.by_id(evidence(timeline.events), timeline.sources),
            judgements=None if judgements is None else [Judgement.of(judgement) for judgement in judgements],
        )  # fmt: skip


class Dossier(Shape):
    """All about two polities on a day; each list of events has those that may have happened by then."""

    subject: str
    object: str
    as_of: str
    known_by: str | None
    choices: list[str]
    status: Status
    stand_ins: list[StandIn]
    missions: list[Mission]
    chiefs: list[Chief]
    history: list[Event]
    later: list[Event]
    states: list[Life]
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
    explanation: Explanation | None = only_if_asked()

    @classmethod
    def of(cls, dossier: dossier.Dossier, explained: explain.Explanation | None = None) -> Self:
        """A dossier: its sections as events that name their claims, the claims by id, and the sources."""
        subject, object = dossier.pair.polities
        used = list(dossier.claims())
        return cls(
            subject=subject.id,
            object=object.id,
            as_of=dossier.pair.asked.edtf,
            known_by=_edtf(dossier.pair.known_by),
            choices=list(dossier.pair.choices),
            status=Status.of(dossier.status),
            stand_ins=[StandIn(polity=each.polity.id, status=Status.of(each.status)) for each in dossier.stand_ins],
            missions=[Mission.of(mission) for mission in dossier.missions],
            chiefs=[Chief.of(chief) for chief in dossier.chiefs],
            history=Event.each(dossier.history),
            later=Event.each(dossier.later),
            states=[Life.of(life) for life in dossier.lives],
            kin=[
                Kin(
                    polity=relative.polity.id,
                    role="predecessor" if relative.before else "successor",
                    of=relative.of.id,
                    events=Event.each(relative.events),
                )
                for relative in dossier.kin
            ],
            alliances=Event.each(dossier.alliances),
            strife=Event.each(dossier.strife),
            borders=Event.each(dossier.borders),
            agreements=Event.each(dossier.agreements),
            figures=Event.each(dossier.figures),
            visits=Event.each(dossier.visits),
            posts=Event.each(event for post in dossier.posts for event in post.events),
            in_office=Event.each(dossier.in_office),
            others=Event.each(dossier.others),
            conflicts=Conflict.each(dossier.conflicts),
            claims=Claim.by_id(used, dossier.sources),
            sources=[
                UsedSource.of(
                    source, held=dossier.held.get(edition, 0), used=sum(claim.source == edition for claim in used)
                )
                for edition, source in dossier.sources.items()
            ],
            explanation=Explanation.of(explained, dossier.sources),
        )


class Known(Shape):
    """The state of relations as known at some time."""

    state: str
    since: When | None


class Change(Shape):
    """An event with what is new about it, and its earlier form."""

    news: str
    event: Event
    before: Event | None


class Changes(Shape):
    """What is new for one set of parties; `status` has the status as known before and after, or is empty."""

    parties: list[str]
    status: list[Known]
    events: list[Change]
    disputed: list[Conflict]

    @classmethod
    def of(cls, changes: diff.Changes) -> Self:
        """What is new, event by event."""
        return cls(
            parties=sorted(changes.parties),
            status=[Known(state=status.state.value, since=When.maybe(status.since)) for status in changes.status or ()],
            events=[
                Change(news=change.news.value, event=Event.of(change.event), before=Event.maybe(change.before))
                for change in changes.events
            ],
            disputed=Conflict.each(changes.disputed),
        )


class Diff(Shape):
    """What became known since a day, and the claims by id."""

    since: str
    changes: list[Changes]
    claims: dict[str, Claim]

    @classmethod
    def of(cls, difference: diff.Diff, since: str) -> Self:
        """What became known since the day or version as it was written."""
        news = [change for changes in difference.changes for change in changes.events]
        events = [*(change.event for change in news), *(change.before for change in news if change.before)]
        return cls(
            since=since,
            changes=[Changes.of(changes) for changes in difference.changes],
            claims=Claim.by_id(evidence(events), difference.sources),
        )


class Judged(Judgement):
    """A judgement, and what took it back or replaced it."""

    gone: Judgement | None


class Register(Shape):
    """Judgements, and the claims that they judge by id."""

    judgements: list[Judged]
    claims: dict[str, Claim]

    @classmethod
    def of(cls, register: judging.Register) -> Self:
        """The judgements of a register; claims that are not in the ledger are left out."""
        ids = sorted({id for entry in register.judged for id in entry.judgement.claims} & register.claims.keys())
        return cls(
            judgements=[
                Judged.of(entry.judgement, gone=Judgement.of(entry.gone) if entry.gone else None)
                for entry in register.judged
            ],
            claims=Claim.by_id((register.claims[id] for id in ids), register.sources),
        )


class Candidate(Shape):
    """One thing that words may mean, with its weight and the reason."""

    kind: str
    meant: str
    name: str
    also: list[str]
    weight: float
    polities: list[str]
    when: When | None
    office: str | None
    claims: list[str]
    why: str


class Links(Shape):
    """What words may mean on a day, the likeliest first; `more` candidates are left out."""

    text: str
    as_of: When | None
    candidates: list[Candidate]
    more: int

    @classmethod
    def of(cls, linked: link.Linked) -> Self:
        """The candidates for what words may mean."""
        return cls(
            text=linked.words, as_of=When.maybe(linked.on), candidates=list(_candidates(linked)), more=linked.more
        )


def _candidates(linked: link.Linked) -> Iterator[Candidate]:
    for each in linked.links:
        candidate = each.candidate
        yield Candidate(
            kind=each.kind,
            meant=candidate.meant,
            name=wording.name(each),
            also=list(candidate.also),
            weight=candidate.weight,
            polities=list(candidate.polities),
            when=When.maybe(candidate.when),
            office=candidate.office or None,
            claims=[claim.id for claim in candidate.claims],
            why=wording.why(each, linked.on),
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _edtf(when: model.When | None) -> str | None:
    return when.edtf if when else None
