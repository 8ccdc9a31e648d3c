"""Gathers claims into events, each led by the claim with the most precise date.

Theory
    Several sources, or several sentences of one, state the same act with different words and dates: "in 1826", "in May
    1826", "on 2 May 1826". They are one event. Equality of dates is too strict, and overlap is too loose: it is not
    transitive, since 2 May and 9 May both lie in May 1826 and are not one day. So claims are first put into groups by
    what must agree exactly (term, parties, modality, and the identity fields of the term), and within a group they
    are taken from the most precise date to the least. Each joins the first cluster whose leading claim has its date or
    a finer one within it; else it leads a cluster of its own. A coarse date can then join only one cluster, the
    earliest that it contains, and no cluster ever holds two dates that exclude each other. The order of the claims in
    the ledger makes no difference: ties are broken by confidence, source and id.

    Judgements of persons are applied last: they join clusters or keep a claim out of one, and no rule undoes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from comity.model import Certainty, Claim, Judgement, Modality, Participant, Source, Verdict, When
from comity.reconcile.independence import independent, repeats
from comity.reconcile.rulings import NONE, Rulings
from comity.reconcile.titles import titles
from comity.relations import Identity, relation
from comity.relations.diplomatic import RECOGNITION
from comity.relations.missions import ENVOY_APPOINTED, ENVOY_RECEIVED
from comity.sources.gazetteer import fold

_NO_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "dr", "senor", "don", "sir", "baron", "count"})
_PARAGRAPH = re.compile(r"/p\d+$")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, with every claim that states it.

    `claims` are ordered: the most precise date first, then the most confident; `when` is the first claim's.
    `support` are claims of an envoy's act that the event consisted in: credentials presented on the day on
    which relations began. `terms` are claims of the time in office of the leader under whom a mood is placed, when the
    mood itself has no date; `when` is then that time, or None if it may be one of several. `title` is that of
    the agreement which the claims only describe ("the new free trade agreement").
    """

    relation: str
    subject: str
    object: str | None
    when: When | None
    claims: tuple[Claim, ...]
    support: tuple[Claim, ...] = field(default=())
    terms: tuple[Claim, ...] = field(default=())
    title: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it among events: its term, and the id of its leading claim."""
        return self.relation, self.claims[0].id

    @property
    def kind(self) -> str | None:
        """The kind in the most precise claim that has one."""
        return next((claim.kind for claim in self.claims if claim.kind), None)

    @property
    def label(self) -> str | None:
        """The fullest label among the claims."""
        if self.title:
            return self.title
        labels = [claim.label for claim in self.claims if claim.label]
        return max(labels, key=len) if labels else None

    @property
    def person(self) -> Participant | None:
        """The first participant as the fullest claim names him or her: known by an id, else with the longest name."""
        persons = [claim.participants[0] for claim in self.claims if claim.participants]
        return max(persons, key=lambda person: (person.id is not None, len(person.name)), default=None)

    @property
    def modality(self) -> Modality:
        """Asserted, planned, reported or denied: the same for all its claims."""
        return self.claims[0].modality

    @property
    def parties(self) -> frozenset[str]:
        """The polities that it is about."""
        return self.claims[0].parties

    @property
    def evidence(self) -> tuple[Claim, ...]:
        """The claims that state it, then those that support it or give its time."""
        return (*self.claims, *self.support, *self.terms)

    def begun(self, day: date) -> Certainty:
        """Whether it had happened, or begun, by a day; POSSIBLY if its date is imprecise or missing."""
        if self.when is None or self.when.earliest <= day < self.when.begin_latest:
            return Certainty.POSSIBLY
        return Certainty.YES if self.when.begin_latest <= day else Certainty.NO

    def judgements(self, sources: Mapping[str, Source] = {}) -> Iterator[Judgement]:
        """Which claims the leading one refines, which corroborate it, and which only repeat it.

        `sources` give the publisher of each edition: only claims of different publishers are independent.
        """
        lead = self.claims[0]
        for claim in self.claims[1:]:
            if lead.when and claim.when and (lead.when.refines(claim.when) or _within(lead, claim)):
                yield Judgement.ruled(Verdict.REFINES, lead.id, claim.id, self.relation, "same event, finer date")
            elif independent(lead, claim, sources):
                yield Judgement.ruled(Verdict.CORROBORATES, claim.id, lead.id, self.relation, "same event, same date")
            else:
                how = "same passage" if repeats(lead, claim) else "same event, same voice"
                yield Judgement.ruled(Verdict.SAME_AS, claim.id, lead.id, self.relation, how)


def evidence(events: Iterable[Event]) -> tuple[Claim, ...]:
    """The claims of events, each once, in the events' order."""
    return tuple({claim.id: claim for event in events for claim in event.evidence}.values())


