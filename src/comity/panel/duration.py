"""How long a state, dyad or leader has been without conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import PanelError

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from comity.panel.draft import Draft

CONFLICTS = {
    "dyad-year": ("cowmid", "gmlmid", "cowinter"),
    "state-year": ("ucdp", "cowintra", "gmlmid", "gmlmidinit"),
    "leader-year": ("gmlmid", "gmlmidinit"),
    "leader-dyad-year": ("gmlmid", "gmlmidinit"),
}
"""The conflicts since which years of peace can be counted, by unit of rows; each is a prefix of column names."""


def event(conflict: str, kind: str) -> str:
    """The column for whether there was a conflict ("ongoing"), or whether one began ("onset").

    >>> event("gmlmidinit", "onset"), event("ucdp", "ongoing")
    ('gmlmidonset_init', 'ucdpongoing')
    """
    return f"{conflict.removesuffix('init')}{kind}{'_init' if conflict.endswith('init') else ''}"


def conflicts(draft: Draft, kind: str) -> list[str]:
    """The conflicts in the table.

    Raises `PanelError` when there are none, naming the variables that add one.
    """
    names = [each for each in CONFLICTS[draft.unit] if event(each, kind) in draft.table.columns]
    if not names:
        raise PanelError(
            "there is no conflict in this table to count the years since; add gml-mids, cow-mids, cow-wars or "
            "ucdp-acd first",
            offender=draft.unit,
        )
    return names


def unit(draft: Draft) -> list[str]:
    """The columns that identify one series of years."""
    leaders = [name for name in draft.key if name.startswith("obsid")]
    return leaders or [name for name in draft.key if name != "year"]


def with_quiet(
    table: Table,
    name: str,
    event: str,
    unit: list[str],
    key: tuple[str, ...],
    *,
    pad: bool = False,
    ongoing: bool = False,
) -> Table:
    """With a column of the years between a row and the last event before it, or the unit's first row.

    It is missing where the event is missing. `pad` starts again after a gap in the years, in units that ever had an
    event; with `ongoing` it is also missing where an event of the row before continues.

    The count needs no loop. The running number of events before a row splits a unit's rows into runs, each of which
    begins after an event; within a run, the years without an event are counted. A gap with `pad` is one more event.
    """
    import ibis

    if name in table.columns:
        raise PanelError(f"the table has a column {name} already; count the years once only", offender=name)
    first = ["since_"] if "since_" in table.columns else []
    order = ["year", *first, *(each for each in key if each not in (*unit, "year"))]
    so_far = ibis.cumulative_window(group_by=unit, order_by=order)
    line = ibis.window(group_by=unit, order_by=order)
    event_ = table[event]
    flagged = table.mutate(
        event_=(event_ == 1).fill_null(False).cast("int64"), zero_=(event_ == 0).fill_null(False).cast("int64")
    )
    known, before = flagged[event].notnull(), flagged.event_.sum().over(so_far) - flagged.event_
    if ongoing:
        known &= ~((flagged[event] == 1) & (flagged[event].lag().over(line) == 1).fill_null(False))
    if pad:
        flagged = flagged.mutate(
            known_=known, before_=before, gap_=((flagged.year - flagged.year.lag().over(line)) > 1).fill_null(False)
        )
        ever = flagged.event_.max().over(ibis.window(group_by=unit))
        known, before = flagged.known_, flagged.before_ + flagged.gap_.cast("int64").sum().over(so_far) * ever
    marked = flagged.mutate(known_=known, run_=before)
    run = ibis.cumulative_window(group_by=[*unit, "run_"], order_by=order)
    so_long = (marked.zero_.sum().over(run) - marked.zero_).cast("int32")
    counted = marked.mutate(**{name: ibis.ifelse(marked.known_, so_long, None)})
    return counted.drop([column for column in counted.columns if column.endswith("_") and column not in table.columns])
