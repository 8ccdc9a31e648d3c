"""Whittling: of several disputes of the same dyad (or pair of leaders) in a year, those that a rule prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import PanelError
from comity.panel.draft import Draft

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_ONSETS = ("midonset", "disponset", "gmlmidonset")
RULES = {
    "onsets": "those that began in the year, if any did",
    "fatality": "those with the greatest fatality; an unknown one lies between none and 1",
    "hostility": "those with the greatest hostility",
    "mindur": "those with the greatest least duration",
    "maxdur": "those with the greatest greatest duration",
    "reciprocation": "those that were reciprocated, if any was",
    "startmonth": "those that began in the earliest month",
    "jds": "just drop some: the first of those that are left",
}
"""The rules by name, each with the disputes that it keeps."""


def whittle(draft: Draft, rule: str) -> Draft:
    """The rows that a rule keeps; every rule keeps a key that occurs once.

    Raises `PanelError` when there is no such rule, or no disputes to whittle.
    """
    if rule not in RULES:
        raise PanelError(f"there is no whittle rule {rule}; there are {', '.join(RULES)}", offender=rule)
    onset = next((name for name in _ONSETS if name in draft.table.columns), None)
    if onset is None or "row_" not in draft.table.columns:
        raise PanelError(
            "there are no disputes to whittle; take the rows of `disputes`, or add gml-disputes or cow-disputes",
            offender=rule,
        )
    group = [name for name in draft.key if name != "dispnum"]
    if rule == "onsets":
        return draft.with_table(_onsets(draft.table, group, onset))
    if rule == "jds":
        return draft.with_table(_first(draft.table, group))
    return draft.with_table(_greatest(draft, group, rule))


def _onsets(table: Table, group: list[str], onset: str) -> Table:
    import ibis

    window = ibis.window(group_by=group)
    several = ibis.ifelse(table.count().over(window) > 1, 1, 0)
    marked = table.drop("duplicated") if "duplicated" in table.columns else table
    marked = marked.mutate(duplicated=several, any_=table[onset].max().over(window))
    return marked.filter((marked.duplicated == 0) | (marked[onset] == marked.any_)).drop("any_")


def _first(table: Table, group: list[str]) -> Table:
    import ibis

    ranked = table.mutate(place_=ibis.row_number().over(group_by=group, order_by="row_"))
    return ranked.filter(ranked.place_ == 0).drop("place_")


def _greatest(draft: Draft, group: list[str], rule: str) -> Table:
    """The rows with the greatest value in their group (for the month, the least), and those without a dispute."""
    import ibis

    column = {"hostility": "hostlev", "reciprocation": "recip", "startmonth": "stmon"}.get(rule, rule)
    table, borrowed = _detailed(draft, column)
    value: Value = table[column]
    if rule == "fatality":
        value = ibis.ifelse(value == -9, 0.5, value.cast("float64"))
    if rule == "startmonth":
        value = -value
    several = table.count().over(ibis.window(group_by=group)) > 1
    ranked = table.mutate(value_=value, several_=several)
    if draft.unit == "leader-dispute-year" and rule == "fatality":
        # as in peacesciencer, which looks at the fatalities of all leaders of the two states in the year
        group = [*(name for name in group if not name.startswith("obsid")), "several_"]
    ranked = ranked.mutate(best_=ranked.value_.max().over(ibis.window(group_by=group)))
    greatest = ranked.filter(ranked.value_.isnull() | (ranked.value_ == ranked.best_))
    gone = [name for name in ("duplicated", *borrowed) if name in greatest.columns]
    return greatest.drop("value_", "best_", "several_", *gone)


def _detailed(draft: Draft, column: str) -> tuple[Table, tuple[str, ...]]:
    """The table with a detail of each dispute, and the columns to drop after the comparison."""
    if column in draft.table.columns:
        return draft.table, ()
    leaders = draft.unit == "leader-dispute-year"
    durations = ("mindur", "maxdur")
    wanted = durations if column in durations and not leaders else (column,)
    details = draft.data("gml_mid_disps" if leaders else "cow_mid_disps").select("dispnum", *wanted)
    return draft.joined(details, {"dispnum": "dispnum"}).table, (column,) if leaders else ()
