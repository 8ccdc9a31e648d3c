"""Parses a timeline head of history.state.gov's guide: its dates, and the phrases of rdcr_heads.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from comity.errors import BadDate
from comity.model import When

TABLE = Path(__file__).with_name("rdcr_heads.toml")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_POINT = rf"(?:{_MONTH} (?:\d{{1,2}}, )?)?\d{{4}}"
_RANGE = rf"{_POINT}(?:\s*(?:[-–—]|to|until)\s*(?:{_POINT}|\d{{2}}))?"
_TAIL = re.compile(rf"^(?P<words>.*?),? (?:(?:in|on) )?(?P<first>{_RANGE})(?: & (?P<second>{_POINT}))?$")
_INSIDE = re.compile(rf",? (?:in|on) (?P<first>{_POINT})(?= |$)")
_TITLE = re.compile(r"\b(?:of|to)$")  # "the Convention of 1827": a date of the title, not of the event
_ENDS = re.compile(r"(?<!\s)\s*+(?:[-–—]|\bto\b|\buntil\b)\s*")
_JOINTS = re.compile(r", and |; |/|, | and | & ")
_LEADING = re.compile(r"(?P<first>\d{4}) (?P<words>\D+)")
_FUSED = re.compile(r"\b(relations|legation|embassy)and\b", re.IGNORECASE)
_LEAD = re.compile(r"(?P<lead>[\w-]+ of )(?:the )?", re.IGNORECASE)
_BRACKETS = re.compile(r"(?<!\s)\s*+\((?P<inside>[^()]*)\)")


@dataclass(frozen=True, slots=True)
class DatedHead:
    """A head without its date: `whens` has one date for each time that it happened, and may be empty."""

    words: str
    whens: tuple[When, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One rule of the table."""

    relation: str
    acts: str
    says: tuple[re.Pattern[str], ...]
    barred: tuple[re.Pattern[str], ...]
    sections: tuple[str, ...]
    kind: str | None
    label: str | None
    begins: bool
    examples: tuple[str, ...]
    counters: tuple[str, ...]

    def match(self, words: str) -> re.Match[str] | None:
        """The match of the first pattern that covers all of `words`; None when none does."""
        if any(pattern.search(words) for pattern in self.barred):
            return None
        return next((match for pattern in self.says if (match := pattern.match(words))), None)


@dataclass(frozen=True, slots=True)
class Saying:
    """A clause that matches a phrase, with the names in it by their roles."""

    phrase: Phrase
    named: dict[str, str]
    whole: bool = True  # whether the phrase covers the whole head, so that the date belongs to it alone


@lru_cache(maxsize=4096)
def undated(head: str) -> DatedHead:
    """A head's words and dates, from its text.

    >>> undated("Diplomatic Relations Severed, 1961.").words
    'Diplomatic Relations Severed'
    >>> [when.edtf for when in undated("Relations Handled through Another, 1896-98.").whens]
    ['1896/1898']
    """
    plain = re.sub(r",? ?\(?with interruptions\)?$", "", _FUSED.sub(r"\1 and", head.strip().rstrip(".")))
    tail = _TAIL.match(plain)
    if tail and not _TITLE.search(tail["words"]):
        texts = tuple(text for text in (tail["first"], tail["second"]) if text)
        return DatedHead(tail["words"].rstrip(","), tuple(map(_when, texts)), texts)
    if leading := _LEADING.fullmatch(plain):
        return DatedHead(leading["words"], (_when(leading["first"]),), (leading["first"],))
    inside = _INSIDE.search(_BRACKETS.sub("", plain))
    if inside:
        bare = _BRACKETS.sub("", plain)
        words = f"{bare[: inside.start()]}{bare[inside.end() :]}"
        return DatedHead(words, (_when(inside["first"]),), (inside["first"],))
    return DatedHead(plain, ())


def _when(text: str) -> When:
    ends = _ENDS.split(text)
    if len(ends) == 1 or "until" in text:  # "until" gives only the end
        return When.parse(ends[0])
    first, last = When.parse(ends[0]), ends[1]
    return When.span(first, When.parse(last if len(last) > 2 else f"{first.edtf[:2]}{last}"))


@lru_cache(maxsize=4096)  # the guide has "Establishment of Diplomatic Relations" some two hundred times
def sayings(words: str, section: str = "") -> tuple[Saying, ...]:
    """The phrases of a head: one for the whole, or one for each clause when no phrase covers all of it.

    >>> head = "Establishment of Diplomatic Relations and the American Legation"
    >>> [saying.phrase.relation for saying in sayings(head)]
    ['relations.established', 'mission.opened']
    """
    plain, asides = _BRACKETS.sub("", words).strip(), [match["inside"] for match in _BRACKETS.finditer(words)]
    aside = {"aside": asides[-1]} if asides else {}
    whole = bool(_whole(plain, section))
    return tuple(Saying(clause.phrase, {**clause.named, **aside}, whole) for clause in _clauses(plain, section))


@lru_cache(maxsize=4096)  # a clause is within many others
def _clauses(words: str, section: str) -> list[Saying]:
    words = words.removeprefix("the ").removeprefix("The ")
    if whole := _whole(words, section):
        return whole
    for joint in _JOINTS.finditer(words):
        left, right = words[: joint.start()], words[joint.end() :]
        lead = _LEAD.match(left)
        before = _clauses(left, section)
        after = _clauses(right, section) or (_whole(lead["lead"] + right, section) if lead and before else [])
        if (before and after) or (after and "," not in right):
            return before + after
    return []


def _whole(words: str, section: str) -> list[Saying]:
    for phrase in phrases():
        if not phrase.sections or section.startswith(phrase.sections):
            match = phrase.match(words)
            if match:
                return [Saying(phrase, {name: text for name, text in match.groupdict().items() if text})]
    return []


@cache
def phrases() -> tuple[Phrase, ...]:
    """The rules of the table, in its order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(_phrase(row, table["words"]) for row in table["phrase"])


def _phrase(row: dict[str, object], words: dict[str, str]) -> Phrase:
    def listed(key: str) -> tuple[str, ...]:
        value = row.get(key, [])
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(_spelled(text, words), re.IGNORECASE)

    def whole(text: str) -> re.Pattern[str]:
        return pattern(rf"\A(?:{text})\Z")

    return Phrase(
        relation=str(row["relation"]), acts=str(row["acts"]),
        says=tuple(map(whole, listed("says"))), barred=tuple(map(pattern, listed("except"))),
        sections=listed("sections"), kind=str(row["kind"]) if "kind" in row else None,
        label=str(row["label"]) if "label" in row else None, begins=bool(row.get("begins")),
        examples=listed("examples"), counters=listed("counters"),
    )  # fmt: skip


def _spelled(text: str, words: dict[str, str]) -> str:
    """A pattern with each name in braces replaced by its words."""
    while placeholder := re.search(r"\{([a-z]+)\}", text):
        text = text[: placeholder.start()] + words[placeholder[1]] + text[placeholder.end() :]
    return text


def agrees(markup: When, text: When) -> bool:
    """Whether a date of the markup equals that of the text, or is more precise."""
    return markup.edtf == text.edtf or markup.refines(text)


def marked(attributes: dict[str, str]) -> When | None:
    """The date of a `<date>` element's attributes; None when there is none, or it is malformed or is no one date."""
    keys = set(attributes) & {"when", "from", "to"}
    try:
        if keys == {"when"}:
            return When.parse(attributes["when"])
        if keys == {"from", "to"}:
            return When.parse(f"{attributes['from']}/{attributes['to']}")
    except BadDate:
        return None
    return None
