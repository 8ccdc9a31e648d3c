"""The two parties of a mutual event: those named around it, else the document's two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import is_passive, is_verb, joined, prepositions, region, subject, verb_above
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention
from comity.reading.parties.context import Clause, Context, Parties, thirds

if TYPE_CHECKING:
    from spacy.tokens import Token


PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "who", "which", "each"})
_PLACES = frozenset(
    {"in", "at", "near", "inside", "within", "throughout", "from", "under", "against", "as", "since", "after", "except",
     "besides", "unlike"}
)  # fmt: skip
_WITH = frozenset({"with", "between", "to", "and", "among", "of", "by", "toward", "towards"})
_POSTED = re.compile(r" (?:to|in|near|at)(?: the)?(?: (?:Government|Court|King|Republic|Kingdom) of)?(?: the)? ")


def between(event: Clause, context: Context) -> list[Parties]:
    """The parties of a mutual event: two named around it, else one and its partner, else the document's two."""
    polities = _around(event, context)
    ids = list(dict.fromkeys(id for id, _ in polities))
    tokens = tuple(token.i for _, token in polities) or (event.theme.i,)
    if len(ids) == 2 and not _are_partners_of_another(event, [token for _, token in polities]):
        return [Parties(ids[0], ids[1], tokens)]
    if len(ids) == 2:
        return []
    if len(ids) > 2:
        return _many(event, context)
    if len(ids) == 1:
        partner = context.other(ids[0])
        if partner is None or _has_unknown_partner(event, context):
            return []
        return [Parties(ids[0], partner, tokens, 0.9, f"the other party is the document's: {partner}")]
    both = any(m.kind == "pair" for _, m in event.parsed.within(region(event.theme)))
    if context.pair is None or (is_foreign(event, context) and not both) or _names_a_third(event, context):
        return []
    generic = any(m.kind == "pair" for _, m in event.parsed.within(event.parsed.doc))
    if context.elsewhere and not generic:
        return []
    return [Parties(*context.pair, tokens, 0.9 if generic else 0.8, "the two that the document is about")]


def _has_unknown_partner(event: Clause, context: Context) -> bool:
    """Whether the partner is not a known polity: an armistice with the Allies.

    The person in charge is not a partner: "with A. Ruiz as Chargé d'Affaires".
    """
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "with"]
    partners = (g for g in roots if not any(name == "as" for name, _ in prepositions(g)))
    partners = (g for g in partners if g.lower_ not in table("states")["nouns"])  # "with the Federation"
    return any(g.tag_ in ("NNP", "NNPS") and not named_in(event, g, context) for g in partners)


def _names_a_third(event: Clause, context: Context) -> bool:
    """Whether the sentence of an agreement names a polity that is neither of the document's two, nor kin of theirs."""
    if event.theme.lower_ in table("relations")["heads"]:
        return False
    return bool(thirds(event.parsed, context, event.when))


def _are_partners_of_another(event: Clause, tokens: list[Token]) -> bool:
    """Whether all polities named stand after "with", and somebody else acts: "he broke relations with A and B"."""
    actor = subject(event.trigger) if is_verb(event.trigger) and not is_passive(event.trigger) else None
    if actor is None or actor == event.theme or event.theme in actor.conjuncts:
        return False
    partners = {
        t
        for root in (event.theme, event.trigger)
        for name, g in prepositions(root)
        if name == "with"
        for t in g.subtree
    }
    return bool(tokens) and set(tokens) <= partners


def _around(event: Clause, context: Context) -> list[tuple[str, Token]]:
    """Polities named in the subject, the theme and the objects of with, between, by and the like."""
    roots = [event.theme]
    if is_verb(event.trigger):
        actor = subject(event.trigger)
        if event.trigger.dep_ == "acl" or actor is None:
            actor = None
        roots = [*([actor] if actor is not None else []), event.theme]
        roots += [governed for name, governed in prepositions(event.trigger) if name in _WITH]
        if actor is not None and actor.lower_ in PRONOUNS:
            roots += antecedent(event.trigger)
    else:
        roots += [event.trigger]
        above = verb_above(event.trigger)
        if above is not None and (actor := subject(above)) is not None and actor != event.trigger:
            roots.append(actor)
    by_token: dict[int, tuple[str, Token]] = {}
    for root in roots:
        for token, mention in _mentions(event, root):
            id = event.polity(mention, context)
            if id is not None:
                by_token[token.i] = (id, token)
    inside = _in_title(event, context)
    ordered = [by_token[i] for i in sorted(by_token)]
    return ordered + [pair for pair in inside if pair[0] not in {id for id, _ in ordered}]


def antecedent(verb: Token) -> list[Token]:
    """The subject that a pronoun may mean: "Chile announced that it …", "When Chile was free, it …"."""
    above = verb_above(verb)
    while above is not None:
        if (actor := _named_subject(above)) is not None:
            return [actor]
        above = verb_above(above)
    fronted = [_named_subject(t) for t in verb.children if t.dep_ == "advcl" and t.i < verb.i]
    return [actor for actor in fronted if actor is not None][-1:]


