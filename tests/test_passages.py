"""Quotations: what a source says at a locator, from a file that is byte for byte the pinned one, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from answers import asked
from comity.sources.quotations import passages
from comity.sources.registry import adapter

RDCR = adapter("hsg-rdcr").source.edition
PLACE = (RDCR, "articles/peru.xml#recognition/1/p1")


@pytest.fixture
def small(mirror: Path, tmp_path: Path) -> Path:
    """A mirror with one article."""
    file = tmp_path / "small" / "hsg-rdcr" / "articles" / "peru.xml"
    file.parent.mkdir(parents=True)
    shutil.copy(mirror / "hsg-rdcr" / "articles" / "peru.xml", file)
    return tmp_path / "small"


def test_a_passage_is_the_text_at_the_locator(mirror: Path) -> None:
    found = passages([PLACE], mirror)
    assert list(found) == [PLACE]
    assert "Cooley" in found[PLACE]
    assert found[PLACE] == " ".join(found[PLACE].split())


def test_every_place_that_a_brief_cites_has_its_passage(mirror: Path) -> None:
    places = {(claim.source, claim.locator) for claim in asked("Peru").claims()}
    found = passages(places, mirror)
    assert set(found) == places
    assert all(0 < len(text) <= 601 for text in found.values())


def test_a_long_passage_is_cut_and_says_so(mirror: Path) -> None:
    made = adapter("hsg-rdcr")
    long = [
        one.locator
        for record in made.records(mirror / "hsg-rdcr")
        for one in made.documents(record)
        if len(made.passage(mirror / "hsg-rdcr", one.locator) or "") > 700
    ]
    assert long
    text = passages([(RDCR, long[0])], mirror)[RDCR, long[0]]
    assert len(text) == 601
    assert text.endswith("…")


@pytest.mark.parametrize(
    "place",
    [
        ("hsg-rdcr@0000000", PLACE[1]),
        ("a page", "0-10"),
        ("hsg-nothing@1234567", "a.xml"),
        (RDCR, "articles/nowhere.xml#recognition/1"),
        (RDCR, "articles/peru.xml#recognition/99"),
        (RDCR, "../hsg-rdcr/articles/peru.xml#recognition/1"),
        (RDCR, ""),
    ],
)
def test_of_another_edition_source_file_or_element_there_is_no_passage(mirror: Path, place: tuple[str, str]) -> None:
    assert passages([place], mirror) == {}


def test_a_file_that_is_not_the_pinned_one_is_not_quoted(small: Path) -> None:
    assert PLACE in passages([PLACE], small)
    file = small / "hsg-rdcr" / "articles" / "peru.xml"
    file.write_bytes(file.read_bytes().replace(b"Cooley", b"Coolex"))
    assert passages([PLACE], small) == {}


def test_a_mirror_with_some_sources_quotes_those(small: Path) -> None:
    other = (adapter("hsg-pocom").source.edition, "missions-countries/peru.xml#pe-1826-cool-01")
    assert list(passages([PLACE, other], small)) == [PLACE]


def test_the_mirror_may_be_named_by_the_environment_or_be_what_was_fetched(
    small: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMITY_MIRROR", raising=False)
    assert passages([PLACE]) == {}
    shutil.copytree(small / "hsg-rdcr", home / "sources" / RDCR)
    assert list(passages([PLACE])) == [PLACE]


def test_an_environment_set_later_is_heeded(small: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMITY_MIRROR", raising=False)
    assert passages([PLACE]) == {}
    monkeypatch.setenv("COMITY_MIRROR", str(small))
    assert list(passages([PLACE])) == [PLACE]
