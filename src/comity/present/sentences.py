"""What happened, a sentence an event: every word of it is in a claim."""

from __future__ import annotations

from collections.abc import Callable

from comity.model import Claim, Modality
from comity.present.rule import capital, government, insurgency, lasting, leader
from comity.present.sides import contiguity, dispute, rivalry, war
from comity.present.ties import TELLERS as _TIES
from comity.present.words import amount, at, day, listed, on, the, titled, whose
from comity.reconcile.administrations import spells, whole
from comity.reconcile.events import Event

_ARTICLES = {"embassy": "an embassy", "interests section": "an interests section"}
_VERBS = {
    "agreement.signed": "was signed",
    "agreement.in-force": "entered into force",
    "agreement.implemented": "was carried out by a law",
    "agreement.extended": "was extended",
    "agreement.ended": "ended",
}
_FIGURES = {"trade.exports": "exports to", "trade.imports": "imports from"}
_MODAL = {Modality.PLANNED: "Planned, as its source then said: ", Modality.REPORTED: "Reported: "}


def sentence(event: Event) -> str:
    """An event as one sentence, without its notes.

    >>> from comity.model import Claim, When
    >>> claim = Claim("united-states", "recognition", "peru", when=When.parse("1826-05-02"))
    >>> sentence(Event("recognition", "united-states", "peru", claim.when, (claim,)))
    'The United States recognized Peru on 2 May 1826.'
    """
    told = _body(event)
    if event.modality is Modality.DENIED:
        told = f"it is denied that {told}"
    told = _MODAL.get(event.modality, "") + told
    return f"{told[0].upper()}{told[1:]}{_borne_out(event)}."


def says(claim: Claim) -> str:
    """What a claim says by itself, as a sentence."""
    return sentence(Event(claim.relation, claim.subject, claim.object, claim.when, (claim,)))


def _body(event: Event) -> str:
    tell = _TELLERS.get(event.relation) or _TELLERS.get(event.relation.partition(".")[0])
    return tell(event) if tell else _plainly(event)


def _plainly(event: Event) -> str:
    """For terms with no sentence of their own: the term, and what the claim holds."""
    what = event.relation.replace(".", ": ").replace("-", " ")
    parts = [part for part in (event.kind, event.label, amount(event.claims[0])) if part]
    parties = listed(the(id) for id in (event.subject, event.object) if id)
    about = f" ({', '.join(parts)})" if parts else ""
    return f"{what}{about}, {parties}{on(event.when)}"


def _recognition(event: Event) -> str:
    verb = "withdrew its recognition of" if event.relation.endswith("withdrawn") else "recognized"
    return f"{the(event.subject)} {verb} {the(event.object)}{at(event.when)}"


def _relations(event: Event) -> str:
    verb = event.relation.partition(".")[2]
    be = "were" if event.when else "have been"
    return f"diplomatic relations between {the(event.subject)} and {the(event.object)} {be} {verb}{at(event.when)}"


def _mission(event: Event) -> str:
    act, kind, host = event.relation.partition(".")[2], event.kind or "mission", the(event.object)
    town = f" at {event.label}" if event.label else ""
    if act == "opened":
        where = f"{town}, {host}," if town else f" in {host}"
        return f"{the(event.subject)} opened {_a(kind)}{where}{at(event.when)}"
    if act == "closed":
        closed = f"{whose(event.subject)} {kind}{town} in {host} closed or suspended operations"
        return f"{closed}{at(event.when)}"
    rank = f" to {_a(kind)}" if event.kind else ""
    return f"{whose(event.subject)} mission{town} in {host} was {act}{rank}{at(event.when)}"


def _envoy(event: Event) -> str:
    act = event.relation.partition(".")[2]
    person = event.claims[0].participants[0].name if event.claims[0].participants else "an envoy"
    rank = f" as {event.kind}" if event.kind else ""
    if act == "appointed":
        return f"{the(event.subject)} appointed {person}{rank} to {the(event.object)}{at(event.when)}"
    if act == "received":
        verb = "arrived at the post" if event.label == "arrived at post" else "presented credentials or took charge"
        return f"{person} of {the(event.subject)} {verb}{rank} in {the(event.object)}{at(event.when)}"
    how = f" ({event.label})" if event.label else ""
    return f"{person} of {the(event.subject)} ended the mission to {the(event.object)}{at(event.when)}{how}"


def _agreement(event: Event) -> str:
    title, between = event.label or "an agreement", f"between {the(event.subject)} and {the(event.object)}"
    if event.relation == "agreement.ratified":
        return f"{the(event.subject)} ratified {titled(title)}{at(event.when)}"
    if event.relation == "agreement.in-force" and event.when is None:
        return f"{titled(title)}, {between}, is in force"
    return f"{titled(title)}, {between}, {_VERBS[event.relation]}{at(event.when)}"


