"""Words to what they may mean, and the codes of every list to the polity of the day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import shipped
from comity.errors import AmbiguousPolity, UnknownPolity
from comity.ledger.ingest import harvest
from comity.model import Certainty, Claim, When
from comity.reading import load, read
from comity.reconcile.candidates import Candidate
from comity.reconcile.linking import agreements, polities, wars
from comity.reconcile.names import resolve
from comity.reconcile.persons import persons
from comity.sources.gazetteer import gazetteer
from comity.sources.registry import adapter
from comity.sources.research.frames import rows
from comity.sources.spellings import spellings
from strategies import plain_dates

TABLE = tomllib.loads(Path(__file__).with_name("linking.toml").read_text(encoding="utf-8"))
NAMES = sorted({name.text for polity in gazetteer() for name in polity.names if name.kind != "capital"})
# A list goes by one name for states that comity keeps apart.
UNDER_ANOTHER_S_NAME = {
    ("255", "Germany"),  # Prussia, before 1871
    ("260", "German Federal Republic"),  # Germany, since 1990
    ("300", "Austria-Hungary"),  # the Austrian Empire, before 1867
    ("325", "Italy"),  # Piedmont-Sardinia, before 1861
    ("325", "Italy/Sardinia"),  # Italy, since 1861
    ("345", "Yugoslavia"),  # Serbia, before 1918 and since 2006
    ("678", "Yemen (Arab Republic of Yemen)"),  # Yemen, since 1990
    ("816", "Vietnam, Democratic Republic of"),  # Vietnam, since 1976
}
OFFICES = ("leader", "envoy.appointed", "envoy.received", "envoy.departed")


def table(kind: str) -> Any:
    held = TABLE[kind]["rows"]
    return pytest.mark.parametrize("row", held, ids=[f"{row['text']} {row.get('on', '')}" for row in held])


def on(row: dict[str, Any]) -> When | None:
    return When.parse(row["on"]) if "on" in row else None


def weights(found: Iterable[Candidate]) -> dict[str, float]:
    return {one.meant: one.weight for one in found}


@pytest.fixture(scope="module")
def ruled(mirror: Path) -> list[Claim]:
    """Who ruled, to the day."""
    return told(mirror, "archigos")


@pytest.fixture(scope="module")
def fought(mirror: Path) -> list[Claim]:
    """The wars between states."""
    return told(mirror, "cow-wars")


@pytest.fixture(scope="module")
def page(shared: Path) -> list[Claim]:
    """What the page that started comity says."""
    (document,) = load(str(shared / "documents" / "globalsecurity-peru-united-states.txt"))
    return read(document)


def told(mirror: Path, id: str) -> list[Claim]:
    return harvest(adapter(id), mirror / adapter(id).source.place).claims


@table("polities")
def test_a_name_keeps_every_polity_that_it_may_mean(row: dict[str, Any]) -> None:
    assert weights(polities(row["text"], on(row))) == row["means"]


@table("persons")
def test_a_person_is_linked_by_office_and_day(row: dict[str, Any], ruled: list[Claim]) -> None:
    concerned = [claim for claim in ruled if row["of"] in claim.parties]
    found = persons(row["text"], on(row), [*shipped().about(row["of"], OFFICES), *concerned], row["of"])
    assert {f"{one.meant} {one.when.earliest.year}": one.weight for one in found if one.when} == row["means"]


@table("agreements")
def test_an_agreement_is_linked_by_title_parties_and_day(row: dict[str, Any], page: list[Claim]) -> None:
    assert weights(agreements(page, row["text"], on(row), row["parties"])) == row["means"]


@table("wars")
def test_a_war_is_linked_by_name_parties_and_day(row: dict[str, Any], fought: list[Claim]) -> None:
    concerned = [claim for claim in fought if set(row["parties"]) <= claim.parties]
    assert weights(wars(concerned, row["text"], on(row), row["parties"])) == row["means"]


def test_a_person_known_from_two_sources_is_one_with_both_claims(ruled: list[Claim]) -> None:
    american = [claim for claim in ruled if claim.subject == "united-states"]
    (bush,) = persons("Bush", When.parse("2005"), [*shipped().about("united-states", ["leader"]), *american])
    assert len({claim.source for claim in bush.claims}) == 2


def test_a_successor_of_the_same_name_is_another() -> None:
    father, son = (
        Claim("haiti", "leader", label=name, kind="president", when=When.parse(when), source=source)
        for name, when, source in (
            ("François Duvalier", "1957-10-22/1971-04-22", "one list"),
            ("Jean-Claude Duvalier", "1971-04-22/1986-02-07", "another"),
        )
    )
    found = [one.meant for one in persons("Duvalier", claims=[father, son], polity="haiti")]
    assert {"François Duvalier", "Jean-Claude Duvalier"} <= set(found)


def test_an_ended_agreement_is_less_likely_meant_when_it_is_not_named() -> None:
    ended = [
        Claim("peru", relation, "chile", label="Convention of Commerce", when=When.parse(year), source="a page")
        for relation, year in (("agreement.signed", "1835"), ("agreement.ended", "1836"))
    ]
    assert weights(agreements(ended, "the convention", When.parse("1850"))) == {"Convention of Commerce": 0.25}
    assert weights(agreements(ended, "the Convention of Commerce", When.parse("1850"))) == {
        "Convention of Commerce": 1.0
    }


@given(st.sampled_from(NAMES), st.none() | plain_dates())
def test_whatever_is_resolved_is_the_likest_candidate(name: str, when: When | None) -> None:
    found = weights(polities(name, when))
    assert sum(found.values()) <= 1.01
    try:
        chosen = [resolve(name, when).polity.id]
    except AmbiguousPolity as ambiguous:
        chosen = [id for id in ambiguous.candidates if id in found]
    except UnknownPolity:
        assert spellings().entity(name)  # the name of a polity once, and of what is no state today
        return
    assert max(found, key=lambda id: found[id]) in chosen


def spells(mirror: Path) -> Iterator[tuple[str, str, str, date, date]]:
    """Every spell of the two lists of states: scheme, number, the list's name, first and last day."""
    for row in rows(mirror / "peacesciencer" / "data" / "cow_states.rda"):
        first, last = (date(*(int(row[f"{end}{part}"]) for part in ("year", "month", "day"))) for end in ("st", "end"))
        yield "cow", str(int(row["ccode"])), row["statenme"], first, last
    for row in rows(mirror / "peacesciencer" / "data" / "gw_states.rda"):
        yield "gw", str(int(row["gwcode"])), row["statename"], row["startdate"], row["enddate"]


