"""What a rule of `check` finds on a page: where, in which claims, on what evidence, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from comity.model import Claim, Span

EVIDENCE = 32
"""The most claims that a finding gives as evidence: the first ones are enough to show it."""


class Severity(Enum):
    """The severity of a finding; the values are those of SARIF's levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an editor should look at.

    `rule` is the id of the rule that found it (`comity.query.check.RULES`), its `code` the family that users know;
    `spans` are the places in the text as given, the first the one to correct; `claims` those of the page that it
    concerns, `evidence` the claims against them, at most `EVIDENCE`; `words` are further values for its message;
    `suggestion` replaces the first span's text when it is certain enough.
    """

    rule: str
    spans: tuple[Span, ...]
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Claim, ...] = ()
    words: tuple[str, ...] = ()
    suggestion: str | None = None


def first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The first of some claims, up to the number that a finding gives as evidence."""
    return tuple(islice(claims, EVIDENCE))
