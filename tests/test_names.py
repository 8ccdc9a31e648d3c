"""What a person writes, on a day or on none, and the polity that is meant."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.errors import AmbiguousPolity, UnknownPolity
from comity.model import Certainty, Polity, When
from comity.reconcile.names import like, resolve
from comity.sources.gazetteer import NAMING, gazetteer
from strategies import plain_dates

POLITIES = list(gazetteer())
AT_ONCE = [
    ("Peru", "", "peru"),
    ("PERU", "", "peru"),
    ("peru", "", "peru"),
    ("Republic of Peru", "", "peru"),
    ("Peruvian", "", "peru"),
    ("Peruvians", "", "peru"),
    ("135", "", "peru"),
    ("PER", "", "peru"),
    ("PE", "", "peru"),
    ("Q419", "", "peru"),
    ("the United States of America", "", "united-states"),
    ("United States", "", "united-states"),
    ("USA", "", "united-states"),
    ("U.S.A.", "", "united-states"),
    ("U.S.", "", "united-states"),
    ("US", "", "united-states"),
    ("American", "", "united-states"),
    ("united-states", "", "united-states"),
    ("2", "", "united-states"),
    ("UK", "", "united-kingdom"),
    ("Great Britain", "", "united-kingdom"),
    ("Great Britain", "1790", "united-kingdom"),
    ("British", "1850", "united-kingdom"),
    ("Holland", "", "netherlands"),
    ("Dutch", "1782", "netherlands"),
    ("Côte d'Ivoire", "", "cote-divoire"),
    ("cote divoire", "", "cote-divoire"),
    ("Ivory Coast", "", "cote-divoire"),
    ("Sao Tome and Principe", "", "sao-tome-and-principe"),
    ("St. Kitts and Nevis", "", "saint-kitts-nevis"),
    ("Trinidad & Tobago", "", "trinidad-and-tobago"),
    ("Bosnia", "", "bosnia-herzegovina"),
    ("Bolivia–Peru", "1837", "peru-bolivian-confederation"),
    ("Peru-Bolivia", "1837", "peru-bolivian-confederation"),
    ("Peru-Bolivian Confederation", "", "peru-bolivian-confederation"),
    ("Gran Colombia", "", "gran-colombia"),
    ("Texas", "1840", "texas"),
    ("Hawaii", "1890", "hawaii"),
    ("German Democratic Republic", "1980", "german-democratic-republic"),
    ("East Germany", "", "german-democratic-republic"),
    ("GDR", "1980", "german-democratic-republic"),
    ("west-germany", "", "west-germany"),
    ("Prussia", "1866", "prussia"),
    ("Germany", "", "germany"),
    ("Germany", "1900", "germany"),
    ("Germany", "1943", "germany"),
    ("Germany", "1995", "germany"),
    ("Russia", "", "russia"),
    ("Russia", "1900", "russia"),
    ("Russia", "2000", "russia"),
    ("USSR", "1950", "soviet-union"),
    ("Soviet", "1950", "soviet-union"),
    ("China", "", "china"),
    ("China", "1880", "china"),
    ("China", "1930", "china"),
    ("China", "1980", "china"),
    ("Taiwan", "", "taiwan"),
    ("Republic of China", "", "taiwan"),
    ("South Korea", "", "korea-south"),
    ("DPRK", "", "korea-north"),
    ("Vietnam", "", "vietnam"),
    ("Yemen", "", "yemen"),
    ("Serbia", "", "serbia"),
    ("Serbia", "1900", "serbia"),
    ("Kosovo", "", "kosovo"),
    ("Palestine", "", "palestine"),
    ("Egypt", "1960", "egypt"),
    ("Siam", "1900", "thailand"),
    ("Persia", "1900", "iran"),
    ("Burma", "", "burma"),
    ("Myanmar", "", "burma"),
    ("Eswatini", "", "swaziland"),
    ("Cabo Verde", "", "cape-verde"),
    ("Türkiye", "", "turkey"),
    ("Turkiye", "", "turkey"),
    ("Guinea", "", "guinea"),
    ("Samoa", "", "samoa"),
    ("Niger", "", "niger"),
    ("Nigerien", "", "niger"),
    ("Vatican", "", "holy-see"),
    ("joseon-dynasty-1910", "", "korea"),
    ("vietnam-south", "", "south-vietnam"),
    ("Lew Chew", "1854", "lew-chew"),
]
WITH_A_CHOICE = [
    ("England", "1850", "united-kingdom", "England has been part of Great Britain"),
    ("Texas", "", "texas", "Texas is a state of the United States now"),
    ("Puerto Rico", "", "puerto-rico", "Puerto Rico is a territory of the United States"),
    ("CH", "", "switzerland", '"CH" is read as Switzerland (ISO 3166), not China (GEC)'),
    ("RUS", "1950", "soviet-union", "not Russia (ISO 3166"),
    ("SLV", "1950", "el-salvador", "not Slovenia (Correlates of War)"),
    ("Russia", "1950", "soviet-union", "not Russia (until 1917-11-07 and since 1991-12-25)"),
    ("Russia", "1917-12-06", "soviet-union", '"Russia" on 1917-12-06 is read as Soviet Union'),
    ("Korea", "1905", "korea", "not North Korea"),
    ("Korea", "1920", "korea", "Korea was no state of its own in 1920, only 1392 to 1910-08-22"),
    ("Congo", "1900", "congo-free-state", "read as Congo Free State (1885 to 1908-11-14)"),
    ("Congo", "1950", "belgian-congo", "read as Belgian Congo"),
    ("Congo", "1960-07-10", "congo-democratic-republic", "not Belgian Congo"),
    ("Congo", "1975", "congo-republic", "not Belgian Congo"),
    ("Zaire", "", "congo-democratic-republic", "former name of Democratic Republic of the Congo"),
    ("Vietnam", "1950", "south-vietnam", "not North Vietnam (1954 to 1976-07-01), Vietnam"),
    ("Yemen", "1950", "northern-yemen", "not South Yemen"),
    ("Yugoslavia", "1999", "serbia-and-montenegro", "not Yugoslavia (1918 to 1992-04-26)"),
    ("Yugoslavia", "1930", "yugoslavia", "not Serbia and Montenegro"),
    ("Serbia", "1999", "serbia-and-montenegro", "read as Serbia and Montenegro"),
    ("Serbia", "2005", "serbia-and-montenegro", "not Serbia (1878-07-13 to 1918-11-30 and since 2006-06-05)"),
    ("Colombia", "1825", "gran-colombia", "not Colombia"),
    ("Colombia", "1840", "colombia", "then called New Granada"),
    ("Turkey", "1900", "ottoman-empire", "not Turkey (since 1923)"),
    ("Austria", "1850", "austrian-empire", "read as Austrian Empire"),
    ("Austria", "1900", "austria-hungary", "read as Austria-Hungary"),
    ("Austria", "1940", "austria", "Austria was no state of its own in 1940"),
    ("United Arab Republic", "1960", "united-arab-republic", "not Egypt"),
    ("United Arab Republic", "1965", "egypt", "not United Arab Republic"),
    ("Persia", "", "iran", '"Persia" is a former name of Iran (1501 to 1935)'),
    ("Persia", "1950", "iran", "then called Iran"),
    ("Iran", "1900", "iran", "then called Persia"),
    ("Thailand", "1900", "thailand", "then called Siam"),
    ("Peru", "1838", "peru", "see Peru–Bolivian Confederation (peru-bolivian-confederation)"),
    ("Bolivia", "1838", "bolivia", "see Peru–Bolivian Confederation (peru-bolivian-confederation)"),
    ("Poland", "1850", "poland", "see Austrian Empire (austrian-empire), Prussia (prussia), Russia (russia)"),
    ("Italy", "1850", "italy", "Italy was no state of its own in 1850"),
    ("Germany", "1947", "germany", "Germany was no state of its own in 1947"),
    ("Prussia", "1900", "prussia", "see Germany (germany)"),
    ("Texas", "1950", "texas", "see United States (united-states)"),
    ("Syria", "1960", "syria", "see United Arab Republic (united-arab-republic)"),
    ("Estonia", "1960", "estonia", "see Soviet Union (soviet-union)"),
    ("Zimbabwe", "1970", "zimbabwe", "then called Rhodesia"),
    ("Georgia", "", "georgia", "the state of the United States called Georgia is no polity here"),
    ("Georgia", "1950", "georgia", "see Soviet Union (soviet-union)"),
    ("Ukraine", "1919", "ukrainian-national-republic", "not Ukraine (since 1991)"),
    ("345", "1950", "yugoslavia", "not Serbia"),
    ("260", "1970", "west-germany", "not Germany (since 1990-10-03)"),
    ("678", "1980", "northern-yemen", "not Yemen (since 1990-05-22)"),
]
AMBIGUOUS = [
    ("Germany", "1960", {"west-germany", "german-democratic-republic"}),
    ("German", "1960", {"west-germany", "german-democratic-republic"}),
    ("Germany", "1990", {"germany", "west-germany", "german-democratic-republic"}),
    ("Korea", "", {"korea-north", "korea-south"}),
    ("Korea", "1970", {"korea-north", "korea-south"}),
    ("Korean", "2000", {"korea-north", "korea-south"}),
    ("Congo", "", {"congo-democratic-republic", "congo-republic"}),
    ("Congo", "1960-09-10", {"congo-democratic-republic", "congo-republic"}),
    ("Republic of the Congo", "1961", {"congo-democratic-republic", "congo-republic"}),
    ("Congolese", "", {"congo-democratic-republic", "congo-republic"}),
    ("Vietnam", "1970", {"north-vietnam", "south-vietnam"}),
    ("Yemen", "1980", {"northern-yemen", "southern-yemen"}),
    ("China", "1965", {"china", "taiwan"}),
    ("Yugoslavia", "", {"yugoslavia", "serbia-and-montenegro"}),
    ("Dominican", "", {"dominica", "dominican-republic"}),
]


def on(edtf: str) -> When | None:
    return When.parse(edtf) if edtf else None


@pytest.mark.parametrize(("text", "day", "polity"), AT_ONCE)
def test_words_that_mean_one_polity_are_resolved_without_a_word(text: str, day: str, polity: str) -> None:
    resolution = resolve(text, on(day))
    assert (resolution.polity.id, resolution.choice) == (polity, None)


@pytest.mark.parametrize(("text", "day", "polity", "said"), WITH_A_CHOICE)
def test_a_choice_is_said(text: str, day: str, polity: str, said: str) -> None:
    resolution = resolve(text, on(day))
    assert resolution.polity.id == polity
    assert said in (resolution.choice or "")


@pytest.mark.parametrize(("text", "day", "candidates"), AMBIGUOUS)
def test_what_several_bear_is_refused_with_what_to_write(text: str, day: str, candidates: set[str]) -> None:
    with pytest.raises(AmbiguousPolity) as caught:
        resolve(text, on(day))
    assert set(caught.value.candidates) == candidates
    to_write = re.findall(r'"([^"]+)"', str(caught.value).split("Write ")[1])
    assert {resolve(words, on(day)).polity.id for words in to_write} == candidates


def test_an_ambiguous_name_shows_who_bore_it_when() -> None:
    with pytest.raises(AmbiguousPolity) as caught:
        resolve("Germany", When.parse("1960"))
    assert str(caught.value) == (
        '"Germany" in 1960 may be German Democratic Republic (1949-10-07 to 1990-10-02) or '
        'West Germany (1949-05-23 to 1990-10-02). Write "german-democratic-republic" or "west-germany"'
    )


def test_a_misspelling_gets_a_suggestion() -> None:
    with pytest.raises(UnknownPolity) as caught:
        resolve("Peruu")
    assert str(caught.value) == 'no polity is called "Peruu". Did you mean Peru?'
    assert caught.value.hint == "comity polities --like peru   lists names and codes"
    assert caught.value.suggestions == ("Peru",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Germny", "Germany"),
        ("Untied States", "United States"),
        ("Boliva", "Bolivia"),
        ("Venezula", "Venezuela"),
        ("Philipines", "Philippines"),
        ("Kazahkstan", "Kazakhstan"),
        ("Lima", "Peru"),
    ],
)
def test_the_first_suggestion_is_what_was_meant(written: str, meant: str) -> None:
    with pytest.raises(UnknownPolity) as caught:
        resolve(written)
    assert caught.value.suggestions[0] == meant


@pytest.mark.parametrize("text", ["Xyzzyland", "", "   ", "—", "🙂"])
def test_what_is_like_nothing_is_refused_plainly(text: str) -> None:
    with pytest.raises(UnknownPolity) as caught:
        resolve(text)
    assert "Did you mean" not in str(caught.value)
    assert "comity polities --like" in caught.value.hint


def meant(text: str, when: When | None = None) -> set[str]:
    """The ids of what the words mean: one, or those among which they are ambiguous; none when unknown."""
    try:
        return {resolve(text, when).polity.id}
    except AmbiguousPolity as ambiguous:
        return set(ambiguous.candidates)
    except UnknownPolity:
        return set()


@st.composite
def polities_on_a_day_of_theirs(draw: st.DrawFn) -> tuple[Polity, When]:
    """A polity, and a day between 1600 and 2100 on which it surely was a state."""
    polity = draw(st.sampled_from([polity for polity in POLITIES if polity.lifespans]))
    span = draw(st.sampled_from(polity.lifespans))
    first, last = max(span.begin_latest, date(1600, 1, 1)), min(span.end_earliest, date(2100, 1, 1))
    assume(first <= last)
    return polity, When.on(draw(st.dates(first, last)))


@given(polities_on_a_day_of_theirs())
def test_whatever_surely_bore_a_name_is_meant_by_it(held: tuple[Polity, When]) -> None:
    polity, day = held
    for name in polity.names:
        if name.kind in NAMING and (name.when is None or name.when.overlaps(day) is Certainty.YES):
            assert polity.id in meant(name.text, day), name


@given(polities_on_a_day_of_theirs())
def test_a_code_means_its_polity_while_it_is_a_state(held: tuple[Polity, When]) -> None:
    polity, day = held
    for code in polity.codes:
        if code.scheme in ("cow", "gw", "iso3", "iso2", "wikidata") and (
            code.when is None or code.when.overlaps(day) is Certainty.YES
        ):
            assert polity.id in meant(code.value, day), code


@given(st.sampled_from(POLITIES), st.none() | plain_dates())
def test_an_id_means_something_at_any_time(polity: Polity, when: When | None) -> None:
    assert meant(polity.id, when)


@given(st.text(max_size=20))
def test_whatever_is_written_is_resolved_or_refused(text: str) -> None:
    assert meant(text) <= {polity.id for polity in POLITIES}


def test_like_lists_exact_names_then_parts_then_near_ones() -> None:
    assert [polity.id for polity in like("congo")][:4] == [
        "belgian-congo", "congo-democratic-republic", "congo-free-state", "congo-republic",
    ]  # fmt: skip
    assert [polity.id for polity in like("peru", limit=2)] == ["peru", "peru-bolivian-confederation"]
    assert [polity.id for polity in like("united-states", limit=1)] == ["united-states"]
    assert like("135")[0].id == "peru"
    assert like("Peruu")[0].id == "peru"
    assert like("xyzzyland") == []
