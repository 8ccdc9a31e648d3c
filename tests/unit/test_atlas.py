"""The map of a pair: today's borders where there are any, and no town that may be another."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import pytest

from answers import shipped
from comity.present.charts import Atlas, atlas
from comity.present.charts.paint import PALETTE
from comity.query.pair import pair
from comity.sources.gazetteer import gazetteer
from comity.sources.outlines import outlines


@cache
def made(one: str, other: str) -> Atlas | None:
    return atlas(pair(shipped(), gazetteer().polity(one), gazetteer().polity(other)))


def mapped(one: str, other: str) -> Atlas:
    held = made(one, other)
    assert held is not None
    return held


@pytest.mark.parametrize(
    ("one", "other"), [("peru", "united-states"), ("kosovo", "serbia"), ("china", "united-states")]
)
def test_a_map_is_an_image_in_the_pages_colours_that_asks_for_nothing(one: str, other: str) -> None:
    for held in (mapped(one, other).wide, mapped(one, other).narrow):
        root = ElementTree.fromstring(held.svg)
        assert root.get("role") == "img"
        assert re.findall(r"(?:https?:)?//[^\"' ]+", held.svg) == ["http://www.w3.org/2000/svg"]
        assert set(re.findall(r"#[0-9a-f]{6}", held.svg)) <= set(PALETTE.values())
        assert len(held.svg.encode()) <= 150_000


def test_both_are_drawn_and_each_post_that_is_surely_placed_has_a_dot() -> None:
    held = mapped("peru", "united-states")
    assert held.shown == ("peru", "united-states")
    fills = re.findall(r'fill="(#[0-9a-f]{6})"', held.wide.svg)
    assert (PALETTE["one"] in fills, fills.count(PALETTE["other"])) == (True, 1 + len(held.drawn))
    assert "Callao" in {one.town for one in held.drawn}


def test_arica_was_perus_and_is_not_drawn_in_the_peru_of_today() -> None:
    assert [one.town for one in mapped("peru", "united-states").missing] == ["Arica"]


def test_a_polity_that_is_no_more_has_no_borders() -> None:
    held = mapped("texas", "united-states")
    assert held.shown == ("united-states",)
    assert PALETTE["one"] not in held.wide.svg
    assert all(one.at is None for one in held.places if one.host == "texas")


def test_where_nothing_can_be_placed_there_is_no_map() -> None:
    assert made("austria-hungary", "ottoman-empire") is None


def test_outlines_are_of_the_world() -> None:
    for rings in outlines().values():
        for ring in rings:
            assert ring[0] == ring[-1]
            assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in ring)
