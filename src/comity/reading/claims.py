"""Comity's own reader: patterns over the parse of each promising sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import tee
from typing import TYPE_CHECKING, ClassVar

from comity.model import Claim, Document, Modality, Participant, Span
from comity.reading import actors, envoys, posts, sharing, states
from comity.reading.about import infer
from comity.reading.assistance import assistance, may_aid
from comity.reading.base import Derivation, Found, Reader, Share, cited
from comity.reading.clean import Passage, passages
from comity.reading.commitments import commitments, may_pledge
from comity.reading.companies import actors as companies
from comity.reading.companies import may_act
from comity.reading.consequences import consequences
from comity.reading.context import Context, Event, Parties, Topic, is_elsewhere, then
from comity.reading.dates import Thread, of_events
from comity.reading.dating import NOT_UNTIL, Governors
from comity.reading.figures import figures, has_figure
from comity.reading.governments import changes, has_change
from comity.reading.memberships import may_belong, memberships
from comity.reading.mentions import ABBREVIATION, Names
from comity.reading.modality import cue, modality
from comity.reading.owning import Governing
from comity.reading.parse import Parsed, Sentence, child, is_passive, is_verb, parse, prepositions, subject
from comity.reading.parties import is_with_new_government
from comity.reading.patterns import Pattern, by_noun, by_verb, is_promising, tables
from comity.reading.persons import over, persons
from comity.reading.quality import has_mood, qualities
from comity.reading.ruling import may_rule, rulers
from comity.reading.said import Said
from comity.reading.sentences import sentences
from comity.reading.strife import has_strife, strife
from comity.reading.themes import themes
from comity.reading.visits import may_visit, visits
from comity.reading.words import forms, table
from comity.reading.works import may_cite, works

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARE = 1 << 16  # characters of prose that are read by themselves
_OF_STATES = ("embassy", "legation")  # kept with states, where a consulate is in a land
_FINDERS = {**actors.FINDERS, **posts.FINDERS, **envoys.FINDERS, **sharing.FINDERS, **states.FINDERS}
_TOPICS = ("relations", "agreement")  # what "they" and "it" may stand for
_LABELS = {"town": posts.town, "talks": sharing.talks, "purpose": sharing.purpose}
# What no pattern table says: whether a sentence may hold it, and what it says then.
_OTHERS: tuple[tuple[Callable[[str], bool], Callable[[Parsed, Context, Governors], Iterator[Said]]], ...] = (
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
    """Rules over spaCy's parse, with the pattern tables."""

    id: ClassVar[str] = "rules"
    version: ClassVar[str] = "1"

    def read(self, document: Document) -> Iterator[Found]:
        """What a document says, in order."""
        for claims in self.read_shares(share.work for share in self.shares(document)):
            yield from claims

    def shares(self, document: Document) -> Iterator[Share]:
        """Whole paragraphs of prose, with whom the document is about and the abbreviations that it gave before."""
        opening, body = tee(passages(document))
        about = document.about if len(document.about) > 1 else infer(document, opening)
        del opening  # what `held` has passed is kept no longer
        bare = replace(document, text="", about=about, source=cited(document, Span(0, 0))[0])
        names = Names()
        for paragraphs in _cut(passage for passage in body if passage.kind == "prose"):
            start = paragraphs[0].offsets[0] if paragraphs else 0
            end = max((paragraph.offsets[-1] + 1 for paragraph in paragraphs), default=0)  # a note stands in another
            yield Share(
                _Work(bare, paragraphs, document.text[start:end], start, dict(names.titles), dict(names.agencies)),
                end - start,
                end,
            )
            _learn(names, paragraphs)

    def read_shares(self, works: Iterable[_Work]) -> Iterator[list[Found]]:
        """Sentences of all parts go through the parser in one stream; what says nothing is never parsed."""
        begun: deque[_Reading] = deque()
        for parsed, reading in parse(_stream(works, begun)):
            while begun[0] is not reading:
                yield begun.popleft().found
            reading.take(parsed)
        for reading in begun:  # what no later sentence has pushed out
            yield reading.found


