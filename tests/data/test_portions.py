"""A document is read in portions: the same claims, however it is cut and by however many processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sysconfig
import time
from itertools import count, islice
from pathlib import Path

import pytest

from comity.model import Document
from comity.reading import Portion, claims, portions, read, stream
from comity.reading.text import passages as clean

COMITY = str(Path(sysconfig.get_path("scripts")) / "comity")
SENTENCES = (
    "Chile recognized Peru on May 2, 18{0:02}.",
    "On June 10, 18{0:02}, Peru and Chile signed a treaty; they broke diplomatic relations later that year.",
    "The Chilean legation at Lima was raised to an embassy in 19{0:02}, and {0} ministers came.",
)


def paragraphs(many: int) -> str:
    return "\n\n".join(SENTENCES[number % 3].format(number % 90 + 10) for number in range(many))


def found(read: list[Portion]) -> list[tuple[str, float, str | None]]:
    return [(one.claim.id, one.claim.confidence, one.claim.quote) for portion in read for one in portion.found]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is small here is read as if it were large."""
    monkeypatch.setattr(claims, "_SHARE", 1000)
    monkeypatch.setattr(stream, "_BATCH", 2500)


@pytest.mark.usefixtures("small")
def test_a_large_document_comes_in_portions_to_its_end() -> None:
    document = Document(paragraphs(100), "large.txt")
    held = list(portions([document]))
    assert len(held) > 3
    assert [portion.ends for portion in held] == [False] * (len(held) - 1) + [True]
    ends = [portion.end for portion in held]
    assert ends == sorted(set(ends))
    assert ends[-1] == len(document.text)
    places = [one.claim.span for portion in held for one in portion.found]
    assert places == sorted(places, key=lambda span: span.start if span else -1)


def test_it_says_the_same_in_shares_as_in_one(monkeypatch: pytest.MonkeyPatch, shared: Path) -> None:
    lines = (shared / "reference/reading/rdcr.jsonl").read_text("utf-8").splitlines()[:40]
    document = Document("\n\n".join(json.loads(line)["text"] for line in lines))
    monkeypatch.setattr(claims, "_SHARE", len(document.text))
    whole = list(portions([document]))
    monkeypatch.setattr(claims, "_SHARE", 1000)
    cut = list(portions([document]))
    assert (len(whole), len(cut) > 30) == (1, True)
    assert found(cut) == found(whole) != []


@pytest.mark.usefixtures("small")
def test_two_processes_say_of_one_large_document_what_one_says() -> None:
    document = Document(paragraphs(300), "large.txt")
    alone, shared = list(portions([document])), list(portions([document], jobs=2))
    assert alone == shared
    assert len(alone) > 10
    assert len(found(alone)) > 300


@pytest.mark.usefixtures("small")
def test_an_abbreviation_is_known_in_every_portion_after_it() -> None:
    first = "Peru and Chile signed the Peru-Chile Trade Promotion Agreement (PCTPA) in April 2006."
    last = "Peru and Chile ratified the PCTPA in 2009."
    document = Document("\n\n".join((first, "Nothing was said of it for long. " * 40, last)))
    held = list(portions([document]))
    assert len(held) > 1
    said = [(one.claim.relation, one.claim.label) for one in held[-1].found]
    assert said == [("agreement.ratified", "Peru-Chile Trade Promotion Agreement")] * 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("between", ["\n", "\r\n", " "])
def test_a_text_without_paragraphs_is_cut_between_sentences(monkeypatch: pytest.MonkeyPatch, between: str) -> None:
    monkeypatch.setattr(clean, "_LARGEST", 700)
    document = Document(between.join(paragraphs(60).split("\n\n")))
    held = list(portions([document]))
    assert len(held) > 3
    recognized = [one.claim.quote for portion in held for one in portion.found if one.claim.relation == "recognition"]
    assert recognized == paragraphs(60).split("\n\n")[::3]


@pytest.mark.usefixtures("small")
def test_documents_are_read_as_they_come() -> None:
    endless = (Document(f"Chile recognized Peru in {1800 + number % 99}. " * 9, str(number)) for number in count())
    assert [portion.document.path for portion in islice(portions(endless), 3)] == ["0", "1", "2"]
    assert [portion.document.path for portion in islice(portions(endless, jobs=2), 1)]


def test_a_document_without_prose_is_one_portion_without_claims() -> None:
    [portion] = portions([Document("")])
    assert (portion.found, portion.refused, portion.ends) == ((), (), True)
    assert read(Document("Peru")) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "large.txt").write_text(paragraphs(10_000))
    words = ["read", "large.txt", "--format", "jsonl", "--jobs", jobs, "--save"]
    home = tmp_path / "home"
    output = tmp_path / "claims.jsonl"
    with output.open("w") as file, subprocess.Popen(
        [COMITY, *words], cwd=tmp_path, env={**os.environ, "COMITY_HOME": str(home)}, text=True,
        stdout=file, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        while process.poll() is None and not output.stat().st_size:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "comity: interrupted\n")
    printed = output.read_text("utf-8")
    assert printed.endswith("\n")
    assert all(json.loads(line)["document"] == "large.txt" for line in printed.splitlines())
    assert not home.exists()
