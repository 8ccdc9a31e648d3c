"""The built-in reader: patterns over the parse of each promising sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import tee
from typing import TYPE_CHECKING, ClassVar

from comity.model import Claim, Document, Modality, Participant, Span
from comity.reading.base import Derivation, Found, Reader, Share, cited
from comity.reading.dates.thread import Thread, of_events
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import NOT_UNTIL, Governors
from comity.reading.grammar.modality import cue, modality
from comity.reading.grammar.parse import Parsed, Sentence, child, is_passive, is_verb, parse, prepositions, subject
from comity.reading.grammar.themes import themes
from comity.reading.lexicon.patterns import Pattern, by_noun, by_verb, is_promising, tables
from comity.reading.lexicon.words import forms, table
from comity.reading.names.mentions import ABBREVIATION, Names
from comity.reading.parties import actors
from comity.reading.parties.about import infer
from comity.reading.parties.context import Clause, Context, Parties, Topic, is_elsewhere, then
from comity.reading.parties.mutual import is_with_new_government
from comity.reading.parties.persons import over, persons
from comity.reading.relations import envoys, states
from comity.reading.relations import missions as posts
from comity.reading.relations import shared as sharing
from comity.reading.relations.aid import assistance, may_aid
from comity.reading.relations.commitments import commitments, may_pledge
from comity.reading.relations.companies import actors as companies
from comity.reading.relations.companies import may_act
from comity.reading.relations.consequences import consequences
from comity.reading.relations.figures import figures, has_figure
from comity.reading.relations.governments import changes, has_change
from comity.reading.relations.memberships import may_belong, memberships
from comity.reading.relations.quality import has_mood, qualities
from comity.reading.relations.rulers import may_rule, rulers
from comity.reading.relations.statement import Said
from comity.reading.relations.strife import has_strife, strife
from comity.reading.relations.visits import may_visit, visits
from comity.reading.relations.works import may_cite, works
from comity.reading.text.passages import Passage, passages
from comity.reading.text.sentences import sentences
from comity.relations.mood import QUALITY
from comity.relations.states import STATEHOOD_INDEPENDENCE

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARE = 1 << 16  # characters of prose in one share
_OF_STATES = ("embassy", "legation")  # missions to a state; a consulate is to whoever rules the place
_FINDERS = {**actors.FINDERS, **posts.FINDERS, **envoys.FINDERS, **sharing.FINDERS, **states.FINDERS}
_TOPICS = ("relations", "agreement")  # what "they" and "it" may stand for
_LABELS = {"town": posts.town, "talks": sharing.talks, "purpose": sharing.purpose}
# Finders for what pattern tables cannot express, each with a cheap check of whether a sentence is worth parsing.
_OTHER_FINDERS: tuple[tuple[Callable[[str], bool], Callable[[Parsed, Context, Governors], Iterator[Said]]], ...] = (
    (has_figure, figures),
    (has_mood, qualities),
    (has_change, changes),
    (may_rule, rulers),
    (has_strife, strife),
    (may_cite, works),
    (may_act, companies),
    (may_aid, assistance),
    (may_pledge, commitments),
    (may_belong, memberships),
    (may_visit, visits),
)


class Rules(Reader):
    """The rules of the pattern tables and finders, applied to spaCy's parse."""

    id: ClassVar[str] = "rules"
    version: ClassVar[str] = "1"

    def read(self, document: Document) -> Iterator[Found]:
        """The claims of a document, in order."""
        for claims in self.read_shares(share.work for share in self.shares(document)):
            yield from claims

    def shares(self, document: Document) -> Iterator[Share]:
        """Whole paragraphs of prose, with the document's polities and the abbreviations introduced before them."""
        opening, body = tee(passages(document))
        about = document.about if len(document.about) > 1 else infer(document, opening)
        del opening  # otherwise `tee` would buffer every passage that `body` has consumed
        bare = replace(document, text="", about=about, source=cited(document, Span(0, 0))[0])
        names = Names()
        for paragraphs in _cut(passage for passage in body if passage.kind == "prose"):
            start = paragraphs[0].offsets[0] if paragraphs else 0
            # Not the end of the last paragraph: a note that comes after in the list may lie inside an earlier one.
            end = max((paragraph.offsets[-1] + 1 for paragraph in paragraphs), default=0)
            yield Share(
                _Paragraphs(
                    bare, paragraphs, document.text[start:end], start, dict(names.titles), dict(names.agencies)
                ),
                end - start,
                end,
            )
            _learn(names, paragraphs)

    def read_shares(self, works: Iterable[_Paragraphs]) -> Iterator[list[Found]]:
        """The claims of each part; promising sentences of all parts go through the parser in one stream, for speed."""
        begun: deque[_Reading] = deque()
        for parsed, reading in parse(_stream(works, begun)):
            while begun[0] is not reading:
                yield begun.popleft().claims
            reading.take(parsed)
        for reading in begun:  # the parts after the last parsed sentence
            yield reading.claims


