"""Relations in a panel: what the ledger tells of two states on the last day of each year."""

from __future__ import annotations

import pytest

from comity.ledger import View
from comity.ledger.open import embedded
from comity.model import Claim, Published, PublishedBasis, When
from comity.panel.relations import Row, _Record, of_pair
from comity.sources.gazetteer import gazetteer


def claim(relation: str, when: str, subject: str = "chile", object: str = "peru", **fields: str) -> Claim:
    told = Published(When.parse("1990"), PublishedBasis.GIVEN)
    return Claim(subject, relation, object, when=When.parse(when), source="a page", published=told, **fields)


def rows(*claims: Claim, last: int = 1900) -> dict[tuple[int, int, int], Row]:
    one, other = gazetteer().polity("chile"), gazetteer().polity("peru")
    return {(row["ccode1"], row["ccode2"], row["year"]): row for row in of_pair(one, other, list(claims), last)}


def test_a_year_has_the_status_of_its_last_day_from_both_sides() -> None:
    told = rows(claim("relations.established", "1850-05-01"), claim("relations.severed", "1879-04-05"))
    states = {year: told[155, 135, year]["rel_status"] for year in (1850, 1878, 1879, 1900)}
    assert states == {1850: "established", 1878: "established", 1879: "severed", 1900: "severed"}
    assert all(told[135, 155, year]["rel_status"] == held for year, held in states.items())
    assert (155, 135, 1849) not in told


def test_a_mission_and_a_chief_are_of_the_side_that_keeps_them() -> None:
    told = rows(
        claim("relations.established", "1850-05-01"),
        claim("mission.opened", "1851-01-01", kind="legation"),
        claim("envoy.received", "1852-02-02", kind="Minister Resident"),
    )
    assert told[155, 135, 1852]["rel_mission1"] == told[135, 155, 1852]["rel_mission2"] == "legation"
    assert (told[155, 135, 1852]["rel_chief1"], told[155, 135, 1852]["rel_chief2"]) == (1, 0)
    assert (told[135, 155, 1852]["rel_chief1"], told[135, 155, 1852]["rel_chief2"]) == (0, 1)


def test_visits_are_counted_in_their_year_and_imprecise_dates_by_then() -> None:
    told = rows(claim("relations.established", "1850"), claim("visit", "1860-03-01"), claim("visit", "1860-09-01"))
    assert [told[155, 135, year]["rel_visits"] for year in (1859, 1860, 1861)] == [0, 2, 0]
    assert told[155, 135, 1855]["rel_imprecise"] == 1
    assert told[155, 135, 1860]["rel_imprecise"] == 1 / 3


def test_the_embedded_ledger_tells_of_peru_and_the_united_states() -> None:
    claims = View(embedded()).between("peru", "united-states")
    one, other = gazetteer().polity("peru"), gazetteer().polity("united-states")
    told = {row["year"]: row for row in of_pair(one, other, claims, 1930) if row["ccode1"] == 2}
    assert told[1900]["rel_status"] == "established"
    assert told[1925]["rel_mission1"] == "embassy"


def test_what_stands_is_looked_up_again_only_when_something_may_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """For pairs of much history, the rows are those that looking at every year anew would give."""
    view = View(embedded())
    for pair in (("peru", "united-states"), ("mexico", "united-states"), ("germany", "united-states")):
        claims, (one, other) = view.between(*pair), map(gazetteer().polity, pair)
        quick = list(of_pair(one, other, claims, 2025))
        with monkeypatch.context() as patched:
            patched.setattr(_Record, "turns", range(10_000))
            assert list(of_pair(one, other, claims, 2025)) == quick
        assert len(quick) > 200
