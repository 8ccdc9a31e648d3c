"""The least distance between two states' territories (CShapes 2.0)."""

from __future__ import annotations

from comity.errors import PanelError
from comity.panel.draft import Draft
from comity.panel.unavailable import EXTENDED_DISTANCE
from comity.panel.variable import DYAD, STATE, Variable


def add(draft: Draft, use_extdata: bool = False) -> Draft:
    """The distance on 1 January; of a state, the least to any other."""
    if use_extdata:
        raise PanelError(f"minimum-distance: {EXTENDED_DISTANCE}", offender=use_extdata)
    code = draft.code
    pairs = draft.data(f"{draft.system}_mindist")
    if draft.sides == ("1", "2"):
        return draft.by_dyad(pairs, code)
    turned = pairs.select(**{code: f"{code}2"}, year="year", mindist="mindist")
    both = pairs.select(**{code: f"{code}1"}, year="year", mindist="mindist").union(turned)
    return draft.by_state(both.group_by(code, "year").agg(minmindist=both.mindist.min()), code)


VARIABLE = Variable(
    name="minimum-distance",
    title="Minimum distance",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode1, ccode2, year (or gwcode1, gwcode2; or one code)",
    missing="a year before 1886 or after 2019, or a state without a shape",
    cites=("schvitz2022mis", "weidmanngleditsch2010mmcs"),
    parameters={"use_extdata": "the distances within a year, which are not at hand (false)"},
    columns={
        "mindist": "least distance between the two territories on 1 January, in kilometres",
        "minmindist": "least distance to any other state on 1 January, in kilometres",
    },
)