def _named_subject(verb: Token) -> Token | None:
    actor = subject(verb)
    return actor if actor is not None and actor.lower_ not in PRONOUNS else None


def _mentions(event: Clause, root: Token) -> Iterator[tuple[Token, Mention]]:
    """Mentions of polities in a region, except those that only name a place."""
    for token, mention in event.parsed.within(region(root, conjuncts=True)):
        if mention.is_polity and not _is_place(event, token, root):
            yield token, mention


def _is_place(event: Clause, token: Token, root: Token) -> bool:
    """Whether a polity is below a preposition of place: "the Legation in Peru", "his Minister to Peru"."""
    if _is_post(event, token):
        return True
    current = token
    while current != root and current.head != current:
        above = current.head
        if above.dep_ == "prep" and above != root and (above.lower_ in _PLACES or _of_another(event, above, root)):
            return True
        current = current.head
    return False


def _is_post(event: Clause, token: Token) -> bool:
    """Whether a polity is where an envoy is posted: "the Minister to Prussia"."""
    sentence = event.parsed.sentence
    here = event.parsed.mentions[token.i]
    titles = (mention for mention in sentence.mentions if mention.kind == "title" and mention.end < here.start)
    return any(_POSTED.fullmatch(sentence.text[title.end : here.start]) for title in titles)


def _of_another(event: Clause, preposition: Token, root: Token) -> bool:
    """Whether "with" names the party of another agreement: "the accession to the Treaty with Hanover"."""
    mention = event.parsed.mentions.get(preposition.head.i)
    is_agreement = mention is not None and mention.kind == "agreement" and preposition.head != root
    return is_agreement and preposition.lower_ in ("with", "between")


def _in_title(event: Clause, context: Context) -> list[tuple[str, Token]]:
    """The polities that stand inside the title of the agreement: the US-Peru Trade Promotion Agreement."""
    mention = event.parsed.mentions.get(event.theme.i)
    if mention is None or mention.kind not in ("agreement", "act"):
        return []
    mentions = [
        m for m in event.parsed.sentence.mentions if m.kind == "inside" and mention.start <= m.start < mention.end
    ]
    polities = [(event.polity(m, context), event.theme) for m in mentions]
    return [(id, token) for id, token in polities if id is not None]


def _many(event: Clause, context: Context) -> list[Parties]:
    """More than two: the document's two, the actor with each of those it acts with, or the two that "between" joins."""
    ids = {id for id, _ in _around(event, context)}
    if context.pair and set(context.pair) <= ids:
        return [Parties(*context.pair, (event.theme.i,), 0.9, "of several named the two that the document is about")]
    actor = subject(event.trigger) if is_verb(event.trigger) and not is_passive(event.trigger) else None
    actors = named_in(event, actor, context)
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("with", "between")]
    others = [pair for root in roots for pair in named_in(event, root, context)]
    if len({id for id, _ in actors}) == 1 and others:
        first, token = actors[0]
        return [Parties(first, id, (token.i, t.i), 0.9, "one of several parties") for id, t in others if id != first]
    two = list(dict.fromkeys(id for id, _ in others)) or list(dict.fromkeys(id for id, _ in actors))
    tokens = tuple(t.i for _, t in others or actors)
    return [Parties(two[0], two[1], tokens, 0.85, "the two that are joined")] if len(two) == 2 else []


def is_with_new_government(event: Clause) -> bool:
    """Whether the partner is "the new Government" of a state: then the act is not the first of its kind."""
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "with"]
    return any(g.lower_ in ("government", "regime") and any(t.lower_ == "new" for t in g.lefts) for g in roots)


def named_in(event: Clause, root: Token | None, context: Context) -> list[tuple[str, Token]]:
    if root is None:
        return []
    polities = [(event.polity(mention, context), token) for token, mention in _mentions(event, root)]
    return [(id, token) for id, token in polities if id is not None]


def is_foreign(event: Clause, context: Context) -> bool:
    """Whether a named actor is not a known polity: then the document's two are not meant."""
    actor = subject(event.trigger) if is_verb(event.trigger) else None
    if actor is None or actor == event.theme or event.theme in actor.conjuncts or _is_in_office(event, actor):
        return False
    if context.envoy is not None and actor.lower_ in context.envoy.name.lower().split():
        return False  # the envoy acts for the two that sent and received him
    return actor.tag_.startswith("NNP") and event.parsed.mentions.get(actor.i) is None


def _is_in_office(event: Clause, actor: Token) -> bool:
    """Whether persons sign by their offices: "Minister Luna and Foreign Secretary Paz signed a treaty"."""
    tokens = (t for person in joined(actor) for t in region(person))
    agreed = event.theme.lower_ in table("agreements")["heads"]
    return agreed and any(t.i in event.parsed.mentions or t.lower_ in table("officials")["nouns"] for t in tokens)
