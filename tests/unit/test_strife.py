"""Strife: wars by their names, and insurgencies by those who fight them."""

from __future__ import annotations

import pytest

from comity.model import Document
from comity.reading import read
from comity.reading.lexicon.words import groups
from comity.sources.gazetteer import gazetteer


def told(text: str, relation: str) -> list[str]:
    """The claims of one relation: the parties, the date and the label."""
    claims = [claim for claim in read(Document(text)) if claim.relation == relation and claim.label]
    return [
        " ".join((c.subject, *([c.object] if c.object else []), c.when.edtf if c.when else "-", c.label or ""))
        for c in claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The War of the Pacific with Chile slowed Peru's growth.", ["peru chile - War of the Pacific"]),
        ("The Chaco War between Bolivia and Paraguay (1932–35) hurt trade.", ["bolivia paraguay 1932/1935 Chaco War"]),
        ("The Winter War with the Soviet Union exhausted Finland.", ["finland soviet-union - Winter War"]),
        ("The Football War of 1969 between El Salvador and Honduras was short.",
         ["el-salvador honduras 1969 Football War"]),
        ("After the Russo-Japanese War of 1904-05 a minister was sent.", ["russia japan 1904/1905 Russo-Japanese War"]),
        ("The Iran–Iraq War (1980–1988) was long.", ["iran iraq 1980/1988 Iran–Iraq War"]),
        ("Following the Austro-Prussian War of 1866, it joined.", ["austrian-empire prussia 1866 Austro-Prussian War"]),
        ("The Falklands War between Argentina and the United Kingdom broke out in April 1982.",
         ["argentina united-kingdom 1982-04 Falklands War"]),
        ("The War of the Triple Alliance against Brazil and Argentina ruined Paraguay.",
         ["paraguay brazil - War of the Triple Alliance", "paraguay argentina - War of the Triple Alliance"]),
    ],
)  # fmt: skip
def test_a_war_is_between_those_its_name_joins_or_who_stand_by_it(text: str, expected: list[str]) -> None:
    assert told(text, "war") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Secretary of War wrote to Peru about the World War and the Cold War with Russia.",
        "The Korean War changed Japan.",
        "Peru and Chile met during the June 1967 Arab-Israeli War.",
        "The Franco-Austrian War brought changes.",  # of which Austria, nobody says
        "The Trade War between China and Australia was long.",
        "The Ministry of War of Peru bought guns from the Krupp works in 1902.",
    ],
)
def test_a_war_without_two_known_parties_is_none(text: str) -> None:
    assert told(text, "war") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aid to Peru fell through the Sendero Luminoso era.", ["peru - Sendero Luminoso"]),
        ("The Tamil Tigers were defeated in Sri Lanka.", ["sri-lanka - Tamil Tigers"]),
        ("Guerrillas of the FARC left Colombia.", ["colombia - FARC"]),
        ("The civil war in El Salvador hurt trade.", ["el-salvador - civil war"]),
        ("During the Spanish Civil War (1936-39) it moved.", ["spain 1936/1939 Civil War"]),
        ("Maoist insurgents in Nepal signed a peace accord.", ["nepal - Maoist insurgents"]),
        ("The Herero rebellion in Namibia in 1904 was crushed.", ["namibia 1904 Herero rebellion"]),
        ("Colombian guerrillas crossed the border.", ["colombia - Colombian guerrillas"]),
    ],
)
def test_an_insurgency_is_of_the_polity_that_the_text_or_the_groups_name_tells(text: str, expected: list[str]) -> None:
    assert told(text, "insurgency") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The IRA account was opened in Peru.",
        "Chile tried to prevent an uprising in Peru.",
        "The student rebelled against his teacher in Peru.",
        "Peru sent help when insurgents took the town.",
        "He sold the FARC of the ship in Chile.",
    ],
)
def test_no_insurgency_is_read_without_strife_or_polity(text: str) -> None:
    assert told(text, "insurgency") == []


def test_a_war_with_one_of_the_two_that_a_page_is_about_is_with_the_other() -> None:
    [claim] = read(Document("The Tin War with Chile (1910–1919) was long.", about=("chile", "united-states")))
    assert (claim.subject, claim.object, str(claim.when)) == ("united-states", "chile", "1910/1919")


def test_every_group_fought_a_polity_of_the_gazetteer() -> None:
    assert {
        id for section in ("names", "abbreviations") for id in groups(section).values() if id not in gazetteer()
    } == set()
