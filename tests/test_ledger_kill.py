"""Whoever is killed at any moment leaves whole versions only, and running it again completes.

Of the commands that write, `COMITY_KILLS` are killed in all, each in a process of its own: at the n-th file of the
ledger that it touches, or some milliseconds after, both drawn by a seed. After every few kills the command runs to its
end, and all has to be as if nobody had been killed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.ledger import View, entries, verify
from comity.ledger.open import digest
from comity.ledger.seal import is_whole
from comity.model import Claim, When

BATCHES, EACH, KILLS = 80, 40, 20

# The writer of the test says each time when it is about to append, so that a kill meets it at work on a slow machine
# too. It takes the batches in another order each time it runs, so that it soon meets one that is not held.
PROGRAM = """
import random, sys
sys.path.insert(0, sys.argv[2])
from test_ledger_kill import batches
from comity.ledger import Writer
work = list(enumerate(batches()))
random.Random(sys.argv[3]).shuffle(work)
writer = Writer(sys.argv[1])
print("ready", flush=True)
for number, batch in work:
    print("append", flush=True)
    writer.append(batch, source=None, adapter="batches 1", who="a writer", note={"batch": number})
"""


def batches() -> list[list[Claim]]:
    """The same claims every time, in batches that share none."""
    return [
        [Claim("peru", "visit", "chile", label=f"{number}.{n}", when=When.parse("1826")) for n in range(EACH)]
        for number in range(BATCHES)
    ]


def run(url: Path, order: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(url), str(Path(__file__).parent), str(order)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ready(writer: subprocess.Popen[str]) -> None:
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"


def test_twenty_kills_leave_whole_versions_and_the_last_run_completes(tmp_path: Path) -> None:
    url = tmp_path / "ledger"
    expected = [{claim.id for claim in batch} for batch in batches()]
    chance = random.Random(1826)
    held: set[str] = set()
    begun = killed = 0
    for turn in range(KILLS):
        writer = run(url, turn)
        ready(writer)
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 4)):
            writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        writer.kill()
        killed += writer.wait() == -9
        now = {claim.id for claim in View(url).claims()}
        assert held <= now, "what was held is gone"
        assert all(batch <= now or not batch & now for batch in expected)
        if entries(url):
            found = verify(url)
            assert (found.claims, found.versions * EACH) == (len(now), len(now))
            begun += now != held
        held = now
    assert killed == KILLS
    assert begun > KILLS // 4, "the kills came too early to meet a writer at work"
    assert len(held) < BATCHES * EACH, "the kills came too late to meet a writer at work"

    last = run(url, KILLS)
    ready(last)
    last.communicate()
    assert last.returncode == 0
    assert {claim.id for claim in View(url).claims()} == set().union(*expected)
    assert verify(url).claims == BATCHES * EACH
    assert sorted(entry.note["batch"] for entry in entries(url)) == list(range(BATCHES))


# The commands, in real processes

COMMANDS = ("sources add", "read --save", "judge", "build-embedded")
EACH_COMMAND = int(os.environ.get("COMITY_KILLS", "20")) // len(COMMANDS)
COMPLETED_EVERY = 5
PAGES = {
    "before.txt": "Peru and Chile established diplomatic relations in 1826. Peru opened a legation there in 1900.",
    "after.txt": "Peru and Chile established diplomatic relations in 1827. Peru and Chile signed a pact in 1905.",
}
# The recipe is run with two small sources; that of the five takes minutes. Each word on files of the place is counted,
# and at the given one the process kills itself: so a kill falls among the writes however fast the machine is.
KILLED = """
import atexit, os, sys, threading
place, nth, delay, *words = sys.argv[1:]
seen = 0
SOURCES = ("capitals", "td-rivalries")
EVENTS = {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}
def hook(event, arguments):
    global seen
    if event in EVENTS and any(isinstance(one, (str, os.PathLike)) and place in str(one) for one in arguments[:2]):
        seen += 1
        if seen == int(nth):
            if float(delay):
                threading.Timer(float(delay), os.kill, (os.getpid(), 9)).start()
            else:
                os.kill(os.getpid(), 9)
