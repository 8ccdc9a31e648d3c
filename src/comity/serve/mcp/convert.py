"""Answers in the tools' shapes: the latest items, shortened, with a count of what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from urllib.parse import urlencode

from comity.follow.links import page_of
from comity.model import Claim, Document, When
from comity.present.brief import Section, written
from comity.present.findings import message
from comity.present.marks import numbers, plain
from comity.present.notes import Note as Noted
from comity.present.sentences import says, sentence
from comity.present.visible import seen
from comity.query.ask import Answer
from comity.query.check import Finding, rule
from comity.query.dossier import Dossier
from comity.query.pair import Pair
from comity.query.timeline import Timeline
from comity.reconcile.conflicts import Conflict
from comity.reconcile.events import Event
from comity.serve.mcp import shapes

_PLACES = 3  # of an event's places in sources
_QUOTED = 300  # characters of a quotation
_SENTENCE = 600  # characters of a sentence, whose names and titles may be of any length in the source

Passages = Mapping[tuple[str, str], str]


def brief(dossier: Dossier, passages: Passages, base: str, slug: str | None, limit: int) -> shapes.Brief:
    """A dossier, or one section of it; the last items of each section, since they are nearest to the day."""
    document = written(dossier, passages)
    chosen = [section for section in document.sections if slug in (None, section.slug)]
    shortened = [_section(section, limit) for section in chosen]
    used = {number for section in shortened for item in section.items for number in item.notes}
    claims = {claim.id: claim for claim in dossier.claims()}
    left = [
        shapes.LeftOut(of=section.title, count=count, how=f'brief with section "{section.slug}" and a larger limit')
        for section, part in zip(chosen, shortened, strict=True)
        if (count := len(section.items) - len(part.items))
    ]
    left += [
        shapes.LeftOut(of=section.title, count=len(section.items), how=f'brief with section "{section.slug}"')
        for section in document.sections
        if section not in chosen
    ]
    return shapes.Brief(
        asked=_question(dossier.pair),
        title=document.title,
        status=shapes.State(
            state=dossier.status.state.value,
            since=_edtf(dossier.status.since),
            until=_edtf(dossier.status.until),
            certainty=dossier.status.certainty.value,
        ),
        sections=shortened,
        notes=[_note(note, claims) for note in document.notes if note.number in used],
        left_out=left,
        link=_link(dossier.pair, base),
    )


def _section(section: Section, limit: int) -> shapes.Section:
    items = section.items[-limit:]
    return shapes.Section(
        title=section.title,
        items=[shapes.Item(text=_line(item.text), notes=numbers(item.text)) for item in items],
    )


def _note(note: Noted, claims: Mapping[str, Claim]) -> shapes.Note:
    first = next((claims[id] for id in note.claims if id in claims), None)
    return shapes.Note(
        number=note.number,
        claims=note.claims,
        source=seen(note.edition),
        locator=_line(note.locator, _QUOTED),
        published=_edtf(first.published.when) if first else None,
        quotation=_quoted(note.passage),
    )


def answer(reply: Answer, passages: Passages, base: str, limit: int) -> shapes.Answer:
    """An answer with the last of its evidence."""
    left = _left(reply.evidence[limit:], "evidence", "ask with a larger limit")
    return shapes.Answer(
        asked=_question(reply.pair),
        relation=reply.relation,
        status=plain(reply.status),
        certainty=reply.certainty,
        since=_edtf(reply.since),
        until=_edtf(reply.until),
        evidence=[stated_event(event, passages) for event in reply.evidence[:limit]],
        disagreements=[_disagreement(each, passages) for each in reply.conflicts[:limit]],
        left_out=[*left, *_left(reply.conflicts[limit:], "disagreements", "ask with a larger limit")],
        link=_link(reply.pair, base),
    )


def timeline(history: Timeline, passages: Passages, base: str, skip: int, limit: int) -> shapes.Timeline:
    """A part of a timeline."""
    window = history.events[skip : skip + limit]
    rest = history.events[skip + limit :]
    return shapes.Timeline(
        asked=_question(history.pair).model_copy(update={"as_of": None}),
        total=len(history.events),
        events=[stated_event(event, passages) for event in window],
        left_out=[
            *_left(history.events[:skip], "earlier events", "timeline with a smaller skip"),
            *_left(rest, "later events", f"timeline with skip {skip + len(window)}"),
        ],
        link=_link(history.pair, base),
    )


def stated_event(event: Event, passages: Passages) -> shapes.Told:
    """An event with the first places in sources that state it."""
    places = evidence(event.evidence, passages)
    return shapes.Told(
        when=_edtf(event.when),
        relation=event.relation,
        sentence=_line(sentence(event)),
        modality=event.modality.value,
        evidence=places[:_PLACES],
        more=len(places[_PLACES:]),
    )


def evidence(claims: Iterable[Claim], passages: Passages) -> list[shapes.Evidence]:
    """The places in sources where claims are made, each with all its claims."""
    places: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        places.setdefault((claim.source, claim.locator), []).append(claim)
    return [
        shapes.Evidence(
            claims=[claim.id for claim in group],
            source=seen(source),
            locator=_line(locator, _QUOTED),
            published=_edtf(group[0].published.when),
            quotation=_quoted(passages.get((source, locator)) or group[0].quote),
        )
        for (source, locator), group in places.items()
    ]


def stated(claim: Claim) -> shapes.Stated:
    """A claim that a text makes, with the words that make it."""
    return shapes.Stated(
        id=claim.id,
        sentence=_line(says(claim)),
        relation=claim.relation,
        subject=claim.subject,
        object=claim.object,
        when=_edtf(claim.when),
        modality=claim.modality.value,
        confidence=claim.confidence,
        start=claim.span.start if claim.span else None,
        end=claim.span.end if claim.span else None,
        quotation=_quoted(claim.quote),
    )


def finding(document: Document, problem: Finding) -> shapes.Finding:
    """A finding with the words that it concerns, and the evidence against them."""
    place = problem.spans[0]
    return shapes.Finding(
        rule=problem.rule,
        severity=rule(problem.rule).severity.value,
        message=_line(message(problem)),
        start=place.start,
        end=place.end,
        quotation=_quoted(place.of(document.text)) or "",
        suggestion=seen(problem.suggestion) if problem.suggestion else None,
        evidence=evidence(problem.evidence, {})[:_PLACES],
    )


def left_out(count: int, of: str, how: str) -> list[shapes.LeftOut]:
    """A note of what is left out, if anything is."""
    return [shapes.LeftOut(of=of, count=count, how=how)] if count > 0 else []


def _left(rest: Sequence[object], of: str, how: str) -> list[shapes.LeftOut]:
    return left_out(len(rest), of, how)


def _disagreement(conflict: Conflict, passages: Passages) -> shapes.Disagreement:
    return shapes.Disagreement(
        preferred=stated_event(conflict.preferred, passages),
        other=stated_event(conflict.other, passages),
        rule=conflict.rule,
    )


def _question(pair: Pair) -> shapes.Asked:
    subject, object = pair.polities
    return shapes.Asked(
        subject=subject.id,
        object=object.id,
        as_of=pair.asked.edtf,
        known_by=_edtf(pair.known_by),
        remarks=list(pair.choices),
    )


def _link(pair: Pair, base: str) -> str:
    """The page of a pair as it was asked about."""
    days = {"as_of": _edtf(pair.as_of), "known_by": _edtf(pair.known_by)}
    query = urlencode({name: value for name, value in days.items() if value})
    return f"{base}{page_of(polity.id for polity in pair.polities)}{f'?{query}' if query else ''}"


def _quoted(words: str | None) -> str | None:
    return f"“{_line(words, _QUOTED)}”" if words else None


def _line(text: str, longest: int = _SENTENCE) -> str:
    """Text on one line, shortened between words, without control characters or marks."""
    return shorten(plain(text), longest, placeholder=" …")


def _edtf(when: When | None) -> str | None:
    return when.edtf if when else None
