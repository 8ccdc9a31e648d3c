"""How long comity takes, beside something everybody has: whole processes, medians, ratios with their targets.

    python bench/run.py --mirror DIR [--runs N]

`DIR` holds a folder for each source, as `--mirror` takes it; without it the ingest is left out. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
COMITY = str(Path(sysconfig.get_path("scripts")) / "comity")
PARSE = """
import sys
from glob import glob
from lxml import etree
for pattern in sys.argv[1:]:
    for file in glob(pattern):
        etree.parse(file)
"""


@dataclass(frozen=True, slots=True)
class Race:
    """A command of comity's against a plain one: `target` is the most that the ratio of their times should be."""

    what: str
    ours: list[str]
    theirs: list[str]
    target: float | None
    runs: int


def seconds(command: list[str]) -> float:
    """The time that a process takes from start to end, with an empty ledger of its own and no output.

    Raises `subprocess.CalledProcessError`, with what it said, when it fails.
    """
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as home:
        environment = {**os.environ, "COMITY_HOME": home, "NO_COLOR": "1"}
        environment.pop("COMITY_MIRROR", None)
        began = time.perf_counter()
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return time.perf_counter() - began


def run(race: Race) -> tuple[float, float]:
    """The medians of both, run in turn so that a busy machine slows them alike; each first once to warm up."""
    seconds(race.ours)
    seconds(race.theirs)
    pairs = [(seconds(race.ours), seconds(race.theirs)) for _ in range(race.runs)]
    ours, theirs = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def races(mirror: Path | None, runs: int) -> Iterator[Race]:
    """What is measured."""
    brief = [COMITY, "brief", "Peru", "United States"]
    yield Race("brief, from cold / import duckdb", brief, [PYTHON, "-c", "import duckdb"], 4, runs)
    version = [COMITY, "--version"]
    yield Race("--version / import typer, rich", version, [PYTHON, "-c", "import typer, rich"], 1.5, runs)
    if mirror:
        from comity.sources.registry import adapters

        sources = [adapter.source for adapter in adapters().values() if not adapter.source.group]
        parse = [PYTHON, "-c", PARSE, *(str(mirror / one.id / pattern) for one in sources for pattern in one.files)]
        ingest = [COMITY, "sources", "add", *(one.id for one in sources), "--mirror", str(mirror)]
        few = max(1, min(3, runs))
        yield Race("whole ingest, without prose / lxml parse", [*ingest, "--no-prose"], parse, 5, few)
        yield Race("whole ingest, prose read / lxml parse", ingest, parse, None, 1)


def main() -> None:
    """Print one line for each race."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, help="folder that holds a folder for each source")
    parser.add_argument("--runs", type=int, default=9, help="measured runs of each process (default: 9)")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of whole processes, in seconds")
    print(f"{'':42}{'comity':>9}{'other':>9}{'ratio':>8}{'target':>9}")
    for race in races(asked.mirror, asked.runs):
        ours, theirs = run(race)
        target = f"≤ {race.target:g}" if race.target else "–"
        print(f"{race.what:42}{ours:9.3f}{theirs:9.3f}{ours / theirs:8.2f}{target:>9}", flush=True)


if __name__ == "__main__":
    main()
