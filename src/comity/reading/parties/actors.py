"""Who acts on whom: the subject and object of an event, from the words around its verb or noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import is_passive, is_verb, prepositions, region, subject, verb_above
from comity.reading.grammar.themes import is_reciprocal
from comity.reading.lexicon.words import table
from comity.reading.parties.context import Clause, Context, Parties
from comity.reading.parties.mutual import PRONOUNS, antecedent, between, is_foreign, named_in
from comity.reading.parties.persons import acting_for
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token


def agents(event: Clause, context: Context) -> list[tuple[str, Token]]:
    """The acting polities: the subject of an active verb, or those after "by" of a passive verb."""
    if event.agent is not None:
        return named_in(event, event.agent, context)
    if not is_verb(event.trigger):
        above = verb_above(event.trigger)
        roots = [event.trigger, *([above] if above is not None and not is_passive(above) else [])]
        governed = [g for root in roots for name, g in prepositions(root) if name == "by" and not is_verb(g)]
        by_agents = (pair for token in governed for pair in named_in(event, token, context))
        return [*_whose(event, event.trigger, context), *by_agents]
    if is_passive(event.trigger):
        return [pair for name, g in prepositions(event.trigger) if name == "by" for pair in named_in(event, g, context)]
    actor = subject(event.trigger)
    if actor is not None and actor.lower_ in PRONOUNS:
        return [pair for root in antecedent(event.trigger) for pair in named_in(event, root, context)]
    polities = named_in(event, actor, context)
    if not polities and actor is not None and actor.tag_ == "NNP":
        polity = acting_for(actor.text, event.when, context)
        return [(polity, actor)] if polity else []
    return polities


def _sole(pairs: Iterable[tuple[str, Token]]) -> tuple[str, Token] | None:
    """The first of some mentions if all name the same polity."""
    mentions = list(pairs)
    return mentions[0] if len({id for id, _ in mentions}) == 1 else None


def agent_theme(event: Clause, context: Context) -> list[Parties]:
    """Who acts on whom: "X recognized Y", "Y was recognized by X"."""
    actors = agents(event, context)
    if is_reciprocal(event.theme):
        return _mutual(actors)
    acted = _acted_on(event, context)
    if acted is None:
        return []
    patient, evidence = acted
    first = [pair for pair in actors if pair[0] != patient]
    ids = list(dict.fromkeys(id for id, _ in first))
    if ids:
        tokens = dict(first)
        sure = 1.0 if len(ids) == 1 else 0.9
        return [Parties(id, patient, (tokens[id].i, evidence.i), sure) for id in ids]
    counterpart = context.other(patient)
    if counterpart is None or _is_by_document(event) or (is_foreign(event, context) and not _speaks_for(event)):
        return []
    return [Parties(counterpart, patient, (evidence.i,), 0.8, f"the actor is taken for the document's: {counterpart}")]


def _is_by_document(event: Clause) -> bool:
    """Whether a treaty acts, and the clause names no parties: "the Convention recognized the independence of …"."""
    actor = subject(event.trigger) if is_verb(event.trigger) else None
    return actor is not None and actor.lower_ in table("agreements")["heads"]


def _speaks_for(event: Clause) -> bool:
    """Whether the actor is a person in office: President Lincoln, Secretary Acheson."""
    actor = subject(event.trigger)
    return actor is not None and any(t.lower_ in ("president", "secretary", "department") for t in region(actor))


def _acted_on(event: Clause, context: Context) -> tuple[str, Token] | None:
    """The polity acted on: the theme, the owner of the government or independence, or the document's polity."""
    roots = antecedent(event.trigger) if event.theme.lower_ == "it" else [event.theme]
    patients = [pair for root in roots for pair in named_in(event, root, context)]
    patients += [
        pair
        for name, governed in prepositions(event.trigger)
        if name == "as" and event.theme.lower_ in table("states")["nouns"]
        for pair in named_in(event, governed, context)
    ]
    acting = {id for id, _ in agents(event, context)}
    patients = [pair for pair in patients if pair[0] not in acting] or patients
    if patients:
        return patients[0]
    government = any(token.lower_ in table("states")["nouns"] for token in region(event.theme))
    if government and len(acting) == 1 and (counterpart := context.other(next(iter(acting)))):
        if not _is_other_state(event.theme, counterpart):
            return counterpart, event.theme
        meant = context.kinds.get(event.theme.lower_)
        return (meant, event.theme) if meant is not None and meant not in acting else None
    return None


def _is_other_state(theme: Token, polity: str) -> bool:
    """Whether a state is called by its kind ("the Federation") and no name of the polity contains that word."""
    kind = theme.text[:1].isupper() and theme.lower_ in table("states")["heads"] - {"government", "state"}
    names = (word for name in gazetteer().polity(polity).names for word in name.text.lower().split())
    return kind and theme.lower_ not in names


