"""The owner of a date: the verb or event above it, and a preposition between them that gives it to something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.model import Certainty, When
from comity.reading.dates.thread import Dated
from comity.reading.grammar.parse import Parsed, child, is_verb, prepositions, region, verb_above
from comity.reading.lexicon.words import table

if TYPE_CHECKING:
    from spacy.tokens import Token

# After these prepositions a date is that of another event, earlier or lasting.
_APART = frozenset({"after", "following", "before", "since", "until", "despite", "during", "pending", "than", "under"})
_NAMING = frozenset({"known", "called", "styled", "named", "located", "dated"})  # "…, then known as Siam, on May 2"
_AT = frozenset({"in", "at", "by", "through", "with", "during", "on", "via"})
_MAKING = frozenset(
    {"signed", "concluded", "dated", "issued", "proclaimed", "made", "negotiated", "exchanged",
     "approved", "enacted", "passed", "sent", "written", "delivered"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Governing:
    """A date that governs a verb; `certainty` between 0 and 1 with the `reason`."""

    dated: Dated
    token: int
    certainty: float
    reason: str


@dataclass(frozen=True, slots=True)
class Owned:
    """A date of a verb or event; `via` is a preposition between them that gives the date to another event."""

    token: Token
    dated: Dated
    via: str


class Dates:
    """The dates of one parsed sentence by the verb or event that owns each."""

    def __init__(self, parsed: Parsed, events: frozenset[str]) -> None:
        self.parsed = parsed
        self.events = events  # nouns for events, which own dates as verbs do
        self._by_owner: dict[int, list[Owned]] = {}
        for index, dated in parsed.dates.items():
            token = parsed.doc[index]
            owner, via = self.owner(token)
            if owner is not None and (dated.bound != "now" or is_now(owner)):
                self._by_owner.setdefault(owner.i, []).append(Owned(token, dated, via))

    def of(self, token: Token) -> list[Owned]:
        """The dates owned by a verb or event, in the order of the text."""
        return sorted(self._by_owner.get(token.i, []), key=lambda o: o.token.i)

    def own(self, token: Token) -> list[Governing]:
        """The dates of a verb or event itself: not those of an earlier event, nor the end of a duration."""
        dates = [o for o in self.of(token) if not o.via and o.dated.bound not in ("since", "until", "before")]
        if len(dates) < 2:
            return [Governing(bounded(o.dated), o.token.i, _sure(o.dated), o.dated.reason) for o in dates]
        return _several(token, dates)

    def clause(self, verb: Token) -> list[Governing]:
        """The dates of a clause: those of its verb, else of a verb that it governs or is joined to."""
        below = [t for t in verb.children if t.dep_ in ("xcomp", "ccomp", "conj") and is_verb(t)]
        return next((dates for t in (verb, *below) if (dates := self.own(t))), [])

    def act(self, noun: Token) -> list[Governing]:
        """The date of an act: that of an event, or the one that identifies a treaty."""
        if is_verb(noun) or noun.lower_ in self.events:
            return self.own(noun)
        if not self._is_document(noun):
            return []
        whole = (noun, *(g for name, g in prepositions(noun) if name == "of"))  # "the treaty of peace signed in 1846"
        participles = [t for part in whole for t in part.children if t.dep_ in ("acl", "relcl") and t.lower_ in _MAKING]
        if dates := next((dates for t in participles if (dates := self.own(t))), []):
            return dates
        tokens = [t for t in region(noun) if t.i in self.parsed.dates and self.owner(t)[0] in (None, noun)]
        return [Governing(self.parsed.dates[t.i], t.i, 0.9, "the date of the document") for t in tokens[:1]]

    def _is_document(self, noun: Token) -> bool:
        mention = self.parsed.mentions.get(noun.i)
        return is_document(noun) or (mention is not None and mention.kind in ("agreement", "act"))

    def owner(self, token: Token) -> tuple[Token | None, str]:
        """The nearest verb or event above a date; None when the date belongs to a thing ("the 1800 treaty").

        A date in brackets belongs to the clause of the words right before, wherever the parser attached it.
        """
        bracketed = token.i > 1 and token.nbor(-1).text == "("
        if bracketed and (clause := _clause_of(token.nbor(-2))) is not None:
            return clause, ""
        via = ""
        current = token
        while current.head != current:
            head = current.head
            if head.tag_ in ("IN", "TO", "VBG") and head.lower_ in _APART and current.dep_ in ("pobj", "pcomp"):
                via = via or ("" if current == token or _is_during(current) else head.lower_)
            acts = is_verb(head) and head.lower_ not in _NAMING and not (head.lower_ in _APART and head.dep_ == "prep")
            if acts and not _stands_before(token, head):
                return head, via
            if head.lower_ in self.events and head.tag_.startswith("NN"):
                return head, via
            if self.labels(current, head, token):
                return None, ""
            current = head
        return (current, via) if current != token else (None, "")

    def labels(self, current: Token, head: Token, token: Token) -> bool:
        """Whether a date only identifies a thing: "the 1800 Treaty", "the treaty of June 10, 1846".

        The date of a letter or meeting is also that of the act in it: "in a letter dated May 7, 1861, he recognized".
        """
        if current.lower_ == "dated":
            return not _is_where(head)
        if head.tag_.startswith("NN") and current == token:
            is_modifier = current.i < head.i and current.dep_ in ("nummod", "compound", "amod", "nmod")
            return is_modifier and not _is_where(head)
        governs_date = head.lower_ == "of" and current == token and head.head.lower_ != "as"
        return governs_date and head.head.lower_ not in self.events and not _is_where(head.head)


def _stands_before(date: Token, clause: Token) -> bool:
    """Whether a date precedes the word that opens a clause: "was closed April 9, after they broke relations"."""
    mark = child(clause, "mark")
    return clause.dep_ == "advcl" and mark is not None and date.i < mark.i


def is_now(verb: Token) -> bool:
    """Whether a verb states a present state, not an event, so that "now" and "today" may date it."""
    helps = any(t.dep_ in ("aux", "auxpass") and t.lower_ in ("is", "are") for t in verb.children)
    return verb.tag_ in ("VBZ", "VBP") or helps


def is_document(noun: Token) -> bool:
    """Whether a noun is a treaty, a letter, a meeting or a coup: its date is that of the act."""
    events = table("events")
    return noun.lower_ in events["occasions"] | events["happenings"] | table("agreements")["heads"]


def bounded(dated: Dated) -> Dated:
    """The date with an open start after "by", an open end after "after"."""
    if dated.bound == "by" and not dated.when.is_interval and "X" not in dated.when.edtf:
        return replace(dated, when=When.parse(f"../{dated.when.edtf}"))
    if dated.bound == "after" and not dated.when.is_interval and "X" not in dated.when.edtf:
        return replace(dated, when=When.parse(f"{dated.when.edtf}/.."))
    return dated


def _several(token: Token, dates: list[Owned]) -> list[Governing]:
    """The most precise of dates that agree; each of dates joined by "and"; else the nearest after the verb."""
    precise = max(dates, key=lambda o: len(o.dated.when.edtf))
    if all(_agree(precise.dated.when, o.dated.when) for o in dates):
        return [Governing(precise.dated, precise.token.i, _sure(precise.dated), precise.dated.reason)]
    first, *rest = dates
    if all(o.token in first.token.conjuncts for o in rest):
        return [Governing(o.dated, o.token.i, 0.8, "one of several dates that it is given") for o in dates]
    after = [o for o in dates if o.token.i > token.i] or dates[-1:]
    return [Governing(after[0].dated, after[0].token.i, 0.6, "the nearest of several dates")]


def _agree(precise: When, vaguer: When) -> bool:
    return precise == vaguer or precise.during(vaguer) is not Certainty.NO


def _sure(dated: Dated) -> float:
    return 1.0 if dated.certain else 0.85


def _is_during(noun: Token) -> bool:
    """Whether a noun is a meeting during which something was done."""
    return _is_where(noun) and noun.head.lower_ == "during"


def _is_where(noun: Token) -> bool:
    """Whether a noun is a letter or meeting in which something was done."""
    return noun.lower_ in table("events")["occasions"] and noun.dep_ == "pobj" and noun.head.lower_ in _AT


def _clause_of(token: Token) -> Token | None:
    """The verb of the subordinate clause that a word is in, if any."""
    above = token if is_verb(token) else verb_above(token)
    return above if above is not None and above.dep_ in ("relcl", "advcl", "ccomp") else None
