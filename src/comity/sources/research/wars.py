"""Wars between states (Correlates of War)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting, runs

NAMES = Path(__file__).with_suffix(".toml")
OPPOSED = "on opposed sides"


class CowWars(Research):
    """The years in which two states were on the opposed sides of a war of at least 1,000 battle deaths (1823–2003).

    By years: the file has no days. It has only the numbers of wars; their names, from the project's list, are in
    `wars.toml`. Two states on the same side give no claim. For a war with several states on a side, the kind says that
    the two were on opposed sides: the data do not say who fought whom.
    """

    source = source(
        "cow-wars", "Inter-State Wars, v4.0", "Correlates of War Project", "cow_war_inter",
        homepage="https://correlatesofwar.org/data-sets/cow-war/",
        references=(
            "Sarkees, Meredith Reid, and Frank Wayman. 2010. Resort to War: 1816–2007. Washington, DC: CQ Press.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """The successive years of a war between two states, from side A."""
        from_a = [row for row in tables["cow_war_inter"] if row["sidea1"] == 1]
        sides: dict[int, set[tuple[str, int]]] = {}
        for row in from_a:
            sides.setdefault(row["warnum"], set()).update({("a", row["ccode1"]), ("b", row["ccode2"])})
        for run in runs(from_a, ("warnum", "ccode1", "ccode2")):
            number, code1, code2, begin = (run[0][name] for name in ("warnum", "ccode1", "ccode2", "year"))
            yield f"{number}-{code1}-{code2}-{begin}", {
                "warnum": number, "ccode1": code1, "ccode2": code2, "begin": begin, "end": run[-1]["year"],
                "states in it": len(sides[number]),
            }  # fmt: skip

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The war, by its name."""
        yield from self.of_pair(
            record, element["ccode1"], element["ccode2"], "war", lasting(element["begin"], element["end"]),
            label=_names()[str(element["warnum"])],
            kind=OPPOSED if element["states in it"] > 2 else None,
        )  # fmt: skip


@cache
def _names() -> dict[str, str]:
    return tomllib.loads(NAMES.read_text("utf-8"))
