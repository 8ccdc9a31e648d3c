"""The mood of relations: strained, improved, cooperative, positive …, with a date where the text has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.context import Context, Event
from comity.reading.dating import Governing, Governors
from comity.reading.modality import modality
from comity.reading.parse import Parsed, child, is_verb, joined, prepositions, subject
from comity.reading.parties import between
from comity.reading.said import Said
from comity.reading.themes import of_class
from comity.reading.words import lemmas, table

if TYPE_CHECKING:
    from spacy.tokens import Token


def has_mood(text: str) -> bool:
    """Whether a sentence may say what relations are like."""
    words = set(re.findall(r"\w+", text.lower()))
    known = table("quality")["words"] | lemmas("quality", "change").keys()
    return not words.isdisjoint(table("relations")["heads"]) and not words.isdisjoint(known)


def qualities(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """What a sentence says that relations are, or how they change."""
    for verb in parsed.doc:
        if not is_verb(verb):
            continue
        for theme, words in _said_of(parsed, verb):
            mode = modality(parsed, verb, theme)
            if mode is None:
                continue
            for governing in _dates(verb, governors):
                when = governing.dated.when if governing else None
                for found in between(Event(parsed, verb, theme, when), context):
                    for word in words:
                        yield Said("quality", "quality", found, governing, mode, 0.85, kind=word)


def _said_of(parsed: Parsed, verb: Token) -> Iterator[tuple[Token, list[str]]]:
    """Relations that are the subject, and what is said of them; or the object of "enjoy", with its adjectives."""
    known = table("quality")["words"]
    actor = subject(verb)
    theme = of_class(parsed, actor, "relations") if actor is not None else None
    if theme is not None:
        change = lemmas("quality", "change").get(verb.lower_)
        complements = [t for held in verb.children if held.dep_ in ("acomp", "attr", "oprd") for t in joined(held)]
        words = [t.lower_ for t in complements if t.lower_ in known]
        if change and not words:
            words = ["strained" if change == "strain" else _done(verb)]
        if words and (change or verb.lower_ in lemmas("quality", "state")):
            yield theme, words
        return
    held = child(verb, "dobj")
    if (
        held is not None
        and verb.lower_ in lemmas("quality", "state")
        and of_class(parsed, held, "relations") is not None
    ):
        words = [t.lower_ for first in held.lefts if first.dep_ == "amod" for t in joined(first) if t.lower_ in known]
        if words:
            yield held, list(dict.fromkeys(words))


def _done(verb: Token) -> str:
    """The word for how relations came to be: "improve" makes them improved."""
    form = lemmas("quality", "change")[verb.lower_]
    return f"{form}d" if form.endswith("e") else f"{form}ed"


def _dates(verb: Token, governors: Governors) -> list[Governing | None]:
    """The dates of the change, or of what it followed or came with; None where the text has none."""
    found = _with(verb, governors) or governors.of(verb) or governors.apart(verb)
    return [*found] if found else [None]


def _with(verb: Token, governors: Governors) -> list[Governing]:
    """The dates of the events with which it came: "improved with the election in 2000 and the peace of 2001"."""
    return [
        governing
        for name, governed in prepositions(verb)
        if name in ("with", "following", "after", "by")
        for event in governed.subtree
        for governing in governors.events_at(event)[:1]
    ]
