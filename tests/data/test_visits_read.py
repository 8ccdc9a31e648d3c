"""Visits as pages tell them: of whoever is in office, with a date, to a land or its capital."""

from __future__ import annotations

import pytest

from comity.model import Document
from comity.reading import read

Row = tuple[str, str | None, str | None, str | None, str | None]


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("Japanese Prime Minister Yoshiro Mori visited Kenya in January 2001.", ("japan", "kenya"),
         [("japan", "kenya", "prime minister", None, "2001-01")]),
        ("President Nixon visited Beijing in February 1972.", ("china", "united-states"),
         [("united-states", "china", "president", "Beijing", "1972-02")]),
        ("French President Charles de Gaulle, who visited Mexico in March 1964, spoke in Lima.", ("france", "peru"),
         [("france", "mexico", "president", None, "1964-03")]),
        ("King Harald of Norway visited Peru on May 2, 1994.", ("norway", "peru"),
         [("norway", "peru", "king", None, "1994-05-02")]),
    ],
)  # fmt: skip
def test_a_visit_of_one_in_office_is_read(text: str, about: tuple[str, ...], expected: list[Row]) -> None:
    found = [claim for claim in read(Document(text, about=about)) if claim.relation == "visit"]
    assert [(c.subject, c.object, c.kind, c.label, c.when.edtf if c.when else None) for c in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The envoy visited Peru on May 2, 1905.",
        "Norwegian tourists visited Peru in 1994.",
        "King Harald of Norway has often visited Peru.",
        "King Harald of Norway hoped to visit Peru in 1994.",
        "King Harald of Norway visited Norway's north in 1994.",
    ],
)
def test_other_visits_are_none(text: str) -> None:
    claims = read(Document(text, about=("norway", "peru")))
    assert [claim for claim in claims if claim.relation == "visit"] == []
