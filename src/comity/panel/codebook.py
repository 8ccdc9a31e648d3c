"""What each column of a panel holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.panel.recipe import Recipe, Step
from comity.panel.variable import Variable, variable


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds and in which unit, the variable that it is of, and what missing means."""

    name: str
    told: str
    of: str
    missing: str = "never"

    def __str__(self) -> str:
        return f"{self.name}: {self.told} ({self.of}; missing: {self.missing})"


_SIDES = {"1": "of the first state", "2": "of the second state"}
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


def codebook(recipe: Recipe, columns: tuple[str, ...]) -> tuple[Column, ...]:
    """Each column, described by the step that gave it."""
    givers = [giver for giver in map(_giver, recipe.steps) if giver]
    if recipe.source:
        givers.append(variable("cow-disputes" if recipe.source == "cow" else "gml-disputes"))
        givers.append(variable("gml-mids"))
    if any(step.name == "prd" for step in recipe.steps):
        givers += [variable("contiguity"), variable("cow-majors")]
    return tuple(_column(name, givers) for name in columns)


def _giver(step: Step) -> Variable | None:
    return variable(step.name) if step.kind == "add" else None


def _column(name: str, givers: list[Variable]) -> Column:
    for giver in givers:
        told = _told(name, giver.columns)
        if told:
            return Column(name, told, giver.title, giver.missing)
    told = _told(name, _ROWS)
    return (
        Column(name, told, "the rows") if told else Column(name, "from your own file", "your file", "not in the file")
    )


def _told(name: str, columns: Mapping[str, str]) -> str:
    """What a column holds, also when its name bears the number of a side.

    >>> _told("milex2", {"milex": "military expenditures, in thousands"})
    'military expenditures, in thousands, of the second state'
    """
    if name in columns:
        return columns[name]
    side = name[-1:]
    return f"{columns[name[:-1]]}, {_SIDES[side]}" if side in _SIDES and name[:-1] in columns else ""
