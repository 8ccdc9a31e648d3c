"""Dates attached to a noun: "the revolution of 1910", "a 1942 coup", "the war (1904–05)"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.dates.thread import Dated
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE = "the date by the noun"
_HANGING = frozenset({"nummod", "nmod", "compound", "appos", "npadvmod"})


def dates_by(parsed: Parsed, noun: Token) -> list[Governing]:
    """The dates attached to a noun, with no verb or other event between."""
    return [Governing(dated, index, 0.95, BESIDE) for index, dated in _by(parsed, noun)]


def _by(parsed: Parsed, noun: Token) -> Iterator[tuple[int, Dated]]:
    if noun.dep_ == "appos" and noun.head.i in parsed.dates:
        yield (
            noun.head.i,
            parsed.dates[noun.head.i],
        )  # "the November 7, 1917, Revolution": the parser takes the date for the head
    for dependent in noun.children:
        if dependent.i in parsed.dates and dependent.dep_ in _HANGING:
            yield dependent.i, parsed.dates[dependent.i]
        elif dependent.dep_ == "prep" and dependent.lower_ in ("of", "in", "during", "on", "from"):
            for governed in dependent.children:
                if governed.dep_ == "pobj" and governed.i in parsed.dates and not _is_bound(parsed.dates[governed.i]):
                    yield governed.i, parsed.dates[governed.i]


def _is_bound(dated: Dated) -> bool:
    return dated.bound not in ("", "since") or (dated.bound == "since" and not dated.when.is_interval)
