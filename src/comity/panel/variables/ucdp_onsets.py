"""How many armed conflicts began in a state in the year (UCDP and PRIO)."""

from __future__ import annotations

from comity.panel.draft import Draft
from comity.panel.variable import Variable

_SPANS = (1, 2, 3, 5, 10)
_COUNTS = ("sumnewconf", *(f"sumonset{span}" for span in _SPANS))


def add(draft: Draft) -> Draft:
    """New conflicts, and episodes after one, two, three, five or ten quiet years."""
    draft.needs("gwcode", to="take system=gw, or add gwcode-to-cow first")
    joined = draft.joined(draft.data("ucdp_onsets"), {"gwcode": "gwcode", "year": "year"})
    return joined.mutate(**{name: joined.table[name].fill_null(0) for name in _COUNTS})


VARIABLE = Variable(
    name="ucdp-onsets",
    title="Onsets of armed conflicts",
    add=add,
    units=("state-year",),
    on="gwcode, year",
    missing="never: 0 also in years that the data (1946 on) do not cover, as in peacesciencer",
    cites=("gleditschetal2002ac", "pettersson2019ov"),
    columns={
        "sumnewconf": "conflicts recorded for the first time",
        **{f"sumonset{span}": f"episodes that began after more than {span} quiet years" for span in _SPANS},
    },
)
