"""The seven recipes of the reference tables: every cell as peacesciencer has it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

COMITY = Path(sys.executable).with_name("comity")
RECIPES = (
    "state_years", "directed_dyads", "dangerous_dyads", "gw_state_years", "leader_years", "dyads_igos", "cow_mids",
)  # fmt: skip


@pytest.fixture(scope="module")
def reference(shared: Path) -> Path:
    """The folder of the tables that peacesciencer made."""
    folder = shared / "reference" / "peacesciencer"
    if not folder.is_dir():
        pytest.skip(f"needs the reference tables: no folder {folder}")
    return folder


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the recipes share, so that each data set is converted once."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_cell_is_as_in_peacesciencer(
    recipe: str, reference: Path, mirror: Path, warm: Path, tmp_path: Path
) -> None:
    arguments = tomllib.loads((reference / "recipes.toml").read_text("utf-8"))[recipe]["arguments"]
    table = tmp_path / f"{recipe}.parquet"
    environment = {**os.environ, "COMITY_HOME": str(warm)}
    command = [str(COMITY), "panel", *arguments, "--mirror", str(mirror), "-o", str(table)]
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    compare = [sys.executable, str(reference / "compare.py"), recipe, str(table)]
    done = subprocess.run(compare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_recipes_are_all_of_the_reference(reference: Path) -> None:
    assert set(tomllib.loads((reference / "recipes.toml").read_text("utf-8"))) == set(RECIPES)
