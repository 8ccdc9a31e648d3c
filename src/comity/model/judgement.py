"""What reconciliation says about claims: never a change to them, always signed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """The kinds of judgement."""

    SAME_AS = "same-as"
    CORROBORATES = "corroborates"
    REFINES = "refines"
    CONFLICTS = "conflicts"
    SUPERSEDES = "supersedes"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`first` `verdict` `second` (claim ids), `about` what, by the rule or person that signs it."""

    verdict: Verdict
    first: str
    second: str
    about: str
    signed: str
