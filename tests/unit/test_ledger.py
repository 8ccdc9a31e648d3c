"""The ledger holds every claim once, for ever, in whole versions, and says what was recorded and known when."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from deltalake import CommitProperties, DeltaTable, write_deltalake
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cli import main
from comity.errors import LedgerError
from comity.ledger import Appended, Verified, View, Writer, entries, own, verify
from comity.ledger.commit import committed
from comity.ledger.read import connection, query
from comity.ledger.schema import COLUMNS, to_claim, to_row, to_table
from comity.ledger.tables import opened
from comity.ledger.writer import KIND
from comity.model import Claim, Published, PublishedBasis, Source, When
from strategies import days
from strategies_claims import claims

SOURCE = Source(
    "guide", "A guide to relations", "An office", "CC0-1.0", "owner/guide", "f3c5354abc", "2026-07-24", ("*.xml",)
)
RECOGNITION = Claim(
    "united-states",
    "recognition",
    "peru",
    when=When.parse("1826-05-02"),
    source=SOURCE.edition,
    locator="peru.xml#1",
    published=Published(When.parse("2026-07-24"), PublishedBasis.COMMIT),
)
ESTABLISHED = RECOGNITION.but(relation="relations.established", when=When.parse("1827-05-21"), locator="peru.xml#2")
UNDATED = RECOGNITION.but(subject="peru", object="united-states", relation="cooperation", when=None, locator="#3")
ELSEWHERE = RECOGNITION.but(object="chile", when=When.parse("1823"), locator="chile.xml#1")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return str(tmp_path / "ledger")


def append(url: str | Path, *held: Claim, source: Source | None = SOURCE) -> Appended:
    return Writer(url).append(held, source=source, adapter="guide 1", who="an editor")


def data_files(url: str) -> list[Path]:
    return sorted(Path(url).glob("*.parquet"))


def commits(url: str) -> list[Path]:
    return sorted(Path(url).glob("_delta_log/*.json"))


# What is held


def test_a_claim_appended_twice_is_held_once(url: str) -> None:
    assert append(url, RECOGNITION, RECOGNITION, ESTABLISHED) == Appended(added=2, held=0, version=0)
    assert append(url, ESTABLISHED, ELSEWHERE) == Appended(added=1, held=1, version=1)
    assert append(url, RECOGNITION, ESTABLISHED, ELSEWHERE) == Appended(added=0, held=3, version=None)
    assert append(url) == Appended(added=0, held=0, version=None)
    assert View(url).count() == 3
    assert len(entries(url)) == 2


def test_appending_nothing_makes_no_ledger(url: str) -> None:
    append(url)
    assert not Path(url).exists()


def test_of_a_claim_given_with_another_confidence_the_first_stays(url: str) -> None:
    append(url, RECOGNITION)
    assert append(url, RECOGNITION.but(confidence=0.5)).added == 0
    assert [claim.confidence for claim in View(url).claims()] == [1.0]


@given(claims())
def test_a_row_gives_back_its_claim_and_its_id(claim: Claim) -> None:
    row = to_row(claim)
    assert len(row) == len(COLUMNS)
    assert row[0] == claim.id
    back = to_claim(row)
    assert (back, back.id) == (claim, claim.id)


@settings(max_examples=15)
@given(st.lists(claims(), max_size=30))
def test_a_ledger_gives_back_what_was_appended_in_any_order(held: list[Claim]) -> None:
    expected = {claim.id: claim for claim in reversed(held)}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        append(one, *held)
        append(other, *held[::2])
        append(other, *reversed(held[1::2]))
        assert append(one, *reversed(held)).added == append(other, *held).added == 0
        assert {claim.id: claim for claim in View(one).claims()} == expected
        assert {claim.id for claim in View(other).claims()} == expected.keys()
        assert [claim.id for claim in View(one).claims()] == [claim.id for claim in View(other).claims()]
        if held:
            assert verify(one).claims == verify(other).claims == len(expected)


def test_a_whole_number_is_kept_as_the_real_number_it_is_read_back_as(url: str) -> None:
    append(url, RECOGNITION.but(relation="trade.total", value=5, unit="USD"))
    (claim,) = View(url).claims()
    assert isinstance(claim.value, float)
    assert View(url).claims([claim.id]) == [claim]
    verify(url)


def test_a_date_that_its_edtf_does_not_give_back_is_not_written(url: str) -> None:
    year = When.parse("1826")
    odd = When("1826", year.earliest, date(1826, 6, 1), date(1826, 6, 1), year.earliest)
    with pytest.raises(LedgerError, match='"1826" does not parse to'):
        append(url, RECOGNITION.but(when=odd))
    assert not Path(url).exists()


# What is asked


def test_between_finds_both_ways_round_in_the_order_of_days_with_the_undated_last(url: str) -> None:
    append(url, UNDATED, ESTABLISHED, ELSEWHERE, RECOGNITION, RECOGNITION.but(object=None))
    expected = [RECOGNITION, ESTABLISHED, UNDATED]
    assert View(url).between("peru", "united-states") == expected
    assert View(url).between("united-states", "peru") == expected
    assert View(url).between("peru", "chile") == []


def test_claims_of_one_day_are_ordered_by_relation_and_id(url: str) -> None:
    same = [RECOGNITION.but(locator=f"#{n}", relation=r) for n in range(5) for r in ("leader", "alliance")]
    append(url, *same)
    assert View(url).claims() == sorted(same, key=lambda claim: (claim.relation, claim.id))


def test_about_finds_a_polity_as_subject_or_object_and_keeps_to_relations(url: str) -> None:
    append(url, RECOGNITION, ESTABLISHED, UNDATED, ELSEWHERE)
    view = View(url)
    assert view.about("peru") == [RECOGNITION, ESTABLISHED, UNDATED]
    assert view.about("united-states", ["recognition"]) == [ELSEWHERE, RECOGNITION]
    assert view.about("united-states", []) == []


def test_claims_are_found_by_id_and_unknown_ids_are_left_out(url: str) -> None:
    append(url, RECOGNITION, ESTABLISHED)
    assert View(url).claims([ESTABLISHED.id, "nothing"]) == [ESTABLISHED]
    assert View(url).claims([]) == []


@pytest.mark.parametrize(
    ("published", "day", "known"),
    [
        ("2020-03", date(2020, 3, 30), False),
        ("2020-03", date(2020, 3, 31), True),
        ("2020", date(2020, 12, 30), False),
        (None, date.max, False),
    ],
)
def test_known_by_a_day_is_what_was_surely_published_by_it(
    url: str, published: str | None, day: date, known: bool
) -> None:
    claim = RECOGNITION.but(published=Published(When.parse(published) if published else None))
    append(url, claim)
    expected = [claim] if known else []
    assert View(url).between("peru", "united-states", known_by=day) == expected
    assert View(url).about("peru", known_by=day) == expected
    assert View(url).between("peru", "united-states") == [claim]


@settings(max_examples=15)
@given(st.lists(claims(), min_size=1, max_size=15), days(), days())
def test_a_claim_published_later_changes_no_answer_known_by_an_earlier_day(
    held: list[Claim], day: date, other: date
) -> None:
    day, later = sorted((day, other + timedelta(1) if other == day else other))
    new = [RECOGNITION.but(subject=one, published=Published(When.on(later))) for one in ("peru", "chile")]
    with tempfile.TemporaryDirectory() as url:
        append(url, *held)
        before = View(url)
        append(url, *new)
        after = View(url)
        assert {claim.id for claim in new} <= {claim.id for claim in after.about("peru", known_by=later)}
        for polity in ("peru", "chile"):
            assert after.about(polity, known_by=day) == before.about(polity, known_by=day)
            known = after.between(polity, "peru", known_by=day)
            assert known == before.between(polity, "peru", known_by=day)
            assert all(claim.published.when and claim.published.when.latest <= day for claim in known)


@settings(max_examples=15)
@given(st.lists(st.lists(claims(), max_size=5), min_size=2, max_size=4))
def test_what_a_version_recorded_never_changes(batches: list[list[Claim]]) -> None:
    with tempfile.TemporaryDirectory() as url:
        recorded: dict[int, list[Claim]] = {}
        open_since = None
        for batch in batches:
            version = append(url, *batch).version
            if version is not None:
                recorded[version] = View(url).claims()
                open_since = open_since or View(url)
        for version, held in recorded.items():
            assert View(url, versions={url: version}).claims() == held
        assert open_since is None or open_since.claims() == recorded[0]


def test_sources_and_counts_are_by_edition_and_as_recorded(url: str) -> None:
    later = Source("visits", "Visits", "An office", "CC0-1.0", "owner/visits", "869ca4f000", "2026-06-26")
    append(url, RECOGNITION, ESTABLISHED)
    append(url, RECOGNITION.but(relation="visit", source=later.edition), source=later)
    append(url, RECOGNITION.but(source="a page"), source=None)
    assert View(url).counts() == {"a page": 1, SOURCE.edition: 2, later.edition: 1}
    assert View(url).sources() == {SOURCE.edition: SOURCE, later.edition: later}
    assert View(url, versions={url: 0}).sources() == {SOURCE.edition: SOURCE}
    assert View(url, versions={url: 0}).count() == 2


# Several ledgers, odd places


def test_several_ledgers_are_read_as_one_and_the_first_has_the_say(tmp_path: Path) -> None:
    first, second, third = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    append(first, RECOGNITION.but(confidence=0.9))
    append(second, RECOGNITION, ESTABLISHED)
    append(third, RECOGNITION, ESTABLISHED, UNDATED, source=None)
    view = View(first, second, third)
    assert view.between("peru", "united-states") == [RECOGNITION.but(confidence=0.9), ESTABLISHED, UNDATED]
    assert view.count() == 3
    assert view.sources() == {SOURCE.edition: SOURCE}
    assert View(second, first).claims([RECOGNITION.id]) == [RECOGNITION]


def test_a_place_with_no_ledger_yet_is_empty(url: str) -> None:
    view = View(url)
    assert (view.count(), view.claims(), view.between("peru", "chile")) == (0, [], [])
    assert (view.counts(), view.sources(), view.versions, entries(url)) == ({}, {}, {}, [])
    append(url, RECOGNITION)
    assert View(url + "/../nothing-yet", url).count() == 1


@pytest.mark.parametrize("name", ["a b", "q'uote", "st*r", "pérú", "{a,b}", "語"])
def test_a_ledger_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    url = tmp_path / name
    append(url, RECOGNITION)
    append(url, ESTABLISHED)
    assert View(url).claims() == [RECOGNITION, ESTABLISHED]
    assert verify(url) == Verified(str(url), versions=2, files=2, claims=2, orphans=0)


@pytest.mark.parametrize("name", ["br[a]ck", "ca^ret", "pi|pe", "wh?t", "n#1", "a%20b", "back\\slash", "li\nne"])
def test_a_folder_that_the_engine_can_not_name_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    for ask in (View, entries, verify, lambda url: append(url, RECOGNITION)):
        with pytest.raises(LedgerError, match="no ledger can be in"):
            ask(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_url_and_a_path_name_the_same_ledger(tmp_path: Path) -> None:
    append(tmp_path / "my ledger", RECOGNITION)
    url = (tmp_path / "my ledger").as_uri()
    assert append(url, RECOGNITION).held == 1
    assert View(url).claims() == [RECOGNITION]
    assert verify(url).files == 1


def test_what_arrow_brings_of_a_table_elsewhere_is_what_its_files_hold(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(url, RECOGNITION, UNDATED)
    append(url, ESTABLISHED)
    table = opened(url)
    assert table is not None
    files = query(connection(table), "claims", ids=None)
    monkeypatch.setattr("comity.ledger.read.local", lambda url: None)
    assert query(connection(table), "claims", ids=None) == files
    assert len(files) == 3


def test_the_users_own_ledger_is_in_their_home(home: Path) -> None:
    assert Path(own()) == home / "ledger"


# The log


def test_each_version_says_who_added_what_when_from_which_source(url: str) -> None:
    begun = datetime.now(UTC)
    note = {"records": 3, "skips": ["a file that can’t be read"]}
    Writer(url).append([RECOGNITION, ESTABLISHED], source=SOURCE, adapter="guide 1", who="Ana Peña", note=note)
    append(url, UNDATED, source=None)
    first, second = entries(url)
    assert (first.version, first.who, first.source, first.adapter) == (0, "Ana Peña", SOURCE.edition, "guide 1")
    assert (first.added, first.note, first.described) == (2, note, SOURCE)
    assert (second.version, second.source, second.described, second.added) == (1, None, None, 1)
    assert begun - timedelta(seconds=1) <= first.when <= second.when <= datetime.now(UTC)


def test_writers_at_the_same_time_add_each_claim_once(url: str) -> None:
    batches = [[RECOGNITION.but(label=str(n)) for n in range(start, start + 20)] for start in (0, 5, 10)]
    done: list[Appended] = []
    together = threading.Barrier(len(batches))

    def write(batch: list[Claim]) -> None:
        together.wait()
        done.append(append(url, *batch))

    threads = [threading.Thread(target=write, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.added for one in done) == 30
    assert all(one.added + one.held == 20 for one in done)
    assert verify(url).claims == View(url).count() == 30


def test_threads_may_ask_one_view(url: str) -> None:
    append(url, RECOGNITION, ESTABLISHED)
    view = View(url)
    got: list[list[Claim]] = []

    def ask() -> None:
        for _ in range(5):
            got.append(view.between("peru", "united-states"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [[RECOGNITION, ESTABLISHED]] * 20


def test_delta_lake_itself_refuses_to_delete(url: str) -> None:
    append(url, RECOGNITION)
    with pytest.raises(Exception, match=r"(?i)append.?only"):
        DeltaTable(url).delete()


# What is wrong


def test_verify_counts_what_is_whole_and_the_files_of_killed_writers(url: str) -> None:
    append(url, RECOGNITION, ESTABLISHED)
    append(url, UNDATED)
    shutil.copy(data_files(url)[0], Path(url) / "part-left-behind.parquet")
    assert verify(url) == Verified(url, versions=2, files=2, claims=3, orphans=1)
    assert View(url).count() == 3


def lose_a_file(url: str) -> None:
    data_files(url)[0].unlink()


def cut_a_file(url: str) -> None:
    file = data_files(url)[0]
    file.write_bytes(file.read_bytes()[:-1])


def flip_a_byte(url: str) -> None:
    file = data_files(url)[0]
    content = bytearray(file.read_bytes())
    content[4 + 20] ^= 0xFF
    file.write_bytes(content)


def lose_a_version(url: str) -> None:
    commits(url)[0].unlink()


def lose_a_middle_version(url: str) -> None:
    commits(url)[1].unlink()


def cut_a_version(url: str) -> None:
    commits(url)[1].write_text(commits(url)[1].read_text()[:40])


def empty_a_version(url: str) -> None:
    commits(url)[1].write_text("")


def lose_the_last_line(url: str) -> None:
    first, *_ = commits(url)[1].read_text().splitlines()
    commits(url)[1].write_text(first + "\n")


def change_who_added(url: str) -> None:
    """In the last entry, of which no later one holds a hash."""
    add_rows(url, to_row(ELSEWHERE))
    commits(url)[-1].write_text(commits(url)[-1].read_text().replace("someone", "nobody"))


def miscount_an_entry(url: str) -> None:
    said = commits(url)[1].read_text()
    assert '\\"added\\": 1' in said
    commits(url)[1].write_text(said.replace('\\"added\\": 1', '\\"added\\": 7'))


def add_rows(url: str, *rows: tuple[object, ...]) -> None:
    """Rows as no Writer would write them, in a version that is sealed like any other."""
    statement = {"who": "someone", "adapter": "none", "source": None, "note": {}, "added": len(rows)}
    assert committed(url, opened(url), to_table(rows), statement, KIND) is not None


def hold_a_claim_twice(url: str) -> None:
    add_rows(url, to_row(RECOGNITION))


def change_what_a_claim_says(url: str) -> None:
    row = list(to_row(UNDATED.but(label="new")))
    row[COLUMNS.index("label")] = "other"
    add_rows(url, tuple(row))


def change_a_day_that_is_derived(url: str) -> None:
    row = list(to_row(ELSEWHERE))
    row[COLUMNS.index("latest")] = date(1999, 1, 1)
    add_rows(url, tuple(row))


def write_a_date_that_is_none(url: str) -> None:
    row = list(to_row(ELSEWHERE))
    row[COLUMNS.index("edtf")] = "sometime"
    add_rows(url, tuple(row))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lose_a_file, "is missing"),
        (cut_a_file, "bytes where the log says"),
        (flip_a_byte, r"\.parquet was altered: its sha256"),
        (lose_a_version, r"its entry .*0\.json is missing"),
        (lose_a_middle_version, r"its entry .*1\.json is missing"),
        (cut_a_version, r"1\.json is damaged: it is cut short"),
        (empty_a_version, r"1\.json is damaged: it is cut short"),
        (lose_the_last_line, r"1\.json is damaged: it does not name the files"),
        (change_who_added, r"3\.json is damaged: its content does not match its seal"),
        (miscount_an_entry, "holds 1 new claims where its entry says 7"),
        (hold_a_claim_twice, f"{RECOGNITION.id} .*occurs twice"),
        (change_what_a_claim_says, "does not match its id and columns"),
        (change_a_day_that_is_derived, f"{ELSEWHERE.id} .*does not match its id and columns"),
        (write_a_date_that_is_none, f"{ELSEWHERE.id} .*does not match its id and columns"),
    ],
)
def test_verify_says_what_is_wrong(url: str, damage: Callable[[str], None], says: str) -> None:
    append(url, RECOGNITION, ESTABLISHED)
    append(url, UNDATED)
    append(url, UNDATED.but(label="third"))
    verify(url)
    damage(url)
    with pytest.raises(LedgerError, match=says) as caught:
        verify(url)
    assert "\n" not in str(caught.value)


def test_a_view_of_a_ledger_that_lacks_a_file_says_so(url: str) -> None:
    append(url, RECOGNITION)
    append(url, ESTABLISHED)
    for file in data_files(url):
        kept = file.rename(file.with_suffix(".away"))
        with pytest.raises(LedgerError, match="data can't be read"):
            View(url).claims()
        kept.rename(file)
    assert View(url).count() == 2


def test_a_log_without_its_beginning_is_damaged_and_not_empty(url: str) -> None:
    append(url, RECOGNITION)
    append(url, ESTABLISHED)
    commits(url)[0].unlink()
    for ask in (View, entries, verify):
        with pytest.raises(LedgerError, match="can't be used"):
            ask(url)
    with pytest.raises(LedgerError, match="can't be used"):
        append(url, UNDATED)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_text("no ledger")
    write_deltalake(other, to_table([to_row(RECOGNITION)]).select(["id", "subject"]))
    for url, says in (
        (file, "can't be used"),
        (other, "is no ledger of comity"),
        ("unknown://place", "Unknown scheme"),
    ):
        for ask in (View, entries, verify, lambda url: append(url, RECOGNITION)):
            with pytest.raises(LedgerError, match=says):
                ask(url)
    with pytest.raises(LedgerError, match="there is no ledger at"):
        verify(tmp_path / "nothing")
    assert file.read_text() == "no ledger"


def test_a_version_that_was_never_made_is_refused(url: str) -> None:
    append(url, RECOGNITION)
    with pytest.raises(LedgerError, match="has versions 0 to 0, none 1"):
        View(url, versions={url: 1})
    with pytest.raises(LedgerError, match=r"there is no ledger at .*, so no version 0 of it"):
        View(url + "-nothing", versions={url + "-nothing": 0})


def test_a_place_that_can_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError) as caught:
        append(tmp_path / "file" / "ledger", RECOGNITION)
    assert str(tmp_path / "file" / "ledger") in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("held", [{"quote": "Peru was never recognized."}, {"confidence": 0.1}])
def test_a_changed_quote_or_confidence_is_found_though_the_id_is_of_neither(url: str, held: dict[str, Any]) -> None:
    told = RECOGNITION.but(quote="Peru was recognized.", confidence=0.9)
    append(url, told)
    assert told.but(**held).id == told.id
    [file] = data_files(url)
    append(f"{url}-other", told.but(**held))
    entry = commits(url)[0].read_text()
    other = data_files(f"{url}-other")[0].read_bytes()
    commits(url)[0].write_text(entry.replace(f'"size":{file.stat().st_size},', f'"size":{len(other)},'))
    file.write_bytes(other)
    with pytest.raises(LedgerError, match=r"\.json is damaged|\.parquet was altered"):
        verify(url)


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        "no JSON", "[]", "7", '{"commitInfo": 7}', DEEP, '{"a":' * 100_000, "\xff",
        '{"commitInfo": {"timestamp": 1e99}}',
        json.dumps({"commitInfo": {"timestamp": 1, "comity": DEEP}}),
        json.dumps({"commitInfo": {"timestamp": 1, "comity": "[]"}}),
        json.dumps({"commitInfo": {"timestamp": 1, "comity": '{"source": 7}'}}),
        json.dumps({"commitInfo": {"timestamp": 1, "comity": '{"schema": "new"}'}}),
    ],
    ids=range(12),
)  # fmt: skip
@pytest.mark.parametrize("version", [0, 1, 2])
def test_an_entry_that_is_none_is_one_sentence_whoever_asks(url: str, text: str, version: int) -> None:
    for label in "abc":
        append(url, RECOGNITION.but(label=label))
    commits(url)[version].write_text(text, "latin-1")
    for ask in (View, entries, verify, lambda url: append(url, UNDATED)):
        with pytest.raises(LedgerError, match=f"{version}.json is damaged") as caught:
            ask(url)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 400


def test_a_ledger_that_a_newer_comity_wrote_is_refused_in_one_sentence(url: str) -> None:
    append(url, RECOGNITION)
    append(url, UNDATED)
    entry = commits(url)[1].read_text()
    commits(url)[1].write_text(entry.replace('\\"schema\\": 2', '\\"schema\\": 3'))
    asks = (View, entries, verify, lambda url: append(url, ESTABLISHED))
    for ask in asks:
        with pytest.raises(LedgerError, match="was written by a newer comity, in format 3"):
            ask(url)
    commits(url)[1].write_text(entry)
    DeltaTable(url).alter.set_table_description("comity ledger, schema 3", commit_properties=CommitProperties({}))
    for ask in asks:
        with pytest.raises(LedgerError, match="was written by a newer comity, in format 3"):
            ask(url)


def older(url: str, *told: Claim) -> None:
    """A version as comity wrote it before there were hashes."""
    entry = json.dumps({"who": "ana", "adapter": "guide 1", "source": None, "note": {}, "added": len(told)})
    begun = Path(url).exists()
    write_deltalake(
        url, to_table(map(to_row, told)), mode="append", name=None if begun else "comity ledger",
        configuration=None if begun else {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"},
        commit_properties=CommitProperties({"comity": entry}),
    )  # fmt: skip


def test_an_older_ledger_is_read_verified_as_far_as_it_goes_and_upgraded_by_the_first_append(url: str) -> None:
    older(url, RECOGNITION.but(quote="a quote"))
    older(url, ESTABLISHED)
    assert View(url).count() == 2
    assert verify(url) == Verified(url, versions=2, files=2, claims=2, orphans=0, uncovered=2)
    assert append(url, UNDATED).version == 3  # the upgrade is a version of its own
    assert [(entry.adapter, entry.added) for entry in entries(url)] == [
        ("guide 1", 1), ("guide 1", 1), ("comity upgrade", 0), ("guide 1", 1),
    ]  # fmt: skip
    assert verify(url) == Verified(url, versions=4, files=3, claims=3, orphans=0)
    assert View(url, versions={url: 1}).claims() == [RECOGNITION.but(quote="a quote"), ESTABLISHED]
    for file in (*data_files(url), *commits(url)):
        whole = file.read_bytes()
        file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
        with pytest.raises(LedgerError, match=file.name):
            verify(url)
        file.write_bytes(whole)
    verify(url)


def test_a_claim_of_an_older_ledger_that_its_id_does_not_name_is_found(url: str) -> None:
    row = list(to_row(ELSEWHERE))
    row[COLUMNS.index("label")] = "other"
    older(url, RECOGNITION)
    entry = json.dumps({"who": "someone", "adapter": "none", "added": 1})
    write_deltalake(url, to_table([tuple(row)]), mode="append", commit_properties=CommitProperties({"comity": entry}))
    with pytest.raises(LedgerError, match=f"{ELSEWHERE.id} .*does not match its id and columns"):
        verify(url)


def test_a_data_file_with_other_columns_is_found(url: str) -> None:
    older(url, RECOGNITION)
    [file] = data_files(url)
    duckdb.sql(f"copy (select *, 1 as more from '{file}') to '{file}.new' (format parquet)")
    Path(f"{file}.new").replace(file)
    entry = json.loads(commits(url)[0].read_text().splitlines()[-1])
    lines = commits(url)[0].read_text()
    commits(url)[0].write_text(lines.replace(f'"size":{entry["add"]["size"]},', f'"size":{file.stat().st_size},'))
    with pytest.raises(LedgerError, match="has other columns than a ledger has"):
        verify(url)


def test_other_tools_of_delta_lake_open_what_is_written(url: str) -> None:
    append(url, RECOGNITION)
    append(url, ESTABLISHED)
    Writer(url).judge([], who="ana")
    table = DeltaTable(url)
    assert table.version() == 2
    rows = duckdb.from_arrow(table.scan()).order("earliest").fetchall()
    assert [to_claim(row) for row in rows] == [RECOGNITION, ESTABLISHED]
    assert table.metadata().configuration["delta.appendOnly"] == "true"


def test_an_object_store_is_read_and_written_by_the_same_rules(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is reached as a store is: by the library alone."""
    for module in ("store", "tables", "read", "commit", "verify", "judgements", "additions"):
        monkeypatch.setattr(sys.modules[f"comity.ledger.{module}"], "local", lambda url: None)
    (Path(url) / "_judgements").mkdir(parents=True)  # a store has no folders to be made
    assert View(url).count() == 0
    assert append(url, RECOGNITION).version == 0
    assert append(url, RECOGNITION, ESTABLISHED) == Appended(added=1, held=1, version=1)
    assert View(url).claims() == [RECOGNITION, ESTABLISHED]
    assert View(url, versions={url: 0}).claims() == [RECOGNITION]
    assert verify(url).claims == 2
    flip_a_byte(url)
    with pytest.raises(LedgerError, match="was altered"):
        verify(url)


