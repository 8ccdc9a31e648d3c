"""Stretches of a line: those that meet another are the ones that a look at each would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.model import Intervals

STRETCH = st.tuples(st.integers(-20, 20), st.integers(0, 15)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


@given(st.lists(STRETCH, max_size=40), STRETCH)
def test_what_meets_a_stretch_is_what_a_look_at_each_finds(
    stretches: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    first, last = asked
    index = Intervals((*stretch, number) for number, stretch in enumerate(stretches))
    plain = [number for number, (begin, end) in enumerate(stretches) if begin <= last and end >= first]
    assert sorted(index.meeting(first, last)) == plain
    assert index.any_meets(first, last) == bool(plain)


@given(st.lists(STRETCH, max_size=40), STRETCH, st.integers(0, 5))
def test_no_more_are_given_than_wanted_and_those_that_begin_first(
    stretches: list[tuple[int, int]], asked: tuple[int, int], most: int
) -> None:
    index = Intervals((*stretch, stretch) for stretch in stretches)
    everything = list(index.meeting(*asked))
    assert [begin for begin, _ in everything] == sorted(begin for begin, _ in everything)
    assert list(index.meeting(*asked, most)) == everything[:most]
