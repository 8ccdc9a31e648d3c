"""Aid, the agencies through which it is given, and pledges: who, to whom, how much, of which kind and for what."""

from __future__ import annotations

import pytest

from comity.model import Claim, Document
from comity.reading import read
from comity.reading.names.agencies import named_agencies


def claims(text: str, relation: str, *about: str) -> list[Claim]:
    return [claim for claim in read(Document(text, about=about)) if claim.relation == relation]


def told(text: str, relation: str, *about: str) -> list[str]:
    """The parties, the date, then the kind, the value and the label where there are any."""
    made = []
    for c in claims(text, relation, *about):
        value = f"{c.value:g} {c.unit}" if c.value is not None else None
        when = c.when.edtf if c.when else "-"
        made.append(" | ".join(part for part in (c.subject, c.object or "-", when, c.kind, value, c.label) if part))
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan provided $350 million in loans to Kenya in 2010 for a geothermal plant at Olkaria.",
         ["japan | kenya | 2010 | loans | 3.5e+08 USD | a geothermal plant at Olkaria"]),
        ("In 1948 Sweden gave Finland a loan of 300 million dollars.", ["sweden | finland | 1948 | loan | 3e+08 USD"]),
        ("Britain lent Greece £2 million in 1824.", ["united-kingdom | greece | 1824 | loan | 2e+06 GBP"]),
        ("Turkey was granted a loan by France in 1931.", ["france | turkey | 1931 | loan"]),
        ("France has provided Chad with military assistance.", ["france | chad | - | military assistance"]),
        ("Egypt received military aid from the Soviet Union in 1956.", ["soviet-union | egypt | 1956 | military aid"]),
        ("Egypt received American food aid.", ["united-states | egypt | - | food aid"]),
        ("Peru and Chile received aid from Spain in 1866.",
         ["spain | peru | 1866 | aid", "spain | chile | 1866 | aid"]),
        ("British aid to Kenya totaled £5 million in 1990.", ["united-kingdom | kenya | 1990 | aid | 5e+06 GBP"]),
        ("German assistance to Namibia supports the restoration of schools and clinics.",
         ["germany | namibia | - | assistance | the restoration of schools and clinics"]),
    ],
)  # fmt: skip
def test_aid_has_a_giver_a_taker_and_what_is_said_of_it(text: str, expected: list[str]) -> None:
    assert told(text, "assistance") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chile refused a loan from Peru in 1850.",
        "Chile would give aid to Peru.",
        "Peru asked Chile to provide aid in 1850.",
        "The railway was financed by British bankers.",
        "The envoy gave aid to a sick sailor in Peru.",
        "The United States gave assistance to Japan's negotiators in 1951.",
        "The United States suspended military aid to Guatemala in 1977.",
        "The treaty between Korea and Japan had been negotiated with the assistance of Chinese officials.",
        "The revolt was supported by Peruvian loans that nobody had granted to Chile.",
    ],
)
def test_what_was_not_given_by_a_state_to_another_is_no_aid(text: str) -> None:
    assert told(text, "assistance", "peru", "chile") == []


@pytest.mark.parametrize(
    ("before", "label"),
    [
        ("Ghana and Canada run an effort to establish a health program for farmers in the north.",
         "a health program for farmers in the north"),
        ("Canada began a literacy program for the schools of Ghana.", "a literacy program for the schools of Ghana"),
        ("Canada and Ghana cooperate on the restoration of wells.", "the restoration of wells"),
        ("Accra is the capital of Ghana.", None),
    ],
)  # fmt: skip
def test_an_effort_named_again_is_the_one_of_the_sentence_before(before: str, label: str | None) -> None:
    text = f"{before} This effort is funded by the Canadian International Development Agency (CIDA)."
    [claim] = claims(text, "assistance", "ghana", "canada")
    assert (claim.subject, claim.object, claim.label) == ("canada", "ghana", label)
    assert [(p.role, p.name) for p in claim.participants] == [
        ("funder", "Canadian International Development Agency (CIDA)")
    ]


def test_an_agency_is_known_by_the_abbreviation_that_was_given_for_it() -> None:
    text = "The dam was financed by the Norwegian Fund for Rivers (NFR) in 1978. NFR also financed three schools."
    held = claims(text, "assistance", "nepal", "norway")
    assert [p.name for c in held for p in c.participants] == ["Norwegian Fund for Rivers (NFR)"] * 2
    assert {(c.subject, c.object) for c in held} == {("norway", "nepal")}


def test_agencies_joined_by_and_are_two() -> None:
    text = "The roads of Chile are funded by the Export-Import Bank and the Inter-American Foundation."
    [claim] = claims(text, "assistance", "chile", "united-states")
    assert [p.name for p in claim.participants] == ["Export-Import Bank", "Inter-American Foundation"]
    assert [agency.polity for agency in named_agencies(text, {})] == ["united-states", "united-states"]


def test_an_agency_of_the_world_gives_in_no_states_name() -> None:
    text = "The port was financed by the World Bank in 1970. Chile and Peru met."
    assert told(text, "assistance", "chile", "peru") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan government has pledged to protect Japanese investors.",
         ["kenya | japan | - | protect Japanese investors"]),
        ("Chile committed itself to reducing tariffs.", ["chile | - | - | reducing tariffs"]),
        ("In 1871 Spain promised Chile to return the islands.", ["spain | chile | 1871 | return the islands"]),
        ("Norway pledged in 1995 to cut emissions by 2010.", ["norway | - | 1995 | cut emissions by 2010"]),
    ],
)  # fmt: skip
def test_a_pledge_says_what_is_pledged_and_when(text: str, expected: list[str]) -> None:
    assert told(text, "commitment", "kenya", "japan") == expected


def test_a_pledge_keeps_the_places_that_it_names() -> None:
    text = "Bolivia has committed to build schools in poor areas, including the Beni, Mamore and Itenez River Valley."
    text += " Chile supports this."
    [claim] = claims(text, "commitment", "bolivia", "chile")
    assert claim.object == "chile"
    assert [(p.role, p.name) for p in claim.participants] == [("place", "Beni, Mamore and Itenez River Valley")]


@pytest.mark.parametrize(
    "text",
    [
        "Chile refused to commit to returning the Tacna Province to Peru.",
        "He promised to return to Peru in 1850.",
        "Chile promised a reply to Peru.",
        "The murder was committed in Chile to hide a theft from Peru.",
        "Peru would promise to pay Chile.",
    ],
)
def test_what_no_state_pledges_is_no_commitment(text: str) -> None:
    assert told(text, "commitment", "peru", "chile") == []
