"""Makes src/comity/reading/calibration.toml and docs/calibration.svg: how often claims of each score are right.

    python bench/calibrate.py [GOLD.jsonl]

The gold is the visible one of reading. A claim of a relation that it scores is right as its score.py counts: it meets a
gold item, repeats one that is met, or is among the statements known to be true besides. Scores are pooled until more of
them is never less often right (isotonic regression), and a pool holds at least 25 claims. How well the pools do is
measured on documents that they were not made from: each half of the gold is judged by the pools of the other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import runpy
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.model import Document, Modality
from comity.reading import portions
from comity.reading.base import Found
from comity.reading.calibration import FILE, Pool, calibrated

ROOT = Path(__file__).resolve().parent.parent
GOLD = Path(os.environ.get("COMITY_SHARED") or ROOT.parent / "shared") / "reference" / "reading" / "rdcr.jsonl"
CHART = ROOT / "docs" / "calibration.svg"
_SIZE, _LOW = 340, 0.5  # of the chart: its sides, and where its axes begin
_LEAST = 25  # claims in a pool
_BINS = 10  # of the expected calibration error


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's score, and whether the gold has it right; `half` is that of its document."""

    score: float
    right: bool
    half: int


def judged(records: Iterable[dict[str, Any]], relations: frozenset[str]) -> list[Judged]:
    """Every asserted, dated claim of the scored relations in the gold's documents."""
    held = {record["doc"]: record for record in records}
    found: list[Judged] = []
    for name, record in held.items():
        claims = [item for portion in portions([Document(record["text"], f"{name}.txt")]) for item in portion.found]
        scored = [item for item in claims if item.claim.relation in relations and _counts(item)]
        half = hashlib.sha256(name.encode()).digest()[0] % 2
        met = {_said(item) for item in scored if _meets(item, record["gold"])}
        true = met | {(relation, year) for relation, year in record.get("also", ())}
        found += [Judged(_score(item), _said(item) in true, half) for item in scored]
    return found


def _counts(item: Found) -> bool:
    return item.claim.when is not None and item.claim.modality is Modality.ASSERTED


def _said(item: Found) -> tuple[str, int]:
    assert item.claim.when is not None
    return item.claim.relation, item.claim.when.earliest.year


def _score(item: Found) -> float:
    assert item.derivation.score is not None
    return item.derivation.score


def _meets(item: Found, gold: Iterable[dict[str, Any]]) -> bool:
    """Whether a gold item is of the claim's relation and year, and their passages touch."""
    span = item.claim.span
    assert span is not None
    return any(
        (one["relation"], one["year"]) == _said(item) and span.start < one["span"][1] and one["span"][0] < span.end
        for one in gold
    )


def pools(held: Iterable[Judged]) -> list[Pool]:
    """Neighbouring scores together, until each pool is large enough and no higher one is less often right."""
    made: list[Pool] = []
    for score in sorted({one.score for one in held}):
        here = [one.right for one in held if one.score == score]
        made.append(Pool(score, len(here), sum(here)))
        while len(made) > 1 and not _stands(made[-2], made[-1]):
            made[-2:] = [_joined(*made[-2:])]
    if len(made) > 1 and made[-1].claims < _LEAST:
        made[-2:] = [_joined(*made[-2:])]
    return made


def _stands(lower: Pool, higher: Pool) -> bool:
    return lower.claims >= _LEAST and lower.right / lower.claims < higher.right / higher.claims


def _joined(lower: Pool, higher: Pool) -> Pool:
    return Pool(lower.score, lower.claims + higher.claims, lower.right + higher.right)


def brier(told: Sequence[tuple[float, bool]]) -> float:
    """The mean of the squared differences between what was predicted and what came."""
    return sum((sure - right) ** 2 for sure, right in told) / len(told)


