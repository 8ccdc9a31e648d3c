"""Which date governs a verb: its own, or that of a clause about the same event; never just any in the sentence.

The nearest date is often the wrong one: in "relations, severed in 1917, were resumed in 1920" each verb has its own.
`Governors.of` therefore asks where the parse attaches each date, and tries the ways in order of certainty: the date
before which it did not happen, the verb's own date, that of a clause that explains it, that of the verb above it, that
of a verb joined by "and", and weaker evidence last, such as the only date of a sentence with one verb. The first way
that finds a date wins, and the less direct the way, the lower the date's `certainty` (the factors passed to `_weaker`).
Without any, the event stays undated.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from comity.model import When
from comity.reading.dates.thread import Dated
from comity.reading.grammar.date_scope import Dates, Governing, bounded, is_now
from comity.reading.grammar.parse import (
    Parsed,
    accompanies,
    child,
    is_joined,
    is_passive,
    is_verb,
    pioneering,
    subject,
    verb_above,
)
from comity.reading.lexicon.words import forms, lemmas

if TYPE_CHECKING:
    from spacy.tokens import Token

NOT_UNTIL = "it did not happen before that date"
_LATER = frozenset({"later", "then", "eventually", "subsequently", "finally", "again", "soon"})
_SAME_EVENT = frozenset({"when", "as", "where", "whereby"})
_MEANS = frozenset({"by", "with", "upon", "through", "in", "on", "at", "via", "according"})
_LASTING = frozenset({"years", "period", "era", "days", "decades", "months", "times", "reign"})
_TIMES = frozenset({"time", "date", "day", "point", "moment"})
_UNTIL = frozenset({"until", "till", "before"})
_BEING = forms("be")
_OCCURRING = (
    _BEING | forms("become") | {"occur", "occurred", "occurs", "took", "came", "come", "followed", "happened", "began"}
)


class Governors:
    """The dates of one parsed sentence, by the verb or noun that they govern."""

    def __init__(self, parsed: Parsed, events: frozenset[str]) -> None:
        self._dates = Dates(parsed, events)

    def of(self, trigger: Token) -> list[Governing]:
        """The dates that govern a verb or noun: usually one, several if it happened several times."""
        if _identifies_day(trigger):
            return self._dates.own(trigger)  # "confirmed as the date on which they were established"
        ways = (
            self._not_until, self._dates.own, self._explained, self._over, self._joined, self._only, self._later,
            self._ceased,
        )  # fmt: skip
        governing = next((governing for way in ways if (governing := way(trigger))), [])
        return [g for g in governing if g.dated.bound != "now" or is_now(trigger)]

    def apart(self, trigger: Token) -> list[Governing]:
        """The dates of events that it followed or came with, for an event without another date."""
        owned = [o for o in self._dates.of(trigger) if o.via in ("after", "following", "with", "since")]
        return [Governing(o.dated, o.token.i, 0.8, f"the date of the event that it came {o.via}") for o in owned]

    def until(self, trigger: Token) -> list[Governing]:
        """The dates on which the state that a verb describes is to end."""
        owned = [o for o in self._dates.of(trigger) if o.dated.bound == "until"]
        return [Governing(o.dated, o.token.i, 0.9, "the end that the text gives") for o in owned]

    def events_at(self, token: Token) -> list[Governing]:
        """The dates attached to a noun itself."""
        return [] if is_verb(token) else self._dates.own(token)

    def all_of(self, trigger: Token) -> list[tuple[int, Dated]]:
        """Every date attached directly to the trigger, with its token, in text order."""
        return [(o.token.i, o.dated) for o in self._dates.of(trigger) if not o.via]

    def _ceased(self, trigger: Token) -> list[Governing]:
        """The date of the verb below "ceased": "ceased to exist in 1991"."""
        below = child(trigger, "xcomp") if trigger.lower_ in forms("cease") else None
        return self._dates.own(below) if below is not None else []

    def _not_until(self, trigger: Token) -> list[Governing]:
        """The date before which it did not happen: "not until 1837", "not until the envoy was received in 1837"."""
        if child(trigger, "neg") is None:
            return []
        dates = self._dates.parsed.dates
        for dependent in trigger.children:
            if dependent.dep_ == "prep" and dependent.lower_ in _UNTIL:
                dated = [(t.i, dates[t.i]) for t in dependent.subtree if t.i in dates]
                dated = dated or [(i, d) for i, d in self.all_of(trigger) if i > dependent.i]
                governing = [Governing(d, i, 0.9, NOT_UNTIL) for i, d in dated]
            else:
                begun = dependent.dep_ == "advcl" and any(
                    t.lower_ in _UNTIL and t.dep_ == "mark" for t in dependent.children
                )
                governing = self._dates.clause(dependent) if begun else []
            if governing:
                return [_no_sooner(trigger, replace(governing[0], certainty=0.9, reason=NOT_UNTIL))]
        return []

    def _explained(self, trigger: Token) -> list[Governing]:
        """The date of the clause or act that explains how it happened: "when he presented …", "by the naming of …"."""
        for dependent in trigger.children:
            if (
                governing := self._dates.clause(dependent)
                if _explains(dependent)
                else self._by(dependent) or self._day(dependent)
            ):
                return _weaker(governing, 0.9, "the date of the act that caused it")
        actor = child(trigger, "nsubj")
        if actor is not None and not is_passive(trigger) and child(trigger, "dobj") is not None:
            return _weaker(self._dates.act(actor), 0.85, "the date of its cause")
        return self._occurring(trigger)

    def _day(self, token: Token) -> list[Governing]:
        """The date of the clause that defines the day: "on the day that it became independent, May 3, 1862"."""
        day = child(token, "pobj") if token.lower_ == "on" else token
        clause = child(day, "relcl", "acl") if day is not None and day.lower_ in ("day", "date") else None
        return self._dates.clause(clause) if clause is not None else []

    def _occurring(self, noun: Token) -> list[Governing]:
        """The date of a clause that says when an event occurred: "recognition of Peru, which occurred in 1826"."""
        clauses = [t for t in noun.subtree if t.dep_ == "relcl" and t.lower_ in _OCCURRING] if not is_verb(noun) else []
        whole = (t for t in clauses if t.head == noun or (t.head.head.lower_ == "of" and t.head.head.head == noun))
        return next((governing for t in whole if child(t, "attr") is None and (governing := self._dates.own(t))), [])

    def _by(self, preposition: Token) -> list[Governing]:
        """The dates of the acts after a preposition of means ("by", "through")."""
        if preposition.dep_ not in ("prep", "agent") or preposition.lower_ not in _MEANS:
            return []
        inner = child(preposition, "prep") if preposition.lower_ == "according" else preposition
        acts = [t for t in inner.children if t.dep_ in ("pobj", "pcomp")] if inner is not None else []
        return next((governing for act in acts if (governing := self._dates.act(act))), [])

    def _over(self, trigger: Token) -> list[Governing]:
        """The date of the clause that it explains, of the event that it is part of, or of its announcement."""
        head = trigger.head
        if head == trigger:
            return []
        if not is_verb(trigger):
            return self._noun_over(trigger)
        if (above := pioneering(trigger)) is not None:
            return self._dates.own(above) or self._explained(above)
        if (above := self._issued(trigger)) is not None:
            return _weaker(self._dates.own(above), 0.85, "the date of the statement")
        if trigger.dep_ in ("advcl", "relcl") and _is_then(trigger):
            above = head if is_verb(head) else verb_above(head)
            return _weaker(self._dates.own(above), 0.9, "the date of its effect") if above is not None else []
        return self._under(trigger, head)

    def _under(self, verb: Token, head: Token) -> list[Governing]:
        """The date of the verb above it: of an act that it accompanied, that decided it, or that it caused."""
        if accompanies(verb):
            return _weaker(self._dates.own(head), 0.85, "the date of the act that it accompanied")
        if head.lower_ in _BEING and verb.i > head.i and any(t.lower_ == "it" for t in head.children):
            if (mark := child(verb, "mark")) is not None and mark.lower_ != "that":
                return []  # "it was closed on April 9, after Peru broke relations"
            return self._not_until(head) or self._dates.own(head)  # "It was not until 1826 that Peru recognized"
        if verb.dep_ in ("ccomp", "xcomp") and head.lower_ in lemmas("over", "performing"):
            governing = self._dates.own(head) or self._explained(head) or self._over(head)
            return _weaker(governing, 0.75, f"the date on which it was {_past(head)}")
        if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VB":
            above = verb_above(head)
            if above is not None and above.lower_ in lemmas("over", "performing"):
                return _weaker(self._dates.own(above), 0.8, f"the date on which it was {_past(above)}")
        if verb.dep_ == "pcomp" and head.lower_ in ("by", "in", "upon", "after") and is_verb(head.head):
            return _weaker(self._dates.own(head.head), 0.85, "the date of its effect")
        return []

    def _issued(self, verb: Token) -> Token | None:
        """The verb that issued the document with this statement: "signed a declaration in which they agreed"."""
        if verb.dep_ not in ("relcl", "acl"):
            return None
        is_statement = verb.tag_ == "VBG" or any(t.tag_ in ("WDT", "WP") for t in verb.subtree)
        above = verb_above(verb.head) if is_statement else None
        return above if above is not None and above.lower_ in lemmas("over", "issuing") else None

    def _noun_over(self, noun: Token) -> list[Governing]:
        """The date of the verb above a noun, which says that it occurred, was announced, or caused the verb's act."""
        above = verb_above(noun)
        if above is None:
            return []
        role = "nsubjpass" if noun.dep_ == "appos" and subject(above) == noun else _role_under(noun, above)
        if role in ("nsubj", "nsubjpass", "attr") and above.lower_ in _OCCURRING:
            return _weaker(self._dates.own(above), 0.95, "the date on which it occurred")
        if role in ("dobj", "attr") and above.lower_ in _OCCURRING | lemmas("over", "constituting").keys():
            return _weaker(self._constituted(above), 0.85, "the date of the act that constituted it")
        if role in ("dobj", "nsubjpass") and above.lower_ in lemmas("over", "performing"):
            return _weaker(
                self._dates.own(above) or self._over(above), 0.85, f"the date on which it was {_past(above)}"
            )
        act = role == "in" and noun.head.head.lower_ in ("act", "acts")  # "in an act of recognition, …"
        if act or role in _MEANS - {"in", "on", "at"}:
            return _weaker(self._dates.own(above) or self._over(above), 0.85, "the date of its effect")
        return []

    def _constituted(self, verb: Token) -> list[Governing]:
        """The date of what "constitutes" something: of its subject, or of the clause above a "which"."""
        actor = child(verb, "nsubj")
        if actor is None or is_verb(actor):
            return []
        if verb.dep_ in ("relcl", "advcl") and actor.tag_ == "WDT":
            above = verb_above(verb)
            return self._dates.act(verb.head) or (self._dates.own(above) if above is not None else [])
        return self._dates.act(actor)

    def _joined(self, trigger: Token) -> list[Governing]:
        """The date of a verb joined by "and", if both are one act of one actor."""
        apart = [t for t in trigger.children if t.dep_ == "conj" or (t.dep_ == "advcl" and t.i < trigger.i)]
        clause_tokens = {t for clause in apart for t in clause.subtree}
        if any(t.i in self._dates.parsed.dates for t in trigger.subtree if t not in clause_tokens):
            return []  # it has a date of its own, even if not one that governs it
        if trigger.dep_ == "conj" and is_verb(trigger.head) and child(trigger, "nsubj", "nsubjpass") is None:
            governing = self._dates.own(trigger.head) or self._over(trigger.head)
            return _weaker(governing, 0.85, "the date of the act joined to it by “and”")
        if is_joined(trigger) and not any(t.lower_ in _LATER for t in trigger.children):
            fronted = [g for g in self._dates.own(trigger.head) if g.token < trigger.head.i]
            return _weaker(fronted, 0.75, "the date with which the sentence begins")
        return next((governing for t in trigger.children if (governing := self._shared(trigger, t))), [])

    def _shared(self, trigger: Token, verb: Token) -> list[Governing]:
        """The date of a following verb that applies to both: "was opened and relations were resumed in 1869"."""
        if verb.dep_ != "conj" or not is_verb(verb):
            return []
        governing = self._dates.clause(verb)
        if child(verb, "nsubj", "nsubjpass", "auxpass", "aux") is None:
            return _weaker(governing, 0.8, "the date of the act joined to it by “and”")
        between = trigger.doc[trigger.i : verb.i]
        one_date = is_passive(trigger) or len(self._dates.parsed.dates) == 1
        two = is_passive(verb) and subject(verb) != subject(trigger)  # not "was signed and was denounced in 1866"
        alike = one_date and two and "," not in (t.text for t in between)
        set_off = [g for g in governing if "," in (t.text for t in trigger.doc[max(verb.i, g.token - 2) : g.token])]
        return _weaker(self._dates.own(verb) if alike else set_off, 0.75, "one date for both acts")

    def _only(self, trigger: Token) -> list[Governing]:
        """The only date of a sentence whose only verb this is, wherever the parser attached it."""
        parsed = self._dates.parsed
        free = [(i, d) for i, d in parsed.dates.items() if not d.bound]
        if len(parsed.dates) != 1 or len(free) != 1 or not is_verb(trigger):
            return []
        verbs = [t for t in parsed.doc if is_verb(t) and t.dep_ not in ("aux", "auxpass", "amod")]
        token = parsed.doc[free[0][0]]
        owner, via = self._dates.owner(token)
        owned = via or (owner is not None and is_verb(owner)) or self._dates.labels(token, token.head, token)
        if verbs != [trigger] or owned:
            return []
        return [Governing(free[0][1], token.i, 0.7, "the only date of the sentence")]

    def _later(self, trigger: Token) -> list[Governing]:
        """An open date after something dated, at an unknown distance: "after a visit in July 1972"."""
        dates = [(o.token.i, o.dated) for o in self._dates.of(trigger) if o.via in ("after", "following")]
        after = (t for t in trigger.children if t.dep_ == "prep" and t.lower_ in ("after", "following"))
        dates += [(g.token, g.dated) for t in after for noun in t.children for g in self._dates.act(noun)]
        later = next(((i, d) for i, d in dates if d.bound in ("", "after") and not d.when.is_interval), None)
        if later is None:
            return []
        return [
            Governing(bounded(replace(later[1], bound="after")), later[0], 0.7, "it came after an event of that date")
        ]


