"""The contract of a source, run against every adapter that is registered."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from comity.errors import HashMismatch, MissingFile, SkipRecord, SourceError
from comity.model import Claim, Document, Published, PublishedBasis, Source, When
from comity.relations import vocabulary
from comity.sources.base import Adapter, Outcome, Record
from comity.sources.fetch import locate
from comity.sources.gazetteer import gazetteer
from comity.sources.manifest import manifest, members, verify
from comity.sources.registry import adapter, adapters
from manifests import write

EVERY = sorted(adapters())
TERMS = {term.id for term in vocabulary()}


@dataclass(frozen=True)
class Read:
    """All that an adapter made of its folder: each record with what it came to, or why it was skipped."""

    made: Adapter
    folder: Path
    told: tuple[tuple[Record, Outcome | str], ...]

    @property
    def claims(self) -> Iterator[Claim]:
        return (claim for _, outcome in self.told if isinstance(outcome, Outcome) for claim in outcome.claims)

    @property
    def documents(self) -> Iterator[Document]:
        return (one for _, outcome in self.told if isinstance(outcome, Outcome) for one in outcome.documents)


def read(made: Adapter, folder: Path) -> Read:
    return Read(made, folder, tuple((record, outcome(made, record)) for record in made.records(folder)))


def outcome(made: Adapter, record: Record) -> Outcome | str:
    try:
        return made.outcome(record)
    except SkipRecord as skip:
        return str(skip)


@pytest.fixture(scope="module", params=EVERY)
def made(request: pytest.FixtureRequest) -> Adapter:
    return adapter(request.param)


@pytest.fixture(scope="module")
def whole(made: Adapter, mirror: Path) -> Read:
    return read(made, mirror / made.source.place)


@pytest.fixture
def copy(made: Adapter, mirror: Path, tmp_path: Path) -> Path:
    """A mirror of links to one source's files, for a test to break."""
    folder = tmp_path / "mirror" / made.source.place
    for file in members(made.source, mirror / made.source.place):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(mirror / made.source.place / file, folder / file)
    return folder


def change(file: Path, how: Callable[[bytes], bytes]) -> None:
    """Put a changed copy in the place of a link."""
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(how(content))


def test_a_source_describes_itself_whole(made: Adapter) -> None:
    source = made.source
    for said in (source.id, source.title, source.publisher, source.licence, source.repository, made.version):
        assert said
        assert said == said.strip()
    assert re.fullmatch(r"[0-9a-f]{40}", source.commit)
    assert date(2000, 1, 1) < date.fromisoformat(source.commit_date)
    assert source.homepage.startswith("https://")
    assert source.files
    assert source.archive_url.endswith(f"/{source.repository}/archive/{source.commit}.tar.gz")
    assert source.edition == f"{source.id}@{source.commit[:7]}"


def test_the_manifest_names_every_file_of_the_mirror_and_no_other(made: Adapter, mirror: Path) -> None:
    folder = mirror / made.source.place
    assert list(manifest(made.source)) == members(made.source, folder)
    verify(made.source, folder)


def test_the_mirror_holds_the_commit_that_the_adapter_pins(made: Adapter, mirror: Path) -> None:
    listed = (mirror / "PROVENANCE.md").read_text("utf-8")
    row = next(line for line in listed.splitlines() if line.startswith(f"| {made.source.place} "))
    repository, commit, committed = row.split(" | ")[1:4]
    assert [made.source.repository, made.source.commit, made.source.commit_date] == [
        repository.split()[0],
        commit,
        committed,
    ]


def test_a_manifest_made_anew_is_the_one_carried(made: Adapter, mirror: Path, tmp_path: Path) -> None:
    again = write(made.source, mirror / made.source.place, tmp_path)
    assert dict(reversed(line.split("  ")) for line in again.read_text().splitlines()) == manifest(made.source)


def test_records_come_in_the_order_of_paths_each_with_a_locator_of_its_own(whole: Read) -> None:
    files = [record.file for record, _ in whole.told]
    assert files == sorted(files)
    assert set(files) <= set(manifest(whole.made.source))
    locators = [record.locator for record, _ in whole.told]
    assert len(set(locators)) == len(locators)
    assert all(locator.startswith(f"{file}#") for file, locator in zip(files, locators, strict=True))


def test_reading_twice_gives_the_same(whole: Read) -> None:
    again = read(adapter(whole.made.source.id), whole.folder)
    assert [record.locator for record, _ in again.told] == [record.locator for record, _ in whole.told]
    assert [told for _, told in again.told] == [told for _, told in whole.told]
    assert [claim.id for claim in again.claims] == [claim.id for claim in whole.claims]


