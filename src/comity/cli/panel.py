"""The commands of `comity panel`: rows, then steps in the order of the options."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer
from typer.core import TyperCommand

from comity.errors import PanelError

if TYPE_CHECKING:
    from comity.panel import Panel

app = typer.Typer(help="Tables for research: states, dyads, leaders and disputes in each year.", no_args_is_help=True)

_STEPS = ("add", "filter", "where", "whittle")


class InOrder(TyperCommand):
    """A command that keeps the order of its steps across several options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual; the steps, each as (option, value), are then in the context's `meta`."""
        options, _, order = self.make_parser(ctx).parse_args(args=list(args))
        values = {name: iter(options.get(name) or ()) for name in _STEPS}
        ctx.meta["steps"] = [(each.name, next(values[each.name])) for each in order if each.name in values]
        return super().parse_args(ctx, args)


class System(StrEnum):
    """The two systems of states."""

    cow = "cow"
    gw = "gw"


class Standard(StrEnum):
    """How leaders' states are coded."""

    none = "none"
    cow = "cow"
    gw = "gw"


class DisputeSource(StrEnum):
    """Where disputes are from."""

    gml = "gml"
    cow = "cow"
    leaders = "gml-leaders"


class Show(StrEnum):
    """What is printed instead of the table."""

    plan = "plan"
    sql = "sql"
    cite = "cite"
    codebook = "codebook"
    provenance = "provenance"
    duplicates = "duplicates"


Output = Annotated[Path | None, typer.Option("--output", "-o", help="The file: .parquet, .csv or .dta.")]
Years = Annotated[str | None, typer.Option("--years", metavar="A:B", help="Only these years, both included.")]
Add = Annotated[
    list[str] | None,
    typer.Option("--add", metavar="NAME[:KEY=VALUE,…]", help="A variable, or your own FILE.csv with a key."),
]
Filter = Annotated[list[str] | None, typer.Option("--filter", metavar="NAME", help="prd: politically relevant dyads.")]
Where = Annotated[list[str] | None, typer.Option("--where", metavar="SQL", help="Only rows that meet a condition.")]
Whittle = Annotated[
    list[str] | None,
    typer.Option("--whittle", metavar="RULE", help="Of several disputes in a year, keep those that RULE prefers."),
]
Mirror = Annotated[
    Path | None, typer.Option("--mirror", metavar="DIR", help="Read data files from DIR, not from the network.")
]
Mry = Annotated[bool, typer.Option("--mry/--no-mry", help="Carry states of the lists' last day on to last year.")]
Directed = Annotated[bool, typer.Option("--directed/--undirected", help="Each dyad in both orders, or once.")]
Shown = Annotated[Show | None, typer.Option("--show", help="Print this instead of making the table.")]
SystemOf = Annotated[System, typer.Option("--system", help="Correlates of War, or Gleditsch and Ward.")]
Standardize = Annotated[
    Standard, typer.Option("--standardize", help="Keep only days on which the system includes the state.")
]


