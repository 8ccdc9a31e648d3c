"""Capitals of states over time (peacesciencer)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting


class Capitals(Research):
    """A state's capital for a time, from 1816 to 2024: to the day where the data give one.

    The data write a year as its first of January or last of December, which is therefore read as a year.
    """

    source = source(
        "capitals", "Capitals of states, 1816–2024", "Steven V. Miller", "cow_capitals",
        homepage="https://svmiller.com/peacesciencer/reference/cow_capitals.html",
        references=(
            "Miller, Steven V. 2022. “peacesciencer: An R Package for Quantitative Peace Science Research.” Conflict "
            "Management and Peace Science 39 (6): 755–779.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a capital for a time."""
        for row in tables["cow_capitals"]:
            begin, end = str(row["stdate"]).removesuffix("-01-01"), str(row["enddate"]).removesuffix("-12-31")
            fields = {"ccode": row["ccode"], "name": row["statenme"], "capital": row["capital"]}
            yield f"{row['ccode']}-{begin}", fields | {"begin": begin, "end": end}

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The capital of each polity that the number meant."""
        when = lasting(element["begin"], element["end"], "1816", "2024")
        yield from self.of_state(record, element["ccode"], "capital", when, label=element["capital"])
