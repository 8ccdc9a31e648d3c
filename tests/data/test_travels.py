"""Journeys of presidents and secretaries of state, and the presidents' terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.model import Claim
from comity.sources.travels import Travels

US = "united-states"


@pytest.fixture(scope="module")
def travels(mirror: Path) -> dict[str, Claim]:
    adapter = Travels()
    return {record.locator: next(adapter.claims(record)) for record in adapter.records(mirror / "hsg-travels")}


def test_the_first_president_abroad_went_to_panama(travels: dict[str, Claim]) -> None:
    claim = travels["president-travels/roosevelt-theodore.xml#2654"]
    assert (claim.subject, claim.relation, claim.object) == (US, "visit", "panama")
    assert (str(claim.when), claim.kind) == ("1906-11-14/1906-11-17", "president")
    assert claim.label == "Colon, Panama City"
    president = claim.participant("president")
    assert president is not None
    assert (president.name, president.id) == ("Theodore Roosevelt", "roosevelt-theodore")


def test_a_secretarys_visit_says_so(travels: dict[str, Claim]) -> None:
    claim = travels["secretary-travels/root-elihu.xml#1791"]
    assert (claim.object, claim.kind, str(claim.when)) == (
        "argentina", "secretary of state", "1906-08-14/1906-08-21",
    )  # fmt: skip
    assert claim.participant("secretary") is not None


def test_a_visit_before_taking_office_is_no_presidents(travels: dict[str, Claim]) -> None:
    claim = travels["president-travels/hoover-herbert-c.xml#2676"]
    assert (claim.object, str(claim.when), claim.kind) == ("peru", "1928-12-05", "president-elect")


def test_a_presidents_visits_lie_within_his_terms(travels: dict[str, Claim]) -> None:
    terms: dict[str | None, list[Claim]] = {}
    for claim in travels.values():
        if claim.relation == "leader":
            terms.setdefault(claim.participants[0].name, []).append(claim)
    stray = [
        (locator, str(visit.when))
        for locator, visit in travels.items()
        if visit.relation == "visit" and visit.kind == "president" and not any(
            term.when and visit.when and term.when.earliest <= visit.when.earliest <= term.when.latest
            for term in terms[visit.participants[0].name]
        )
    ]  # fmt: skip
    assert stray == []


def test_a_term_still_held_is_open(travels: dict[str, Claim]) -> None:
    terms = [claim for claim in travels.values() if claim.relation == "leader"]
    assert len(terms) == 47
    first = travels["presidents/presidents.xml#president/1"]
    assert (first.label, str(first.when), first.object) == ("George Washington", "1789-04-30/1797-03-04", None)
    assert [claim.label for claim in terms if str(claim.when).endswith("/..")] == [terms[-1].label]


def test_the_host_is_the_state_of_the_day(travels: dict[str, Claim]) -> None:
    assert travels["secretary-travels/shultz-george-pratt.xml#1969"].object == "west-germany"
    hosts = {claim.object for claim in travels.values() if claim.relation == "visit"}
    assert {"west-germany", "germany", "soviet-union", "russia", "yugoslavia", "south-vietnam"} <= hosts
    assert US not in hosts
