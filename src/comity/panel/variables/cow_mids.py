"""Militarized interstate disputes (Correlates of War), one a dyad and year."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, filled, selected
from comity.panel.variable import Variable, of_side


def add(draft: Draft, keep: Iterable[str] | None = None) -> Draft:
    """The dispute of the dyad in the year, whittled to one."""
    draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
    always = ("ccode1", "ccode2", "year", "cowmidonset", "cowmidongoing")
    joined = draft.natural(selected(draft.data("cow_mid_ddydisps"), keep, *always))
    return joined.with_table(filled(joined.table, ("cowmidonset", "cowmidongoing"), 1816, 2014))


_SIDE = {
    "sidea": "1 if the state was on side A, which acted first",
    "fatality": "fatalities of the state, 0 (none) to 6 (over 999); -9 unknown",
    "fatalpre": "fatalities of the state, counted; -9 unknown",
    "hiact": "highest action of the state, 0 (none) to 21",
    "hostlev": "hostility of the state, 1 (no action) to 5 (war)",
    "orig": "1 if the state was in the dispute from its first day",
}
_DISPUTE = {
    "dispnum": "number of the dispute",
    "fatality": "fatalities of the dispute, 0 (none) to 6 (over 999); -9 unknown",
    "hostlev": "hostility of the dispute, 1 to 5 (war)",
    "mindur": "least duration in days",
    "maxdur": "greatest duration in days",
    "recip": "1 if side B answered with a militarized action",
    "stmon": "month in which the dispute began",
}
COLUMNS = {**_DISPUTE, **{f"{name}{side}": of_side(f"{name}{side}", _SIDE) for name in _SIDE for side in "12"}}
"""What disputes of either project say, but whether there was one."""

VARIABLE = Variable(
    name="cow-mids",
    title="Militarized interstate disputes (Correlates of War)",
    add=add,
    units=("dyad-year",),
    on="ccode1, ccode2, year",
    missing="no dispute in the year (of onset and ongoing: a year after the data's last, 2014)",
    cites=("palmeretal2021mid5",),
    parameters={"keep": "only these columns beside onset and ongoing"},
    notes=(
        "Several disputes of a dyad in a year are whittled to one: an onset before none, then the greatest fatality, "
        "hostility, least and greatest duration, the reciprocated, the earliest month."
    ),
    columns={
        "cowmidonset": "1 if a dispute began in the year, else 0",
        "cowmidongoing": "1 if there was a dispute in the year, else 0",
        **COLUMNS,
    },
)
