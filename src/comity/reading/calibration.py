"""From the score of a reading to a confidence: how often claims of such a score are right by the visible gold."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Pool:
    """Claims of scores from `score` on, up to the next pool: how many, and how many of them are right."""

    score: float
    claims: int
    right: int

    @property
    def confidence(self) -> float:
        """The share that is right, as far as so many claims show it (the rule of succession): never all.

        >>> Pool(0.95, 98, 98).confidence
        0.99
        """
        return round((self.right + 1) / (self.claims + 2), 2)


@cache
def pools() -> tuple[Pool, ...]:
    """The pools that bench/calibrate.py made, from the lowest score to the highest."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["pool"]
    return tuple(Pool(row["score"], row["claims"], row["right"]) for row in rows)


def calibrated(score: float, scale: Sequence[Pool] | None = None) -> float:
    """The confidence in a reading of a score; a score lower than any that was seen stays as it is.

    >>> calibrated(0.8, [Pool(0.5, 18, 15), Pool(0.9, 98, 97)]), calibrated(0.3, [Pool(0.5, 18, 15)])
    (0.8, 0.3)
    """
    known = pools() if scale is None else scale
    return next((pool.confidence for pool in reversed(known) if pool.score <= score), score)
