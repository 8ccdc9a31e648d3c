"""The ledger that comes with comity: what its manifest says, what it must not hold, and that the recipe makes it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from answers import shipped
from comity.errors import LedgerError, MissingFile, SkipRecord
from comity.ledger import View, Writer, entries, verify
from comity.ledger import build as module
from comity.ledger import open as opening
from comity.ledger.build import build
from comity.ledger.open import digest, embedded, everything, manifest, verify_embedded
from comity.model import Claim, Document
from comity.sources.base import Adapter, Record
from comity.sources.gazetteer import gazetteer
from comity.sources.manifest import FOLDER
from comity.sources.registry import adapter, adapters

EMBEDDED = sorted(id for id, made in adapters().items() if made.source.licence == "CC0-1.0")
CONTENT = ("claims", "sha256", "sources")  # the same whenever the recipe is run; the rest is of one run
LONGEST = 240  # characters of a label: the longest title of a treaty has 236


def test_the_manifest_says_what_the_ledger_holds() -> None:
    said = manifest()
    assert said["claims"] == shipped().count() == sum(source["held"] for source in said["sources"])
    assert said["sha256"] == digest(claim.id for claim in shipped().claims())
    editions = {adapter(source["id"]).source.edition: source["held"] for source in said["sources"]}
    assert editions == shipped().counts()


def test_the_manifest_names_each_sources_commit_licence_and_counts_which_add_up() -> None:
    said = manifest()["sources"]
    assert [source["id"] for source in said] == EMBEDDED
    for source in said:
        made = adapter(source["id"])
        assert (source["repository"], source["commit"]) == (made.source.repository, made.source.commit)
        assert (source["licence"], source["adapter"]) == ("CC0-1.0", made.version)
        assert source["records"] == source["claimed"] + source["documented"] + source["skips"]
        assert source["prose"] == source["documents"]
        assert source["held"] <= source["claims"]


def test_the_ledger_verifies_and_each_version_is_a_source() -> None:
    found = verify(embedded())
    assert (found.orphans, found.claims) == (0, manifest()["claims"])
    log = entries(embedded())
    assert [entry.source for entry in log] == [adapter(id).source.edition for id in EMBEDDED]
    assert {entry.who for entry in log} == {"comity build-embedded"}


def texts() -> set[str]:
    """Every text that the claims hold, but for where they stand."""
    held = [
        [claim.label, claim.kind, claim.reason, *(person.name for person in claim.participants)]
        for claim in shipped().claims()
    ]
    return {text for many in held for text in many if text}


def test_the_ledger_holds_no_quotation_and_no_long_text() -> None:
    assert not [claim for claim in shipped().claims() if claim.quote is not None or claim.document is not None]
    assert not [text for text in texts() if len(text) > LONGEST]


def test_the_ledger_holds_no_sentence_of_the_prose_that_was_read(mirror: Path) -> None:
    prose = [
        document.text
        for made in (adapter("hsg-rdcr"), adapter("hsg-pocom"))
        for record in made.records(mirror / made.source.id)
        for document in _documents(made, record)
    ]
    sentences = {" ".join(part.split()) for text in prose for part in re.split(r"(?<=[.!?])\s+", text)}
    whole = {sentence for sentence in sentences if len(sentence.split()) > 5}
    assert len(whole) > 3000
    assert not {text for text in texts() if text in whole or f"{text}." in whole}


def _documents(made: Adapter, record: Record) -> list[Document]:
    try:
        return list(made.outcome(record).documents)
    except SkipRecord:
        return []


def test_every_claim_is_of_polities_and_places_that_are_known() -> None:
    for claim in shipped().claims():
        assert all(party in gazetteer() for party in claim.parties), claim
        assert claim.locator
        assert claim.published.when is not None


def test_the_ledger_takes_less_than_twelve_megabytes() -> None:
    size = sum(file.stat().st_size for file in embedded().rglob("*") if file.is_file())
    assert size < 12_000_000
    assert size + sum(file.stat().st_size for file in FOLDER.iterdir()) < 12_000_000


def test_the_recipe_run_from_the_mirror_makes_the_very_claims_of_the_manifest(mirror: Path, tmp_path: Path) -> None:
    place = tmp_path / "made"
    done = build(mirror, place)
    made = json.loads((place / "embedded.json").read_text("utf-8"))
    assert {name: made[name] for name in CONTENT} == {name: manifest()[name] for name in CONTENT}
    assert all(one.harvest.adds_up for one in done)
    assert digest(claim.id for claim in View(place / made["folder"]).claims()) == manifest()["sha256"]
    assert sorted(path.name for path in place.iterdir()) == ["embedded.json", made["folder"]]


def test_a_recipe_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "ledger-1").mkdir()
    (tmp_path / "ledger-1" / "kept").write_text("a ledger")
    with pytest.raises(MissingFile, match="has no folder hsg-gsh"):
        build(tmp_path / "nomirror", tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "ledger-1"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the embedded ledger and its manifest, in the place of the package's."""
    shutil.copytree(embedded(), tmp_path / embedded().name)
    shutil.copy(embedded().with_name("embedded.json"), tmp_path)
    monkeypatch.setattr(opening, "package", lambda: tmp_path)
    return tmp_path


def test_a_package_without_its_ledger_is_an_error_that_says_how_to_make_it(package: Path) -> None:
    assert verify_embedded().claims == manifest()["claims"]
    shutil.rmtree(embedded())
    with pytest.raises(LedgerError, match="contains no ledger") as missing:
        everything()
    assert missing.value.hint == "comity build-embedded --mirror DIR"
    (package / "embedded.json").unlink()
    for ask in (manifest, everything):
        with pytest.raises(LedgerError, match="contains no ledger") as missing:
            ask()
        assert missing.value.hint == "comity build-embedded --mirror DIR"


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"folder": 7}'])
def test_a_manifest_that_is_none_is_an_error_in_one_sentence(package: Path, text: str) -> None:
    (package / "embedded.json").write_text(text)
    with pytest.raises(LedgerError, match=r"embedded\.json (can't be read|was altered)"):
        everything()


def test_an_embedded_ledger_that_the_manifest_does_not_describe_is_found(package: Path) -> None:
    Writer(embedded()).append([Claim("peru", "visit", "chile", source="a page")], source=None, adapter="1", who="x")
    assert verify(embedded()).claims == manifest()["claims"] + 1
    with pytest.raises(LedgerError, match=r"is not the one that .*embedded\.json describes"):
        verify_embedded()


def test_what_killed_recipes_left_is_taken_away_but_for_what_a_living_one_works_in(package: Path) -> None:
    for name in ("ledger-of-a-dead-run", ".embedded-dead", ".embedded-alive"):
        (package / name).mkdir()
    current = embedded().name
    with module._locked(package / ".embedded-alive") as is_ours:
        assert is_ours
        module._tidy(package)
    assert sorted(path.name for path in package.iterdir()) == [".embedded-alive", "embedded.json", current]


def test_a_digest_is_of_the_claims_not_of_their_order() -> None:
    assert digest(["b", "a"]) == digest(["a", "b"]) != digest(["a", "c"])
