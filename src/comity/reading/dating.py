"""Which date governs a verb: its own, or that of a clause that tells the same event; never just any in the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.model import Certainty, When
from comity.reading.dates import Dated
from comity.reading.owning import Owned, labels, owned, owner_of
from comity.reading.parse import Parsed, accompanies, child, is_verb, pioneering, verb_above
from comity.reading.words import forms, lemmas

if TYPE_CHECKING:
    from spacy.tokens import Token

_LATER = frozenset({"later", "then", "eventually", "subsequently", "finally", "again", "soon"})
_SAME_EVENT = frozenset({"when", "as", "where", "whereby"})
_MEANS = frozenset({"by", "with", "upon", "through", "in", "on", "at", "via", "according"})
_UNTIL = frozenset({"until", "till", "before"})
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


class Governors:
    """The dates of one parsed sentence, by the verb or noun that each hangs on."""

    def __init__(self, parsed: Parsed, events: frozenset[str]) -> None:
        self._parsed = parsed
        self._events = events  # nouns that tell an event, and so own their dates as verbs do
        self._owned = owned(parsed, events)

    def of(self, trigger: Token) -> list[Governing]:
        """The dates that govern a verb or noun: usually one, several when it happened at several times."""
        ways = (self._not_until, self._own, self._told, self._over, self._beside, self._only, self._later, self._ceased)
        return next((found for way in ways if (found := way(trigger))), [])

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

    def _own(self, trigger: Token) -> list[Governing]:
        held = [
            o for o in self._owned.get(trigger.i, []) if not o.via and o.dated.bound not in ("since", "until", "before")
        ]
        if len(held) < 2:
            return [Governing(_bounded(o.dated), o.token.i, _sure(o.dated), o.dated.reason) for o in held]
        return self._several(trigger, held)

    def _several(self, trigger: Token, held: list[Owned]) -> list[Governing]:
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

    def _ceased(self, trigger: Token) -> list[Governing]:
        """The date of what it ceased to do: "ceased to exist in 1991"."""
        below = child(trigger, "xcomp") if trigger.lower_ in forms("cease") else None
        return self._own(below) if below is not None else []

    def _not_until(self, trigger: Token) -> list[Governing]:
        """The date before which it was not so: "until 1837", "until the envoy was received on May 2, 1837"."""
        if child(trigger, "neg") is None:
            return []
        for other in trigger.children:
            if other.dep_ == "prep" and other.lower_ in _UNTIL:
                dated = [(t.i, self._parsed.dates[t.i]) for t in other.subtree if t.i in self._parsed.dates]
                dated = dated or [(i, d) for i, d in self.all_of(trigger) if i > other.i]
                found = [Governing(d, i, 0.9, NOT_UNTIL) for i, d in dated]
            else:
                begun = other.dep_ == "advcl" and any(t.lower_ in _UNTIL and t.dep_ == "mark" for t in other.children)
                found = self._clause(other) if begun else []
            if found:
                return [replace(found[0], certainty=0.9, reason=NOT_UNTIL)]
        return []

    def _told(self, trigger: Token) -> list[Governing]:
        """The date of the clause or act that tells how it happened: "when he presented …", "by the naming of …"."""
        for other in trigger.children:
            if found := self._clause(other) if _explains(other) else self._by(other) or self._day(other):
                return _weaker(found, 0.9, "the date of the act by which it came about")
        return self._occurring(trigger)

    def _clause(self, verb: Token) -> list[Governing]:
        """The dates of a clause: its verb's, or that of the verb that this one governs or is joined to."""
        below = [t for t in verb.children if t.dep_ in ("xcomp", "ccomp", "conj") and is_verb(t)]
        return next((found for t in (verb, *below) if (found := self._own(t))), [])

    def _day(self, token: Token) -> list[Governing]:
        """The date of the clause that tells the day: "on the day that it became independent, May 3, 1862"."""
        day = child(token, "pobj") if token.lower_ == "on" else token
        clause = child(day, "relcl", "acl") if day is not None and day.lower_ in ("day", "date") else None
        return self._clause(clause) if clause is not None else []

    def _occurring(self, noun: Token) -> list[Governing]:
        """The date of a clause that says of an event when it was: "recognition of Peru, which occurred in 1826"."""
        clauses = [t for t in noun.subtree if t.dep_ == "relcl" and t.lower_ in _OCCURRING] if not is_verb(noun) else []
        whole = (t for t in clauses if t.head == noun or (t.head.head.lower_ == "of" and t.head.head.head == noun))
        return next((found for t in whole if child(t, "attr") is None and (found := self._own(t))), [])

    def _by(self, preposition: Token) -> list[Governing]:
        """The dates of the acts that a preposition of means governs."""
        if preposition.dep_ not in ("prep", "agent") or preposition.lower_ not in _MEANS:
            return []
        inner = child(preposition, "prep") if preposition.lower_ == "according" else preposition
        acts = [t for t in inner.children if t.dep_ in ("pobj", "pcomp")] if inner is not None else []
        acts = [t for t in acts if is_verb(t) or t.lower_ in self._events]
        return next((found for act in acts if (found := self._own(act))), [])

    def _over(self, trigger: Token) -> list[Governing]:
        """The date of the clause that it explains, of the event that it is part of, or of its announcement."""
        head = trigger.head
        if head == trigger:
            return []
        if (above := pioneering(trigger)) is not None:
            return self._own(above) or self._told(above)
        if (above := self._issued(trigger)) is not None:
            return _weaker(self._own(above), 0.85, "the date of the act in which it was said")
        if trigger.dep_ in ("advcl", "relcl") and any(t.lower_ in ("when", "whereby") for t in trigger.children):
            above = head if is_verb(head) else verb_above(head)
            return _weaker(self._own(above), 0.9, "the date of what it brought about") if above is not None else []
        if accompanies(trigger):
            return _weaker(self._own(head), 0.85, "the date of the act that it came with")
        if trigger.dep_ in ("ccomp", "xcomp") and head.lower_ in lemmas("over", "performing"):
            return _weaker(self._own(head) or self._over(head), 0.75, f"the date on which it was {_past(head)}")
        if trigger.dep_ in ("acl", "relcl") and trigger.tag_ == "VB":
            above = verb_above(head)
            if above is not None and above.lower_ in lemmas("over", "performing"):
                return _weaker(self._own(above), 0.8, f"the date on which it was {_past(above)}")
        if not is_verb(trigger):
            return self._noun_over(trigger)
        if trigger.dep_ == "pcomp" and head.lower_ in ("by", "in", "upon", "after") and is_verb(head.head):
            return _weaker(self._own(head.head), 0.85, "the date of what it brought about")
        return []

    def _issued(self, verb: Token) -> Token | None:
        """The verb by which something was issued that says this: "signed a declaration in which they agreed"."""
        said = any(t.tag_ in ("WDT", "WP") and t.dep_ == "pobj" for t in verb.subtree) or verb.tag_ == "VBG"
        above = verb_above(verb.head) if verb.dep_ in ("relcl", "acl") and said else None
        return above if above is not None and above.lower_ in lemmas("over", "issuing") else None

    def _noun_over(self, noun: Token) -> list[Governing]:
        """The date of the verb that says that an event occurred or was announced, or that came about by it."""
        above = verb_above(noun)
        if above is None:
            return []
        role = _role_under(noun, above)
        if role in ("nsubj", "nsubjpass", "attr") and above.lower_ in _OCCURRING:
            return _weaker(self._own(above), 0.95, "the date on which it occurred")
        if role in ("dobj", "attr") and above.lower_ in _OCCURRING | lemmas("over", "constituting").keys():
            return _weaker(self._constituted(above), 0.85, "the date of the act that it was")
        if role in ("dobj", "nsubjpass") and above.lower_ in lemmas("over", "performing"):
            return _weaker(self._own(above) or self._over(above), 0.85, f"the date on which it was {_past(above)}")
        act = role == "in" and noun.head.head.lower_ in ("act", "acts")  # "in an act of recognition, …"
        if act or role in _MEANS - {"in", "on", "at"}:
            return _weaker(self._own(above) or self._over(above), 0.85, "the date of what it brought about")
        return []

    def _constituted(self, verb: Token) -> list[Governing]:
        """The date of what "constitutes" something: of its subject, or of the clause above a "which"."""
        actor = child(verb, "nsubj")
        if actor is None or is_verb(actor):
            return []
        if verb.dep_ == "relcl" and actor.tag_ == "WDT":
            above = verb_above(verb.head)
            return self._own(verb.head) or (self._own(above) if above is not None else [])
        return self._own(actor)

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
        owner, via = owner_of(token, self._events)
        if (
            verbs != [trigger]
            or via
            or (owner is not None and is_verb(owner))
            or labels(token, token.head, token, self._events)
        ):
            return []
        return [Governing(free[0][1], token.i, 0.7, "the only date of the sentence")]

    def _later(self, trigger: Token) -> list[Governing]:
        """That it was after something that has a date: "after a visit in July 1972", at no known distance."""
        held = [o for o in self._owned.get(trigger.i, []) if o.via in ("after", "following")]
        after = (t for t in trigger.children if t.dep_ == "prep" and t.lower_ in ("after", "following"))
        held += [o for t in after for noun in t.children for o in self._owned.get(noun.i, []) if not o.via]
        later = next((o for o in held if o.dated.bound in ("", "after")), None)
        if later is None:
            return []
        dated = _bounded(replace(later.dated, bound="after"))
        return [Governing(dated, later.token.i, 0.7, "it was after what has that date")]


def _explains(clause: Token) -> bool:
    """Whether a clause tells how it happened, or when: "when he presented his credentials", "doing so in 1862"."""
    if clause.dep_ == "advcl" and clause.lower_ == "doing" and any(t.lower_ == "so" for t in clause.children):
        return True
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
