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
    for path in sorted((Path(__file__).parents[1] / "pages").glob("*.toml"))
}
SAYS = [(name, row) for name, page in PAGES.items() for row in page["says"]]


@cache
def claims(name: str) -> tuple[Claim, ...]:
    page = PAGES[name]
    return tuple(read(Document(page["text"], about=tuple(page["about"]))))


def case(name: str, said: dict[str, str]) -> Any:
    """A row of a page; what the reader is known to miss says why in `missed`, and fails once it is read."""
    held = {**said, "object": said["object"] or None}
    missed = held.pop("missed", None)
    marks = [pytest.mark.xfail(reason=missed, strict=True)] if missed else []
    return pytest.param(name, Row(**held), marks=marks, id=f"{name}: {said['words']}")


@pytest.mark.parametrize(("name", "row"), [case(name, said) for name, said in SAYS])
def test_a_page_says(name: str, row: Row) -> None:
    assert any(row.is_said_by(claim) for claim in claims(name))
