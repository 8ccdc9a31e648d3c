"""From a recipe to Ibis expressions: its rows, then each step applied to the result of the steps before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from comity.panel import builders
from comity.panel.draft import Draft
from comity.panel.inputs import Inputs
from comity.panel.recipe import Recipe, Step
from comity.panel.table import joined
from comity.panel.variable import module_of, variable
from comity.panel.whittle import whittle

if TYPE_CHECKING:
    from ibis.expr.types import Table


def begin(recipe: Recipe, inputs: Inputs) -> Draft:
    """The rows of a recipe in its years."""
    last = recipe.last if recipe.mry else None
    system = "cow" if recipe.system == "cow" else "gw"
    table = _rows(recipe, inputs, last)
    if recipe.years and "year" in table.columns and recipe.unit != "dyad-year":
        table = table.filter(table.year.between(*recipe.years))
    if recipe.years and "date" in table.columns:
        table = table.filter(table.date.year().between(*recipe.years))
    return Draft(table, recipe.unit, system, inputs, recipe.last, recipe.directed, recipe.years)


def _rows(recipe: Recipe, inputs: Inputs, last: int | None) -> Table:
    if recipe.unit == "state-year":
        return builders.state_years(inputs, recipe.system, last)
    if recipe.unit == "state-day":
        return builders.state_days(inputs, recipe.system, last)
    if recipe.unit == "dyad-year":
        return builders.dyad_years(inputs, recipe.system, last, recipe.directed, recipe.years)
    if recipe.unit == "leader-year":
        return builders.leader_years(inputs, recipe.system)
    if recipe.unit == "leader-day":
        return builders.leader_days(inputs, recipe.system)
    if recipe.unit == "leader-dyad-year":
        return builders.leader_dyad_years(inputs, recipe.system, recipe.directed)
    return builders.dispute_years(inputs, recipe.source)


def apply(draft: Draft, step: Step, inputs: Inputs) -> Draft:
    """The draft after a step."""
    if step.kind == "add":
        return variable(step.name).apply(draft, step.parameters)
    if step.kind == "csv":
        return joined(draft, Path(step.name), inputs)
    if step.kind == "filter":
        filtered: Draft = module_of(step.name, "rules", "filter").apply(draft)
        return filtered
    if step.kind == "whittle":
        return whittle(draft, step.name)
    return draft.closed(condition=step.name)
