"""Claims gathered into events: told twice is one event, and who came first never matters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import claim, events
from comity.model import Certainty, Claim, Modality, Verdict, When
from comity.reconcile.events import Event, gather, order, record_of
from comity.relations import vocabulary
from strategies_claims import claims as any_claims
from strategies_relations import claims

MANY = st.lists(claims(), max_size=10, unique_by=lambda one: one.id)


def test_the_same_event_told_twice_is_one_with_the_finer_date_first() -> None:
    coarse, fine = claim("recognition", "1826"), claim("recognition", "1826-05-02", source="annals@2")
    (event,) = events(coarse, fine)
    assert event.claims == (fine, coarse)
    assert event.when == fine.when
    (judged,) = event.judgements()
    assert (judged.verdict, judged.first, judged.second) == (Verdict.REFINES, fine.id, coarse.id)


def test_two_sources_with_one_date_corroborate_each_other() -> None:
    one, other = claim("recognition", "1826-05-02"), claim("recognition", "1826-05-02", source="annals@2")
    (event,) = events(one, other)
    (judged,) = event.judgements()
    assert judged.verdict is Verdict.CORROBORATES
    assert {judged.first, judged.second} == {one.id, other.id}


def test_one_source_that_says_it_twice_corroborates_nothing() -> None:
    (event,) = events(claim("recognition", "1826-05-02"), claim("recognition", "1826-05-02", locator="#9"))
    assert len(event.claims) == 2
    assert [judged.verdict for judged in event.judgements()] == [Verdict.SAME_AS]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("recognition", "1826"), claim("recognition", "1827")),
        (claim("recognition", "1826"), claim("recognition", "1826", modality=Modality.DENIED)),
        (claim("recognition", "1826"), claim("recognition", "1826", modality=Modality.PLANNED)),
        (claim("recognition", "1826"), claim("recognition", "1826", "chile", "peru")),
        (claim("recognition", "1826"), claim("relations.established", "1826")),
        (claim("recognition", "1826"), claim("recognition")),
        (claim("mission.opened", "1826", kind="legation"), claim("mission.opened", "1826", kind="embassy")),
        (
            claim("mission.opened", "1826", kind="consulate", label="Arica"),
            claim("mission.opened", "1826", kind="consulate", label="Callao"),
        ),
        (claim("envoy.received", "1826", envoy="A. Ruiz"), claim("envoy.received", "1826", envoy="B. Soto")),
        (claim("visit", "1826", envoy="A. Ruiz"), claim("visit", "1826", envoy="B. Soto")),
        (claim("leader", "1826", label="A. Ruiz"), claim("leader", "1826", label="B. Soto")),
        (
            claim("agreement.signed", "1826", label="Treaty of Amity", locator="#1"),
            claim("agreement.signed", "1826", label="Tariff Act", locator="#2"),
        ),
        (claim("quality", "1826", kind="cordial"), claim("quality", "1826", kind="strained")),
    ],
)  # fmt: skip
def test_what_differs_in_date_kind_town_person_title_side_or_modality_is_two_events(one: Claim, other: Claim) -> None:
    assert len(events(one, other)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("relations.established", "1826"), claim("relations.established", "1826", "chile", "peru")),
        (claim("mission.opened", "1826", kind="legation"), claim("mission.opened", "1826-05")),
        (
            claim("mission.opened", "1826", kind="legation", label="Lima"),
            claim("mission.opened", "1826", kind="legation"),
        ),
        (
            claim("mission.opened", "1826", kind="consulate", label="Arica"),
            claim("mission.opened", "1826", kind="consulate", label="ARICA"),
        ),
        (claim("agreement.signed", "1826", label="Treaty of Amity"), claim("agreement.signed", "1826")),
        (
            claim("agreement.signed", "1826", label="Treaty of Amity", locator="#1/p1"),
            claim("agreement.signed", "1826", label="Tariff Act", locator="#1"),
        ),
        (
            claim("agreement.signed", "1826-05", label="the Treaty of Amity"),
            claim("agreement.signed", "1826", label="Treaty of Amity", locator="#9"),
        ),
        (claim("recognition"), claim("recognition", source="annals@2")),
    ],
)  # fmt: skip
def test_what_agrees_is_one_event(one: Claim, other: Claim) -> None:
    assert len(events(one, other)) == 1


def test_claims_that_each_agree_with_a_coarse_one_but_not_with_each_other_are_kept_apart() -> None:
    told = events(claim("recognition", "1826"), claim("recognition", "1826-05"), claim("recognition", "1826-06"))
    assert [str(event.when) for event in told] == ["1826-05", "1826-06"]
    assert sum(len(event.claims) for event in told) == 3


def test_an_embassy_and_a_legation_are_not_joined_by_a_claim_without_a_kind() -> None:
    told = events(*(claim("mission.opened", "1826", kind=kind) for kind in ("legation", "embassy", None)))
    assert len(told) == 2
    assert all(len({one.kind for one in event.claims if one.kind}) == 1 for event in told)


def test_credentials_of_the_day_bear_an_event_out_and_an_appointment_a_recognition() -> None:
    day = "1826-05-02"
    appointed, received = claim("envoy.appointed", day, envoy="A. Ruiz"), claim("envoy.received", day, envoy="A. Ruiz")
    told = events(claim("recognition", day), claim("relations.established", day), appointed, received)
    support = {event.relation: event.support for event in told}
    assert support["recognition"] == (appointed, received)
    assert support["relations.established"] == (received, appointed)
    assert support["envoy.received"] == ()


@pytest.mark.parametrize(
    "changes", [{"subject": "bolivia"}, {"modality": Modality.DENIED}, {"when": When.parse("1826-05-03")}]
)
def test_an_envoy_of_others_of_another_day_or_one_denied_bears_nothing_out(changes: dict[str, Any]) -> None:
    envoy = claim("envoy.received", "1826-05-02", envoy="A. Ruiz", locator="#9").but(**changes)
    (event,) = [one for one in events(claim("relations.established", "1826-05-02"), envoy) if one.relation[0] == "r"]
    assert event.support == ()


def test_of_a_year_the_envoy_of_the_same_record_bears_the_event_out() -> None:
    opened = claim("mission.opened", "1846", kind="legation", locator="peru.xml#2")
    told = [
        claim("envoy.appointed", "1846-12", envoy="A. Ruiz", locator="peru.xml#2/p1"),
        claim("envoy.appointed", "1846-12", envoy="B. Soto", locator="peru.xml#3/p1"),
    ]
    (event,) = [one for one in events(opened, *told) if one.relation == "mission.opened"]
    assert event.support == (told[0],)


def test_events_of_one_day_come_in_the_order_in_which_they_can_follow() -> None:
    kinds = ("relations.severed", "mission.raised", "mission.opened", "relations.established", "recognition")
    told = events(*(claim(kind, "1826-05-02") for kind in kinds))
    assert [event.relation for event in told] == list(reversed(kinds))


def test_undated_events_come_last() -> None:
    told = events(claim("cooperation", label="mines"), claim("recognition", "1999"), claim("recognition"))
    assert [event.when is None for event in told] == [False, True, True]


def test_a_paragraph_belongs_to_its_record() -> None:
    assert record_of("a.xml#summary/p12") == record_of("a.xml#summary") == "a.xml#summary"
    assert record_of("a.xml#p1b") == "a.xml#p1b"


@given(MANY)
def test_every_claim_is_in_just_one_event(told: list[Claim]) -> None:
    held = [one.id for event in gather(told) for one in event.claims]
    assert sorted(held) == sorted(one.id for one in told)


@given(MANY, st.randoms())
def test_the_order_in_which_claims_come_changes_no_event(told: list[Claim], chance: Any) -> None:
    shuffled = told[:]
    chance.shuffle(shuffled)
    assert gather(shuffled) == gather(told)


@given(MANY)
def test_the_claims_of_an_event_agree_in_what_and_whom_and_the_first_is_the_finest(told: list[Claim]) -> None:
    for event in gather(told):
        assert {(one.relation, one.parties, one.modality) for one in event.claims} == {
            (event.relation, event.parties, event.modality)
        }
        assert len({one.kind for one in event.claims if one.kind}) <= 1 or event.relation.startswith(("rec", "rel"))
        assert event.when == event.claims[0].when
        for one in event.claims[1:]:
            assert event.when == one.when or (event.when and one.when and agrees(event.when, one.when))


def agrees(finer: When, coarser: When) -> bool:
    """Whether a date is another's, more precisely, or lies within the bounds that it sets to an act."""
    bounds = coarser.is_interval and not finer.is_interval and finer.during(coarser) is not Certainty.NO
    return finer.refines(coarser) or bounds


