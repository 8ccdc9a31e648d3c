"""How fast panels are made, and in how much memory, beside peacesciencer: the seven recipes, in one run.

    python bench/panel.py --library LIB [--shared DIR] [--runs N]

`LIB` is where `shared/peers/peacesciencer/install.sh LIB` has put the R package. Each of ours is a whole process from
its start to the Parquet file, with the data sets converted and the recipe compiled by a run before (which is timed,
too). Of R's it takes the seconds that run.R itself counts, without R's start, loading the package and writing, and
beside them those of its whole process, which writes a compressed CSV. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

COMITY = str(Path(sys.executable).with_name("comity"))
MEBI = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of a whole process, its greatest memory in MiB, and what it printed."""

    seconds: float
    peak: float
    printed: str


def measured(command: list[str], environment: dict[str, str]) -> Run:
    """Run a process to its end.

    Raises `subprocess.CalledProcessError` when it fails.
    """
    with tempfile.TemporaryFile("w+") as printed:
        began = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=printed, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, text)
    return Run(seconds, _peak(used), text)


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (MEBI if sys.platform != "darwin" else MEBI * MEBI)


def ours(arguments: list[str], mirror: Path, home: Path, runs: int) -> tuple[Run, Run]:
    """The first run, which converts data and compiles, and the median of those after it."""
    environment = {"COMITY_HOME": str(home)}
    command = [COMITY, "panel", *arguments, "--mirror", str(mirror), "-o", str(home / "table.parquet")]
    first = measured(command, environment)
    later = [measured(command, environment) for _ in range(runs)]
    return first, sorted(later, key=lambda run: run.seconds)[len(later) // 2]


def theirs(recipe: str, peers: Path, library: Path, out: Path) -> tuple[float, Run]:
    """The seconds that run.R counts, and its whole process."""
    run = measured(["Rscript", str(peers / "run.R"), str(library), str(out), recipe], {"R_LIBS": str(library)})
    found = re.search(r"seconds=([\d.]+)", run.printed)
    assert found, run.printed
    return float(found[1]), run


def main() -> None:
    """Print a line for each recipe, then the geometric mean over those that take R a second or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True, help="R's library with peacesciencer")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("COMITY_SHARED", "../shared")))
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of ours after the first (3)")
    asked = parser.parse_args()
    recipes = tomllib.loads((asked.shared / "reference/peacesciencer/recipes.toml").read_text("utf-8"))
    print("recipe            R s   (process)   ours s   (first)   ratio   (process)   R MiB   ours MiB   part")
    ratios = []
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as home:
        for name, recipe in recipes.items():
            peers = asked.shared / "peers/peacesciencer"
            counted, whole = theirs(name, peers, asked.library, Path(home))
            first, made = ours(recipe["arguments"], asked.shared / "mirror", Path(home), asked.runs)
            if counted >= 1:
                ratios.append(counted / made.seconds)
            print(
                f"{name:16} {counted:5.2f} {whole.seconds:9.2f} {made.seconds:10.2f} {first.seconds:9.2f}"
                f" {counted / made.seconds:7.1f} {whole.seconds / made.seconds:10.1f}"
                f" {whole.peak:9.0f} {made.peak:9.0f} {made.peak / whole.peak:8.2f}",
                flush=True,
            )
    geometric = math.exp(statistics.fmean(map(math.log, ratios)))
    print(
        f"recipes of a second and more: {geometric:.1f} times as fast (geometric mean; at least 20), "
        f"{min(ratios):.1f} the least (at least 5)"
    )


if __name__ == "__main__":
    main()
