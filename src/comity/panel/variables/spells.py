"""How long a state, dyad or leader has gone without a conflict, or without a new one."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.duration import conflicts, event, unit, with_quiet
from comity.panel.variable import Variable, one_of
from comity.panel.variables.peace_years import VARIABLE as PEACE_YEARS


def add(draft: Draft, conflict_event_type: str = "ongoing", ongo: bool = False) -> Draft:
    """The years since the last conflict went on ("ongoing") or began ("onset"), for each conflict in the table."""
    one_of("conflict_event_type", conflict_event_type, ("ongoing", "onset"))
    table = draft.table
    for conflict in conflicts(draft, conflict_event_type):
        column = event(conflict, conflict_event_type)
        table = with_quiet(table, f"{conflict}spell", column, unit(draft), draft.key, ongoing=ongo)
    return draft.with_table(table)


VARIABLE = Variable(
    name="spells",
    title="Spells of peace",
    add=add,
    units=("dyad-year", "state-year", "leader-year", "leader-dyad-year"),
    on="the conflicts in the table",
    missing="whether there was a conflict is missing in that year; with ongo, a conflict goes on",
    cites=("becketal1998tts", "spduration-package"),
    parameters={
        "conflict_event_type": "ongoing or onset: what ends a spell",
        "ongo": "leave the years missing in which a conflict goes on (false)",
    },
    notes=(
        "peacesciencer refuses a table in which the conflict is missing in some year; here the spell is missing there. "
        "With ongo its counts go to other rows than those that they were made from; these do not."
    ),
    columns=PEACE_YEARS.columns,
)