@app.command("states", cls=InOrder)
def states(
    ctx: typer.Context, system: SystemOf = System.cow, years: Years = None, mry: Mry = True, add: Add = None,
    filter: Filter = None, where: Where = None, whittle: Whittle = None, output: Output = None, show: Shown = None,
    mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every state and year."""
    from comity.panel import state_years

    _run(ctx, state_years(system.value, mry=mry, years=_years(years), mirror=mirror), output, show)


@app.command("state-days", cls=InOrder)
def state_days(
    ctx: typer.Context, system: SystemOf = System.cow, years: Years = None, mry: Mry = True, add: Add = None,
    where: Where = None, output: Output = None, show: Shown = None, mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every state and day."""
    from comity.panel import state_days as state_day_rows

    _run(ctx, state_day_rows(system.value, mry=mry, years=_years(years), mirror=mirror), output, show)


@app.command("dyads", cls=InOrder)
def dyads(
    ctx: typer.Context, system: SystemOf = System.cow, directed: Directed = True, years: Years = None, mry: Mry = True,
    add: Add = None, filter: Filter = None, where: Where = None, whittle: Whittle = None, output: Output = None,
    show: Shown = None, mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every two states and year."""
    from comity.panel import dyad_years

    panel = dyad_years(system.value, directed=directed, mry=mry, years=_years(years), mirror=mirror)
    _run(ctx, panel, output, show)


@app.command("leaders", cls=InOrder)
def leaders(
    ctx: typer.Context, standardize: Standardize = Standard.none, years: Years = None, add: Add = None,
    where: Where = None, output: Output = None, show: Shown = None, mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every leader and year in office."""
    from comity.panel import leader_years

    _run(ctx, leader_years(standardize.value, years=_years(years), mirror=mirror), output, show)


@app.command("leader-days", cls=InOrder)
def leader_days(
    ctx: typer.Context, standardize: Standardize = Standard.none, years: Years = None, add: Add = None,
    where: Where = None, output: Output = None, show: Shown = None, mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every leader and day in office."""
    from comity.panel import leader_days as leader_day_rows

    _run(ctx, leader_day_rows(standardize.value, years=_years(years), mirror=mirror), output, show)


@app.command("leader-dyads", cls=InOrder)
def leader_dyads(
    ctx: typer.Context, system: SystemOf = System.gw, directed: Directed = True, years: Years = None, add: Add = None,
    filter: Filter = None, where: Where = None, output: Output = None, show: Shown = None, mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every two leaders in office on the same day of a year."""
    from comity.panel import leader_dyad_years

    panel = leader_dyad_years(system.value, directed=directed, years=_years(years), mirror=mirror)
    _run(ctx, panel, output, show)


@app.command("disputes", cls=InOrder)
def disputes(
    ctx: typer.Context,
    source: Annotated[DisputeSource, typer.Option("--source", help="The data set.")] = DisputeSource.gml,
    years: Years = None, where: Where = None, whittle: Whittle = None, output: Output = None, show: Shown = None,
    mirror: Mirror = None,
) -> None:  # fmt: skip
    """A row for every dispute, dyad and year, to be whittled."""
    from comity.panel import disputes as dispute_rows

    _run(ctx, dispute_rows(source.value, years=_years(years), mirror=mirror), output, show)


@app.command("variables")
def variables(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="By default all, one per line.")] = None,
) -> None:
    """The variables that can be added, or the full description of one."""
    from comity.panel.variable import names, variable

    if name is None:
        for each in names():
            print(f"{each}: {variable(each).title}")
        return
    print(variable(name).told())


def _run(ctx: typer.Context, panel: Panel, output: Path | None, show: Show | None) -> None:
    """Apply the steps in order; write the table, or print what `--show` names (by default the plan)."""
    for kind, value in ctx.meta["steps"]:
        panel = _step(panel, kind, value)
    if show is not None or output is None:
        print(_show(panel, show or Show.plan))
    if output is not None:
        count = panel.write(output)
        print(f"{output}: {count:,} rows, {len(panel.columns)} columns")
        for note in panel.unmatched():
            print(f"comity: {note}", file=sys.stderr)


def _step(panel: Panel, kind: str, value: str) -> Panel:
    if kind == "where":
        return panel.where(value)
    if kind == "filter":
        return panel.filter(value)
    if kind == "whittle":
        return panel.whittle(*value.split(","))
    name, _, rest = value.partition(":")
    return panel.add(name, **_parameters(name, rest))


def _parameters(name: str, text: str) -> dict[str, Any]:
    """The parameters in a text such as `init=sidea-orig,keep=fatality+hostlev`.

    >>> _parameters("x", "keep=a+b,mry=false")
    {'keep': ['a', 'b'], 'mry': False}
    """
    parameters: dict[str, Any] = {}
    for part in filter(None, text.split(",")):
        key, equals, value = part.partition("=")
        if not equals:
            raise PanelError(f"--add {name}: a parameter is KEY=VALUE, not {part}", offender=part)
        parameters[key.strip()] = _value(value.strip())
    return parameters


def _value(text: str) -> Any:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    return text.split("+") if "+" in text else text


def _years(text: str | None) -> tuple[int, int] | None:
    """First and last year, as `1816:2010`, `1816/2010` or one year.

    >>> _years("1816:2010"), _years("1900")
    ((1816, 2010), (1900, 1900))
    """
    if text is None:
        return None
    parts = text.replace("/", ":").split(":")
    if len(parts) > 2 or not all(re.fullmatch(r"\s?\d{1,4}\s?", part) for part in parts):
        raise PanelError(f"--years {text}: give two years, as 1816:2010", offender=text)
    return int(parts[0]), int(parts[-1])


def _show(panel: Panel, what: Show) -> str:
    import json

    if what is Show.codebook:
        return "\n".join(map(str, panel.codebook()))
    if what is Show.provenance:
        return json.dumps(panel.provenance(), indent=1)
    if what is Show.duplicates:
        return str(panel.duplicates().to_csv(index=False)).rstrip()
    return {Show.plan: panel.plan, Show.sql: lambda: panel.sql, Show.cite: panel.cite}[what]().rstrip()