def test_a_version_of_twenty_digits_is_an_error_in_one_sentence(url: str) -> None:
    append(url, RECOGNITION)
    for version in (10**19, 10**20 - 1, -1):
        with pytest.raises(LedgerError, match=f"has versions 0 to 0, none {version}"):
            View(url, versions={url: version})


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small disk: {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_full_disk_an_append_is_refused_in_one_sentence_and_nothing_is_half_written(
    small: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = small / "ledger"
    held = 0

    def fill() -> None:
        nonlocal held
        # Sizes that differ, so that the disk is full now while a data file is written, now while an entry is.
        for number, size in enumerate((1, 40, 7, 100) * 250):
            append(url, *(RECOGNITION.but(label=f"{number}.{n}", quote=os.urandom(40).hex()) for n in range(size)))
            held += size

    with pytest.raises(LedgerError, match="the disk is full; make room and try again") as caught:
        fill()
    assert held
    assert "\n" not in str(caught.value)
    assert "panic" not in capfd.readouterr().err
    assert (verify(url).claims, verify(url).orphans) == (held, 0)


@pytest.mark.parametrize("room", range(0, 24_000, 1_500))
def test_however_little_room_a_disk_has_an_append_is_whole_or_refused(
    small: Path, room: int, capfd: pytest.CaptureFixture[str]
) -> None:
    url = small / "ledger"
    append(url, RECOGNITION)
    with (small / "full").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(512))
    os.truncate(small / "full", max((small / "full").stat().st_size - room, 0))
    try:
        append(url, ESTABLISHED)
        expected, refusal = 2, "the disk is full; make room"
    except LedgerError as error:
        expected, refusal = 1, str(error)
    assert "the disk is full; make room" in refusal
    assert "panic" not in capfd.readouterr().err
    (small / "full").unlink()
    assert (View(url).count(), verify(url).claims, verify(url).orphans) == (expected, expected, 0)


def test_a_folder_that_is_read_only_is_told_apart_from_a_full_disk(small: Path) -> None:
    append(small / "ledger", RECOGNITION)
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    for url in (small / "ledger", small / "new"):
        with pytest.raises(LedgerError, match="its folder is read-only for you"):
            append(url, ESTABLISHED)
    assert View(small / "ledger").count() == 1


COMMANDS = [
    "brief Peru Chile", "ask Peru Chile relations", "timeline Peru Chile", "diff --since 2020", "sources list",
    "ledger log", "ledger verify", "ledger export -o {tmp}/claims.csv", "judge list", "judge a74e7227 2e34ff01 agrees",
    "read {tmp}/page.txt --save", "check {tmp}/page.txt",
]  # fmt: skip


def tear(url: str) -> None:
    """As a loss of power may leave the last entry."""
    commits(url)[-1].write_bytes(commits(url)[-1].read_bytes()[:300])


def grow_new(url: str) -> None:
    commits(url)[-1].write_text(commits(url)[-1].read_text().replace('\\"schema\\": 2', '\\"schema\\": 3'))


def nest(url: str) -> None:
    commits(url)[-1].write_text(DEEP)


@pytest.mark.parametrize("damage", [tear, grow_new, nest])
@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_says_in_one_sentence_that_the_ledger_is_damaged_or_too_new(
    words: str, damage: Callable[[str], None], home: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    append(own(), RECOGNITION)
    append(own(), ESTABLISHED)
    damage(own())
    (home / "page.txt").write_text("Peru and Chile established diplomatic relations in 1826.")
    monkeypatch.setattr("sys.argv", ["comity", *words.format(tmp=home).split()])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "00000000000000000001.json" in said
    assert said.count("\n") == 1
