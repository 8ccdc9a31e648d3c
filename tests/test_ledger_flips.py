"""One bit flipped anywhere in a ledger: `verify` finds it and names the file, unless no answer is another for it.

`COMITY_FLIPS` is how many; each is on a copy, at a place that the seed chooses: a file first, then a bit of it, so that
small files are hit as often as large ones. Each flip ends in one of three ways: found; harmless, when every answer of
the ledger is as before; or missed, which fails.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from deltalake import DeltaTable

from answers import claim
from comity.errors import ComityError
from comity.ledger import View, Writer, entries, recorded, verify
from comity.ledger import open as module
from comity.ledger.open import embedded, manifest, verify_embedded
from comity.ledger.save import judge_new
from comity.model import Participant, Published, PublishedBasis, Source, Verdict, When
from comity.present.shapes import records
from comity.reconcile.judging import judged_in
from comity.reconcile.verdicts import say

FLIPS = int(os.environ.get("COMITY_FLIPS", "150"))
STATED = Published(When.parse("1902"), PublishedBasis.STATED)
SOURCE = Source("guide", "A guide", "An office", "CC0-1.0", "owner/guide", "f3c5354abc", "2026-07-24", ("*.xml",))


def ledger(url: Path) -> None:
    """A ledger with quotes, doubts, judgements of rules and of a person, and two checkpoints, one of them covered."""
    told = [
        claim("relations.established", "1826", quote="They established relations in 1826.", confidence=0.5),
        claim("relations.established", "1835-01-01", source="annals@1", quote="Established on 1 January 1835."),
        claim("visit", "1900", participants=(Participant("leader", "Ana Peña"),), reason="as it is told"),
        claim("trade.total", "1901", value=7.25, unit="USD", published=STATED),
    ]  # fmt: skip
    Writer(url).append(told, source=SOURCE, adapter="guide 1", who="an editor", note={"records": 4})
    judge_new(View(url), str(url), judged_in)
    Writer(url).judge([say(View(url), told[0].id, told[1].id, Verdict.SUPERSEDES, "ana", "a reason")], who="ana")
    for year in ("1850", "1851", "1852", "1853"):
        visit = claim("visit", year, quote=f"A visit in {year}.")
        Writer(url).append([visit], source=None, adapter="reader 1", who="a reader")
        if year in ("1851", "1853"):
            DeltaTable(url).create_checkpoint()
    judge_new(View(url), str(url), judged_in)


def answer(url: Path | str) -> object:
    """All that a ledger answers, as it is and as it was recorded."""
    view = View(url)
    claims = view.claims()
    whole = [(one.id, one, one.quote, one.confidence) for one in claims]
    judged = [(records.Judgement.of(one), one.signed) for one in view.judgements.about(one.id for one in claims)]
    past = [(one.count(), one.judgements.count()) for one in (View(url, versions={str(url): n}) for n in (0, 3))]
    said = view.judgements.overruling(), view.judgements.count(), view.sources(), view.counts()
    return whole, judged, past, said, entries(url), recorded(url, [one.id for one in claims])


def flip(file: Path, chance: random.Random) -> int:
    content = bytearray(file.read_bytes())
    position = chance.randrange(len(content) * 8)
    content[position // 8] ^= 1 << position % 8
    file.write_bytes(content)
    return position


def sentence(ask: Callable[[], object]) -> str | None:
    """What is said when a ledger can't answer; None when it can. Anything but a `ComityError` passes through."""
    try:
        ask()
    except ComityError as error:
        return str(error)
    return None


def outcome(file: Path, check: Callable[[], object], ask: Callable[[], object], before: object) -> str:
    """What becomes of a flip in a file."""
    found, refused = sentence(check), sentence(ask)
    for said in (found, refused):
        assert said is None or "\n" not in said
    if found is not None:
        assert file.name in found, f"the file {file} is not named: {found}"
        return "found"
    return "harmless" if refused is None and ask() == before else "missed"


def many(place: Path, copy: Path, check: Callable[[], object], ask: Callable[[], object], seed: int) -> Counter[str]:
    """The outcomes of flips in a copy of a folder, which is put right again after each."""
    chance = random.Random(seed)
    shutil.copytree(place, copy)
    files = sorted(file for file in copy.rglob("*") if file.is_file())
    before = ask()
    check()
    counts: Counter[str] = Counter()
    for _ in range(FLIPS):
        file = chance.choice(files)
        position = flip(file, chance)
        ended = outcome(file, check, ask, before)
        assert ended != "missed", f"bit {position} of {file.relative_to(copy)}"
        counts[ended] += 1
        shutil.copy(place / file.relative_to(copy), file)
    return counts


def test_a_flipped_bit_of_a_ledger_is_found_or_changes_no_answer(tmp_path: Path) -> None:
    ledger(tmp_path / "whole")
    copy = tmp_path / "copy"
    counts = many(tmp_path / "whole", copy, lambda: verify(copy), lambda: answer(copy), 1826)
    print(dict(counts))
    assert counts["found"] > FLIPS * 0.8


def test_a_flipped_bit_of_the_embedded_ledger_or_its_manifest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, copy = tmp_path / "whole", tmp_path / "copy"
    shutil.copytree(embedded(), place / embedded().name)
    shutil.copy(embedded().with_name("embedded.json"), place)
    monkeypatch.setattr(module, "package", lambda: copy)
    monkeypatch.setattr("test_ledger_flips.FLIPS", max(FLIPS // 30, 1))  # each takes seconds
    counts = many(place, copy, verify_embedded, lambda: (manifest(), View(embedded()).count(), entries(embedded())), 7)
    print(dict(counts))
    assert set(counts) <= {"found", "harmless"}