def record_of(locator: str) -> str:
    """The record that a locator's paragraph belongs to.

    >>> record_of("articles/peru.xml#recognition/1/p2")
    'articles/peru.xml#recognition/1'
    """
    return _PARAGRAPH.sub("", locator)


def gather(claims: Iterable[Claim], rulings: Rulings = NONE) -> list[Event]:
    """The events that claims state, in order of time; undated ones last.

    Two claims state one event if they have the same relation, parties and modality, the same kind, value or label
    where these identify the event, and if their dates are equal or one lies within the other. `rulings` are judgements
    of persons: two claims judged different are never one event, and two judged the same always are.
    """
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    gathered = list(claims)
    for claim in gathered:
        groups[_key(claim)].append(claim)
    meant = titles(gathered)
    clusters = [cluster for group in groups.values() for cluster in _clustered(group, rulings, meant)]
    if rulings:
        clusters = _joined(clusters, rulings)
    return sorted(_supported([_event(cluster, meant) for cluster in clusters]), key=order)


def order(event: Event) -> tuple[object, ...]:
    """By the last day on which it can have begun, then the first, then a fixed order, whoever came first.

    So a vague date stands behind the days within it: what began in 1905 may have ended in it.
    """
    when = event.when
    days = (when.begin_latest, when.earliest, when.latest) if when else ()
    return (when is None, *days, relation(event.relation).place_in_day, event.relation, event.claims[0].id)


def surname(name: str) -> str:
    """The surname of a person, folded: what two sources that name an envoy agree on.

    >>> surname("Reuben Earl Brigety II"), surname("Señor Solar"), surname("Jr.")
    ('brigety', 'solar', '')
    """
    words = [word for word in re.findall(r"\w+", fold(name)) if word not in _NO_SURNAMES]
    return words[-1] if words else ""


def _key(claim: Claim) -> tuple[object, ...]:
    term = relation(claim.relation)
    parties = (claim.parties,) if term.symmetric else (claim.subject, claim.object)
    by_label = Identity.LABEL in term.identity or claim.value is not None
    label = (claim.label or "").casefold() if by_label else ""
    person = surname(claim.participants[0].name) if Identity.PERSON in term.identity and claim.participants else ""
    return (claim.relation, parties, claim.modality, label, person, claim.value, claim.unit)


def _clustered(claims: list[Claim], rulings: Rulings, meant: Mapping[str, str]) -> list[list[Claim]]:
    """Claims of one key in clusters, an event each: a claim joins the first that takes it, the precise lead."""
    clusters = _Clusters(rulings, meant, numbered=any(_is_numbered(claim) and claim.label for claim in claims))
    for claim in sorted(claims, key=_precise_first):
        clusters.add(claim)
    return [cluster.claims for cluster in clusters.all]


@dataclass(slots=True)
class _Cluster:
    """Claims of one event, the leading one first; `kinds` has one claim for each kind and place among them."""

    claims: list[Claim]
    kinds: dict[tuple[object, ...], Claim] = field(default_factory=dict)

    def take(self, claim: Claim) -> None:
        """One more claim of the event."""
        self.claims.append(claim)
        self.kinds.setdefault(_kind_and_place(claim), claim)


