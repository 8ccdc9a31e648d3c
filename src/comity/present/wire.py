"""Answers as JSON: the shapes that docs/interfaces.md promises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from comity.model import Claim, Polity, Source, When
from comity.present import shapes
from comity.present.marks import UNSEEN
from comity.present.sentences import sentence
from comity.query.ask import Answer
from comity.query.dossier import Dossier
from comity.query.missions import Chief, Mission
from comity.query.pair import Pair
from comity.query.status import Status
from comity.query.timeline import Timeline
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event, evidence
from comity.relations import Relation


def dumps(value: Any, indent: int | None = 2, separators: tuple[str, str] | None = None) -> str:
    """JSON for a person to read, letters as they are; what is not seen, or would act on a terminal, as its number.

    >>> print(dumps({"name": "Perú \\x9b31m"}, None))
    {"name": "Perú \\u009b31m"}
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return UNSEEN.sub(lambda letter: json.dumps(letter[0])[1:-1], text)


def claim(one: Claim, sources: Mapping[str, Source]) -> shapes.Claim:
    """A claim with its source's title."""
    source = sources.get(one.source)
    return cast("shapes.Claim", one.as_json(source.title if source else one.document or ""))


def source(one: Source) -> shapes.Source:
    """A source as it is cited."""
    return {
        "id": one.edition,
        "title": one.title,
        "publisher": one.publisher,
        "licence": one.licence,
        "repository": one.repository,
        "commit": one.commit,
        "commit_date": one.commit_date,
        "homepage": one.homepage,
        "references": list(one.references),
    }


def held_source(one: Source, held: int) -> shapes.HeldSource:
    """A source with how many of its claims are held."""
    return {**source(one), "held": held}


def answer(one: Answer, sources: Mapping[str, Source]) -> shapes.Answer:
    """The answer of `ask`."""
    subject, object = one.pair.polities
    return {
        "subject": subject.id,
        "object": object.id,
        "relation": one.relation,
        **_asked(one.pair),
        "status": one.status,
        "since": when(one.since),
        "until": when(one.until),
        "certainty": one.certainty,
        "evidence": [claim(each, sources) for each in evidence(one.evidence)],
        "conflicts": [conflict(each) for each in one.conflicts],
    }


def timeline(one: Timeline) -> shapes.Timeline:
    """The events of a timeline."""
    subject, object = one.pair.polities
    return {
        "subject": subject.id,
        "object": object.id,
        "from": one.begin.edtf if one.begin else None,
        "to": one.end.edtf if one.end else None,
        "known_by": one.pair.known_by.edtf if one.pair.known_by else None,
        "choices": list(one.pair.choices),
        "events": [event(each) for each in one.events],
        "claims": {each.id: claim(each, one.sources) for each in evidence(one.events)},
    }


def dossier(one: Dossier) -> shapes.Dossier:
    """A dossier: its sections as events that name their claims, the claims by id, and the sources."""
    subject, object = one.pair.polities
    used = list(one.claims())
    return {
        "subject": subject.id,
        "object": object.id,
        **_asked(one.pair),
        "choices": list(one.pair.choices),
        "status": status(one.status),
        "stand_ins": [{"polity": each.polity.id, "status": status(each.status)} for each in one.stand_ins],
        "missions": [_mission(each) for each in one.missions],
        "chiefs": [_chief(each) for each in one.chiefs],
        "history": [event(each) for each in one.history],
        "later": [event(each) for each in one.later],
        "states": [
            {
                "polity": life.polity.id,
                "name": life.polity.name,
                "lifespans": [_date(span) for span in life.polity.lifespans],
                "note": life.polity.note,
                "existed": life.existed.value,
                "events": [event(each) for each in life.events],
            }
            for life in one.lives
        ],
        "kin": [
            {
                "polity": relative.polity.id,
                "role": "predecessor" if relative.before else "successor",
                "of": relative.of.id,
                "events": [event(each) for each in relative.events],
            }
            for relative in one.kin
        ],
        "alliances": [event(each) for each in one.alliances],
        "strife": [event(each) for each in one.strife],
        "borders": [event(each) for each in one.borders],
        "agreements": [event(each) for each in one.agreements],
        "figures": [event(each) for each in one.figures],
        "visits": [event(each) for each in one.visits],
        "posts": [event(each) for post in one.posts for each in post.events],
        "in_office": [event(each) for each in one.in_office],
        "others": [event(each) for each in one.others],
        "conflicts": [conflict(each) for each in one.conflicts],
        "claims": {each.id: claim(each, one.sources) for each in used},
        "sources": [
            {**held_source(held, one.held.get(edition, 0)), "used": sum(each.source == edition for each in used)}
            for edition, held in one.sources.items()
        ],
    }


