"""From files to the ledger: every record accounted for, nothing twice, and a kill leaves whole versions only."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from comity.errors import LedgerError
from comity.ledger import View, Writer, entries, verify
from comity.ledger.ingest import Harvest, harvest, ingest, read_prose
from comity.model import Claim
from comity.sources.manifest import manifest
from comity.sources.registry import adapter, adapters

EVERY = sorted(adapters())
EMBEDDED = [id for id, made in sorted(adapters().items()) if made.source.licence == "CC0-1.0"]
KILLS = 20
# A few real files of each source, with the look-ups that their records need.
FEW = {
    "hsg-gsh": (
        "territories/peru.xml",
        "territories/bolivia.xml",
        "posts/paita.xml",
        "posts/lima.xml",
        "locales/*.xml",
    ),
    "hsg-pocom": ("missions-countries/peru.xml", "people/*/*.xml", "positions-principals/*.xml", "roles-*/*.xml"),
    "hsg-rdcr": ("articles/peru.xml", "articles/cuba.xml", "articles/nicaragua.xml"),
    "hsg-travels": ("presidents/presidents.xml", "president-travels/*.xml"),
    "hsg-visits": ("data/1870.xml", "data/2020.xml"),
}
# Files that records look things up in: people, roles and towns, which tell of nothing between states by themselves.
LOOKED_UP = (
    "locales/*", "people/*/*", "roles-country-chiefs/*", "positions-principals/*",
    "data/cow_mid_disps.rda", "data/gml_part.rda",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(mirror: Path) -> dict[str, Harvest]:
    """What every file of the mirror gives, without its prose."""
    return {id: harvest(adapter(id), mirror / adapter(id).source.place) for id in EVERY}


@pytest.fixture
def few(mirror: Path, tmp_path: Path) -> Path:
    """A small mirror: links to a few real files of each source that has many."""
    for id, patterns in FEW.items():
        for file in (file for pattern in patterns for file in (mirror / id).glob(pattern)):
            link = tmp_path / "few" / id / file.relative_to(mirror / id)
            link.parent.mkdir(parents=True, exist_ok=True)
            os.symlink(file, link)
    return tmp_path / "few"


def ids(claims: list[Claim]) -> set[str]:
    return {claim.id for claim in claims}


# The whole mirror


@pytest.mark.parametrize("id", EVERY)
def test_every_record_of_the_mirror_has_claims_or_prose_or_a_reported_skip(whole: dict[str, Harvest], id: str) -> None:
    found = whole[id]
    assert found.records > 0
    assert found.adds_up
    assert found.records == found.claimed + found.documented + len(found.skips)
    assert found.claimed > found.records / 2
    for said in (*found.skips, *found.omissions):
        assert said.startswith(f"{id}: "), said
        assert "\n" not in said
    assert len(set(found.skips)) == len(found.skips), "a skip names its record"


@pytest.mark.parametrize("id", EVERY)
def test_every_file_of_the_manifest_that_is_no_look_up_is_accounted_for(
    whole: dict[str, Harvest], mirror: Path, id: str
) -> None:
    made = adapter(id)
    read = {record.file for record in made.records(mirror / made.source.place)}
    unread = set(manifest(made.source)) - read
    assert not [file for file in unread if not any(fnmatchcase(file, pattern) for pattern in LOOKED_UP)]
    told = {place.partition("#")[0] for claim in whole[id].claims for place in [claim.locator]}
    told |= {one.locator.partition("#")[0] for one in whole[id].documents}
    reported = {said.removeprefix(f"{id}: ").partition("#")[0] for said in whole[id].skips}
    assert read <= told | reported, "a file was read and neither told of anything nor was skipped aloud"


def test_the_whole_mirror_appended_twice_is_a_version_a_source_and_then_none(
    whole: dict[str, Harvest], mirror: Path, tmp_path: Path
) -> None:
    writer = Writer(tmp_path / "ledger")
    for number, (id, found) in enumerate(whole.items()):
        done = ingest(adapter(id), mirror / adapter(id).source.place, writer, who="a test", prose=False)
        assert (done.appended.added, done.appended.version) == (len(ids(found.claims)), number)
    for id in EVERY:
        again = ingest(adapter(id), mirror / adapter(id).source.place, writer, who="a test", prose=False)
        assert (again.appended.added, again.appended.version) == (0, None)
    log = entries(writer.url)
    assert [entry.source for entry in log] == [adapter(id).source.edition for id in EVERY]
    for entry, found in zip(log, whole.values(), strict=True):
        assert dict(entry.note) == found.counts()
        assert entry.who == "a test"
        assert entry.adapter.split() == [entry.source and entry.source.partition("@")[0], "1"]
    assert verify(writer.url).claims == sum(len(ids(found.claims)) for found in whole.values())


# A few files of it


@pytest.mark.parametrize("id", FEW)
def test_a_few_files_give_of_the_whole_what_is_theirs(whole: dict[str, Harvest], few: Path, id: str) -> None:
    found = harvest(adapter(id), few / id)
    assert found.adds_up
    assert found.claims
    assert {claim.locator for claim in found.claims} <= {claim.locator for claim in whole[id].claims}
    assert set(found.skips) <= set(whole[id].skips)


@pytest.mark.parametrize(
    ("id", "file"),
    [
        ("hsg-gsh", "territories/peru.xml"),
        ("hsg-pocom", "missions-countries/peru.xml"),
        ("hsg-rdcr", "articles/peru.xml"),
        ("hsg-visits", "data/1870.xml"),
    ],
)
def test_a_broken_file_is_one_reported_skip_and_the_rest_is_read(few: Path, id: str, file: str) -> None:
    before = harvest(adapter(id), few / id)
    text = (few / id / file).read_bytes()
    (few / id / file).unlink()
    (few / id / file).write_bytes(text[: len(text) // 2])
    after = harvest(adapter(id), few / id)
    assert after.adds_up
    (skip,) = set(after.skips) - set(before.skips)
    assert skip.startswith(f"{id}: {file}")
    assert not [claim for claim in after.claims if claim.locator.startswith(file)]
    others = [claim for claim in before.claims if not claim.locator.startswith(file)]
    assert others
    assert {claim.locator for claim in others} <= {claim.locator for claim in after.claims}


def test_prose_is_read_whole_by_any_number_of_processes_and_no_quotation_is_kept(few: Path) -> None:
    made = adapter("hsg-rdcr")
    one, two = (harvest(made, few / "hsg-rdcr") for _ in range(2))
    heads = len(one.claims)
    read_prose(one)
    read_prose(two, jobs=2)
    assert one.prose == len(one.documents) > 0
    assert len(one.claims) > heads
    assert [claim.id for claim in one.claims] == [claim.id for claim in two.claims]
    assert not [claim for claim in one.claims if claim.quote is not None]


def test_progress_is_told_as_records_go_by(few: Path) -> None:
    told: list[tuple[str, int]] = []
    found = harvest(adapter("hsg-travels"), few / "hsg-travels", lambda what, done: told.append((what, done)))
    counts = [done for _, done in told]
    assert counts == sorted(set(counts))
    assert counts
    assert counts[-1] <= found.records
    assert {what for what, _ in told} == {"hsg-travels: records"}


def test_a_ledger_that_cannot_be_written_is_said_and_nothing_is_appended(few: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LedgerError, match="can't be used"):
        ingest(adapter("hsg-visits"), few / "hsg-visits", Writer(tmp_path / "file" / "ledger"), who="a test")


# Killed


def test_twenty_kills_of_an_ingest_leave_whole_versions_and_running_again_completes(
    whole: dict[str, Harvest], mirror: Path, tmp_path: Path
) -> None:
    each = {adapter(id).source.edition: len(ids(whole[id].claims)) for id in EMBEDDED}
    begun = time.monotonic()
    unbroken = start(tmp_path / "unbroken", mirror)
    assert unbroken.wait(120) == 0
    lasted = time.monotonic() - begun
    assert held(tmp_path / "unbroken") == each

    chance, broken, partly = random.Random(1826), [], []
    for turn in range(KILLS):
        home = tmp_path / f"killed-{turn}"
        running = start(home, mirror)
        time.sleep(chance.uniform(0.1, 1) * lasted)
        running.kill()
        if running.wait() == -9:
            broken.append(home)
        found = held(home)
        assert found.items() <= each.items(), "a version holds a part of a source"
        if found and found != each:
            partly.append(home)
    assert len(broken) > KILLS // 2, "the kills came too late to meet an ingest at work"
    assert partly, "no kill came between two versions"
    for home in {broken[0], partly[0], partly[-1]}:
        assert start(home, mirror).wait(120) == 0
        assert held(home) == each


def start(home: Path, mirror: Path) -> subprocess.Popen[bytes]:
    command = [Path(sys.executable).with_name("comity"), "sources", "add", *EMBEDDED, "--no-prose", "--mirror", mirror]
    put = os.environ | {"COMITY_HOME": str(home)}
    return subprocess.Popen(command, env=put, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def held(home: Path) -> dict[str, int]:
    """How many claims of each edition the ledger of a home holds, all of it verified; none when there is none."""
    url = home / "ledger"
    log = entries(url)
    if not log:
        assert View(url).count() == 0
        return {}
    assert verify(url).versions == len(log)
    counts = View(url).counts()
    assert counts == {entry.source: entry.added for entry in log}
    return counts
