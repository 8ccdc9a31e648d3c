"""The polities: what holds of each, and that the recipe makes them from the sources as they are here."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crosswalk
from comity.errors import SourceError, UnknownPolity
from comity.model import Certainty, Polity, When
from comity.sources.gazetteer import DATA, Gazetteer, fold, gazetteer
from crosswalk import used_ids
from strategies import days

POLITIES = list(gazetteer())
CODED = [(polity, code) for polity in POLITIES for code in polity.codes]
# gsh names these territories on after the state had ended, under another's rule
RULED_ON = {"korea", "ukrainian-national-republic", "zululand"}


def inside(span: When | None) -> When:
    """A day that surely lies within a span."""
    if span is None:
        return When.parse("1960-01-01")
    return When.on(span.begin_latest if span.begin_latest > date.min else span.end_earliest)


def ids(polities: tuple[Polity, ...]) -> list[str]:
    return [polity.id for polity in polities]


def test_every_code_finds_its_polity_in_its_time() -> None:
    assert len(CODED) > 1500
    for polity, code in CODED:
        assert polity in gazetteer().of(code.scheme, code.value, inside(code.when)), code
        assert (polity, code) in gazetteer().coded(code.value.upper())


def test_a_code_of_the_lists_means_one_polity_a_day() -> None:
    for polity, code in CODED:
        if code.scheme in ("cow", "gw", "iso3", "iso2", "wikidata"):
            assert gazetteer().of(code.scheme, code.value, inside(code.when)) == (polity,), code


def test_predecessors_and_successors_agree() -> None:
    for polity in POLITIES:
        assert polity.id not in (*polity.predecessors, *polity.successors)
        for id in polity.predecessors:
            assert polity.id in gazetteer().polity(id).successors
        for id in polity.successors:
            assert polity.id in gazetteer().polity(id).predecessors


def test_spells_follow_one_another() -> None:
    for polity in POLITIES:
        for earlier, later in zip(polity.lifespans, polity.lifespans[1:], strict=False):
            assert earlier.before(later) is Certainty.YES, polity.id


def test_the_first_day_of_the_data_is_nobodys_beginning() -> None:
    starts = {span.earliest for polity in POLITIES for span in polity.lifespans}
    assert date(1816, 1, 1) not in starts


def test_names_do_not_outlive_their_polity() -> None:
    ended = [polity for polity in POLITIES if polity.lifespans and polity.lifespans[-1].latest < date.max]
    assert len(ended) > 60
    for polity in ended:
        if polity.id not in RULED_ON:
            last = polity.lifespans[-1].latest.year
            assert [n for n in polity.names if n.when and n.when.latest.year > last] == [], polity.id


def test_a_state_of_today_has_a_name_a_demonym_a_capital_and_codes() -> None:
    seats_unlike_names = {"djibouti", "monaco", "san-marino", "singapore"}
    for polity in POLITIES:
        if polity.lifespans and polity.lifespans[-1].latest == date.max:
            kinds = {name.kind for name in polity.names if name.when is None or name.when.latest == date.max}
            wanted = {"short", "demonym"} | (set() if polity.id in seats_unlike_names else {"capital"})
            assert wanted <= kinds, polity.id
            assert {"iso3", "iso2", "wikidata"} <= {code.scheme for code in polity.codes}, polity.id


def test_every_polity_says_where_its_lifespan_comes_from() -> None:
    assert all("Lifespan: " in polity.note for polity in POLITIES)


@pytest.mark.parametrize(
    ("value", "when", "expected"),
    [
        ("germany", "1797", ["prussia"]),
        ("germany", "1871-05-31", ["germany"]),
        ("germany", "1943", ["germany"]),
        ("germany", "1960", ["west-germany"]),
        ("germany", "1990-10-03", ["germany"]),
        ("austria", "1838", ["austrian-empire"]),
        ("austria", "1902", ["austria-hungary"]),
        ("austria", "1921", ["austria"]),
        ("austrian-empire", "1797", ["austrian-empire"]),
        ("austrian-empire", "1902", ["austria-hungary"]),
        ("russia", "1809", ["russia"]),
        ("russia", "1933-11-16", ["soviet-union"]),
        ("russia", "1991-12-25", ["russia"]),
        ("soviet-union", "1959", ["soviet-union"]),
        ("korea", "1883", ["korea"]),
        ("korea", "1949", ["korea-south"]),
        ("vietnam", "1955", ["south-vietnam"]),
        ("vietnam", "1995", ["vietnam"]),
        ("vietnam-south", "1965", ["south-vietnam"]),
        ("yemen", "1963", ["northern-yemen"]),
        ("yemen", "1991", ["yemen"]),
        ("china", "1844", ["china"]),
        ("china", "1965", ["china", "taiwan"]),
        ("china", "1979-01-01", ["china"]),
        ("taiwan", "1961", ["taiwan"]),
        ("kingdom-of-yugoslavia", "1882", ["serbia"]),
        ("kingdom-of-yugoslavia", "1919", ["yugoslavia"]),
        ("yugoslavia", "1955", ["yugoslavia"]),
        ("yugoslavia", "2001", ["serbia-and-montenegro"]),
        ("serbia", "1999", ["serbia-and-montenegro"]),
        ("serbia", "2020", ["serbia"]),
        ("holy-see", "1854", ["papal-states"]),
        ("holy-see", "1984", ["holy-see"]),
        ("italy", "1854", ["piedmont-sardinia"]),
        ("italy", "1861-06-23", ["italy"]),
        ("turkey", "1831", ["ottoman-empire"]),
        ("turkey", "1927", ["turkey"]),
        ("turkiye", "2024", ["turkey"]),
        ("colombia", "1823", ["gran-colombia"]),
        ("colombia", "1853", ["colombia"]),
        ("guatemala", "1826", ["central-american-federation"]),
        ("guatemala", "1849", ["guatemala"]),
        ("egypt", "1960", ["egypt"]),
        ("congo-kinshasa", "2014", ["congo-democratic-republic"]),
        ("czechia", "2020", ["czech-republic"]),
        ("somoa", "2022", ["samoa"]),
        ("west-bank", "2022", ["palestine"]),
        ("kingdom-of-two-sicilies-1861", "1850", ["two-sicilies"]),
        ("socialist-federal-republic-of-yugoslavia-1992", "1950", ["yugoslavia"]),
        ("socialist-federal-republic-of-yugoslavia-1992", "1995", ["serbia-and-montenegro"]),
    ],
)
def test_an_id_of_history_state_gov_means_the_state_of_its_day(value: str, when: str, expected: list[str]) -> None:
    assert ids(gazetteer().of("hsg", value, When.parse(when))) == expected


def test_pocoms_envoys_to_china_from_1949_to_1978_were_at_taipei() -> None:
    china = [ids(gazetteer().of("hsg-pocom", "china", When.parse(year))) for year in ("1935", "1965", "1985")]
    assert china == [["china"], ["taiwan"], ["china"]]
    assert ids(gazetteer().of("hsg-pocom", "peru")) == ["peru"]


def test_without_a_day_the_namesake_or_the_latest_comes_first() -> None:
    first = {
        value: gazetteer().of("hsg", value)[0].id for value in ("germany", "kingdom-of-yugoslavia", "austrian-empire")
    }
    assert first == {
        "germany": "germany", "kingdom-of-yugoslavia": "yugoslavia", "austrian-empire": "austrian-empire",
    }  # fmt: skip


def test_an_episode_shared_by_two_polities_is_each_ones_in_its_time() -> None:
    of_1960, of_1965 = (gazetteer().of("gsh", "united-arab-republic-1971", When.parse(y)) for y in ("1960", "1965"))
    assert (ids(of_1960), ids(of_1965)) == (["united-arab-republic"], ["egypt"])


@pytest.mark.parametrize(
    ("polity", "day", "existed"),
    [
        ("peru", "1838-06-01", "no"),
        ("peru", "1840-06-01", "yes"),
        ("peru-bolivian-confederation", "1838-06-01", "yes"),
        ("cuba", "1492-10-12", "no"),
        ("bahamas", "1973-07-09", "no"),
        ("bahamas", "1973-07-10", "yes"),
        ("poland", "1850-01-01", "no"),
        ("estonia", "1930-01-01", "yes"),
        ("estonia", "1960-01-01", "no"),
        ("estonia", "1995-01-01", "yes"),
        ("germany", "1947-01-01", "no"),
        ("austria", "1940-01-01", "no"),
        ("syria", "1960-01-01", "no"),
        ("korea", "1920-01-01", "no"),
        ("texas", "1840-01-01", "yes"),
        ("hawaii", "1898-08-13", "no"),
        ("united-states", "1776-07-04", "yes"),
        ("algeria", "1912-01-01", "no"),
        ("india", "1947-08-14", "no"),
        ("cook-islands", "2000-01-01", "possibly"),
    ],
)
def test_statehood_is_what_the_sources_support(polity: str, day: str, existed: str) -> None:
    assert gazetteer().polity(polity).existed(When.parse(day)).value == existed


def test_an_identity_keeps_its_id_through_its_names() -> None:
    iran = gazetteer().polity("iran")
    assert (iran.name_on(date(1900, 1, 1)), iran.name_on(date(2000, 1, 1))) == ("Persia", "Iran")
    thailand = gazetteer().polity("thailand")
    assert (thailand.name_on(date(1900, 1, 1)), thailand.name_on(date(2000, 1, 1))) == ("Siam", "Thailand")


@pytest.mark.parametrize(
    "written", ["The Gambia", "côte d’ivoire", "Cote d'Ivoire", "Trinidad & Tobago", "PERU–BOLIVIA"]
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert len(gazetteer().named(written)) == 1


def test_a_capital_names_its_state_only_when_asked_for() -> None:
    assert gazetteer().named("Lima") == ()
    assert ids(gazetteer().named("Lima", kinds=frozenset({"capital"}))) == ["peru"]
    bonn = gazetteer().named("Bonn", kinds=frozenset({"capital"}))
    assert ids(bonn) == ["west-germany"]


def test_a_name_is_borne_only_in_its_time() -> None:
    assert ids(gazetteer().named("Zaire", When.parse("1980"))) == ["congo-democratic-republic"]
    assert gazetteer().named("Zaire", When.parse("2000")) == ()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) in (fold(text), fold(text).removeprefix("the "))


@given(st.sampled_from(POLITIES), days())
def test_what_bears_a_name_on_a_day_is_found_by_it(polity: Polity, day: date) -> None:
    on = When.on(day)
    for name in polity.names:
        if name.when is None or name.when.overlaps(on) is not Certainty.NO:
            assert polity in gazetteer().named(name.text, on, frozenset({name.kind}))


def test_an_id_that_is_not_there_is_an_error_that_says_so() -> None:
    with pytest.raises(UnknownPolity, match='no polity has the id "atlantis"'):
        gazetteer().polity("atlantis")
    assert "atlantis" not in gazetteer()


def test_a_gazetteer_holds_what_it_is_given() -> None:
    rows = json.loads(DATA.read_bytes())["polities"][:3]
    held = Gazetteer(rows)
    assert len(held) == 3
    assert [polity.id for polity in held] == [row["id"] for row in rows]


def test_the_data_is_small_enough_to_load_at_every_start() -> None:
    assert DATA.stat().st_size < 400_000


def test_loading_the_gazetteer_brings_no_heavy_library() -> None:
    heavy = "lxml spacy deltalake duckdb rapidfuzz rich rdata pandas numpy"
    code = (
        "import sys; from comity.sources.gazetteer import gazetteer; from comity.reconcile.names import resolve; "
        f"resolve('Peru'); print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_id_of_the_five_sources_means_a_polity_on_its_day(mirror: Path) -> None:
    used = set(used_ids(mirror))
    assert len({id for _, id, _ in used}) > 250
    unmapped = {(id, day) for _, id, day in used if not gazetteer().of("hsg", id, When.parse(day) if day else None)}
    assert unmapped == set()


def test_every_territory_of_gsh_is_an_episode_of_a_polity(mirror: Path) -> None:
    territories = [file.stem for file in (mirror / "hsg-gsh" / "territories").glob("*.xml")]
    assert len(territories) == 577
    assert [id for id in territories if not gazetteer().of("gsh", id)] == []


def test_the_recipe_remakes_the_data_byte_for_byte(mirror: Path, tmp_path: Path) -> None:
    pytest.importorskip("rdata", reason="the recipe reads R data with rdata, of the development group")
    target = tmp_path / "polities.json"
    crosswalk.write(crosswalk.build(mirror), target)
    assert target.read_bytes() == DATA.read_bytes()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('peru = { demonyn = "Peruvian" }', "no such key as demonyn"),
        ('peru = { gsh = ["peruu"] }', "gsh has no territory peruu"),
        ('peru = { after = "atlantis" }', "no polity atlantis"),
        ('incas = { name = "Incas", gsh = ["peru"] }\nperu = { gsh = ["peru"] }', "peru is of both incas and peru"),
    ],
)
def test_a_slip_in_the_crosswalk_stops_the_recipe(
    line: str, said: str, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rdata", reason="the recipe reads R data with rdata, of the development group")
    slipped = tmp_path / "crosswalk.toml"
    slipped.write_text(f"[polity]\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(crosswalk, "CROSSWALK", slipped)
    with pytest.raises(SourceError, match=said):
        crosswalk.build(mirror)


def test_a_folder_without_territories_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there are no territories"):
        crosswalk.build(tmp_path)
