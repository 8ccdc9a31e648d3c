"""What aid is for: the words after it, or the program of the previous sentence that "this effort" refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from comity.reading.grammar.parse import Parsed, child, is_verb, prepositions
from comity.reading.lexicon.words import lemmas, table

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTING = frozenset({"this", "these", "that", "those", "such"})
_END = re.compile(r"[,;:()–—]|\.$| - ")
_DANGLING = re.compile(r"(?: (?:in|on|by|since|from|for|during|of|and|at|to|until|between)| the){1,9}$")


def is_again(noun: Token) -> bool:
    """Whether a noun refers to a program mentioned before: "this effort", "the project"."""
    pointed = any(t.lower_ in _POINTING | {"the"} for t in noun.children if t.dep_ == "det")
    own = any(t.dep_ in ("amod", "compound", "prep", "acl", "relcl", "poss", "nmod") for t in noun.children)
    return pointed and not own and noun.lower_ in table("aid")["efforts"]


def again(parsed: Parsed) -> str | None:
    """The referent of "this effort": the last program, effort or common work of the previous sentence.

    For an effort to establish something it is that thing: "an effort to establish a health program".
    """
    before = parsed.sentence.passage.text[: parsed.sentence.start].strip()
    last = re.split(r"(?<=[.!?]) ", before)[-1].rstrip(" .") if before else ""
    for pattern in _things():
        if programs := [match["thing"] for match in pattern.finditer(last)]:
            return str(programs[-1])
    return None


@cache
def _things() -> tuple[re.Pattern[str], ...]:
    """Patterns for what an effort establishes, for a program with its purpose, and for the object of cooperation."""
    efforts = "|".join(sorted(table("aid")["efforts"], key=len, reverse=True))
    founding = "|".join(sorted(lemmas("aid", "founding"), key=len, reverse=True))
    return (
        re.compile(rf"\b(?:{efforts}) to (?:{founding}) (?P<thing>(?:an?|the) [^,;.]+)"),
        re.compile(rf"\b(?P<thing>(?:an?|the|its|their) (?:[\w-]+ ){{0,4}}?(?:{efforts})\b[^,;.]*)"),
        re.compile(r"\b(?:cooperat|collaborat|work)\w* (?:together |closely |jointly )?on (?P<thing>[^,;.]+)"),
    )


def purpose(parsed: Parsed, verb: Token) -> str | None:
    """What assistance supports: the object of its verb, or of the verb of its programs; None for "these goals"."""
    for below in (t for t in verb.subtree if t != verb and is_verb(t) and t.dep_ in ("relcl", "acl")):
        if below.lower_ in lemmas("aid", "helping") and (goal := _object(parsed, below)):
            return goal
    return _object(parsed, verb) if verb.lower_ in lemmas("aid", "helping") else None


def _object(parsed: Parsed, verb: Token) -> str | None:
    objects = [child(verb, "dobj"), *(g for name, g in prepositions(verb) if name in ("on", "in", "to", "for"))]
    for noun in objects:
        if noun is not None and not any(t.lower_ in _POINTING for t in noun.children):
            return words_from(parsed, noun)
    return None


def aim(parsed: Parsed, roots: Iterable[Token]) -> str | None:
    """The purpose of a gift: the words after "for"."""
    for root in roots:
        for name, governed in prepositions(root):
            is_name = governed.i in parsed.mentions or governed.i in parsed.dates
            if name == "for" and not is_name and not governed.like_num:
                return words_from(parsed, governed)
    return None


def words_from(parsed: Parsed, noun: Token) -> str | None:
    """The words from the start of a noun phrase to the next comma, date or end, wherever the parser ends it."""
    text, start = parsed.sentence.text, parsed.where[noun.left_edge.i][0]
    ends = [d.start for d in parsed.sentence.dates if d.start > start]
    ends += [match.start() for match in _END.finditer(text, start + 1)]
    return _DANGLING.sub("", text[start : min([*ends, len(text)])].strip()) or None


def phrase(parsed: Parsed, noun: Token) -> str | None:
    """The words of a noun and its dependents up to the first comma."""
    tokens = []
    for token in sorted(noun.subtree, key=lambda t: t.i):
        if token.i > noun.i and (token.text in (",", ";", "(") or token.i in parsed.dates):
            break
        tokens.append(token)
    return _DANGLING.sub("", parsed.text(tokens)) or None