@pytest.mark.slow
@given(MANY)
def test_events_come_in_order_of_time(told: list[Claim]) -> None:
    found = gather(told)
    assert found == sorted(found, key=order)
    dated = [event.when.begin_latest for event in found if event.when]
    assert dated == sorted(dated)
    assert all(event.when is None for event in found[len(dated) :])


@given(st.lists(any_claims(), max_size=6, unique_by=lambda one: one.id), st.randoms())
def test_any_claims_of_the_model_can_be_gathered(told: list[Claim], chance: Any) -> None:
    shuffled = told[:]
    chance.shuffle(shuffled)
    found = gather(told)
    assert sorted(one.id for event in found for one in event.claims) == sorted(one.id for one in told)
    assert gather(shuffled) == found
    assert all(isinstance(event, Event) and event.relation in {term.id for term in vocabulary()} for event in found)


def test_figures_of_one_year_for_different_goods_are_not_one_event() -> None:
    told = [
        claim("trade.exports", "2014", value=1.2e9, unit="USD", label="agricultural"),
        claim("trade.exports", "2014", value=1e10, unit="USD"),
        claim("trade.exports", "2014", value=1e10, unit="USD", source="b@1"),
    ]
    assert sorted(len(event.claims) for event in gather(told)) == [1, 2]
