"""Lists of states: the members of the international system over time."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.rda import ISARD
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting

COW = "Correlates of War’s list of states"
GW = "Gleditsch and Ward’s list of states"


class CowStates(Research):
    """A state's spells in the state system, to the day, as the Correlates of War Project lists them (1816–2016).

    Membership depends on population, sovereignty and missions of great powers, so it does not show independence. A
    state listed on the first day may have been one before; one listed on the last day may still be one.
    """

    source = source(
        "cow-states", "State System Membership List, v2016", "Correlates of War Project", "cow_states",
        homepage="https://correlatesofwar.org/data-sets/state-system-membership/",
        references=("Correlates of War Project. State System Membership List, v2016.",),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a spell."""
        for row in tables["cow_states"]:
            begin, end = (f"{row[f'{at}year']}-{row[f'{at}month']:02}-{row[f'{at}day']:02}" for at in ("st", "end"))
            yield (
                f"{row['stateabb']}-{begin}",
                {"ccode": row["ccode"], "name": row["statenme"], "begin": begin, "end": end},
            )

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """A spell of each polity that the number meant."""
        when = lasting(element["begin"], element["end"], "1816-01-01", "2016-12-31")
        yield from self.of_state(record, element["ccode"], "statehood.system", when, label=COW)


class GwStates(Research):
    """A state's spells as an independent state, to the day, as Gleditsch and Ward list them (1816–2020).

    Their list does not require missions of great powers. States of fewer than 250,000 people have the kind microstate.
    """

    source = source(
        "gw-states", "Independent States since the Congress of Vienna, with microstates, to 2020",
        "Kristian Skrede Gleditsch and Michael D. Ward", "gw_system",
        homepage="https://ksgleditsch.com/statelist.html",
        references=(
            "Gleditsch, Kristian S., and Michael D. Ward. 1999. “A Revised List of Independent States since the "
            "Congress of Vienna.” International Interactions 25 (4): 393–413.",
        ),
        package=ISARD,
    )  # fmt: skip
    version = "1"
    scheme = "gw"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a spell."""
        for row in tables["gw_system"]:
            begin, end = str(row["start"]), str(row["end"])
            fields = {"gwcode": row["gwcode"], "name": row["gw_name"], "microstate": row["microstate"]}
            yield f"{row['gw_abb']}-{begin}", fields | {"begin": begin, "end": end}

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """A spell of each polity that the number meant."""
        when = lasting(element["begin"], element["end"], "1816-01-01", "2020-12-31")
        kind = "microstate" if element["microstate"] else None
        yield from self.of_state(record, element["gwcode"], "statehood.system", when, label=GW, kind=kind)
