"""The pages in a real browser: the whole way on foot, with a keyboard, without JavaScript, and for everyone to read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

import hostile
from comity.follow.links import LOCAL
from comity.ledger import Writer
from comity.serve.app import create_app
from comity.serve.desk import Desk
from web import DESKTOP, PHONE, Served, chromium, serving, visit

SIZES = {"phone": PHONE, "desktop": DESKTOP}
PAIR = "/pairs/peru/united-states"
CLAIM = "/claims/718765579f362c73ab7d75820c611d01"
PAGES = {
    "home": "/",
    "meant": "/?a=congo&b=peruu",
    "pair": f"{PAIR}?as_of=1838-05",
    "pair-of-little": "/pairs/peru/haiti?as_of=1900",
    "misnamed": "/pairs/peruu/chile",
    "polity": "/polities/peru?as_of=1900",
    "polity-of-many": "/polities/united-states?as_of=1985",
    "polity-of-long-lineage": "/polities/germany?as_of=1943",
    "claim": CLAIM,
    "sources": "/sources",
    "source": "/sources/hsg-rdcr@f3c5354",
    "check": "/check",
    "rest": "/api/v1/docs",
    "nothing": "/no/such/page",
}
TEXT = """Peru and the United States

The United States recognized Peru on May 2, 1827. Peru and the United States established diplomatic relations in 1826.

