"""The page that started comity: each thing that it says is a claim, with its date, modality and passage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.model import Claim, Document
from comity.reading import load, read
from rows import Row

PERU, US, CONFEDERATION = "peru", "united-states", "peru-bolivian-confederation"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the page gives, with its year, unit and growth."""

    relation: str
    subject: str
    object: str
    when: str
    value: float
    unit: str
    growth: str = ""


PAGE = [
    # relations and states
    Row("relations.established", PERU, US, "1826", "first established diplomatic relations in 1826"),
    Row("statehood.independence", PERU, None, "1821-07", "under General San Martin"),
    Row("statehood.sovereignty", PERU, "spain", "", "previously had been under Spanish sovereignty"),
    Row("relations.interrupted", PERU, US, "", "have been interrupted due to intermittent territorial disputes"),
    Row("relations.severed", PERU, US, "", "never been severed between the two countries", modality="denied"),
    Row("statehood.union", PERU, CONFEDERATION, "1836", "in 1836 Peru joined"),
    Row("recognition", US, CONFEDERATION, "1837-03-16", "by the appointment of James B. Thornton"),
    Row("envoy.appointed", US, CONFEDERATION, "1837-03-16", "by the appointment of", "Thornton"),
    Row("envoy.appointed", US, PERU, "", "Thornton was commissioned to Peru", "Thornton"),
    Row("envoy.received", US, CONFEDERATION, "", "received by the Peru-Bolivian Confederation", "Thornton"),
    # works, companies and people
    Row("publication", PERU, US, "", "The Condor and the Eagle", "The Condor and the Eagle"),
    Row("publication", PERU, US, "", "The Condor and the Eagle", "author Lawrence Clayton"),
    Row("publication", PERU, US, "", "University of Georgia series", "publisher University of Georgia"),
    Row("publication", PERU, US, "", "The Condor and the Eagle", "series The United States and the Americas"),
    Row("actor", US, PERU, "", "railroad entrepreneur Henry Meiggs", "Henry Meiggs"),
    Row("actor", US, PERU, "", "railroad entrepreneur Henry Meiggs", "railroad entrepreneur"),
    Row("actor", US, PERU, "", "industrialist William Grace", "William Grace"),
    Row("actor", US, PERU, "", "American firms like Cerro de Pasco", "Cerro de Pasco"),
    Row("actor", US, PERU, "", "Cerro de Pasco and International Petroleum", "International Petroleum"),
    Row("actor", US, PERU, "", "powerful US corporations such as Grace", "International Petroleum Company"),
    # leaders, governments, wars
    Row("quality", US, PERU, "192X", "the height of American influence in the 1920s", "height"),
    Row("leader", PERU, None, "192X", "Peruvian president Augusto B. Legua", "Augusto B. Legu"),
    Row("war", PERU, "chile", "", "the War of the Pacific with Chile", "War of the Pacific"),
    Row("government-change", PERU, None, "1968", "Peruvian Institutional Revolution of 1968", "revolution"),
    Row("insurgency", PERU, None, "", "Sendero Luminoso era", "Sendero Luminoso"),
    Row("government-change", PERU, None, "2000-06", "re-election of former", "election"),
    Row("government-change", PERU, None, "2000-11", "installation of an interim government", "interim"),
    Row("government-change", PERU, None, "2001-07", "inauguration of the government of Alejandro Toledo", "Toledo"),
    # mood
    Row("quality", PERU, US, "2000-06", "Relations were strained", "strained"),
    Row("quality", PERU, US, "2000-11", "installation of an interim government", "improved"),
    Row("quality", PERU, US, "2001-07", "government of Alejandro Toledo", "improved"),
    Row("quality", US, PERU, "", "Currently, the United States enjoys strong and cooperative relations", "strong"),
    Row("quality", PERU, US, "", "President Humalas administration remain positive", "positive"),
    Row("quality", PERU, US, "", "President Humalas administration remain positive", "Humala"),
    Row("quality", US, PERU, "", "The United States enjoys strong and cooperative relations", "cooperative"),
    Row("quality", PERU, US, "", "Relations with President Garcia's administration are positive", "positive"),
    Row("quality", PERU, US, "", "Relations with President Garcia's administration are positive", "Garcia"),
    # agreements
    Row("agreement.signed", PERU, US, "2006-04", "in Washington, DC", "Trade Promotion Agreement"),
    Row("agreement.signed", PERU, US, "2006-04", "in Washington, DC", "place Washington"),
    Row("agreement.ratified", PERU, US, "2006-06", "ratified by the Peruvian Congress", "Trade Promotion Agreement"),
    Row("agreement.ratified", US, PERU, "2007-12", "by the US Congress in December 2007", "Trade Promotion Agreement"),
    Row("agreement.implemented", US, PERU, "2007-12-14", "to implement the PTPA", "Trade Promotion Agreement"),
    Row("agreement.extended", US, PERU, "2008-02-29", "legislation to extend", "Andean Trade Preference Act"),
    Row("agreement.ended", US, PERU, "2008-12-31", "until December 31, 2008", "Andean Trade Preference", "planned"),
    Row("agreement.in-force", US, PERU, "", "FTAs with 14 countries and among them Peru", "free trade agreement"),
    Row("agreement.in-force", PERU, US, "2009-01", "will come into force", "free trade agreement", "planned"),
    Row("agreement.in-force", US, PERU, "2009", "the 2009 entry into force", "Trade Promotion Agreement"),
    Row("negotiation", PERU, US, "", "Trans-Pacific Partnership negotiations", "Trans-Pacific Partnership"),
    # cooperation and assistance
    Row("cooperation", US, PERU, "", "efforts to interdict the flow of narcotics", "interdict the flow of narcotics"),
    Row("assistance", US, PERU, "", "This effort is funded by", "International Narcotics and Law Enforcement"),
    Row("assistance", US, PERU, "", "This effort is funded by", "U.S. Agency for International Development"),
    Row("assistance", US, PERU, "", "This effort is funded by", "alternative development"),
    Row("assistance", US, PERU, "", "U.S. assistance promotes these objectives"),
    Row("commitment", PERU, US, "", "the Peruvian government has committed", "Montaro River Valley"),
]  # fmt: skip
FIGURES = [
    Figure("trade.total", PERU, US, "2009", 9e9, "USD"),
    Figure("trade.total", PERU, US, "2014", 16e9, "USD"),
    Figure("trade.exports", US, PERU, "2014", 1.2e9, "USD", "53"),
    Figure("trade.exports", PERU, US, "2014", 1.9e9, "USD", "24"),
    Figure("trade.exports", US, PERU, "2014", 10e9, "USD"),
    Figure("travel", US, PERU, "", 500_000, "people"),
]


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    return load(str(shared / "documents/globalsecurity-peru-united-states.txt"))[0]


