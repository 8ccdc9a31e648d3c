"""The contract of a reader: a document in, claims out, each with the words that show it; and the check for all."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import entry_points
from typing import Any, ClassVar

from comity.errors import ReaderError
from comity.model import Certainty, Claim, Document, Span, When
from comity.plugins import loaded
from comity.reading.clean import passages
from comity.reading.context import kin
from comity.reading.dates import Thread
from comity.reading.words import table
from comity.relations import Identity, ids, relation
from comity.sources.gazetteer import fold, gazetteer

GROUP = "comity.readers"
OWN = "rules"
_SOME_DAY = When.parse("1900-05-02")  # for words that hang on another date, to hang on


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a claim was come to, as far as its reader tells.

    `table` holds the pattern, `trigger` is the word that it met and `cue` the one that shows the modality; `meaning`
    says how the date's words are known to mean it, `governs` why that date, `parties` why those that no word names;
    `score` is what the confidence was before it was calibrated.
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
    """A claim, where in the document its date and its parties are said, and how it was come to."""

    claim: Claim
    date: Span | None
    parties: tuple[Span, ...]
    pattern: str = ""
    derivation: Derivation = Derivation()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a document that is read by itself, in any process: `work` is all that its reader needs.

    It is of `size` characters, and ends at character `end` of the text.
    """

    work: Any
    size: int
    end: int


class Reader(ABC):
    """Reads documents into claims. Registered under the entry point group `comity.readers`.

    A reader says what it finds by `read`. One that can read a part of a document without the rest, or reads many
    documents faster than one by one, cuts them by `shares`, and reads what it cut by `read_shares`.
    """

    id: ClassVar[str]
    version: ClassVar[str]

    @abstractmethod
    def read(self, document: Document) -> Iterable[Found]:
        """What a document says, in order."""

    def shares(self, document: Document) -> Iterator[Share]:
        """The parts of a document, in order, one at least; the whole document unless a reader knows better."""
        yield Share(document, len(document.text), len(document.text))

    def read_shares(self, works: Iterable[Any]) -> Iterator[list[Found]]:
        """What each part says, in order; parts of many documents may come together."""
        for document in works:
            yield list(self.read(document))


@cache
def readers() -> tuple[Reader, ...]:
    """Comity's own reader first, then those that other packages register, by name.

    Raises `ReaderError` when one can't be loaded.
    """
    registered = sorted(entry_points(group=GROUP), key=lambda point: (point.name != OWN, point.name))
    return tuple(loaded(point, "reader", ReaderError) for point in registered)


def cited(document: Document, span: Span) -> tuple[str, str]:
    """The source and locator of a claim: the document's own, else the hash of its text and the characters."""
    source = document.source or f"document@{digest(document.text)}"
    return source, document.locator or f"chars {span.start}-{span.end}"


@lru_cache(maxsize=2)
def digest(text: str) -> str:
    """The first twelve hexadecimal digits of the sha256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def objection(document: Document, candidate: Found) -> str | None:
    """Why a claim is refused, or None: its span must be in the text and hold its date and the words for its parties.

    A date that the words give in full must be the claim's, and others must be words for a date. A name that only other
    polities bear shows no party; one that the words don't name must be named elsewhere in the document.
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
    return None if _tells(candidate.date.of(document.text), claim) else "the words for its date say another"


def _names_others(words: str, claim: Claim) -> bool:
    """Whether the words are a polity's name, and none of its bearers is a party to the claim."""
    readings = gazetteer().bearers(words)
    bearers = {polity.id for polity, _ in readings}
    return any(name.kind != "capital" for _, name in readings) and not bearers & claim.parties


def _is_named(party: str, candidate: Found, document: Document) -> bool:
    """Whether the words for the parties name one, or the document does, by any name of its own or of its kin."""
    if party in document.about or any(party in _bearers(span, document) for span in candidate.parties):
        return True
    names = (name.text for id in (party, *kin(party)) for name in gazetteer().polity(id).names)
    return any(name in document.text or name.upper() in document.text for name in names)


def _bearers(span: Span, document: Document) -> set[str]:
    """The polities of a name as it is read: without marks, mended, and whole where it is half of a joined one."""
    media = "tei" if document.media == "html" else document.media  # words are no page, with an article to find
    read = " ".join(passage.text for passage in passages(Document(span.of(document.text), media=media)))
    whole = next(iter(table("combining").get(read, {read})))  # "Austro" of the Austro-Prussian War
    return {polity.id for polity, _ in gazetteer().bearers(whole)}


def _is_at_home(claim: Claim) -> bool:
    """Whether a mission would stand in its owner's own capital: its owner and host were taken for each other."""
    if Identity.TOWN not in relation(claim.relation).identity or not claim.label or claim.subject not in gazetteer():
        return False
    names = gazetteer().polity(claim.subject).names
    return fold(claim.label) in {fold(name.text) for name in names if name.kind == "capital"}


def _tells(words: str, claim: Claim) -> bool:
    """Whether a date's words may mean the claim's date; words that hang on another date are taken as they are."""
    assert claim.when is not None
    text = re.sub(r"\s+", " ", words)
    dated = Thread().read(text)
    if dated:
        return any(d.when.overlaps(claim.when) is not Certainty.NO for d in dated)
    hanging = Thread(_SOME_DAY)
    hanging.read(_SOME_DAY.edtf)
    return bool(hanging.read(text))
