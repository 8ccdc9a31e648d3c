"""comity from Python, and in a notebook: light to import, and shown as pages in which words are only words."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

import comity
from comity.errors import UnknownPolity
from comity.panel import dyad_years

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "tutorial.ipynb"


def test_comity_offers_exactly_these_names() -> None:
    assert comity.__all__ == ["__version__", "ask", "brief", "check", "panel", "polities", "read", "spells", "timeline"]
    assert all(hasattr(comity, name) for name in comity.__all__)
    with pytest.raises(AttributeError, match="no attribute 'breif'"):
        comity.breif  # noqa: B018


def test_answers_are_shown_as_pages(home: Path) -> None:
    shown = {
        "21 May 1827": comity.brief("Peru", "United States", as_of="1950"),
        "recognized": comity.ask("Peru", "United States", "recognition", as_of="1950"),
        "Arequipa": comity.timeline("Peru", "United States"),
        "dyad-years": dyad_years(years=(1816, 1820)),
    }
    for words, one in shown.items():
        assert words in lxml.html.fromstring(one._repr_html_()).text_content()
        assert words in str(one)


def test_a_file_is_read_and_checked(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The United States and Peru established diplomatic relations on May 21, 1830.")
    claims = comity.read(str(page), published="2020")
    assert [(claim.relation, claim.when and claim.when.edtf) for claim in claims] == [
        ("relations.established", "1830-05-21")
    ]
    assert [finding.rule for finding in comity.check(str(page), as_of="2020")] == ["conflict-date"]


def test_a_mistake_is_said_in_a_sentence(home: Path) -> None:
    with pytest.raises(UnknownPolity, match="Atlantis"):
        comity.brief("Atlantis", "Peru")


def test_the_tutorial_runs_and_is_kept_without_output(home: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs")]
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    pages = [out["data"]["text/html"] for cell in notebook.cells for out in cell.get("outputs", ()) if "data" in out]
    assert len(pages) == 4
    assert "As of 1 June 1838." in pages[0]
