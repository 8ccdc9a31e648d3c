"""Diplomatic relations of two states, from the claims of the ledger."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import Variable


def add(draft: Draft, known_by: str | None = None) -> Draft:
    """Status, missions, chiefs, visits and quality on the last day of the year, as known by a day."""
    from comity.model import When
    from comity.panel.relations import relations

    by = When.parse(known_by) if known_by else None
    table = draft.data.derived("relations", *relations(draft.last, by))
    code = draft.code
    code1, code2 = f"{code}1", f"{code}2"
    unused = "gwcode" if code == "ccode" else "ccode"
    rows = table.drop(f"{unused}1", f"{unused}2").filter(table[code1].notnull(), table[code2].notnull())
    # A code may cover several polities in turn. Of their rows for one year, the one with most events counts.
    most = rows.rel_events.max().over(group_by=[code1, code2, "year"])
    rows = rows.filter(rows.rel_events == most).distinct(on=[code1, code2, "year"], keep="first")
    return draft.joined(rows, {code1: code1, code2: code2, "year": "year"})


VARIABLE = Variable(
    name="relations",
    title="Diplomatic relations, from the ledger",
    add=add,
    units=("dyad-year",),
    on="ccode1, ccode2, year (or gwcode1, gwcode2)",
    missing="the ledger has no event of the two by the end of the year",
    parameters={"known_by": "only claims published by this day"},
    notes=(
        "From the claims in the embedded ledger and your own, by the rules of docs/status.md, each as of 31 December. "
        "Most embedded claims are about the United States. The share of imprecise dates is a column."
    ),
    columns={
        "rel_status": "recognized, established, interrupted, severed, at war, ended or not counted",
        "rel_possibly": "1 if an imprecise date leaves the status open",
        "rel_mission1": "rank of the first state's mission with the second: legation, embassy …",
        "rel_mission2": "rank of the second state's mission with the first",
        "rel_chief1": "1 if a chief of the first state's mission was in charge there",
        "rel_chief2": "1 if a chief of the second state's mission was in charge there",
        "rel_visits": "visits between the two that began in the year",
        "rel_quality": "how the last claim of the year describes relations",
        "rel_events": "events between the two by the end of the year",
        "rel_imprecise": "share of these events of which no day is known, 0 to 1",
    },
)
