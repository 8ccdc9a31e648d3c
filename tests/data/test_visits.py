"""Visits of foreign leaders: who came from where, when, and on what kind of visit."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from comity.model import Claim, PublishedBasis
from comity.sources.visits import Visits


@pytest.fixture(scope="module")
def visits(mirror: Path) -> dict[str, Claim]:
    adapter = Visits()
    return {record.locator: next(adapter.claims(record)) for record in adapter.records(mirror / "hsg-visits")}


def test_the_first_visit_is_a_kings(visits: dict[str, Claim]) -> None:
    claim = visits["data/1870.xml#2138"]
    assert (claim.subject, claim.relation, claim.object) == ("hawaii", "visit", "united-states")
    assert (str(claim.when), claim.kind) == ("1874-12-12/1874-12-23", "visit")
    leader = claim.participant("leader")
    assert leader is not None
    assert (leader.name, leader.id) == ("King Kalakaua", None)
    assert (str(claim.published.when), claim.published.basis) == ("2010-10-25", PublishedBasis.STATED)


def test_a_visit_of_one_day_is_a_day(visits: dict[str, Claim]) -> None:
    claim = visits["data/2000.xml#1663"]
    assert (claim.subject, str(claim.when), claim.kind) == ("paraguay", "2003-09-26", "working visit")


def test_the_kind_is_what_the_description_opens_with(visits: dict[str, Claim]) -> None:
    assert visits["data/1980.xml#576"].kind == "state visit"
    assert visits["data/1990.xml#1206"].kind == "official working visit"
    assert visits["data/1960.xml#2507"].kind == "visit"  # at a funeral
    kinds = Counter(claim.kind for claim in visits.values())
    assert set(kinds) <= {"visit", "state visit", "official visit", "working visit", "official working visit",
                          "private visit", "informal visit", "unofficial visit"}  # fmt: skip
    assert kinds["state visit"] > 100


def test_the_home_is_the_state_of_the_day(visits: dict[str, Claim]) -> None:
    assert visits["data/1970.xml#167"].subject == "cambodia"  # the Khmer Republic
    homes = {claim.subject for claim in visits.values()}
    assert {"west-germany", "germany", "soviet-union", "russia", "south-vietnam", "yugoslavia"} <= homes


def test_every_visit_is_of_a_foreigner_to_the_united_states(visits: dict[str, Claim]) -> None:
    for claim in visits.values():
        assert claim.object == "united-states"
        assert claim.subject != "united-states"
        assert claim.when is not None
        assert 1874 <= claim.when.earliest.year <= 2026
        assert (claim.when.latest - claim.when.earliest).days < 120, claim
