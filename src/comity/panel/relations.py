"""Relations of every two polities in every year, from the ledger: a table to be joined to dyads."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from comity.ledger import own
from comity.ledger.open import everything, manifest
from comity.model import Certainty, Claim, Modality, Polity, When
from comity.panel.data import cached_file, put
from comity.panel.recipe import FIRST
from comity.query.lives import of_this_life
from comity.query.missions import LONGEST, chief, mission
from comity.query.pair import ruled
from comity.query.status import State, status
from comity.reconcile.conflicts import conflicts
from comity.reconcile.events import Event, gather
from comity.reconcile.rulings import NONE, Rulings
from comity.relations import relation
from comity.relations.diplomatic import RECOGNITION, RELATIONS_SEVERED
from comity.relations.missions import ENVOY_RECEIVED, MISSION_OPENED
from comity.relations.mood import QUALITY
from comity.relations.strife import WAR
from comity.relations.ties import VISIT
from comity.sources.gazetteer import gazetteer

_VERSION = 2  # to be raised whenever the same claims result in another table
# The topics from which status and missions are computed.
_DIPLOMATIC = (RECOGNITION.topic, RELATIONS_SEVERED.topic, MISSION_OPENED.topic, ENVOY_RECEIVED.topic, WAR.topic)
Row = dict[str, Any]


def relations(last: int, known_by: When | None = None) -> tuple[Path, Mapping[str, Any]]:
    """The table as a Parquet file, made once for a state of the ledgers and a known-by day, and its inputs.

    A row for each two states of either system, in both orders, and each year from their first event to `last`.
    """
    view = everything()
    rulings = ruled(view)
    made_of = {
        "embedded ledger": manifest()["sha256"],
        "own ledger's version": view.versions.get(own()),
        "judgements": [judgement.id for judgement in rulings.words],
        "known by": str(known_by) if known_by else None,
    }
    fingerprint = f"{_VERSION} {last} {json.dumps(made_of)}"
    target = cached_file(f"relations-{hashlib.sha256(fingerprint.encode()).hexdigest()[:16]}.parquet")
    if not target.is_file():
        import pyarrow

        put(pyarrow.Table.from_pylist(list(_rows(view.claims(), last, known_by, rulings)), _schema()), target)
    return target, made_of


def _rows(claims: Iterable[Claim], last: int, known_by: When | None, rulings: Rulings) -> Iterator[Row]:
    pairs: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.object is not None and len(claim.parties) == 2 and _known(claim, known_by):
            pairs[claim.parties].append(claim)
    for parties, shared in sorted(pairs.items(), key=lambda pair: sorted(pair[0])):
        first, second = (gazetteer().polity(id) for id in sorted(parties))
        yield from of_pair(first, second, shared, last, rulings)


def _known(claim: Claim, by: When | None) -> bool:
    """Whether a claim was certainly published by a day."""
    published = claim.published.when
    return by is None or (published is not None and published.latest <= by.latest)


def of_pair(first: Polity, second: Polity, claims: list[Claim], last: int, rulings: Rulings = NONE) -> Iterator[Row]:
    """The rows of two polities: one for every year in which both have a code of the same system."""
    events = tuple(gather(claims, rulings))
    dated = [event for event in events if event.when is not None and event.modality is Modality.ASSERTED]
    if not dated:
        return
    record = _Record(first, second, events, dated, tuple(conflict.other for conflict in conflicts(events, rulings)))
    stands: dict[str, Any] = {}
    for year in range(max(FIRST, _began(dated[0]).year), last + 1):
        codes = {scheme: (_code(first, scheme, year), _code(second, scheme, year)) for scheme in ("cow", "gw")}
        if any(all(pair) for pair in codes.values()):
            stands = stands if year not in record.turns and stands else record.stands(date(year, 12, 31))
            row = {"year": year, **stands, **record.counted(year)}
            yield {**row, **_code_columns(codes, 0, 1)}
            yield {**row, **{name: stands[_turned(name)] for name in _SIDED}, **_code_columns(codes, 1, 0)}
        else:
            stands = {}


_SIDED = ("rel_mission1", "rel_mission2", "rel_chief1", "rel_chief2")


def _turned(name: str) -> str:
    """The column of the other side.

    >>> _turned("rel_chief1")
    'rel_chief2'
    """
    return name[:-1] + {"1": "2", "2": "1"}[name[-1]]


@dataclass(frozen=True)
class _Record:
    """The record of two polities: all events, the dated and asserted ones, and those that lost a conflict."""

    first: Polity
    second: Polity
    events: tuple[Event, ...]
    dated: list[Event]
    lost: tuple[Event, ...]

    @cached_property
    def diplomatic(self) -> tuple[Event, ...]:
        """The events from which status, missions and chiefs are computed."""
        return tuple(event for event in self.events if relation(event.relation).topic in _DIPLOMATIC)

    @cached_property
    def turns(self) -> frozenset[int]:
        """The years by the end of which the state of things may differ from a year before.

        Computing the status for every year would repeat the same answer for decades. It can only change in a year in
        which an event or the lifespan of a polity may have begun or ended, or from which an envoy without a recorded
        departure is no longer assumed to be in charge.
        """
        lives = (life for polity in (self.first, self.second) for life in polity.lifespans)
        spans = [*lives, *(event.when for event in self.diplomatic if event.when is not None)]
        days = {day for when in spans for day in (when.earliest, when.begin_latest, when.end_earliest, when.latest)}
        left = {when.latest + LONGEST for when in spans if when.latest < date.max - LONGEST}
        after = {day + timedelta(days=1) for day in days if day < date.max}
        return frozenset(day.year for day in days | after | left)

    def stands(self, day: date) -> Row:
        """The columns for the state of things on a day, from the first polity's side."""
        current = of_this_life(self.diplomatic, (self.first, self.second), day)
        standing = status(current, day, (self.first, self.second), self.lost)
        sides = {"1": (self.first.id, self.second.id), "2": (self.second.id, self.first.id)}
        missions = {side: mission(current, *ends, day) for side, ends in sides.items()}
        return {
            "rel_status": None if standing.state is State.UNKNOWN else standing.state.value,
            "rel_possibly": int(standing.certainty is Certainty.POSSIBLY),
            **{f"rel_mission{side}": each.rank if each else None for side, each in missions.items()},
            **{f"rel_chief{side}": int(chief(current, *ends, day) is not None) for side, ends in sides.items()},
        }

    def counted(self, year: int) -> Row:
        """The columns that count events: those of the year, and those by its end."""
        by_then = bisect_right(self._years, year)
        begun = self._begun.get(year, [])
        return {
            "rel_visits": sum(event.relation == VISIT.id for event in begun),
            "rel_quality": next((e.label or e.kind for e in reversed(begun) if e.relation == QUALITY.id), None),
            "rel_events": by_then,
            "rel_imprecise": self._imprecise[by_then] / by_then if by_then else None,
        }

    @cached_property
    def _years(self) -> list[int]:
        """The earliest possible year of each dated event, in their order."""
        return [_began(event).year for event in self.dated]

    @cached_property
    def _imprecise(self) -> list[int]:
        """At each index n, how many of the first n dated events have no known day."""
        return [0, *accumulate(event.when is not None and event.when.precision != "day" for event in self.dated)]

    @cached_property
    def _begun(self) -> dict[int, list[Event]]:
        """The events that certainly began in a year, in their order."""
        begun = defaultdict(list)
        for event in self.dated:
            if event.when and event.when.earliest.year == event.when.begin_latest.year:
                begun[event.when.earliest.year].append(event)
        return begun