def test_every_record_ends_as_claims_as_documents_or_as_a_reported_skip(whole: Read) -> None:
    with_claims = without = skipped = 0
    for record, told in whole.told:
        if isinstance(told, str):
            skipped += 1
            assert told.startswith(f"{whole.made.source.id}: {record.locator}: ")
            assert len(told) > len(f"{whole.made.source.id}: {record.locator}: ")
        elif told.claims:
            with_claims += 1
        else:
            without += 1
            assert told.documents, f"{record.locator} ended as nothing"
    assert with_claims + without + skipped == len(whole.told)
    assert with_claims > len(whole.told) / 2
    assert skipped < len(whole.told) / 10


def test_the_parts_of_an_outcome_are_what_the_contract_gives_one_by_one(whole: Read) -> None:
    for record, told in whole.told[:: max(1, len(whole.told) // 200)]:
        if isinstance(told, str):
            with pytest.raises(SkipRecord) as skip:
                whole.made.claims(record)
            assert (str(skip.value), skip.value.offender) == (told, record)
            assert list(whole.made.omissions(record)) == []
        else:
            assert tuple(whole.made.claims(record)) == told.claims
            assert tuple(whole.made.documents(record)) == told.documents
            assert tuple(whole.made.omissions(record)) == told.omissions


def test_a_claim_speaks_the_vocabulary_of_polities_that_the_gazetteer_knows(whole: Read) -> None:
    known = {polity.id for polity in gazetteer()}
    for claim in whole.claims:
        assert claim.relation in TERMS, claim
        assert claim.parties <= known, claim
        assert claim.subject != claim.object, claim
        assert claim.source == whole.made.source.edition
        assert 0 < claim.confidence <= 1, claim
        assert claim.reason or claim.confidence == 1, claim


def test_a_claim_says_when_its_source_said_it_and_how_that_is_known(whole: Read) -> None:
    committed = When.parse(whole.made.source.commit_date)
    for claim in whole.claims:
        said = claim.published
        assert said.when is not None, claim
        assert said.basis in (PublishedBasis.STATED, PublishedBasis.COMMIT), claim
        assert said.when == committed or said.basis is PublishedBasis.STATED, claim
        assert said.when.earliest <= committed.latest, claim


def test_no_claim_tells_of_a_time_after_its_source_said_it(whole: Read) -> None:
    for claim in whole.claims:
        if claim.when is not None and claim.when.end_earliest != date.max:
            assert claim.published.when is not None
            assert claim.when.begin.earliest <= claim.published.when.latest, claim
            assert claim.when.end_earliest <= claim.published.when.latest, claim


def test_an_id_is_one_claims_alone(whole: Read) -> None:
    ids = [claim.id for claim in whole.claims]
    assert len(set(ids)) == len(ids)


def test_a_locator_finds_its_passage(whole: Read) -> None:
    cited = list(dict.fromkeys(claim.locator for claim in whole.claims))
    prose = [document.locator for document in whole.documents]
    for locator in [*cited[:: max(1, len(cited) // 60)], *prose[:: len(prose) // 30 or 1], cited[-1]]:
        passage = whole.made.passage(whole.folder, locator)
        assert passage, locator
        assert passage == " ".join(passage.split())


def test_a_documents_locator_finds_its_own_text(whole: Read) -> None:
    documents = list(whole.documents)
    for document in documents[:: len(documents) // 25 or 1]:
        assert whole.made.passage(whole.folder, document.locator) == document.text
        assert document.source == whole.made.source.edition
        assert document.about[-1] in gazetteer()
        assert document.published.when is not None


@pytest.mark.parametrize("wrong", ["", "#", "nothing.xml#1", "../LICENSE.md#1", "/etc/passwd#1"])
def test_a_locator_of_nothing_finds_nothing(made: Adapter, mirror: Path, wrong: str) -> None:
    assert made.passage(mirror / made.source.place, wrong) is None


def test_a_file_has_no_passage_beyond_its_records(whole: Read) -> None:
    file = whole.told[0][0].file
    assert whole.made.passage(whole.folder, f"{file}#no-such-record") is None
    assert whole.made.passage(whole.folder, f"{file}#no-such-record/p1") is None


def test_a_file_that_cannot_be_parsed_is_one_skip_and_the_rest_goes_on(whole: Read, copy: Path) -> None:
    broken = whole.told[len(whole.told) // 2][0].file
    change(copy / broken, lambda content: content[: len(content) // 2])
    again = read(adapter(whole.made.source.id), copy)
    of_it = [told for record, told in again.told if record.file == broken]
    assert len(of_it) == 1
    where = r" in <[\w-]+>: .+ line \d+" if broken.endswith(".xml") else r": .+"
    assert re.match(rf"{whole.made.source.id}: {broken}: can't be parsed{where}", str(of_it[0]))
    rest = [record.locator for record, _ in whole.told if record.file != broken]
    assert [record.locator for record, _ in again.told if record.file != broken] == rest


@pytest.mark.parametrize("content", [b"", b"<", b"no XML", b"<a>", b"<a/><b/>", b"\xff\xfe\x00", b"<a>\x00</a>"])
def test_a_file_that_is_no_xml_is_one_skip(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/1870.xml").write_bytes(content)
    (record,) = adapter("hsg-visits").records(tmp_path)
    with pytest.raises(SkipRecord, match=r"^hsg-visits: data/1870\.xml: can't be parsed.*line 1"):
        adapter("hsg-visits").outcome(record)


def test_an_empty_file_is_one_skip(whole: Read, copy: Path) -> None:
    broken = members(whole.made.source, copy)[-1]
    change(copy / broken, lambda _: b"")
    again = read(adapter(whole.made.source.id), copy)
    assert [type(told) for record, told in again.told if record.file == broken] == [str]


def test_a_changed_byte_stops_the_source_and_names_the_file(made: Adapter, copy: Path) -> None:
    file = members(made.source, copy)[-1]
    change(copy / file, lambda content: content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    with pytest.raises(HashMismatch, match=re.escape(file)) as stopped:
        locate(made.source, copy.parent)
    assert stopped.value.offender == copy / file


def test_a_missing_file_stops_the_source_and_says_what_to_do(made: Adapter, copy: Path) -> None:
    file = members(made.source, copy)[0]
    (copy / file).unlink()
    with pytest.raises(MissingFile, match="mirror the whole commit") as stopped:
        locate(made.source, copy.parent)
    assert stopped.value.hint == f"comity sources fetch {made.source.id}"


def test_a_file_too_many_that_would_be_read_stops_the_source(made: Adapter, copy: Path) -> None:
    if not any("*" in pattern for pattern in made.source.files):
        pytest.skip("it names its files one by one, and reads no other")
    stranger = (copy / members(made.source, copy)[0]).with_name("stranger.xml")
    stranger.write_text("<x/>")
    with pytest.raises(HashMismatch, match=r"stranger\.xml is not a file of"):
        locate(made.source, copy.parent)


@pytest.mark.parametrize("there", [True, False], ids=["an empty mirror", "no mirror at all"])
def test_a_missing_mirror_is_one_clear_sentence(made: Adapter, tmp_path: Path, there: bool) -> None:
    folder = tmp_path if there else tmp_path / "nowhere"
    with pytest.raises(MissingFile) as missing:
        locate(made.source, folder)
    said = str(missing.value)
    assert str(folder) in said
    assert made.source.place in said
    assert "\n" not in said
    assert len(said) < 250 + len(str(folder))


def test_the_mirror_may_be_named_by_the_environment(
    made: Adapter, mirror: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_MIRROR", str(mirror))
    assert locate(made.source) == mirror / made.source.place


def test_the_five_sources_of_the_embedded_ledger_are_registered() -> None:
    assert {"hsg-gsh", "hsg-pocom", "hsg-rdcr", "hsg-travels", "hsg-visits"} <= set(EVERY)
    assert all(adapter(id).source.id == id for id in EVERY)


def test_a_source_that_is_not_registered_is_refused_with_those_that_are() -> None:
    with pytest.raises(SourceError, match="hsg-rdcr"):
        adapter("hsg-nothing")


class Lines(Adapter):
    """The least adapter: a record is a line, and an empty one says nothing."""

    source = Source("lines", "Lines", "nobody", "CC0-1.0", "o/lines", "0" * 40, "2026-01-02", ("*.txt",))
    version = "1"

    def records(self, folder: Path) -> Iterator[Record]:
        for file in members(self.source, folder):
            for count, line in enumerate((folder / file).read_text().splitlines(), 1):
                yield Record(file, f"{file}#{count}", line)

    def claims(self, record: Record) -> Iterator[Claim]:
        if not record.element:
            raise self.skip("says nothing", record)
        yield self.claim(record, "peru", "recognition", "chile", label=record.element)


def test_an_adapter_need_only_find_records_and_say_what_they_claim(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\n\n")
    first, second = read(Lines(), tmp_path).told
    assert first[1] == Outcome((next(Lines().claims(first[0])),))
    assert second[1] == "lines: a.txt#2: says nothing"


def test_a_claim_is_published_with_its_commit_unless_the_source_states_a_day(tmp_path: Path) -> None:
    committed = Published(When.parse("2026-01-02"), PublishedBasis.COMMIT)
    claim = next(Lines().claims(Record("a.txt", "a.txt#1", "one")))
    assert claim.published == committed
    assert Lines().published(When.parse("1999")) == Published(When.parse("1999"), PublishedBasis.STATED)
