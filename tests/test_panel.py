"""Panels as their users meet them: composed, lazy, exported, cited, and refused when they can't be right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import HashMismatch, PanelError
from comity.panel import Panel, data, disputes, dyad_years, leader_dyad_years, leader_years, state_days, state_years
from comity.panel.duration import CONFLICTS
from comity.panel.recipe import LEADERS, LISTED
from comity.panel.unavailable import WITHHELD
from comity.panel.variable import names, variable

if TYPE_CHECKING:
    import pandas


@pytest.fixture(scope="session")
def panel_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that these tests share, so that each data set is converted once."""
    return tmp_path_factory.mktemp("panels")


@pytest.fixture(autouse=True)
def at_home(panel_home: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every panel of these tests reads the mirror, and keeps what it converts for the others."""
    monkeypatch.setenv("COMITY_HOME", str(panel_home))
    monkeypatch.setenv("COMITY_MIRROR", str(mirror))


def test_a_panel_is_lazy_and_shows_its_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_MIRROR", str(tmp_path / "nowhere"))
    panel = dyad_years(directed=False, years=(1816, 2010)).filter("prd").add("nmc", keep=["cinc"]).where("year > 1900")
    assert panel.plan().splitlines() == [
        "1. undirected dyad-years (cow) 1816 to 2010",
        "2. filter prd",
        "3. add nmc (keep=cinc)",
        "4. where year > 1900",
    ]


def test_what_is_kept_for_panels_is_bounded_and_what_was_made_first_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_CACHE", str(tmp_path))
    monkeypatch.setattr(data, "FILES", 6)
    for year in range(1990, 1996):
        assert len(state_years(years=(year, year)).add("nmc").head(1)) == 1
    assert len(list((tmp_path / "panel").iterdir())) == 6
    monkeypatch.setattr(data, "BYTES", 0)
    with data.placing(data.cached_file("last.json")) as part:
        part.write_text("{}")
    assert [file.name for file in (tmp_path / "panel").iterdir()] == ["last.json"]


def test_adding_leaves_the_panel_as_it_was() -> None:
    panel = state_years(years=(2000, 2000))
    assert "cinc" in panel.add("nmc").columns
    assert "cinc" not in panel.columns


def test_every_form_holds_the_same_table(tmp_path: Path) -> None:
    import pandas

    panel = state_years(years=(1990, 1992)).add("nmc")
    arrow, frame = panel.to_arrow(), panel.to_pandas()
    assert arrow.num_rows == len(frame) == panel.to_parquet(tmp_path / "t.parquet")
    assert panel.to_csv(tmp_path / "t.csv") == panel.to_stata(tmp_path / "t.dta") == len(frame)
    for read in (
        pandas.read_parquet(tmp_path / "t.parquet"),
        pandas.read_csv(tmp_path / "t.csv"),
        pandas.read_stata(tmp_path / "t.dta"),
    ):
        assert list(read.columns) == list(panel.columns) == arrow.column_names
        assert read["cinc"].sum() == pytest.approx(frame["cinc"].sum())
        assert read["ccode"].tolist() == frame["ccode"].tolist()


def test_whole_numbers_stay_whole_and_what_is_missing_stays_missing(tmp_path: Path) -> None:
    import pandas
    import polars

    panel = state_years(years=(1990, 1992)).add("nmc").add("capital-distance").add("archigos")
    arrow, frame, other = panel.to_arrow(), panel.to_pandas(), panel.to_polars()
    assert other["milper"].dtype == polars.Int32
    assert other["jan1obsid"].dtype == polars.String
    panel.to_stata(tmp_path / "t.dta")
    with pandas.io.stata.StataReader(tmp_path / "t.dta") as reader:
        stata = reader.read(convert_missing=True)
        assert reader.variable_labels()["milper"] == "military personnel, in thousands"
    for name in ("milper", "cinc", "tpop", "irregular"):
        missing = arrow[name].null_count
        assert missing == frame[name].isna().sum() == other[name].null_count(), name
        assert missing == stata[name].map(lambda cell: isinstance(cell, pandas.io.stata.StataMissingValue)).sum(), name
    assert arrow["milper"].null_count > 0
    assert {type(cell) for cell in stata["milper"]} == {int, pandas.io.stata.StataMissingValue}
    assert frame["milper"].dropna().tolist() == other["milper"].drop_nulls().to_list()


def test_a_panel_goes_on_as_an_ibis_expression() -> None:
    table = state_years(years=(1990, 1992)).expression()
    assert {"ccode", "year"} <= set(table.columns)
    assert "GROUP BY" in str(__import__("ibis").to_sql(table.group_by("year").count(), dialect="duckdb"))


def test_a_parquet_file_carries_its_provenance(tmp_path: Path) -> None:
    from pyarrow.parquet import read_metadata

    panel = state_years(years=(1990, 1992)).add("nmc")
    panel.to_parquet(tmp_path / "t.parquet")
    carried = json.loads(read_metadata(tmp_path / "t.parquet").metadata[b"comity"])
    assert carried == json.loads(json.dumps(panel.provenance()))
    assert {each["name"] for each in carried["data"]} == {"cw_system", "cow_nmc"}
    assert all(len(each["sha256"]) == 64 for each in carried["data"])


def test_the_order_of_steps_matters_and_is_kept() -> None:
    relevant = dyad_years(directed=False, years=(1946, 1960)).add("gml-mids")
    before = relevant.filter("prd").add("peace-years").to_pandas()
    after = relevant.add("peace-years").filter("prd").to_pandas()
    assert len(before) == len(after)
    assert before["gmlmidspell"].sum() != after["gmlmidspell"].sum()


def test_a_citation_names_what_was_used_and_nothing_else() -> None:
    cited = state_years().add("nmc").cite()
    assert "singeretal1972cdu" in cited
    assert "cowstates2016" in cited
    assert "atop" not in cited
    assert cited.count("{") == cited.count("}")


ROWS: dict[str, Callable[[], Panel]] = {
    "state-year": state_years,
    "dyad-year": dyad_years,
    "leader-year": lambda: leader_years("cow"),
    "leader-dyad-year": lambda: leader_dyad_years("cow"),
}
CODED: dict[str, Callable[[str], Panel]] = {
    "state-year": state_years,
    "dyad-year": dyad_years,
    "leader-year": leader_years,
    "leader-dyad-year": leader_dyad_years,
}
FIRST = {"peace-years": "gml-mids", "spells": "gml-mids", "ucdp-acd": "gwcode-to-cow", "ucdp-onsets": "gwcode-to-cow"}


@pytest.mark.parametrize("name", names())
def test_every_variable_can_be_cited(name: str) -> None:
    unit = variable(name).units[0]
    made = {"state-year": state_years, "dyad-year": dyad_years, "leader-year": leader_years}[unit]()
    cited = made.add(name).cite()
    assert all(f"{{{key}," in cited for key in variable(name).cites)


@pytest.mark.parametrize("name", sorted(set(names()) - {"relations"}))
def test_every_column_of_a_variable_is_described(name: str) -> None:
    unit = variable(name).units[0]
    rows = CODED[unit]("gw") if name == "ccode-to-gw" else ROWS[unit]()
    panel = rows.add(FIRST[name]).add(name) if name in FIRST else rows.add(name)
    assert tuple(column.name for column in panel.codebook()) == panel.columns
    assert all(column.told for column in panel.codebook())


@pytest.mark.parametrize("source", ["gml", "cow", "gml-leaders"])
def test_every_column_of_disputes_is_described(source: str) -> None:
    panel = disputes(source).whittle("onsets", "fatality", "hostility", "mindur", "jds")
    assert tuple(column.name for column in panel.codebook()) == panel.columns


def test_a_column_is_described_by_the_step_that_gave_it() -> None:
    panel = dyad_years(years=(1900, 1910)).add("gml-mids", keep="hostlev1").filter("prd").add("cow-wars")
    told = {column.name: column for column in panel.codebook()}
    assert told["batdeath2"].told == "battle deaths of the second state"
    assert told["outcome1"].of == "Inter-state and intra-state wars"
    assert told["hostlev1"].told.startswith("hostility of the first state")
    assert told["conttype"].of == "Direct contiguity"
    assert told["prd"].of == "the rows"


@pytest.mark.parametrize(
    ("name", "unit"),
    # relations have tests of their own; trade of two states is refused
    [
        (name, unit)
        for name in names()
        for unit in variable(name).units
        if name != "relations" and (name != "cow-trade" or "dyad" not in unit)
    ],
)
def test_every_variable_goes_with_every_unit_that_it_names(name: str, unit: str) -> None:
    rows = CODED[unit]("gw") if name == "ccode-to-gw" else ROWS[unit]()
    panel = rows.add(FIRST[name]).add(name) if name in FIRST else rows.add(name)
    assert len(panel.columns) > len(rows.columns)
    assert set(panel.key) <= set(panel.columns)
    assert "row_" not in panel.columns


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: state_years().add("nmcc"), "did you mean nmc"),
        (lambda: state_years().add("fpsim"), "ALVXLM"),
        (lambda: dyad_years().add("cow-alliance"), "asked peacesciencer to leave them out"),
        (lambda: dyad_years().add("cow-trade").columns, "bilateral-trade"),
        (lambda: state_years().add("nmc", kep="cinc"), "it takes keep"),
        (lambda: state_years().add("nmc", keep="cincx").columns, "there are milex"),
        (lambda: state_years().filter("pdr"), "did you mean prd"),
        (lambda: state_years().filter("prd").columns, "prd goes with dyads"),
        (lambda: state_years().add("igos").add("igos").columns, "already"),
        (lambda: state_years().add("ucdp-acd").columns, "system=gw"),
        (lambda: state_years().add("peace-years").columns, "add gml-mids"),
        (lambda: state_years().whittle("onsets").columns, "no disputes to whittle"),
        (lambda: disputes("mid"), "there are gml"),
        (lambda: disputes().whittle("fatal").columns, "there are onsets"),
        (lambda: state_years(years=(1700, 1800)), "1816 to"),
        (lambda: state_years(mry=False, years=(2000, 2020)), "1816 to 2016"),
        (lambda: leader_years(years=(1817, 1820)), "1840 to 2015"),
        (lambda: state_years(years=(1900, 1890)), "is after"),
        (lambda: state_years("cowx"), "system is cow, gw"),
        (lambda: dyad_years().add("contiguity", slice="middle").columns, "slice is first, last"),
        (lambda: dyad_years().add("minimum-distance", use_extdata=True).columns, "download_extdata"),
        (lambda: state_years().add("nowhere.csv").columns, "there is no file"),
        (lambda: state_years().where("yeer > 1900").to_arrow(), "can't be run"),
        (lambda: state_years().write(Path("table.xlsx")), ".parquet, .csv, .dta"),
        (lambda: state_years().write(Path("nowhere/table.csv")), "there is no folder nowhere"),
        (lambda: dyad_years().add("contiguity", mry="maybe"), "mry is true or false, not maybe"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_in_one_sentence(make: Callable[[], object], told: str) -> None:
    with pytest.raises(PanelError) as refused:
        make()
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_changed_file_of_the_mirror_is_refused(mirror: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(mirror / "isard", tmp_path / "isard")
    file = tmp_path / "isard" / "data" / "cw_system.rda"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(HashMismatch, match=r"cw_system\.rda"):
        state_years(mirror=tmp_path).to_arrow()


def test_a_file_of_ones_own_joins_by_its_key(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("ccode,year,size\n2,1990,5\n20,1990,7\n999,1990,1\n", "utf-8")
    states = state_years(years=(1990, 1991)).add(str(file))
    frame = states.to_pandas()
    assert frame.set_index(["ccode", "year"])["size"].dropna().to_dict() == {(2, 1990): 5, (20, 1990): 7}
    assert states.unmatched() == ["mine.csv: rows that match no row of the panel: 1, the first ccode 999, year 1990"]
    dyads = dyad_years(years=(1990, 1990)).add(str(file)).to_pandas()
    assert dyads.query("ccode1 == 2 and ccode2 == 20")[["size1", "size2"]].to_numpy().tolist() == [[5, 7]]


def test_a_file_with_a_key_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("ccode,year,size\n2,1990,5\n2,1990,7\n", "utf-8")
    with pytest.raises(PanelError, match="ccode 2, year 1990 stands 2 times"):
        state_years().add(str(file)).to_arrow()


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("country,size\nPeru,5\n", "utf-8")
    with pytest.raises(PanelError, match=r"mine\.csv has no key"):
        state_years().add(str(file)).to_arrow()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mine.csv", b"ccode,year,size\nPeru,1990,5\n", "the column ccode holds texts; its key is numbers"),
        ("mine.parquet", b"this is no Parquet", "mine.parquet can't be read"),
        ("mine.csv", b"", "has no key of this panel"),
    ],
)
def test_a_file_that_can_not_be_joined_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(PanelError) as refused:
        state_years().add(str(file)).to_arrow()
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_row_without_a_key_matches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("ccode,year,size\n2,1990,5\n,1990,7\n", "utf-8")
    assert state_years(years=(1990, 1991)).add(str(file)).unmatched() == [
        "mine.csv: rows that match no row of the panel: 1, the first ccode None, year 1990"
    ]


def test_all_disputes_of_a_dyad_are_shown_twice_and_whittled_to_one() -> None:
    panel = dyad_years(directed=False, years=(1910, 1920)).add("gml-disputes")
    twice = panel.duplicates()
    assert len(twice) > 0
    assert twice.duplicated(["ccode1", "ccode2", "year"], keep=False).all()
    whittled = panel.whittle(
        "onsets", "fatality", "hostility", "mindur", "maxdur", "reciprocation", "startmonth", "jds"
    )
    assert len(whittled.duplicates()) == 0
    assert len(whittled.to_pandas()) == len(dyad_years(directed=False, years=(1910, 1920)).to_pandas())


def test_withheld_names_are_none_of_the_variables() -> None:
    assert WITHHELD.keys().isdisjoint(names())


def test_the_years_of_the_lists_are_those_of_the_data() -> None:
    for system, last in LISTED.items():
        assert state_years(system, mry=False).to_pandas()["year"].max() == last
    years = leader_years().to_pandas()["year"]
    assert (years.min(), years.max()) == LEADERS


# What must hold of any panel, whatever years and system are drawn.

systems = st.sampled_from(["cow", "gw"])
spans = st.tuples(st.integers(1816, 2016), st.integers(0, 15)).map(lambda drawn: (drawn[0], min(2016, sum(drawn))))


def one_row_a_key(panel: Panel) -> pandas.DataFrame:
    frame = panel.to_pandas()
    assert not frame.duplicated(list(panel.key)).any()
    in_order = frame.sort_values(list(panel.key), kind="stable")
    assert in_order.index.tolist() == list(range(len(frame)))
    return frame


@settings(max_examples=8)
@given(systems, spans)
def test_states_have_one_row_a_year_and_only_in_their_lives(system: str, years: tuple[int, int]) -> None:
    code = "ccode" if system == "cow" else "gwcode"
    yearly = one_row_a_key(state_years(system, years=years))
    daily = one_row_a_key(state_days(system, years=years))
    lived = set(zip(daily[code], daily["date"].astype("datetime64[ns]").dt.year, strict=True))
    assert set(zip(yearly[code], yearly["year"], strict=True)) == lived


@settings(max_examples=8)
@given(systems, spans)
def test_undirected_dyads_are_the_directed_ones_folded(system: str, years: tuple[int, int]) -> None:
    one, two = ("ccode1", "ccode2") if system == "cow" else ("gwcode1", "gwcode2")
    directed = one_row_a_key(dyad_years(system, years=years))
    undirected = one_row_a_key(dyad_years(system, directed=False, years=years))
    folded = directed[directed[one] < directed[two]].reset_index(drop=True)
    assert folded.equals(undirected)
    assert len(directed) == 2 * len(undirected)


@settings(max_examples=8)
@given(spans)
def test_what_is_mutual_is_the_same_from_both_sides(years: tuple[int, int]) -> None:
    panel = dyad_years(years=years).add("contiguity").add("igos").add("capital-distance").add("minimum-distance")
    frame = one_row_a_key(panel).set_index(["ccode1", "ccode2", "year"])
    turned = frame.swaplevel(0, 1).rename_axis(frame.index.names).reindex(frame.index)
    for name in ("conttype", "dyadigos", "capdist", "mindist"):
        assert (frame[name].fillna(-1) - turned[name].fillna(-1)).abs().max() < 1e-6


@settings(max_examples=6)
@given(st.sampled_from(["none", "cow", "gw"]), st.tuples(st.integers(1870, 2000), st.integers(0, 10)))
def test_leaders_have_one_row_a_state_and_year(standardize: str, drawn: tuple[int, int]) -> None:
    one_row_a_key(leader_years(standardize, years=(drawn[0], sum(drawn))))


def test_two_leaders_meet_when_their_states_do() -> None:
    frame = one_row_a_key(leader_dyad_years("cow", years=(1945, 1947)).add("lead", keep="combat").add("gml-mids"))
    states = dyad_years("cow", years=(1945, 1947)).to_pandas()
    met = set(frame[["ccode1", "ccode2", "year"]].itertuples(index=False, name=None))
    assert met <= set(states.itertuples(index=False, name=None))
    assert len(met) > 0.9 * len(states)


def test_a_leader_led_the_state_before_a_union_first() -> None:
    """In 1990 Kohl led West Germany (260) until the union and Germany (255) from it on: years of peace go on so."""
    frame = leader_years("cow", years=(1985, 1992)).add("gml-mids").add("spells").to_pandas()
    kohl = frame.query("obsid == 'GFR-1982' and year == 1990").set_index("ccode")["gmlmidinitspell"]
    assert kohl[255] == kohl[260] + 1


def test_peace_is_counted_for_every_unit_that_conflicts_have() -> None:
    assert set(CONFLICTS) <= set(variable("spells").units)
