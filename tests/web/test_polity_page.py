"""The polity's page in a real browser: the map that leads to pairs, the lineage, and both for those who see neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web import DESKTOP, PHONE, Served, chromium, visit

SIZES = [(PHONE, "narrow", "wide"), (DESKTOP, "wide", "narrow")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize(("size", "shown", "hidden"), SIZES)
def test_a_country_on_the_map_leads_to_its_pair_on_the_day(
    browser: Browser, served: Served, size: tuple[int, int], shown: str, hidden: str, scripts: bool
) -> None:
    with visit(browser, served.url, size, java_script_enabled=scripts) as page:
        page.goto("/polities/brazil?as_of=1943")
        drawn = page.locator("figure.world")
        expect(drawn.locator(f".{shown} > svg")).to_be_visible()
        expect(drawn.locator(f".{hidden} > svg")).to_be_hidden()
        expect(drawn.locator(".key")).to_contain_text("Established: 1")
        told = drawn.locator(f".{shown} a[href='/pairs/brazil/united-states?as_of=1943'] > title").first
        expect(told).to_have_text(re.compile("^United States: established since "))
        drawn.locator(f".{shown} a[href='/pairs/brazil/china?as_of=1943'] > path").first.click()
        expect(page).to_have_url(f"{served.url}/pairs/brazil/china?as_of=1943")


@pytest.mark.parametrize(("size", "shown", "hidden"), SIZES)
def test_the_lineage_is_drawn_and_listed_with_its_claims(
    browser: Browser, served: Served, size: tuple[int, int], shown: str, hidden: str
) -> None:
    with visit(browser, served.url, size) as page:
        page.goto("/polities/texas?as_of=1840")
        lineage = page.locator("section[aria-labelledby=lineage]")
        expect(lineage.locator(f".{shown} > svg")).to_contain_text("independence, 2 March 1836")
        expect(lineage.locator(f".{hidden} > svg")).to_be_hidden()
        expect(lineage.locator("li").first).to_contain_text("Texas became independent of Mexico on 2 March 1836.")
        lineage.locator("li a.claim").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("became independent")
        page.goto("/polities/switzerland")
        expect(page.locator("section[aria-labelledby=lineage]")).to_have_count(0)


def test_neither_drawing_stops_the_tab_key_or_stands_alone(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        page.goto("/polities/united-states")
        for figure, heading in (("world", "Map of the world"), ("descent", "Lineage of")):
            drawing = page.locator(f"figure.{figure} .wide > svg")
            expect(drawing).to_have_accessible_name(re.compile(heading))
            assert drawing.evaluate("one => [...one.querySelectorAll('a')].every(link => link.tabIndex === -1)")
        on_map = page.locator("figure.world .wide a").evaluate_all("links => links.map(link => link.href.baseVal)")
        listed = page.locator("section details a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(on_map) > 150
        assert len(set(on_map) - set(listed)) <= 10  # those of which nothing is told


def test_the_page_tells_what_was_known_by_a_day(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        page.goto("/polities/peru")
        page.get_by_role("textbox", name="On the day").fill("1900")
        page.get_by_role("textbox", name="Known by").fill("1950")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(f"{served.url}/polities/peru?as_of=1900&known_by=1950")
        expect(page.locator("#relations + p")).to_have_text("No source records relations with another polity.")


def test_a_day_that_is_none_is_told_of(served: Served) -> None:
    with served.client() as client:
        for asked, says in (("as_of=1900/1910", "is an interval"), ("known_by=soon", "known_by")):
            answer = client.get(f"/polities/peru?{asked}")
            assert answer.status_code == 400
            assert says in answer.text
