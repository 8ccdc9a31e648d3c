"""The evaluation gate: how well the articles are read, by the gold's own score.py, never falls below these floors."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from comity.model import Document
from comity.present.shapes import records
from comity.present.visible import dumps
from comity.reading import read_all
from comity.reading.calibration import FILE, calibrated, pools

GOLD = "8baaaa1f04bd6940ff7204077ac919f790ab8c061786fec078c7871d5283841c"  # sha256 of rdcr.jsonl
# precision, recall and F1, a little under what was reached; raise them when reading gets better
FLOORS = {
    "all": (0.95, 0.80, 0.87),
    "agreement.signed": (0.95, 0.82, 0.88),
    "mission.closed": (0.92, 0.99, 0.95),
    "mission.opened": (0.88, 0.77, 0.82),
    "mission.raised": (0.96, 0.80, 0.88),
    "recognition": (0.97, 0.85, 0.90),
    "relations.established": (0.99, 0.85, 0.91),
    "relations.interrupted": (0.99, 0.35, 0.52),
    "relations.resumed": (0.99, 0.67, 0.80),
    "relations.severed": (0.94, 0.72, 0.82),
}
_LINE = re.compile(
    r"(?P<name>\S+) +precision=(?P<precision>\S+) recall=(?P<recall>\S+) f1=(?P<f1>\S+) gold=(?P<gold>\d+)"
)


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    place = shared / "reference" / "reading"
    if not (place / "rdcr.jsonl").is_file():
        pytest.skip(f"needs the reading gold: no file {place / 'rdcr.jsonl'}")
    return place


@pytest.fixture(scope="module")
def scores(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float, float]]:
    """What score.py prints of comity's claims in the gold's articles."""
    articles = [json.loads(line) for line in (folder / "rdcr.jsonl").read_text("utf-8").splitlines()]
    documents = [Document(article["text"], path=f"{article['doc']}.txt") for article in articles]
    predictions = tmp_path_factory.mktemp("scores") / "predictions.jsonl"
    lines = [dumps(records.Claim.of(claim, {}), None) for _, claims in read_all(documents) for claim in claims]
    predictions.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, folder / "score.py", folder / "rdcr.jsonl", "--predictions", predictions]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = [_LINE.fullmatch(line) for line in printed.splitlines()]
    return {one["name"]: (float(one["precision"]), float(one["recall"]), float(one["f1"])) for one in found if one}


def test_the_gold_is_the_one_that_the_floors_are_of(folder: Path) -> None:
    assert hashlib.sha256((folder / "rdcr.jsonl").read_bytes()).hexdigest() == GOLD


@pytest.mark.parametrize("relation", FLOORS)
def test_a_relation_is_read_no_worse_than_it_was(scores: dict[str, tuple[float, float, float]], relation: str) -> None:
    for name, reached, floor in zip(("precision", "recall", "f1"), scores[relation], FLOORS[relation], strict=True):
        assert reached >= floor, f"{name} of {relation} fell to {reached}"


def test_every_relation_of_the_gold_has_a_floor(scores: dict[str, tuple[float, float, float]]) -> None:
    assert scores.keys() == FLOORS.keys()


def test_the_confidences_are_of_this_gold_and_grow_with_the_score() -> None:
    assert f'gold = "{GOLD}"' in FILE.read_text("utf-8")
    held = [pool.confidence for pool in pools()]
    assert held == sorted(set(held))
    assert [calibrated(pool.score) for pool in pools()] == held
    assert calibrated(0.01) == 0.01