sys.addaudithook(hook)
atexit.register(lambda: print("touched", seen, file=sys.stderr))
import comity.ledger.build
comity.ledger.build._own = lambda adapters: [one for one in adapters if one.source.id in SOURCES]
from comity.cli import main
sys.argv[1:] = words
main()
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run leaves: the claims of each version, the judgements of rules, how many persons made, the adapters."""

    versions: tuple[frozenset[str], ...]
    rules: frozenset[str]
    persons: int


def launch(place: Path, words: list[str], nth: int = 0, delay: float = 0.0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(place), str(nth), str(delay), *words]
    environment = os.environ | {"COMITY_HOME": str(place)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def own_ledger(place: Path) -> Kept:
    """What is in the ledger of a home, which has to be whole."""
    url = str(place / "ledger")
    log = entries(url)
    if not log:
        return Kept((), frozenset(), 0)
    verify(url)
    view = View(url)
    before: set[str] = set()
    versions = []
    for entry in log:
        now = {claim.id for claim in View(url, versions={url: entry.version}).claims()}
        assert len(now - before) == entry.added
        versions.append(frozenset(now - before))
        before = now
    persons, _ = view.judgements.count()
    assert persons == sum(entry.note.get("judgements", 0) for entry in log), "a version without its judgement"
    rules = {one.id for one in view.judgements.about(before) if one.by_rule}
    return Kept(tuple(versions), frozenset(rules), persons)


def packaged(place: Path) -> Kept:
    """What is in a ledger made by the recipe, which has to be the one that the manifest beside it describes."""
    manifest = json.loads((place / "embedded.json").read_text())
    assert is_whole(manifest)
    url = place / manifest["folder"]
    verify(url)
    ids = {claim.id for claim in View(url).claims()}
    assert (digest(ids), len(ids)) == (manifest["sha256"], manifest["claims"])
    return Kept((frozenset(ids),), frozenset(), 0)


def command_of(name: str, place: Path, mirror: Path, pages: Path) -> tuple[list[str], Callable[[Path], Kept]]:
    """The words of a command that writes, and how to look at what it leaves."""
    match name:
        case "sources add":
            return ["sources", "add", "td-rivalries", "capitals", "--mirror", str(mirror)], own_ledger
        case "read --save":
            return ["read", *(str(pages / page) for page in PAGES), "--save"], own_ledger
        case "judge":
            return ["judge", "a74e7227", "2e34ff01", "agrees"], own_ledger
        case _:
            return ["build-embedded", "--mirror", str(mirror), "--target", str(place)], packaged


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_point_loses_nothing_and_the_next_run_completes(
    name: str, tmp_path: Path, mirror: Path
) -> None:
    pages, begun, place = tmp_path / "pages", tmp_path / "begun", tmp_path / "place"
    pages.mkdir()
    for page, text in PAGES.items():
        (pages / page).write_text(text)
    begun.mkdir()
    if name == "build-embedded":  # what is replaced is there already
        assert launch(begun, command_of(name, begun, mirror, pages)[0]).returncode == 0
    shutil.copytree(begun, place)
    words, look = command_of(name, place, mirror, pages)
    whole = launch(place, words)
    assert whole.returncode == 0, whole.stderr
    touched = int(whole.stderr.split()[-1])
    expected = look(place)
    assert expected.persons == (name == "judge")

    chance = random.Random(name)
    counts = {"killed": 0, "ended": 0, "completed": 0, "with new versions": 0}
    for turn in range(EACH_COMMAND):
        if turn % COMPLETED_EVERY == 0:
            shutil.rmtree(place)
            shutil.copytree(begun, place)
        earlier = look(place)
        ran = launch(place, words, chance.randint(1, touched), chance.choice((0.0, 0.0, chance.uniform(0, 0.03))))
        counts["killed" if ran.returncode == -9 else "ended"] += 1
        assert "Traceback" not in ran.stderr, ran.stderr
        later = look(place)
        counts["with new versions"] += later != earlier
        assert later.versions[: len(earlier.versions)] == earlier.versions, "a version was lost"
        assert earlier.rules <= later.rules
        if turn % COMPLETED_EVERY == COMPLETED_EVERY - 1 or turn == EACH_COMMAND - 1:
            ran = launch(place, words)
            assert ran.returncode == 0, ran.stderr
            made = look(place)
            if name == "judge":  # a word that is said again is another word
                assert (made.persons, made.rules) == (later.persons + 1, expected.rules)
            else:
                assert made == expected
            if name == "build-embedded":
                assert len(list(place.iterdir())) == 2, "litter"
            counts["completed"] += 1
    print(name, counts)
    assert counts["killed"] > EACH_COMMAND / 2
