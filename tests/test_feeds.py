"""Feeds say what came to be known, once, when it did, in formats that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from answers import asked, claim, events_of, shipped
from comity.errors import BadCursor, UnknownRelation
from comity.follow.entry import MANY
from comity.follow.feed import PAGE, Feed, feed
from comity.follow.formats import atom, json_feed
from comity.ledger import View, Writer, own
from comity.ledger.open import embedded
from comity.model import Claim, Published, PublishedBasis, When
from comity.present.shapes import replies
from comity.query.news import Scope, families, moments
from comity.query.timeline import timeline
from comity.serve.app import create_app

BASE = "https://comity.example"
PAIR = Scope(("peru", "united-states"))
NEIGHBOURS = Scope(("chile", "peru"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def recorded(*claims: Claim) -> View:
    """A view in which claims are added to a user's own ledger at one go."""
    Writer(own()).append(claims, source=None, adapter="test", who="an editor")
    return View(embedded(), own())


def pages(view: View, scope: Scope) -> Iterator[Feed]:
    """Every page of a feed, as a reader follows their links."""
    one = feed(view, scope, BASE)
    yield one
    while one.next:
        one = feed(view, scope, BASE, one.next)
        yield one


def ids(one: Feed) -> set[str]:
    return {entry.id for entry in one.entries}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(public=[BASE]), BASE) as made:
        yield made


@pytest.mark.parametrize("scope", [PAIR, Scope(("peru",)), Scope((), "strife"), NEIGHBOURS])
def test_a_feed_reader_takes_the_atom_as_it_stands(scope: Scope) -> None:
    made = feed(shipped(), scope, BASE)
    read = feedparser.parse(atom(made))
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [entry.id for entry in made.entries]
    assert [entry.title for entry in read.entries] == [entry.title for entry in made.entries]


