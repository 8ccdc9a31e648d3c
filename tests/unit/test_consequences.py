"""What follows from a mission's opening and a first ambassador, and what does not."""

from __future__ import annotations

import pytest

from comity.model import Document
from comity.reading import read


def said(text: str, relation: str, about: tuple[str, ...]) -> list[tuple[str, str | None]]:
    claims = read(Document(text, about=about))
    return [(c.when.edtf if c.when else "-", c.kind) for c in claims if c.relation == relation]


def test_an_embassy_on_a_new_states_first_day_begins_relations() -> None:
    text = "The Peruvian Embassy in Georgetown was established on May 26, 1966, with A. Ruiz as Chargé d’Affaires."
    assert said(text, "relations.established", ("guyana", "peru")) == [("1966-05-26", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The Peruvian Embassy in Georgetown was established on May 26, 1971.",
        "The Peruvian Embassy in Georgetown was established in 1966.",
        "The Peruvian Consulate in Georgetown was established on May 26, 1966.",
        "The Peruvian Embassy in Georgetown was not established on May 26, 1966.",
    ],
)
def test_a_later_or_undated_or_lesser_mission_tells_nothing_of_relations(text: str) -> None:
    assert said(text, "relations.established", ("guyana", "peru")) == []


def test_a_first_ambassador_to_a_legation_raised_it() -> None:
    text = (
        "The Chilean Legation in Lima was established on June 1, 1850.\n\n"
        "A. Ruiz presented his credentials as the first Chilean Ambassador to Peru on October 1, 1914."
    )
    assert said(text, "mission.raised", ("peru", "chile")) == [("1914-10-01", "embassy")]


@pytest.mark.parametrize(
    "before",
    [
        "The Chilean Embassy in Lima was established on June 1, 1850.",
        "The Chilean Legation in Lima was established on June 1, 1950.",
        "The Chilean Legation in Lima was raised to an Embassy on June 1, 1913.",
        "Chile recognized Peru on June 1, 1850.",
    ],
)
def test_a_first_ambassador_to_an_embassy_or_to_no_known_mission_raised_none_then(before: str) -> None:
    text = f"{before}\n\nA. Ruiz presented his credentials as the first Chilean Ambassador to Peru on October 1, 1914."
    assert ("1914-10-01", "embassy") not in said(text, "mission.raised", ("peru", "chile"))
