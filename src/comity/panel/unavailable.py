"""Variables of peacesciencer whose data are not available here, with the reason and where to find them."""

from __future__ import annotations

_REMOTE = "peacesciencer keeps these data apart from its package; in R, download_extdata() brings them"

WITHHELD = {
    "cow-alliance": (
        "the maintainers of the Correlates of War alliance data asked peacesciencer to leave them out; they are at "
        "https://correlatesofwar.org/data-sets/formal-alliances/, and atop-alliance has alliances of another project"
    ),
    "fpsim": f"{_REMOTE}; similarity of foreign policy is at https://doi.org/10.7910/DVN/ALVXLM (Häge 2011)",
    "sdp-gdp": "peacesciencer no longer has surplus domestic product; sim-gdp-pop has wealth and population instead",
}
"""The reason for each name."""

DYADIC_TRADE = f"{_REMOTE}; trade of two states is at https://correlatesofwar.org/data-sets/bilateral-trade/"
EXTENDED_DISTANCE = (
    f"{_REMOTE}; without use_extdata minimum-distance has the distances on 1 January of each year since 1886"
)