Join our mailing list"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages are put: `COMITY_SCREENSHOTS`, which CI keeps."""
    named = os.environ.get("COMITY_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def violations(page: Page) -> list[str]:
    """What axe finds wrong on a page, each with the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']][:5]}" for one in found]


def checks(page: Page, text: str) -> None:
    """Paste a text and have it checked."""
    page.goto("/check")
    page.get_by_label("Text").fill(text)
    page.get_by_label("About").fill("Peru, United States")
    page.get_by_role("button", name="Check").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("size", SIZES)
def test_one_walks_from_the_search_to_the_source(browser: Browser, served: Served, size: str, scripts: bool) -> None:
    with visit(browser, served.url, SIZES[size], java_script_enabled=scripts) as page:
        page.goto("/")
        page.get_by_label("One polity").fill("Peru")
        page.get_by_label("The other").fill("USA")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(f"{served.url}{PAIR}")
        today = page.locator("#headline").inner_text()
        page.get_by_label("On the day").fill("1820")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(re.compile(r"as_of=1820"))
        expect(page.locator("#headline")).not_to_have_text(today)
        page.get_by_label("On the day").fill("1838-05")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(re.compile(r"as_of=1838-05"))
        page.locator("#notes-all > summary").click()
        page.locator(f".notes a[href='{CLAIM}']").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The United States recognized Peru on 2 May 1826.")
        page.locator(".fields a[href^='/sources/']").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("A Guide to the United States’ History")
        expect(page.locator(".fields")).to_contain_text("CC0-1.0")


def test_a_search_tells_of_both_names_that_mean_nothing_and_offers_those_near(browser: Browser, served: Served) -> None:
    with visit(browser, served.url, java_script_enabled=False) as page:
        page.goto("/?a=Perru&b=Unted+States")
        expect(page.get_by_role("alert")).to_contain_text("Perru")
        expect(page.get_by_role("alert")).to_contain_text("Unted States")
        page.locator("#b-meant a", has_text="United States").first.click()
        page.locator("#a-meant a", has_text="Peru").first.click()
        expect(page).to_have_url(f"{served.url}{PAIR}")
        page.goto("/?a=Peru&b=USA&as_of=yesterday")
        assert page.get_by_role("alert").inner_text().count('"yesterday" is not a date') == 1
        assert page.locator("[aria-invalid]").count() == 0


def test_a_name_of_several_is_offered_with_every_life(served: Served) -> None:
    with served.client() as client:
        offered = client.get("/").text
    korea = next(line for line in offered.splitlines() if 'value="Korea"' in line)
    assert re.search(r">1392 to 22 August 1910; North Korea, since .*; South Korea, since ", korea)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_is_found_in_a_pasted_text_is_marked_with_its_evidence(
    browser: Browser, served: Served, scripts: bool
) -> None:
    with visit(browser, served.url, PHONE, java_script_enabled=scripts) as page:
        checks(page, TEXT)
        marks = page.locator(".page mark")
        expect(marks.first).to_contain_text("The United States recognized Peru on May 2, 1827.")
        page.locator("#at-1").click()
        expect(page).to_have_url(f"{served.url}/check#finding-1")
        note = page.locator("#finding-1")
        expect(note).to_contain_text("Another statement gives a different date, or denies it.")
        expect(note).to_contain_text("The United States recognized Peru on 2 May 1826.")
        note.locator("a.claim").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("The United States recognized Peru")


def test_a_file_is_checked_by_its_passages_and_too_large_a_one_is_refused(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        html = f"<!doctype html><title>x</title><p>{TEXT.splitlines()[2]}</p>".encode()
        for data, says in ((html, "conflict-date"), (b"Peru " * 200_001, "larger than 1,000,000 bytes")):
            page.goto("/check")
            page.get_by_label("About").fill("Peru, United States")
            page.get_by_label("Or a file").set_input_files({"name": "a.html", "mimeType": "text/html", "buffer": data})
            page.get_by_role("button", name="Check").click()
            expect(page.locator("main")).to_contain_text(says)
        assert page.locator("[role=alert]").count() == 1


def test_a_checked_text_leaves_nothing_behind(served: Served) -> None:
    with served.client() as client:
        form = {"text": (None, "Zanzibar recognized Peru in 1850, word of Qwertyuiop."), "about": (None, "Peru")}
        answer = client.post("/check", files=form)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert "Qwertyuiop" in answer.text
        assert "Qwertyuiop" not in client.get("/check").text
        assert client.get("/api/v1/claims?about=zanzibar&about=peru").json()["items"] == []


def test_the_way_can_be_walked_with_a_keyboard_alone(browser: Browser, served: Served) -> None:
    with visit(browser, served.url) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        tab_to(page, "#a")
        page.keyboard.type("Peru")
        tab_to(page, "#b")
        page.keyboard.type("United States")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{PAIR}")
        tab_to(page, "#as_of")
        page.keyboard.type("1838-05")
        page.keyboard.press("Enter")
        page.wait_for_url("**as_of=1838-05")
        expect(page.locator("#answer")).not_to_have_attribute("aria-busy", "true")
        tab_to(page, "#notes-all > summary")
        page.keyboard.press("Enter")
        tab_to(page, ".notes a.claim")
        page.keyboard.press("Enter")
        page.wait_for_url("**/claims/*")
        tab_to(page, ".fields a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/*")


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Press Tab until an element that fits is in focus, which must be seen to be so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("fits => document.activeElement.matches(fits)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none"
            return
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_page(
    browser: Browser, served: Served, screenshots: Path, size: str, scheme: str
) -> None:
    found: dict[str, list[str]] = {}
    with visit(browser, served.url, SIZES[size], color_scheme=scheme) as page:
        for name, address in (*PAGES.items(), ("checked", "")):
            if address:
                page.goto(address)
            else:
                checks(page, TEXT)
                expect(page.locator(".findings")).to_be_visible()
            page.screenshot(path=screenshots / f"{name}-{size}-{scheme}.png", full_page=True)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            found[name] = violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found[name].append(f"wider than the screen by {wide} pixels")
    assert {name: held for name, held in found.items() if held} == {}


def test_hostile_claims_are_inert_on_every_page(browser: Browser, tmp_path: Path) -> None:
    claims = hostile.claims("peru", "iceland")
    Writer(tmp_path / "ledger").append(claims, source=None, adapter="test", who="<script>alert(1)</script>")
    pair = "/pairs/iceland/peru?as_of=1910"
    alike = {
        (one.locator, one.source): one.id for one in claims
    }.values()  # the pages of the others have the same words
    shown = [pair, "/polities/iceland", "/sources", *(f"/claims/{id}" for id in alike)]
    shown += [f"/sources/{quote(one, safe='')}" for one in hostile.HOSTILE if one.isprintable()]
    with serving(tmp_path) as served, visit(browser, served.url, PHONE) as page:
        for address in shown:
            assert_inert(page, address)
        checks(page, "\n\n".join(hostile.HOSTILE) + f"\n\n{TEXT}")
        assert_inert(page)
        assert_inert(page, f"/?{'a=' + quote(hostile.HOSTILE[1])}&b={quote(hostile.HOSTILE[2])}")
        assert_inert(page, f"/pairs/{quote(hostile.HOSTILE[4], safe='')}/peru")
        assert_inert(page, f"/claims/{quote(hostile.HOSTILE[4], safe='')}")


def assert_inert(page: Page, address: str | None = None) -> None:
    """Nothing of a claim's words became an element, a handler, an address that runs, or a mark that turns text."""
    if address:
        page.goto(address)
    assert page.evaluate(f"window.{hostile.RAN} === undefined")
    assert page.locator("main").is_visible()
    assert page.locator("iframe, base, main script, main style, main img, main meta").count() == 0
    found = page.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(one => [...one.attributes]
        .filter(held => held.name.startsWith('on') || /^\\s*javascript:/i.test(held.value) && held.name !== 'value')
        .map(held => `${one.tagName} ${held.name}`))"""
    )
    assert found == [], address
    assert not re.search("[\u202a-\u202e\u2066-\u2069\0\x07\x1b]", page.locator("main").inner_text()), address


def test_a_claims_passage_is_marked_where_the_text_is_at_hand(home: Path, mirror: Path) -> None:
    with TestClient(create_app(Desk(mirror)), base_url=LOCAL) as client:
        page = client.get("/claims/ab210118").text
    assert "<p>The Soviet Union declared war on Bulgaria" in page
    assert re.search(
        r"<mark>The U\.S\. Legation in Sofia was reopened[^<]*as U\.S\. Minister to Bulgaria\.</mark>", page
    )


def test_a_claims_page_tells_when_no_text_is_at_hand_and_what_else_is_held(served: Served) -> None:
    with served.client() as client:
        page = client.get(CLAIM).text
        assert client.get("/claims/71876557", follow_redirects=False).headers["location"] == CLAIM
    for told in (
        "not available here",
        "feb",
        "CC0-1.0",
        "comity build-embedded",
        "is more precise than",
        "It describes one",
    ):
        assert told.casefold() in page.casefold(), told
