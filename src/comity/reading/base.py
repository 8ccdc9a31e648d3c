"""The contract of a reader (documents in, claims with their evidence out) and the check that every claim passes."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, ClassVar

from comity.errors import ReaderError
from comity.model import Certainty, Claim, Document, Span, When
from comity.plugins import Registry
from comity.reading.dates.thread import Thread
from comity.reading.lexicon.words import table
from comity.reading.parties.context import kin
from comity.reading.text.passages import words
from comity.relations import Identity, ids, relation
from comity.sources.gazetteer import fold, gazetteer

OWN = "rules"
_SOME_DAY = When.parse("1900-05-02")  # an arbitrary anchor, to test whether words are a relative date at all


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a reader derived a claim, as far as it reports it.

    `table` is the file of the pattern, `trigger` the word that matched it and `cue` the word that shows the modality.
    `meaning` explains how the date's words were resolved, `governs` why this date applies, and `parties` how parties
    that no word names were inferred. `score` is the confidence before calibration.
    """

    table: str = ""
    trigger: Span | None = None
    cue: Span | None = None
    meaning: str = ""
    governs: str = ""
    parties: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, where in the document its date and its parties are stated, and how it was derived."""

    claim: Claim
    date: Span | None
    parties: tuple[Span, ...]
    pattern: str = ""
    derivation: Derivation = Derivation()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a document that can be read alone, in any process: `work` is everything its reader needs.

    It has `size` characters and ends at character `end` of the text.
    """

    work: Any
    size: int
    end: int


class Reader(ABC):
    """Reads documents into claims. Registered under the entry point group `comity.readers`.

    Implement `read`. A reader that can read part of a document without the rest, or that reads many documents faster
    together than singly, also implements `shares`, which divides a document, and `read_shares`, which reads the parts.
    """

    id: ClassVar[str]
    version: ClassVar[str]

    @abstractmethod
    def read(self, document: Document) -> Iterable[Found]:
        """The claims of a document, in order."""

    def shares(self, document: Document) -> Iterator[Share]:
        """The parts of a document, in order and at least one; by default the whole document."""
        yield Share(document, len(document.text), len(document.text))

    def read_shares(self, works: Iterable[Any]) -> Iterator[list[Found]]:
        """The claims of each part, in order; the parts may be of several documents."""
        for document in works:
            yield list(self.read(document))


@cache
def readers() -> tuple[Reader, ...]:
    """The built-in reader first, then those that other packages register, by name.

    Raises `ReaderError` when one can't be loaded, is no reader, or is registered twice or under another name.
    """
    registry: Registry[Reader] = Registry("comity.readers", "reader", Reader, lambda reader: reader.id, ReaderError)
    return tuple(sorted(registry.every().values(), key=lambda reader: (reader.id != OWN, reader.id)))


def cited(document: Document, span: Span) -> tuple[str, str]:
    """The source and locator of a claim: the document's own, otherwise the hash of its text and the characters."""
    source = document.source or f"document@{digest(document.text)}"
    return source, document.locator or f"chars {span.start}-{span.end}"


@lru_cache(maxsize=2)
def digest(text: str) -> str:
    """The first twelve hexadecimal digits of the sha256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def objection(document: Document, candidate: Found) -> str | None:
    """Why a claim is refused, or None: its span must be in the text and contain its date and the words for its parties.

    Words for a complete date must mean the claim's date; words for a relative date need only be a date expression.
    Words that name only other polities are refused, and a party they do not name must be named in the document.
    """
    claim, span = candidate.claim, candidate.claim.span
    if claim.relation not in ids():
        return "its relation is not of the vocabulary"
    if any(party not in gazetteer() for party in claim.parties):
        return "a party is no polity that is known"
    if claim.subject == claim.object:
        return "its two parties are one polity"
    if span is None or span.end > len(document.text) or span.start == span.end:
        return "it has no span in the text"
    if claim.quote != span.of(document.text):
        return "its quote is not what stands at its span"
    if not candidate.parties or not all(
        span.contains(party_span) and party_span.of(document.text).strip() for party_span in candidate.parties
    ):
        return "its span does not hold the words for its parties"
    if any(_names_others(party_span.of(document.text), claim) for party_span in candidate.parties):
        return "the words for its parties name others"
    if not all(_is_named(party, candidate, document) for party in claim.parties):
        return "the document does not name its parties"
    if _is_at_home(claim):
        return "the town of the mission is its owner's own capital"
    if claim.when is None:
        return None
    if candidate.date is None or not span.contains(candidate.date):
        return "its span does not hold its date"
    return None if _may_mean(candidate.date.of(document.text), claim) else "the words for its date say another"


def _names_others(words: str, claim: Claim) -> bool:
    """Whether the words are a name, and no polity of that name is a party to the claim."""
    readings = gazetteer().bearers(words)
    bearers = {polity.id for polity, _ in readings}
    return any(name.kind != "capital" for _, name in readings) and not bearers & claim.parties


def _is_named(party: str, candidate: Found, document: Document) -> bool:
    """Whether the party is named by its words or anywhere in the document, by any name of its own or of its kin."""
    if party in document.about or any(party in _bearers(span, document) for span in candidate.parties):
        return True
    names = (name.text for id in (party, *kin(party)) for name in gazetteer().polity(id).names)
    return any(name in document.text or name.upper() in document.text for name in names)


def _bearers(span: Span, document: Document) -> set[str]:
    """The polities of a name as the reader sees it: without markup, repaired, and completed if half of a compound."""
    read = words(span.of(document.text), document.media)
    whole = next(iter(table("combining").get(read, {read})))  # "Austro" of the Austro-Prussian War
    return {polity.id for polity, _ in gazetteer().bearers(whole)}


def _is_at_home(claim: Claim) -> bool:
    """Whether a mission is in its owner's own capital: then owner and host were read the wrong way round."""
    if Identity.TOWN not in relation(claim.relation).identity or not claim.label or claim.subject not in gazetteer():
        return False
    names = gazetteer().polity(claim.subject).names
    return fold(claim.label) in {fold(name.text) for name in names if name.kind == "capital"}


def _may_mean(words: str, claim: Claim) -> bool:
    """Whether words may mean the claim's date; a relative date ("the same day") is accepted without being resolved."""
    assert claim.when is not None
    text = re.sub(r"\s+", " ", words)
    dated = Thread().read(text)
    if dated:
        return any(d.when.overlaps(claim.when) is not Certainty.NO for d in dated)
    hanging = Thread(_SOME_DAY)
    hanging.read(_SOME_DAY.edtf)
    return bool(hanging.read(text))
