"""The relations of one polity with all others."""

from __future__ import annotations

import pytest

from comity.ledger import View
from comity.ledger.open import embedded
from comity.model import When
from comity.query.pair import pair
from comity.query.partners import partners
from comity.query.status import status
from comity.sources.gazetteer import gazetteer


@pytest.fixture(scope="module")
def view() -> View:
    return View(embedded())


@pytest.mark.parametrize("day", [None, "1840", "1943-06-01"])
@pytest.mark.parametrize("id", ["germany", "peru", "united-states"])
def test_each_status_is_the_one_that_the_pair_alone_gives(view: View, id: str, day: str | None) -> None:
    on = When.parse(day) if day else None
    found = partners(view, id, on)
    assert found.others
    for other in found.others[::7]:
        alone = pair(view, gazetteer().polity(id), other.polity, on)
        assert other.status == status(alone.current, alone.day, alone.polities, alone.passed)


def test_what_was_not_yet_published_tells_of_no_partner(view: View) -> None:
    assert partners(view, "peru", known_by=When.parse("1900")).others == ()