def error(told: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error: how far predicted and observed shares are apart, by bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in told:
        bins.setdefault(min(int(sure * _BINS), _BINS - 1), []).append((sure, right))
    return sum(abs(sum(s for s, _ in held) - sum(r for _, r in held)) for held in bins.values()) / len(told)


def written(held: Sequence[Judged], sha256: str) -> str:
    """The table, with what it was made of and how it does."""
    before = [(one.score, one.right) for one in held]
    halves = {half: pools([one for one in held if one.half != half]) for half in (0, 1)}
    after = [(calibrated(one.score, halves[one.half]), one.right) for one in held]
    steps = "".join(
        f"\n[[pool]]\nscore = {pool.score:.2f}\nclaims = {pool.claims}\nright = {pool.right}\n" for pool in pools(held)
    )
    return (
        "# How often claims of each score are right. Made by bench/calibrate.py; not to be edited by hand.\n"
        f'gold = "{sha256}"\nclaims = {len(held)}\n'
        f"brier = {{ before = {brier(before):.4f}, after = {brier(after):.4f} }}\n"
        f"error = {{ before = {error(before):.4f}, after = {error(after):.4f} }}\n{steps}"
    )


def chart(held: Sequence[Judged]) -> str:
    """The reliability curve: what was predicted, and the share that came, before and after; a right one is on the line.

    A point is a pool that was made from one half, with the claims of the other half; its area is their number.
    """
    points = [point for half in (0, 1) for point in _points(held, half)]
    before = "".join(_circle(score, share, many, "#b0b0b0") for score, _, share, many in points)
    after = "".join(_circle(sure, share, many, "#1f5fa8") for _, sure, share, many in points)
    ticks = "".join(
        f'<text x="{_x(at):.0f}" y="{_SIZE - 22}" text-anchor="middle">{at:.1f}</text>'
        f'<text x="38" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.1f}</text>'
        for at in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" '
        'font-family="sans-serif" font-size="11">\n'
        "<title>Predicted and observed share of right claims; grey: scores, blue: confidences</title>\n"
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#ffffff"/>\n'
        f'<path d="M{_x(_LOW)} {_y(_LOW)}L{_x(1)} {_y(1)}" stroke="#808080" stroke-dasharray="4 3"/>\n'
        f'<path d="M{_x(_LOW)} {_y(1)}V{_y(_LOW)}H{_x(1)}" fill="none" stroke="#000000"/>\n{ticks}\n'
        f'<text x="{_SIZE // 2}" y="{_SIZE - 6}" text-anchor="middle">predicted</text>\n'
        f'<text x="10" y="{_SIZE // 2}" text-anchor="middle" transform="rotate(-90 10 {_SIZE // 2})">right</text>\n'
        f"{before}{after}</svg>\n"
    )


def _points(held: Sequence[Judged], half: int) -> Iterator[tuple[float, float, float, int]]:
    """For each pool of the other half: the mean score, the confidence, the share that is right, and how many."""
    made = pools([one for one in held if one.half != half])
    groups: dict[float, list[Judged]] = {}
    for one in held:
        if one.half == half:
            groups.setdefault(calibrated(one.score, made), []).append(one)
    for sure, group in groups.items():
        many = len(group)
        yield sum(one.score for one in group) / many, sure, sum(one.right for one in group) / many, many


def _circle(predicted: float, share: float, many: int, colour: str) -> str:
    radius = (many / 5) ** 0.5
    return (
        f'<circle cx="{_x(predicted):.1f}" cy="{_y(share):.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6"/>\n'
    )


def _x(value: float) -> float:
    return 44 + (max(value, _LOW) - _LOW) / (1 - _LOW) * (_SIZE - 64)


def _y(value: float) -> float:
    return _SIZE - 38 - (max(value, _LOW) - _LOW) / (1 - _LOW) * (_SIZE - 58)


def main() -> None:
    """Write the table and the chart, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD)
    asked = parser.parse_args()
    if not asked.gold.is_file():
        sys.exit(f"there is no gold {asked.gold}: set COMITY_SHARED, or give the file")
    data = asked.gold.read_bytes()
    relations = frozenset(runpy.run_path(str(asked.gold.with_name("score.py")))["KEYWORDS"])
    held = judged(map(json.loads, data.decode().splitlines()), relations)
    FILE.write_text(written(held, hashlib.sha256(data).hexdigest()), "utf-8")
    CHART.write_text(chart(held), "utf-8")
    print(FILE.read_text("utf-8"), end="")


if __name__ == "__main__":
    main()
