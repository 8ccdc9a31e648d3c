"""Alliances and their obligations (ATOP)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting, runs

OBLIGATIONS = {"atop_defense": "defense", "atop_offense": "offense", "atop_neutral": "neutrality",
               "atop_nonagg": "nonaggression", "atop_consul": "consultation"}  # fmt: skip


class Atop(Research):
    """The years in which two states had the same obligations of alliance; a change of obligations is a new claim.

    By years, from 1815 to 2018. The file has each pair in both directions, which are one record. It has neither the
    names nor the number of treaties.
    """

    source = source(
        "atop", "Alliance Treaty Obligations and Provisions, v5", "The ATOP Project", "atop_alliance",
        homepage="https://www.atopdata.org",
        references=(
            "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell, and Andrew G. Long. 2002. “Alliance "
            "Treaty Obligations and Provisions, 1815–1944.” International Interactions 28 (3): 237–260.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """The successive years in which a pair had the same obligations, in one of the two directions."""
        once = (row for row in tables["atop_alliance"] if row["ccode1"] < row["ccode2"])
        for run in runs(once, ("ccode1", "ccode2"), OBLIGATIONS):
            fields = {name: value for name, value in run[0].items() if name != "year"}
            begin, end = run[0]["year"], run[-1]["year"]
            yield f"{fields['ccode1']}-{fields['ccode2']}-{begin}", fields | {"begin": begin, "end": end}

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The alliance and its obligations."""
        kind = ", ".join(word for flag, word in OBLIGATIONS.items() if element[flag]) or None
        when = lasting(element["begin"], element["end"], 1815, 2018)
        yield from self.of_pair(record, element["ccode1"], element["ccode2"], "alliance", when, kind=kind)
