"""The modality of a statement: asserted, planned, reported or denied; or no statement at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.model import Modality
from comity.reading.grammar.parse import Parsed, child, is_verb, pioneering, verb_above
from comity.reading.lexicon.words import lemmas, table

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTES = {"“": "”", '"': '"', "«": "»"}
_OPENING = re.compile(f"[{''.join(_QUOTES)}]")
_BEFORE_WORDS = re.compile(f"[{''.join(_QUOTES)};]")
_DECLARED = re.compile(r"\b(?:announced|declared|proclaimed|confirmed|informed|notified)\b")
_THAT = re.compile(r"\bthat $")
_FUTURE = frozenset({"will", "shall", "'ll", "’ll"})
_MODALS = frozenset({"would", "could", "might", "may", "should", "must", "can", "ought"})
_DENYING = frozenset({"not", "n't", "n’t", "no", "never", "neither", "nor"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "until", "before"})
_REFUSED = frozenset({"refused", "declined"})  # in the past: what was refused did not happen then
_BEGINNING = frozenset(
    {
        form
        for verb in ("begin", "start", "move", "proceed", "manage", "help")
        for form in (verb, f"{verb}ed", f"{verb}s")
    }
    | {"began"}
)


def modality(parsed: Parsed, trigger: Token, theme: Token | None) -> Modality | None:
    """The modality of what a verb or noun states; None for a condition, a wish or a quotation."""
    if _is_quoted(parsed, trigger):
        return None
    mode = _own(parsed, trigger, theme)
    return mode and _under(trigger, mode)


def _is_quoted(parsed: Parsed, token: Token) -> bool:
    """Whether a word is in a quotation, other than one that quotes an announcement or declaration."""
    place, text = parsed.where[token.i][0], parsed.sentence.text
    start = next((start for start, end in _quotations(text) if start < place < end), None)
    if start is None:
        return False
    clause = _BEFORE_WORDS.split(text[:start])[-1]
    return not (_THAT.search(clause) and _DECLARED.search(clause))


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """The spans of quotations with their marks; an unclosed quotation mark is ignored."""
    position, unclosed = 0, ""
    for match in _OPENING.finditer(text):
        if match.start() < position or match.group() in unclosed:
            continue
        end = text.find(_QUOTES[match.group()], match.end())
        if end < 0:
            unclosed += match.group()  # later marks of this kind are unclosed too: do not search again, for linear time
            continue
        position = end + 1
        yield match.start(), position


def _own(parsed: Parsed, trigger: Token, theme: Token | None) -> Modality | None:
    """The modality by the trigger's own auxiliaries and negations."""
    auxiliaries = {t.lower_ for t in _auxiliaries(trigger)}
    if auxiliaries & _MODALS or any(t.lower_ in _CONDITIONS and t.dep_ == "mark" for t in trigger.children):
        return None
    if child(trigger, "neg") is not None or any(t.lower_ in ("no", "neither") for t in _determiners(trigger, theme)):
        return Modality.DENIED
    if any(t.lower_ in ("never", "nor", "neither") for t in trigger.children):
        return Modality.DENIED
    return Modality.PLANNED if auxiliaries & _FUTURE else Modality.ASSERTED


def _auxiliaries(verb: Token) -> list[Token]:
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    if not auxiliaries and verb.dep_ == "conj" and is_verb(verb.head):
        return _auxiliaries(verb.head)
    return auxiliaries


def _determiners(trigger: Token, theme: Token | None) -> list[Token]:
    nouns = [noun for word in (trigger, theme) if word is not None for noun in (word, *word.conjuncts)]
    return [t for noun in nouns for t in noun.children if t.dep_ == "det"]


def _under(trigger: Token, mode: Modality) -> Modality | None:
    """The modality after the verbs above the trigger are considered."""
    if not is_verb(trigger):
        return _noun_under(trigger, mode)
    current = trigger
    while current.dep_ == "conj" and is_verb(current.head):
        current = current.head
    head = current.head
    infinitive = any(t.lower_ == "to" and t.dep_ == "aux" for t in current.children)
    if head == current and infinitive:
        return None  # the parser lost the verb above it: "a referendum to separate fell short"
    if head == current or pioneering(current) is not None:
        return mode
    if current.dep_ in ("ccomp", "xcomp", "pcomp") or infinitive:
        return _governed(current, head, mode, infinitive)
    if current.dep_ == "advcl" and any(t.lower_ in _CONDITIONS for t in current.children if t.dep_ == "mark"):
        return None
    return mode


def _governed(verb: Token, head: Token, mode: Modality, infinitive: bool) -> Modality | None:
    """Under a verb of saying, deciding or wishing; an infinitive under any other verb states nothing."""
    word = head.lower_
    if word in _REFUSED and infinitive and mode is Modality.ASSERTED:
        return Modality.DENIED
    if word in lemmas("over", "negating"):
        return None
    if word in lemmas("over", "reporting"):
        return None if infinitive else Modality.REPORTED if mode is Modality.ASSERTED else mode
    if word in lemmas("over", "performing"):
        negated = child(head, "neg") is not None
        unsaid = {t.lower_ for t in head.children if t.dep_ == "aux"} & (_MODALS | _FUTURE)
        return None if negated or unsaid else mode
    if (
        infinitive
        and verb.dep_ in ("acl", "relcl")
        and word in table("agreements")["acts"] | table("events")["decisions"]
    ):
        above = verb_above(head)
        return _governed(verb, above, mode, True) if above is not None else None
    if infinitive and word in _BEGINNING:
        return mode
    return None if infinitive else mode


def _noun_under(noun: Token, mode: Modality) -> Modality | None:
    """The modality of a noun: the event happened unless the verb above wishes or refuses it."""
    current = noun
    while current.head != current and not is_verb(current.head):
        current = current.head
    head = current.head
    if head == current or not is_verb(head):
        return mode
    if head.lower_ in lemmas("over", "negating") or child(head, "neg") is not None:
        return None
    auxiliaries = {t.lower_ for t in head.children if t.dep_ == "aux"}
    if auxiliaries & (_MODALS | {"to"}):
        return None
    return Modality.PLANNED if auxiliaries & _FUTURE else mode


def cue(trigger: Token, mode: Modality) -> Token | None:
    """The word that makes a statement planned, reported or denied: "will", "claimed", "never"; None when asserted."""
    words = {
        Modality.PLANNED: _FUTURE,
        Modality.REPORTED: lemmas("over", "reporting").keys(),
        Modality.DENIED: _DENYING,
    }.get(mode, frozenset())
    near = (*trigger.children, *trigger.subtree)
    above = (token for head in trigger.ancestors for token in (head, *head.children))
    return next((token for token in (*near, *above) if token.lower_ in words), None)
