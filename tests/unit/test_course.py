"""The course of a pair: on every day of a stretch the answer is what it says, and outside of all nothing is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from answers import shipped
from comity.model import Certainty, When
from comity.query.course import Course, Stretch, course
from comity.query.missions import mission
from comity.query.pair import Pair, pair, today
from comity.query.status import State, status
from comity.sources.gazetteer import gazetteer

PAIRS = [
    ("peru", "united-states"),
    ("united-states", "germany"),
    ("texas", "united-states"),
    ("china", "united-states"),
    ("kosovo", "united-states"),
    ("serbia", "united-states"),
    ("austria-hungary", "united-states"),
    ("cuba", "united-states"),
    ("chile", "peru"),
]
_DAY = timedelta(days=1)
_DAYS = 25  # drawn a course, besides those on which it changes


@cache
def asked(one: str, other: str) -> Pair:
    return pair(shipped(), gazetteer().polity(one), gazetteer().polity(other))


@cache
def found(one: str, other: str) -> Course:
    return course(shipped(), asked(one, other))


def on(stretches: Iterable[Stretch], day: date) -> tuple[str, str | None] | None:
    """What the stretches say of a day; no two may cover one."""
    held = [one for one in stretches if one.begin <= day <= one.end]
    assert len(held) <= 1
    return (held[0].what, held[0].perhaps) if held else None


def days(stretches: tuple[Stretch, ...], seed: str) -> list[date]:
    """The first and last day of every stretch, those beside them, and days drawn from all of time."""
    edges = [day + step for one in stretches for day in (one.begin, one.end) for step in (-_DAY, 0 * _DAY, _DAY)]
    span = (today() - (first := date(1750, 1, 1))).days
    drawn = Random(seed)
    return sorted({*edges, *(first + _DAY * drawn.randint(0, span) for _ in range(_DAYS))})


def told(held: Pair, day: date) -> tuple[str, str | None] | None:
    """What a question of its own on the day says of the state."""
    alone = pair(shipped(), *held.polities, When.on(day))
    answer = status(alone.current, day, alone.polities, alone.passed)
    if answer.state is State.UNKNOWN and answer.alternative is None:
        return None
    return answer.state.value, answer.alternative and answer.alternative.value


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_each_day_of_the_course_is_what_a_question_on_that_day_answers(one: str, other: str) -> None:
    stretches = found(one, other).relations
    for day in days(stretches, f"{one} {other}"):
        if day <= today():
            assert on(stretches, day) == told(asked(one, other), day), day


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_each_day_of_a_mission_is_what_a_question_on_that_day_answers(one: str, other: str) -> None:
    held = asked(one, other)
    for way, stretches in found(one, other).missions.items():
        for day in days(stretches, f"{one} {other} mission"):
            if day > today():
                continue
            said, answer = on(stretches, day), mission(held.on(day), *way, day)
            gone = any(polity.existed(When.on(day)) is Certainty.NO for polity in held.polities)
            if gone or answer is None or answer.renewed_by:
                assert said is None, day
            elif answer.certainty is Certainty.POSSIBLY:
                assert said == ((answer.rank, "not yet") if answer.rank else ("closed", "still open")), day
            else:
                assert said == (answer.rank and (answer.rank, None)), day


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_stretches_are_in_order_apart_and_as_long_as_they_can_be(one: str, other: str) -> None:
    made = found(one, other)
    for stretches in (made.relations, *made.missions.values()):
        for before, after in pairwise(stretches):
            assert before.begin <= before.end < after.begin <= after.end
            alike = (before.what, before.perhaps) == (after.what, after.perhaps)
            assert not (alike and before.end + _DAY == after.begin)


def test_germany_and_the_united_states_were_at_war_in_1943() -> None:
    stretches = found("united-states", "germany").relations
    assert on(stretches, date(1943, 6, 1)) == ("at war", None)
    assert on(stretches, date(2000, 1, 1)) == ("established", None)


def test_relations_with_texas_end_with_texas() -> None:
    stretches = found("texas", "united-states").relations
    assert on(stretches, date(1840, 1, 1)) == ("established", None)
    assert on(stretches, date(1846, 1, 1)) == ("ended", None)


def test_a_year_is_never_made_a_day() -> None:
    """Peru's legation is of 1846: on any day of it but the last it may not have been there yet."""
    first, second = found("peru", "united-states").missions["peru", "united-states"]
    assert first == Stretch(date(1846, 1, 1), date(1846, 12, 30), "legation", "not yet")
    assert (second.begin, second.what, second.perhaps) == (date(1846, 12, 31), "legation", None)


def test_what_was_not_yet_known_is_no_part_of_it() -> None:
    held = pair(shipped(), gazetteer().polity("peru"), gazetteer().polity("united-states"), None, When.parse("1900"))
    made = course(shipped(), held)
    assert (made.relations, made.agreements, [*made.services.values()]) == ((), (), [(), ()])
    assert not any(made.leaders.values())


def test_a_day_to_come_lengthens_the_course() -> None:
    there = When.parse("2100-01-01")
    held = pair(shipped(), gazetteer().polity("peru"), gazetteer().polity("united-states"), there)
    assert course(shipped(), held).relations[-1].end == date(2100, 1, 1)
