"""The pattern tables (`patterns/*.toml`): the verbs and nouns, with their themes, that state each relation."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from comity.reading.lexicon.words import forms, table
from comity.relations import relation

FOLDER = Path(__file__).parent / "patterns"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to state a relation.

    `verbs` (with `particle`: "off", "up") or `nouns` state it; `theme` is the class of the word acted upon, and
    `role` its position: object (of an active verb, subject of a passive one), subject, or a preposition. `to` is the
    class of what the theme becomes. `parties` names the function of `comity.reading.parties.actors` that finds the
    polities. `kind` is the claim's kind, or its source: "theme", "to" or "title". `undated` allows a claim without a
    date; `named` requires parties that the sentence names, instead of those that the document is about. `until` is
    the relation planned for the end of the stated duration; `place` keeps the town. What `denies` states that the
    relation is not so: relations that continued were not interrupted. `anew` is the relation stated
    instead when the partner is a new government, so that it is not the first time. `pronoun` may replace a theme
    mentioned before: "they" for relations, "it" for an agreement.
    """

    id: str
    relation: str
    family: str
    parties: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    theme: str = ""
    role: str = "object"
    intransitive: bool = False
    to: str = ""
    needs: tuple[str, ...] = ()
    kind: str = ""
    label: str = ""
    undated: bool = False
    named: bool = False
    until: str = ""
    place: bool = False
    denies: bool = False
    anew: str = ""
    pronoun: str = ""
    confidence: float = 0.95
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these words (in lower case) is worth parsing for this pattern."""
        triggers = _triggers(self)
        hints = _hints(self.theme)
        needed = not self.needs or not words.isdisjoint(self.needs)
        hinted = hints is None or not words.isdisjoint(hints) or self.pronoun in words
        return not words.isdisjoint(triggers) and needed and hinted


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern, in the order of the files and within each file."""
    return tuple(_pattern(path.stem, row) for path in sorted(FOLDER.glob("*.toml")) for row in _rows(path))


@cache
def tables() -> dict[str, str]:
    """The file of each pattern, by the pattern's id."""
    return {pattern.id: f"{pattern.family}.toml" for pattern in patterns()}


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]
    return rows


def _pattern(family: str, row: dict[str, Any]) -> Pattern:
    relation(row["relation"])
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Pattern(family=family, **fields)


@cache
def by_verb() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of each form of each verb."""
    return _index((form, p) for p in patterns() for verb in p.verbs for form in forms(verb))


@cache
def by_noun() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of each noun, in the singular and the plural."""
    return _index((form, p) for p in patterns() for noun in p.nouns for form in (noun, f"{noun}s"))


def _index(pairs: Any) -> dict[str, tuple[Pattern, ...]]:
    index: dict[str, list[Pattern]] = {}
    for form, pattern in pairs:
        entries = index.setdefault(form, [])
        if pattern not in entries:
            entries.append(pattern)
    return {form: tuple(entries) for form, entries in index.items()}


@cache
def _triggers(pattern: Pattern) -> frozenset[str]:
    words = {form for verb in pattern.verbs for form in forms(verb)}
    return frozenset(words | {form for noun in pattern.nouns for form in (noun, f"{noun}s")})


@cache
def _hints(theme: str) -> frozenset[str] | None:
    """Words of which a sentence with the theme contains at least one; None when there are no such words."""
    if theme == "relations":
        return table("relations")["heads"]
    if theme == "credentials":
        return frozenset({"credentials", "credential", "letter", "letters"})
    if theme in ("war", "force", "effect", "union", "independence", "alliance", "organization"):
        return {"force": frozenset({"force", "effect", "effective"})}.get(theme, frozenset({theme}))
    if theme == "agreement":
        return frozenset({*table("agreements")["heads"], "memorandum", "declaration"})
    if theme in ("mission", "lesser", "mission|office", "lesser|office"):
        words = {word for phrases in table("missions").values() for phrase in phrases for word in phrase.split()}
        return frozenset(words)
    return None


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_promising(text: str, kinds: frozenset[str] = frozenset()) -> bool:
    """Whether any pattern may match a sentence with mentions of these kinds; other sentences are not parsed."""
    words = set(_words().findall(text.lower())) | kinds
    words |= {part for word in words if "-" in word for part in word.split("-")}
    vocabulary = frozenset(words)
    return any(pattern.may_be_in(vocabulary) for pattern in patterns())