def _visit(event: Event) -> str:
    person = event.claims[0].participants[0].name if event.claims[0].participants else "a leader"
    kind = event.kind or "visit"
    who = f"{person} of {the(event.subject)}" if "visit" in kind else f"{person}, {kind} of {the(event.subject)},"
    host = the(event.object)
    where = f"{event.label}, {host}," if event.label else host
    closing = f" ({kind})" if kind.endswith(" visit") else ""
    return f"{who} visited {where}{on(event.when)}{closing}"


def _statehood(event: Event) -> str:
    act, subject = event.relation.partition(".")[2], the(event.subject)
    other = the(event.object)
    if act == "name":
        return f"{subject} bore the name {event.label or 'not said'}, {event.kind or 'status not said'}{lasting(event)}"
    if act == "system":
        as_what = f" as a {event.kind}" if event.kind else ""
        return f"{subject} was on {event.label or 'a list of states'}{as_what}{on(event.when)}"
    if act == "succession":
        return f"{subject} was succeeded, wholly or in part, by {other}{at(event.when)}"
    if act == "union":
        return f"{subject} joined {other}{at(event.when)}"
    if act == "dissolution":
        return f"{subject} ceased to exist as a state{at(event.when)}"
    if act == "sovereignty":
        how = {"occupation": "occupied by", "cession": "ceded to"}.get(event.kind or "", "under the sovereignty of")
        return f"{subject} was {how} {other}{on(event.when)}"
    return f"{subject} became independent{f' of {other}' if event.object else ''}{at(event.when)}"


def _quality(event: Event) -> str:
    be = "were" if event.when else "have been"
    leader = event.claims[0].participant("leader")
    under = f" under {leader.name}" if leader is not None else ""
    kind = event.kind or event.label or "so"
    if kind.endswith(" at its height"):
        what = kind.removesuffix(" at its height")
        return f"{whose(event.subject)} {what} in {the(event.object)} was at its height{on(event.when)}{under}"
    called = "" if kind.startswith("at a ") else "called "
    both = f"{the(event.subject)} and {the(event.object)}"
    if event.terms:
        return f"relations between {both} have been {called}{kind}{under}, {_in_office(event)}"
    return f"relations between {both} {be} {called}{kind}{on(event.when)}{under}"


def _in_office(event: Event) -> str:
    """When a leader was in office under whom something is told: no date of the source's own."""
    if event.when is not None:
        return f"whose time in office was {day(event.when)}"
    times = " or ".join(day(whole(spell)) for spell in spells(event.terms))
    return f"who was in office {times}; the source does not say which is meant"


def _trade(event: Event) -> str:
    figure = _figure(event) or "an amount not said"
    if event.relation == "trade.total":
        return f"trade between {the(event.subject)} and {the(event.object)}{_what(event)} was {figure}{on(event.when)}"
    what = _FIGURES[event.relation]
    if event.object is None:
        return f"{whose(event.subject)} {what} the whole world{_what(event)} were {figure}{on(event.when)}"
    return f"{whose(event.subject)} {what} {the(event.object)}{_what(event)} were {figure}{on(event.when)}"


def _figure(event: Event) -> str:
    """The amount with its growth: 1.2 billion USD (+53 %)."""
    claim = event.claims[0]
    growth = claim.participant("growth")
    return f"{amount(claim)}{f' ({growth.name})' if growth else ''}"


def _travel(event: Event) -> str:
    figure = _figure(event) or "people"
    return f"{figure} of {the(event.subject)} went to {the(event.object)} a year{_what(event)}{on(event.when)}"


def _what(event: Event) -> str:
    return f" ({event.label})" if event.label else ""


def _a(kind: str) -> str:
    return _ARTICLES.get(kind, f"a {kind}")


def _borne_out(event: Event) -> str:
    """The envoy's act that the event consisted in."""
    if not event.support or event.when is None:
        return ""
    claim = event.support[0]
    person = claim.participants[0].name if claim.participants else "an envoy"
    rank = f" as {claim.kind}" if claim.kind else ""
    did = "was appointed" if claim.relation == "envoy.appointed" else "presented credentials or took charge"
    same = claim.when is not None and claim.when.edtf == event.when.edtf
    when = " that day" if same and event.when.precision == "day" else on(claim.when)
    return f": {person} {did}{rank}{when}"


_TELLERS: dict[str, Callable[[Event], str]] = {
    **_TIES,
    "recognition": _recognition,
    "relations": _relations,
    "mission": _mission,
    "envoy": _envoy,
    "agreement": _agreement,
    "visit": _visit,
    "war": war,
    "dispute": dispute,
    "rivalry": rivalry,
    "contiguity": contiguity,
    "statehood": _statehood,
    "quality": _quality,
    "trade": _trade,
    "travel": _travel,
    "leader": leader,
    "government-change": government,
    "insurgency": insurgency,
    "capital": capital,
}