@dataclass(frozen=True, slots=True)
class _Paragraphs:
    """Paragraphs of a document, with `given`, the part of its text from `start` on; `document` itself has no text.

    `titles` and `agencies` map the abbreviations introduced earlier to agreements and agencies.
    """

    document: Document
    paragraphs: list[Passage]
    given: str
    start: int
    titles: dict[str, str]
    agencies: dict[str, str]

    def quote(self, span: Span) -> str:
        """The text as given at a span."""
        return self.given[span.start - self.start : span.end - self.start]


def _cut(paragraphs: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Paragraphs in groups of about `_SHARE` characters; one empty group if there are none."""
    part: list[Passage] = []
    size = 0
    for passage in paragraphs:
        if size >= _SHARE:
            yield part
            part, size = [], 0
        part.append(passage)
        size += len(passage.text)
    yield part


def _learn(names: Names, paragraphs: Iterable[Passage]) -> None:
    """Record the abbreviations that paragraphs introduce."""
    for passage in paragraphs:
        if ABBREVIATION.search(passage.text):
            for start, end in sentences(passage.text):
                names.read(passage.text[start:end])


@dataclass(slots=True, eq=False)
class _Reading:
    """A part of a document while it is read, with the claims so far."""

    work: _Paragraphs
    context: Context
    claims: list[Found] = field(default_factory=list)
    passage: Passage | None = None

    def take(self, parsed: Parsed) -> None:
        """Add the claims of the next sentence; "he" and "the Legation" refer back within its paragraph only."""
        if parsed.sentence.passage is not self.passage:
            self.passage = parsed.sentence.passage
            self.context.forget()
        self.context.note_kinds(parsed)
        self.claims.extend(_as_claim(self.work, parsed, statement) for statement in _statements(self.context, parsed))
        self.context.elsewhere = is_elsewhere(parsed, self.context)


def _stream(works: Iterable[_Paragraphs], begun: deque[_Reading]) -> Iterator[tuple[Sentence, _Reading]]:
    """The promising sentences of each part; the part is appended to `begun` before its first sentence."""
    for work in works:
        reading = _Reading(work, Context(work.document.about))
        begun.append(reading)
        for sentence in _sentences(work):
            yield sentence, reading


def _sentences(work: _Paragraphs) -> Iterator[Sentence]:
    """The sentences that may state a claim; dates and names are tracked through all sentences."""
    names = Names()
    names.titles.update(work.titles)
    names.agencies.update(work.agencies)
    for passage in work.paragraphs:
        thread = Thread(work.document.published.when)
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            dates, mentions = thread.read(text), names.read(text)
            kinds = frozenset(mention.kind for mention in mentions)
            if is_promising(text, kinds) or any(may_be_in(text) for may_be_in, _ in _OTHER_FINDERS):
                yield Sentence(passage, start, text, of_events(dates), tuple(mentions))


def _statements(context: Context, parsed: Parsed) -> Iterator[Said]:
    """The distinct statements of a sentence, with what follows from them."""
    governors = Governors(parsed, _events())
    seen = set()
    finders = (find for may_be_in, find in _OTHER_FINDERS if may_be_in(parsed.sentence.text))
    beyond = (statement for find in finders for statement in find(parsed, context, governors))
    stated = (*_by_patterns(parsed, context, governors), *beyond)
    following = (statement for premise in stated for statement in consequences(premise, parsed, context))
    for statement in (*stated, *following):
        if statement.relation == QUALITY.id:
            context.topics["relations"] = Topic(statement.parties, None)
        if statement.content not in seen:
            seen.add(statement.content)
            yield statement


@cache
def _events() -> frozenset[str]:
    """Nouns that denote an event and so have dates of their own."""
    return frozenset(by_noun()) | table("events")["nouns"]


def _by_patterns(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    for token in parsed.doc:
        verbal = is_verb(token)
        index = by_verb() if verbal else by_noun() if token.tag_.startswith("NN") else {}
        for pattern in index.get(token.lower_, ()):
            yield from _by_pattern(parsed, context, governors, token, pattern)


def _by_pattern(
    parsed: Parsed, context: Context, governors: Governors, trigger: Token, pattern: Pattern
) -> Iterator[Said]:
    """The statements of one pattern at one verb or noun."""
    if not _fits(parsed, trigger, pattern):
        return
    theme_tokens = list(themes(parsed, trigger, pattern)) if pattern.theme else [trigger]
    for theme in theme_tokens or _pronoun(trigger, pattern, context):
        mode = modality(parsed, trigger, theme)
        if mode is None:
            continue
        if pattern.denies:
            mode = Modality.DENIED
        for governing, agent in _governing(trigger, governors, pattern, mode):
            when = governing.dated.when if governing else None
            stance = Modality.ASSERTED if governing and governing.reason == NOT_UNTIL else mode
            event = Clause(parsed, trigger, theme, when, agent)
            if pattern.to and not _becomes(posts.rank(event), pattern.to):
                continue
            for parties in _parties_of_topic(event, pattern, context) or _FINDERS[pattern.parties](event, context):
                if pattern.named and parties.reason:
                    continue
                whose = _of_its_time(parties, event, context, pattern)
                stated = _statement(pattern, event, whose, governing, stance, context)
                if pattern.theme in _TOPICS:
                    context.topics[pattern.theme] = Topic(whose, stated.label)
                yield stated
                for end in governors.until(trigger) if pattern.until else ():
                    planned = _statement(pattern, event, whose, end, Modality.PLANNED, context)
                    yield replace(planned, relation=pattern.until)


def _pronoun(trigger: Token, pattern: Pattern, context: Context) -> list[Token]:
    """The pronoun that refers to the relations or agreement last mentioned, in the place of the theme."""
    passive = is_passive(trigger) or pattern.intransitive or pattern.role == "subject"
    actor = subject(trigger) if passive else child(trigger, "dobj")
    spoken = pattern.pronoun and pattern.theme in context.topics
    return [actor] if spoken and actor is not None and actor.lower_ == pattern.pronoun else []


def _parties_of_topic(event: Clause, pattern: Pattern, context: Context) -> list[Parties]:
    """The parties of what a pronoun refers to; for a ratification, each ratifying party with the other."""
    topic = context.topics.get(pattern.theme)
    if topic is None or event.theme.lower_ != pattern.pronoun:
        return []
    two = [topic.parties.subject, topic.parties.object]
    reason = f"the {pattern.theme} last spoken of" if pattern.theme != "relations" else "the relations last spoken of"
    if pattern.parties == "ratifier":
        ratifiers = dict(actors.agents(event, context))
        return [
            Parties(id, two[1 - two.index(id)], (token.i, event.theme.i), 0.85, reason)
            for id, token in ratifiers.items()
            if id in two
        ]
    return [Parties(topic.parties.subject, topic.parties.object, (event.theme.i,), 0.85, reason)]


def _of_its_time(parties: Parties, event: Clause, context: Context, pattern: Pattern) -> Parties:
    """Inferred parties, replaced by the states that existed at the time; named parties stay as named."""
    if not parties.reason:
        return parties
    whole = pattern.family in ("relations", "recognition", "envoys") or _kind(event, pattern) in _OF_STATES
    subject = then(parties.subject, event.when, context.about, whole)
    object = then(parties.object, event.when, context.about, whole) if parties.object else None
    return replace(parties, subject=subject, object=object)


def _statement(
    pattern: Pattern, event: Clause, parties: Parties, governing: Governing | None, mode: Modality, context: Context
) -> Said:
    envoy = context.envoy if pattern.family == "envoys" else None
    took_part = (
        ("envoy", envoy.name if envoy else None),
        ("place", posts.town(event) if pattern.place else None),
        ("among", sharing.among(event) if pattern.parties == "has" else None),
        ("leader", _leader(event, context) if pattern.relation == STATEHOOD_INDEPENDENCE.id else None),
    )
    return Said(
        pattern.id,
        pattern.anew if pattern.anew and is_with_new_government(event) else pattern.relation,
        parties,
        governing,
        mode,
        confidence=pattern.confidence,
        kind=envoy.title if envoy and pattern.kind == "title" else _kind(event, pattern),
        label=_label(event, pattern, context),
        participants=tuple(Participant(role, name) for role, name in took_part if name),
        trigger=event.trigger.i,
    )


def _leader(event: Clause, context: Context) -> str | None:
    """The person under whose leadership it happened."""
    leader = over(event.parsed, event.trigger, persons(event.parsed.sentence, context))
    return leader.name if leader is not None else None


def _fits(parsed: Parsed, trigger: Token, pattern: Pattern) -> bool:
    """Whether the verb or noun has a word that the pattern needs; "began to do" is not a beginning of relations."""
    if not pattern.needs:
        return child(trigger, "xcomp") is None or trigger.lower_ not in forms("begin") | forms("start")
    tokens = [t for t in trigger.subtree if t != trigger]
    name_words = {word for _, mention in parsed.within(tokens) for word in mention.text.lower().split()}
    return bool((name_words | {t.lower_ for t in tokens}) & set(pattern.needs))


def _governing(
    trigger: Token, governors: Governors, pattern: Pattern, mode: Modality
) -> list[tuple[Governing | None, Token | None]]:
    """The dates that govern the trigger, each with its agent if several agents have dates of their own."""
    agents = [governed for name, governed in prepositions(trigger) if name == "by"]
    dates = governors.all_of(trigger)
    if len(agents) > 1 and len(dates) > 1:
        paired = [(agent, next(((i, d) for i, d in dates if i > agent.i), None)) for agent in agents]
        return [(Governing(d[1], d[0], 0.95, "the date by its agent"), agent) for agent, d in paired if d]
    governing = governors.of(trigger)
    if governing:
        return [(g, None) for g in governing if g.dated.when.precision != "century"]  # too vague for an event
    return [(None, None)] if pattern.undated or mode is Modality.DENIED else []


def _becomes(kind: str | None, wanted: str) -> bool:
    """Whether it becomes a mission or one of the kinds wanted; "unsaid" means that the text names no kind."""
    if wanted == "unsaid":
        return kind is None
    return kind is not None and (wanted == "mission" or kind in wanted.split("|"))


def _kind(event: Clause, pattern: Pattern) -> str | None:
    if pattern.kind == "to":
        return posts.rank(event)
    if pattern.kind == "theme":
        mention = event.parsed.mentions.get(event.theme.i)
        return mention.value if mention is not None and mention.value else None
    return pattern.kind or None


def _label(event: Clause, pattern: Pattern, context: Context) -> str | None:
    """The title of an agreement, the town of a mission, or the subject of talks or joint work."""
    if pattern.label in _LABELS:
        return _LABELS[pattern.label](event)
    if pattern.label != "theme":
        return None
    if event.theme.lower_ == pattern.pronoun:
        return context.topics[pattern.theme].label
    mention = event.parsed.mentions.get(event.theme.i)
    if mention is not None and mention.value:
        return mention.value
    left = [t for first in event.theme.lefts if first.dep_ in ("amod", "compound", "nmod") for t in first.subtree]
    right = [t for name, g in prepositions(event.theme) if name == "of" and g.tag_.startswith("NN") for t in (g,)]
    entities = event.parsed.mentions.keys() | event.parsed.dates.keys()
    phrase = [*left, event.theme, *(right if right and right[0].i not in entities else [])]
    return event.parsed.text(phrase) or None


def _as_claim(work: _Paragraphs, parsed: Parsed, statement: Said) -> Found:
    """A statement as a claim, with the places of its date and parties."""
    document, sentence = work.document, parsed.sentence
    span = sentence.passage.span(sentence.start, sentence.start + len(sentence.text))
    source, locator = cited(document, span)
    confidence, reason = statement.judged()
    claim = Claim(
        statement.parties.subject,
        statement.relation,
        statement.parties.object,
        label=statement.label,
        kind=statement.kind,
        participants=statement.participants,
        when=statement.when,
        value=statement.value,
        unit=statement.unit,
        modality=statement.modality,
        source=source,
        locator=locator,
        published=document.published,
        confidence=confidence,
        reason=reason,
        document=document.path,
        span=span,
        quote=work.quote(span),
    )
    dated = statement.governing.dated if statement.governing else None
    party_spans = tuple(_place(sentence, *parsed.where[token]) for token in statement.parties.evidence)
    date = _place(sentence, dated.start, dated.end) if dated else None
    return Found(claim, date, party_spans, statement.pattern, _derivation(parsed, statement))


def _derivation(parsed: Parsed, statement: Said) -> Derivation:
    """How a sentence was read, for `comity read --explain`."""
    trigger = parsed.doc[statement.trigger] if statement.trigger is not None else None
    cue_token = cue(trigger, statement.modality) if trigger is not None else None

    def place(token: Token | None) -> Span | None:
        return _place(parsed.sentence, *parsed.where[token.i]) if token is not None else None

    governing = statement.governing
    return Derivation(
        tables().get(statement.pattern, ""),
        place(trigger),
        place(cue_token),
        meaning=governing.dated.reason if governing else "",
        governs=governing.reason if governing else "",
        parties=statement.parties.reason,
        score=statement.score,
    )


def _place(sentence: Sentence, start: int, end: int) -> Span:
    return sentence.passage.span(sentence.start + start, sentence.start + end)
