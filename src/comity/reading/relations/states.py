"""The fate of states: independence, union, dependence, cession and occupation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import child, is_verb, prepositions, subject, verb_above
from comity.reading.lexicon.words import table
from comity.reading.parties.actors import Finder, agents, independence, theme_agent
from comity.reading.parties.context import Clause, Context, Parties
from comity.reading.parties.mutual import named_in

if TYPE_CHECKING:
    from spacy.tokens import Token

Pair = tuple[str, "Token"]
# After these prepositions independence was reached, unlike in a struggle "for" it.
_REACHED = frozenset({"after", "following", "since", "upon", "on", "with", "before", "until", "at"})
_DEPENDENT = frozenset(
    {"protectorate", "colony", "mandate", "dependency", "dominion", "possession", "territory", "trusteeship", "vassal",
     "province"}
)  # fmt: skip


def reached(event: Clause, context: Context) -> list[Parties]:
    """The parties of an independence mentioned in passing: "following its independence from Spain, Peru joined"."""
    noun = event.trigger
    if noun.dep_ != "pobj" or noun.head.lower_ not in _REACHED:
        return []
    independences = [parties for parties in independence(event, context) if parties.object]
    if independences or not any(t.lower_ in ("its", "their") for t in noun.lefts):
        return independences
    verb = verb_above(noun.head) if is_verb(noun.head) else verb_above(noun)  # "following" is tagged as a verb
    actor = subject(verb) if verb is not None else None
    own = _only(named_in(event, actor, context))
    former = _only(pair for name, g in prepositions(noun) if name == "from" for pair in named_in(event, g, context))
    if own is None or former is None or own[0] == former[0]:
        return []
    nearer = [
        token for token, m in event.parsed.within(event.parsed.doc) if m.is_polity and own[1].i < token.i < noun.i
    ]
    return [] if nearer else [Parties(own[0], former[0], (own[1].i, former[1].i))]


def becoming(event: Clause, context: Context) -> list[Parties]:
    """Who became independent, or an independent state; and from whom, if stated."""
    became = child(event.trigger, "acomp", "attr", "oprd")
    if became is None:
        return []
    if _lasted(event):
        return []
    free = became if became.lower_ == "independent" else child(became, "amod")
    if free is None or free.lower_ != "independent":
        return []
    own = _itself(event, context)
    sources = [g for t in (event.trigger, became, free) for name, g in prepositions(t) if name in ("from", "of")]
    former = _only(pair for root in sources for pair in named_in(event, root, context))
    if own is None:
        return []
    return [Parties(own[0], former[0] if former and former[0] != own[0] else None, (own[1].i,))]


def republic(event: Clause, context: Context) -> list[Parties]:
    """Who became, or was proclaimed, a republic."""
    became = child(event.trigger, "attr", "oprd", "dobj")
    own = _itself(event, context)
    if (
        _lasted(event)
        or became is None
        or became.lower_ != "republic"
        or own is None
        or named_in(event, became, context)
    ):
        return []
    return [Parties(own[0], None, (own[1].i,))]


def into(event: Clause, context: Context) -> list[Parties]:
    """Who was absorbed by whom: "X merged with Y", "X was incorporated into Y"."""
    moved = child(event.trigger, "dobj")
    joining = moved if moved is not None else subject(event.trigger)
    into_ = _only(named_in(event, event.theme, context))
    if joining is None or joining.i not in event.parsed.mentions or into_ is None:
        return []
    polities = dict(named_in(event, joining, context))  # "Egypt and Syria merged into the United Arab Republic"
    return [Parties(id, into_[0], (token.i, into_[1].i)) for id, token in polities.items() if id != into_[0]]


def dependency(event: Clause, context: Context) -> list[Parties]:
    """Who became whose protectorate or colony."""
    became = child(event.trigger, "attr", "oprd")
    if became is None or became.lower_ not in _DEPENDENT:
        return []
    own = _itself(event, context)
    rulers = [pair for t in became.lefts for pair in named_in(event, t, context)]
    rulers += [pair for name, g in prepositions(became) if name == "of" for pair in named_in(event, g, context)]
    ruler = _only(rulers)
    if own is None or ruler is None or own[0] == ruler[0]:
        return []
    return [Parties(own[0], ruler[0], (own[1].i, ruler[1].i))]


def over(event: Clause, context: Context) -> list[Parties]:
    """Over whom a protectorate was declared, and by whom."""
    roots = [g for t in (event.theme, event.trigger) for name, g in prepositions(t) if name == "over"]
    own = _only(pair for root in roots if not is_part(root) for pair in named_in(event, root, context))
    before = [pair for t in event.theme.lefts for pair in named_in(event, t, context)]
    ruler = _only([*agents(event, context), *before])
    if own is None or ruler is None or own[0] == ruler[0]:
        return []
    return [Parties(own[0], ruler[0], (own[1].i, ruler[1].i))]


def ceded(event: Clause, context: Context) -> list[Parties]:
    """What was ceded, and to whom."""
    territory = _only(named_in(event, event.theme, context)) if not is_part(event.theme) else None
    roots = [g for t in (event.trigger, event.theme) for name, g in prepositions(t) if name == "to"]
    to = _only(pair for root in roots for pair in named_in(event, root, context))
    if territory is None or to is None or territory[0] == to[0] or event.theme.i not in event.parsed.mentions:
        return []
    return [Parties(territory[0], to[0], (territory[1].i, to[1].i))]


def occupied(event: Clause, context: Context) -> list[Parties]:
    """Who was occupied by whom; empty when only a part was."""
    return [] if is_part(event.theme) else theme_agent(event, context)


def is_part(token: Token) -> bool:
    """Whether a noun is a part of a country: northern Morocco."""
    return any(t.lower_ in table("states")["parts"] for t in token.lefts)


def _lasted(event: Clause) -> bool:
    """Whether the date is a closed interval: then it is not the date of a beginning."""
    return event.when is not None and event.when.is_interval and ".." not in event.when.edtf


def _itself(event: Clause, context: Context) -> Pair | None:
    """The polity that is itself the subject of a verb, not its possession."""
    actor = subject(event.trigger)
    return _only(named_in(event, actor, context)) if actor is not None and actor.i in event.parsed.mentions else None


def _only(pairs: Iterable[Pair]) -> Pair | None:
    """The polity that some words name, if it is the only one."""
    candidates = list(pairs)
    return candidates[0] if len({id for id, _ in candidates}) == 1 else None


FINDERS: dict[str, Finder] = {
    "reached": reached, "becoming": becoming, "republic": republic, "into": into, "dependency": dependency,
    "over": over, "ceded": ceded, "occupied": occupied,
}  # fmt: skip