def event(one: Event) -> shapes.Event:
    """An event: what it is, when, in a sentence, and the claims that tell of it."""
    return {
        "relation": one.relation,
        "subject": one.subject,
        "object": one.object,
        "kind": one.kind,
        "label": one.label,
        "when": when(one.when),
        "modality": one.modality.value,
        "sentence": sentence(one),
        "claims": [each.id for each in one.claims],
        "support": [each.id for each in one.support],
    }


def conflict(one: Conflict) -> shapes.Conflict:
    """Two claims that can't both be so, the preferred one first, and what they are about."""
    return {
        "claims": [one.preferred.claims[0].id, one.other.claims[0].id],
        "about": one.about,
        "rule": one.rule,
        "preferred": when(one.preferred.when),
        "other": when(one.other.when),
    }


def status(one: Status) -> shapes.Status:
    """The state of relations on a day."""
    return {
        "state": one.state.value,
        "since": when(one.since),
        "until": when(one.until),
        "certainty": one.certainty.value,
        "alternative": one.alternative.value if one.alternative else None,
        "absent": [polity.id for polity in one.absent],
        "basis": [event(each) for each in one.basis],
        "next": event(one.next) if one.next else None,
    }


def when(one: When | None) -> shapes.When | None:
    """A date with its first and last day; null when there is none."""
    return _date(one) if one else None


def polity(one: Polity) -> shapes.Polity:
    """A polity with all its names and codes."""
    return {
        "id": one.id,
        "name": one.name,
        "lifespans": [_date(span) for span in one.lifespans],
        "names": [{"text": name.text, "kind": name.kind, "when": when(name.when)} for name in one.names],
        "codes": [{"scheme": code.scheme, "value": code.value, "when": when(code.when)} for code in one.codes],
        "predecessors": list(one.predecessors),
        "successors": list(one.successors),
        "note": one.note,
    }


def term(one: Relation) -> shapes.Term:
    """A term of the vocabulary."""
    return {
        "id": one.id,
        "family": one.family,
        "definition": one.definition,
        "domain": one.domain,
        "range": one.range,
        "symmetric": one.symmetric,
        "starts": one.starts,
        "ends": one.ends,
        "cameo": one.cameo,
        "wikidata": one.wikidata,
    }


def _date(one: When) -> shapes.When:
    return cast("shapes.When", one.as_json())


def _asked(pair: Pair) -> shapes.Asked:
    return {
        "as_of": pair.asked.edtf,
        "known_by": pair.known_by.edtf if pair.known_by else None,
    }


def _mission(one: Mission) -> shapes.Mission:
    return {
        "owner": one.owner,
        "host": one.host,
        "rank": one.rank,
        "since": when(one.since),
        "certainty": one.certainty.value,
        "basis": [event(each) for each in one.basis],
        "ended_by": event(one.ended_by) if one.ended_by else None,
        "headed_by": event(one.headed_by) if one.headed_by else None,
        "renewed_by": event(one.renewed_by) if one.renewed_by else None,
        "doubtful": event(one.doubtful) if one.doubtful else None,
    }


def _chief(one: Chief) -> shapes.Chief:
    return {
        "owner": one.owner,
        "host": one.host,
        "name": one.person.name,
        "id": one.person.id,
        "rank": one.rank,
        "since": when(one.received.when),
        "until": when(one.left.when) if one.left else None,
        "basis": [event(each) for each in one.events()],
    }
