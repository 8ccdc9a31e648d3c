"""Commitments of a state: "the Kenyan government has committed to protect the forests of the Mau Valley"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Modality, Participant
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.parse import Parsed, child, is_passive, is_verb, joined, prepositions, subject
from comity.reading.lexicon.words import lemmas, table
from comity.reading.names.mentions import meant, polities
from comity.reading.parties.context import Context, Parties, kin
from comity.reading.relations.donors import Party, heads
from comity.reading.relations.statement import Said
from comity.relations.ties import COMMITMENT

if TYPE_CHECKING:
    from spacy.tokens import Token

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,40}"
_END = re.compile(r";|,? (?:but|while|although|whereas|if) | ?\.$")


def may_pledge(text: str) -> bool:
    """Whether a sentence may state a pledge: a cheap check of its words before it is parsed."""
    return not lemmas("aid", "promising").keys().isdisjoint(re.findall(r"[a-z]+", text.lower()))


def commitments(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The pledges of states and their governments, with what they pledge and the places it concerns."""
    if not may_pledge(parsed.sentence.text):
        return
    for verb in parsed.doc:
        deed = _deed(verb) if is_verb(verb) and verb.lower_ in lemmas("aid", "promising") else None
        mode = modality(parsed, verb, None) if deed is not None else None
        if deed is None or mode in (None, Modality.DENIED):
            continue
        for governing in governors.of(verb) or (None,):
            label = _label(parsed, deed, governing)
            places = tuple(Participant("place", match["place"]) for match in _places().finditer(label))
            for parties in _parties(parsed, context, verb):
                yield Said("pledges", COMMITMENT.id, parties, governing, mode, 0.85, label=label, participants=places)


def _deed(verb: Token) -> Token | None:
    """The verb for what is pledged: an infinitive, or a gerund after "committed (itself) to"."""
    infinitive = child(verb, "xcomp")
    if infinitive is not None and infinitive.i > verb.i and any(t.lower_ == "to" for t in infinitive.lefts):
        return infinitive if not is_passive(verb) or verb.lower_ == "committed" else None
    deeds = (g for name, g in prepositions(verb) if name == "to" and g.tag_ == "VBG")
    return next(deeds, None) if lemmas("aid", "promising")[verb.lower_] == "commit" else None


def _label(parsed: Parsed, deed: Token, governing: Governing | None) -> str:
    """The words from the pledged act to the end of the clause or to the date of the pledge."""
    text, start = parsed.sentence.text, parsed.where[deed.i][0]
    ends = [match.start() for match in _END.finditer(text, start)]
    if governing is not None and governing.dated.start > start:
        ends.append(governing.dated.start)
    return re.sub(r" (?:in|on|by)$", "", text[start : min([*ends, len(text)])].rstrip(" ,"))


def _parties(parsed: Parsed, context: Context, verb: Token) -> Iterator[Parties]:
    """Who pledges, and to whom: the polity named, otherwise the document's other polity if no third is named."""
    pledgers = heads(parsed, joined(subject(verb)), context)
    receivers = [t for t in verb.children if t.dep_ in ("dative", "dobj")]
    receivers += [g for name, g in prepositions(verb) if name == "to"]
    takers = heads(parsed, receivers, context)
    for party in {pledger.polity: pledger for pledger in pledgers}.values():
        apart = [taker for taker in takers if taker.polity != party.polity]
        if apart:
            yield Parties(party.polity, apart[0].polity, (party.token, apart[0].token))
        else:
            yield _alone(parsed, context, party)


def _alone(parsed: Parsed, context: Context, party: Party) -> Parties:
    """A pledge without a named recipient: to the document's other polity only if its paragraph names that polity and
    its sentence no third one.
    """
    counterpart = context.other(party.polity)
    ids = {meant(m, None, context.about) for m in parsed.sentence.mentions if m.is_polity}
    near = {meant(m, None, context.about) for m in polities(parsed.sentence.passage.text)}
    if (
        counterpart is None
        or counterpart not in near
        or not ids <= {None, party.polity, counterpart, *kin(party.polity), *kin(counterpart)}
    ):
        return Parties(party.polity, None, (party.token,))
    return Parties(party.polity, counterpart, (party.token,), 0.9, f"the other party is the document's: {counterpart}")


@cache
def _places() -> re.Pattern[str]:
    """A place by a name that ends in a word such as "Valley"; a list of such places is one name."""
    nouns = "|".join(sorted(table("places")["nouns"], key=len, reverse=True))
    return re.compile(
        rf"\b(?P<place>(?:{_CAPITAL}, ){{0,20}}(?:{_CAPITAL},? and )?(?:{_CAPITAL} ){{1,9}}?"
        rf"(?:{nouns})(?: (?:{nouns}))*)\b"
    )
