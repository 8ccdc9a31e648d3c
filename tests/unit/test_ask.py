"""One relation on a day: whether it held, on what evidence, as known by when; never a guess, never by chance."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import US, asked, claim, shipped
from comity.errors import BadDate, UnknownPolity, UnknownRelation
from comity.ledger import View, Writer
from comity.model import Claim, Modality, Published, PublishedBasis, When
from comity.present import answer as text
from comity.present.shapes import replies
from comity.present.visible import dumps
from comity.query.ask import Answer, ask
from comity.query.status import State
from comity.relations import topics, vocabulary
from strategies_relations import claims, whens

ANSWER = {
    "subject", "object", "relation", "as_of", "known_by", "status", "since", "until", "certainty", "value",
    "unit", "covered_until", "evidence", "conflicts",
}  # fmt: skip
CLAIM = {
    "id", "document", "subject", "relation", "object", "label", "kind", "participants", "when", "value", "unit",
    "modality", "source", "span", "confidence", "reason",
}  # fmt: skip
DAY = st.dates(date(1898, 1, 1), date(1912, 12, 31)).map(When.on)


def append(url: str | Path, *held: Claim) -> None:
    Writer(url).append(held, source=None, adapter="made up 1", who="a test")


def on(as_of: str, relation: str = "relations", one: str = "Peru", other: str = US) -> Answer:
    return ask(shipped(), one, other, relation, When.parse(as_of))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return str(tmp_path / "ledger")


def small(url: str, *held: Claim) -> View:
    append(url, *held)
    return View(url)


# The embedded ledger


def test_relations_with_peru_were_not_yet_established_on_20_may_1827() -> None:
    found = on("1827-05-20")
    assert (found.status, found.certainty) == ("not yet established", "no")
    assert found.until == When.parse("1827-05-21")


def test_relations_with_peru_were_established_on_22_may_1827() -> None:
    found = on("1827-05-22")
    assert (found.status, found.certainty) == ("established", "yes")
    assert found.since == When.parse("1827-05-21")
    assert found.evidence[0].relation == "relations.established"
    (conflict,) = found.conflicts
    assert (conflict.preferred.when, conflict.other.when) == (When.parse("1827-05-21"), When.parse("1826"))


def test_the_mission_asked_for_is_that_of_the_first_with_the_second() -> None:
    ours, theirs = on("1900", "mission", US, "Peru"), on("1900", "mission", "Peru", US)
    assert (ours.status, ours.since) == ("legation", When.parse("1827-05-21"))
    assert theirs.since == When.parse("1846")
    assert on("1921", "mission", US, "Peru").status == "embassy"


def test_an_envoy_asked_for_is_the_one_at_the_post() -> None:
    found = on("1827-06-01", "envoy", US, "Peru")
    assert found.status.startswith("James Cooley")
    assert found.since == When.parse("1827-05-21")


def test_a_mission_in_a_land_whose_relations_were_severed_is_none() -> None:
    found = on("1985", "mission", US, "Iran")
    assert (found.status, found.certainty) == ("closed", "no")
    assert found.evidence[0].relation == "relations.severed"


@pytest.mark.parametrize("relation", ["war", "alliance", "relations.established", "agreement", "trade"])
def test_of_what_no_source_tells_the_answer_is_unknown(relation: str) -> None:
    found = on("1900", relation, "Chile", "Peru")
    assert (found.status, found.certainty, found.evidence) == ("unknown", "unknown", ())


PAIRS = [("Peru", "1826"), ("Peru", "1900"), ("Cuba", "1970"), ("Iran", "1985"), ("Germany", "1943"), ("Libya", "2015")]


@pytest.mark.parametrize(("one", "as_of"), PAIRS)
def test_the_answer_on_relations_is_the_status_of_the_dossier(one: str, as_of: str) -> None:
    status, found = asked(one, US, as_of).status, on(as_of, "relations", one)
    assert found.certainty == ("yes" if status.state is State.ESTABLISHED else "no")
    if status.state not in (State.UNKNOWN, State.RECOGNIZED):
        assert found.status == status.state.value
        assert found.since == (None if status.at_the_latest else status.since)
        assert found.evidence == status.basis
    assert found.until == status.until


@pytest.mark.parametrize("relation", [*topics(), *(term.id for term in vocabulary())])
def test_everything_that_can_be_asked_is_answered_in_one_shape(relation: str) -> None:
    for one, as_of in PAIRS[1:4]:
        found = ask(shipped(), one, US, relation, When.parse(as_of))
        shape_holds(replies.Answer.of(found, shipped().sources()).as_json())
        lines = text.answer(found, shipped().sources()).splitlines()
        assert lines[0].endswith(f": {found.status}")
        assert lines[1].startswith(f"  certainty: {found.certainty}")


def shape_holds(made: dict[str, Any]) -> None:
    assert set(json.loads(dumps(made))) == ANSWER
    assert made["certainty"] in ("yes", "no", "possibly", "unknown", "not covered")
    assert (made["covered_until"] is None) == (made["certainty"] != "not covered")
    for when in (made["since"], made["until"]):
        assert when is None or set(when) == {"edtf", "earliest", "latest"}
    known = {evidence["id"] for evidence in made["evidence"]}
    assert len(known) == len(made["evidence"])
    for evidence in made["evidence"]:
        assert set(evidence) == CLAIM
        assert set(evidence["source"]) == {"id", "title", "published", "published_basis", "locator"}
        assert evidence["source"]["title"]
    for conflict in made["conflicts"]:
        assert {"claims", "about"} <= set(conflict)
        assert len(conflict["claims"]) == 2


def test_a_word_that_is_no_relation_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownRelation, match='"friendship" is not a relation that comity knows; ask for one of reco'):
        on("1900", "friendship")


def test_a_name_that_nobody_bears_and_an_interval_are_refused() -> None:
    with pytest.raises(UnknownPolity):
        on("1900", "relations", "Peruu")
    with pytest.raises(BadDate, match="1826/1830 is an interval"):
        on("1826/1830")


# Three values, on ledgers made up


@pytest.mark.parametrize(
    ("as_of", "certainty"), [("1825-12-31", "no"), ("1826-03", "possibly"), ("1826", "yes"), ("1827-01-01", "yes")]
)
def test_relations_dated_1826_alone_were_possibly_established_in_march(url: str, as_of: str, certainty: str) -> None:
    view = small(url, claim("relations.established", "1826"))
    found = ask(view, "Peru", "Chile", "relations", When.parse(as_of))
    assert found.certainty == certainty
    if certainty == "possibly":
        assert found.status == "not yet established, possibly established"
        assert [event.when for event in found.evidence] == [When.parse("1826")]


def test_an_agreement_holds_while_its_interval_lasts(url: str) -> None:
    view = small(url, claim("alliance", "1879-02/1883-10-20"))
    dates = ("1878", "1879-02-10", "1880", "1883-10-21")
    found = [ask(view, "Peru", "Chile", "alliance", When.parse(as_of)) for as_of in dates]
    assert [one.certainty for one in found] == ["no", "possibly", "yes", "no"]
    assert found[3].status == "alliance, over"


def test_a_plan_and_a_denial_establish_nothing(url: str) -> None:
    said = [claim("relations.established", "1826", modality=how) for how in (Modality.PLANNED, Modality.DENIED)]
    found = ask(small(url, said[0]), "Peru", "Chile", "relations", When.parse("1900"))
    assert found.certainty == "unknown"


def test_what_a_source_denies_is_answered_no_unless_another_states_it(url: str) -> None:
    denial = claim("relations.established", "1826", modality=Modality.DENIED)
    found = ask(small(url, denial), "Peru", "Chile", "relations", When.parse("1900"))
    assert (found.status, found.certainty) == ("none: a source denies that they began", "no")
    assert [event.claims for event in found.evidence] == [(denial,)]
    stated = ask(small(url, claim("relations.established", "1850")), "Peru", "Chile", "relations", When.parse("1900"))
    assert stated.certainty == "yes"


def test_what_was_published_after_the_day_of_knowing_does_not_count(url: str) -> None:
    said = Published(When.parse("2009"), PublishedBasis.STATED)
    view = small(url, claim("relations.established", "1826", published=said))
    answers = [ask(view, "Peru", "Chile", "relations", None, known and When.parse(known)) for known in (None, "2008")]
    assert [one.certainty for one in answers] == ["yes", "unknown"]


def test_recognition_withdrawn_is_no_recognition(url: str) -> None:
    view = small(url, claim("recognition", "1900"), claim("recognition.withdrawn", "1905"))
    found = [ask(view, "Peru", "Chile", "recognition", When.parse(as_of)) for as_of in ("1904", "1906")]
    assert [(one.status, one.certainty) for one in found] == [("recognized", "yes"), ("recognition withdrawn", "no")]


def told(url: str, relation: str, day: When, known_by: str | None = None) -> str:
    known = When.parse(known_by) if known_by else None
    return dumps(replies.Answer.of(ask(View(url), "Peru", "Chile", relation, day, known), {}))


RELATION = st.sampled_from(["relations", "recognition", "mission", "envoy", "war", "agreement"])
LATER = claims(st.integers(1971, 1980).map(lambda year: When.parse(str(year))))


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(claims(), max_size=6), st.lists(LATER, min_size=1, max_size=4), RELATION, DAY)
def test_a_claim_that_is_added_changes_no_answer_known_by_an_earlier_day(
    held: list[Claim], added: list[Claim], relation: str, day: When
) -> None:
    with tempfile.TemporaryDirectory() as url:
        append(url, *held)
        before = told(url, relation, day, "1970")
        append(url, *added)
        assert told(url, relation, day, "1970") == before


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(claims(), min_size=1, max_size=8, unique_by=lambda one: one.id), st.randoms(), RELATION, DAY)
def test_the_order_of_ingestion_changes_no_answer(held: list[Claim], chance: Any, relation: str, day: When) -> None:
    shuffled = held[:]
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        append(one, *held)
        for part in (shuffled[:3], shuffled[3:]):
            append(other, *part)
        assert told(one, relation, day) == told(other, relation, day)


@pytest.mark.slow
@settings(max_examples=25)
@given(whens(), DAY)
def test_an_answer_on_one_imprecise_claim_is_possibly_just_when_the_day_lies_within_it(when: When, day: When) -> None:
    with tempfile.TemporaryDirectory() as url:
        append(url, claim("relations.established").but(when=when))
        found = ask(View(url), "Peru", "Chile", "relations", day)
    expected = "no" if day.latest < when.earliest else "yes" if day.latest >= when.begin_latest else "possibly"
    assert found.certainty == expected


def test_a_war_is_over_once_relations_began_again() -> None:
    assert on("1847", "war", "Mexico").certainty == "yes"
    after = on("1900", "war", "Mexico")
    assert (after.status, after.certainty) == ("over", "no")
    assert after.until is not None
    assert after.until.latest.year == 1848


@pytest.mark.parametrize(
    ("one", "other", "began", "ended"),
    [("Austria-Hungary", "United States", "1917", 1918), ("Netherlands", "United Kingdom", "1780", 1795)],
)
def test_a_war_of_which_no_end_is_told_is_over_with_a_party(one: str, other: str, began: str, ended: int) -> None:
    assert on(began, "war", one, other).certainty == "yes"
    after = on("1999", "war", one, other)
    assert (after.status, after.certainty) == ("over", "no")
    assert after.until is not None
    assert after.until.latest.year == ended


def test_relations_of_a_state_that_the_lists_leave_out_for_a_time_are_not_said_to_have_ended() -> None:
    occupied = on("1950", "relations", "Estonia")
    assert occupied.status == "not counted as a state; relations continued, according to a source"
    assert occupied.certainty == "possibly"
    assert {event.modality for event in occupied.evidence} >= {Modality.DENIED}
    assert (on("1950", "relations", "Ethiopia").status, on("1938", "relations", "Ethiopia").certainty) == (
        "established", "unknown",
    )  # fmt: skip
    assert on("1995", "relations", "Estonia").certainty == "yes"
    assert on("2020", "relations", "Texas").status == "ended"
