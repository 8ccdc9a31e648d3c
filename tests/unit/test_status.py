"""The state of relations as a machine over events: whole, without chance, and right in the histories that matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from answers import claim, events
from comity.model import Certainty, Claim, Modality, Polity, When
from comity.query.lives import of_this_life, outlived
from comity.query.status import State, Status, begins_anew, not_yet, status
from comity.reconcile.events import Event, gather
from comity.relations import relation, vocabulary
from comity.relations.diplomatic import RECOGNITION
from strategies_relations import claims

DAY = st.dates(date(1898, 1, 1), date(1912, 12, 31))
MANY = st.lists(claims(), max_size=10, unique_by=lambda one: one.id)
ALIVE = (Polity("peru", "Peru", (When.parse("1700/.."),)), Polity("chile", "Chile", (When.parse("1700/.."),)))


def on(day: str, *told: Claim, parties: tuple[Polity, ...] = ALIVE) -> Status:
    return status(events(*told), When.parse(day).latest, parties)


def step(state: State, relation: str) -> State:
    """What one event makes of a state, which other events led to."""
    path = (*LEADING[state], relation)
    told = [claim(kind, f"19{year:02}") for year, kind in enumerate(path)]
    return on("1999", *told).state


LEADING: dict[State, tuple[str, ...]] = {
    State.UNKNOWN: (),
    State.RECOGNIZED: ("recognition",),
    State.ESTABLISHED: ("relations.established",),
    State.INTERRUPTED: ("relations.established", "relations.interrupted"),
    State.SEVERED: ("relations.established", "relations.severed"),
    State.AT_WAR: ("war",),
}

TURNING = [term for term in vocabulary() if term.leads_to]


@pytest.mark.parametrize("state", LEADING)
def test_the_table_tells_of_every_state_and_event_what_follows(state: State) -> None:
    assert on("1999", *(claim(kind, f"19{year:02}") for year, kind in enumerate(LEADING[state]))).state is state
    for term in TURNING:
        follows = term.leads_to if state in term.from_states else state
        if (state, term) == (State.INTERRUPTED, RECOGNITION):
            follows = State.ESTABLISHED  # that of a new government, for lack of which they were interrupted
        assert step(state, term.id) is follows


def test_the_table_is_of_terms_of_the_vocabulary_and_of_all_that_begin_or_end_relations() -> None:
    terms = {term.id for term in vocabulary()}
    turning = {term.id for term in TURNING}
    assert {term for term in terms if term.startswith(("relations.", "recognition", "war"))} == turning
    reached = {term.leads_to for term in TURNING} | {State.UNKNOWN, State.UNRECOGNIZED, State.ENDED, State.UNCOUNTED}
    assert reached == set(State)


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (("relations.severed", "relations.resumed"), State.ESTABLISHED),
        (("relations.established", "recognition"), State.ESTABLISHED),
        (("relations.severed", "recognition"), State.SEVERED),
        (("relations.severed", "relations.interrupted"), State.SEVERED),
        (("war", "relations.severed"), State.AT_WAR),
        (("war", "war.ended"), State.SEVERED),
        (("war", "war.ended", "relations.resumed"), State.ESTABLISHED),
        (("war", "relations.established"), State.ESTABLISHED),
        (("relations.established", "war.ended"), State.ESTABLISHED),
        (("recognition", "recognition.withdrawn"), State.SEVERED),
        (("recognition.withdrawn",), State.UNKNOWN),
        (("relations.interrupted", "relations.resumed"), State.ESTABLISHED),
        (("mission.opened", "agreement.signed", "mission.closed"), State.UNKNOWN),
    ],
)
def test_histories_lead_where_they_should(path: tuple[str, ...], state: State) -> None:
    assert on("1999", *(claim(kind, f"19{year:02}") for year, kind in enumerate(path))).state is state


def test_severed_after_the_day_is_told_as_what_came_next() -> None:
    found = on("1950", claim("relations.established", "1900"), claim("relations.severed", "1961-01-03"))
    assert (found.state, found.since, found.until) == (
        State.ESTABLISHED, When.parse("1900"), When.parse("1961-01-03"),
    )  # fmt: skip
    assert found.next
    assert found.next.relation == "relations.severed"


def test_what_an_imprecise_date_leaves_open_is_possibly_so() -> None:
    told = (claim("relations.established", "1900"), claim("relations.severed", "1961"))
    for day, certainty, other in (
        ("1960-12-31", Certainty.YES, None),
        ("1961-03-01", Certainty.POSSIBLY, State.SEVERED),
        ("1961-12-31", Certainty.YES, None),
    ):
        found = on(day, *told)
        assert (found.certainty, found.alternative) == (certainty, other)
        assert [event.relation for event in found.pending] == (["relations.severed"] if other else [])


def test_a_break_that_may_have_come_and_gone_by_the_day_leaves_it_open_too() -> None:
    told = (
        claim("relations.established", "1900"),
        claim("relations.severed", "1961"),
        claim("relations.resumed", "1961"),
    )
    found = on("1961-03-01", *told)
    assert (found.state, found.certainty, found.alternative) == (State.ESTABLISHED, Certainty.POSSIBLY, State.SEVERED)
    assert [event.relation for event in found.pending] == ["relations.severed"]


@pytest.mark.parametrize(
    ("rank", "state"),
    [
        ("Ambassador Extraordinary and Plenipotentiary", State.ESTABLISHED),
        ("Minister Resident", State.ESTABLISHED),
        ("Chargé d'Affaires", State.ESTABLISHED),
        ("Chargé d'Affaires ad interim", State.UNKNOWN),
        ("Principal Officer", State.UNKNOWN),
        ("Consul", State.UNKNOWN),
        (None, State.UNKNOWN),
    ],
)
def test_an_envoy_received_shows_relations_when_his_rank_does(rank: str | None, state: State) -> None:
    found = on("1999", claim("envoy.received", "1900", kind=rank, envoy="A. Ruiz"))
    assert found.state is state
    assert found.at_the_latest is (state is State.ESTABLISHED)


@pytest.mark.parametrize("broken", ["relations.severed", "relations.interrupted", "war"])
def test_after_a_break_a_minister_received_shows_relations_whole_and_a_charge_does_not(broken: str) -> None:
    for rank, healed in (("Minister Resident", True), ("Chargé d'Affaires", False), ("Principal Officer", False)):
        found = on("1999", claim(broken, "1940"), claim("envoy.received", "1950", kind=rank, envoy="A. Ruiz"))
        assert (found.state is State.ESTABLISHED) is healed
        assert found.at_the_latest is healed


def test_relations_that_begin_again_had_broken_off_at_a_time_that_nobody_tells() -> None:
    twice = (claim("relations.established", "1979-01-01"), claim("relations.established", "1979", source="b@1"))
    told = (claim("relations.established", "1844"), *twice)
    before, after = on("1960", *told), on("1999", *told)
    assert before.next is not None
    assert begins_anew(before.state, before.next)
    assert after.since == When.parse("1979-01-01")


def test_an_interruption_that_lasted_until_a_year_is_over_after_it() -> None:
    told = (claim("relations.established", "1851"), claim("relations.interrupted", "1917/1922"))
    assert [on(day, *told).state for day in ("1916", "1919", "1925")] == [
        State.ESTABLISHED, State.INTERRUPTED, State.ESTABLISHED,
    ]  # fmt: skip


@pytest.mark.parametrize("lasted", ["1917-10/1917", "1917-10-20/1917-10", "1917/1917-10", "1917/1917"])
def test_a_war_that_ended_in_the_year_in_which_it_began_is_over_after_it(lasted: str) -> None:
    assert on("1999", claim("war", lasted)).state is State.UNKNOWN
    told = (claim("relations.established", "1851"), claim("war", lasted))
    assert [on(day, *told).state for day in ("1916", "1999")] == [State.ESTABLISHED, State.SEVERED]


def test_a_war_of_which_no_end_is_told_may_be_over_five_years_later() -> None:
    declared = claim("war", "1944-09-05")
    soon, later = on("1945-01-01", declared), on("1950", declared)
    assert (soon.certainty, soon.alternative) == (Certainty.YES, None)
    assert (later.state, later.certainty, later.alternative) == (State.AT_WAR, Certainty.POSSIBLY, State.UNKNOWN)
    ended = on("1946", declared, claim("relations.resumed", "1947"))
    assert (ended.state, ended.certainty) == (State.AT_WAR, Certainty.YES)


def test_before_an_envoy_was_received_relations_are_not_said_to_have_been_none() -> None:
    received = claim("envoy.received", "1900", kind="Minister", envoy="A. Ruiz")
    assert not not_yet(State.UNKNOWN, on("1899", received).next)
    assert not_yet(State.UNKNOWN, on("1899", claim("relations.established", "1900")).next)


def test_before_an_envoy_was_received_in_the_year_of_a_stated_beginning_relations_were_none() -> None:
    received = claim("envoy.received", "1827-05-21", kind="Minister", envoy="A. Ruiz")
    found = on("1826", claim("recognition", "1826-05-02"), claim("relations.established", "1827"), received)
    assert not_yet(found.state, found.next)
    assert found.until == When.parse("1827-05-21")


def test_plans_denials_and_undated_events_change_nothing() -> None:
    told = [claim("relations.severed", "1900", modality=how) for how in Modality if how is not Modality.ASSERTED]
    assert on("1999", *told, claim("relations.severed")).state is State.UNKNOWN


def test_an_event_that_lost_a_contradiction_counts_for_nothing() -> None:
    told = events(claim("relations.established", "1826"), claim("relations.established", "1827-05-21"))
    found = status(told, date(1900, 1, 1), ALIVE, overruled=[told[0]])
    assert found.since == When.parse("1827-05-21")


def test_a_state_of_war_names_the_break_that_it_came_with() -> None:
    told = (claim("relations.established", "1900"), claim("relations.severed", "1917"), claim("war", "1917-04"))
    found = on("1999", *told)
    assert found.broken
    assert found.broken.relation == "relations.severed"
    assert on("1999", *told, claim("relations.resumed", "1921"), claim("war", "1941")).broken is None


def test_relations_end_with_the_first_of_the_two_that_ends_and_are_told_as_they_were() -> None:
    gone = Polity("peru", "Peru", (When.parse("1810/1900-06-01"),))
    later = Polity("chile", "Chile", (When.parse("1810/1950"),))
    told = (
        claim("relations.established", "1826"),
        claim("relations.severed", "1900-06-01"),
        claim("relations.severed", "1917"),
    )
    found = on("1999", *told, parties=(gone, later))
    assert (found.state, found.since, found.absent) == (State.ENDED, When.parse("1900-06-01"), (gone, later))
    assert [event.relation for event in found.basis] == ["relations.established"]
    assert on("1899", *told, parties=(gone, later)).state is State.ESTABLISHED


def test_of_a_state_that_is_still_to_be_nothing_has_ended() -> None:
    to_be = Polity("peru", "Peru", (When.parse("1950/.."),))
    found = on("1900", claim("recognition", "1950"), parties=(to_be, ALIVE[1]))
    assert (found.state, found.absent) == (State.UNKNOWN, (to_be,))
    assert found.next


def test_a_life_that_begins_long_after_another_begins_anew_and_one_soon_after_goes_on() -> None:
    told = events(claim("relations.established", "1900"), claim("recognition", "1991-09"))
    for gap, kept in (("1918/1940", 1), ("1918/1985", 2)):
        reborn = Polity("peru", "Peru", (When.parse(gap), When.parse("1991-10/..")))
        assert len(of_this_life(told, (reborn, ALIVE[1]), date(2000, 1, 1))) == kept
        assert len(of_this_life(told, (reborn, ALIVE[1]), date(1930, 1, 1))) == 2


@pytest.mark.parametrize(("lives", "until"), [(("1700/1945",), "1945"), (("1700/1945", "1990/.."), None)])
def test_what_comes_next_is_of_the_lives_that_a_day_lies_in(lives: tuple[str, ...], until: str | None) -> None:
    parties = (Polity("peru", "Peru", tuple(map(When.parse, lives))), ALIVE[1])
    told = (claim("war", "1941"), claim("envoy.received", "1991", kind="Ambassador", envoy="A. Ruiz"))
    found = on("1943", *told, parties=parties)
    assert (found.state, found.certainty, found.next) == (State.AT_WAR, Certainty.YES, None)
    assert found.until == (When.parse(until) if until else None)


def test_what_began_in_the_second_of_two_lives_that_are_over_ended_with_that_one() -> None:
    gone = Polity("peru", "Peru", (When.parse("1800/1890"), When.parse("1963/1964-04-26")))
    for began, end in (("1850", "1890"), ("1964-01", "1964-04-26")):
        assert outlived(When.parse(began), (gone, ALIVE[1]), date(2000, 1, 1)) == When.parse(end)


def test_what_goes_on_after_a_short_absence_has_its_next_event_there() -> None:
    parties = (Polity("peru", "Peru", (When.parse("1821/1836"), When.parse("1839/.."))), ALIVE[1])
    found = on("1830", claim("relations.established", "1827"), claim("relations.severed", "1860"), parties=parties)
    assert found.until == When.parse("1860")


def test_a_finer_date_of_the_same_turn_is_the_one_since_which_it_is_so() -> None:
    told = (claim("war", "1846/1848", kind="on opposed sides", source="b@1"), claim("war", "1846-05-13"))
    assert on("1847", *told).since == When.parse("1846-05-13")


@pytest.mark.slow
@given(MANY, DAY, st.randoms())
def test_the_order_in_which_events_come_changes_no_status(told: list[Claim], day: date, chance: Any) -> None:
    found = gather(told)
    shuffled = found[:]
    chance.shuffle(shuffled)
    assert status(shuffled, day, ALIVE) == status(found, day, ALIVE)


@pytest.mark.slow
@given(MANY, DAY)
def test_a_status_rests_on_events_by_the_day_and_names_the_last_as_its_beginning(told: list[Claim], day: date) -> None:
    found = status(gather(told), day, ALIVE)
    assert all(event.when and event.when.begin_latest <= day for event in found.basis)
    assert found.since == (found.basis[0].when if found.basis else None)
    assert (found.state is State.UNKNOWN) == (not found.basis)
    assert (found.certainty is Certainty.POSSIBLY) == (found.alternative is not None)
    assert bool(found.pending) == (found.alternative is not None) or _has_no_end(found)
    assert found.alternative is not found.state
    assert found.until == (found.next.when if found.next else None)
    assert found.next is None or (found.next.when is not None and found.next.when.earliest > day)


def _tells_of_before(event: Event, past: list[Event]) -> bool:
    """Whether a later event says what was so before: that relations had not begun, or when a vague date was."""
    beginning = event.modality is Modality.ASSERTED and relation(event.relation).leads_to is State.ESTABLISHED
    when = event.when
    return beginning or any(when and vague.when and when.refines(vague.when) for vague in past)


@given(MANY, DAY)
def test_what_comes_after_a_day_changes_nothing_but_what_is_next(told: list[Claim], day: date) -> None:
    found = gather(told)
    past = [event for event in found if event.when is not None and event.when.earliest <= day]
    assume(not any(_tells_of_before(event, past) for event in found if event.when and event.when.earliest > day))
    one, other = status(found, day, ALIVE), status(past, day, ALIVE)
    assert (one.state, one.since, one.basis) == (other.state, other.since, other.basis)
    # what comes next shows that a war was still on
    assert (one.certainty, one.alternative) == (other.certainty, other.alternative) or _has_no_end(other)
    # but for the end of an interruption or of a war, which its own source tells with its beginning
    assert other.next is None or other.next.relation in ("relations.resumed", "war.ended")


@given(MANY, DAY)
def test_of_events_known_to_the_day_the_status_is_certain_and_each_step_is_in_the_table(
    told: list[Claim], day: date
) -> None:
    exact = gather(one.but(when=When.on(one.when.earliest)) for one in told if one.when)
    found = status(exact, day, ALIVE)
    assert found.certainty is Certainty.YES or _has_no_end(found)
    state = State.UNKNOWN
    for event in reversed(found.basis):
        assert state in _before(event) or begins_anew(state, event)
        state = _after(state, event)
    assert state is found.state


def _has_no_end(found: Status) -> bool:
    """Whether it is a war of which nothing tells how it ended: that alone makes a status uncertain with exact dates."""
    return found.state is State.AT_WAR and found.alternative is State.UNKNOWN and found.next is None


def _before(event: Event) -> tuple[State, ...]:
    if event.modality is Modality.DENIED:
        return State.UNKNOWN, State.RECOGNIZED, State.ESTABLISHED
    if event.relation == RECOGNITION.id:
        return (*RECOGNITION.from_states, State.INTERRUPTED)
    accredited = (State.UNKNOWN, State.UNRECOGNIZED, State.RECOGNIZED, State.SEVERED, State.INTERRUPTED, State.AT_WAR)
    return relation(event.relation).from_states or accredited


def _after(state: State, event: Event) -> State:
    if event.modality is Modality.DENIED:
        return State.UNRECOGNIZED
    if event.relation == RECOGNITION.id and state is State.INTERRUPTED:
        return State.ESTABLISHED
    return relation(event.relation).leads_to or State.ESTABLISHED


def test_a_break_that_a_new_beginning_shows_came_after_the_last_envoy_received() -> None:
    told = (
        claim("relations.established", "1951"),
        claim("envoy.received", "1963-05-27", kind="Ambassador Extraordinary"),
        claim("relations.resumed", "2006-05-31"),
        claim("relations.resumed", "2006", source="b@1"),
    )
    closed = claim("mission.closed", "1980-05-02", kind="embassy")
    assert not on("1970", *told, closed).lapsed
    assert on("1985", *told, closed).lapsed
    assert not on("1985", *told).lapsed


def test_a_new_beginning_shows_no_break_that_a_source_denies() -> None:
    told = (
        claim("relations.established", "1951"),
        claim("mission.closed", "1980-05-02", kind="embassy"),
        claim("relations.resumed", "2006-05-31"),
    )
    assert on("1985", *told).lapsed
    assert not on("1985", *told, claim("relations.severed", modality=Modality.DENIED)).lapsed


def test_a_new_government_that_was_not_recognized_is_a_state_until_it_is() -> None:
    told = (
        claim("relations.established", "1826"),
        claim("recognition", "1913-07-17", label="new government", modality=Modality.DENIED),
    )
    assert [on(day, *told).state for day in ("1912", "1914")] == [State.ESTABLISHED, State.UNRECOGNIZED]
    assert on("1916", *told, claim("relations.resumed", "1915-10-19")).state is State.ESTABLISHED


def test_recognition_of_a_new_government_ends_an_interruption() -> None:
    told = (claim("relations.interrupted", "1962-07-18"), claim("recognition", "1962-08-17"))
    assert [on(day, *told).state for day in ("1962-08-01", "1963")] == [State.INTERRUPTED, State.ESTABLISHED]


def test_a_vague_break_comes_before_a_resumption_within_its_date() -> None:
    told = (claim("relations.established", "1900"), claim("relations.severed", "1961"))
    for resumed in ("1961", "1961-09-01"):
        assert on("1962", *told, claim("relations.resumed", resumed)).state is State.ESTABLISHED


def test_what_is_told_to_the_day_too_is_not_told_again_by_its_year() -> None:
    told = (
        claim("relations.established", "1900"),
        claim("relations.interrupted", "1961", source="b@1"),
        claim("relations.severed", "1961-01-03"),
        claim("relations.resumed", "1961-05-01"),
    )
    found = on("1961-06-01", *told)
    assert (found.state, found.certainty, found.since) == (
        State.ESTABLISHED, Certainty.YES, When.parse("1961-05-01"),
    )  # fmt: skip


def test_an_envoy_received_shortly_before_a_stated_resumption_resumes_nothing() -> None:
    broken = (claim("relations.established", "1844"), claim("relations.interrupted", "1924-12-09"))
    envoy = claim("envoy.received", "1925-07-15", kind="Envoy Extraordinary", envoy="J. MacMurray")
    assert on("1926", *broken, envoy, claim("relations.resumed", "1928")).state is State.INTERRUPTED
    assert on("1926", *broken, envoy, claim("relations.resumed", "1954")).state is State.ESTABLISHED
    assert on("1926", *broken, envoy).state is State.ESTABLISHED


def test_a_war_known_by_its_years_has_the_days_of_the_dispute_that_reached_the_level_of_war() -> None:
    war = claim("war", "1969/1969", source="wars@1")
    dispute = claim("dispute", "1969-07-14/1969-07-18", kind="war", source="disputes@1")
    assert [on(day, war, dispute).state for day in ("1969-07-01", "1969-07-16", "1969-08-01")] == [
        State.UNKNOWN, State.AT_WAR, State.UNKNOWN,
    ]  # fmt: skip


def test_the_year_of_a_war_ends_none_of_which_the_first_day_is_told() -> None:
    told = (claim("war", "1944-09-05"), claim("war", "1944", label="World War II", source="b@1"))
    assert on("1945-01-01", *told).state is State.AT_WAR
