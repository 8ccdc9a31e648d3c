"""Memberships, alliances, common work, agreements that are had and talks that go on; and how each is told."""

from __future__ import annotations

import pytest

from comity.model import Claim, Document, Participant, When
from comity.present.event_sentences import sentence
from comity.reading import read
from comity.reconcile.events import Event


def claims(text: str, relation: str, *about: str) -> list[Claim]:
    return [claim for claim in read(Document(text, about=about)) if claim.relation == relation]


def members(text: str) -> list[str]:
    held = claims(text, "membership", "chile", "japan")
    return [" ".join((c.subject, c.when.edtf if c.when else "-", c.label or "", c.modality.value)) for c in held]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway is a member of NATO.", ["norway - North Atlantic Treaty Organization asserted"]),
        ("Chile has been a member of the World Trade Organization since 1995.",
         ["chile 1995 World Trade Organization asserted"]),
        ("Chile and Japan belong to a number of the same international organizations, including the World Bank and the "
         "World Trade Organization.",
         ["chile - World Bank asserted", "japan - World Bank asserted",
          "chile - World Trade Organization asserted", "japan - World Trade Organization asserted"]),
        ("Both countries are members of the United Nations.",
         ["chile - United Nations asserted", "japan - United Nations asserted"]),
        ("Chile is not a member of the World Bank.", ["chile - World Bank denied"]),
    ],
)  # fmt: skip
def test_states_are_members_of_what_is_listed(text: str, expected: list[str]) -> None:
    assert members(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He is a member of the United Nations staff in Chile.",
        "Chile is a member of the United Nations Security Council.",
        "Chile was a member of the Andean Community.",
        "Members of the United Nations met in Japan.",
        "Chile was a colony from 1814 until 1964, when it joined the United Nations, and Japan was free.",
        "Chile is a member in good standing, and the World Bank lends to Japan.",
    ],
)
def test_what_is_past_or_no_state_is_no_member(text: str) -> None:
    assert members(text) == []


def test_an_agreement_that_is_had_keeps_of_how_many_it_is_one() -> None:
    held = claims("Chile has FTAs with 20 countries, including Japan and Norway.", "agreement.in-force")
    assert [(c.subject, c.object, c.label, c.when) for c in held] == [
        ("chile", "japan", "free trade agreement", None), ("chile", "norway", "free trade agreement", None)
    ]  # fmt: skip
    assert {c.participants for c in held} == {(Participant("among", "20 countries"),)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siemens AG, a German firm, built the power stations of Brazil.", ("germany", "brazil", "Siemens AG", "firm")),
        ("The Lobitos Company, a British oil company, ruled the coast of Peru.",
         ("united-kingdom", "peru", "Lobitos Company", "oil company")),
        ("Engineer John North, a Canadian merchant, lived in Chile.", ("canada", "chile", "John North", "merchant")),
    ],
)  # fmt: skip
def test_whose_an_actor_is_may_stand_behind_the_name(text: str, expected: tuple[str, ...]) -> None:
    [claim] = claims(text, "actor")
    assert (claim.subject, claim.object, claim.label, claim.kind) == expected


WHEN = When.parse("1950")
FUNDERS = (Participant("funder", "JICA"), Participant("funder", "KfW"))


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim("chile", "membership", label="United Nations", when=WHEN),
         "Chile became a member of the United Nations in 1950."),
        (Claim("chile", "membership", label="World Bank"), "Chile is or was a member of the World Bank."),
        (Claim("chile", "alliance", "peru", when=WHEN), "Chile and Peru were allied in 1950."),
        (Claim("chile", "cooperation", "peru", label="fisheries"), "Chile and Peru have cooperated on fisheries."),
        (Claim("chile", "cooperation", "peru", label="joint naval exercises", when=WHEN),
         "Chile and Peru cooperated in joint naval exercises in 1950."),
        (Claim("japan", "assistance", "kenya", kind="loans", value=3.5e8, unit="USD", label="a dam", when=WHEN),
         "Japan gave Kenya 350 million USD of loans in 1950, for a dam."),
        (Claim("japan", "assistance", "kenya", label="the schools", participants=FUNDERS),
         "Japan has given Kenya assistance, for the schools (funders: JICA and KfW)."),
        (Claim("japan", "assistance", "kenya", kind="aid", value=2e9, unit="USD",
               participants=(Participant("precision", "more than"),)),
         "Japan has given Kenya more than 2 billion USD of aid."),
        (Claim("kenya", "commitment", "japan", label="protect investors"),
         "Kenya has committed itself to Japan, to protect investors."),
        (Claim("kenya", "commitment", label="protect investors"), "Kenya has committed itself to protect investors."),
        (Claim("chile", "negotiation", "peru", label="trade treaty"),
         "Chile and Peru have negotiated the trade treaty."),
        (Claim("chile", "agreement.in-force", "peru", label="trade treaty"),
         "The trade treaty, between Chile and Peru, is in force."),
        (Claim("germany", "actor", "chile", label="Siemens", kind="firm"),
         "Siemens of Germany, firm, had a part in the relations with Chile."),
        (Claim("chile", "publication", "peru", label="Ana Ruiz, Chile and Peru", when=WHEN,
               participants=(Participant("publisher", "Athlone Press"),)),
         "Ana Ruiz, Chile and Peru is a work about Chile and Peru, published in 1950 (publisher: Athlone Press)."),
        (Claim("chile", "trade.exports", "peru", value=1.2e9, unit="USD", when=WHEN,
               participants=(Participant("growth", "+53 %"), Participant("precision", "nearly"))),
         "Chile's exports to Peru were nearly 1.2 billion USD (+53 %) in 1950."),
    ],
)  # fmt: skip
def test_a_tie_is_told_in_one_sentence(claim: Claim, expected: str) -> None:
    assert sentence(Event(claim.relation, claim.subject, claim.object, claim.when, (claim,))) == expected


def test_a_work_on_one_country_is_no_work_on_the_two() -> None:
    text = "James J. Sheehan, Japanese History 1770-1866 (Oxford: Clarendon Press, 1989)."
    assert claims(text, "publication", "chile", "japan") == []


def test_a_pledge_is_not_to_one_whom_its_paragraph_does_not_name() -> None:
    [claim] = claims("Chile committed to protecting its forests.", "commitment", "chile", "japan")
    assert claim.object is None
