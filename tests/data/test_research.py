"""The research data sets: every row accounted for, who a number meant when, and pairs that they bring to life."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import line_with, noted, sections
from comity.errors import HashMismatch, SourceError
from comity.ledger import View, Writer, entries
from comity.ledger.ingest import Harvest, harvest, ingest
from comity.ledger.open import embedded, holds
from comity.model import Certainty, Claim, When
from comity.present.brief import brief
from comity.query.ask import Answer, ask
from comity.query.dossier import dossier
from comity.query.partners import partners
from comity.query.status import State
from comity.sources.base import Record
from comity.sources.fetch import locate
from comity.sources.gazetteer import gazetteer
from comity.sources.registry import adapter, adapters, chosen
from comity.sources.research.frames import Row, rows
from comity.sources.research.igos import WITHIN, Igos
from comity.sources.research.numbers import pairs, parts
from comity.sources.research.periods import lasting, runs

RESEARCH = [made.source.id for made in chosen(["research"])]
NUMBERS = st.sampled_from([2, 130, 135, 155, 200, 255, 260, 300, 325, 345, 365, 640, 651, 710, 713, 730, 816])
YEARS = st.integers(1816, 2016)


@cache
def table(folder: Path, name: str) -> list[Row]:
    read = rows(folder / "peacesciencer" / "data" / f"{name}.rda")
    assert isinstance(read, list)
    return read


@cache
def all_told(mirror: Path) -> dict[str, Harvest]:
    return {id: harvest(adapter(id), mirror / adapter(id).source.place) for id in RESEARCH}


@pytest.fixture(scope="session")
def whole(mirror: Path) -> dict[str, Harvest]:
    """What each data set gives."""
    return all_told(mirror)


@pytest.fixture(scope="session")
def view(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> View:
    """The embedded ledger, and one of all the research data."""
    own = tmp_path_factory.mktemp("research") / "ledger"
    for id in RESEARCH:
        ingest(adapter(id), mirror / adapter(id).source.place, Writer(own), who="a test")
    return View(embedded(), own)


def told(view: View, one: str, other: str, as_of: str | None = None) -> dict[str, list[str]]:
    return sections(written(view, one, other, as_of))


def written(view: View, one: str, other: str, as_of: str | None = None) -> str:
    return brief(dossier(view, one, other, When.parse(as_of) if as_of else None))


def asked(view: View, one: str, other: str, relation: str, as_of: str) -> Answer:
    return ask(view, one, other, relation, When.parse(as_of))


def between(found: Harvest, one: str, other: str) -> list[Claim]:
    return [claim for claim in found.claims if claim.parties == {one, other}]


# What the sources are


def test_the_group_is_of_the_data_sets_that_are_never_embedded() -> None:
    assert len(RESEARCH) == 14
    assert [id for id, made in adapters().items() if made.source.group == "research"] == RESEARCH
    for made in chosen(["research"]):
        assert not holds(made.source)
        assert made.source.references
        assert "citation" in made.source.licence
    assert chosen(["ucdp", "research", "hsg-gsh"])[0].source.id == "ucdp"
    assert len(chosen(["ucdp", "research", "hsg-gsh"])) == 15
    assert len(chosen([])) == len(adapters())
    with pytest.raises(SourceError, match="researches"):
        chosen(["researches"])


# Every row is accounted for


def test_a_record_ends_as_claims_or_as_a_skip_that_is_named(whole: dict[str, Harvest]) -> None:
    for id, found in whole.items():
        assert found.adds_up, id
        assert found.records == found.claimed + len(found.skips), id
        for said in (*found.skips, *found.omissions):
            assert said.startswith(f"{id}: data/"), said


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("archigos", "archigos"), ("capitals", "cow_capitals"), ("cow-states", "cow_states"),
        ("cow-trade", "cow_trade_sy"), ("td-rivalries", "td_rivalries"), ("tss-rivalries", "tss_rivalries"),
    ],
)  # fmt: skip
def test_a_row_is_a_record(whole: dict[str, Harvest], mirror: Path, id: str, name: str) -> None:
    assert whole[id].records == len(table(mirror, name))


def test_a_pair_that_stands_in_the_file_both_ways_is_one_record(whole: dict[str, Harvest], mirror: Path) -> None:
    held = table(mirror, "cow_contdir")
    assert whole["cow-contiguity"].records * 2 == len(held)
    ways = Counter((row["ccode1"], row["ccode2"], row["conttype"], row["stdate"], row["enddate"]) for row in held)
    assert all(ways[two, one, *rest] == many for (one, two, *rest), many in ways.items())


def test_alliances_have_each_year_of_the_file_once(whole: dict[str, Harvest], mirror: Path) -> None:
    years = 0
    for record in adapter("atop").records(mirror / "peacesciencer"):
        years += record.element["end"] - record.element["begin"] + 1
    assert years * 2 == len(table(mirror, "atop_alliance"))


@pytest.mark.parametrize(
    ("id", "name", "side"),
    [
        ("cow-mids", "cow_mid_dirdisps", "dispnum"),
        ("gml-mids", "gml_dirdisp", "dispnum"),
        ("cow-wars", "cow_war_inter", "warnum"),
    ],
)
def test_every_year_of_two_opposed_states_is_within_a_record(mirror: Path, id: str, name: str, side: str) -> None:
    spans: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for record in adapter(id).records(mirror / "peacesciencer"):
        row = record.element
        begin, end = int(str(row["begin"])[:4]), int(str(row["end"])[:4])
        spans.setdefault((row[side], row["ccode1"], row["ccode2"]), []).append((begin, end))
    for row in table(mirror, name):
        assert row["sidea1"] != row["sidea2"], "no row is of states on one side"
        if row["sidea1"] == 1:
            held = spans[row[side], row["ccode1"], row["ccode2"]]
            assert any(begin <= row["year"] <= end for begin, end in held), row


def test_every_conflict_year_is_within_an_episode(mirror: Path) -> None:
    held = {
        (r.element["conflict"], year)
        for r in adapter("ucdp").records(mirror / "peacesciencer")
        for year in r.element["intensity"]
    }
    assert held == {(row["conflict_id"], row["year"]) for row in table(mirror, "ucdp_acd")}


def test_shared_memberships_have_each_year_of_the_file_once_and_bridge_none(mirror: Path) -> None:
    told: dict[tuple[int, int, int], int] = {}
    for record in adapter("cow-igos").records(mirror / "peacesciencer"):
        row, counts = record.element, record.element["dyadigos"]
        assert list(counts) == list(range(min(counts), max(counts) + 1)), row
        assert max(counts.values()) - min(counts.values()) <= WITHIN, row
        told |= {(row["ccode1"], row["ccode2"], year): count for year, count in counts.items()}
    held = table(mirror, "cow_igo_ndy")
    assert len(told) == len(held)
    assert told == {(row["ccode1"], row["ccode2"], row["year"]): row["dyadigos"] for row in held}


@given(st.lists(st.tuples(st.integers(1900, 1930), st.none() | st.integers(-9, 40)), unique_by=lambda t: t[0]))
def test_a_year_of_no_known_membership_is_in_no_claim_and_every_other_in_one(
    held: list[tuple[int, int | None]],
) -> None:
    rows = [{"ccode1": 135, "ccode2": 155, "year": year, "dyadigos": count} for year, count in held]
    read = adapter("cow-igos")
    assert isinstance(read, Igos)
    said: dict[int, float] = {}
    for key, element in read.entries({"cow_igo_ndy": rows}):
        for one in read.statements(Record("file", key, element), element):
            if isinstance(one, Claim):
                assert one.when is not None
                assert one.value is not None
                years = range(one.when.begin.earliest.year, one.when.end.latest.year + 1)
                assert not said.keys() & set(years)
                said |= dict.fromkeys(years, one.value)
    known = {year: count for year, count in held if count is not None and count > 0}
    assert said.keys() == known.keys()
    assert all(1 <= said[year] <= count <= said[year] + WITHIN for year, count in known.items())


def test_every_war_has_a_name(whole: dict[str, Harvest]) -> None:
    names = {claim.label for claim in whole["cow-wars"].claims}
    assert None not in names
    assert len(names) == 94, "95 wars, of which one gives no claim: Egypt of 1882 was no state by the lists used"


# Who a number meant


@pytest.mark.parametrize(
    ("scheme", "number", "when", "expected"),
    [
        ("cow", 255, "1866/1866", ["prussia"]),
        ("cow", 255, "1850/1950", ["prussia", "germany"]),
        ("gw", 260, "1980/2015", ["west-germany", "germany"]),
        ("cow", 345, "1900/2010", ["serbia", "yugoslavia", "serbia-and-montenegro", "serbia"]),
        ("cow", 365, "1904/1905", ["russia"]),
        ("cow", 365, "1950", ["soviet-union"]),
        ("cow", 300, "1740/1918", ["austrian-empire", "austria-hungary"]),
        ("cow", 640, "1668/1923", ["ottoman-empire", "turkey"]),
        ("cow", 710, "1965", ["china"]),
        ("cow", 713, "1965", ["taiwan"]),
        ("cow", 730, "1904/1905", ["korea"]),
        ("cow", 816, "1965/1990", ["north-vietnam", "vietnam"]),
        ("gw", 678, "1962/2015", ["northern-yemen", "yemen"]),
        ("cow", 552, "1970/1971", []),
        ("cow", 1, "1970/1971", []),
    ],
)
def test_a_number_means_the_polity_of_the_day(scheme: str, number: int, when: str, expected: list[str]) -> None:
    assert [polity for polity, _ in parts(scheme, number, When.parse(when))] == expected


@given(NUMBERS, YEARS, YEARS)
def test_the_parts_of_a_time_lie_within_it_and_within_the_life_of_the_number(number: int, one: int, two: int) -> None:
    when = lasting(min(one, two), max(one, two))
    found = parts("cow", number, when)
    for polity, part in found:
        assert part.earliest >= when.earliest
        assert part.latest <= when.latest
        codes = [code for code in gazetteer().polity(polity).codes if (code.scheme, code.value) == ("cow", str(number))]
        assert any(code.when is None or code.when.overlaps(part) is not Certainty.NO for code in codes)
    for (_, before), (_, after) in pairwise(found):
        assert before.earliest <= after.earliest
        assert before.latest <= after.latest


@given(NUMBERS, NUMBERS, YEARS, YEARS)
def test_a_pair_is_the_same_whichever_is_named_first(first: int, second: int, one: int, two: int) -> None:
    when = lasting(min(one, two), max(one, two))
    ways = {(frozenset((a, b)), part.edtf) for a, b, part in pairs("cow", first, second, when)}
    assert ways == {(frozenset((a, b)), part.edtf) for a, b, part in pairs("cow", second, first, when)}
    assert all(len(pair) == 2 for pair, _ in ways)


# Dates are as the data have them


@given(YEARS, YEARS, YEARS, YEARS)
def test_an_end_that_lies_where_the_data_do_may_lie_beyond(one: int, two: int, first: int, last: int) -> None:
    begin, end = min(one, two), max(one, two)
    when = lasting(begin, end, first, last)
    assert When.parse(when.edtf) == when
    assert (when.earliest == date.min) == (begin <= first)
    assert (when.latest == date.max) == (end >= last)
    assert When.parse(f"{begin}-12-31").during(when) is not Certainty.NO
    assert When.parse(f"{end}-01-01").during(when) is not Certainty.NO
    assert When.parse(str(end + 1)).during(when) is (Certainty.POSSIBLY if end >= last else Certainty.NO)


@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(1900, 1912), st.sampled_from("ab")), unique_by=lambda t: t[:2])
)
def test_runs_hold_every_row_once_and_no_gap(held: list[tuple[int, int, str]]) -> None:
    found = list(runs([{"code": code, "year": year, "kind": kind} for code, year, kind in held], ["code"], ["kind"]))
    assert sorted((row["code"], row["year"]) for run in found for row in run) == sorted((c, y) for c, y, _ in held)
    for run in found:
        assert len({(row["code"], row["kind"]) for row in run}) == 1
        assert [row["year"] for row in run] == list(range(run[0]["year"], run[0]["year"] + len(run)))


def test_a_day_that_is_not_known_is_not_made_up(whole: dict[str, Harvest]) -> None:
    (claim,) = [claim for claim in between(whole["gml-mids"], "peru", "chile") if "MID 1503," in (claim.label or "")]
    assert claim.when is not None
    assert claim.when.edtf == "1872-08/1872-08"


def test_what_went_on_when_the_data_end_is_not_said_to_have_ended(whole: dict[str, Harvest]) -> None:
    (obama,) = [claim for claim in whole["archigos"].claims if claim.label == "Obama"]
    assert obama.when is not None
    assert obama.when.edtf == "2009-01-20/[2015-12-31..]"
    assert When.parse("2015-06").during(obama.when) is Certainty.YES
    assert When.parse("2020").during(obama.when) is Certainty.POSSIBLY


def test_states_on_one_side_of_a_war_are_not_at_war(whole: dict[str, Harvest]) -> None:
    great = [claim for claim in whole["cow-wars"].claims if claim.label == "World War I"]
    assert not [claim for claim in great if claim.parties == {"france", "united-kingdom"}]
    assert [claim for claim in great if claim.parties == {"france", "germany"}]
    assert not between(whole["cow-wars"], "bolivia", "peru")
    (pacific,) = [claim for claim in between(whole["cow-wars"], "chile", "peru") if claim.label == "War of the Pacific"]
    assert (pacific.subject, pacific.when and pacific.when.edtf) == ("chile", "1879/1883")


# What a file that is not the pinned one leads to


def test_a_changed_file_is_one_clear_error_and_nothing_is_written(mirror: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mirror" / "peacesciencer" / "data"
    copy.mkdir(parents=True)
    for name in ("cow_war_inter", "td_rivalries"):
        shutil.copy(mirror / "peacesciencer" / "data" / f"{name}.rda", copy)
        (copy / f"{name}.rda").chmod(0o644)
    with (copy / "td_rivalries.rda").open("ab") as file:
        file.write(b"x")
    with pytest.raises(HashMismatch, match=r"td_rivalries\.rda is not the file of td-rivalries@fe150a2") as stopped:
        locate(adapter("td-rivalries").source, tmp_path / "mirror")
    assert "\n" not in str(stopped.value)
    home = tmp_path / "home"
    done = fetched(home, tmp_path / "mirror", "cow-wars", "td-rivalries")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("comity: ")
    assert "td_rivalries.rda is not the file of" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert [entry.source for entry in entries(home / "ledger")] == ["cow-wars@fe150a2"]


def test_a_fetch_of_research_ends_in_the_ledger_and_twice_adds_nothing(mirror: Path, tmp_path: Path) -> None:
    first, again = (fetched(tmp_path, mirror, "cow-wars", "hsg-visits") for _ in range(2))
    assert first.returncode == again.returncode == 0, first.stderr
    assert "cow-wars@fe150a2: verified in " in first.stdout
    assert "373 claims, 373 new" in first.stdout
    assert "373 claims, 0 new" in again.stdout
    assert "for the reasons: comity sources add cow-wars" in first.stderr
    assert [entry.source for entry in entries(tmp_path / "ledger")] == ["cow-wars@fe150a2"], "the visits are embedded"


def fetched(home: Path, mirror: Path, *ids: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("comity"), "sources", "fetch", *ids, "--mirror", mirror]
    put = os.environ | {"COMITY_HOME": str(home)}
    return subprocess.run(command, env=put, capture_output=True, text=True, check=False)


# Pairs that come to life


def test_chile_and_peru_in_1880(view: View) -> None:
    found = told(view, "Chile", "Peru", "1880")
    # the list of wars has only the year; the dispute that reached the level of war has the day
    assert found["Status"][0].startswith("- **At war** since 15 February 1879, between Chile and Peru.")
    war = line_with(found["How it came to be"], "War of the Pacific")
    assert "from 1879 to 1883" in war
    assert noted(written(view, "Chile", "Peru", "1880"), war)[0].startswith(
        "cow-wars@fe150a2, `data/cow_war_inter.rda#64-"
    )
    assert "from 1865 to 1871" in line_with(found["Alliances"], "alliance treaty")
    rivalry = line_with(found["Disputes and rivalry"], "strategic rivals")
    assert "from 1832 to 1929" in rivalry
    assert len(noted(written(view, "Chile", "Peru", "1880"), rivalry)) == 2, "both data sets tell of it"
    assert "Borders" not in found, "the two had none before the war was over"
    assert "border from October 1883" in line_with(told(view, "Chile", "Peru", "1884")["Borders"], "Peru and Chile")
    assert "Pinto" in line_with(found["In office on that day"], "leader of Chile")
    assert "Pierola" in line_with(found["In office on that day"], "leader of Peru")


@pytest.mark.parametrize(
    ("one", "other", "as_of", "state", "certainty", "alternative"),
    [
        ("Chile", "Peru", "1878", State.UNKNOWN, Certainty.YES, None),
        ("Chile", "Peru", "1880", State.AT_WAR, Certainty.YES, None),
        ("Chile", "Peru", "1884", State.UNKNOWN, Certainty.YES, None),
        ("Chile", "Bolivia", "1880", State.AT_WAR, Certainty.YES, None),
        ("Bolivia", "Peru", "1880", State.UNKNOWN, Certainty.YES, None),
        ("France", "Germany", "1915", State.AT_WAR, Certainty.YES, None),
        ("France", "United Kingdom", "1915", State.UNKNOWN, Certainty.YES, None),
        ("Prussia", "Austria", "1866-07-01", State.UNKNOWN, Certainty.POSSIBLY, State.AT_WAR),
        ("Prussia", "Austria", "1867-01-01", State.UNKNOWN, Certainty.YES, None),
        ("Ecuador", "Peru", "1995-02-01", State.UNKNOWN, Certainty.POSSIBLY, State.AT_WAR),
        ("Russia", "Ukraine", "2023-06-01", State.AT_WAR, Certainty.YES, None),
        ("Russia", "Ukraine", "2026-01-01", State.AT_WAR, Certainty.YES, None),  # the data end, not the war
        ("Kosovo", "Serbia", "2026-01-01", State.UNKNOWN, Certainty.YES, None),
        ("Nepal", "Paraguay", "2000", State.UNKNOWN, Certainty.YES, None),
        ("Germany", "United States", "1917-12-01", State.AT_WAR, Certainty.YES, None),
        ("Germany", "United States", "1919-06-15", State.AT_WAR, Certainty.YES, None),
        ("Italy", "United States", "1942-06-15", State.AT_WAR, Certainty.YES, None),
        ("Bulgaria", "United States", "1918-06-15", State.ESTABLISHED, Certainty.YES, None),
        ("People’s Republic of China", "Taiwan", "1954", State.AT_WAR, Certainty.YES, None),
    ],
)  # fmt: skip
def test_what_relations_were(
    view: View, one: str, other: str, as_of: str, state: State, certainty: Certainty, alternative: State | None
) -> None:
    held = dossier(view, one, other, When.parse(as_of)).status
    assert (held.state, held.certainty, held.alternative) == (state, certainty, alternative)


@pytest.mark.parametrize(
    ("one", "other", "relation", "as_of", "certainty"),
    [
        ("Chile", "Peru", "war", "1880", "yes"),
        ("Chile", "Peru", "war", "1890", "no"),
        ("Chile", "Peru", "alliance", "1868", "yes"),
        ("Chile", "Peru", "alliance", "1880", "no"),
        ("Chile", "Peru", "rivalry", "1900", "yes"),
        ("Chile", "Peru", "contiguity", "1880", "no"),
        ("Chile", "Peru", "contiguity", "1990", "yes"),
        ("Chile", "Peru", "contiguity", "2020", "possibly"),
        ("Chile", "Peru", "dispute", "1880", "yes"),
        ("Serbia", "Montenegro", "alliance", "2010", "yes"),
        ("Nepal", "Paraguay", "alliance", "2000", "unknown"),
        ("Japan", "Korea", "alliance", "1906", "no"),
    ],
)
def test_what_one_relation_was(view: View, one: str, other: str, relation: str, as_of: str, certainty: str) -> None:
    assert asked(view, one, other, relation, as_of).certainty == certainty


def test_what_lasts_is_told_since_it_began_and_until_it_ended(view: View) -> None:
    found = asked(view, "Chile", "Peru", "rivalry", "1900")
    assert (found.since, found.until) == (When.parse("1832"), When.parse("1929"))
    assert asked(view, "Chile", "Peru", "alliance", "1850").until == When.parse("1865")


def test_a_dispute_that_two_data_sets_number_alike_is_told_once(view: View) -> None:
    found = told(view, "Chile", "Peru", "1880")["Disputes and rivalry"]
    pacific = line_with(found, "MID 1518,")
    assert "from 15 February 1879 to 20 October 1883" in pacific
    assert len(noted(written(view, "Chile", "Peru", "1880"), pacific)) == 2


def test_where_officers_are_told_of_the_effective_ruler_is_left_out(view: View) -> None:
    found = told(view, "Peru", "United States", "1999-06-01")["In office on that day"]
    assert "president of the United States" in line_with(found, "Clinton")
    assert "effective leader of Peru" in line_with(found, "Fujimori")


@pytest.mark.parametrize(
    ("one", "other", "as_of", "words"),
    [
        ("Chile", "Peru", "1980", "at least 43 intergovernmental organizations from 1975 to 1986"),
        ("Peru", "Chile", "2026-01-01", "at least 75 intergovernmental organizations from 2013 to 2014 or later"),
        ("Prussia", "Austria", "1866-07-01", "at least 1 intergovernmental organization from 1856 to 1867"),
    ],
)
def test_of_how_many_organizations_both_were_members_is_told_of_the_day_alone(
    view: View, one: str, other: str, as_of: str, words: str
) -> None:
    text = written(view, one, other, as_of)
    (line,) = [line for line in sections(text)["Figures"] if "full members" in line]
    assert f"were both full members of {words}." in line
    (note,) = noted(text, line)
    assert note.startswith("cow-igos@fe150a2, `data/cow_igo_ndy.rda#")


def test_the_passage_of_a_shared_membership_has_each_years_number(mirror: Path) -> None:
    told = adapter("cow-igos").passage(mirror / "peacesciencer", "data/cow_igo_ndy.rda#135-155-1975")
    assert told is not None
    assert "1980: 49," in told


def test_a_partner_with_whom_only_memberships_are_shared_is_not_listed(view: View) -> None:
    assert asked(view, "Nepal", "Paraguay", "membership.shared", "2000").certainty == "yes"
    assert "Paraguay" not in {other.polity.name for other in partners(view, "Nepal", When.parse("2000")).others}


def test_a_pair_that_never_met_has_no_section_of_what_was_between_them(view: View) -> None:
    found = told(view, "Nepal", "Paraguay", "2000")
    assert not {"How it came to be", "Alliances", "Disputes and rivalry", "Borders"} & found.keys()


@pytest.mark.parametrize(
    "pair", [("China", "Taiwan"), ("Israel", "Palestine"), ("Korea", "Japan"), ("Russia", "Ukraine")]
)
def test_every_sentence_of_a_brief_has_its_note(view: View, pair: tuple[str, str]) -> None:
    text = written(view, *pair, "1906" if pair[0] == "Korea" else None)
    parts_told = sections(text)
    notes = dict(line.split(". ", 1) for line in parts_told["Notes"])
    for title in ("How it came to be", "Alliances", "Disputes and rivalry", "Borders", "In office on that day"):
        for line in parts_told.get(title, []):
            if "; the latest " not in line:  # a count of those that follow
                assert noted(text, line), line
    assert notes


def test_research_changes_nothing_of_what_the_embedded_sources_tell(view: View) -> None:
    alone, beside = (dossier(held, "Peru", "United States") for held in (View(embedded()), view))
    assert (alone.status.state, alone.status.since) == (beside.status.state, beside.status.since)
    assert {event.claims[0].id for event in alone.history} <= {event.claims[0].id for event in beside.history}
