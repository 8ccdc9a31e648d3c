"""The rows of a panel: states, dyads, leaders and disputes, by year or by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from comity.errors import PanelError
from comity.panel.draft import CODES, yearly

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

Data = Callable[[str], "Table"]
"""Returns a data set by its name."""


def states(data: Data, system: str, last: int | None) -> Table:
    """The spells of the states of a system, each with its code, name, first and last day.

    `last` extends the spells of states that were in the system on the last day of the list to the end of that year (the
    "most recent year" extension); None leaves the list as it is.
    """
    import ibis

    known = data("cw_system" if system == "cow" else "gw_system")
    known = known.select(*(name for name in known.columns if name not in {"cw_abb", "gw_abb"}))
    if last is None:
        return known
    on = known.end == known.end.max().over()
    return known.mutate(end=ibis.ifelse(on, ibis.date(last, 12, 31), known.end))


def state_years(data: Data, system: str, last: int | None) -> Table:
    """A row for every state and year in which it was in the system on any day."""
    spells = states(data, system, last)
    years = yearly(spells, spells.start.year(), spells.end.year())
    return years.drop("start", "end")


def state_days(data: Data, system: str, last: int | None) -> Table:
    """A row for every state and day on which it was in the system."""
    return _daily(states(data, system, last), "start", "end").drop("start", "end")


def dyad_years(data: Data, system: str, last: int | None, directed: bool, years: tuple[int, int] | None) -> Table:
    """A row for every two states and year in which both were in the system on any day.

    In some of these years the two were never in it at the same time (one left before the other entered): those dyads,
    which the packages list, are left out.
    """
    import ibis

    code, code1, code2 = CODES[system], f"{CODES[system]}1", f"{CODES[system]}2"
    spells = states(data, system, last)
    spells = spells.mutate(start=spells.start.year(), end=spells.end.year())
    extra = ["microstate"] if system == "gw" else []
    first = spells.select(**{code1: code}, **{f"{name}1": name for name in extra}, from1="start", to1="end")
    second = spells.select(**{code2: code}, **{f"{name}2": name for name in extra}, from2="start", to2="end")
    apart = first[code1] != second[code2] if directed else first[code1] < second[code2]
    both = first.join(second, [apart, first.from1 <= second.to2, second.from2 <= first.to1])
    # sorting these few rows now makes the final sort of all years much faster
    both = both.order_by(code1, code2, "from1", "from2")
    start, end = ibis.greatest(both.from1, both.from2), ibis.least(both.to1, both.to2)
    if years:
        start, end = ibis.greatest(start, years[0]), ibis.least(end, years[1])
    rows = yearly(both, start, end).select(code1, code2, "year", *(f"{name}{side}" for name in extra for side in "12"))
    false = data(f"false_{system}_dyads")
    return rows.anti_join(false, [rows[name] == false[name] for name in (code1, code2, "year")])


# The leaders of West Germany and North Yemen who became those of the united states have, in the Correlates of War, one
# code until the day before the union and another from that day on.
_UNIONS = (
    ("GFR-1982", (1990, 10, 3), 260, 255),
    ("YEM-1978", (1990, 5, 22), 678, 679),
)
# Codes of the Correlates of War in years for which the crosswalk of the two systems has none.
_LATER_STATES = ((600, 1905, 1912), (670, 1927, 1932))


def leader_spells(data: Data, standardize: str) -> Table:
    """Every leader's time in office cut at each new year, with the code of the state in that year.

    Columns: those of Archigos, `code`, `year`, `yrinoffice`, `begins` and `ends`. `standardize` "cow" or "gw" keeps
    only the part during which that system has the state ("none": all, with the codes of Gleditsch and Ward).
    """
    import ibis

    leaders = data("archigos")
    years = yearly(leaders, leaders.startdate.year(), leaders.enddate.year())
    years = years.mutate(
        yrinoffice=years.year - years.startdate.year() + 1,
        begins=ibis.greatest(years.startdate, ibis.date(years.year, 1, 1)),
        ends=ibis.least(years.enddate, ibis.date(years.year, 12, 31)),
    )
    if standardize == "none":
        return years.mutate(code=years.gwcode)
    return _members(
        _in_cow(data, years) if standardize == "cow" else years.mutate(code=years.gwcode), data, standardize
    )


def _in_cow(data: Data, years: Table) -> Table:
    """Leaders' years with the codes of the Correlates of War."""
    import ibis

    codes = data("gw_cw_panel").select(gw_="gwcode", code="ccode", year_="year")
    coded = years.left_join(codes, [years.gwcode == codes.gw_, years.year == codes.year_]).drop("gw_", "year_")
    for gwcode, first, last in _LATER_STATES:
        there = (coded.gwcode == gwcode) & coded.year.between(first, last)
        coded = coded.mutate(code=ibis.ifelse(there, gwcode, coded.code))
    for obsid, (year, month, day), before, since in _UNIONS:
        union = ibis.date(year, month, day)
        bearer, eve = coded.obsid == obsid, union - ibis.interval(days=1)
        earlier = coded.filter(bearer & (coded.begins < union)).mutate(
            code=ibis.literal(before, "int32"), ends=ibis.least(coded.ends, eve.cast("date"))
        )
        later = coded.filter(bearer & (coded.ends >= union)).mutate(
            code=ibis.literal(since, "int32"), begins=ibis.greatest(coded.begins, union)
        )
        coded = ibis.union(coded.filter(~bearer), earlier, later)
    return coded


