"""Armed conflicts since 1946, between states and within them (UCDP/PRIO)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from itertools import product
from operator import itemgetter

from comity.model import Claim, Participant, When
from comity.sources.base import Record
from comity.sources.gazetteer import gazetteer
from comity.sources.research import numbers
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import groups, lasting, runs
from comity.sources.research.wars import OPPOSED

LAST = 2024
OVER = {"territory": "over territory", "government": "over government", "both": "over territory and government"}
ARMED = "armed conflict"


class Ucdp(Research):
    """Episodes of armed conflict: successive years with at least 25 battle deaths each (1946–2024).

    Between states, an episode is a dispute whose kind is armed conflict; the years of it with 1,000 battle deaths or
    more are a war. States that sent troops to one side are opposed to the other for the years in which they did.
    Within a state, it is an insurgency, and states that sent troops are its participants. A date that the data mark
    as precise only to the month or year is read as a month or year. A record is an episode.
    """

    source = source(
        "ucdp", "UCDP/PRIO Armed Conflict Dataset, 1946–2024",
        "Uppsala Conflict Data Program and Peace Research Institute Oslo", "ucdp_acd",
        homepage="https://ucdp.uu.se/downloads/",
        references=(
            "Gleditsch, Nils Petter, Peter Wallensteen, Mikael Eriksson, Margareta Sollenberg, and Håvard Strand. "
            "2002. “Armed Conflict 1946–2001: A New Dataset.” Journal of Peace Research 39 (5): 615–637.",
            "Pettersson, Therése, Stina Högbladh, and Magnus Öberg. 2019. “Organized Violence, 1989–2018 and Peace "
            "Agreements.” Journal of Peace Research 56 (4): 589–603.",
        ),
    )  # fmt: skip
    version = "1"
    scheme = "gw"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """An episode of a conflict: its years with their intensity, and the states on each side."""
        for (conflict, started), rows in groups(tables["ucdp_acd"], ("conflict_id", "start_date2")):
            ended = next((row["ep_end_date"] for row in rows if row["ep_end_date"] is not None), None)
            years = {row["year"]: row["intensity_level"] for row in sorted(rows, key=itemgetter("year"))}
            yield f"{conflict}-{started!s}", {
                "conflict": conflict, "type": rows[0]["type_of_conflict"], "over": rows[0]["incompatibility"],
                "begin": _start(str(started), rows[0]["start_prec2"]),
                "end": max(years) if ended is None else _end(str(ended)),
                "intensity": years, "sides": [_sides(row) for row in rows],
            }  # fmt: skip

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The claims of an episode between states, or within one."""
        yield from self._between(record, element) if element["type"] == "interstate" else self._within(record, element)

    def _between(self, record: Record, episode: Row) -> Iterator[Claim | str]:
        """The episode for each two states on opposed sides: armed conflict, and war in the years that it was one."""
        for (code1, code2), years in _opposed(episode["sides"]).items():
            for whole in _successive(years):
                wars = list(_successive(year for year in whole if episode["intensity"][year] == 2))
                if wars != [whole]:
                    yield from self._claims_of_pair(record, "dispute", episode, code1, code2, whole)
                for war in wars:
                    yield from self._claims_of_pair(record, "war", episode, code1, code2, war)

    def _claims_of_pair(
        self, record: Record, relation: str, episode: Row, code1: int, code2: int, years: list[int]
    ) -> Iterator[Claim | str]:
        several = len(_opposed(episode["sides"])) > 1
        war = relation == "war"
        yield from self.of_pair(
            record, code1, code2, relation, _when(episode, years, (code1, code2)),
            label=None if war else f"UCDP conflict {episode['conflict']}",
            kind=(OPPOSED if several else None) if war else ARMED,
        )  # fmt: skip

    def _within(self, record: Record, episode: Row) -> Iterator[Claim | str]:
        """The episode within a state, or against it outside its own borders; with those that sent troops."""
        (state,) = {side["a"] for side in episode["sides"]}
        when = _when(episode, list(episode["intensity"]), ())
        abroad = ", outside its own borders" if episode["type"] == "extrasystemic" else ""
        helped = (("a_2nd", "sent troops to its side"), ("b_2nd", "sent troops to the other side"))
        participants = (
            self._participant(role, number, when)
            for key, role in helped
            for number in sorted({side[key] for side in episode["sides"]} - {None})
        )
        yield from self.of_state(
            record, state, "insurgency", when,
            label=f"UCDP conflict {episode['conflict']}",
            kind=f"{OVER[episode['over']]}{abroad}",
            participants=tuple(participants),
        )  # fmt: skip

    def _participant(self, role: str, number: int, when: When) -> Participant:
        parts = numbers.parts(self.scheme, number, when)
        polity = gazetteer().polity(parts[-1][0]) if parts else None
        return Participant(role, polity.name if polity else f"state {number}", polity.id if polity else None)


def _sides(row: Row) -> Row:
    return {"year": row["year"]} | {side: row[f"gwno_{side}"] for side in ("a", "a_2nd", "b", "b_2nd")}


def _opposed(sides: list[Row]) -> dict[tuple[int, int], list[int]]:
    """The years in which each two states were on opposed sides, the main parties first."""
    years: dict[tuple[int, int], set[int]] = {}
    for keys in product(("a", "a_2nd"), ("b", "b_2nd")):
        for side in sides:
            code1, code2 = (side[key] for key in keys)
            if code1 is not None and code2 is not None:
                years.setdefault((code1, code2), set()).add(side["year"])
    return {pair: sorted(opposed) for pair, opposed in years.items()}


def _successive(years: Iterable[int]) -> Iterator[list[int]]:
    """Groups of years without a gap."""
    for run in runs([{"year": year, "": ""} for year in years], ("",)):
        yield [row["year"] for row in run]


def _when(episode: Row, years: list[int], pair: tuple[int, ...]) -> When:
    """The time of some years of an episode: at its ends the exact dates, unless the pair only sent troops."""
    every = list(episode["intensity"])
    main = not pair or any((side["a"], side["b"]) == pair for side in episode["sides"])
    begin = episode["begin"] if main and years[0] == every[0] else years[0]
    end = episode["end"] if main and years[-1] == every[-1] else years[-1]
    return lasting(begin, end, last=LAST) if end == LAST else lasting(begin, end)


def _start(written: str, precision: int) -> str:
    """A day cut to the precision in the data: day (1), month (2, 3), or year (any other)."""
    return written[: {1: 10, 2: 7, 3: 7}.get(precision, 4)]


def _end(written: str) -> str:
    """A day; the month or year if it is the last day of one, which the data use for imprecise dates."""
    if written.endswith("-12-31"):
        return written[:4]
    year, month, last = (int(part) for part in written.split("-"))
    return written[:7] if last == monthrange(year, month)[1] else written
