"""Relations of every two polities in every year, as the ledger tells them: a table to be joined to dyads."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from comity.ledger import View, own
from comity.ledger.embedded import embedded, manifest
from comity.model import Certainty, Claim, Modality, Polity, When
from comity.panel.data import put
from comity.query.lives import of_this_life
from comity.query.missions import chief, mission
from comity.query.status import State, Status, status
from comity.reconcile.conflicts import conflicts
from comity.reconcile.events import Event, gather
from comity.sources.gazetteer import gazetteer
from comity.sources.home import home

_VERSION = 1  # raised whenever the same claims give another table
Row = dict[str, Any]


def relations(last: int, known_by: When | None = None) -> Path:
    """The table as a Parquet file, made once for a state of the ledgers and a known-by day.

    A row for each two states of either system, in both orders, and each year from the first in which something is told
    of them to `last`.
    """
    view = View(embedded(), own())
    held = f"{_VERSION} {last} {known_by} {manifest()['sha256']} {sorted(view.versions.items())}"
    target = home() / "panel" / f"relations-{hashlib.sha256(held.encode()).hexdigest()[:16]}.parquet"
    if not target.is_file():
        import pyarrow

        put(pyarrow.Table.from_pylist(list(_rows(view.claims(), last, known_by)), _schema()), target)
    return target


def _rows(claims: Iterable[Claim], last: int, known_by: When | None) -> Iterator[Row]:
    pairs: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.object is not None and len(claim.parties) == 2 and _known(claim, known_by):
            pairs[claim.parties].append(claim)
    for parties, told in sorted(pairs.items(), key=lambda pair: sorted(pair[0])):
        one, other = (gazetteer().polity(id) for id in sorted(parties))
        yield from of_pair(one, other, told, last)


def _known(claim: Claim, by: When | None) -> bool:
    """Whether a claim was surely published by a day."""
    said = claim.published.when
    return by is None or (said is not None and said.latest <= by.latest)


def of_pair(one: Polity, other: Polity, claims: list[Claim], last: int) -> Iterator[Row]:
    """The rows of two polities: of every year in which both have a code of one system."""
    events = tuple(gather(claims))
    dated = [event for event in events if event.when is not None and event.modality is Modality.ASSERTED]
    if not dated:
        return
    lost = tuple(conflict.other for conflict in conflicts(events))
    first = max(1816, min(event.when.earliest.year for event in dated if event.when))
    for year in range(first, last + 1):
        codes = {scheme: (_code(one, scheme, year), _code(other, scheme, year)) for scheme in ("cow", "gw")}
        if any(all(pair) for pair in codes.values()):
            told = _Year(one, other, events, dated, lost, date(year, 12, 31))
            yield {**told.row(one, other), **_named(codes, 0, 1)}
            yield {**told.row(other, one), **_named(codes, 1, 0)}


@dataclass(frozen=True)
class _Year:
    """What is told of two polities by the last day of a year."""

    one: Polity
    other: Polity
    events: tuple[Event, ...]
    dated: list[Event]
    lost: tuple[Event, ...]
    day: date

    @cached_property
    def current(self) -> tuple[Event, ...]:
        """The events of the lives in which the two were on the day."""
        return of_this_life(self.events, (self.one, self.other), self.day)

    @cached_property
    def status(self) -> Status:
        """What relations were, which is the same for both."""
        return status(self.current, self.day, (self.one, self.other), self.lost)

    def row(self, first: Polity, second: Polity) -> Row:
        """The columns, as the first of the two sees them."""
        current, held = self.current, self.status
        ours, theirs = mission(current, first.id, second.id, self.day), mission(current, second.id, first.id, self.day)
        by_then = [event for event in self.dated if event.when and event.when.earliest <= self.day]
        return {
            "year": self.day.year,
            "rel_status": None if held.state is State.UNKNOWN else held.state.value,
            "rel_possibly": int(held.certainty is Certainty.POSSIBLY),
            "rel_mission1": ours.rank if ours else None,
            "rel_mission2": theirs.rank if theirs else None,
            "rel_chief1": int(chief(current, first.id, second.id, self.day) is not None),
            "rel_chief2": int(chief(current, second.id, first.id, self.day) is not None),
            "rel_visits": sum(event.relation == "visit" for event in self._in_year()),
            "rel_quality": next((e.label or e.kind for e in self._in_year() if e.relation == "quality"), None),
            "rel_events": len(by_then),
            "rel_imprecise": _imprecise(by_then),
        }

    def _in_year(self) -> list[Event]:
        """The events that surely began in the year, the last first."""
        begun = [e for e in self.dated if e.when and e.when.earliest.year == e.when.begin_latest.year == self.day.year]
        return begun[::-1]


def _imprecise(events: list[Event]) -> float | None:
    """The share of events of which no day is known."""
    if not events:
        return None
    return sum(event.when is not None and event.when.precision != "day" for event in events) / len(events)


def _code(polity: Polity, scheme: str, year: int) -> int | None:
    """A polity's code in a system on the last day of a year."""
    day = When.on(date(year, 12, 31))
    for code in polity.codes:
        if code.scheme == scheme and (code.when is None or day.during(code.when) is Certainty.YES):
            return int(code.value)
    return None


def _named(codes: dict[str, tuple[int | None, int | None]], first: int, second: int) -> Row:
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