@dataclass(frozen=True, slots=True)
class _Work:
    """Paragraphs of a document: `given` is the text that they are of, from `start`; the document is without its own.

    `titles` and `agencies` are the agreements and agencies by the abbreviations that were given for them before.
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
    """Paragraphs by so many characters; one empty list for none."""
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
    """Take note of the abbreviations that paragraphs give."""
    for passage in paragraphs:
        if ABBREVIATION.search(passage.text):
            for start, end in sentences(passage.text):
                names.read(passage.text[start:end])


@dataclass(slots=True, eq=False)
class _Reading:
    """A part of a document that is being read: what it has said so far."""

    work: _Work
    context: Context
    found: list[Found] = field(default_factory=list)
    passage: Passage | None = None

    def take(self, parsed: Parsed) -> None:
        """The claims of the next sentence; "he" and "the Legation" look back no further than its paragraph."""
        if parsed.sentence.passage is not self.passage:
            self.passage = parsed.sentence.passage
            self.context.forget()
        self.context.note_kinds(parsed)
        self.found.extend(_found(self.work, parsed, statement) for statement in _said(self.context, parsed))
        self.context.elsewhere = is_elsewhere(parsed, self.context)


def _stream(works: Iterable[_Work], begun: deque[_Reading]) -> Iterator[tuple[Sentence, _Reading]]:
    """The promising sentences of each part, which is noted as begun before its first."""
    for work in works:
        reading = _Reading(work, Context(work.document.about))
        begun.append(reading)
        for sentence in _sentences(work):
            yield sentence, reading


def _sentences(work: _Work) -> Iterator[Sentence]:
    """Every sentence of the prose that may say something; dates and names are followed through the others too."""
    names = Names()
    names.titles.update(work.titles)
    names.agencies.update(work.agencies)
    for passage in work.paragraphs:
        thread = Thread(work.document.published.when)
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            dates, mentions = thread.read(text), names.read(text)
            kinds = frozenset(mention.kind for mention in mentions)
            if is_promising(text, kinds) or any(may_be_in(text) for may_be_in, _ in _OTHERS):
                yield Sentence(passage, start, text, of_events(dates), tuple(mentions))


def _said(context: Context, parsed: Parsed) -> Iterator[Said]:
    """What a sentence says, once each."""
    governors = Governors(parsed, _events())
    seen = set()
    finders = (found_by for may_be_in, found_by in _OTHERS if may_be_in(parsed.sentence.text))
    others = (statement for found_by in finders for statement in found_by(parsed, context, governors))
    stated = (*_stated(parsed, context, governors), *others)
    following = (statement for premise in stated for statement in consequences(premise, parsed, context))
    for statement in (*stated, *following):
        if statement.relation == "quality":
            context.topics["relations"] = Topic(statement.parties, None)
        if statement.content not in seen:
            seen.add(statement.content)
            yield statement


@cache
def _events() -> frozenset[str]:
    """Nouns that tell an event, and so have dates of their own."""
    return frozenset(by_noun()) | table("events")["nouns"]


def _stated(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    for token in parsed.doc:
        verbal = is_verb(token)
        index = by_verb() if verbal else by_noun() if token.tag_.startswith("NN") else {}
        for pattern in index.get(token.lower_, ()):
            yield from _matched(parsed, context, governors, token, pattern)


def _matched(
    parsed: Parsed, context: Context, governors: Governors, trigger: Token, pattern: Pattern
) -> Iterator[Said]:
    """The claims of one pattern at one verb or noun."""
    if not _fits(parsed, trigger, pattern):
        return
    abouts = list(themes(parsed, trigger, pattern)) if pattern.theme else [trigger]
    for theme in abouts or _meant(trigger, pattern, context):
        mode = modality(parsed, trigger, theme)
        if mode is None:
            continue
        for governing, agent in _dated(trigger, governors, pattern, mode):
            when = governing.dated.when if governing else None
            stance = Modality.ASSERTED if governing and governing.reason == NOT_UNTIL else mode
            event = Event(parsed, trigger, theme, when, agent)
            if pattern.to and not _becomes(posts.rank(event), pattern.to):
                continue
            for parties in _spoken_of(event, pattern, context) or _FINDERS[pattern.parties](event, context):
                if pattern.named and parties.reason:
                    continue
                whose = _of_its_time(parties, event, context, pattern)
                stated = _stating(pattern, event, whose, governing, stance, context)
                if pattern.theme in _TOPICS:
                    context.topics[pattern.theme] = Topic(whose, stated.label)
                yield stated
                for end in governors.until(trigger) if pattern.until else ():
                    planned = _stating(pattern, event, whose, end, Modality.PLANNED, context)
                    yield replace(planned, relation=pattern.until)


def _meant(trigger: Token, pattern: Pattern, context: Context) -> list[Token]:
    """The pronoun that stands for relations or an agreement last spoken of, where that would stand."""
    passive = is_passive(trigger) or pattern.intransitive or pattern.role == "subject"
    actor = subject(trigger) if passive else child(trigger, "dobj")
    spoken = pattern.pronoun and pattern.theme in context.topics
    return [actor] if spoken and actor is not None and actor.lower_ == pattern.pronoun else []


def _spoken_of(event: Event, pattern: Pattern, context: Context) -> list[Parties]:
    """The parties of what a pronoun stands for; of who ratifies, with the other of the two."""
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


def _of_its_time(parties: Parties, event: Event, context: Context, pattern: Pattern) -> Parties:
    """Parties that were taken from the document, as the states that there were then; those named stay as named."""
    if not parties.reason:
        return parties
    whole = pattern.family in ("relations", "recognition", "envoys") or _kind(event, pattern) in _OF_STATES
    subject = then(parties.subject, event.when, context.about, whole)
    object = then(parties.object, event.when, context.about, whole) if parties.object else None
    return replace(parties, subject=subject, object=object)


def _stating(
    pattern: Pattern, event: Event, parties: Parties, governing: Governing | None, mode: Modality, context: Context
) -> Said:
    envoy = context.envoy if pattern.family == "envoys" else None
    took_part = (
        ("envoy", envoy.name if envoy else None),
        ("place", posts.town(event) if pattern.place else None),
        ("among", sharing.among(event) if pattern.parties == "has" else None),
        ("leader", _led(event, context) if pattern.relation == "statehood.independence" else None),
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


def _led(event: Event, context: Context) -> str | None:
    """Under whom it was done."""
    leader = over(event.parsed, event.trigger, persons(event.parsed.sentence, context))
    return leader.name if leader is not None else None


def _fits(parsed: Parsed, trigger: Token, pattern: Pattern) -> bool:
    """Whether one of the words that the pattern needs stands under the verb or noun; what begins to do is no begin."""
    if not pattern.needs:
        return child(trigger, "xcomp") is None or trigger.lower_ not in forms("begin") | forms("start")
    tokens = [t for t in trigger.subtree if t != trigger]
    name_words = {word for _, mention in parsed.within(tokens) for word in mention.text.lower().split()}
    return bool((name_words | {t.lower_ for t in tokens}) & set(pattern.needs))


def _dated(
    trigger: Token, governors: Governors, pattern: Pattern, mode: Modality
) -> list[tuple[Governing | None, Token | None]]:
    """The dates that govern it, each with its agent where several agents have dates of their own."""
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
    """Whether what it becomes is a mission, or one of the kinds that are wanted; "unsaid" wants none to be said."""
    if wanted == "unsaid":
        return kind is None
    return kind is not None and (wanted == "mission" or kind in wanted.split("|"))


def _kind(event: Event, pattern: Pattern) -> str | None:
    if pattern.kind == "to":
        return posts.rank(event)
    if pattern.kind == "theme":
        mention = event.parsed.mentions.get(event.theme.i)
        return mention.value if mention is not None and mention.value else None
    return pattern.kind or None


def _label(event: Event, pattern: Pattern, context: Context) -> str | None:
    """The title of an agreement, the town of a mission, what talks or common work are for."""
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


def _found(work: _Work, parsed: Parsed, statement: Said) -> Found:
    """The claim of what a sentence says, and where its date and parties are said."""
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
    """How a sentence was read, for those who ask."""
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
