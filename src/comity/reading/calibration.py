"""From the score of a reading to a confidence: the share of claims of that score that the visible gold confirms."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Pool:
    """Claims with scores from `score` up to the next pool: how many there are, and how many of them are right."""

    score: float
    claims: int
    right: int

    @property
    def confidence(self) -> float:
        """The share of right claims by Laplace's rule of succession, so that few claims never give certainty.

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
    """The confidence for a score, by the `scale` of pools; a score below all pools stays as it is.

    >>> calibrated(0.8, [Pool(0.5, 18, 15), Pool(0.9, 98, 97)]), calibrated(0.3, [Pool(0.5, 18, 15)])
    (0.8, 0.3)
    """
    known = pools() if scale is None else scale
    return next((pool.confidence for pool in reversed(known) if pool.score <= score), score)
