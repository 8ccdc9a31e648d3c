"""The ledger holds every claim once, for ever, in whole versions, and says what was recorded and known when."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import CommitProperties, DeltaTable, write_deltalake
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import LedgerError
from comity.ledger import Appended, Verified, View, Writer, entries, own, verify
from comity.ledger.read import connection, query
from comity.ledger.schema import COLUMNS, to_claim, to_row, to_table
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
    with pytest.raises(LedgerError, match='"1826" does not give back'):
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
        with pytest.raises(LedgerError, match="no ledger can lie in"):
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
    files = query(connection(DeltaTable(url)), "claims", ids=None)
    monkeypatch.setattr("comity.ledger.read.local", lambda url: None)
    assert query(connection(DeltaTable(url)), "claims", ids=None) == files
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


def miscount_an_entry(url: str) -> None:
    said = commits(url)[1].read_text()
    assert '\\"added\\": 1' in said
    commits(url)[1].write_text(said.replace('\\"added\\": 1', '\\"added\\": 7'))


def add_rows(url: str, *rows: tuple[object, ...]) -> None:
    entry = json.dumps({"who": "someone", "adapter": "none", "added": len(rows)})
    write_deltalake(url, to_table(rows), mode="append", commit_properties=CommitProperties({"comity": entry}))


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
        (flip_a_byte, r"can't be read|is not what its id"),
        (lose_a_version, "can't be used"),
        (lose_a_middle_version, "can't be used"),
        (cut_a_version, "can't be used"),
        (empty_a_version, "versions"),
        (miscount_an_entry, "holds 1 new claims where its entry says 7"),
        (hold_a_claim_twice, f"{RECOGNITION.id} .*held twice"),
        (change_what_a_claim_says, "is not what its id and columns say"),
        (change_a_day_that_is_derived, f"{ELSEWHERE.id} .*is not what its id and columns say"),
        (write_a_date_that_is_none, f"{ELSEWHERE.id} .*is not what its id and columns say"),
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
