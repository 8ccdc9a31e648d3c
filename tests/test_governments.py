"""Governments and their heads: who is meant, how a government changed, who led when, with whom relations were so."""

from __future__ import annotations

from pathlib import Path

import pytest

import leaders
from comity.model import Document
from comity.reading import read

ABOUT = ("peru", "united-states")


def told(text: str, relation: str, about: tuple[str, ...] = ()) -> list[str]:
    """The claims of one relation: subject, date, kind, and the label or the leader who took part."""
    claims = [claim for claim in read(Document(text, about=about)) if claim.relation == relation]
    return [
        " ".join(
            (
                claim.subject,
                claim.when.edtf if claim.when else "-",
                claim.kind or "-",
                claim.label or next((p.name for p in claim.participants if p.role == "leader"), "-"),
            )
        )
        for claim in claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ties froze after the disputed re-election of President Lukashenko of Belarus in August 2020.",
         "belarus 2020-08 election Lukashenko"),
        ("The installation of an interim government in Haiti in March 2004 was welcomed.",
         "haiti 2004-03 interim interim government"),
        ("A provisional government was established in Cuba on September 29, 1906.",
         "cuba 1906-09-29 interim provisional government"),
        ("Relations improved with the inauguration of the government of Indonesian President Joko Widodo in 2014.",
         "indonesia 2014 inauguration Joko Widodo"),
        ("A military coup overthrew President Isabel Peron of Argentina on March 24, 1976.",
         "argentina 1976-03-24 coup Isabel Peron"),
        ("President Salvador Allende of Chile was overthrown by the army on September 11, 1973.",
         "chile 1973-09-11 coup Salvador Allende"),
        ("The October 1964 coup in Bolivia was not approved.", "bolivia 1964-10 coup coup"),
        ("A coup d'état was carried out against the Panamanian government on January 2, 1931.",
         "panama 1931-01-02 coup coup"),
        ("The Cuban Revolution of 1959 changed that.", "cuba 1959 revolution Cuban Revolution"),
        ("The Mexican Revolution broke out in 1910.", "mexico 1910 revolution Mexican Revolution"),
        ("Trade was hurt by the Iranian Revolution.", "iran - revolution Iranian Revolution"),
        ("Juan Perón was elected president of Argentina in 1946.", "argentina 1946 election Juan Perón"),
        ("Jacobo Arbenz won the presidential election in Guatemala in 1950.", "guatemala 1950 election Jacobo Arbenz"),
        ("British Prime Minister Anthony Eden resigned on January 9, 1957.",
         "united-kingdom 1957-01-09 resignation Anthony Eden"),
        ("King Carlos I of Portugal was assassinated on February 1, 1908.",
         "portugal 1908-02-01 assassination Carlos I"),
        ("Mohammad Mossadegh became Prime Minister of Iran in 1951.", "iran 1951 accession Mohammad Mossadegh"),
        ("Fidel Castro came to power in Cuba in January 1959.", "cuba 1959-01 accession Fidel Castro"),
        ("In 1969 Colonel Muammar Qadhafi seized power in Libya.", "libya 1969 coup Muammar Qadhafi"),
        ("General Joao Figueiredo was sworn in as president of Brazil on March 15, 1979.",
         "brazil 1979-03-15 inauguration Joao Figueiredo"),
    ],
)  # fmt: skip
def test_a_change_of_government_is_read(text: str, expected: str) -> None:
    assert told(text, "government-change") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He was elected president of the General Assembly in 1960 for Peru.",
        "Chile was elected to the Security Council in 1960.",
        "The inauguration of the railway in 1901 pleased the President of Peru.",
        "The American Ambassador was assassinated in Kabul on February 14, 1979.",
        "A coup attempt in Peru failed in 1948.",
        "An abortive coup shook Peru in 1948.",
        "The Industrial Revolution of 1790 changed Peru.",
        "The vice president of Peru resigned in 1931.",
        "The company took office space in Peru in 1952.",
        "Smith became president of the Bank of Peru in 1901.",
        "Leguía became the longest-serving president of Peru in 1929.",
        "Leguía became the first president of Peru to fly in 1929.",
        "If President Leguía of Peru were overthrown in 1930, trade would end.",
        "The president of the Bank of Peru, John Smith, resigned in 1931.",
    ],
)
def test_what_changes_no_government_is_not_read_as_a_change(text: str) -> None:
    assert told(text, "government-change", ABOUT) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The election of President Obama in 2008 was welcomed.", ["united-states 2008 election Obama"]),
        ("The re-election of President Fujimori in June 2000 was welcomed.", ["peru 2000-06 election Fujimori"]),
        ("President Quispe was overthrown in May 1901.", ["peru 1901-05 overthrow Quispe"]),  # known to nobody
        ("Fujimori was ousted in November 2000.", ["peru 2000-11 overthrow Fujimori"]),
        ("Robert Kennedy was assassinated in June 1968.", []),
        ("As in France, President Quispe was overthrown in May 1901.", []),
        ("Quispe came to power in May 1901.", []),
    ],
)
def test_a_bare_president_is_of_whom_he_is_known_to_lead_or_of_the_page(text: str, expected: list[str]) -> None:
    assert told(text, "government-change", ABOUT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Augusto Leguía, who ruled Peru from 1908 to 1912, was popular.",
         "peru 1908/1912 president Augusto Leguía"),
        ("Porfirio Díaz governed Mexico from 1884 to 1911.", "mexico 1884/1911 leader Porfirio Díaz"),
        ("Getulio Vargas was president of Brazil from 1930 to 1945.", "brazil 1930/1945 president Getulio Vargas"),
        ("Relations improved under Chilean President Pedro Aguirre Cerda (1938–1941).",
         "chile 1938/1941 president Pedro Aguirre Cerda"),
        ("During the presidency of Porfirio Díaz of Mexico (1876–1911) trade grew.",
         "mexico 1876/1911 president Porfirio Díaz"),
        ("Under King Leopold II of Belgium trade grew in 1890.", "belgium 1890 king Leopold II"),
        ("It tells of the growth of trade in the 1890s under the rule of Ottoman Sultan Abdul Hamid.",
         "ottoman-empire 189X sultan Abdul Hamid"),
    ],
)  # fmt: skip
def test_who_led_when_is_read(text: str, expected: str) -> None:
    assert told(text, "leader") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The Prime Minister of India, Jawaharlal Nehru (1889–1964), was born in Allahabad.",
        "Smith was president of the bank from 1930 to 1945.",
        "Smith served as vice president of Liberia from 1930 to 1945.",
        "Trade fell after 1930 under threats to President Leguía of Peru.",
    ],
)
def test_who_led_nothing_or_at_no_known_time_is_not_read_as_a_leader(text: str) -> None:
    assert told(text, "leader", ABOUT) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relations with President Humalas administration remain positive.", ["peru - positive Humala"]),
        ("Relations with President García's administration are cordial.", ["peru - cordial García"]),
        ("Relations with the Toledo administration were close.", ["peru - close Toledo"]),
        ("Relations were warm under Ollanta Humala.", ["peru - warm Ollanta Humala"]),
        ("Relations with Prime Minister Blair's government were warm.", []),  # of neither of the two
    ],
)
def test_relations_with_an_administration_say_whose_it_is(text: str, expected: list[str]) -> None:
    assert told(text, "quality", ABOUT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relations between Chile and Argentina reached a low point in 1978.", "chile 1978 at a low point -"),
        ("Tensions between Greece and Turkey rose in 1974.", "greece 1974 tense -"),
        ("A rapprochement between France and Russia began in 1891.", "france 1891 closer -"),
        ("An improvement in relations between Brazil and Argentina came in 1979.", "brazil 1979 improved -"),
        ("They ended a period of strained relations between Thailand and Cambodia in 1961.",
         "thailand 1961 strained -"),
        ("It tells of the peak of British influence in Egypt in the 1890s.",
         "united-kingdom 189X influence at its height -"),
        ("It tells of the height of French influence in the 1880s under the government of King Norodom of Cambodia.",
         "france 188X influence at its height Norodom"),
    ],
)  # fmt: skip
def test_what_relations_were_like_is_read_from_nouns_and_verbs(text: str, expected: str) -> None:
    assert told(text, "quality") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Good relations between pupils and teachers matter in Japan and Korea.",
        "Peru's good relations with its neighbors helped trade in 1900.",
        "The strain on the economy of Peru and Chile in 1982 was great.",
        "Peru and Chile resumed normal diplomatic relations in 1883.",
        "Peru has maintained normal relations with all states except Bolivia.",
        "Peru's troubled relationship with the US military was studied.",
    ],
)
def test_what_is_said_of_no_two_is_no_mood_of_theirs(text: str) -> None:
    assert told(text, "quality", ABOUT) == []


