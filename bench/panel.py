"""How fast panels are made, and in how much memory, beside peacesciencer: the seven recipes, in one run.

    python bench/panel.py --library LIB [--shared DIR] [--runs N] [RECIPE …]

`LIB` is where `shared/peers/peacesciencer/install.sh LIB` has put the R package. Both sides take turns, N times each,
and the median run of each is told. Three comparisons are made, the severest first:

- R's own count (run.R's: the table made in memory; neither start, nor loading the package, nor writing) with our whole
  process (start, imports, making the table, writing Parquet);
- R's own count with ours of the same (everything loaded; the table made, and written as Parquet all the same);
- whole process with whole process (R's writes a compressed CSV, ours Parquet).

Our first run converts the data sets and compiles the recipe; it is told apart. Both sides run byte code that was
compiled before, as packages are when they are installed. CPU is user and system time of the whole process: on a busy
machine it is the better measure. Nothing is asserted.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

COMITY = str(Path(sys.executable).with_name("comity"))
COUNTED = """
import sys, time, duckdb, comity.panel.panel
from comity.cli import app
duckdb.connect().close()
began = time.perf_counter()
app(sys.argv[1:], standalone_mode=False)
print(f"seconds={time.perf_counter() - began:.2f}")
"""
MEBI = 1024
LONG = 1.0
"""A recipe that takes R so many seconds, by its own count, is one of those whose mean is told."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of a whole process, those of its CPU, its greatest memory in MiB, and the seconds that it counted."""

    seconds: float
    cpu: float
    peak: float
    counted: float


@dataclass(frozen=True, slots=True)
class Pair:
    """What one recipe took R and us: of ours the first run, later ones, and those that count as R does."""

    theirs: Run
    first: Run
    ours: Run
    loaded: Run

    @property
    def ways(self) -> tuple[float, float, float]:
        """How many times as fast we are, by the three comparisons."""
        return (
            self.theirs.counted / self.ours.seconds,
            self.theirs.counted / max(self.loaded.counted, 0.01),
            self.theirs.seconds / self.ours.seconds,
        )


def measured(command: Sequence[str], environment: dict[str, str]) -> Run:
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
    found = re.search(r"seconds=([\d.]+)", text)
    return Run(seconds, used.ru_utime + used.ru_stime, _peak(used), float(found[1]) if found else math.nan)


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (MEBI if sys.platform != "darwin" else MEBI * MEBI)


def pair(recipe: str, arguments: Sequence[str], shared: Path, library: Path, home: Path, runs: int) -> Pair:
    """A recipe, made by both sides in turn."""
    written = ["--mirror", str(shared / "mirror"), "-o", str(home / "table.parquet")]
    # with byte code kept, whatever the shell of whoever runs this says
    ours = {"COMITY_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}
    command = ["panel", *arguments, *written]
    script = str(shared / "peers/peacesciencer/run.R")
    sides: list[Callable[[], Run]] = [
        lambda: measured(["Rscript", script, str(library), str(home), recipe], {"R_LIBS": str(library)}),
        lambda: measured([COMITY, *command], ours),
        lambda: measured([sys.executable, "-c", COUNTED, *command], ours),
    ]
    first = measured([COMITY, *command], ours)
    taken = [[side() for side in sides] for _ in range(runs)]
    theirs, later, loaded = (_median(list(each)) for each in zip(*taken, strict=True))
    return Pair(theirs, first, later, loaded)


def _median(runs: list[Run]) -> Run:
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


HEAD = (
    f"{'recipe':16}|{'R: count':>9}{'process':>9}{'CPU':>7}{'MiB':>6} |{'ours: loaded':>13}{'process':>9}{'CPU':>6}"
    f"{'first':>7}{'MiB':>5} |{'times: count/process':>21}{'count/loaded':>13}{'process/process':>16} | memory"
)


def line(recipe: str, made: Pair) -> str:
    """A recipe's line under the head."""
    r, o, (severe, loaded, whole) = made.theirs, made.ours, made.ways
    return (
        f"{recipe:16}|{r.counted:9.2f}{r.seconds:9.2f}{r.cpu:7.2f}{r.peak:6.0f} |{made.loaded.counted:13.2f}"
        f"{o.seconds:9.2f}{o.cpu:6.2f}{made.first.seconds:7.2f}{o.peak:5.0f} |{severe:21.1f}{loaded:13.1f}{whole:16.1f}"
        f" | {o.peak / r.peak:6.2f}"
    )


def told(pairs: dict[str, Pair]) -> str:
    """The three comparisons over the recipes that take R long, and what is slower."""
    lines = []
    for place, way in enumerate(("R's count with our process", "both counts", "both processes")):
        long = [made.ways[place] for made in pairs.values() if made.theirs.counted >= LONG]
        slower = [name for name, made in pairs.items() if made.ways[place] < 1]
        mean = f"{math.exp(statistics.fmean(map(math.log, long))):.1f} times, least {min(long):.1f}" if long else "none"
        lines.append(f"{way}: {mean} (recipes of a second and more); slower: {', '.join(slower) or 'none'}")
    return "\n".join(lines)


def main() -> None:
    """Print a line for each recipe, then the geometric means over those that take R a second or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipes", nargs="*", metavar="RECIPE", help="only these")
    parser.add_argument("--library", type=Path, required=True, help="R's library with peacesciencer")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("COMITY_SHARED", "../shared")))
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each side (3)")
    asked = parser.parse_args()
    recipes = tomllib.loads((asked.shared / "reference/peacesciencer/recipes.toml").read_text("utf-8"))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; seconds, MiB\n{HEAD}")
    pairs = {}
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as home:
        for name in asked.recipes or recipes:
            arguments = recipes[name]["arguments"]
            pairs[name] = pair(name, arguments, asked.shared, asked.library, Path(home), asked.runs)
            print(line(name, pairs[name]), flush=True)
    print(told(pairs))


if __name__ == "__main__":
    main()
