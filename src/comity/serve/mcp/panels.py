"""A preview of a table for research."""

from __future__ import annotations

from pathlib import Path

from comity.errors import PanelError
from comity.panel import Panel, dyad_years, leader_years, state_years
from comity.present.shapes import short

_LONGEST = 20  # variables in one preview


def preview(
    rows: str, add: tuple[str, ...], years: tuple[int, int] | None, relevant: bool, limit: int, mirror: Path | None
) -> short.PanelPreview:
    """The plan, the columns and the first rows.

    Raises `PanelError` for an unknown variable, for a file instead of a variable, and for rows that don't fit the rest.
    """
    if len(add) > _LONGEST:
        raise PanelError(f"{len(add)} variables are too many for a preview; add at most {_LONGEST}", offender=add)
    panel = _rows(rows, years, mirror)
    panel = panel.filter("prd") if relevant else panel
    for name in add:
        if Path(name).suffix:
            raise PanelError(f'"{name}" is a file; only variables can be added here', offender=name)
        panel = panel.add(name)
    words = [f"comity panel {rows}", *(["--filter prd"] if relevant else []), *(f"--add {name}" for name in add)]
    words += [f"--years {years[0]}:{years[1]}"] if years else []
    return short.PanelPreview(
        plan=panel.plan(),
        columns=[
            short.PanelColumn(name=column.name, holds=column.told, missing=column.missing)
            for column in panel.codebook()
        ],
        rows=[list(row) for row in panel.head(limit)],
        command=" ".join([*words, "-o FILE.parquet"]),
    )


def _rows(rows: str, years: tuple[int, int] | None, mirror: Path | None) -> Panel:
    if rows == "states":
        return state_years(years=years, mirror=mirror)
    return dyad_years(years=years, mirror=mirror) if rows == "dyads" else leader_years(years=years, mirror=mirror)
