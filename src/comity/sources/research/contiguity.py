"""Contiguity of states by land or across water (Correlates of War)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting

KINDS = {1: "land or river border", 2: "12 miles of water", 3: "24 miles of water", 4: "150 miles of water",
         5: "400 miles of water"}  # fmt: skip


class Contiguity(Research):
    """A spell in which two states had a land or river border, or no more than so many miles of water between them.

    To the month, from 1816 to 2016; a spell of the first or last month may extend beyond it. The file has each spell in
    both directions, which are one record. A spell without contiguity gives no claim.
    """

    source = source(
        "cow-contiguity", "Direct Contiguity, v3.2", "Correlates of War Project", "cow_contdir",
        homepage="https://correlatesofwar.org/data-sets/direct-contiguity/",
        references=(
            "Stinnett, Douglas M., Jaroslav Tir, Philip Schafer, Paul F. Diehl, and Charles Gochman. 2002. “The "
            "Correlates of War Project Direct Contiguity Data, Version 3.” Conflict Management and Peace Science "
            "19 (2): 58–66.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """Each spell of a pair, in one of the two directions."""
        for row in tables["cow_contdir"]:
            if row["ccode1"] < row["ccode2"]:
                begin, end = str(row["stdate"])[:7], str(row["enddate"])[:7]
                fields = {"ccode1": row["ccode1"], "ccode2": row["ccode2"], "conttype": row["conttype"]}
                yield f"{row['ccode1']}-{row['ccode2']}-{begin}", fields | {"begin": begin, "end": end}

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """Contiguity, if there was any."""
        kind = KINDS.get(element["conttype"])
        if kind is None:
            yield "no border, and more than 400 miles of water"
            return
        when = lasting(element["begin"], element["end"], "1816-01", "2016-12")
        yield from self.of_pair(record, element["ccode1"], element["ccode2"], "contiguity", when, kind=kind)
