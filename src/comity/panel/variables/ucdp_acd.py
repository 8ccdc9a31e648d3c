"""Armed conflicts since 1946 (UCDP and PRIO)."""

from __future__ import annotations

from collections.abc import Iterable

from comity.panel.draft import Draft, filled
from comity.panel.variable import Variable


def add(
    draft: Draft,
    type: str | Iterable[str] | None = None,
    issue: str | Iterable[str] | None = None,
    only_wars: bool = False,
) -> Draft:
    """Whether a state was side A of a conflict in the year, of these types, over these issues."""
    import ibis

    draft.needs("gwcode", to="take system=gw, or add gwcode-to-cow first")
    data = draft.data("ucdp_acd+row")
    for column, wanted in (("type_of_conflict", type), ("incompatibility", issue)):
        if wanted is not None:
            data = data.filter(data[column].isin([wanted] if isinstance(wanted, str) else list(wanted)))
    if only_wars:
        data = data.filter(data.intensity_level == 2)
    # a conflict with several episodes in a year has a row for each: only the first is used
    first = data.mutate(place_=ibis.row_number().over(group_by=["conflict_id", "gwno_a", "year"], order_by="row_"))
    first = first.filter(first.place_ == 0)
    began = first.year == first.year.min().over(group_by=["conflict_id", "gwno_a"])
    conflicts = first.mutate(onset_=began.cast("int32"))
    flags = conflicts.group_by(gwcode=conflicts.gwno_a, year=conflicts.year).agg(
        ucdpongoing=ibis.literal(1, "int32"),
        ucdponset=conflicts.onset_.max(),
        maxintensity=conflicts.intensity_level.max(),
        conflict_ids=conflicts.conflict_id.cast("string").group_concat("; ", order_by=conflicts.conflict_id),
    )
    joined = draft.joined(flags, {"gwcode": "gwcode", "year": "year"})
    return joined.with_table(filled(joined.table, ("ucdpongoing", "ucdponset"), 1946, 2024))


VARIABLE = Variable(
    name="ucdp-acd",
    title="Armed conflicts",
    add=add,
    units=("state-year",),
    on="gwcode, year",
    missing="no conflict in the year (of onset and ongoing: a year outside 1946 to 2024)",
    cites=("gleditschetal2002ac", "pettersson2019ov"),
    parameters={
        "type": "intrastate, interstate, II (internationalized intrastate), extrasystemic: one or several",
        "issue": "territory, government, both: one or several",
        "only_wars": "only years of at least 1,000 deaths in battle (false)",
    },
    columns={
        "ucdpongoing": "1 if there was a conflict in the year, else 0",
        "ucdponset": "1 if a conflict was recorded for the first time, else 0",
        "maxintensity": "greatest intensity: 1 at least 25 deaths in battle in the year, 2 at least 1,000",
        "conflict_ids": "UCDP's numbers of the conflicts",
    },
)
