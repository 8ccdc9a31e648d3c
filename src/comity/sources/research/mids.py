"""Militarized interstate disputes (Correlates of War; Gibler, Miller and Little): threats and uses of force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from comity.model import Claim, When
from comity.sources.base import Record
from comity.sources.gazetteer import gazetteer
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import common, groups, lasting, runs

LEVELS = {1: "no militarized action", 2: "threat of force", 3: "display of force", 4: "use of force", 5: "war"}
OUTCOMES = {1: "victory, side of {a}", 2: "victory, side of {b}", 3: "yield, side of {a}", 4: "yield, side of {b}",
            5: "stalemate", 6: "compromise", 7: "released", 8: "unclear", 9: "joined a war that went on"}  # fmt: skip


class Disputes(Research):
    """Common part of the two data sets: how a dispute between two states on opposed sides becomes a claim.

    The subject is on side A, which acted first. The kind is the highest level of hostility that either of the two
    reached; the label is the dispute's number, the same in both data sets, with its outcome.
    """

    def disputed(self, record: Record, element: Row, when: When) -> Iterator[Claim | str]:
        """The dispute, for each pair of polities that the numbers meant."""
        kind = LEVELS[element["hostlev"]]
        for statement in self.of_pair(record, element["ccode1"], element["ccode2"], "dispute", when, kind=kind):
            yield statement if isinstance(statement, str) else statement.but(label=_label(element, statement))


class CowMids(Disputes):
    """Disputes by pairs of states and years, to 2014; the month of the beginning if both took part from the start.

    The file has each pair in both directions; its successive years are one record.
    """

    source = source(
        "cow-mids", "Militarized Interstate Disputes, v5", "Correlates of War Project",
        "cow_mid_dirdisps", "cow_mid_disps",
        homepage="https://correlatesofwar.org/data-sets/mids/",
        references=(
            "Palmer, Glenn, Roseanne W. McManus, Vito D’Orazio, Michael R. Kenwick, Mikaela Karstens, Chase Bloch, "
            "Nick Dietrich, Kayla Kahn, Kellan Ritter, and Michael J. Soules. 2021. “The MID5 Dataset, 2011–2014: "
            "Procedures, Coding Rules, and Description.” Conflict Management and Peace Science.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """The successive years of a dispute between two states, from side A."""
        disputes = {row["dispnum"]: row for row in tables["cow_mid_disps"]}
        from_a = (row for row in tables["cow_mid_dirdisps"] if row["sidea1"] == 1)
        for run in runs(from_a, ("dispnum", "ccode1", "ccode2")):
            number, code1, code2, begin = (run[0][name] for name in ("dispnum", "ccode1", "ccode2", "year"))
            whole = disputes[number]
            first = all(run[0][name] == 1 for name in ("orig1", "orig2")) and begin == whole["styear"]
            yield f"{number}-{code1}-{code2}-{begin}", {
                "dispnum": number, "ccode1": code1, "ccode2": code2,
                "begin": f"{begin}-{whole['stmon']:02}" if first else begin, "end": run[-1]["year"],
                "hostlev": _level(run), "outcome": whole["outcome"],
            }  # fmt: skip

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The dispute; one in the last year of the data may have continued after it."""
        yield from self.disputed(record, element, lasting(element["begin"], element["end"], last=2014))


class GmlMids(Disputes):
    """Disputes by pairs of states, to 2010, to the day where the data have days: from the entry of the later
    of the two to the departure of the earlier.

    A state that took part more than once, or changed sides, gives a claim for each time; two that took part at
    different times give none. The file has each pair in both directions, which are one record.
    """

    source = source(
        "gml-mids", "Militarized Interstate Disputes, revised, v2.2.1",
        "Douglas M. Gibler, Steven V. Miller and Erin K. Little", "gml_dirdisp", "gml_part",
        homepage="https://internationalconflict.ua.edu/data-download/",
        references=(
            "Gibler, Douglas M., Steven V. Miller, and Erin K. Little. 2016. “An Analysis of the Militarized "
            "Interstate Dispute (MID) Dataset, 1816–2001.” International Studies Quarterly 60 (4): 719–730.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """A dispute between two states, from side A, with the times in which each took part."""
        parts = {
            key: [_part(row) for row in years]
            for key, years in groups(tables["gml_part"], ("dispnum", "ccode", "sidea"))
        }
        from_a = (row for row in tables["gml_dirdisp"] if row["sidea1"] == 1)
        for (number, code1, code2), years in groups(from_a, ("dispnum", "ccode1", "ccode2")):
            yield f"{number}-{code1}-{code2}", {
                "dispnum": number, "ccode1": code1, "ccode2": code2,
                "begin": years[0]["year"], "end": years[-1]["year"], "hostlev": _level(years),
                "outcome": years[0]["outcome"], "ongoing in 2010": years[-1]["ongo2010"] or None,
                "side A": ", ".join(parts.get((number, code1, 1), ())),
                "side B": ", ".join(parts.get((number, code2, 0), ())),
            }  # fmt: skip

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The dispute, once for each time in which both took part."""
        sides = ([When.parse(part) for part in element[side].split(", ") if part] for side in ("side A", "side B"))
        shared = [time for time in (common(time1, time2) for time1, time2 in product(*sides)) if time]
        if not shared:
            yield "the two never took part at one time"
        for when in shared:
            lasts = element["ongoing in 2010"] and when.end.latest.year == 2010
            yield from self.disputed(record, element, _going_on(when) if lasts else when)


def _label(element: Row, claim: Claim) -> str:
    """`MID 1518, outcome: victory, side of Chile`."""
    outcome = OUTCOMES.get(element["outcome"])
    if outcome is None:
        return f"MID {element['dispnum']}"
    name1, name2 = (gazetteer().polity(id).name for id in (claim.subject, claim.object or ""))
    return f"MID {element['dispnum']}, outcome: {outcome.format(a=name1, b=name2)}"


def _level(rows: list[Row]) -> int:
    """The highest level of hostility of either side."""
    levels: list[int] = [row[level] for row in rows for level in ("hostlev1", "hostlev2")]
    return max(levels)


def _part(row: Row) -> str:
    """When a state took part, as EDTF; -9 is a day that is not known."""
    ends = ((row[f"{at}year"], row[f"{at}mon"], row[f"{at}day"]) for at in ("st", "end"))
    return "/".join(f"{year}-{month:02}" + (f"-{day:02}" if day > 0 else "") for year, month, day in ends)


def _going_on(when: When) -> When:
    """A time that was not over at the end of the data."""
    return When.parse(f"{when.begin.edtf}/[{when.end.edtf}..]")
