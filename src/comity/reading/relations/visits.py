"""Visits: who in office went to which country, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.model import Participant, When
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.parse import Parsed, child, is_passive, is_verb, region, subject
from comity.reading.lexicon.words import forms
from comity.reading.names.mentions import Mention, meant
from comity.reading.parties.context import Context, Parties
from comity.reading.parties.persons import at, led, persons
from comity.reading.relations.statement import Said
from comity.relations.ties import VISIT

if TYPE_CHECKING:
    from spacy.tokens import Token

_VISITING = forms("visit")
_HINT = re.compile(rf"\b(?:{'|'.join(sorted(_VISITING))})\b")


def may_visit(text: str) -> bool:
    """Whether a sentence may state a visit."""
    return _HINT.search(text) is not None


def visits(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The visits of heads of state and of government, and of foreign ministers, if they are dated."""
    for verb in parsed.doc:
        if verb.lower_ not in _VISITING or not is_verb(verb) or is_passive(verb):
            continue
        actor, place, mode = subject(verb), child(verb, "dobj"), modality(parsed, verb, None)
        if actor is None or place is None or mode is None:
            continue
        for governing in governors.of(verb):
            when = governing.dated.when
            person = at(parsed, persons(parsed.sentence, context, when), region(actor))
            attribution = led(person, when, parsed.sentence, context) if person is not None else None
            host = _host(parsed, place, when, context)
            if person is None or attribution is None or host is None or attribution[0] == host[0]:
                continue
            yield Said(
                "visits",
                VISIT.id,
                Parties(attribution[0], host[0], (actor.i, place.i), attribution[1], attribution[2]),
                governing,
                mode,
                kind=person.office or None,
                label=host[1],
                participants=(Participant("leader", person.name),),
            )


def _host(parsed: Parsed, place: Token, when: When, context: Context) -> tuple[str, str | None] | None:
    """The polity visited, by its name or that of its capital, and the town."""
    mention: Mention | None = next((m for _, m in parsed.within(region(place))), None)
    if mention is None or not mention.is_place:
        return None
    id = meant(mention, when, context.about)
    return (id, mention.text if mention.is_capital else None) if id is not None else None
