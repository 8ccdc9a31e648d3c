"""Panels beyond the seven recipes: rows and, of each column, values and sums as peacesciencer gave them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import app

HERE = Path(__file__).parents[1] / "panel"
RECIPES = tomllib.loads((HERE / "recipes.toml").read_text("utf-8"))
MADE = json.loads((HERE / "made.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the recipes share, so that each data set is converted once."""
    return tmp_path_factory.mktemp("home")


def test_every_recipe_was_made_by_peacesciencer() -> None:
    assert set(RECIPES) == set(MADE)


@pytest.mark.parametrize("recipe", RECIPES)
def test_rows_values_and_sums_are_as_in_peacesciencer(
    recipe: str, mirror: Path, warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    monkeypatch.setenv("COMITY_HOME", str(warm))
    table = tmp_path / "table.parquet"
    arguments = ["panel", *RECIPES[recipe]["arguments"], "--mirror", str(mirror), "-o", str(table)]
    CliRunner().invoke(app, arguments, catch_exceptions=False)
    theirs = MADE[recipe]
    found = duckdb.connect().execute(f"SELECT count(*), {_measures(theirs['columns'])} FROM '{table}'").fetchone()
    assert found is not None
    rows, *measured = found
    assert rows == theirs["rows"]
    values = iter(measured)
    for name, expected in theirs["columns"].items():
        ours = [next(values) for _ in expected]
        assert ours == pytest.approx(expected, rel=1e-7, abs=1e-6), name


def _measures(columns: dict[str, list[float]]) -> str:
    """How many values a column has, and of numbers their sum (R's infinities left out)."""
    count = 'count("{0}")'
    total = 'sum("{0}"::DOUBLE) FILTER (isfinite("{0}"::DOUBLE))'
    return ", ".join(
        part.format(name) for name, made in columns.items() for part in ([count, total] if len(made) == 2 else [count])
    )