class _Clusters:
    """The clusters of claims that are added in order, the most precise first.

    Comparing each claim with every cluster takes quadratic time if a text dates the same act on many different days.
    But a claim can join only a cluster whose leading date overlaps its own, and no later claim is more precise than
    any lead. So clusters are indexed by the width of their leading date and, within a width, sorted by its first day:
    those that overlap a date are one contiguous run of each width, and the runs together are in the order in which
    clusters were begun. Claims with the same date, label, kind and record always join the same cluster, since a
    cluster's lead never changes and new members only add conditions; so its cluster is remembered.
    """

    def __init__(self, rulings: Rulings, meant: Mapping[str, str], numbered: bool) -> None:
        self.all: list[_Cluster] = []
        self._rulings = rulings
        self._meant = meant
        self._numbered = numbered  # disputes are joined by their numbers too, whatever the kinds of members
        self._undated: dict[str | None, list[_Cluster]] = defaultdict(list)
        self._dated: dict[int, tuple[list[int], list[_Cluster]]] = defaultdict(lambda: ([], []))
        self._homes: dict[tuple[object, ...], _Cluster] = {}

    def add(self, claim: Claim) -> None:
        """Add a claim to the first cluster that accepts it, or to a new one."""
        alike = (claim.when, claim.label, claim.kind, record_of(claim.locator) if _is_titled(claim) else "")
        ruled = bool(self._rulings) and self._rulings.may_part(claim.id)
        home = None if ruled or self._numbered else self._homes.get(alike)
        if home is None:
            home = next((cluster for cluster in self._near(claim) if self._takes(cluster, claim, ruled)), None)
        if home is None:
            home = self._begun(claim)
        if not ruled:
            self._homes[alike] = home
        home.take(claim)

    def _near(self, claim: Claim) -> Iterator[_Cluster]:
        """The clusters whose leading date overlaps the claim's, in the order in which they were begun."""
        if claim.when is None:
            yield from self._undated[claim.label]
            return
        first, last = claim.when.reach
        for width, (firsts, clusters) in self._dated.items():
            yield from clusters[bisect_left(firsts, first - width) : bisect_right(firsts, last)]

    def _takes(self, cluster: _Cluster, claim: Claim, ruled: bool) -> bool:
        if ruled and self._rulings.parts((member.id for member in cluster.claims), claim.id):
            return False
        return _same_event(cluster, claim, self._meant)

    def _begun(self, claim: Claim) -> _Cluster:
        cluster = _Cluster([])
        self.all.append(cluster)
        if claim.when is None:
            self._undated[claim.label].append(cluster)
        else:
            first, last = claim.when.reach
            firsts, clusters = self._dated[last - first]
            firsts.append(first)
            clusters.append(cluster)
        return cluster


def _is_numbered(claim: Claim) -> bool:
    return Identity.NUMBER in relation(claim.relation).identity


def _is_titled(claim: Claim) -> bool:
    return Identity.TITLE in relation(claim.relation).identity


def _kind_and_place(claim: Claim) -> tuple[object, ...]:
    """What `_kinds_agree` compares: the place only where it distinguishes two of a kind."""
    term = relation(claim.relation)
    placed = Identity.TOWN in term.identity and claim.kind not in term.section_kinds and claim.label is not None
    return claim.kind, claim.label.casefold() if placed and claim.label else placed


def _joined(clusters: list[list[Claim]], rulings: Rulings) -> list[list[Claim]]:
    """The clusters, merged where persons judged two claims the same, unless that would join two judged different."""
    home = {claim.id: cluster for cluster in clusters for claim in cluster}
    for first, second in rulings.joined():
        target, absorbed = home.get(first), home.get(second)
        if target is None or absorbed is None or target is absorbed or not may_be_one(target[0], absorbed[0]):
            continue
        if not any(rulings.parts((member.id for member in target), claim.id) for claim in absorbed):
            target[:] = sorted((*target, *absorbed), key=_precise_first)
            home |= {claim.id: target for claim in absorbed}
            absorbed.clear()
    return [cluster for cluster in clusters if cluster]


def may_be_one(first: Claim, second: Claim) -> bool:
    """Whether two claims can be judged to state one event: the same relation, polities and modality."""
    sides = (first.parties, second.parties) if relation(first.relation).symmetric else (
        (first.subject, first.object), (second.subject, second.object)
    )  # fmt: skip
    return sides[0] == sides[1] and (first.relation, first.modality) == (second.relation, second.modality)


def _event(cluster: list[Claim], meant: Mapping[str, str]) -> Event:
    lead = cluster[0]
    title = next((meant[claim.id] for claim in cluster if claim.id in meant), "")
    return Event(lead.relation, lead.subject, lead.object, lead.when, tuple(cluster), title=title)


def _precise_first(claim: Claim) -> tuple[object, ...]:
    when = claim.when
    width = (when.latest - when.earliest).days if when else 10**7
    return (width, when.earliest if when else None, -claim.confidence, claim.source, claim.locator, claim.id)


