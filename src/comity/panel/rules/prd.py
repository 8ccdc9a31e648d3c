"""Politically relevant dyads: those that touch, or of which one state is a major power."""

from __future__ import annotations

from comity.errors import PanelError
from comity.panel.draft import Draft
from comity.panel.variable import DYAD, variable

CITES = ("weede1976oppc", "lemkereed2001rprd", *variable("contiguity").cites, *variable("cow-majors").cites)


def apply(draft: Draft) -> Draft:
    """Only such dyads; contiguity and major powers are added when the table has neither."""
    import ibis

    if draft.unit not in DYAD:
        raise PanelError(f"prd goes with dyads, not {draft.unit}s", offender=draft.unit)
    if "conttype" not in draft.table.columns:
        draft = variable("contiguity").apply(draft, {})
    if "cowmaj1" not in draft.table.columns:
        draft = variable("cow-majors").apply(draft, {})
    table = draft.table
    relevant = (table.conttype >= 1) | ((table.conttype == 0) & ((table.cowmaj1 == 1) | (table.cowmaj2 == 1)))
    return draft.with_table(table.filter(relevant).mutate(prd=ibis.literal(1, "int32")))
