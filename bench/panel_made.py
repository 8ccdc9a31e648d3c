"""Makes tests/panel/made.json anew from the tables that bench/panel.R wrote: rows, and of each column values and sum.

python bench/panel_made.py DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

MADE = Path(__file__).resolve().parent.parent / "tests" / "panel" / "made.json"
NUMBERS = {"BIGINT", "DOUBLE", "INTEGER"}


def summary(file: Path) -> dict[str, object]:
    """The rows of a table, and of each column how many values it has and, of numbers, their finite sum."""
    with duckdb.connect() as connection:
        read = f"read_csv('{file}', nullstr='NA', sample_size=-1, header=true)"
        connection.execute(f"CREATE TABLE made AS FROM {read}")
        kinds = {row[0]: row[1] for row in connection.execute("DESCRIBE made").fetchall()}
        columns: dict[str, list[float]] = {}
        for name, kind in kinds.items():
            total = f'sum("{name}"::DOUBLE) FILTER (isfinite("{name}"::DOUBLE))' if kind in NUMBERS else "NULL"
            ((many, sum_),) = connection.execute(f'SELECT count("{name}"), {total} FROM made').fetchall()
            columns[name] = [many] if sum_ is None else [many, float(f"{sum_:.9g}")]
        ((rows,),) = connection.execute("SELECT count(*) FROM made").fetchall()
    return {"rows": rows, "columns": columns}


def main() -> None:
    """Write a line for each table of the folder, in the order of their names in the file that is there."""
    folder, order = Path(sys.argv[1]), list(json.loads(MADE.read_text("utf-8")))
    names = sorted((file.stem for file in folder.glob("*.csv")), key=lambda name: (name not in order, name))
    lines = [f"{json.dumps(name)}: {json.dumps(summary(folder / f'{name}.csv'))}" for name in names]
    MADE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
