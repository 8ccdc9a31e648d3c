"""The map of a polity's relations: it shows what is told of each pair, by more than colour, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

import hostile
from answers import shipped
from comity.model import Polity, When
from comity.present.charts import Drawing, World, world
from comity.present.charts.paint import PALETTE
from comity.present.charts.standings import ITSELF, NO_RECORD, NO_STATE, groups
from comity.query.pair import pair
from comity.query.partners import Partner, Partners, partners
from comity.query.status import State, Status, status
from comity.sources.gazetteer import gazetteer
from comity.sources.outlines import outlines

SVG = "{http://www.w3.org/2000/svg}"
ASKED = [
    ("united-states", None), ("united-states", "1800"), ("united-states", "1960"), ("united-states", "1985"),
    ("germany", "1943"), ("peru", "1900"), ("texas", "1840"),
]  # fmt: skip


@cache
def told(id: str, day: str | None) -> Partners:
    return partners(shipped(), gazetteer().polity(id), When.parse(day) if day else None)


@cache
def drawn(id: str, day: str | None) -> World:
    return world(told(id, day), address)


def address(other: Polity) -> str:
    return f"/pairs/x/{other.id}?a=1&b=2"


def fills(drawing: Drawing) -> dict[str, str]:
    """Of every polity that the drawing links to, the fill that its country has."""
    found = {}
    for layer in ElementTree.fromstring(drawing.svg).iter(f"{SVG}g"):
        for link in layer.findall(f"{SVG}a"):
            id = link.attrib["href"].removeprefix("/pairs/x/").removesuffix("?a=1&b=2")
            fill = layer.attrib["fill"].removeprefix(f"url(#{drawing.name}-").removesuffix(")")
            assert found.setdefault(id, fill) == fill
    return found


def words(found: Status, other: Polity) -> str:
    """What a row of the key says of a status."""
    if found.state is State.UNKNOWN and not found.alternative and other in found.absent:
        return "No state of its own on the day"
    perhaps = found.alternative.value if found.alternative else "broken off by then" if found.lapsed else ""
    return found.state.value.capitalize() + (f", possibly {perhaps}" if perhaps else "")


@pytest.mark.parametrize(("id", "day"), ASKED)
def test_the_key_counts_what_the_query_counts(id: str, day: str | None) -> None:
    others = told(id, day).others
    counts = Counter(words(other.status, other.polity) for other in others)
    key = {row.title: row for row in drawn(id, day).key}
    assert {title: row.count for title, row in key.items() if row.count} == counts
    assert sum(row.count for row in key.values()) == len(others)
    assert {group.title: len(group.others) for group in drawn(id, day).groups} == counts
    for drawing in (drawn(id, day).wide, drawn(id, day).narrow):
        assert all(f"{title}: {count}" in drawing.text for title, count in counts.items())


@pytest.mark.parametrize(("id", "day"), ASKED)
def test_the_key_counts_what_is_drawn(id: str, day: str | None) -> None:
    names = {group.title: group.name for group in drawn(id, day).groups}
    on_map = Counter(fills(drawn(id, day).wide).values())
    for row in drawn(id, day).key:
        if row.title != "No record":  # some of that land has no polity, and no link
            assert row.drawn == on_map[names.get(row.title, NO_STATE.name)], row.title


@pytest.mark.parametrize(("id", "day"), [("united-states", None), ("united-states", "1850"), ("germany", "1943")])
def test_a_countrys_fill_is_the_status_of_its_pair(id: str, day: str | None) -> None:
    one, on = gazetteer().polity(id), When.parse(day) if day else None
    found = told(id, day)
    title = {group.name: group.title for group in groups(found.others)}
    listed = {other.polity.id for other in found.others}
    countries = fills(drawn(id, day).wide)
    for other in list(countries)[::9]:
        alone = pair(shipped(), one, gazetteer().polity(other), on)
        if other in listed:
            held = status(alone.current, alone.day, alone.polities, alone.passed)
            assert title[countries[other]] == words(held, gazetteer().polity(other))
        else:
            assert alone.events == ()
            assert countries[other] in ("untold", NO_STATE.name)
    assert fills(drawn(id, day).narrow) == countries


def test_some_countries_are_filled_as_everyone_knows_them() -> None:
    today = fills(drawn("united-states", None).wide)
    assert (today["canada"], today["iran"]) == ("established", "severed")
    assert fills(drawn("germany", "1943").wide)["united-states"] == "at-war"
    assert fills(drawn("peru", "1900").wide)["nigeria"] == NO_STATE.name
    assert fills(drawn("peru", "1900").wide)["bolivia"] == "untold"


def test_a_government_recognized_later_is_shown_as_not_recognized() -> None:
    assert fills(drawn("united-states", "1975").wide)["china"].startswith("not-recognized")


def test_no_country_of_today_takes_the_colour_of_the_state_it_belonged_to() -> None:
    held = drawn("united-states", "1985")
    assert {fills(held.wide)[id] for id in ("ukraine", "kazakhstan", "croatia", "south-sudan")} == {NO_STATE.name}
    past = {polity.id: title for title, gone in held.past for polity in gone}
    assert (past["soviet-union"], past["yugoslavia"], past["southern-yemen"]) == (
        "Established", "Established", "Severed",
    )  # fmt: skip
    assert drawn("united-states", None).past == ()


def test_what_has_no_outline_is_not_drawn_and_said_not_to_be() -> None:
    assert drawn("texas", "1840").itself is None
    assert drawn("peru", "1900").itself is not None
    row = next(row for row in drawn("united-states", "1985").key if row.title == "Ended")
    assert (row.drawn, row.told) == (0, f"{row.count} (none on the map)")


@pytest.mark.parametrize(("id", "day"), ASKED)
def test_a_map_asks_for_nothing_and_is_small(id: str, day: str | None) -> None:
    held = drawn(id, day)
    swatches = [row.swatch for row in held.key] + ([held.itself] if held.itself else [])
    ids: list[str] = []
    for drawing in (held.wide, held.narrow, *swatches):
        root = ElementTree.fromstring(drawing.svg)
        here = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert set(re.findall(r"url\(#([^)]+)\)", drawing.svg)) <= set(here)
        assert re.findall(r"(?:https?:)?//[^\"' ]+", drawing.svg) == ["http://www.w3.org/2000/svg"]
        assert set(re.findall(r"#[0-9a-f]{6}", drawing.svg)) <= set(PALETTE.values())
        assert "#" not in re.sub(r"url\(#[^)]+\)", "", drawing.inline())
        assert len(drawing.svg.encode()) <= 100_000
        ids += here
    assert len(ids) == len(set(ids))


def test_every_country_is_on_both_maps_and_a_link_that_tab_passes_by() -> None:
    polities = [gazetteer().of("iso3", code) for code in outlines() if code != "ATA"]
    ids = {found[0].id for found in polities if found} - {"peru"}
    for drawing in (drawn("peru", "1900").wide, drawn("peru", "1900").narrow):
        links = list(ElementTree.fromstring(drawing.svg).iter(f"{SVG}a"))
        assert set(fills(drawing)) == ids
        assert {link.attrib["tabindex"] for link in links} == {"-1"}
        assert all((link.findtext(f"{SVG}title") or "").strip() for link in links)


def test_no_two_groups_differ_by_colour_alone() -> None:
    peru = gazetteer().polity("peru")
    found = [Partner(peru, Status(state, told("peru", "1900").day, alternative=perhaps), None)
             for state in State for perhaps in (None, State.ESTABLISHED) if perhaps is not state]  # fmt: skip
    found.append(Partner(peru, Status(State.ESTABLISHED, told("peru", "1900").day, lapsed=True), None))
    held = groups(found)
    assert len(held) == len({group.name for group in held}) == len(found)
    sure = [group.texture for group in held if "possibly" not in group.title] + [NO_STATE.texture, ITSELF, NO_RECORD]
    forms = Counter((one.strokes, one.beneath == "paper") for one in sure)
    plain = {one.beneath for one in sure if not one.strokes}
    assert plain == {"good", "land"}  # the darkest and the palest, which no eye takes for each other
    assert {form: count for form, count in forms.items() if count > 1 and form[0]} == {
        (ITSELF.strokes, False): 2,  # a dark country with light dots, and a pale one with dark dots
    }


def test_a_hostile_name_stays_text() -> None:
    found = told("united-states", None)
    named = [
        replace(other, polity=replace(other.polity, name=hostile.HOSTILE[number % len(hostile.HOSTILE)]))
        for number, other in enumerate(found.others)
    ]
    made = world(replace(found, others=tuple(named)), address)
    for drawing in (made.wide, made.narrow):
        root = ElementTree.fromstring(drawing.inline())
        tags = {one.tag.removeprefix(SVG) for one in root.iter()}
        assert tags == {"svg", "title", "desc", "g", "defs", "pattern", "path", "a"}
        names = {name for one in root.iter() for name in one.attrib}
        assert not any(name.startswith("on") for name in names)
        assert {one.attrib["href"].partition("?")[0].rpartition("/")[0] for one in root.iter(f"{SVG}a")} == {"/pairs/x"}
        assert not re.search("[\u202a-\u202e\u2066-\u2069\0\x07\x1b]", drawing.svg)
        assert any("<script>" in (one.text or "") for one in root.iter(f"{SVG}title"))
