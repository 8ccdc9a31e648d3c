"""Themes of verbs and nouns: their classes as used by patterns, and their positions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import Parsed, child, is_passive, is_verb, joined, prepositions, region, subject
from comity.reading.lexicon.patterns import Pattern
from comity.reading.lexicon.words import table

if TYPE_CHECKING:
    from spacy.tokens import Token

Finder = Callable[["Parsed", "Token"], "Token | None"]

_RANKS = frozenset({"rank", "status", "level", "presence", "representation", "operations", "activities"})
_OTHER_RELATIONS = frozenset(
    {"trade", "commercial", "economic", "military", "foreign", "public", "labor", "international", "race", "cultural",
     "financial", "consular", "ambassadorial", "treaty", "external", "industrial", "personal", "business"}
)  # fmt: skip
_LETTERS = frozenset({"credence", "credentials"})


def themes(parsed: Parsed, trigger: Token, pattern: Pattern) -> Iterator[Token]:
    """The themes of a verb or noun, of the class that the pattern requires."""
    for token in _places(parsed, trigger, pattern):
        for wanted in pattern.theme.split("|"):
            theme = of_class(parsed, token, wanted)
            if theme is not None:
                yield theme
                break


def _places(parsed: Parsed, trigger: Token, pattern: Pattern) -> Iterator[Token]:
    """The tokens that may be the theme."""
    if not is_verb(trigger):
        for word in pattern.role.split("|"):
            for name, governed in prepositions(trigger):
                if name == word:
                    yield from joined(governed)
                elif governed.lower_ in ("force", "effect"):  # "entry into force of the treaty"
                    yield from (token for deep, g in prepositions(governed) if deep == word for token in joined(g))
        return
    if pattern.role == "subject":
        yield from joined(subject(trigger))
    elif pattern.role != "object":
        yield from (
            token for name, governed in prepositions(trigger) if name == pattern.role for token in joined(governed)
        )
    elif is_passive(trigger):
        yield from joined(trigger.head if trigger.dep_ == "acl" else subject(trigger))
    else:
        yield from _active(parsed, trigger, pattern)


def _active(parsed: Parsed, verb: Token, pattern: Pattern) -> Iterator[Token]:
    """The object of an active verb; the subject of an intransitive one."""
    theme = child(verb, "dobj", "obj", "attr", "oprd") or child(verb, "dative")
    if theme is not None and (theme.i in parsed.dates or theme.lower_ == "doors"):
        theme = None  # "closed May 2, 1980"
    if theme is None and verb.dep_ != "relcl":
        theme = next(
            (
                t
                for t in verb.children
                if t.dep_ in ("nsubj", "npadvmod")
                and t.i > verb.i
                and t.tag_.startswith("NN")
                and t.i not in parsed.dates
            ),
            None,
        )
    if theme is not None and theme.tag_ in ("WDT", "WP"):
        theme = verb.head
    if theme is not None:
        yield from joined(theme)
    elif pattern.intransitive:
        yield from joined(subject(verb))
    elif verb.dep_ == "conj" or any(conjunct.dep_ == "conj" and is_verb(conjunct) for conjunct in verb.children):
        # "revised and later ratified the treaty": the object belongs to the other verb in the parse
        for conjunct in verb.conjuncts:
            if is_verb(conjunct) and conjunct.i > verb.i:
                yield from joined(child(conjunct, "dobj"))


def of_class(parsed: Parsed, token: Token, wanted: str) -> Token | None:
    """The token, or one below it, that is of a class; None when there is none."""
    return _CLASSES[wanted](parsed, token)


def _relations(parsed: Parsed, token: Token) -> Token | None:
    """Diplomatic relations; also bare "relations", but not trade relations."""
    if token.lower_ not in table("relations")["heads"]:
        return None
    modifiers = {t.lower_ for t in region(token) if t.dep_ in ("amod", "compound", "nmod", "conj") and t.i < token.i}
    if modifiers & table("relations")["adjectives"]:
        return token
    return None if modifiers & _OTHER_RELATIONS or token.lower_ == "intercourse" else token


def _mission(parsed: Parsed, token: Token) -> Token | None:
    """A mission, or the rank or presence of one."""
    mention = parsed.mentions.get(token.i)
    if mention is not None and mention.kind == "mission":
        return token
    if (token.tag_.startswith("NNP") and mention is None) or (mention is not None and mention.is_place):
        missions = (t for t, m in parsed.within(token.lefts) if m.kind == "mission" and t.i == token.i - 1)
        return next(missions, None)  # "Embassy Cotonou": the parser takes the town for the head
    if token.lower_ in _RANKS or token.lower_ in ("quarters", "post"):
        inner = (t for t, m in parsed.within(region(token)) if m.kind == "mission")
        return next(inner, token if token.lower_ in ("presence", "representation") else None)
    return None


def _lesser(parsed: Parsed, token: Token) -> Token | None:
    """A post below a diplomatic mission: when raised, a mission opens."""
    mission = _mission(parsed, token)
    mention = parsed.mentions.get(mission.i) if mission is not None else None
    return mission if mention is not None and mention.value in table("missions")["lesser"] else None


def _office(parsed: Parsed, token: Token) -> Token | None:
    """An office that precedes a mission: "the Office of the Representative was raised to Embassy status"."""
    return token if token.lower_ in table("posts")["nouns"] and token.i not in parsed.mentions else None


def _operations(parsed: Parsed, token: Token) -> Token | None:
    """The work of a mission: "operations at its Embassy", "Embassy operations"; the mission may be the subject."""
    if token.lower_ not in ("operations", "operation", "activities", "functions"):
        return None
    inner = next((t for t, m in parsed.within(region(token)) if m.kind == "mission"), None)
    if inner is not None:
        return inner
    verb = token.head
    near = (t for t, m in parsed.within(region(verb)) if m.kind == "mission") if is_verb(verb) else iter(())
    return next(near, None)


def _agreement(parsed: Parsed, token: Token) -> Token | None:
    mention = parsed.mentions.get(token.i)
    if mention is not None:
        return token if mention.kind == "agreement" else None
    if token.lower_ in table("agreements")["heads"]:
        return token
    declares = token.lower_ == "declaration" and any(t.lower_ in ("accession", "joint") for t in region(token))
    return token if declares else None


def _act(parsed: Parsed, token: Token) -> Token | None:
    mention = parsed.mentions.get(token.i)
    return token if mention is not None and mention.kind == "act" else None


def _credentials(parsed: Parsed, token: Token) -> Token | None:
    if token.lower_ in ("credentials", "credential"):
        return token
    is_letter = token.lower_ in ("letter", "letters") and any(t.lower_ in _LETTERS for t in region(token))
    return token if is_letter else None


def _polity(parsed: Parsed, token: Token) -> Token | None:
    mention = parsed.mentions.get(token.i)
    return token if mention is not None and mention.kind == "polity" else None


def _state(parsed: Parsed, token: Token) -> Token | None:
    """A state, its independence or its government: what can be recognized."""
    if _polity(parsed, token) is not None:
        return token
    if (token.lower_ in table("states")["nouns"] and token.dep_ != "attr") or token.lower_ == "it":
        return token
    if is_reciprocal(token):
        return token
    is_name = token.tag_.startswith("NNP") and token.i not in parsed.mentions
    of = (inner for name, g in prepositions(token) if name == "of" for inner in region(g))
    return token if is_name and any(m.kind == "polity" for _, m in parsed.within(of)) else None


def is_reciprocal(token: Token) -> bool:
    """Whether it is "each other" or "one another", either word of which may be the head in the parse."""
    near = token.doc[max(0, token.i - 1) : token.i + 2].text.lower()
    return token.lower_ in ("each", "other", "one", "another") and ("each other" in near or "one another" in near)


def _envoy(parsed: Parsed, token: Token) -> Token | None:
    """A person who is, or becomes, a chief of mission."""
    mention = parsed.mentions.get(token.i)
    if mention is not None:
        return token if mention.kind == "title" else None
    is_name = token.tag_.startswith("NN") and token.text[:1].isupper()  # a surname may be tagged as a common noun
    return token if is_name or token.tag_ in ("PRP", "WP") else None


def _organization(parsed: Parsed, token: Token) -> Token | None:
    """An organization of states, or membership in one: "a member of the United Nations"."""
    if token.lower_ in ("member", "members", "membership"):
        return next((g for name, g in prepositions(token) if name in ("of", "in") and _organization(parsed, g)), None)
    mention = parsed.mentions.get(token.i)
    return token if mention is not None and mention.kind == "organization" else None


def _exercises(parsed: Parsed, token: Token) -> Token | None:
    """Joint military exercises."""
    is_exercise = token.lower_ in ("exercise", "exercises", "maneuvers", "patrols")
    return token if is_exercise and any(t.lower_ == "joint" for t in token.lefts) else None


def _word(*words: str) -> Finder:
    def same_word(parsed: Parsed, token: Token) -> Token | None:
        return token if token.lower_ in words else None

    return same_word


_CLASSES: dict[str, Finder] = {
    "relations": _relations, "mission": _mission, "lesser": _lesser, "office": _office, "operations": _operations,
    "agreement": _agreement, "act": _act,
    "credentials": _credentials, "polity": _polity, "state": _state, "envoy": _envoy,
    "exercises": _exercises, "organization": _organization,
    **{word: _word(word) for word in ("recognition", "war", "independence", "protectorate", "alliance")},
}  # fmt: skip
