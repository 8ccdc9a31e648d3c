"""One agreement under several names of one document, and until when sources cover what they state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from answers import claim
from comity.ledger import View, Writer
from comity.model import Claim, Published, PublishedBasis, When
from comity.query.ask import ask
from comity.query.coverage import NO_COVERAGE, Coverage
from comity.reconcile.events import gather
from comity.reconcile.titles import titles

TITLE = "United States–Peru Trade Promotion Agreement"


def signed(label: str, when: str | None = "2006-04-12", document: str = "page#1", relation: str = "signed") -> Claim:
    return claim(f"agreement.{relation}", when, label=label, locator=document)


@pytest.mark.parametrize("name", ["PTPA", "TPA", "the new free trade agreement", "trade agreement"])
def test_an_abbreviation_or_a_description_means_the_title_of_the_same_page(name: str) -> None:
    calls = signed(name, document="page#2")
    assert titles([signed(TITLE), calls]) == {calls.id: TITLE}


@pytest.mark.parametrize("name", ["ATPDEA", "the extradition treaty", "Andean Trade Preference Act", "trade act"])
def test_another_agreement_keeps_its_name(name: str) -> None:
    assert titles([signed(TITLE), signed(name, document="page#2")]) == {}


def test_with_two_titles_that_fit_nothing_is_decided() -> None:
    second = signed("Trade Protection Agreement of 1950", "1950", "page#3")
    assert titles([signed(TITLE), second, signed("TPA", document="page#2")]) == {}


def test_another_document_or_another_pair_gives_no_title() -> None:
    elsewhere = signed("TPA", document="other#2")
    assert titles([signed(TITLE), elsewhere]) == {}
    assert titles([signed(TITLE), signed("TPA", document="page#2").but(object="bolivia")]) == {}


def test_the_events_of_one_agreement_take_its_title() -> None:
    events = gather([signed(TITLE), signed("PTPA", "2009-02-01", "page#2", "in-force")])
    assert {event.title or event.label for event in events} == {TITLE}


def ledger(folder: Path) -> View:
    day = Published(When.parse("2026-01-01"), PublishedBasis.STATED)
    claims = [
        claim("envoy.received", "2001-05-01", kind="Ambassador", envoy="A. Ruiz", source="list@1", published=day),
        claim("envoy.received", "2020-10-05", kind="Ambassador", envoy="B. Sol", source="list@1").but(object="bolivia"),
        claim("war", "2024/2025", source="list@1"),
    ]
    Writer(str(folder)).append(claims, source=None, adapter="test 1", who="a test")
    return View(str(folder))


def test_a_source_covers_a_relation_until_the_last_that_it_states_of_it(tmp_path: Path) -> None:
    view = ledger(tmp_path)
    received = [each for each in view.claims() if each.relation == "envoy.received"]
    coverage = Coverage(view)
    assert coverage.until(received) == date(2020, 10, 5)
    assert coverage.ended(received, date(2020, 10, 5)) is None
    assert coverage.ended(received, date(2023, 1, 1)) == date(2020, 10, 5)
    assert NO_COVERAGE.until(received) is None


def test_what_a_document_states_holds_at_least_until_its_publication(tmp_path: Path) -> None:
    page = claim(
        "envoy.received", "2001", source="page", published=Published(When.parse("2010-03"), PublishedBasis.GIVEN)
    )
    assert Coverage(ledger(tmp_path)).until([page]) == date(2010, 3, 31)


def test_after_the_coverage_of_its_source_an_envoy_is_the_last_known(tmp_path: Path) -> None:
    view = ledger(tmp_path)
    assert ask(view, "peru", "chile", "envoy", When.parse("2005")).certainty == "yes"
    recent = ask(view, "peru", "bolivia", "envoy", When.parse("2023"))
    assert (recent.status, recent.certainty, recent.covered_until) == (
        "B. Sol, Ambassador (last known)", "not covered", date(2020, 10, 5),
    )  # fmt: skip
