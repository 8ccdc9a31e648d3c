"""Alliance obligations (ATOP)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft, filled
from comity.panel.variable import DYAD, Variable

if TYPE_CHECKING:
    from ibis.expr.types import Table

_PLEDGES = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")


def add(draft: Draft, ndir: bool = True) -> Draft:
    """What the first state has pledged to the second; in undirected dyads, with `ndir`, what either has."""
    import ibis

    data = draft.data("atop_alliance")
    data = data.select("ccode1", "ccode2", "year", ibis.literal(1, "int32").name("atop_alliance"), *_PLEDGES)
    draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
    joined = draft.natural(_either(data) if ndir and draft.ordered else data)
    return joined.with_table(filled(joined.table, ("atop_alliance", *_PLEDGES), 1815, 2018))


def _either(data: Table) -> Table:
    """Each dyad once, with what was pledged in either direction."""
    turned = data.select(
        ccode1="ccode2", ccode2="ccode1", year="year", **{f"{name}_": name for name in ("atop_alliance", *_PLEDGES)}
    )
    lower = data.filter(data.ccode1 < data.ccode2)
    both = lower.left_join(turned, ["ccode1", "ccode2", "year"])
    import ibis

    return both.select("ccode1", "ccode2", "year", **{
        name: ibis.greatest(both[name], both[f"{name}_"].fill_null(0)) for name in ("atop_alliance", *_PLEDGES)
    })  # fmt: skip


VARIABLE = Variable(
    name="atop-alliance",
    title="Alliance obligations",
    add=add,
    units=DYAD,
    on="ccode1, ccode2, year",
    missing="a year after the data's last (2018)",
    cites=("leedsetal2002atop",),
    parameters={"ndir": "in undirected dyads, pledges of either state to the other (true)"},
    columns={
        "atop_alliance": "1 if there was an alliance, else 0",
        "atop_defense": "1 if with a pledge of defence",
        "atop_offense": "1 if with a pledge of offence",
        "atop_neutral": "1 if with a pledge of neutrality",
        "atop_nonagg": "1 if with a pledge of non-aggression",
        "atop_consul": "1 if with a pledge of consultation",
    },
)
