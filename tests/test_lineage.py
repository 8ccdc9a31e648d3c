"""What a polity came from and what came of it: as sources tell of each change, listed and drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

import hostile
from answers import shipped
from comity.model import Polity, When
from comity.present.charts import Descent, descent
from comity.present.charts.descent import change
from comity.present.charts.paint import PALETTE
from comity.query.lineage import LineageStep, lineage
from comity.sources.gazetteer import gazetteer

SVG = "{http://www.w3.org/2000/svg}"


@cache
def steps(id: str) -> tuple[LineageStep, ...]:
    return lineage(shipped(), gazetteer().polity(id))


def drawn(id: str) -> Descent:
    held = descent(gazetteer().polity(id), steps(id), lambda kin: f"/polities/{kin.id}")
    assert held is not None
    return held


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [
        ("texas", {"mexico": "independence, 2 March 1836"}, {"united-states": "union, December 1845"}),
        ("korea", {}, {"korea-north": "succession, 1948", "korea-south": "succession, 1948"}),
        (
            "gran-colombia",
            {"viceroyalty-of-new-granada": "succession"},
            {"colombia": "succession, 1830", "ecuador": "succession, 1830", "venezuela": "independence, 1830"},
        ),
        (
            "austria-hungary",
            {"austrian-empire": "succession, 1867"},
            {"austria": "succession, 1918", "czechoslovakia": "succession, 1918", "hungary": "succession, 1918",
             "poland": "", "yugoslavia": ""},
        ),
        (
            "serbia",
            {"serbia-and-montenegro": "succession, 2006", "ottoman-empire": ""},
            {"yugoslavia": "succession, 1918", "kosovo": "independence, 17 February 2008"},
        ),
        (
            "yugoslavia",
            {"serbia": "succession, 1918", "austria-hungary": "", "montenegro": ""},
            {"slovenia": "independence, 1991", "serbia-and-montenegro": "succession, 1992", "macedonia": "succession",
             "bosnia-herzegovina": "succession", "croatia": "succession"},
        ),
        (
            "peru",
            {"viceroyalty-of-peru": "succession", "peru-bolivian-confederation": ""},
            {"peru-bolivian-confederation": "union, 1836"},
        ),
    ],
)  # fmt: skip
def test_each_change_has_the_kind_and_the_day_that_are_told(
    id: str, before: dict[str, str], after: dict[str, str]
) -> None:
    assert {step.polity.id: change(step) for step in steps(id) if step.before} == before
    assert {step.polity.id: change(step) for step in steps(id) if not step.before} == after


def test_what_came_twice_is_told_each_time_by_its_own_change() -> None:
    told = {(step.polity.id, step.before): change(step) for step in steps("germany")}
    assert told["west-germany", False] == "succession, 1949"
    assert told["west-germany", True] == "succession, 1990"
    assert told["bavaria", True] == "union, 1871"


@pytest.mark.parametrize("id", ["germany", "yugoslavia", "soviet-union", "united-kingdom"])
def test_the_lineage_is_the_gazetteers_in_the_order_of_time(id: str) -> None:
    polity = gazetteer().polity(id)
    for before, ids in ((True, polity.predecessors), (False, polity.successors)):
        held = [step for step in steps(id) if step.before is before]
        assert {step.polity.id for step in held} == set(ids)
        days = [step.lead.when.earliest for step in held if step.lead and step.lead.when]
        assert days == sorted(days)


def test_what_was_not_yet_published_tells_of_no_change() -> None:
    texas = lineage(shipped(), gazetteer().polity("texas"), When.parse("1900"))
    assert [(step.polity.id, change(step)) for step in texas] == [("mexico", ""), ("united-states", "")]


def test_a_polity_without_kin_has_no_drawing() -> None:
    alone = gazetteer().polity("switzerland")
    assert (lineage(shipped(), alone), descent(alone, (), str)) == ((), None)


@pytest.mark.parametrize("id", ["germany", "yugoslavia", "gran-colombia", "texas", "korea", "peru"])
def test_both_drawings_show_every_change_within_their_frame(id: str) -> None:
    for drawing in (drawn(id).wide, drawn(id).narrow):
        root = ElementTree.fromstring(drawing.svg)
        width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
        links = list(root.iter(f"{SVG}a"))
        assert [link.attrib["href"] for link in links] == [f"/polities/{step.polity.id}" for step in steps(id)]
        assert {link.attrib["tabindex"] for link in links} == {"-1"}
        texts = [text.text for text in root.iter(f"{SVG}text")]
        assert [text for text in texts if text in map(change, steps(id))] == [
            change(one) for one in steps(id) if one.events
        ]
        assert all(0 < float(text.attrib["x"]) < width and 0 < float(text.attrib["y"]) < height
                   for text in root.iter(f"{SVG}text"))  # fmt: skip
        dashed = [path for path in root.iter(f"{SVG}path") if "stroke-dasharray" in path.attrib]
        assert len(dashed) == sum(not step.events for step in steps(id))
        assert set(re.findall(r"#[0-9a-f]{6}", drawing.svg)) <= set(PALETTE.values())
    assert drawn(id).gaps == any(not step.events for step in steps(id))


def test_a_hostile_name_stays_text() -> None:
    kin = [
        replace(steps("texas")[0], polity=replace(gazetteer().polity("mexico"), name=text)) for text in hostile.HOSTILE
    ]
    one: Polity = replace(gazetteer().polity("texas"), name=hostile.HOSTILE[0])
    held = descent(one, kin, lambda polity: f"/polities/{polity.id}")
    assert held is not None
    for drawing in (held.wide, held.narrow):
        tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(drawing.inline()).iter()}
        assert tags == {"svg", "title", "desc", "g", "path", "a", "text", "rect"}
