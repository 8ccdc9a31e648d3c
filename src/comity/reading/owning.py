"""What a date hangs on: the verb or event above it, and what stands between that sets it apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.dates import Dated
from comity.reading.parse import Parsed, is_verb
from comity.reading.words import table

if TYPE_CHECKING:
    from spacy.tokens import Token

# After these a date is that of something else, which came before or lasted.
_APART = frozenset({"after", "following", "before", "since", "until", "despite", "during", "pending", "than", "under"})
_NAMING = frozenset({"known", "called", "styled", "named", "located", "dated"})  # "…, then known as Siam, on May 2"
_AT = frozenset({"in", "at", "by", "through", "with", "during", "on", "via"})


@dataclass(frozen=True, slots=True)
class Owned:
    """A date and what stands between it and what owns it: `via` is a preposition that sets it apart."""

    token: Token
    dated: Dated
    via: str


def owned(parsed: Parsed, events: frozenset[str]) -> dict[int, list[Owned]]:
    """The dates of a sentence by the verb or event that each hangs on; those that only name a thing are left out."""
    held: dict[int, list[Owned]] = {}
    for index, dated in parsed.dates.items():
        token = parsed.doc[index]
        owner, via = owner_of(token, events)
        if owner is not None and (dated.bound != "now" or _is_now(owner)):
            held.setdefault(owner.i, []).append(Owned(token, dated, via))
    return held


def _is_now(verb: Token) -> bool:
    """Whether a verb says what is so, and not what happened, so that "now" and "today" may date it."""
    helps = any(t.dep_ in ("aux", "auxpass") and t.lower_ in ("is", "are") for t in verb.children)
    return verb.tag_ in ("VBZ", "VBP") or helps


def owner_of(token: Token, events: frozenset[str]) -> tuple[Token | None, str]:
    """The nearest verb or event above a date; None when the date belongs to a thing ("the 1800 treaty")."""
    via = ""
    current = token
    while current.head != current:
        head = current.head
        if head.tag_ in ("IN", "TO", "VBG") and head.lower_ in _APART and current.dep_ in ("pobj", "pcomp"):
            via = via or ("" if current == token or _is_during(current) else head.lower_)
        if is_verb(head) and head.lower_ not in _NAMING and not (head.lower_ in _APART and head.dep_ == "prep"):
            return head, via
        if head.lower_ in events and head.tag_.startswith("NN"):
            return head, via
        if labels(current, head, token, events):
            return None, ""
        current = head
    return (current, via) if current != token else (None, "")


def labels(current: Token, head: Token, token: Token, events: frozenset[str]) -> bool:
    """Whether a date only tells which thing is meant: "the 1800 Treaty", "the treaty of June 10, 1846".

    That of a letter or meeting is the date of what was done in it: "in a letter dated May 7, 1861, he recognized".
    """
    if current.lower_ == "dated":
        return not _is_where(head)
    if head.tag_.startswith("NN") and current == token:
        named = current.i < head.i and current.dep_ in ("nummod", "compound", "amod", "nmod")
        return named and not _is_where(head)
    governs_date = head.lower_ == "of" and current == token and head.head.lower_ != "as"
    return governs_date and head.head.lower_ not in events and not _is_where(head.head)


def _is_during(noun: Token) -> bool:
    """Whether it is the meeting during which something was done."""
    return _is_where(noun) and noun.head.lower_ == "during"


def _is_where(noun: Token) -> bool:
    """Whether it is the letter or meeting in which something was done."""
    return noun.lower_ in table("events")["occasions"] and noun.dep_ == "pobj" and noun.head.lower_ in _AT
