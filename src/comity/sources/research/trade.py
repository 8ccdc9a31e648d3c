"""Yearly totals of exports and imports of states (Correlates of War)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, When
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row


class Trade(Research):
    """A state's imports and exports in all, by years, in current dollars of the United States (1870–2014).

    The data are totals, without partners. A missing figure is reported as an omission.
    """

    source = source(
        "cow-trade", "Trade, v4.0: national totals", "Correlates of War Project", "cow_trade_sy",
        homepage="https://correlatesofwar.org/data-sets/bilateral-trade/",
        references=(
            "Barbieri, Katherine, Omar M. G. Keshk, and Brian Pollins. 2009. “Trading Data: Evaluating our Assumptions "
            "and Coding Rules.” Conflict Management and Peace Science 26 (5): 471–491.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a year of a state."""
        for row in tables["cow_trade_sy"]:
            yield f"{row['ccode']}-{row['year']}", row

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The two figures, if present; the file has them in millions."""
        when = When.parse(str(element["year"]))
        for flow in ("imports", "exports"):
            if element[flow] is None:
                yield f"no figure of {flow} in {when}"
                continue
            value = float(round(element[flow] * 1e6))
            yield from self.of_state(record, element["ccode"], f"trade.{flow}", when, value=value, unit="USD")
