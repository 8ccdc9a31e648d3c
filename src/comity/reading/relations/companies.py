"""Companies and business people active in the relations: name, role, home polity and host polity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.parse import Parsed
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention, meant
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.statement import Said
from comity.relations.people import ACTOR

_CAPITAL = r"(?:[A-Z]\.|[A-Z][\w'’-]{0,40})"
_FAMILY = r"(?: (?:and|&) (?:Sons|Co\.?|Company|Brothers|Bros\.?)(?!\w))"
_NAME = rf"{_CAPITAL}(?: (?:(?:de|del|la|of|the|y|do|da) ){{0,4}}{_CAPITAL}){{0,15}}{_FAMILY}?"
_ITEM = re.compile(rf"(?:the )?(?P<role>(?:[a-z][a-z-]* ){{0,3}})(?P<name>{_NAME})")
_NEXT = re.compile(r",? and (?:the )?|, (?:the )?")
_APPOSITION = re.compile(rf"(?:The )?(?P<name>{_NAME}), an? $")
_LIKE = r",? (?:like|such as|including|among them|notably)"


@dataclass(frozen=True, slots=True)
class _Actor:
    """A company or person named in a sentence; `polity` is the mention of its home polity."""

    name: str
    role: str
    start: int
    polity: Mention | None


def may_act(text: str) -> bool:
    """Whether a sentence may name companies or business people."""
    return any(pattern.search(text) for pattern in (_groups(), _roles(), _behind()))


def actors(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The companies and people that a sentence names by their business: "American firms like X", "the engineer Y".

    The home polity is named before them, or for the only other group of companies in the sentence; the polity where
    they act is the document's other polity.
    """
    candidates = list(_named_actors(parsed))
    known = {actor.polity.start: actor.polity for actor in candidates if actor.polity is not None}
    for actor in candidates:
        shared = actor.polity is None and len(known) == 1
        polity = actor.polity or (next(iter(known.values())) if shared else None)
        subject = meant(polity, None, context.about) if polity is not None else None
        where = _where(parsed, subject, context) if subject else None
        if polity is None or subject is None or where is None:
            continue
        reason = f"where it acts is taken from the document: {where}"
        parties = Parties(subject, where, parsed.at([polity]), 0.75 if shared else 0.9, reason)
        yield Said(
            "names-actor", ACTOR.id, parties, _date_of(parsed, actor), confidence=0.9, kind=actor.role, label=actor.name
        )


def _where(parsed: Parsed, subject: str, context: Context) -> str | None:
    """The polity where companies act: the document's other polity; for companies of a third state, the one of the
    document's two polities, or the only other polity, that the sentence names.
    """
    if subject in context.about[:2]:
        return context.other(subject)
    polities = {meant(m, None, context.about) for m in parsed.sentence.mentions if m.is_polity}
    places = polities.intersection(context.about[:2]) or polities - {None, subject}
    return places.pop() if len(places) == 1 else None


def _named_actors(parsed: Parsed) -> Iterator[_Actor]:
    """Each company or person once: listed after a word for a group first, then those with a role of their own."""
    seen = set()
    for actor in (*_listed(parsed), *_alone(parsed), *_apposed(parsed)):
        if actor.name not in seen and not _is_polity(parsed, actor):
            seen.add(actor.name)
            yield actor


def _listed(parsed: Parsed) -> Iterator[_Actor]:
    text = parsed.sentence.text
    for match in _groups().finditer(text):
        place = match.end()
        role = _single(match["group"])
        while item := _ITEM.match(text, place):
            own = _own_role(item["role"])
            if item["role"].strip() and not own:
                break  # "and the Peruvian state", "and other sources"
            yield _Actor(item["name"], own or role, item.start("name"), _before(parsed, match.start()))
            following = _NEXT.match(text, item.end())
            if following is None:
                break
            place = following.end()


def _alone(parsed: Parsed) -> Iterator[_Actor]:
    """A person with a role and a name of two words or more: "the engineer George Smith"."""
    for match in _roles().finditer(parsed.sentence.text):
        yield _Actor(match["name"], match["role"], match.start("name"), _before(parsed, match.start()))


def _apposed(parsed: Parsed) -> Iterator[_Actor]:
    """A company whose polity and business follow the name: "Siemens AG, a German firm,"."""
    for mention in parsed.sentence.mentions:
        before = _APPOSITION.search(parsed.sentence.text, 0, mention.start) if mention.kind == "demonym" else None
        role = _role().match(parsed.sentence.text, mention.end) if before else None
        if before and role:
            first, _, rest = before["name"].partition(" ")
            name = rest if first.lower() in table("business")["roles"] else before["name"]
            yield _Actor(name, role["role"], before.end("name") - len(name), mention)


def _own_role(words: str) -> str:
    """The words before a name in a list, if they are a role: "railroad entrepreneur"."""
    tokens = words.split()
    return " ".join(tokens) if tokens and tokens[-1] in table("business")["roles"] else ""


def _before(parsed: Parsed, end: int) -> Mention | None:
    """The polity named just before, with at most a few lower-case words between."""
    for mention in reversed(parsed.sentence.mentions):
        if mention.is_polity and mention.end <= end:
            between = parsed.sentence.text[mention.end : end]
            return mention if re.fullmatch(r"(?:['’]s)?(?:[ -][a-z-]+(?: [a-z-]+){0,2})? ?", between) else None
    return None


def _is_polity(parsed: Parsed, actor: _Actor) -> bool:
    return any(m.is_polity and m.start <= actor.start and m.end >= actor.start + len(actor.name)
               for m in parsed.sentence.mentions)  # fmt: skip


def _date_of(parsed: Parsed, actor: _Actor) -> Governing | None:
    """The only date of the sentence, if the sentence begins with it and so it applies to everything in it."""
    dates = [dated for dated in parsed.sentence.dates if not dated.bound]
    if len(parsed.sentence.dates) != 1 or not dates or dates[0].start > actor.start:
        return None
    fronted = parsed.sentence.text[: dates[0].start].strip().lower() in ("in", "during", "in the", "by", "on")
    return Governing(dates[0], -1, 0.8, "the date with which the sentence begins") if fronted else None


def _single(group: str) -> str:
    """The singular of a word for a group: a firm for firms, a company for companies."""
    word = group.lower()
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


@cache
def _groups() -> re.Pattern[str]:
    words = sorted(table("business")["groups"], key=len, reverse=True)
    return re.compile(rf"\b(?P<group>{'|'.join(words)}){_LIKE} ")


@cache
def _roles() -> re.Pattern[str]:
    words = sorted(table("business")["roles"], key=len, reverse=True)
    return re.compile(rf"\b(?P<role>(?:[a-z]+ )?(?:{'|'.join(words)})) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{1,15}})")


@cache
def _role() -> re.Pattern[str]:
    words = sorted(table("business")["roles"], key=len, reverse=True)
    return re.compile(rf"[ -](?P<role>(?:[a-z]+ ){{0,2}}(?:{'|'.join(words)}))\b")


@cache
def _behind() -> re.Pattern[str]:
    """An apposition after a name, the polity first: ", a German firm"."""
    return re.compile(rf", an? [A-Z]\w+{_role().pattern}")