def _members(years: Table, data: Data, system: str) -> Table:
    """The part of each row's days on which the system has the state."""
    import ibis

    spells = states(data, system, None)
    spells = spells.select(code_=CODES[system], start_="start", end_="end")
    inside = years.join(spells, [years.code == spells.code_, years.begins <= spells.end_, spells.start_ <= years.ends])
    return inside.mutate(
        begins=ibis.greatest(inside.begins, inside.start_), ends=ibis.least(inside.ends, inside.end_)
    ).drop("code_", "start_", "end_")


def leader_years(data: Data, standardize: str) -> Table:
    """A row for every leader, state and year in which the leader was in office on any day.

    `since_`, the first of these days, orders the two codes of a leader in the year of a union.
    """
    rows = leader_spells(data, standardize)
    code = CODES["cow" if standardize == "cow" else "gw"]
    rows = rows.mutate(leaderage=rows.year - rows.yrborn, **{code: rows.code})
    return rows.group_by("obsid", code, "leader", "gender", "leaderage", "year", "yrinoffice").agg(
        since_=rows.begins.min()
    )


def leader_days(data: Data, standardize: str) -> Table:
    """A row for every leader, state and day in office."""
    rows = _daily(leader_spells(data, standardize), "begins", "ends")
    code = CODES["cow" if standardize == "cow" else "gw"]
    return rows.select("obsid", rows.code.name(code), "leader", "date", "yrinoffice")


def leader_dyad_years(data: Data, system: str, directed: bool) -> Table:
    """A row for every two leaders of different states who were in office on the same day, and year in which they were.

    The leaders' own columns end in 1 and 2. peacesciencer downloads such a table ready-made; this one is computed from
    the same leaders' days.
    """

    code, code1, code2 = CODES[system], f"{CODES[system]}1", f"{CODES[system]}2"
    spells = leader_spells(data, system)
    spells = spells.mutate(leaderage=spells.year - spells.yrborn)
    names = {code: "code", **{name: name for name in ("obsid", "gender", "leaderage", "yrinoffice")}}
    a = spells.select(year="year", b1="begins", e1="ends", **{f"{name}1": column for name, column in names.items()})
    b = spells.select(year2="year", b2="begins", e2="ends", **{f"{name}2": column for name, column in names.items()})
    apart = a[code1] != b[code2] if directed else a[code1] < b[code2]
    rows = a.join(b, [a.year == b.year2, apart, a.b1 <= b.e2, b.b2 <= a.e1])
    false = data(f"false_{system}_dyads")
    rows = rows.anti_join(false, [rows[name] == false[name] for name in (code1, code2, "year")])
    columns = (f"{name}{side}" for name in ("gender", "leaderage", "yrinoffice") for side in "12")
    return rows.select("obsid1", "obsid2", code1, code2, "year", *columns).distinct()


DISPUTES = {"gml": "gml_dirdisp", "cow": "cow_mid_dirdisps", "gml-leaders": "gml_mid_dirleaderdisps"}
"""The data sets of disputes, by the names for users: a row for each dispute, directed dyad and year."""


def known_disputes(source: str) -> str:
    """The name of a source of disputes, once checked.

    Raises `PanelError` when there is no such source.
    """
    if source not in DISPUTES:
        raise PanelError(f"no disputes are called {source}; there are {', '.join(DISPUTES)}", offender=source)
    return source


def dispute_years(data: Data, source: str) -> Table:
    """A row for every dispute, directed dyad (of states, or of leaders) and year, before any whittling."""
    return data(f"{DISPUTES[known_disputes(source)]}+row")


def _daily(spells: Table, start: str, end: str) -> Table:
    """Each row once for every day from one column to another, as the column `date`."""
    import ibis

    count = spells[end].delta(spells[start], unit="day")
    days = spells.mutate(days_=ibis.range(0, count + 1).unnest())
    return days.mutate(date=_later(days[start], days.days_)).drop("days_")


def _later(day: Value, count: Value) -> Value:
    """The day so many days later; DuckDB can add days only to a timestamp, and returns one."""
    return (day.cast("timestamp") + count.as_interval("D")).cast("date")