@pytest.mark.parametrize("scope", [PAIR, NEIGHBOURS])
def test_the_atom_has_what_rfc_4287_requires_once_each(scope: Scope) -> None:
    root = etree.fromstring(atom(feed(shipped(), scope, BASE)))
    for element in (root, *root.findall("a:entry", ATOM)):
        for required in ("id", "title", "updated"):
            [found] = element.findall(f"a:{required}", ATOM)
            assert found.text
        assert datetime.fromisoformat(element.findtext("a:updated", namespaces=ATOM) or "").tzinfo
        links = {(link.get("rel"), link.get("href")) for link in element.findall("a:link", ATOM)}
        assert len({rel for rel, _ in links}) == len(links)
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "comity"
    assert {content.get("type") for content in root.findall("a:entry/a:content", ATOM)} <= {"html"}
    held = [entry.findtext("a:id", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert len(set(held)) == len(held)


def test_the_json_has_what_json_feed_requires_and_the_entries_of_the_atom() -> None:
    made = feed(shipped(), PAIR, BASE)
    held = json.loads(json_feed(made))
    assert held["version"] == "https://jsonfeed.org/version/1.1"
    assert held["title"]
    assert held["feed_url"] == f"{BASE}/feeds/pairs/peru/united-states.json"
    assert held["home_page_url"] == f"{BASE}/pairs/peru/united-states"
    assert [item["id"] for item in held["items"]] == [entry.id for entry in made.entries]
    for item in held["items"]:
        assert item["content_html"]
        assert item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_every_event_of_the_timeline_came_to_be_known_in_the_feed() -> None:
    told = replies.Timeline.of(timeline(shipped(), "Peru", "United States")).as_json()
    known = {id for page in pages(shipped(), PAIR) for entry in page.entries for id in entry.claims}
    assert told["events"]
    assert not [event["sentence"] for event in told["events"] if known.isdisjoint(event["claims"])]


def test_every_event_of_the_brief_is_told_in_the_feed_by_the_same_claims_in_the_same_words() -> None:
    told = [
        one
        for one in events_of(replies.Dossier.of(asked("Peru")).as_json())
        if {one["subject"], one["object"]} == {*PAIR.parties}
    ]
    items = [item for page in pages(shipped(), PAIR) for item in json.loads(json_feed(page))["items"]]
    compared = 0
    for event in told:
        held = [item for item in items if event["claims"][0] in item["_comity"]["claims"]]
        assert held, event
        whole = [item["content_text"].casefold() for item in held if " more.\n" not in item["content_text"]]
        statement = event["sentence"].casefold().partition(": ")[0].rstrip(".")  # before what bears it out
        statement = statement.removesuffix("its source")  # a feed's text names the note instead
        assert not whole or any(statement in one for one in whole), event
        compared += bool(whole)
    assert compared > 20


def test_the_atom_tells_what_the_json_feed_tells() -> None:
    made = feed(shipped(), PAIR, BASE)
    items, read = json.loads(json_feed(made))["items"], feedparser.parse(atom(made), sanitize_html=False).entries
    assert len(items) == len(read) > 20
    for item, entry in zip(items, read, strict=True):
        assert (item["id"], item["title"], item["url"]) == (entry.id, entry.title, entry.link)
        assert item["content_html"].split() == entry.content[0].value.split()
        assert item["tags"] == [tag.term for tag in entry.tags]
        assert datetime.fromisoformat(item["date_published"]) == datetime.fromisoformat(entry.updated)


def test_a_claim_that_comity_came_with_is_dated_by_its_publication_and_not_by_the_package() -> None:
    made = feed(shipped(), PAIR, BASE)
    published = {c.published.when.latest for c in shipped().between(*PAIR.parties) if c.published.when}
    assert {entry.moment.date() for entry in made.entries} <= published
    assert [entry.moment for entry in made.entries] == sorted((e.moment for e in made.entries), reverse=True)


def test_the_pages_of_a_feed_hold_every_entry_once() -> None:
    first, *others = found = list(pages(shipped(), PAIR))
    assert others
    assert PAGE <= len(first.entries) < PAGE + MANY
    held = [entry.id for page in found for entry in page.entries]
    assert len(held) == len(set(held))


def test_asking_again_changes_nothing() -> None:
    assert atom(feed(shipped(), PAIR, BASE)) == atom(feed(View(embedded()), PAIR, BASE))


def test_what_is_recorded_is_news_at_the_time_of_its_recording(home: Any) -> None:
    before = feed(View(embedded(), own()), PAIR, BASE)
    page = Published(When.parse("1999-05-05"), PublishedBasis.GIVEN)
    told = claim("agreement.signed", "1999-05-04", object="united-states", label="Example Treaty", published=page)
    after = feed(recorded(told), PAIR, BASE)
    entry, *rest = after.entries
    assert "Example Treaty" in entry.title
    assert entry.claims == (told.id,)
    assert timedelta() < datetime.now(UTC) - entry.moment < timedelta(hours=1)
    assert after.updated == entry.moment
    assert [one.id for one in rest] == [one.id for one in before.entries][: len(rest)]


def test_what_is_recorded_at_one_go_in_numbers_is_one_entry(home: Any) -> None:
    many = [claim("visit", f"19{year}", envoy=f"Envoy {year}") for year in range(30, 30 + MANY + 5)]
    [entry] = feed(recorded(*many), NEIGHBOURS, BASE).entries
    assert entry.title == f"{len(many)} things came to be known at once of Chile and Peru"
    assert entry.path == "/pairs/chile/peru"
    assert set(entry.claims) == {one.id for one in many}
    assert entry.text.count("visited") == len(many)


def test_a_new_edition_that_says_the_same_is_no_news(home: Any) -> None:
    told = claim("war", "1879/1884", label="War of the Pacific", source="guide@1")
    before = feed(recorded(told), NEIGHBOURS, BASE)
    after = feed(recorded(told.but(source="guide@2", locator="elsewhere")), NEIGHBOURS, BASE)
    assert ids(after) == ids(before) != set()


def test_another_source_that_says_the_same_is_news(home: Any) -> None:
    told = claim("war", "1879/1884", label="War of the Pacific", source="guide@1")
    recorded(told)
    entry, *_ = feed(recorded(told.but(source="atlas@1")), NEIGHBOURS, BASE).entries
    assert entry.title.startswith("Confirmed by another source: ")


def test_a_claim_that_both_ledgers_hold_came_to_be_known_with_the_first(home: Any) -> None:
    [told, *_] = shipped().between(*PAIR.parties)
    assert moments(recorded(told), [told]) == moments(shipped(), [told])


def test_a_topic_tells_of_its_family_alone(home: Any) -> None:
    view = recorded(claim("war", "1879/1884", label="War of the Pacific"), claim("visit", "1990", envoy="A President"))
    told = {term for entry in feed(view, Scope((), "strife"), BASE).entries for term in entry.terms}
    assert "war" in told
    assert "visit" not in told


def test_a_page_that_no_feed_gave_is_refused() -> None:
    with pytest.raises(BadCursor, match="not a page of a feed"):
        feed(shipped(), PAIR, BASE, "yesterday")


def test_a_topic_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownRelation, match="missions-and-envoys"):
        Scope.of([], "weather")
    assert all(Scope.of([], topic) for topic in families())


def test_a_served_feed_is_not_sent_twice_to_who_holds_it(client: TestClient) -> None:
    path = "/feeds/pairs/peru/united-states.atom"
    whole = client.get(path)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "application/atom+xml"
    for held in (
        {"If-None-Match": whole.headers["ETag"]},
        {"If-None-Match": f'"other", W/{whole.headers["ETag"]}'},
        {"If-Modified-Since": whole.headers["Last-Modified"]},
    ):
        again = client.get(path, headers=held)
        assert (again.status_code, again.content) == (304, b"")
    earlier = "Mon, 01 Jan 2001 00:00:00 GMT"
    for held in ({"If-None-Match": '"other"'}, {"If-Modified-Since": earlier}, {"If-Modified-Since": "long ago"}):
        assert client.get(path, headers=held).content == whole.content


@pytest.mark.parametrize("path", ["pairs/usa/peru", "polities/korea", "topics/strife"])
def test_a_feed_is_served_in_both_formats_and_links_to_itself(client: TestClient, path: str) -> None:
    read = feedparser.parse(client.get(f"/feeds/{path}.atom").content)
    held = client.get(f"/feeds/{path}.json").json()
    [self] = [link.href for link in read.feed.links if link.rel == "self"]
    assert client.get(self.removeprefix(BASE)).status_code == 200
    assert [item["id"] for item in held["items"]] == [entry.id for entry in read.entries]
    for link in (link.href for link in read.feed.links if link.rel == "next"):
        assert client.get(link.removeprefix(BASE)).status_code == 200