def _began(event: Event) -> date:
    assert event.when is not None
    return event.when.earliest


def _code(polity: Polity, scheme: str, year: int) -> int | None:
    """A polity's code in a system on the last day of a year."""
    day = When.on(date(year, 12, 31))
    for code in polity.codes:
        if code.scheme == scheme and (code.when is None or day.during(code.when) is Certainty.YES):
            return int(code.value)
    return None


def _code_columns(codes: dict[str, tuple[int | None, int | None]], first: int, second: int) -> Row:
    (cow, gw), names = (codes["cow"], codes["gw"]), ("ccode", "gwcode")
    return {
        f"{name}{side}": pair[place]
        for name, pair in zip(names, (cow, gw), strict=True)
        for side, place in (("1", first), ("2", second))
    }


def _schema() -> Any:
    import pyarrow

    whole, text = pyarrow.int32(), pyarrow.string()
    kinds = {"rel_status": text, "rel_mission1": text, "rel_mission2": text, "rel_quality": text}
    kinds |= {"rel_imprecise": pyarrow.float64()}
    names = (
        "ccode1", "ccode2", "gwcode1", "gwcode2", "year", "rel_status", "rel_possibly", "rel_mission1", "rel_mission2",
        "rel_chief1", "rel_chief2", "rel_visits", "rel_quality", "rel_events", "rel_imprecise",
    )  # fmt: skip
    return pyarrow.schema([(name, kinds.get(name, whole)) for name in names])
