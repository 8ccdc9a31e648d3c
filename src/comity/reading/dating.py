"""Which date governs a verb: its own, or that of a clause that tells the same event; never just any in the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.model import Certainty, When
from comity.reading.dates import Dated
from comity.reading.parse import Parsed, accompanies, child, is_verb
from comity.reading.words import lemmas

if TYPE_CHECKING:
    from spacy.tokens import Token

# After these a date is that of something else, which came before or lasted.
_APART = frozenset({"after", "following", "before", "since", "until", "despite", "during", "pending", "than", "under"})
_NAMING = frozenset({"known", "called", "styled", "named", "located"})  # "…, then known as Siam, on May 2"
_LATER = frozenset({"later", "then", "eventually", "subsequently", "finally", "again", "soon"})
_SAME_EVENT = frozenset({"when", "as", "where", "whereby"})
_MEANS = frozenset({"by", "with", "upon", "through", "in", "on", "at", "via"})
_OCCURRING = frozenset(
    [
        "be",
        "is",
        "was",
        "were",
        "are",
        "occur",
        "occurred",
        "occurs",
        "took",
        "came",
        "come",
        "followed",
        "happened",
        "began",
    ]
)


NOT_UNTIL = "it was not so until that date"


@dataclass(frozen=True, slots=True)
class Governing:
    """A date that governs a verb; `certainty` between 0 and 1 with the `reason`."""

    dated: Dated
    token: int
    certainty: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Owned:
    """A date and what stands between it and what owns it: `via` is a preposition that sets it apart."""

    token: Token
    dated: Dated
    via: str


class Governors:
    """The dates of one parsed sentence, by the verb or noun that each hangs on."""

    def __init__(self, parsed: Parsed, events: frozenset[str]) -> None:
        self._parsed = parsed
        self._events = events  # nouns that tell an event, and so own their dates as verbs do
        self._owned: dict[int, list[_Owned]] = {}
        for index, dated in parsed.dates.items():
            token = parsed.doc[index]
            owner, via = self._owner(token)
            if owner is not None:
                self._owned.setdefault(owner.i, []).append(_Owned(token, dated, via))

    def of(self, trigger: Token) -> list[Governing]:
        """The dates that govern a verb or noun: usually one, several when it happened at several times."""
        found = self._own(trigger) or self._told(trigger) or self._over(trigger) or self._beside(trigger)
        return found or self._only(trigger)

    def apart(self, trigger: Token) -> list[Governing]:
        """The dates of what it followed, came with or came before: for what has no other date."""
        held = [o for o in self._owned.get(trigger.i, []) if o.via in ("after", "following", "with", "since")]
        return [Governing(o.dated, o.token.i, 0.8, f"the date of what it came {o.via}") for o in held]

    def events_at(self, token: Token) -> list[Governing]:
        """The dates that hang on a noun itself, and on nothing nearer."""
        return [] if is_verb(token) else self._own(token)

    def all_of(self, trigger: Token) -> list[tuple[int, Dated]]:
        """Every date that hangs on it directly, with its token, in the order of the text."""
        return sorted((o.token.i, o.dated) for o in self._owned.get(trigger.i, []) if not o.via)

    def _owner(self, token: Token) -> tuple[Token | None, str]:
        """The nearest verb or event above a date; None when the date belongs to a thing ("the 1800 treaty")."""
        via = ""
        current = token
        while current.head != current:
            head = current.head
            if head.tag_ in ("IN", "TO", "VBG") and head.lower_ in _APART and current.dep_ in ("pobj", "pcomp"):
                via = via or ("" if current == token else head.lower_)
            if is_verb(head) and head.lower_ not in _NAMING and not (head.lower_ in _APART and head.dep_ == "prep"):
                return head, via
            if head.lower_ in self._events and head.tag_.startswith("NN"):
                return head, via
            if self._labels(current, head, token):
                return None, ""
            current = head
        return (current, via) if current != token else (None, "")

    def _labels(self, current: Token, head: Token, token: Token) -> bool:
        """Whether a date only tells which thing is meant: "the 1800 Treaty", "the treaty of June 10, 1846"."""
        if head.tag_.startswith("NN") and current == token:
            return current.i < head.i and current.dep_ in ("nummod", "compound", "amod", "nmod")
        governs_date = head.lower_ == "of" and current == token and head.head.lower_ != "as"
        return governs_date and head.head.lower_ not in self._events

    def _own(self, trigger: Token) -> list[Governing]:
        held = [
            o for o in self._owned.get(trigger.i, []) if not o.via and o.dated.bound not in ("since", "until", "before")
        ]
        denied = child(trigger, "neg") is not None
        if held and denied and any(t.lower_ in ("until", "till") for t in trigger.subtree):
            return [Governing(held[0].dated, held[0].token.i, 0.9, NOT_UNTIL)]  # "not until a year later, in 1837"
        if not held and denied:
            until = [o for o in self._owned.get(trigger.i, []) if o.dated.bound in ("until", "before")]
            return [Governing(o.dated, o.token.i, 0.9, NOT_UNTIL) for o in until[:1]]
        if len(held) < 2:
            return [Governing(_bounded(o.dated), o.token.i, _sure(o.dated), o.dated.reason) for o in held]
        return self._several(trigger, held)

    def _several(self, trigger: Token, held: list[_Owned]) -> list[Governing]:
        """Of dates that agree the most precise; of dates joined by "and" each; else the nearest after the verb."""
        held.sort(key=lambda o: o.token.i)
        precise = max(held, key=lambda o: len(o.dated.when.edtf))
        if all(_agree(precise.dated.when, o.dated.when) for o in held):
            return [Governing(precise.dated, precise.token.i, _sure(precise.dated), precise.dated.reason)]
        first, *rest = held
        if all(o.token in first.token.conjuncts for o in rest):
            return [Governing(o.dated, o.token.i, 0.8, "one of several dates that it is given") for o in held]
        after = [o for o in held if o.token.i > trigger.i] or held[-1:]
        return [Governing(after[0].dated, after[0].token.i, 0.6, "the nearest of several dates")]

    def _told(self, trigger: Token) -> list[Governing]:
        """The date of the clause or act that tells how it happened: "when he presented …", "by the naming of …"."""
        for other in trigger.children:
            if found := self._own(other) if _explains(other) else self._by(other):
                return _weaker(found, 0.9, "the date of the act by which it came about")
        return []

    def _by(self, preposition: Token) -> list[Governing]:
        """The dates of the acts that a preposition of means governs."""
        if preposition.dep_ not in ("prep", "agent") or preposition.lower_ not in _MEANS:
            return []
        acts = [t for t in preposition.children if t.dep_ in ("pobj", "pcomp")]
        acts = [t for t in acts if is_verb(t) or t.lower_ in self._events]
        return next((found for act in acts if (found := self._own(act))), [])

    def _over(self, trigger: Token) -> list[Governing]:
        """The date of the clause that it explains, of the event that it is part of, or of its announcement."""
        head = trigger.head
        if head == trigger:
            return []
        if trigger.dep_ in ("advcl", "relcl") and any(t.lower_ in ("when", "whereby") for t in trigger.children):
            above = head if is_verb(head) else self._verb_above(head)
            return _weaker(self._own(above), 0.9, "the date of what it brought about") if above is not None else []
        if accompanies(trigger):
            return _weaker(self._own(head), 0.85, "the date of the act that it came with")
        if trigger.dep_ in ("ccomp", "xcomp") and head.lower_ in lemmas("over", "performing"):
            return _weaker(self._own(head) or self._over(head), 0.75, f"the date on which it was {_past(head)}")
        if trigger.dep_ in ("acl", "relcl") and trigger.tag_ == "VB":
            above = self._verb_above(head)
            if above is not None and above.lower_ in lemmas("over", "performing"):
                return _weaker(self._own(above), 0.8, f"the date on which it was {_past(above)}")
        if not is_verb(trigger):
            return self._noun_over(trigger)
        if trigger.dep_ == "pcomp" and head.lower_ in ("by", "in", "upon", "after") and is_verb(head.head):
            return _weaker(self._own(head.head), 0.85, "the date of what it brought about")
        return []

    def _noun_over(self, noun: Token) -> list[Governing]:
        """The date of the verb that says that an event occurred or was announced, or that came about by it."""
        above = self._verb_above(noun)
        if above is None:
            return []
        role = _role_under(noun, above)
        if role in ("nsubj", "nsubjpass", "attr") and above.lower_ in _OCCURRING:
            return _weaker(self._own(above), 0.95, "the date on which it occurred")
        if role in ("dobj", "nsubjpass") and above.lower_ in lemmas("over", "performing"):
            return _weaker(self._own(above), 0.85, f"the date on which it was {_past(above)}")
        if role in _MEANS - {"in", "on", "at"}:
            return _weaker(self._own(above) or self._over(above), 0.85, "the date of what it brought about")
        return []

    def _beside(self, trigger: Token) -> list[Governing]:
        """The date of the verb that it is joined to by "and", when that is one act of one actor."""
        told_with = {t for other in trigger.children if other.dep_ == "conj" for t in other.subtree}
        if any(t.i in self._parsed.dates for t in trigger.subtree if t not in told_with):
            return []  # it has a date of its own, though not one that governs it
        if trigger.dep_ == "conj" and is_verb(trigger.head) and child(trigger, "nsubj", "nsubjpass") is None:
            found = self._own(trigger.head) or self._over(trigger.head)
            return _weaker(found, 0.85, "the date of the act that it is told with")
        if trigger.dep_ == "conj" and is_verb(trigger.head) and not any(t.lower_ in _LATER for t in trigger.children):
            fronted = [g for g in self._own(trigger.head) if g.token < trigger.head.i]
            return _weaker(fronted, 0.75, "the date with which the sentence begins")
        for other in trigger.children:
            if other.dep_ == "conj" and is_verb(other) and child(other, "nsubj", "nsubjpass", "auxpass", "aux") is None:
                below = child(other, "xcomp", "ccomp")
                if found := self._own(other) or (self._own(below) if below is not None else []):
                    return _weaker(found, 0.8, "the date of the act that it is told with")
        return []

    def _only(self, trigger: Token) -> list[Governing]:
        """The only date of a sentence whose only verb this is, whatever the parser hung it on."""
        free = [(i, d) for i, d in self._parsed.dates.items() if not d.bound]
        if len(self._parsed.dates) != 1 or len(free) != 1 or not is_verb(trigger):
            return []
        verbs = [t for t in self._parsed.doc if is_verb(t) and t.dep_ not in ("aux", "auxpass", "amod")]
        token = self._parsed.doc[free[0][0]]
        owner, via = self._owner(token)
        if (
            verbs != [trigger]
            or via
            or (owner is not None and is_verb(owner))
            or self._labels(token, token.head, token)
        ):
            return []
        return [Governing(free[0][1], token.i, 0.7, "the only date of the sentence")]

    def _verb_above(self, token: Token) -> Token | None:
        current = token
        while current.head != current:
            current = current.head
            if is_verb(current):
                return current
        return None


def _explains(clause: Token) -> bool:
    """Whether a clause tells how something happened: "when he presented his credentials"."""
    marks = {t.lower_ for t in clause.children if t.dep_ in ("mark", "advmod")}
    return bool(clause.dep_ == "advcl" and marks & _SAME_EVENT)


def _role_under(noun: Token, verb: Token) -> str:
    """How a noun hangs on a verb: its dependency, or the preposition between."""
    current = noun
    while current.head != verb and current.head != current:
        if current.head.dep_ == "prep" and current.head.head == verb:
            return str(current.head.lower_)
        if current.head.dep_ == "prep" and current.head.lower_ != "of":
            return str(current.head.lower_) if current.head.head.head == current.head.head else "far"
        current = current.head
    return str(current.dep_)


def _weaker(found: list[Governing], factor: float, reason: str) -> list[Governing]:
    return [replace(g, certainty=g.certainty * factor, reason=reason) for g in found]


def _sure(dated: Dated) -> float:
    return 1.0 if dated.certain else 0.85


def _bounded(dated: Dated) -> Dated:
    """What "by" and "after" a date leave open."""
    if dated.bound == "by" and not dated.when.is_interval and "X" not in dated.when.edtf:
        return replace(dated, when=When.parse(f"../{dated.when.edtf}"))
    if dated.bound == "after" and not dated.when.is_interval and "X" not in dated.when.edtf:
        return replace(dated, when=When.parse(f"{dated.when.edtf}/.."))
    return dated


def _agree(precise: When, other: When) -> bool:
    return precise == other or precise.during(other) is not Certainty.NO


def _past(verb: Token) -> str:
    forms = {"announce": "announced", "agree": "agreed", "sign": "signed into law"}
    lemma = lemmas("over", "performing").get(verb.lower_, "")
    return forms.get(lemma, "announced or decided")
