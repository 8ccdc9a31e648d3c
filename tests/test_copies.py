"""Whether a passage is copied from a source that is held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from answers import shipped
from comity.model import Document
from comity.query.check import check
from comity.reading import load, read
from comity.reconcile.independence import copied_from, independent
from comity.sources.copies import FOLDER, copied
from comity.sources.rdcr import Rdcr
from copies import make

DATA = Path(__file__).parents[1] / "src" / "comity" / "data" / FOLDER
OURS = (
    "Nothing of this paragraph stands in any guide to recognition: it was written for this test alone, by somebody who "
    "had the envoys of two imaginary republics in mind, and a treaty that was never signed between them."
)


def paragraphs(mirror: Path) -> list[str]:
    adapter = Rdcr()
    records = adapter.records(mirror / adapter.source.id)
    return [document.text for record in records for document in adapter.documents(record)]


def test_the_hashes_are_those_of_the_mirrors_prose(mirror: Path) -> None:
    assert make(Document(text) for text in paragraphs(mirror)) == (DATA / "hsg-rdcr.bin").read_bytes()


def test_every_paragraph_of_the_source_is_known_also_without_its_accents(mirror: Path) -> None:
    long = [text for text in paragraphs(mirror) if len(text.split()) > 20]
    assert not [text for text in long if copied(text) is None]
    lossy = [text.encode("ascii", "ignore").decode() for text in long]
    assert sum(copied(text) is None for text in lossy) < 0.01 * len(lossy)


@pytest.mark.parametrize("text", [OURS, "", "Peru and the United States.", " ".join(["word"] * 40)])
def test_what_is_in_no_source_is_copied_from_none(text: str) -> None:
    assert copied(text) is None


def test_the_pages_of_our_own_are_copied_from_none() -> None:
    docs = Path(__file__).parents[1] / "docs"
    told = [line for page in docs.glob("*.md") for line in page.read_text("utf-8").split("\n\n")]
    assert not [text for text in told if copied(text)]


def test_the_seed_pages_first_paragraphs_are_the_guides_and_no_second_voice(shared: Path) -> None:
    (document,) = load(str(shared / "documents/globalsecurity-peru-united-states.txt"))
    claim = next(one for one in read(document) if one.relation == "relations.established")
    assert copied_from(claim) == "hsg-rdcr"
    guide = next(one for one in shipped().between("peru", "united-states") if one.source.startswith("hsg-rdcr"))
    pocom = next(one for one in shipped().between("peru", "united-states") if one.source.startswith("hsg-pocom"))
    assert not independent(claim, guide)
    assert independent(claim, pocom)
    (found,) = [one for one in check(document, shipped(), date(2015, 6, 1)) if one.rule == "duplicate-source"]
    assert len(found.spans) == 2
    assert claim.id in {one.id for one in found.claims}