def test_the_leaders_are_remade_from_the_mirror(mirror: Path, tmp_path: Path) -> None:
    target = tmp_path / "leaders.json"
    leaders.write(leaders.rows(leaders.claims(mirror)), target)
    assert target.read_bytes() == leaders.DATA.read_bytes()


def test_under_whom_a_state_became_independent_is_said() -> None:
    [claim] = read(
        Document("Chile was free after the proclamation of Chilean independence in 1818 under General Ruiz.")
    )
    assert [(p.role, p.name) for p in claim.participants] == [("leader", "Ruiz")]


def test_relations_after_those_with_a_third_state_are_with_that() -> None:
    text = "Relations with Chile were severed by Peru in 1879. Relations were resumed in 1884."
    claims = read(Document(text, about=ABOUT))
    assert [(c.relation, c.object) for c in claims if c.when and c.when.edtf == "1884"] == []


def test_the_independence_of_one_state_is_not_that_of_another_who_recognized_it() -> None:
    texts = (
        "Norway recognized Guyana on May 26, 1966, on the occasion of Guyana attaining independence from Britain.",
        "Norway has maintained relations with Guyana since its independence from Great Britain in 1966.",
    )
    claims = [claim for text in texts for claim in read(Document(text, about=("guyana", "norway")))]
    assert [claim for claim in claims if claim.relation == "statehood.independence" and claim.subject == "norway"] == []