def _no_sooner(trigger: Token, governing: Governing) -> Governing:
    """The date before which it did not happen; for "until after" a date, any time from then on."""
    words = [token.lower_ for token in trigger.doc[trigger.i : governing.token]]
    if ("until", "after") not in pairwise(words) or governing.dated.when.is_interval:
        return governing
    begin = governing.dated.when
    since = f"{begin.earliest.year:04}" if "X" in begin.edtf else begin.edtf
    return replace(governing, dated=replace(governing.dated, when=When.parse(f"{since}/..")))


def _is_then(clause: Token) -> bool:
    """Whether the act above a clause caused the act of the clause: "whereby", "at which time".

    "The years when he declared war" are a period with a time of its own.
    """
    if clause.dep_ == "relcl" and clause.head.lower_ in _LASTING:
        return False
    at_which = any(first.lower_ == "which" and then.lower_ in _TIMES for first, then in pairwise(clause.subtree))
    return at_which or any(t.lower_ in ("when", "whereby") for t in clause.children)


def _identifies_day(clause: Token) -> bool:
    """Whether a clause only identifies a day: "the date on which they began", "the date relations began"."""
    if clause.dep_ in ("relcl", "acl") and clause.head.lower_ in ("date", "day"):
        return True
    actor = child(clause, "nsubj", "nsubjpass")
    return actor is not None and any(t.lower_ in ("date", "day") for t in actor.lefts)


