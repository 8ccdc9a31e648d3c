"""Each promise of the threat model names the test that holds it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| attacker"))]
TEST = re.compile(r"`(?P<file>tests/\w+/\w+\.py)::(?P<name>\w+)`")


def test_the_threat_model_has_its_promises() -> None:
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: re.sub(r"\W+", " ", row)[:60])
def test_a_promise_names_tests_that_exist(row: str) -> None:
    named = [(match["file"], match["name"]) for match in TEST.finditer(row)]
    assert named, "a promise without a test"
    assert [name for file, name in named if name not in _tests(ROOT / file)] == []


def _tests(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}
