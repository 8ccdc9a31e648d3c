"""The notebook of docs/: it runs from top to bottom, and its estimates are those of R."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "dangerous_dyads.ipynb"


def test_the_notebook_runs_and_its_coefficients_are_those_of_r(
    mirror: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("COMITY_MIRROR", str(mirror))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    told = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]
    assert any("88,658 dyad-years, and no coefficient differs" in text for text in told)


def test_the_notebook_is_kept_without_output() -> None:
    import nbformat

    assert not [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.get("outputs")]