def _explains(clause: Token) -> bool:
    """Whether a clause explains how or when it happened: "when he presented his credentials", "doing so in 1862"."""
    if clause.dep_ == "advcl" and clause.lower_ == "doing" and any(t.lower_ == "so" for t in clause.children):
        return True
    marks = {t.lower_ for t in clause.children if t.dep_ in ("mark", "advmod")}
    return bool(clause.dep_ == "advcl" and marks & _SAME_EVENT)


def _role_under(noun: Token, verb: Token) -> str:
    """How a noun depends on a verb: its dependency label, or the preposition between them."""
    current = noun
    while current.head != verb and current.head != current:
        if current.head.dep_ == "prep" and current.head.head == verb:
            return str(current.head.lower_)
        if current.head.dep_ == "prep" and current.head.lower_ != "of":
            return str(current.head.lower_) if current.head.head.head == current.head.head else "far"
        current = current.head
    return str(current.dep_)


def _weaker(governing: list[Governing], factor: float, reason: str) -> list[Governing]:
    return [replace(g, certainty=g.certainty * factor, reason=reason) for g in governing]


def _past(verb: Token) -> str:
    past = {"announce": "announced", "agree": "agreed", "sign": "signed into law"}
    lemma = lemmas("over", "performing").get(verb.lower_, "")
    return past.get(lemma, "announced or decided")
