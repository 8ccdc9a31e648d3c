"""The gold of time expressions (tests/gold/dates.md): its paragraphs, and how well a reader of dates finds them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from comity.model import When
from comity.reading.dates.thread import Thread
from comity.reading.text.sentences import sentences

GOLD = Path(__file__).resolve().parent / "gold" / "dates.jsonl"
PUBLISHED = When.parse("2026-07-24")  # what "now" means: a day of publication for all the texts
Read = tuple[int, int, str]  # where an expression stands, and its value


@dataclass(frozen=True, slots=True)
class Item:
    """An expression of the gold; `value` is empty when the paragraph doesn't give it."""

    start: int
    end: int
    text: str
    value: str
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the mirror with the expressions in it."""

    locator: str
    half: str
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the expressions read are right, of how many there are."""

    right: int
    read: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / max(self.read, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.gold, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.read + self.gold, 1)


def paragraphs(mirror: Path) -> Iterator[Paragraph]:
    """The gold's paragraphs; ValueError for one whose text in the mirror is no longer what was annotated."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        text = _text(mirror, held["paragraph"])
        if hashlib.sha256(text.encode()).hexdigest() != held["sha256"]:
            raise ValueError(f"{held['paragraph']} is not the text that was annotated")
        yield Paragraph(held["paragraph"], held["half"], text, tuple(Item(**item) for item in held["items"]))


def _text(mirror: Path, locator: str) -> str:
    """The text of an element: `hsg-rdcr/articles/peru.xml#p/3` is the third p of the file."""
    file, _, element = locator.partition("#")
    name, _, count = element.partition("/")
    held = list(etree.parse(mirror / file).iter("{*}" + name))[int(count) - 1]
    return " ".join("".join(held.itertext()).split())


def comity(text: str) -> list[Read]:
    """What comity reads in a paragraph, sentence by sentence on one thread."""
    thread = Thread(PUBLISHED)
    return [
        (start + dated.start, start + dated.end, dated.when.edtf)
        for start, end in sentences(text)
        for dated in thread.read(text[start:end])
    ]


def equal(value: str, gold: str) -> bool:
    """Whether a value is the gold's own."""
    return value == (PUBLISHED.edtf if gold == "now" else gold)


def spans(held: list[Paragraph], reader: Callable[[str], list[Read]]) -> Score:
    """How well the places are found, whatever is made of them; those without a value are left out of account."""
    return _score(held, reader, lambda value, gold: True)


def values(
    held: list[Paragraph], reader: Callable[[str], list[Read]], same: Callable[[str, str], bool] = equal
) -> Score:
    """How well the values are found: at a place that overlaps the gold's, and the same."""
    return _score(held, reader, lambda value, gold: gold != "" and same(value, gold))


def _score(held: list[Paragraph], reader: Callable[[str], list[Read]], same: Callable[[str, str], bool]) -> Score:
    right = read = gold = 0
    for paragraph in held:
        found = reader(paragraph.text)
        read += len(found)
        for item in paragraph.items:
            hits = [one for one in found if one[0] < item.end and item.start < one[1] and same(one[2], item.value)]
            if hits:
                found.remove(hits[0])
            if item.value:
                gold += 1
                right += bool(hits)
            else:
                read -= bool(hits)
    return Score(right, read, gold)
