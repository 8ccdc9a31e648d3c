"""Compares the panels of tests/panel/recipes.toml with the tables that bench/panel.R wrote, cell by cell.

    python bench/panel_cells.py DIR [--mirror DIR] [RECIPE …]

Rows meet by their key and, where it stands more than once, by all that they hold. Numbers agree within a millionth;
missing agrees with missing only. It prints how many cells agree, and of each column that differs the first difference.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import duckdb

COMITY = str(Path(sys.executable).with_name("comity"))
RECIPES = Path(__file__).resolve().parent.parent / "tests" / "panel" / "recipes.toml"
NUMBERS = ("BIGINT", "DOUBLE", "INTEGER", "BOOLEAN")


def differences(ours: Path, theirs: Path) -> tuple[int, int, list[str]]:
    """How many cells there are, how many differ, and a line for each column that does."""
    from comity.panel.draft import key
    from comity.panel.recipe import Recipe

    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW o AS FROM '{ours}'")
        connection.execute(f"CREATE VIEW t AS FROM read_csv('{theirs}', nullstr='NA', sample_size=-1, header=true)")
        held = connection.execute(f"SELECT value FROM parquet_kv_metadata('{ours}') WHERE key = 'comity'").fetchone()
        assert held is not None
        recipe = json.loads(held[0])["recipe"]
        kinds = {row[0]: row[1] for row in connection.execute("DESCRIBE t").fetchall()}
        mine = [row[0] for row in connection.execute("DESCRIBE o").fetchall()]
        told = [f"not ours: {name}" for name in kinds if name not in mine]
        shared = [name for name in kinds if name in mine]
        by = [name for name in key(Recipe(recipe["unit"]).unit, recipe["system"]) if name in shared]
        order = ", ".join(f'"{name}"' for name in (*by, *(name for name in shared if name not in by)))
        for side in "ot":
            connection.execute(
                f"CREATE TEMP TABLE {side}_ AS SELECT *, row_number() OVER (ORDER BY {order}) AS n_ FROM {side}"
            )
        many = [connection.execute(f"SELECT count(*) FROM {side}_").fetchall()[0][0] for side in "ot"]
        if many[0] != many[1]:
            return many[1] * len(shared), many[1] * len(shared), [*told, f"rows: ours {many[0]}, theirs {many[1]}"]
        wrong = 0
        for name in shared:
            differs = _differs(name, kinds[name])
            place = f"FROM o_ JOIN t_ USING (n_) WHERE {differs}"
            ((bad,),) = connection.execute(f"SELECT count(*) {place}").fetchall()
            wrong += bad
            if bad:
                keys = ", ".join(f'o_."{each}"' for each in by)
                first = connection.execute(
                    f'SELECT {keys}, o_."{name}", t_."{name}" {place} ORDER BY n_ LIMIT 1'
                ).fetchone()
                told.append(f"{name}: {bad} differ; first key, ours, theirs: {first}")
        return many[1] * len(shared), wrong, told


def _differs(name: str, kind: str) -> str:
    one, other = f'o_."{name}"', f't_."{name}"'
    if kind not in NUMBERS:
        return f"{one}::VARCHAR IS DISTINCT FROM {other}::VARCHAR"
    one, other = f"{one}::DOUBLE", f"{other}::DOUBLE"
    near = f"abs({one} - {other}) <= 1e-6 * greatest(abs({one}), abs({other})) + 1e-9"
    return f"NOT coalesce({one} = {other} OR {near}, {one} IS NULL AND {other} IS NULL)"


def main() -> None:
    """Print a line for each recipe; the exit code is 1 when a cell differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path, metavar="DIR", help="where bench/panel.R wrote its tables")
    parser.add_argument("recipes", nargs="*", metavar="RECIPE", help="only these")
    parser.add_argument("--mirror", type=Path, help="where the data are, else COMITY_MIRROR")
    asked = parser.parse_args()
    recipes = tomllib.loads(RECIPES.read_text("utf-8"))
    all_cells = all_wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.recipes or recipes:
            table = Path(folder) / "table.parquet"
            mirror = ["--mirror", str(asked.mirror)] if asked.mirror else []
            command = [COMITY, "panel", *recipes[name]["arguments"], *mirror, "-o", str(table)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            cells, wrong, told = differences(table, asked.tables / f"{name}.csv")
            all_cells, all_wrong = all_cells + cells, all_wrong + wrong
            print(f"{name}: {cells - wrong:,} of {cells:,} cells agree", *told, sep="\n  ", flush=True)
    print(f"all: {all_cells - all_wrong:,} of {all_cells:,} cells agree")
    sys.exit(1 if all_wrong else 0)


if __name__ == "__main__":
    main()
