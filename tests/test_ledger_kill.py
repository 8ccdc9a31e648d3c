"""A writer that is killed at any moment leaves whole versions only, and running it again completes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from comity.ledger import View, entries, verify
from comity.model import Claim, When

BATCHES, EACH, KILLS = 80, 40, 20

# The writer of the test says when it is about to append. It takes the batches in another order each time it runs, so
# that it soon meets one that is not held.
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
        time.sleep(chance.uniform(0, 0.2))
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
    assert last.wait() == 0
    assert {claim.id for claim in View(url).claims()} == set().union(*expected)
    assert verify(url).claims == BATCHES * EACH
    assert sorted(entry.note["batch"] for entry in entries(url)) == list(range(BATCHES))
