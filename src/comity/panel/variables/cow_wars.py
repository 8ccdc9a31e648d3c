"""Wars between states and within them (Correlates of War)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import PanelError
from comity.panel.draft import Draft, filled
from comity.panel.variable import Variable, one_of

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table

_INTER = (
    "ccode1", "ccode2", "year", "cowinterongoing", "cowinteronset", "sidea1", "sidea2", "initiator1", "initiator2",
    "outcome1", "outcome2", "batdeath1", "batdeath2", "resume",
)  # fmt: skip
_INTRA = (
    "warnum", "warname", "wartype", "ccode", "year", "cowintraonset", "cowintraongoing", "intnl", "outcome",
    "sideadeaths", "sidebdeaths", "intrawarnums",
)  # fmt: skip
_KINDS = {"dyad-year": "inter", "state-year": "intra"}


def add(draft: Draft, type: str | None = None, intratype: str = "all") -> Draft:
    """The wars of a dyad between its states ("inter"), or of a state within it ("intra"): one a year.

    Of several, one that began in the year goes before one that went on, then the one with most deaths.
    """
    kind = _KINDS[draft.unit]
    if type not in (None, kind):
        raise PanelError(f"cow-wars: {draft.unit}s have type={kind}, not {type}", offender=type)
    one_of("intratype", intratype, ("all", "central control", "local issues"))
    if kind == "inter":
        draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
        joined = draft.natural(_between(draft.data("cow_war_inter+row")))
    else:
        draft.needs("ccode", to="add ccode-to-gw first, or take system=cow")
        joined = draft.natural(_within(draft.data("cow_war_intra+row"), intratype))
    return joined.with_table(filled(joined.table, (f"cow{kind}onset", f"cow{kind}ongoing"), 1816, 2007))


def _between(wars: Table) -> Table:
    """One war for each directed dyad and year."""
    wars = _known(wars, ("batdeath1", "batdeath2"))
    return _deadliest(wars, ("ccode1", "ccode2", "year"), "cowinteronset", ("batdeath1", "batdeath2")).select(*_INTER)


def _within(wars: Table, intratype: str) -> Table:
    """One civil war for each state and year, with the numbers of all."""
    import ibis

    wars = wars.filter(wars.primary_state == 1).rename(ccode="ccodea")
    if intratype != "all":
        wars = wars.filter(wars.wartype == intratype)
    group = ibis.window(group_by=["ccode", "year"], order_by="row_", rows=(None, None))
    wars = wars.mutate(intrawarnums=wars.warnum.cast("string").group_concat("; ").over(group))
    sides = ("sideadeaths", "sidebdeaths")
    chosen = _deadliest(_known(wars, sides), ("ccode", "year"), "cowintraonset", sides)
    return chosen.mutate(**{name: chosen[name].fill_null(-9) for name in sides}).select(*_INTRA)


def _known(wars: Table, deaths: tuple[str, str]) -> Table:
    """Deaths that are not known (a negative code) as missing."""
    import ibis

    return wars.mutate(**{name: ibis.ifelse(wars[name] < 0, None, wars[name]) for name in deaths})


def _deadliest(wars: Table, key: tuple[str, ...], onset: str, deaths: tuple[str, str]) -> Table:
    """One row a key: onsets only where there are any, then most deaths, then the first."""
    import ibis

    total: NumericValue = ibis.coalesce(wars[deaths[0]] + wars[deaths[1]], wars[deaths[0]], wars[deaths[1]])
    order = [ibis.desc(onset), ibis.desc(total, nulls_first=False), "row_"]
    ranked = wars.mutate(place_=ibis.row_number().over(group_by=list(key), order_by=order))
    return ranked.filter(ranked.place_ == 0)


VARIABLE = Variable(
    name="cow-wars",
    title="Inter-state and intra-state wars",
    add=add,
    units=("dyad-year", "state-year"),
    on="ccode1, ccode2, year (inter); ccode, year (intra)",
    missing="no war in the year (of onset and ongoing: a year after the data's last, 2007)",
    cites=("sarkeeswayman2010rw", "dixonsarkees2016giw"),
    parameters={
        "type": "inter (dyads) or intra (states): what there is for such rows",
        "intratype": "all, central control or local issues: which civil wars",
    },
    columns={
        "cowinteronset": "1 if a war between the two began in the year, else 0",
        "cowinterongoing": "1 if there was a war between the two in the year, else 0",
        "sidea": "1 if the state was on side A, 2 if on side B",
        "initiator": "1 if the state initiated the war",
        "outcome": "outcome of the war: 1 won (side A), 2 lost (side B), 3 compromise, 4 and more: otherwise",
        "batdeath": "battle deaths of the state",
        "resume": "1 if the war resumed an earlier one",
        "warnum": "number of the war",
        "warname": "name of the war",
        "wartype": "central control or local issues",
        "cowintraonset": "1 if a civil war began in the year, else 0",
        "cowintraongoing": "1 if there was a civil war in the year, else 0",
        "intnl": "1 if another state took part",
        "sideadeaths": "battle deaths of side A; -9 unknown",
        "sidebdeaths": "battle deaths of side B; -9 unknown",
        "intrawarnums": "numbers of all civil wars of the state in the year",
    },
)
