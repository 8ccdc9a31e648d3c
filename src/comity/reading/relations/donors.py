"""Who gives aid and who receives it: states, their governments and peoples, and the agencies of states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model import Participant
from comity.reading.grammar.parse import Parsed, prepositions, region
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention, meant
from comity.reading.parties.context import Context, Parties, kin

if TYPE_CHECKING:
    from spacy.tokens import Token

_BODIES = table("states")["nouns"] | {"people", "army", "navy", "forces", "police", "military"}


@dataclass(frozen=True, slots=True)
class Party:
    """A polity at a token, with the name of the agency that stands for it."""

    polity: str
    token: int
    agency: str = ""


def heads(parsed: Parsed, tokens: Iterable[Token], context: Context) -> list[Party]:
    """The polities and agencies named by some tokens, or whose government or people these are."""
    candidates = []
    for token in tokens:
        agency = agency_at(parsed, token)
        if agency is not None:
            candidates.append(_party(agency, token, context, agency.value))
        elif (mention := parsed.mentions.get(token.i)) is not None and mention.is_polity:
            candidates.append(_party(mention, token, context))
        elif token.lower_ in _BODIES:
            candidates += [_party(m, t, context) for t, m in parsed.within(region(token)) if m.is_polity][:1]
    return [party for party in candidates if party is not None]


def _party(mention: Mention, token: Token, context: Context, agency: str = "") -> Party | None:
    polity = meant(mention, None, context.about)
    return Party(polity, token.i, agency) if polity else None


def agency_at(parsed: Parsed, token: Token) -> Mention | None:
    """The agency whose name a token is part of."""
    place = parsed.where[token.i][0]
    agencies = (m for m in parsed.sentence.mentions if m.kind == "agency")
    return next((agency for agency in agencies if agency.start <= place < agency.end), None)


def by(parsed: Parsed, verb: Token, context: Context) -> list[Party]:
    """The agent of a passive verb: the agencies joined after "by", else the polities."""
    near = (verb, *(t for t in verb.children if t.dep_ == "dobj"))  # "was granted a loan by X"
    agent = next((t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i and t.head in near), None)
    if agent is None:
        return []
    end, candidates = parsed.where[agent.i][1], []
    for agency in (m for m in parsed.sentence.mentions if m.kind == "agency" and m.start > end):
        if parsed.sentence.text[end : agency.start].strip(" ,").removesuffix("the").strip(" ,") not in ("", "and"):
            break
        token = next(t for t in parsed.doc if parsed.where[t.i][1] > agency.start)
        candidates.append(_party(agency, token, context, agency.value))
        end = agency.end
    agencies = [party for party in candidates if party is not None]
    governed = (t for t in agent.children if t.dep_ == "pobj")
    return agencies or heads(parsed, (t for g in governed for t in (g, *g.conjuncts)), context)


def owners(parsed: Parsed, noun: Token, context: Context) -> list[Party]:
    """The owner of a thing, by the words before it: "U.S. assistance", "the Export-Import Bank loan"."""
    possessors = (t for t in noun.lefts if t.dep_ in ("poss", "amod", "compound", "nmod"))
    return heads(parsed, possessors, context)[:1]


def parties(givers: list[Party], takers: list[Party]) -> Parties | None:
    """The giver and the first receiver; None unless one polity gives and another receives."""
    apart = [taker for taker in takers if taker.polity not in {giver.polity for giver in givers}]
    if len({giver.polity for giver in givers}) != 1 or not apart:
        return None
    return Parties(givers[0].polity, apart[0].polity, (givers[0].token, apart[0].token))


def elsewhere(parsed: Parsed, givers: list[Party], roots: Iterable[Token], context: Context) -> Parties | None:
    """The receiver when the sentence names none: the place of the aid, else the document's other polity."""
    roots = [root for root in roots if root is not None]
    there = [g for root in roots for name, g in prepositions(root) if name in ("in", "throughout", "across")]
    takers = [party for root in roots for party in heads(parsed, (t for t in root.lefts if t.dep_ != "relcl"), context)]
    if (pair := parties(givers, [*heads(parsed, there, context), *takers])) is not None:
        return pair
    giver = givers[0].polity
    ids = {meant(m, None, context.about) for m in parsed.sentence.mentions if m.is_polity}
    partner = context.other(giver)
    if partner is None or not ids <= {None, giver, partner, *kin(giver), *kin(partner)}:
        return None
    return Parties(giver, partner, (givers[0].token,), 0.9, f"the other party is the document's: {partner}")


def funders(givers: Iterable[Party]) -> tuple[Participant, ...]:
    """The agencies among those who give."""
    return tuple(Participant("funder", name) for name in dict.fromkeys(g.agency for g in givers) if name)
