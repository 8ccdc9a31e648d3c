"""The recipe of a panel: its rows and the steps applied to them, in order; nothing is computed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from comity.errors import PanelError

FIRST = 1816
"""The first year of both systems."""
LISTED = {"cow": 2016, "gw": 2020}
"""The last year of each system's list of states."""
LEADERS = (1840, 2015)
"""The years in which Archigos has any leader."""


@dataclass(frozen=True)
class Step:
    """One step: `kind` is add, filter, where, whittle or csv; `name` says which of that kind; with its parameters."""

    kind: str
    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        options = ", ".join(f"{key}={_plain(value)}" for key, value in self.parameters.items())
        return f"{self.kind} {self.name}{f' ({options})' if options else ''}"


@dataclass(frozen=True)
class Recipe:
    """The rows of a panel and its steps.

    `unit` is what a row is; `mry` carries the states of the list's last day on to `last`, the last whole year (else
    None); `years` are the first and last wanted; `source` is the data set of disputes.
    """

    unit: str
    system: str = "cow"
    directed: bool = False
    mry: bool = True
    years: tuple[int, int] | None = None
    source: str = ""
    steps: tuple[Step, ...] = ()
    last: int = field(default_factory=lambda: date.today().year - 1)

    def __post_init__(self) -> None:
        if self.years is not None:
            _in_range(self)

    def as_json(self) -> str:
        """The recipe as JSON, the same for the same recipe."""
        return json.dumps({**vars(self), "steps": [vars(step) for step in self.steps]}, sort_keys=True, default=list)

    def __str__(self) -> str:
        return "\n".join(f"{number}. {line}" for number, line in enumerate((_rows(self), *self.steps), 1))


def _in_range(recipe: Recipe) -> None:
    """Raises `PanelError` when there are no rows for the years."""
    assert recipe.years is not None
    first, last = recipe.years
    until = recipe.last if recipe.mry else LISTED.get(recipe.system, recipe.last)
    what = f"{recipe.unit}s of the {recipe.system} system"
    if first > last:
        raise PanelError(f"years: {first} is after {last}", offender=recipe.years)
    if first < FIRST or last > until:
        raise PanelError(f"years {first} to {last}: there are {what} for {FIRST} to {until}", offender=recipe.years)
    if recipe.unit.startswith("leader") and (last < LEADERS[0] or first > LEADERS[1]):
        there = f"{LEADERS[0]} to {LEADERS[1]}"
        raise PanelError(f"years {first} to {last}: Archigos has leaders for {there}", offender=recipe.years)


def _rows(recipe: Recipe) -> str:
    """The rows in words."""
    words = [f"{recipe.unit}s"]
    if "dyad" in recipe.unit:
        words.insert(0, "directed" if recipe.directed else "undirected")
    words.append(f"from {recipe.source}" if recipe.source else f"({recipe.system})")
    if recipe.years:
        words.append(f"{recipe.years[0]} to {recipe.years[1]}")
    elif recipe.mry and not recipe.unit.startswith("leader") and not recipe.source:
        words.append(f"to {recipe.last}")
    return " ".join(words)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "+".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