def theme_agent(event: Clause, context: Context) -> list[Parties]:
    """The polity acted on as subject, the acting one as object: "X annexed Y" is a claim about Y."""
    return [
        Parties(p.object, p.subject, p.evidence, p.certainty, p.reason) for p in agent_theme(event, context) if p.object
    ]


def theme(event: Clause, context: Context) -> list[Parties]:
    """The theme as the only party."""
    return [Parties(id, None, (token.i,)) for id, token in named_in(event, event.theme, context)[:1]]


def agent_to(event: Clause, context: Context) -> list[Parties]:
    """Who gives to whom: "X extended recognition to Y", "X and Y granted each other recognition"."""
    actors = agents(event, context) or _whose(event, event.theme, context)
    mutual = any(token.lower_ == "each" for token in event.trigger.subtree)
    if mutual and (both := _mutual(actors)):
        return both
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("to", "of")]
    roots += [t for t in event.trigger.children if t.dep_ == "dative" and t.tag_ != "IN"]  # "granted Peru recognition"
    recipients = [pair for root in roots for pair in named_in(event, root, context)]
    return _from_actor_to(event, context, actors, recipients)


def theme_from(event: Clause, context: Context) -> list[Parties]:
    """Who receives from whom: "X received recognition from Y", "X won American recognition"."""
    if any(t.lower_ == "for" for t in event.trigger.subtree):
        return []  # recognition for an achievement, not of a state
    recipients = agents(event, context)
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("from", "by")]
    actors = [pair for root in roots for pair in named_in(event, root, context)]
    return (
        _from_actor_to(event, context, actors or _whose(event, event.theme, context), recipients) if recipients else []
    )


def _mutual(pairs: list[tuple[str, Token]]) -> list[Parties]:
    """An act of two polities on each other, as two claims; none unless exactly two are named."""
    ids = list(dict.fromkeys(id for id, _ in pairs))
    if len(ids) != 2:
        return []
    tokens = tuple(token.i for _, token in pairs)
    return [Parties(ids[0], ids[1], tokens), Parties(ids[1], ids[0], tokens)]


def _whose(event: Clause, noun: Token, context: Context) -> list[tuple[str, Token]]:
    """The polities that stand before a noun: "Chilean recognition", "Peru's recognition"."""
    modifiers = [t for t in noun.children if t.dep_ in ("poss", "amod", "compound", "nmod")]
    return [pair for token in modifiers for pair in named_in(event, token, context)]


def agent_of(event: Clause, context: Context) -> list[Parties]:
    """Whose from whom: "X withdrew its recognition of Y"."""
    roots = [g for name, g in prepositions(event.theme) if name in ("of", "from")]
    return _from_actor_to(
        event, context, agents(event, context), [p for r in roots for p in named_in(event, r, context)]
    )


def agent_on(event: Clause, context: Context) -> list[Parties]:
    """Who against whom: "X declared war on Y"."""
    roots = [
        g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name in ("on", "upon", "against")
    ]
    targets = [pair for root in roots for pair in named_in(event, root, context)]
    if not targets:
        return between(event, context) if any(_is_each_other(root) for root in roots) else []
    actors = agents(event, context)
    ids = {id for id, _ in actors}
    return _from_actor_to(event, context, actors if len(ids) == 1 else [], targets)


def _is_each_other(token: Token) -> bool:
    """Whether a word is the end of "each other" or "one another": an act of two on each other."""
    return token.lower_ in ("other", "another") and any(t.lower_ in ("each", "one") for t in region(token))


def noun_agent_of(event: Clause, context: Context) -> list[Parties]:
    """The parties of a noun: "X's recognition of Y", "recognition of Y by X", "mutual recognition between X and Y".

    A sign or a policy of recognition is not an act of recognition.
    """
    over = event.trigger.head.head if event.trigger.head.lower_ == "of" else None
    if over is not None and over.lower_ not in ("act", "acts", "record", "announcement"):
        return []
    mutual = [
        pair for name, g in prepositions(event.trigger) if name == "between" for pair in named_in(event, g, context)
    ]
    if both := _mutual(mutual):
        return both
    patients = [pair for name, g in prepositions(event.trigger) if name == "of" for pair in named_in(event, g, context)]
    actors = agents(event, context)
    if over is not None and not actors and not patients and (above := verb_above(event.trigger)) is not None:
        actors = named_in(event, subject(above), context)  # "in an act of recognition, X received …"
    return _from_actor_to(event, context, actors, patients)


def _from_actor_to(
    event: Clause, context: Context, actors: list[tuple[str, Token]], patients: list[tuple[str, Token]]
) -> list[Parties]:
    """The acting polity with each one acted on; where the text names one side only, the other is the document's."""
    actor = _sole(pair for pair in actors if pair[0] not in {id for id, _ in patients}) or _sole(actors)
    if patients and actor:
        return [Parties(actor[0], id, (actor[1].i, t.i)) for id, t in dict(patients).items() if id != actor[0]]
    if patients and (not is_foreign(event, context) or _speaks_for(event)):
        first, token = patients[0]
        counterpart = context.other(first)
        return (
            [Parties(counterpart, first, (token.i,), 0.8, f"the actor is taken for the document's: {counterpart}")]
            if counterpart
            else []
        )
    if actor and (counterpart := context.other(actor[0])) and event.theme.lower_ == "recognition":
        return [Parties(actor[0], counterpart, (actor[1].i,), 0.8, f"the other party is the document's: {counterpart}")]
    return []


