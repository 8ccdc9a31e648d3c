"""What came to be known: two editions of a page, two versions of a ledger, and what never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.ledger import View, Writer, own
from comity.ledger.save import saving
from comity.model import Claim, Document, Published, PublishedBasis, When
from comity.present.changes import text
from comity.present.shapes import replies
from comity.query.ask import ask
from comity.query.diff import Diff, News, diff
from comity.reading import read
from comity.reconcile.judging import judged_in

PAIR = frozenset(("peru", "united-states"))
FIRST = (
    "Peru and the United States signed the Peru Trade Agreement (PTA) in April 2006. "
    "The PTA will enter into force in January 2009."
)
SECOND = (
    "Peru and the United States signed the Peru Trade Agreement (PTA) on April 12, 2006. "
    "The PTA entered into force on February 1, 2009."
)


def edition(text: str, published: str) -> Document:
    return Document(text, path="page.txt", published=Published(When.parse(published), PublishedBasis.GIVEN))


@pytest.fixture
def two(home: Path) -> View:
    with saving(judged_in, "an editor") as ledger:
        for document in (edition(FIRST, "2008-12-15"), edition(SECOND, "2009-12-15")):
            ledger.document(document, read(document))
    return View(own())


def news(found: Diff) -> dict[str, News]:
    return {change.event.relation: change.news for one in found.changes for change in one.events}


@pytest.mark.parametrize(
    ("known_by", "status", "certainty"), [("2008-12-31", "unknown", "unknown"), ("2010-01-01", "in-force", "yes")]
)
def test_what_was_planned_is_in_force_once_it_is_told(two: View, known_by: str, status: str, certainty: str) -> None:
    answer = ask(two, "Peru", "USA", "agreement.in-force", When.parse("2009-06-01"), When.parse(known_by))
    assert (answer.status, answer.certainty) == (status, certainty)
    assert answer.evidence


def test_a_later_edition_tells_what_came_about_and_dates_it_better(two: View) -> None:
    found = diff(two, two, PAIR, When.parse("2008-12-31"))
    assert news(found) == {"agreement.signed": News.FIRMER, "agreement.in-force": News.CAME_ABOUT}
    [one] = found.changes
    assert [change.before.when.edtf for change in one.events if change.before and change.before.when] == [
        "2006-04",
        "2009-01",
    ]


def test_two_versions_of_a_ledger_differ_by_what_was_added(two: View) -> None:
    before = View(own(), versions={own(): 0})
    assert news(diff(before, two)) == news(diff(two, two, PAIR, When.parse("2008-12-31")))
    assert diff(two, two).changes == ()


def test_nothing_new_is_said_in_a_line(two: View) -> None:
    assert list(text(diff(two, two), "version 1")) == ["Nothing new since version 1."]


def test_a_break_that_is_newly_told_changes_the_state_today(home: Path) -> None:
    writer = Writer(own())
    begun = Claim("peru", "relations.established", "chile", source="a", when=When.parse("1850"))
    broken = Claim("peru", "relations.severed", "chile", source="b", when=When.parse("1879-04-05"))
    for claim in (begun, broken):
        writer.append([claim], source=None, adapter="test", who="a tester")
    found = diff(View(own(), versions={own(): 0}), View(own()))
    [one] = found.changes
    assert one.status_changed
    assert "  relations today: severed since 5 April 1879; before: established since 1850" in list(text(found, "v0"))
    assert [status.state for status in replies.Diff.of(found, "v0").changes[0].status] == ["established", "severed"]
