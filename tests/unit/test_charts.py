"""The timeline as SVG: it holds what the course holds, draws doubt as doubt, and is the same each time."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from answers import shipped
from comity.ledger import View, Writer
from comity.ledger.open import embedded
from comity.model import Claim, When
from comity.present.charts import Drawing, TimelineChart, timeline
from comity.present.charts.lanes import Lane, LaneMark
from comity.present.charts.paint import PALETTE
from comity.present.charts.timeline import Frame
from comity.query.course import Course, course
from comity.query.pair import pair
from comity.sources.gazetteer import gazetteer

_SVG = "{http://www.w3.org/2000/svg}"
PAIRS = [("peru", "united-states"), ("united-states", "germany"), ("texas", "united-states")]
HOSTILE = '<script>alert(1)</script><image href="https://example.org/x"/>&amp; \u202eover'


@cache
def told(one: str, other: str) -> Course:
    return course(shipped(), pair(shipped(), gazetteer().polity(one), gazetteer().polity(other)))


@cache
def drawn(one: str, other: str) -> TimelineChart:
    made = timeline(told(one, other))
    assert made is not None
    return made


def both(one: str, other: str) -> tuple[Drawing, Drawing]:
    return drawn(one, other).wide, drawn(one, other).narrow


def lane(held: TimelineChart, title: str) -> Lane:
    return next(one for one in held.lanes if one.title == title)


def rects(svg: str) -> list[tuple[float, float, str, bool]]:
    """What is drawn: left edge, width, colour, and whether it is pale and dashed."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{_SVG}path"):
        shape = re.match(r"M(-?[\d.]+),-?[\d.]+h([\d.]+)v", path.get("d", ""))
        if shape and path.get("fill") not in (None, "none"):
            found.append((float(shape[1]), float(shape[2]), str(path.get("fill")), "stroke-dasharray" in path.attrib))
    return found


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_drawing_is_an_image_with_a_title_and_its_words(one: str, other: str) -> None:
    for made in both(one, other):
        root = ElementTree.fromstring(made.svg)
        assert (root.tag, root.get("role")) == (f"{_SVG}svg", "img")
        title, words = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
        assert title is not None
        assert words is not None
        assert (title.text, words.text) == (made.title, made.text)
        assert str(root.get("aria-labelledby")).split() == [title.get("id"), words.get("id")]
        assert all(one.title in made.text for one in drawn(one, other).lanes)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_drawing_asks_for_nothing_and_brings_no_style_of_its_own(one: str, other: str) -> None:
    for made in both(one, other):
        assert re.findall(r"(?:https?:)?//[^\"' ]+", made.svg) == ["http://www.w3.org/2000/svg"]
        tags = {element.tag.removeprefix(_SVG) for element in ElementTree.fromstring(made.svg).iter()}
        assert tags <= {"svg", "title", "desc", "g", "path", "text", "line", "rect", "defs", "clipPath"}
        assert not re.search(r"\s(?:style|on\w+|href|xlink:href)=", made.svg)
        assert len(made.svg) < 150_000


def test_ids_of_two_drawings_in_one_page_are_apart() -> None:
    wide, narrow = (set(re.findall(r'\sid="([^"]+)"', made.svg)) for made in both("peru", "united-states"))
    assert wide
    assert not wide & narrow


def test_the_same_course_is_drawn_the_same() -> None:
    assert timeline(told("texas", "united-states")) == drawn("texas", "united-states")


def test_every_colour_is_one_that_a_page_can_take_the_place_of() -> None:
    for made in both("united-states", "germany"):
        assert set(re.findall(r"#[0-9a-f]{6}", made.svg)) <= set(PALETTE.values())
        assert not re.search(r"#[0-9a-f]{6}", made.inline())


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_lanes_hold_what_the_course_holds(one: str, other: str) -> None:
    made, held = drawn(one, other), told(one, other)
    assert len({mark.begin for mark in lane(made, "Relations").marks}) == len(held.relations)
    marks = {title: len(held.marks) for title, held in ((one.title, one) for one in made.lanes)}
    services = sum(map(len, held.services.values()))
    assert sum(number for title, number in marks.items() if title.endswith("envoys")) == services
    assert sum(number for title, number in marks.items() if title.endswith("leaders")) == sum(
        map(len, held.leaders.values())
    )
    dated = [one for one in held.agreements if any(event.when for event in one.events)]
    assert marks.get("Agreements", 0) == len(dated)