def _same_event(cluster: _Cluster, claim: Claim, meant: Mapping[str, str]) -> bool:
    lead = cluster.claims[0]
    if _same_dispute(lead, claim):
        return True
    if not all(_kinds_agree(member, claim) for member in cluster.kinds.values()):
        return False
    if lead.when is None or claim.when is None:
        return lead.when is claim.when and lead.label == claim.label
    if not (claim.when == lead.when or lead.when.refines(claim.when) or _within(lead, claim)):
        return False
    if _is_titled(claim):
        return _same_agreement(lead, claim, meant)
    return True


def _within(lead: Claim, claim: Claim) -> bool:
    """Whether an act that happens once is dated within the bounds of another claim: "not until after 1962"."""
    if lead.when is None or claim.when is None or lead.when.is_interval or not claim.when.is_interval:
        return False
    return relation(lead.relation).bounded and lead.when.during(claim.when) is not Certainty.NO


def _same_dispute(first: Claim, second: Claim) -> bool:
    """Whether two claims have the number of one dispute, even with different days or levels of hostility."""
    numbers = {(claim.label or "").partition(",")[0] for claim in (first, second)}
    if not _is_numbered(first) or len(numbers) > 1 or "" in numbers or first.when is None or second.when is None:
        return False
    return first.when.overlaps(second.when) is not Certainty.NO


def _kinds_agree(first: Claim, second: Claim) -> bool:
    if first.kind is None or second.kind is None or set(first.kind.split(", ")) == set(second.kind.split(", ")):
        return first.label is None or second.label is None or _places_agree(first, second)
    return Identity.KIND not in relation(first.relation).identity


def _places_agree(first: Claim, second: Claim) -> bool:
    """Whether two missions may be in one place: a consulate is identified by its town, an embassy by its kind alone."""
    term = relation(first.relation)
    if Identity.TOWN in term.identity and (first.kind or second.kind) not in term.section_kinds:
        return (first.label or "").casefold() == (second.label or "").casefold()
    return True


def _same_agreement(first: Claim, second: Claim, meant: Mapping[str, str]) -> bool:
    """Agreements signed alike are one when the titles are, or when one record states both."""
    both = {meant.get(claim.id, claim.label or "").casefold() for claim in (first, second)}
    if len(both) == 1 or "" in both or any(a != b and a in b for a in both for b in both):
        return True
    return record_of(first.locator) == record_of(second.locator)


def _supported(events: list[Event]) -> Iterator[Event]:
    """The events, each with the envoy's acts that support it: on the same day, or in the same record."""
    by_day, by_record = defaultdict(list), defaultdict(list)
    for event in events:
        if event.relation in (ENVOY_APPOINTED.id, ENVOY_RECEIVED.id) and event.when:
            by_day[event.when.edtf].append(event)
            for record in _records(event):
                by_record[record].append(event)
    for event in events:
        if event.when is None or not relation(event.relation).by_envoy:
            yield event
            continue
        to_the_day = event.when.precision == "day"
        near = (
            by_day[event.when.edtf]
            if to_the_day
            else [act_event for key in _records(event) for act_event in by_record[key]]
        )
        acts = sorted(
            {act.key: act for act in near if _bears_out(act, event)}.values(), key=lambda act: _apt(act, event)
        )
        own = {claim.id for claim in event.claims}
        leading = [act.claims[0] for act in acts]
        yield replace(event, support=tuple(claim for claim in leading if claim.id not in own))


def _records(event: Event) -> list[str]:
    """The records that state an event, each once, in order."""
    return list(dict.fromkeys(record_of(claim.locator) for claim in event.claims))


def _apt(envoy: Event, event: Event) -> bool:
    """Sorts the fitting act first: recognition takes place by appointment, later steps by reception."""
    return (envoy.relation == ENVOY_APPOINTED.id) is not (event.relation == RECOGNITION.id)


def _bears_out(envoy: Event, event: Event) -> bool:
    """Whether an envoy's act, on the same day or in the same record, is how the event took place."""
    assert envoy.when is not None
    assert event.when is not None
    if envoy.parties != event.parties or envoy.modality is not event.modality:
        return False
    return event.when.precision == "day" or (envoy.subject == event.subject and envoy.when.refines(event.when))
