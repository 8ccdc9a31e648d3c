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
    """Readable JSON in Unicode; invisible characters, and those that would control a terminal, are escaped.

    >>> print(dumps({"name": "Perú \\x9b31m"}, None))
    {"name": "Perú \\u009b31m"}
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return UNSEEN.sub(lambda letter: json.dumps(letter[0])[1:-1], text)


def claim(claim: Claim, sources: Mapping[str, Source]) -> shapes.Claim:
    """A claim with its source's title."""
    source = sources.get(claim.source)
    return cast("shapes.Claim", claim.as_json(source.title if source else claim.document or ""))


def source(source: Source) -> shapes.Source:
    """A source as it is cited."""
    return {
        "id": source.edition,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "repository": source.repository,
        "commit": source.commit,
        "commit_date": source.commit_date,
        "homepage": source.homepage,
        "references": list(source.references),
    }


def held_source(edition: Source, count: int) -> shapes.HeldSource:
    """A source with how many of its claims are in the ledger."""
    return {**source(edition), "held": count}


def answer(answer: Answer, sources: Mapping[str, Source]) -> shapes.Answer:
    """The answer of `ask`."""
    subject, object = answer.pair.polities
    return {
        "subject": subject.id,
        "object": object.id,
        "relation": answer.relation,
        **_days_asked(answer.pair),
        "status": answer.status,
        "since": when(answer.since),
        "until": when(answer.until),
        "certainty": answer.certainty,
        "value": answer.value,
        "unit": answer.unit,
        "covered_until": answer.covered_until.isoformat() if answer.covered_until else None,
        "evidence": [claim(each, sources) for each in evidence(answer.evidence)],
        "conflicts": [conflict(each) for each in answer.conflicts],
    }


def timeline(timeline: Timeline) -> shapes.Timeline:
    """The events of a timeline."""
    subject, object = timeline.pair.polities
    return {
        "subject": subject.id,
        "object": object.id,
        "from": timeline.begin.edtf if timeline.begin else None,
        "to": timeline.end.edtf if timeline.end else None,
        "known_by": timeline.pair.known_by.edtf if timeline.pair.known_by else None,
        "choices": list(timeline.pair.choices),
        "events": [event(each) for each in timeline.events],
        "claims": {each.id: claim(each, timeline.sources) for each in evidence(timeline.events)},
    }


def dossier(dossier: Dossier) -> shapes.Dossier:
    """A dossier: its sections as events that name their claims, the claims by id, and the sources."""
    subject, object = dossier.pair.polities
    used = list(dossier.claims())
    return {
        "subject": subject.id,
        "object": object.id,
        **_days_asked(dossier.pair),
        "choices": list(dossier.pair.choices),
        "status": status(dossier.status),
        "stand_ins": [{"polity": each.polity.id, "status": status(each.status)} for each in dossier.stand_ins],
        "missions": [_mission(each) for each in dossier.missions],
        "chiefs": [_chief(each) for each in dossier.chiefs],
        "history": [event(each) for each in dossier.history],
        "later": [event(each) for each in dossier.later],
        "states": [
            {
                "polity": life.polity.id,
                "name": life.polity.name,
                "lifespans": [_date(span) for span in life.polity.lifespans],
                "note": life.polity.note,
                "existed": life.existed.value,
                "events": [event(each) for each in life.events],
            }
            for life in dossier.lives
        ],
        "kin": [
            {
                "polity": relative.polity.id,
                "role": "predecessor" if relative.before else "successor",
                "of": relative.of.id,
                "events": [event(each) for each in relative.events],
            }
            for relative in dossier.kin
        ],
        "alliances": [event(each) for each in dossier.alliances],
        "strife": [event(each) for each in dossier.strife],
        "borders": [event(each) for each in dossier.borders],
        "agreements": [event(each) for each in dossier.agreements],
        "figures": [event(each) for each in dossier.figures],
        "visits": [event(each) for each in dossier.visits],
        "posts": [event(each) for post in dossier.posts for each in post.events],
        "in_office": [event(each) for each in dossier.in_office],
        "others": [event(each) for each in dossier.others],
        "conflicts": [conflict(each) for each in dossier.conflicts],
        "claims": {each.id: claim(each, dossier.sources) for each in used},
        "sources": [
            {**held_source(source, dossier.held.get(edition, 0)), "used": sum(each.source == edition for each in used)}
            for edition, source in dossier.sources.items()
        ],
    }


