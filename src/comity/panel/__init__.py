"""Tables for research: one row for each state, dyad or leader in each year, with the requested variables.

>>> from comity.panel import dyad_years
>>> dyad_years(directed=False, years=(1816, 2010)).filter("prd").add("gml-mids").add("peace-years")
Panel
1. undirected dyad-years (cow) 1816 to 2010
2. filter prd
3. add gml-mids
4. add peace-years
"""

from __future__ import annotations

from pathlib import Path

from comity.panel.panel import Panel
from comity.panel.recipe import Recipe

__all__ = [
    "Panel",
    "disputes",
    "dyad_years",
    "leader_days",
    "leader_dyad_years",
    "leader_years",
    "state_days",
    "state_years",
]

Years = tuple[int, int]


def state_years(
    system: str = "cow", *, mry: bool = True, years: Years | None = None, mirror: Path | None = None
) -> Panel:
    """A row for every state and year of a system ("cow": Correlates of War; "gw": Gleditsch and Ward).

    A state has a row for each year in which it was in the system on any day. `mry`, the "most recent year" extension,
    carries the states of the list's last day on to the last whole year.
    """
    return Panel(Recipe("state-year", _system(system), mry=mry, years=years), mirror)


def state_days(
    system: str = "cow", *, mry: bool = True, years: Years | None = None, mirror: Path | None = None
) -> Panel:
    """A row for every state and day on which it was in the system."""
    return Panel(Recipe("state-day", _system(system), mry=mry, years=years), mirror)


def dyad_years(
    system: str = "cow",
    *,
    directed: bool = True,
    mry: bool = True,
    years: Years | None = None,
    mirror: Path | None = None,
) -> Panel:
    """A row for every two states and year in which both were in the system, in both orders when `directed`.

    Years in which one had left the system before the other entered, which yearly lists would count, are left out.
    """
    return Panel(Recipe("dyad-year", _system(system), directed, mry, years), mirror)


def leader_years(standardize: str = "none", *, years: Years | None = None, mirror: Path | None = None) -> Panel:
    """A row for every leader of Archigos, state and year in office.

    `standardize` keeps the days on which a system ("cow", "gw") has the state, with its code; "none" keeps all, with
    the codes of Gleditsch and Ward.
    """
    return Panel(Recipe("leader-year", _system(standardize, "none"), years=years), mirror)


def leader_days(standardize: str = "none", *, years: Years | None = None, mirror: Path | None = None) -> Panel:
    """A row for every leader of Archigos, state and day in office."""
    return Panel(Recipe("leader-day", _system(standardize, "none"), years=years), mirror)


def leader_dyad_years(
    system: str = "gw", *, directed: bool = True, years: Years | None = None, mirror: Path | None = None
) -> Panel:
    """A row for every two leaders of different states who were in office on the same day of a year."""
    return Panel(Recipe("leader-dyad-year", _system(system), directed, years=years), mirror)


def disputes(source: str = "gml", *, years: Years | None = None, mirror: Path | None = None) -> Panel:
    """A row for every dispute, directed dyad and year, to be whittled: "gml", "cow", or "gml-leaders" (of leaders)."""
    from comity.panel.builders import known_disputes

    unit = "leader-dispute-year" if known_disputes(source) == "gml-leaders" else "dispute-year"
    return Panel(Recipe(unit, "cow", True, years=years, source=source), mirror)


def _system(system: str, *others: str) -> str:
    """Raises `PanelError` when there is no such system."""
    from comity.panel.variable import one_of

    one_of("system", system, ("cow", "gw", *others))
    return system