def test_a_state_stands_where_its_days_stand() -> None:
    made = drawn("united-states", "germany")
    for frame, svg in zip(made.frames, (made.wide.svg, made.narrow.svg), strict=True):
        war = next(one for one in told("united-states", "germany").relations if one.what == "at war")
        left, right = frame.x(war.begin), frame.x(war.end)
        ink = [(x, width) for x, width, colour, pale in rects(svg) if colour == PALETTE["ink"] and not pale]
        assert any(abs(x - left) < 0.2 and abs(x + width - max(right, left + 2)) < 0.2 for x, width in ink)


def test_what_is_in_doubt_is_pale_and_dashed_and_what_is_sure_is_not() -> None:
    made = drawn("united-states", "germany")
    doubted = [one for one in told("united-states", "germany").relations if one.perhaps]
    assert doubted
    marks = [mark for mark in lane(made, "Relations").marks if not mark.sure]
    assert {mark.begin[0] for mark in marks} == {one.begin for one in doubted}
    for one in doubted:
        left = made.frames[0].x(one.begin)
        assert any(pale and abs(x - left) < 0.2 for x, _, _, pale in rects(made.wide.svg))


def test_days_keep_their_order_and_stay_within_the_frame() -> None:
    frame = Frame(1100, 190, date(1800, 1, 1), date(2000, 1, 1))
    days = [
        date(1700, 1, 1),
        date(1800, 1, 1),
        date(1850, 6, 1),
        date(1999, 12, 31),
        date(2000, 1, 1),
        date(2100, 1, 1),
    ]
    places = [frame.x(day) for day in days]
    assert all(before <= after for before, after in pairwise(places))
    assert (places[0], places[-1]) == (190, 1100)


def test_the_asked_day_is_ruled_and_a_day_beyond_the_frame_is_not() -> None:
    made = drawn("texas", "united-states")
    for plain, ruled in zip((made.wide, made.narrow), made.at(date(1840, 5, 1)), strict=True):
        ElementTree.fromstring(ruled.svg)
        assert "1 May 1840" in ruled.svg
        assert ruled.svg.count("<line") == plain.svg.count("<line") + 1
    assert made.at(date(1700, 1, 1)) == (made.wide, made.narrow)


def test_nothing_dated_gives_no_timeline() -> None:
    assert timeline(told("kosovo", "peru")) is None


def test_hostile_words_of_a_claim_stay_words(home: Path) -> None:
    folder = home / "ledger"
    claims = [
        Claim("peru", relation, "iceland", label=HOSTILE, kind=HOSTILE, when=When.parse("1900/1950"), source="a page")
        for relation in ("alliance", "war", "rivalry", "agreement.signed", "dispute")
    ]
    Writer(folder).append(claims, source=None, adapter="test", who="a test")
    view = View(embedded(), str(folder))
    made = timeline(course(view, pair(view, gazetteer().polity("peru"), gazetteer().polity("iceland"))))
    assert made is not None
    for held in (made.wide, made.narrow):
        root = ElementTree.fromstring(held.svg)
        assert not [one for one in root.iter() if one.tag.removeprefix(_SVG) in ("script", "image")]
        assert "\u202e" not in held.svg
    assert all("\u202e" not in mark.text + mark.told for one in made.lanes for mark in one.marks)
    assert any("<script>" in mark.told for one in made.lanes for mark in one.marks)


def test_a_mark_is_a_tick_only_where_it_is_one_date() -> None:
    for one in drawn("peru", "united-states").lanes:
        for mark in one.marks:
            assert isinstance(mark, LaneMark)
            assert mark.begin[0] <= mark.end[1]
            assert not mark.tick or mark.begin == mark.end
