"""Figures of trade and travel: currency, scale, growth, how exact they are said to be, and whether they add up."""

from __future__ import annotations

import pytest

from comity.model import Claim, Document
from comity.reading import read
from comity.reading.relations.growth import check

FIGURES = ("trade.exports", "trade.imports", "trade.total", "travel")


def figures(text: str, *about: str) -> list[Claim]:
    return [claim for claim in read(Document(text, about=about)) if claim.relation in FIGURES]


def told(text: str, *about: str) -> list[str]:
    """The figures: the parties, the date, the value, its unit, then growth and precision where they are said."""
    return [
        " ".join((c.subject, c.relation.removeprefix("trade."), c.object or "-", c.when.edtf if c.when else "-",
                  f"{c.value:g}", c.unit or "-", *(p.name for p in c.participants)))
        for c in figures(text, *about)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("British exports to Kenya rose by 12 percent to £350m in 2015.",
         ["united-kingdom exports kenya 2015 3.5e+08 GBP +12 %"]),
        ("German imports from Chile fell by 12% to €3.4 bn in 1999.", ["germany imports chile 1999 3.4e+09 EUR -12 %"]),
        ("Japanese exports to Australia reached 1.5 trillion yen in 2016, a 4 percent decline.",
         ["japan exports australia 2016 1.5e+12 JPY -4 %"]),
        ("Australia's exports to Japan amounted to A$47 billion in 2015, up 3.5 percent from the year before.",
         ["australia exports japan 2015 4.7e+10 AUD +3.5 %"]),
        ("French imports from Egypt totaled about 3.2 million pounds sterling in 1913.",
         ["france imports egypt 1913 3.2e+06 GBP about"]),
        ("Two-way trade between Chile and Japan was US$1.2bn in 2003.", ["chile total japan 2003 1.2e+09 USD"]),
        ("Brazil's exports to Italy were worth 40 million dollars in 1951.", ["brazil exports italy 1951 4e+07 USD"]),
    ],
)  # fmt: skip
def test_money_keeps_its_currency_scale_and_growth(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_fiscal_year_is_not_taken_for_the_calendars() -> None:
    [claim] = figures("Indian exports to Nepal rose to $4 billion in fiscal year 2013.")
    assert claim.when is not None
    assert claim.when.edtf == "2013~"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 687,000 Americans visited Vietnam in 2018.", ["united-states travel vietnam 2018 687000 people about"]),
        ("Kenya welcomed 120,000 British tourists in 2014.", ["united-kingdom travel kenya 2014 120000 people"]),
        ("More than 4 million German tourists travel to Turkey each year.",
         ["germany travel turkey - 4e+06 people more than"]),
        ("In 2015, 5.5 million visitors from Russia traveled to Egypt.", ["russia travel egypt 2015 5.5e+06 people"]),
        ("Nearly 30,000 Peruvians visit Chile annually.", ["peru travel chile - 30000 people nearly"]),
    ],
)  # fmt: skip
def test_people_are_counted_on_their_way(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Peru and Chile ranged from $1 to $2 billion in 2004.",
        "Trade between Peru and Chile was between $1 billion and $2 billion in 2004.",
        "Chilean exports to Peru were $3-4 billion in 2004.",
        "The trade deficit of Peru with Chile was $2 billion in 2014.",
        "Chilean exports to Peru could reach $2 billion in 2014.",
        "Chilean exports to Peru were worth 3 million pesos in 1950.",  # whose pesos, nobody says
        "About 20,000 U.S. citizens live in Peru.",
        "In 2010, 1,200 U.S. soldiers visited Peru.",
        "The 14,000 visitors of the Peruvian pavilion came to Chile in 1910.",
        "Peru has received 12,000 tons of wheat from American farmers since 1950.",
    ],
)
def test_what_is_no_figure_between_two_is_none(text: str) -> None:
    assert told(text, "peru", "united-states") == []


def test_a_figure_that_its_own_sentence_contradicts_is_less_sure_and_says_why() -> None:
    sure = figures("Bilateral trade almost doubled from $9 billion in 2009 to $16 billion in 2014.", "chile", "japan")
    odd = figures("Bilateral trade tripled from $2 billion in 2003 to $3 billion in 2008.", "chile", "japan")
    assert [c.value for c in (*sure, *odd)] == [9e9, 16e9, 2e9, 3e9]
    assert all('"almost doubled" agrees' in c.reason for c in sure)
    assert all("does not agree" in c.reason and "1.5 times" in c.reason for c in odd)
    assert max(c.confidence for c in odd) < 0.7 * min(c.confidence for c in sure)


def test_growth_between_two_figures_is_that_to_the_last() -> None:
    text = "Chilean exports to Japan grew 20 percent from $10 billion in 2012 to $12 billion in 2013."
    assert told(text) == ["chile exports japan 2012 1e+10 USD", "chile exports japan 2013 1.2e+10 USD +20 %"]


@pytest.mark.parametrize(
    ("words", "first", "last", "agrees"),
    [
        ("doubled from", 5, 10.4, True), ("doubled from", 5, 14, False),
        ("more than doubled from", 5, 9, False), ("nearly tripled from", 1, 2.7, True),
        ("nearly tripled from", 1, 3.4, False), ("halved from", 10, 5, True), ("halved from", 10, 8, False),
        ("a tenfold increase from", 1, 10, True), ("fell 25 percent from", 4, 3, True),
        ("fell 25 percent from", 3, 4, False), ("rose 50 percent from", 10, 12, False),
    ],
)  # fmt: skip
def test_words_of_growth_are_checked_by_the_sum(words: str, first: float, last: float, agrees: bool) -> None:
    found = check(words, first, last)
    assert found is not None
    assert found.agrees is agrees


def test_what_is_not_said_is_not_checked() -> None:
    assert check("held steady, from", 1, 2) is None
    assert check("doubled from", 0, 2) is None
