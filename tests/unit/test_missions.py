"""What mission one polity kept with another on a day, and who was in charge of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import asked, claim, events
from comity.model import Certainty, Claim, Modality, When
from comity.query.missions import Chief, Mission, chief, mission
from comity.reconcile.events import gather
from strategies_relations import claims

DAY = st.dates(date(1898, 1, 1), date(1912, 12, 31))
MANY = st.lists(claims(), max_size=10, unique_by=lambda one: one.id)
LEGATION = claim("mission.opened", "1826-05-02", kind="legation")
EMBASSY = claim("mission.raised", "1920-04-24", kind="embassy")
SEVERED = claim("relations.severed", "1917-02-03")
RESUMED = claim("relations.resumed", "1921-12-10")


def kept(day: str, *told: Claim) -> Mission | None:
    return mission(events(*told), "peru", "chile", When.parse(day).latest)


def rank(day: str, *told: Claim) -> str | None:
    held = kept(day, *told)
    return held.rank if held else "untold"


def in_charge(day: str, *told: Claim) -> Chief | None:
    return chief(events(*told), "peru", "chile", When.parse(day).latest)


def received(who: str, when: str, kind: str = "Minister Resident", **fields: Any) -> Claim:
    return claim("envoy.received", when, kind=kind, envoy=who, **fields)


# Missions


@pytest.mark.parametrize(
    ("day", "expected"),
    [("1826-05-01", "untold"), ("1826-05-02", "legation"), ("1920-04-23", "legation"), ("1920-04-24", "embassy")],
)
def test_a_legation_opened_is_one_until_it_is_raised(day: str, expected: str) -> None:
    assert rank(day, LEGATION, EMBASSY) == expected


def test_a_mission_closed_is_none_until_it_is_opened_again() -> None:
    told = (
        LEGATION,
        claim("mission.closed", "1850", kind="legation"),
        claim("mission.opened", "1860", kind="legation"),
    )
    assert [rank(day, *told) for day in ("1849", "1855", "1861")] == ["legation", None, "legation"]
    held = kept("1855", *told)
    assert held
    assert held.ended_by is None
    assert [event.relation for event in held.basis] == ["mission.closed", "mission.opened"]


def test_a_mission_lowered_has_its_new_rank() -> None:
    assert rank("1931", LEGATION, EMBASSY, claim("mission.lowered", "1930", kind="interests section")) == (
        "interests section"
    )


def test_a_closing_that_names_no_kind_closes_and_an_opening_that_names_none_keeps_the_rank_before() -> None:
    told = (LEGATION, claim("mission.closed", "1850"), claim("mission.opened", "1860"))
    assert [rank(day, *told) for day in ("1855", "1861")] == [None, "legation"]


@pytest.mark.parametrize("kind", ["relations.severed", "war"])
def test_relations_broken_off_end_a_mission_that_nobody_closed(kind: str) -> None:
    held = kept("1918", LEGATION, claim(kind, "1917-02-03"))
    assert held
    assert (held.rank, held.since) == (None, When.parse("1917-02-03"))
    assert held.ended_by
    assert held.ended_by.relation == kind


def test_an_interests_section_opened_after_the_break_is_no_mission_ended_by_it() -> None:
    assert rank("1920", LEGATION, SEVERED, claim("mission.opened", "1917-03", kind="interests section")) == (
        "interests section"
    )


def test_after_relations_began_again_a_mission_of_which_nothing_is_told_has_no_known_rank() -> None:
    held = kept("1930", LEGATION, SEVERED, RESUMED)
    assert held
    assert (held.rank, held.since, held.ended_by) == (None, None, None)
    assert held.renewed_by
    assert held.renewed_by.relation == "relations.resumed"
    assert rank("1920", LEGATION, SEVERED, RESUMED) is None
    assert rank("1930", LEGATION, SEVERED, RESUMED, claim("mission.opened", "1922", kind="legation")) == "legation"


def test_an_envoy_received_after_a_break_shows_a_mission_again_and_an_ambassador_an_embassy() -> None:
    minister = received("A. Ruiz", "1922")
    held = kept("1930", LEGATION, SEVERED, minister)
    assert held
    assert (held.rank, held.since, held.ended_by) == ("legation", When.parse("1922"), None)
    assert held.headed_by
    assert held.headed_by.claims == (minister,)
    charge = kept("1930", LEGATION, SEVERED, received("A. Ruiz", "1922", "Chargé d'Affaires"))
    assert charge
    assert charge.rank is None
    ambassador = received("A. Ruiz", "1922", "Ambassador Extraordinary and Plenipotentiary")
    held = kept("1930", LEGATION, SEVERED, ambassador)
    assert held
    assert (held.rank, held.since, held.ended_by) == ("embassy", When.parse("1922"), None)


def test_germany_between_the_wars_had_an_american_embassy_again() -> None:
    (held,) = (one for one in asked("Germany", "United States", "1930").missions if one.owner == "united-states")
    assert held.rank == "embassy"
    assert held.ended_by is None
    assert held.since
    assert held.since.earliest.year in (1921, 1922)


def test_an_ambassador_received_shows_an_embassy_at_the_latest() -> None:
    ambassador = received("A. Ruiz", "1930", "Ambassador Extraordinary and Plenipotentiary")
    later = received("B. Soto", "1940", "Ambassador Extraordinary and Plenipotentiary")
    held = kept("1950", LEGATION, ambassador, later)
    assert held
    assert (held.rank, held.since) == ("embassy", When.parse("1930"))
    assert held.headed_by
    assert held.headed_by.claims == (ambassador,)
    assert rank("1929", LEGATION, ambassador) == "legation"
    held = kept("1950", LEGATION, EMBASSY, ambassador)
    assert held
    assert (held.since, held.headed_by) == (When.parse("1920-04-24"), None)


@pytest.mark.parametrize(
    "other",
    [
        claim("mission.opened", "1830", "chile", "peru", kind="embassy"),
        claim("mission.opened", "1830", object="bolivia", kind="embassy"),
        claim("mission.opened", "1830", kind="consulate", label="Arica"),
        claim("mission.opened", "1830", kind="embassy", modality=Modality.PLANNED),
        claim("mission.raised", kind="embassy"),
    ],
)
def test_missions_of_others_consulates_plans_and_undated_ones_are_none_of_it(other: Claim) -> None:
    assert rank("1840", LEGATION, other) == "legation"
    assert rank("1840", other) == "untold"


def test_what_an_imprecise_date_leaves_open_is_possibly_so() -> None:
    told = claim("mission.opened", "1846", kind="legation")
    for day, certainty in (("1846-03-01", Certainty.POSSIBLY), ("1846-12-31", Certainty.YES)):
        held = kept(day, told)
        assert held
        assert held.certainty is certainty


def test_what_is_told_less_surely_is_set_beside_the_rank_unless_a_later_envoy_belies_it() -> None:
    closing = claim("mission.closed", "1850", kind="legation", confidence=0.6)
    held = kept("1900", LEGATION, closing)
    assert held
    assert held.rank == "legation"
    assert held.doubtful
    assert held.doubtful.claims == (closing,)
    held = kept("1900", LEGATION, closing, received("A. Ruiz", "1860"))
    assert held
    assert held.doubtful is None
    held = kept("1900", LEGATION, closing, claim("mission.closed", "1850", kind="legation", source="annals@2"))
    assert held
    assert (held.rank, held.doubtful) == (None, None)


def test_of_a_mission_told_of_unsurely_alone_nothing_is_said() -> None:
    assert kept("1900", LEGATION.but(confidence=0.6)) is None


@given(MANY, DAY, st.randoms())
def test_the_order_in_which_events_come_changes_no_mission_and_no_chief(
    told: list[Claim], day: date, chance: Any
) -> None:
    found = gather(told)
    shuffled = found[:]
    chance.shuffle(shuffled)
    for asking in (mission, chief):
        assert asking(shuffled, "peru", "chile", day) == asking(found, "peru", "chile", day)


@given(MANY, DAY)
def test_a_mission_rests_on_events_of_its_own_by_the_day_the_last_first(told: list[Claim], day: date) -> None:
    held = mission(gather(told), "peru", "chile", day)
    if held is None:
        return
    assert held.basis
    assert all((event.subject, event.object) == ("peru", "chile") for event in held.basis)
    dates = [event.when.earliest for event in held.basis if event.when]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] <= day
    assert held.ended_by is None or held.rank is None
    assert held.renewed_by is None or (held.rank is None and held.ended_by is None)
    assert held.headed_by is None or held.rank == "embassy"


# Chiefs


def test_a_chief_is_in_charge_from_reception_until_departure() -> None:
    told = (received("A. Ruiz", "1900-03-01"), claim("envoy.departed", "1902-06-01", envoy="A. Ruiz"))
    assert in_charge("1900-02-28", *told) is None
    held = in_charge("1901", *told)
    assert held
    assert (held.person.name, held.rank, held.left and held.left.when) == (
        "A. Ruiz", "Minister Resident", When.parse("1902-06-01"),
    )  # fmt: skip
    assert in_charge("1902-06-01", *told) is None


def test_a_chief_whose_departure_is_not_recorded_is_in_charge_until_the_next_is_received() -> None:
    told = (received("A. Ruiz", "1900"), received("B. Soto", "1905"))
    names = [held.person.name if (held := in_charge(day, *told)) else None for day in ("1901", "1904", "1912", "1999")]
    assert names == ["A. Ruiz", "A. Ruiz", "B. Soto", None], "nobody is in charge for a lifetime"
    held = in_charge("1901", *told)
    assert held
    assert held.left is None


@pytest.mark.parametrize("kind", ["relations.severed", "war"])
def test_relations_broken_off_end_the_service_of_a_chief(kind: str) -> None:
    told = (received("A. Ruiz", "1900"), claim(kind, "1903"))
    assert in_charge("1902", *told)
    assert in_charge("1904", *told) is None
    assert in_charge("1906", *told, received("B. Soto", "1905"))


def test_a_second_service_is_not_ended_by_the_departure_from_the_first() -> None:
    told = (
        received("A. Ruiz", "1900"),
        claim("envoy.departed", "1902", envoy="A. Ruiz"),
        received("A. Ruiz", "1910"),
        claim("envoy.departed", "1912", envoy="A. Ruiz"),
    )
    held = in_charge("1911", *told)
    assert held
    assert held.left
    assert held.left.when == When.parse("1912")
    assert in_charge("1905", *told) is None


def test_of_two_departures_the_first_after_the_reception_counts_whichever_is_told_first() -> None:
    told = events(
        received("A. Ruiz", "1900"),
        claim("envoy.departed", "1902", envoy="A. Ruiz"),
        claim("envoy.departed", "1904", envoy="A. Ruiz"),
    )
    for given_in in (told, told[::-1]):
        held = chief(given_in, "peru", "chile", date(1901, 6, 1))
        assert held
        assert held.left
        assert held.left.when == When.parse("1902")


def test_an_appointment_alone_puts_nobody_in_charge() -> None:
    assert in_charge("1905", claim("envoy.appointed", "1900", kind="Minister Resident", envoy="A. Ruiz")) is None


def test_the_envoys_of_the_other_side_and_planned_ones_are_not_in_charge() -> None:
    assert in_charge("1905", received("A. Ruiz", "1900", subject="chile", object="peru")) is None
    assert in_charge("1905", received("A. Ruiz", "1900", modality=Modality.PLANNED)) is None


def test_okun_was_in_charge_in_east_berlin_until_he_left_in_1983() -> None:
    (held,) = asked("German Democratic Republic", "United States", "1980").chiefs
    assert held.person.name == "Herbert Stuart Okun"
    assert held.left
    assert held.left.when
    assert held.left.when.earliest.year == 1983
