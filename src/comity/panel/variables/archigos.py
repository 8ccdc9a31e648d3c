"""Who led a state in a year, and whether power changed hands (Archigos)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.panel.draft import Draft
from comity.panel.variable import Variable

if TYPE_CHECKING:
    from ibis.expr.types import Table


def add(draft: Draft) -> Draft:
    """Transitions, the number of leaders and who was in office at both ends of the year."""
    return draft.by_state(_in_cow(draft) if draft.system == "cow" else draft.data("archigossums"), draft.code)


def _in_cow(draft: Draft) -> Table:
    """The summaries by codes of the Correlates of War.

    For Archigos one state ends and another begins in Serbia in 2006; for the Correlates of War one state has that
    year, which began under the former's last leader and ended under the latter's first.
    """
    import ibis

    codes = draft.data("gw_cw_panel").select(gw_="gwcode", ccode="ccode", year_="year")
    sums = draft.data("archigossums")
    coded = sums.inner_join(codes, [sums.gwcode == codes.gw_, sums.year == codes.year_])
    coded = coded.filter(~((coded.gwcode == 340) & (coded.year == 2006)), coded.ccode.notnull())
    serbia = (coded.gwcode == 345) & (coded.year == 2006)
    return coded.mutate(dec31obsid=ibis.ifelse(serbia, "SER-2006", coded.dec31obsid)).select(
        "ccode", *(name for name in sums.columns if name != "gwcode")
    )


VARIABLE = Variable(
    name="archigos",
    title="Leaders and their transitions",
    add=add,
    units=("state-year", "dyad-year"),
    on="gwcode (or ccode), year",
    missing="no leader is recorded in that year (the data cover 1870 to 2015)",
    cites=("goemansetal2009ia",),
    columns={
        "leadertransition": "1 if another leader came in the year, else 0",
        "irregular": "1 if one came in a way that rules or custom do not provide, else 0",
        "n_leaders": "how many leaders there were in the year",
        "jan1obsid": "Archigos' id of the leader on 1 January",
        "dec31obsid": "Archigos' id of the leader on 31 December",
    },
)
