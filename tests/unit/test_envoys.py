"""Envoys of whom the text goes on to speak: by surname, as "he", or by the one that they succeed."""

from __future__ import annotations

import pytest

from comity.model import Document
from comity.reading import read

Act = tuple[str, str, str | None, str, str]


def acts(text: str) -> list[Act]:
    """Who sends whom to whom, when, of every envoy that a text tells of."""
    claims = [claim for claim in read(Document(text)) if claim.relation.startswith("envoy.")]
    return [
        (c.subject, c.relation.partition(".")[2], c.object, c.when.edtf if c.when else "-", c.participants[0].name)
        for c in claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sweden recognized Greece on June 3, 1833 by the appointment of Carl Lund as Minister Resident. "
            "Lund was commissioned to Spain but received by Greece.",
            [
                ("sweden", "appointed", "greece", "1833-06-03", "Carl Lund"),
                ("sweden", "appointed", "spain", "-", "Carl Lund"),
                ("sweden", "received", "greece", "-", "Carl Lund"),
            ],
        ),
        (
            "Japan named Saburo Ono as Minister to Chile in 1930. He was also accredited to Peru.",
            [
                ("japan", "appointed", "chile", "1930", "Saburo Ono"),
                ("japan", "received", "peru", "-", "Saburo Ono"),
            ],
        ),
        (
            "Italy appointed Carlo Tosi as Minister to Brazil in 1879. Succeeding Tosi, Aldo Neri was appointed "
            "Minister on June 8, 1882. He did not present his credentials until January, 1883.",
            [
                ("italy", "appointed", "brazil", "1879", "Carlo Tosi"),
                ("italy", "appointed", "brazil", "1882-06-08", "Aldo Neri"),
                ("italy", "received", "brazil", "1883-01", "Aldo Neri"),
            ],
        ),
    ],
)
def test_an_envoy_is_followed_through_a_paragraph(text: str, expected: list[Act]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Japan named Saburo Ono as Minister to Chile in 1930. Kenji Ono was received by Peru.",
        "Japan named Saburo Ono as Minister to Chile in 1930.\n\nOno was received by Peru.",
        "Manuel Torres was received by the President of Peru as a friend.",
    ],
)
def test_somebody_else_or_an_envoy_of_another_paragraph_is_not_taken_for_the_envoy(text: str) -> None:
    assert [act for act in acts(text) if act[2] == "peru"] == []