def test_every_state_of_both_lists_is_one_polity_in_each_of_its_years(mirror: Path) -> None:
    years, astray = 0, []
    for scheme, number, name, first, last in spells(mirror):
        for year in range(first.year, last.year + 1):
            days = {max(first, date(year, 1, 1)), min(last, date(year, 12, 31))}
            found = {gazetteer().of(scheme, number, When.on(day)) for day in days}
            astray += [(scheme, number, name, year)] if any(len(polities) != 1 for polities in found) else []
            years += 1
    assert years > 30_000
    assert astray == []


def test_the_name_in_a_list_never_excludes_the_polity_of_its_number(mirror: Path) -> None:
    """A list calls a number by one name through all its years; in none may that name mean others alone."""
    astray = set()
    for scheme, number, name, first, last in spells(mirror):
        for year in range(first.year + 1, last.year + 1):
            day = When.on(date(year, 1, 1))
            meant = weights(polities(name, day))
            if meant and gazetteer().of(scheme, number, day)[0].id not in meant:
                astray.add((number, name))
    assert astray == UNDER_ANOTHER_S_NAME


def test_the_united_states_of_america_are_never_lost(mirror: Path) -> None:
    held = {(scheme, number) for scheme, number, name, _, _ in spells(mirror) if name == "United States of America"}
    assert held == {("cow", "2"), ("gw", "2")}
    for year in range(1776, 2031):
        day = When.on(date(year, 7, 4))
        assert {p.id for scheme in ("cow", "gw") for p in gazetteer().of(scheme, "2", day)} == {"united-states"}
        assert weights(polities("United States of America", day)) == {"united-states": 1.0}


def codes(polity: str, day: When) -> set[str]:
    """The codes of a polity that may hold on a day, each with its scheme."""
    held = gazetteer().polity(polity).codes
    return {f"{c.scheme} {c.value}" for c in held if c.when is None or c.when.overlaps(day) is not Certainty.NO}


@pytest.mark.parametrize(
    ("name", "day", "polity", "expected"),
    [
        ("United States of America", "1850", "united-states", "2 2 USA Q30 -"),
        ("Prussia", "1850", "prussia", "255 255 - - germany"),
        ("Germany", "1900", "germany", "255 255 DEU Q183 germany"),
        ("West Germany", "1970", "west-germany", "260 260 - - germany"),
        ("Germany", "2000", "germany", "255 260 DEU Q183 germany"),
        ("Serbia", "1900", "serbia", "345 340 SRB Q403 serbia"),
        ("Yugoslavia", "1970", "yugoslavia", "345 345 YUG Q36704 yugoslavia"),
        ("Serbia", "2010", "serbia", "345 340 SRB Q403 serbia"),
        ("Yemen", "1970", "northern-yemen", "678 678 - - yemen"),
        ("Yemen", "2000", "yemen", "679 678 YEM Q805 yemen"),
        ("Vietnam", "2000", "vietnam", "816 816 VNM Q881 vietnam"),
        ("Russia", "1950", "soviet-union", "365 365 SUN Q15180 russia"),
    ],
)
def test_the_codes_of_five_schemes_cross_walk_on_the_day(name: str, day: str, polity: str, expected: str) -> None:
    when = When.parse(day)
    assert polity in weights(polities(name, when))
    schemes = ("cow", "gw", "iso3", "wikidata", "hsg")
    for scheme, value in zip(schemes, expected.split(), strict=True):
        held = {code.partition(" ")[2] for code in codes(polity, when) if code.startswith(f"{scheme} ")}
        assert value in (held or {"-"}), scheme
        assert value == "-" or polity in {found.id for found in gazetteer().of(scheme, value, when)}, scheme


def test_the_polity_of_a_number_bears_it_on_the_first_and_the_last_day(mirror: Path) -> None:
    for scheme, number, name, first, last in spells(mirror):
        for day in (first, last):
            (polity,) = gazetteer().of(scheme, number, When.on(day))
            assert f"{scheme} {number}" in codes(polity.id, When.on(day)), (name, day)
