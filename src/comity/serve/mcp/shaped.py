"""Answers in the tools' shapes: the latest of what is told, cut short, and what was left out counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from urllib.parse import urlencode

from comity.follow.links import page_of
from comity.model import Claim, Document, When
from comity.present.brief import Section as Written
from comity.present.brief import written
from comity.present.findings import message
from comity.present.marks import numbers, plain, seen
from comity.present.notes import Note as Noted
from comity.present.sentences import says, sentence
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
_TOLD = 600  # characters of a sentence, which holds names and titles as long as sources make them

Passages = Mapping[tuple[str, str], str]


def brief(found: Dossier, passages: Passages, base: str, named: str | None, limit: int) -> shapes.Brief:
    """A dossier, or one section of it: of each the last items, since they are nearest to the day."""
    told = written(found, passages)
    chosen = [one for one in told.sections if named in (None, one.slug)]
    shown = [_section(one, limit) for one in chosen]
    used = {number for one in shown for item in one.items for number in item.notes}
    claims = {claim.id: claim for claim in found.claims()}
    left = [
        shapes.LeftOut(of=one.title, count=count, how=f'brief with section "{one.slug}" and a larger limit')
        for one, part in zip(chosen, shown, strict=True)
        if (count := len(one.items) - len(part.items))
    ]
    left += [
        shapes.LeftOut(of=one.title, count=len(one.items), how=f'brief with section "{one.slug}"')
        for one in told.sections
        if one not in chosen
    ]
    return shapes.Brief(
        asked=_asked(found.pair),
        title=told.title,
        status=shapes.State(
            state=found.status.state.value,
            since=_edtf(found.status.since),
            until=_edtf(found.status.until),
            certainty=found.status.certainty.value,
        ),
        sections=shown,
        notes=[_note(note, claims) for note in told.notes if note.number in used],
        left_out=left,
        link=_link(found.pair, base),
    )


def _section(one: Written, limit: int) -> shapes.Section:
    items = one.items[-limit:]
    return shapes.Section(
        title=one.title,
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


def answer(found: Answer, passages: Passages, base: str, limit: int) -> shapes.Answer:
    """An answer with the last of its evidence."""
    left = _left(found.evidence[limit:], "evidence", "ask with a larger limit")
    return shapes.Answer(
        asked=_asked(found.pair),
        relation=found.relation,
        status=plain(found.status),
        certainty=found.certainty,
        since=_edtf(found.since),
        until=_edtf(found.until),
        evidence=[told(event, passages) for event in found.evidence[:limit]],
        disagreements=[_disagreement(each, passages) for each in found.conflicts[:limit]],
        left_out=[*left, *_left(found.conflicts[limit:], "disagreements", "ask with a larger limit")],
        link=_link(found.pair, base),
    )


def timeline(found: Timeline, passages: Passages, base: str, skip: int, limit: int) -> shapes.Timeline:
    """A part of a timeline."""
    shown = found.events[skip : skip + limit]
    rest = found.events[skip + limit :]
    return shapes.Timeline(
        asked=_asked(found.pair).model_copy(update={"as_of": None}),
        total=len(found.events),
        events=[told(event, passages) for event in shown],
        left_out=[
            *_left(found.events[:skip], "earlier events", "timeline with a smaller skip"),
            *_left(rest, "later events", f"timeline with skip {skip + len(shown)}"),
        ],
        link=_link(found.pair, base),
    )


def told(event: Event, passages: Passages) -> shapes.Told:
    """An event with the first places that tell of it."""
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
    """The places where claims are made, each with all that are made there."""
    places: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        places.setdefault((claim.source, claim.locator), []).append(claim)
    return [
        shapes.Evidence(
            claims=[claim.id for claim in held],
            source=seen(source),
            locator=_line(locator, _QUOTED),
            published=_edtf(held[0].published.when),
            quotation=_quoted(passages.get((source, locator)) or held[0].quote),
        )
        for (source, locator), held in places.items()
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


def finding(document: Document, one: Finding) -> shapes.Finding:
    """A finding with the words that it is about, and what speaks against them."""
    place = one.spans[0]
    return shapes.Finding(
        rule=one.rule,
        severity=rule(one.rule).severity.value,
        message=_line(message(one)),
        start=place.start,
        end=place.end,
        quotation=_quoted(place.of(document.text)) or "",
        suggestion=seen(one.suggestion) if one.suggestion else None,
        evidence=evidence(one.evidence, {})[:_PLACES],
    )


def left_out(count: int, of: str, how: str) -> list[shapes.LeftOut]:
    """What is left out; nothing when that is nothing."""
    return [shapes.LeftOut(of=of, count=count, how=how)] if count > 0 else []


def _left(rest: Sequence[object], of: str, how: str) -> list[shapes.LeftOut]:
    return left_out(len(rest), of, how)


def _disagreement(one: Conflict, passages: Passages) -> shapes.Disagreement:
    return shapes.Disagreement(preferred=told(one.preferred, passages), other=told(one.other, passages), rule=one.rule)


def _asked(pair: Pair) -> shapes.Asked:
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
    asked = {"as_of": _edtf(pair.as_of), "known_by": _edtf(pair.known_by)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{base}{page_of(polity.id for polity in pair.polities)}{f'?{query}' if query else ''}"


def _quoted(words: str | None) -> str | None:
    return f"“{_line(words, _QUOTED)}”" if words else None


def _line(text: str, longest: int = _TOLD) -> str:
    """Told text on one line, cut short between words, without what would act on who reads it."""
    return shorten(plain(text), longest, placeholder=" …")


def _edtf(when: When | None) -> str | None:
    return when.edtf if when else None
