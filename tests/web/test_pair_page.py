"""The pair's page in a real browser: the slider, the address that keeps up, folds, the form without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web import DESKTOP, PHONE, Served, chromium, visit

GERMANY = "/pairs/germany/united-states"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_the_slider_moves_the_day_the_status_and_the_address(browser: Browser, served: Served) -> None:
    with visit(browser, served.url, DESKTOP) as page:
        page.goto(GERMANY)
        expect(page.locator("#headline")).to_contain_text("established")
        page.get_by_role("slider").fill("1943")
        expect(page.get_by_label("On the day")).to_have_value("1943")
        expect(page.locator("#headline")).to_contain_text("At war")
        expect(page).to_have_url(f"{served.url}{GERMANY}?as_of=1943")
        expect(page.locator("#said")).to_contain_text("At war")
        page.reload()
        expect(page.locator("#headline")).to_contain_text("At war")


def test_without_javascript_the_form_asks_for_the_day(browser: Browser, served: Served) -> None:
    with visit(browser, served.url, PHONE, java_script_enabled=False) as page:
        page.goto(GERMANY)
        expect(page.get_by_role("slider")).to_have_count(0)
        page.get_by_label("On the day").fill("1943")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(re.compile(r"as_of=1943"))
        expect(page.locator("#headline")).to_contain_text("At war")


@pytest.mark.parametrize(("size", "shown", "hidden"), [(PHONE, "narrow", "wide"), (DESKTOP, "wide", "narrow")])
def test_the_drawings_are_those_of_the_screen(
    browser: Browser, served: Served, size: tuple[int, int], shown: str, hidden: str
) -> None:
    with visit(browser, served.url, size) as page:
        page.goto("/pairs/peru/united-states?as_of=1838-05")
        for section in ("timeline", "map"):
            drawn = page.locator(f"section[aria-labelledby={section}]")
            expect(drawn.locator(f".{shown} svg")).to_be_visible()
            expect(drawn.locator(f".{hidden} svg")).to_be_hidden()


def test_a_fold_stays_open_when_the_day_moves(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        page.goto("/pairs/peru/united-states")
        page.locator("#map-places > summary").click()
        expect(page.locator("#map-places")).to_contain_text("Arica")
        page.get_by_role("slider").fill("1900")
        expect(page).to_have_url(re.compile(r"as_of=1900"))
        expect(page.locator("#map-places")).to_have_attribute("open", "")


def test_a_page_names_its_feeds_and_its_permanent_address(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        page.goto("/pairs/peru/united-states?as_of=1838-05&known_by=2026")
        for media in ("application/atom+xml", "application/feed+json"):
            address = page.locator(f"link[rel=alternate][type='{media}']").get_attribute("href")
            assert page.request.get(f"{served.url}{address}").ok
        permanent = page.locator("#address").input_value()
        assert permanent == f"{served.url}/pairs/peru/united-states?as_of=1838-05&known_by=2026"
