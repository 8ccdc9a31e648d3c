"""The codebook of a panel: a description of each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.panel.recipe import Recipe, Step
from comity.panel.variable import Variable, of_side, variable


@dataclass(frozen=True)
class Column:
    """A column: its name, its content and unit, the variable it belongs to, and what missing means."""

    name: str
    told: str
    of: str
    missing: str = "never"

    def __str__(self) -> str:
        return f"{self.name}: {self.told} ({self.of}; missing: {self.missing})"


_ROWS: Mapping[str, str] = {
    "ccode": "code of the state in the Correlates of War system",
    "gwcode": "code of the state in the Gleditsch–Ward system",
    "cw_name": "name of the state in the Correlates of War list",
    "gw_name": "name of the state in the Gleditsch–Ward list",
    "microstate": "1 if the state had fewer than 250,000 inhabitants, else 0",
    "year": "year",
    "date": "day",
    "obsid": "Archigos' id of the leader's time in office",
    "leader": "name of the leader",
    "gender": "M man, W woman",
    "leaderage": "age of the leader, in years: the year less the year of birth",
    "yrinoffice": "the leader's year in office, from 1",
    "prd": "1: the dyad is politically relevant",
    "duplicated": "1 if the key had several disputes before they were whittled by onset",
}

_UNBORN = "the leader's year of birth is not known"


def codebook(recipe: Recipe, columns: Mapping[str, int]) -> tuple[Column, ...]:
    """Each column, described by the step that gave it; `columns` has the number of that step, 0 for the rows."""
    givers = [_of_rows(recipe), *map(_givers, recipe.steps)]
    own = {number for number, step in enumerate(recipe.steps, 1) if step.kind == "csv"}
    return tuple(
        _own(name, recipe.steps[number - 1]) if number in own else _column(name, givers[number])
        for name, number in columns.items()
    )


def _of_rows(recipe: Recipe) -> tuple[Variable, ...]:
    """The variables whose columns the rows have from the beginning: only disputes have any."""
    if not recipe.source:
        return ()
    return (variable("cow-disputes" if recipe.source == "cow" else "gml-disputes"), variable("gml-mids"))


def _givers(step: Step) -> tuple[Variable, ...]:
    """The variables whose columns a step adds."""
    if step.kind == "add":
        return (variable(step.name),)
    names = {"filter": ("contiguity", "cow-majors"), "whittle": ("cow-mids",)}.get(step.kind, ())
    return tuple(map(variable, names))


def _own(name: str, step: Step) -> Column:
    return Column(name, "from your own file", Path(step.name).name, "not in the file")


def _column(name: str, givers: Iterable[Variable]) -> Column:
    """Raises `KeyError` for a column without a description."""
    for giver in givers:
        if text := of_side(name, giver.columns):
            return Column(name, text, giver.title, giver.missing)
    text = of_side(name, _ROWS)
    if not text:
        raise KeyError(name)
    return Column(name, text, "the rows", _UNBORN if name.startswith("leaderage") else "never")