def ratifier(event: Clause, context: Context) -> list[Parties]:
    """Who ratifies, and with whom: the other party of the agreement, otherwise the document's other polity."""
    signatories = between(event, context)
    actors = agents(event, context)
    if not actors:
        return signatories
    ids = dict(actors)
    others = [id for p in signatories for id in (p.subject, p.object) if id]
    ratifications = []
    for id, token in ids.items():
        counterpart = context.other(id) or next((o for o in others if o != id), None)
        if counterpart is not None:
            ratifications.append(Parties(id, counterpart, (token.i, event.theme.i), 0.95))
    return ratifications


def between_or_about(event: Clause, context: Context) -> list[Parties]:
    """The two parties of an agreement; for a law that grants a preference, the document's two polities."""
    mention = event.parsed.mentions.get(event.theme.i)
    if mention is not None and mention.kind == "act" and context.pair:
        return [Parties(*context.pair, (event.theme.i,), 0.8, "the two that the document is about")]
    return between(event, context)


def independence(event: Clause, context: Context) -> list[Parties]:
    """Whose independence it is, and from whom if the text says so."""
    sources = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "from"]
    former = [pair for root in sources for pair in named_in(event, root, context)]
    apart = {t for name, g in prepositions(event.theme) if name not in ("of", "for") for t in g.subtree}
    own = [pair for pair in named_in(event, event.theme, context) if pair[1] not in apart]
    if not own:
        own = [pair for pair in agents(event, context) if not is_verb(event.trigger) or _acts_itself(event)]
    if not own or _whose_is_open(event, context):
        return []
    source = former[0][0] if former else None
    return [Parties(own[0][0], source if source != own[0][0] else None, (own[0][1].i,))]


def _whose_is_open(event: Clause, context: Context) -> bool:
    """Whether the actor is a pronoun and several states are named: "X recognized Y when it gained independence"."""
    actor = subject(event.trigger) if is_verb(event.trigger) else None
    if actor is None or actor.lower_ not in PRONOUNS:
        return False
    states = {event.polity(mention, context) for mention in event.parsed.mentions.values() if mention.kind == "polity"}
    return len(states) > 1


def under(event: Clause, context: Context) -> list[Parties]:
    """Who was under whose sovereignty: "X had been under Spanish sovereignty", the verb being "be" or "remain"."""
    preposition = event.trigger.head
    verb = preposition.head
    if preposition.lower_ != "under" or verb.lower_ not in ("was", "were", "been", "is", "remained", "fallen", "came"):
        return []
    ruled, rulers = subject(verb), agents(event, context) or noun_of(event, context)
    if ruled is None or len({id for id, _ in rulers}) != 1:
        return []
    whole = [pair for token in ruled.subtree for pair in _at(event, token, context)]
    owner = whole or [
        pair for pair in [(context.about[0], event.trigger)] if ruled.lower_ in ("it", "country") and context.about
    ]
    dependents = [pair for pair in owner if pair[0] != rulers[0][0]]
    return (
        [Parties(dependents[0][0], rulers[0][0], (dependents[0][1].i, rulers[0][1].i))]
        if len(dict(dependents)) == 1
        else []
    )


def noun_of(event: Clause, context: Context) -> list[tuple[str, Token]]:
    """The polities after "of": the sovereignty of Spain."""
    return [pair for name, g in prepositions(event.trigger) if name == "of" for pair in named_in(event, g, context)]


def _at(event: Clause, token: Token, context: Context) -> list[tuple[str, Token]]:
    mention = event.parsed.mentions.get(token.i)
    id = event.polity(mention, context) if mention is not None and mention.is_polity else None
    return [(id, token)] if id else []


def _acts_itself(event: Clause) -> bool:
    """Whether the subject is the polity or its government: other bodies may also declare their independence."""
    actor = subject(event.trigger)
    if actor is None:
        return False
    mention = event.parsed.mentions.get(actor.i)
    return (mention is not None and mention.is_polity) or actor.lower_ in table("states")["nouns"] | PRONOUNS


Finder = Callable[[Clause, Context], list[Parties]]
FINDERS: dict[str, Finder] = {
    "between": between, "agent-theme": agent_theme, "theme-agent": theme_agent, "theme": theme, "agent-to": agent_to,
    "theme-from": theme_from,
    "agent-of": agent_of, "agent-on": agent_on, "noun-agent-of": noun_agent_of, "ratifier": ratifier,
    "between-or-about": between_or_about, "independence": independence, "under": under,
}  # fmt: skip
