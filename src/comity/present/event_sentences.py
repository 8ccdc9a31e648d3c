"""One sentence for each event, in which every fact comes from a claim."""

from __future__ import annotations

import re

from comity.model import Claim, Modality
from comity.present.english import at, day, lasting, on, the, whose
from comity.reconcile.administrations import spells, whole
from comity.reconcile.events import Event
from comity.relations import Wording, relation
from comity.relations.missions import ENVOY_APPOINTED
from comity.relations.wording import amount

_RELATIONS = re.compile(r"(?P<parties>diplomatic relations between .+?) (?P<verb>have been|were) ")
_MODAL = {Modality.PLANNED: "Planned, according to its source: ", Modality.REPORTED: "Reported: "}


def sentence(event: Event) -> str:
    """An event as one sentence, without its notes.

    >>> from comity.model import Claim, When
    >>> claim = Claim("united-states", "recognition", "peru", when=When.parse("1826-05-02"))
    >>> sentence(Event("recognition", "united-states", "peru", claim.when, (claim,)))
    'The United States recognized Peru on 2 May 1826.'
    """
    by = ", according to its source" if event.modality is Modality.DENIED else ""
    return f"{statement(event)}{by}."


def statement(event: Event) -> str:
    """The sentence of an event without its end: of a denial, without who denies it."""
    clause = _body(event)
    if event.modality is Modality.DENIED:
        return _capital(f"{_negated(clause)}{_support(event)}")
    return _capital(f"{_MODAL.get(event.modality, '')}{clause}{_support(event)}")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _negated(clause: str) -> str:
    """The opposite of a clause: of relations, which most denials are about, in a form of its own.

    >>> _negated("diplomatic relations between Peru and Chile have been severed")
    'diplomatic relations between Peru and Chile were never severed'
    >>> _negated("diplomatic relations between Peru and Chile were severed in 1836"), _negated("Peru left in 1936")
    ('diplomatic relations between Peru and Chile were not severed in 1836', 'it is not true that Peru left in 1936')
    """
    relations = _RELATIONS.match(clause)
    if relations is None:
        return f"it is not true that {clause}"
    # "never" would contradict a date
    verb = "were never" if relations["verb"] == "have been" else "were not"
    return f"{relations['parties']} {verb} {clause[relations.end() :]}"


def says(claim: Claim) -> str:
    """A single claim as a sentence."""
    return sentence(Event(claim.relation, claim.subject, claim.object, claim.when, (claim,)))


def _body(event: Event) -> str:
    term, wording = relation(event.relation), _wording(event)
    return term.sentence(wording) if term.sentence else _plainly(event, wording)


def _wording(event: Event) -> Wording:
    """The parts from which the sentence of the event's term is built."""
    claim = event.claims[0]
    return Wording(
        subject=the(event.subject),
        object=the(event.object),
        owner=whose(event.subject),
        has_object=event.object is not None,
        on=on(event.when),
        at=at(event.when),
        lasting=lasting(event.when),
        is_interval=event.when is not None and event.when.is_interval,
        kind=event.kind,
        label=event.label,
        value=claim.value,
        amount=amount(claim),
        participants=(event.person, *claim.participants[1:]) if event.person else claim.participants,
        in_office=_in_office(event) if event.terms else "",
    )


def _plainly(event: Event, wording: Wording) -> str:
    """For terms without a sentence of their own: the term and the claim's fields."""
    term = event.relation.replace(".", ": ").replace("-", " ")
    parts = [part for part in (wording.kind, wording.label, wording.amount) if part]
    about = f" ({', '.join(parts)})" if parts else ""
    parties = wording.both if wording.has_object else wording.subject
    return f"{term}{about}, {parties}{wording.on}"


def _in_office(event: Event) -> str:
    """When the leader named in place of a date was in office; the source itself gives no date."""
    if event.when is not None:
        return f"whose time in office was {day(event.when)}"
    times = " or ".join(day(whole(spell)) for spell in spells(event.terms))
    return f"who was in office {times}; the source does not say which is meant"


def _support(event: Event) -> str:
    """The envoy's act that supports the event."""
    if not event.support or event.when is None:
        return ""
    claim = event.support[0]
    person = claim.participants[0].name if claim.participants else "an envoy"
    rank = f" as {claim.kind}" if claim.kind else ""
    did = "was appointed" if claim.relation == ENVOY_APPOINTED.id else "presented credentials or took charge"
    same = claim.when is not None and claim.when.edtf == event.when.edtf
    when = " that day" if same and event.when.precision == "day" else on(claim.when)
    return f": {person} {did}{rank}{when}"
