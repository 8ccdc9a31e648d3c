"""The distance between capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft, yearly
from comity.panel.variable import Variable, one_of

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table

RADIUS = 6378.137
"""The sphere's radius in kilometres: the equator's, which peacesciencer takes."""
_AXES = ("x_", "y_", "z_")


def add(draft: Draft, transsum: str = "first") -> Draft:
    """Kilometres from capital to capital on a sphere; of a state, the least to any other.

    Of a year in which a capital moved, `transsum` takes the "first" (or "jan1") or the "last" ("dec31").
    """
    one_of("transsum", transsum, ("first", "jan1", "last", "dec31"))
    capitals = _years(draft, first=transsum in {"first", "jan1"})
    if draft.unit == "dyad-year":
        placed = draft.by_state(capitals, draft.code)
        return placed.with_table(_measured(placed.table))
    return draft.natural(_nearest(draft, capitals))


def _years(draft: Draft, first: bool) -> Table:
    """The capital of each state and year as a point on the unit sphere, so that no dyad needs a sine of its own."""
    import ibis

    spells = draft.data("cow_capitals+row" if draft.system == "cow" else "gw_capitals+row")
    lat, lng = spells.lat.radians(), spells.lng.radians()
    point = ibis.struct({"x_": lat.cos() * lng.cos(), "y_": lat.cos() * lng.sin(), "z_": lat.sin()})
    spells = spells.mutate(place=point)
    years = yearly(spells, spells.stdate.year(), spells.enddate.year())
    if first:
        seen = ibis.greatest(years.stdate, ibis.date(years.year, 1, 1))
        place = years.place.argmin(ibis.struct({"day": seen, "row": years.row_}))
    else:
        seen = ibis.least(years.enddate, ibis.date(years.year, 12, 31))
        place = years.place.argmax(ibis.struct({"day": seen, "row": years.row_}))
    chosen = years.group_by(draft.code, "year").agg(place=place)
    return chosen.select(draft.code, "year", **{axis: chosen.place[axis] for axis in _AXES})


def _measured(table: Table) -> Table:
    """With the distance in place of the two points."""
    points = [f"{axis}{side}" for side in "12" for axis in _AXES]
    return table.mutate(capdist=_distance(*(table[axis] for axis in points))).drop(*points)


def _distance(
    x1: NumericValue, y1: NumericValue, z1: NumericValue, x2: NumericValue, y2: NumericValue, z2: NumericValue
) -> NumericValue:
    """The arc between two points of the unit sphere, from the chord: exact for near ones, too."""
    import ibis

    x, y, z = x1 - x2, y1 - y2, z1 - z2
    half = (x * x + y * y + z * z).sqrt() / 2
    whole: NumericValue = (
        2 * RADIUS * ibis.ifelse(half > 1, 1.0, half).asin()
    )  # rounding can exceed 1 for opposite points
    return whole


def _nearest(draft: Draft, capitals: Table) -> Table:
    """The least distance from each state's capital to another's, by year."""
    import ibis

    code = draft.code
    dyads = draft.data(f"{draft.system}_ddy").select(f"{code}1", f"{code}2", "year")
    paired = Draft(dyads, "dyad-year", draft.system, draft.data, draft.last, True).by_state(capitals, code)
    measured = _measured(paired.table)
    grouped = measured.group_by(**{code: measured[f"{code}1"]}, year=measured.year)
    nearest = grouped.agg(mincapdist=measured.capdist.min())
    # in R, the minimum of an empty set is infinite
    return nearest.mutate(mincapdist=ibis.coalesce(nearest.mincapdist, float("inf")))


VARIABLE = Variable(
    name="capital-distance",
    title="Distance between capitals",
    add=add,
    units=("dyad-year", "state-year"),
    on="ccode1, ccode2, year (or gwcode1, gwcode2; or one code)",
    missing="the capital of one of the states is not known in that year",
    cites=("peacesciencer-package",),
    parameters={"transsum": "first (jan1) or last (dec31): which capital of a year in which it moved"},
    columns={
        "capdist": "distance between the capitals, in kilometres on a sphere",
        "mincapdist": "distance to the nearest other capital, in kilometres",
    },
)
