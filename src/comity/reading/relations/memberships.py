"""Membership of states in organizations: "both belong to the United Nations", "Norway is a member of NATO"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.parse import Parsed, child, is_verb, joined, region, subject
from comity.reading.lexicon.words import forms
from comity.reading.names.mentions import Mention
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.donors import heads
from comity.reading.relations.statement import Said
from comity.relations.ties import MEMBERSHIP

if TYPE_CHECKING:
    from spacy.tokens import Token

_BELONGING = re.compile(r"\b(?:members?|belongs?)\b")
_SEPARATOR = re.compile(r"(?: forum)?(?: \([\w ]+\))?(?:,|,? and|,? as well as)(?: and)? (?:of )?(?:the )?")
_PART = re.compile(r"['’]s? | [A-Z]| (?:staff|team|peacekeeping|mission|committee|delegation)\b")
_KINDS = r"(?:[a-z]{1,30} ){0,3}organizations,? (?:including|such as|among them) "
_OPENING = re.compile(
    rf" ?(?:of |to )?(?:(?:a number of|many of|several|many|the same|some of) )?(?:{_KINDS})?(?:both )?(?:the )?"
)


def may_belong(text: str) -> bool:
    """Whether a sentence may state a membership."""
    return _BELONGING.search(text) is not None


def memberships(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The organizations of which states are members now, with the date since when."""
    if not may_belong(parsed.sentence.text):
        return
    for verb in parsed.doc:
        word = _belonging(verb) if is_verb(verb) else None
        mode = modality(parsed, verb, word) if word is not None else None
        if word is None or mode is None:
            continue
        members = _members(parsed, context, verb)
        for organization in _organizations(parsed, parsed.where[word.i][1]):
            for parties in members:
                yield Said("is-member", MEMBERSHIP.id, parties, _since(parsed), mode, 0.9, label=organization.value)


def _belonging(verb: Token) -> Token | None:
    """The word before the organizations: "belongs", or "member" after "is" or "has been"."""
    if verb.lower_ in ("belong", "belongs"):
        return verb
    present = verb.tag_ in ("VBZ", "VBP") or any(t.lower_ in ("has", "have") for t in verb.children if t.dep_ == "aux")
    attribute = child(verb, "attr") if verb.lower_ in forms("be") and present else None
    return attribute if attribute is not None and attribute.lower_ in ("member", "members") else None


def _members(parsed: Parsed, context: Context, verb: Token) -> list[Parties]:
    """The states that are the subject, or the document's two for "both countries"."""
    actor = subject(verb)
    states = heads(parsed, joined(actor), context)
    paired = actor is not None and any(m.kind == "pair" for _, m in parsed.within(region(actor)))
    if not states and paired and context.pair is not None and actor is not None:
        return [Parties(id, None, (actor.i,), 0.9, "one of the document's two") for id in context.pair]
    return [Parties(party.polity, None, (party.token,)) for party in states]


def _organizations(parsed: Parsed, end: int) -> Iterator[Mention]:
    """The organizations listed from an offset on."""
    text, pattern = parsed.sentence.text, _OPENING
    for mention in parsed.sentence.mentions:
        if mention.start < end or mention.kind != "organization":
            continue
        part = _PART.match(text, mention.end)
        if pattern.fullmatch(text[end : mention.start]) is None or part is not None:
            return
        yield mention
        end, pattern = mention.end, _SEPARATOR


def _since(parsed: Parsed) -> Governing | None:
    """The "since" date of a sentence without other dates: when membership began."""
    dates = parsed.sentence.dates
    if len(dates) != 1 or dates[0].bound != "since" or dates[0].when.is_interval:
        return None
    return Governing(dates[0], -1, 0.9, "since when it is said to be so")
