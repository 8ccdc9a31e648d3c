"""Companies, people of business and works: who and what a page names beside the two states."""

from __future__ import annotations

import pytest

from comity.model import Claim, Document
from comity.reading import read
from comity.reading.relations.works import cited_works

ABOUT = ("chile", "united-kingdom")


def said(text: str, relation: str, about: tuple[str, ...] = ABOUT) -> list[Claim]:
    return [claim for claim in read(Document(text, about=about)) if claim.relation == relation]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("British banks such as Barings and Rothschild lent to Chile.",
         [("united-kingdom", "chile", "Barings", "bank"), ("united-kingdom", "chile", "Rothschild", "bank")]),
        ("The British engineer Robert Stephenson built railways in Chile.",
         [("united-kingdom", "chile", "Robert Stephenson", "engineer")]),
        ("Chilean companies, including LAN Airlines and Codelco, have offices in London.",
         [("chile", "united-kingdom", "LAN Airlines", "company"), ("chile", "united-kingdom", "Codelco", "company")]),
        ("In 1890, British firms like Gibbs and Sons and the nitrate merchant John North ruled the port.",
         [("united-kingdom", "chile", "Gibbs and Sons", "firm"),
          ("united-kingdom", "chile", "John North", "nitrate merchant")]),
        ("German firms like Siemens sold telephones in Chile.", [("germany", "chile", "Siemens", "firm")]),
    ],
)  # fmt: skip
def test_an_actor_is_of_the_polity_that_is_named_before(text: str, expected: list[tuple[str, ...]]) -> None:
    found = [(claim.subject, claim.object, claim.label, claim.kind) for claim in said(text, "actor")]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Firms like these come and go in Chile.",
        "The British engineer built railways in Chile.",
        "Companies such as Acme and Globex were founded in 1950.",
        "British statesmen such as Canning and Palmerston looked to Chile.",
    ],
)
def test_who_is_of_no_polity_or_no_business_is_no_actor(text: str) -> None:
    assert said(text, "actor") == []


@pytest.mark.parametrize(
    ("text", "label", "roles"),
    [
        ("Chile and Britain: Trade and Influence (Studies in Empire) by Ana M. Ruiz is the standard account.",
         "Ana M. Ruiz, Chile and Britain: Trade and Influence",
         {"author": "Ana M. Ruiz", "series": "Studies in Empire"}),
        ("Harold Blakemore, British Nitrates and Chilean Politics (London: Athlone Press, 1974), tells more.",
         "Harold Blakemore, British Nitrates and Chilean Politics",
         {"author": "Harold Blakemore", "publisher": "Athlone Press"}),
        ("In his book Chile and Great Britain (1931), the historian John Rippy disagrees.",
         "John Rippy, Chile and Great Britain", {"author": "John Rippy"}),
    ],
)  # fmt: skip
def test_a_work_has_author_title_and_what_else_is_said(text: str, label: str, roles: dict[str, str]) -> None:
    [claim] = said(text, "publication")
    assert claim.label == label
    assert {participant.role: participant.name for participant in claim.participants} == roles
    assert claim.parties == frozenset(ABOUT)


def test_a_work_is_dated_by_the_year_of_its_publication() -> None:
    [claim] = said(
        "Harold Blakemore, British Nitrates and Chilean Politics (Athlone Press, 1974), tells.", "publication"
    )
    assert claim.when is not None
    assert claim.when.edtf == "1974"


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Peace and Friendship was signed by President Manuel Montt in Santiago.",
        "Recognition of Chile by the British Government came in 1831.",
        "The Republic of Chile: its envoy was received by King William.",
        "The Legation of Chile (Santiago) was opened by John White in 1824.",
    ],
)
def test_what_is_done_by_somebody_is_no_work(text: str) -> None:
    assert said(text, "publication") == []


def test_a_title_alone_with_an_author_is_not_taken_for_a_work() -> None:
    assert list(cited_works("Chile and Peru by Ana Ruiz")) == []
