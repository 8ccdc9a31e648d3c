"""Strategic rivalries: states that see each other as competitors, threats and enemies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft, yearly
from comity.panel.variable import Variable

if TYPE_CHECKING:
    from ibis.expr.types import Table

_KINDS = ("ideological", "interventionary", "positional", "spatial")


def add(draft: Draft) -> Draft:
    """The rivalry of a dyad, or how many a state has of each kind."""
    import ibis

    rivalries = _years(draft)
    if draft.unit == "state-year":
        counted = rivalries.group_by(ccode=rivalries.ccode1, year=rivalries.year).agg(
            **{f"n_{kind}": rivalries[kind].sum().cast("int32") for kind in _KINDS}
        )
        joined, names = draft.by_state(counted, "ccode"), [f"n_{kind}" for kind in _KINDS]
    else:
        draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
        joined, names = draft.natural(rivalries), list(_KINDS)
        none = joined.table.tssr_id.isnull() & (joined.table.year <= 2020)
        joined = joined.mutate(ongoingrivalry=ibis.ifelse(none, 0, 1))
    table = joined.table
    until = table.year <= 2020
    return joined.mutate(**{name: ibis.ifelse(table[name].isnull() & until, 0, table[name]) for name in names})


def _years(draft: Draft) -> Table:
    """The rivalries of each directed dyad and year since 1816.

    A rivalry of Austria-Hungary that went on after 1918 is Austria's from 1919 on.
    """
    import ibis

    data = draft.data("tss_rivalries").select("tssr_id", "ccode1", "ccode2", "start", "end", *_KINDS)
    data = data.mutate(**{kind: data[kind].fill_null(0) for kind in _KINDS})
    both = data.union(data.rename(ccode1="ccode2", ccode2="ccode1").select(*data.columns))
    years = yearly(both, ibis.greatest(both.start, 1816), both.end).drop("start", "end")
    return years.mutate(**{
        name: ibis.ifelse((years[name] == 300) & (years.year >= 1919), 305, years[name])
        for name in ("ccode1", "ccode2")
    })  # fmt: skip


VARIABLE = Variable(
    name="strategic-rivalries",
    title="Strategic rivalries",
    add=add,
    units=("state-year", "dyad-year"),
    on="ccode1, ccode2, year (ccode, year)",
    missing="no rivalry (tssr_id); a year after the data's last, 2020 (the others)",
    cites=("thompsonetal2021asr",),
    notes="In years after 2020 ongoingrivalry is 1 for every dyad, as in peacesciencer 1.2.9: leave those years out.",
    columns={
        "tssr_id": "number of the rivalry",
        "positional": "1 if over position",
        "spatial": "1 if over territory",
        "ideological": "1 if over ideology",
        "interventionary": "1 if over intervention",
        "ongoingrivalry": "1 if the two were rivals, else 0",
        "n_positional": "rivalries over position",
        "n_spatial": "rivalries over territory",
        "n_ideological": "rivalries over ideology",
        "n_interventionary": "rivalries over intervention",
    },
)
