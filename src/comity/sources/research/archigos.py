"""Who effectively ruled a state (Archigos)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Participant
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting

RULER = "effective leader"


class Archigos(Research):
    """The person who effectively ruled a state, to the day, for those in office from 1875 to 2015.

    This need not be the head of state. Leaders in office on the last day may have stayed.
    """

    source = source(
        "archigos", "Archigos: political leaders, v4.1",
        "Henk E. Goemans, Kristian Skrede Gleditsch and Giacomo Chiozza", "archigos",
        homepage="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
        references=(
            "Goemans, Henk E., Kristian Skrede Gleditsch, and Giacomo Chiozza. 2009. “Introducing Archigos: A Dataset "
            "on Political Leaders.” Journal of Peace Research 46 (2): 269–283.",
        ),
    )  # fmt: skip
    version = "1"
    scheme = "gw"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a time in office."""
        for row in tables["archigos"]:
            yield row["obsid"], {
                "gwcode": row["gwcode"], "leader": " ".join(row["leader"].split()), "id": row["leadid"],
                "begin": str(row["startdate"]), "end": str(row["enddate"]),
                "entry": row["entry"], "exit": row["exit"],
            }  # fmt: skip

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The time in office; if the state became another polity during it, a claim for each."""
        last = element["end"] if element["exit"] == "Still in Office" else ""
        yield from self.of_state(
            record, element["gwcode"], "leader", lasting(element["begin"], element["end"], last=last),
            label=element["leader"],
            kind=RULER,
            participants=(Participant("leader", element["leader"], element["id"]),),
        )  # fmt: skip