@pytest.fixture(scope="module")
def page(document: Document) -> list[Claim]:
    return read(document)


@pytest.mark.parametrize("row", PAGE, ids=lambda row: f"{row.relation} {row.when} {row.holds or row.words}")
def test_the_page_says(page: list[Claim], row: Row) -> None:
    assert any(row.is_said_by(claim) for claim in page)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.relation} {figure.value:g}")
def test_the_page_holds_the_figure(page: list[Claim], figure: Figure) -> None:
    wanted = (figure.relation, figure.subject, figure.object, figure.when, figure.value, figure.unit)
    [claim] = [
        c for c in page if (c.relation, c.subject, c.object, c.when.edtf if c.when else "", c.value, c.unit) == wanted
    ]
    assert figure.growth in " ".join(p.name for p in claim.participants)


def test_the_page_gives_no_date_to_anything_else(page: list[Claim]) -> None:
    figures = {(f.relation, f.value) for f in FIGURES}
    stray = [c for c in page if c.when and not any(row.is_said_by(c) for row in PAGE)]
    assert [c.quote for c in stray if (c.relation, c.value) not in figures] == []


def test_every_claim_quotes_what_stands_at_its_span(page: list[Claim], document: Document) -> None:
    assert all(claim.span is not None and claim.quote == claim.span.of(document.text) for claim in page)