def event(event: Event) -> shapes.Event:
    """An event: its fields, its sentence, and the ids of its claims."""
    return {
        "relation": event.relation,
        "subject": event.subject,
        "object": event.object,
        "kind": event.kind,
        "label": event.label,
        "when": when(event.when),
        "modality": event.modality.value,
        "sentence": sentence(event),
        "claims": [each.id for each in event.claims],
        "support": [each.id for each in event.support],
    }


def conflict(conflict: Conflict) -> shapes.Conflict:
    """Two claims that can't both be true, the preferred one first, and their subject."""
    return {
        "claims": [conflict.preferred.claims[0].id, conflict.other.claims[0].id],
        "about": conflict.about,
        "rule": conflict.rule,
        "preferred": when(conflict.preferred.when),
        "other": when(conflict.other.when),
    }


def status(status: Status) -> shapes.Status:
    """The state of relations on a day."""
    return {
        "state": status.state.value,
        "since": when(status.since),
        "until": when(status.until),
        "certainty": status.certainty.value,
        "alternative": status.alternative.value if status.alternative else None,
        "absent": [polity.id for polity in status.absent],
        "basis": [event(each) for each in status.basis],
        "next": event(status.next) if status.next else None,
    }


def when(when: When | None) -> shapes.When | None:
    """A date with its first and last day; null when there is none."""
    return _date(when) if when else None


def polity(polity: Polity) -> shapes.Polity:
    """A polity with all its names and codes."""
    return {
        "id": polity.id,
        "name": polity.name,
        "lifespans": [_date(span) for span in polity.lifespans],
        "names": [{"text": name.text, "kind": name.kind, "when": when(name.when)} for name in polity.names],
        "codes": [{"scheme": code.scheme, "value": code.value, "when": when(code.when)} for code in polity.codes],
        "predecessors": list(polity.predecessors),
        "successors": list(polity.successors),
        "note": polity.note,
    }


def term(term: Relation) -> shapes.Term:
    """A term of the vocabulary."""
    return {
        "id": term.id,
        "family": term.family,
        "definition": term.definition,
        "domain": term.domain,
        "range": term.range,
        "symmetric": term.symmetric,
        "starts": term.starts,
        "ends": term.ends,
        "cameo": term.cameo,
        "wikidata": term.wikidata,
    }


def _date(when: When) -> shapes.When:
    return cast("shapes.When", when.as_json())


def _days_asked(pair: Pair) -> shapes.Asked:
    return {
        "as_of": pair.asked.edtf,
        "known_by": pair.known_by.edtf if pair.known_by else None,
    }


def _mission(mission: Mission) -> shapes.Mission:
    return {
        "owner": mission.owner,
        "host": mission.host,
        "rank": mission.rank,
        "since": when(mission.since),
        "certainty": mission.certainty.value,
        "basis": [event(each) for each in mission.basis],
        "ended_by": event(mission.ended_by) if mission.ended_by else None,
        "headed_by": event(mission.headed_by) if mission.headed_by else None,
        "renewed_by": event(mission.renewed_by) if mission.renewed_by else None,
        "doubtful": event(mission.doubtful) if mission.doubtful else None,
    }


def _chief(chief: Chief) -> shapes.Chief:
    return {
        "owner": chief.owner,
        "host": chief.host,
        "name": chief.person.name,
        "id": chief.person.id,
        "rank": chief.rank,
        "since": when(chief.received.when),
        "until": when(chief.left.when) if chief.left else None,
        "basis": [event(each) for each in chief.events()],
    }
