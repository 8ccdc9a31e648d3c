"""What contradicts what: told twice with dates that can't be one, or denied; and what only looks like it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import answers
from answers import events
from comity.model import Claim, Modality, Published, PublishedBasis, Verdict, When
from comity.reconcile.conflicts import Conflict, conflicts
from comity.reconcile.events import gather
from strategies_relations import claims

# Two states whose lives were never broken off between the dates of these tests.
claim = partial(answers.claim, subject="brazil", object="chile")
MANY = st.lists(claims(), max_size=10, unique_by=lambda one: one.id)


def found(*told: Claim) -> list[Conflict]:
    return conflicts(events(*told))


def published(year: str) -> Published:
    return Published(When.parse(year), PublishedBasis.STATED)


def test_relations_established_in_1826_and_on_21_may_1827_conflict_and_the_finer_date_is_preferred() -> None:
    coarse, fine = claim("relations.established", "1826"), claim("relations.established", "1827-05-21")
    (one,) = found(coarse, fine)
    assert (one.about, one.preferred.claims, one.other.claims) == ("relations.established", (fine,), (coarse,))
    judged = one.judgement()
    assert (judged.verdict, judged.first, judged.second) == (Verdict.CONFLICTS, fine.id, coarse.id)


def test_of_dates_equally_fine_the_one_that_more_sources_tell_is_preferred() -> None:
    first, again = claim("recognition", "1827"), claim("recognition", "1827", source="annals@2")
    (one,) = found(claim("recognition", "1826"), first, again)
    assert set(one.preferred.claims) == {first, again}


def test_of_dates_equally_fine_and_told_the_later_word_is_preferred() -> None:
    old = claim("recognition", "1826", published=published("1950"))
    new = claim("recognition", "1827", published=published("2000"))
    for told in ((old, new), (new, old)):
        (one,) = found(*told)
        assert one.preferred.claims == (new,)


@pytest.mark.parametrize(
    "told",
    [
        (claim("recognition", "1826"), claim("recognition", "1826-05")),
        (claim("recognition", "1826-03/1826-09"), claim("recognition", "1826-05-02")),
        (claim("recognition", "1826"), claim("recognition", "1827", subject="chile", object="brazil")),
        (claim("recognition", "1826"), claim("recognition", "1827", object="bolivia")),
        (claim("recognition", "1826"), claim("recognition")),
        (claim("recognition", "1826"), claim("recognition", "1827", modality=Modality.PLANNED)),
        (claim("mission.opened", "1826", kind="legation"), claim("mission.opened", "1836", kind="legation")),
        (claim("mission.raised", "1826", kind="legation"), claim("mission.raised", "1836", kind="embassy")),
        (claim("agreement.signed", "1826"), claim("agreement.signed", "1827")),
    ],
)
def test_no_conflict_where_dates_overlap_the_side_or_kind_differs_or_it_happens_often(told: tuple[Claim, ...]) -> None:
    assert found(*told) == []


@pytest.mark.parametrize(
    ("about", "between"),
    [
        ("relations.established", claim("relations.severed", "1850")),
        ("relations.established", claim("relations.interrupted", "1850")),
        ("relations.established", claim("war", "1850")),
        ("relations.established", claim("statehood.union", "1850", subject="chile", object="argentina")),
        ("relations.severed", claim("relations.resumed", "1850")),
        ("recognition", claim("recognition.withdrawn", "1850")),
        ("recognition", claim("relations.severed", "1850")),
        ("recognition", claim("statehood.dissolution", "1850", subject="chile", object=None)),
        ("recognition", claim("government-change", "1850", subject="chile", object=None, kind="coup")),
    ],
)
def test_what_was_undone_in_between_may_happen_again(about: str, between: Claim) -> None:
    twice = (claim(about, "1826"), claim(about, "1870"))
    assert len(found(*twice)) == 1
    assert found(*twice, between) == []
    assert len(found(*twice, between.but(when=When.parse("1820")))) == 1
    assert len(found(*twice, between.but(modality=Modality.DENIED))) >= 1


def test_what_others_undid_does_not_count() -> None:
    twice = (claim("recognition", "1826"), claim("recognition", "1870"))
    assert len(found(*twice, claim("relations.severed", "1850", object="bolivia"))) == 1


def test_a_recognition_long_after_relations_began_is_of_another_government() -> None:
    first, began = claim("recognition", "1826"), claim("relations.established", "1827")
    assert found(first, began, claim("recognition", "1870")) == []
    assert len(found(first, claim("relations.established", "1827-02"), claim("recognition", "1827-06"))) == 1


def test_a_state_reborn_is_recognized_again_without_conflict() -> None:
    told = [
        claim("recognition", when, subject="united-states", object="estonia") for when in ("1922-07-28", "1991-09-02")
    ]
    began = [
        claim("relations.established", when, subject="united-states", object="estonia")
        for when in ("1922", "1991-09-04")
    ]
    assert found(*told, *began) == []
    never_broken = [one.but(object="brazil") for one in told]
    assert len(found(*never_broken)) == 1


def test_what_one_source_denies_and_another_asserts_conflicts_and_the_assertion_is_preferred() -> None:
    said, denied = claim("relations.severed", "1900-05"), claim("relations.severed", "1900", modality=Modality.DENIED)
    (one,) = found(said, denied)
    assert (one.preferred.claims, one.other.claims) == ((said,), (denied,))
    assert "denied" in one.rule


def test_a_denial_without_a_date_bounds_no_time_and_contradicts_nothing() -> None:
    denied = claim("relations.severed", modality=Modality.DENIED, published=published("2009"))
    assert found(claim("relations.severed", "1900"), claim("relations.severed"), denied) == []


def test_a_denial_that_one_recognized_the_other_says_nothing_of_the_other_way() -> None:
    denied = claim("recognition", "1837", modality=Modality.DENIED, subject="chile", object="brazil")
    assert found(claim("recognition", "1837"), denied) == []
    both = claim("relations.established", "1837", modality=Modality.DENIED, subject="chile", object="brazil")
    assert len(found(claim("relations.established", "1837-01"), both)) == 1


def test_a_denial_for_a_time_says_nothing_of_another_time() -> None:
    denied = claim("recognition", "1837", modality=Modality.DENIED)
    assert found(claim("recognition", "1836"), denied) == []
    assert found(claim("recognition", "1838"), denied) == []
    assert len(found(claim("recognition", "1837-03"), denied)) == 1


def test_a_denial_of_others_relations_says_nothing_of_these() -> None:
    denied = claim("relations.severed", "1900", object="bolivia", modality=Modality.DENIED)
    assert found(claim("relations.severed", "1900"), denied) == []


@pytest.mark.slow
@given(MANY, st.randoms())
def test_the_order_in_which_claims_come_changes_no_conflict(told: list[Claim], chance: Any) -> None:
    shuffled = told[:]
    chance.shuffle(shuffled)
    assert conflicts(gather(shuffled)) == conflicts(gather(told))


@pytest.mark.slow
@given(MANY)
def test_a_conflict_is_of_two_events_about_one_thing_that_cannot_both_be(told: list[Claim]) -> None:
    for one in conflicts(gather(told)):
        assert one.preferred is not one.other
        assert one.preferred.relation == one.other.relation == one.about
        assert one.preferred.parties == one.other.parties
        assert one.preferred.modality is Modality.ASSERTED
        denied = one.other.modality is Modality.DENIED
        assert denied or not (one.preferred.when and one.other.when and one.preferred.when == one.other.when)


@pytest.mark.slow
@given(MANY)
def test_no_two_events_conflict_twice(told: list[Claim]) -> None:
    pairs = [frozenset((id(one.preferred), id(one.other))) for one in conflicts(gather(told))]
    assert len(pairs) == len(set(pairs))
