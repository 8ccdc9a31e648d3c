"""Pages of our own about other pairs: what each says is read, whoever it is about and however it is told."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.model import Claim, Document
from comity.reading import read
from rows import Row

PAGES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "pages").glob("*.toml"))
}
SAYS = [(name, Row(**{**row, "object": row["object"] or None})) for name, page in PAGES.items() for row in page["says"]]


@cache
def claims(name: str) -> tuple[Claim, ...]:
    page = PAGES[name]
    return tuple(read(Document(page["text"], about=tuple(page["about"]))))


@pytest.mark.parametrize(("name", "row"), SAYS, ids=lambda value: value if isinstance(value, str) else value.words)
def test_a_page_says(name: str, row: Row) -> None:
    assert any(row.is_said_by(claim) for claim in claims(name))
