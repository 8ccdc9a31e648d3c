"""Spells: what an answer says of a day, for all the days on which it is the same; whatever came first, and no more."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet
import pytest

import comity
from answers import claim, shipped
from comity.ledger import View, Writer
from comity.model import Claim, Published, PublishedBasis, When
from comity.present.spells import COLUMNS, as_csv, as_parquet, rows
from comity.query.ask import Answer, ask
from comity.query.lives import of_this_life
from comity.query.pair import ruled
from comity.query.spells import Spell, spells
from comity.query.status import State, status
from comity.reconcile.conflicts import conflicts
from comity.reconcile.events import gather
from comity.sources.gazetteer import gazetteer

US = "united-states"
RELATIONS = "relations"


@pytest.fixture(scope="module")
def all_relations() -> dict[tuple[str, str | None], list[Spell]]:
    """The spells of relations of all pairs of the embedded ledger."""
    by_pair: dict[tuple[str, str | None], list[Spell]] = defaultdict(list)
    for spell in spells(shipped(), RELATIONS):
        by_pair[spell.subject, spell.object].append(spell)
    return by_pair


def edtf(when: When | None) -> str | None:
    return when.edtf if when else None


def of_pair(one: str, other: str = US, **bounds: When | None) -> list[tuple[str, str | None, str | None]]:
    between = spells(shipped(), RELATIONS, one, other, **bounds)
    return [(spell.state, edtf(spell.start), edtf(spell.end)) for spell in between]


def test_the_status_at_a_day_is_the_spell_at_that_day(
    all_relations: dict[tuple[str, str | None], list[Spell]],
) -> None:
    rulings, chance = ruled(shipped()), random.Random(17)
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for each in shipped().claims():
        groups[tuple(sorted(each.parties))].append(each)
    assert len(all_relations) > 200
    for pair, of_the_pair in all_relations.items():
        events = gather(groups[tuple(filter(None, pair))], rulings)
        overruled = [conflict.other for conflict in conflicts(events, rulings)]
        parties = [gazetteer().polity(id) for id in pair if id]
        for _ in range(4):
            day = date(1780, 1, 1) + timedelta(days=chance.randrange(89_000))
            answer = status(of_this_life(events, parties, day), day, parties, overruled)
            around = {spell.state for spell in of_the_pair if spell.meets(day, day)}
            within = {spell.state for spell in of_the_pair if is_within(spell, day)}
            assert within <= {answer.state.value}, (pair, day)
            assert answer.state is State.UNKNOWN or answer.state.value in around, (pair, day)


def is_within(spell: Spell, day: date) -> bool:
    """Whether a day is within a spell whatever its imprecise dates mean."""
    begun = spell.start is None or spell.start.latest <= day
    return begun and (spell.end is None or spell.end.earliest > day)


def test_of_one_pair_no_two_spells_of_relations_go_on_at_once(
    all_relations: dict[tuple[str, str | None], list[Spell]],
) -> None:
    for of_the_pair in all_relations.values():
        for spell, following in pairwise(of_the_pair):
            if spell.state == State.ENDED.value:  # of a state dissolved in the year in which relations were severed
                continue
            assert spell.end is not None
            assert following.start is not None
            # a state may be recognized shortly before the lists count it
            early = timedelta(days=366 * (spell.state == State.UNCOUNTED.value))
            assert spell.end.earliest <= following.start.latest + early
        assert all(spell.claims for spell in of_the_pair if spell.state not in ("not recognized", "not counted"))


@pytest.mark.parametrize("relation", ["envoy", "mission"])
def test_after_the_coverage_of_its_sources_no_answer_is_yes(relation: str) -> None:
    chance = random.Random(17)
    hosts = sorted({each.object for each in shipped().claims() if each.subject == US and each.object})
    certainties: dict[str, int] = defaultdict(int)
    for host in chance.sample(hosts, 30):
        for day in ("2025-06-01", "2026-06-01"):
            answer = ask(shipped(), US, host, relation, When.parse(day))
            certainties[answer.certainty] += 1
            if answer.certainty == "not covered":
                assert answer.covered_until is not None
                assert answer.covered_until < date.fromisoformat(day)
                assert answer.status.endswith("(last known)")
    assert "yes" not in certainties
    assert certainties["not covered"] > 20


SEVERED = (
    ("cuba", "1961-01-03", "2015-07-20"),
    ("egypt", "1967-06-06", "1974-02-28"),
    ("iran", "1980-04-07", None),
    ("albania", "1939-06-05", "1991-03-15"),
    ("hungary", "1941-12-11", "1941-12-13"),
)


def test_the_severed_relations_of_the_united_states_are_listed_in_one_call() -> None:
    severed = spells(shipped(), RELATIONS, "United States", state="severed")
    assert len(severed) > 30
    assert {spell.state for spell in severed} == {"severed"}
    assert all(spell.claims and spell.basis for spell in severed)
    breaks = {(({s.subject, s.object} - {US}).pop(), edtf(s.start), edtf(s.end)) for s in severed if s.object}
    assert breaks >= set(SEVERED)


def test_germany_from_1900_to_1960_is_told_in_one_call() -> None:
    assert of_pair("Germany", first=When.parse("1900"), last=When.parse("1960")) == [
        ("established", "1871-07-23", "1917-02-03"),
        ("severed", "1917-02-03", "1917-04-06"),
        ("at war", "1917-04-06", "1921-12-10"),
        ("established", "1921-12-10", "1941-12-11"),
        ("at war", "1941-12-11", "1945-05-08"),
        ("not counted", "1945-05-08", "1990-10-03"),
    ]


def test_relations_that_go_on_after_an_occupation_are_a_spell_again_from_then() -> None:
    assert of_pair("Ethiopia") == [
        ("established", "1903-12-27", "1936-05-05"),
        ("not counted", "1936-05-05", "1941-05-05"),
        ("established", "1941-05-05", None),
    ]


def test_a_beginning_shown_by_an_envoy_is_one_by_then() -> None:
    healed = spells(shipped(), RELATIONS, "Peru", US)[-1]
    assert (healed.state, edtf(healed.start), healed.by_then) == ("established", "1963-02-06", True)


def test_an_envoys_spell_goes_from_the_reception_to_the_departure() -> None:
    cooley = next(s for s in spells(shipped(), "envoy", US, "Peru") if s.label == "James Cooley")
    assert (cooley.subject, cooley.object) == (US, "peru")
    assert (edtf(cooley.start), edtf(cooley.end), cooley.certainty) == ("1827-05-21", "1828-02-24", "yes")


def test_a_mission_that_sources_no_longer_cover_is_open_and_not_covered() -> None:
    last = [s for s in spells(shipped(), "mission", US, "Peru") if s.subject == US][-1]
    assert (last.state, last.end, last.certainty) == ("embassy", None, "not covered")
    assert last.covered_until is not None


@pytest.fixture(scope="module")
def few() -> list[Spell]:
    return spells(shipped(), None, "Cuba", US)


def test_csv_json_and_parquet_have_the_same_rows(few: list[Spell]) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(as_parquet(few))).to_pylist()
    assert table == rows(few)
    assert tuple(table[0]) == COLUMNS
    lines = list(csv.DictReader(io.StringIO(as_csv(few))))
    assert lines == [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in table]
    printed = json.loads(command("--about", "Cuba", "--with", "USA", "--format", "json"))
    for written, row in zip(printed, table, strict=True):
        named = {"lane", "subject", "object", "state", "label", "certainty", "covered_until"}
        assert {name: written[name] for name in named} == {name: row[name] for name in named}
        for bound in ("start", "end"):
            assert (written[bound] and written[bound]["edtf"]) == row[bound]
        assert "; ".join(written["claims"]) == row["claims"]


def test_the_command_prints_a_line_a_spell() -> None:
    lines = command("--lane", "relations", "--about", "Cuba", "--with", "USA", "--state", "severed").splitlines()
    assert lines == ["relations: cuba – united-states: severed: 3 January 1961 – 20 July 2015"]


def test_from_python_spells_become_frames() -> None:
    severed = comity.spells("relations", about="USA", state="severed")
    frame = severed.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == severed.to_arrow().num_rows == len(severed.spells)
    assert severed.to_polars().height == len(frame)
    assert "cuba – united-states: severed" in str(severed)


def command(*words: str) -> str:
    run = [sys.executable, "-c", "from comity.cli import main; main()", "spells", *words]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def test_partners_are_listed_by_the_command() -> None:
    run = [sys.executable, "-c", "from comity.cli import main; main()", "partners", "Peru", "--as-of", "1950"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[0] == "Peru, 31 December 1950"
    assert any(line.startswith("United States: established since by 24 April 1884") for line in lines)


def small(folder: Path, claims: Iterable[Claim]) -> View:
    Writer(str(folder)).append(list(claims), source=None, adapter="test 1", who="a test")
    return View(str(folder))


def dated(relation: str, when: str, published: str, **fields: str) -> Claim:
    return claim(relation, when, published=Published(When.parse(published), PublishedBasis.STATED), **fields)


STATED = (
    dated("relations.established", "1900", "1950"),
    dated("relations.severed", "1914-08-04", "1950"),
    dated("relations.resumed", "1920", "1950"),
    dated("war", "1914/1918", "1950", label="First War"),
    dated("envoy.received", "1921-05-01", "1950", kind="Minister", envoy="A. Ruiz"),
    dated("mission.opened", "1900", "1950", kind="legation"),
)
LATER = (
    dated("relations.severed", "1930-01-01", "1999"),
    dated("relations.established", "1899-05-02", "1999", source="b@1"),
    dated("mission.closed", "1930", "1999", kind="legation"),
)


def test_a_claim_published_later_changes_no_answer_known_by_an_earlier_day(tmp_path: Path) -> None:
    before, after = small(tmp_path / "before", STATED), small(tmp_path / "after", (*STATED, *LATER))
    known = When.parse("1960")
    assert spells(after, known_by=known) == spells(before, known_by=known) == spells(before)
    assert spells(after) != spells(before)
    for relation in ("relations", "mission", "envoy", "war", "recognition"):
        for day in ("1899-06-01", "1915", "1925", "1935"):
            answers = [ask(view, "peru", "chile", relation, When.parse(day), known) for view in (before, after)]
            assert len({words(answer) for answer in answers}) == 1


def words(answer: Answer) -> tuple[object, ...]:
    ids = tuple(each.id for event in answer.evidence for each in event.claims)
    return answer.status, answer.certainty, answer.since, answer.until, answer.covered_until, ids


def test_the_order_of_ingestion_changes_nothing(tmp_path: Path) -> None:
    claims, chance = [*STATED, *LATER], random.Random(17)
    expected = spells(small(tmp_path / "first", claims))
    for number in range(3):
        chance.shuffle(claims)
        folder = tmp_path / str(number)
        for part in (claims[:4], claims[4:]):
            view = small(folder, part)
        assert [without_order(s) for s in spells(view)] == [without_order(s) for s in expected]


def without_order(spell: Spell) -> tuple[object, ...]:
    ids = sorted(each.id for each in spell.claims), sorted(each.id for each in spell.contested_by)
    return (spell.lane, spell.subject, spell.object, spell.state, spell.label, spell.start, spell.end, *ids)
