"""How fast comity reads, beside the bare parser: the same texts, the same components, one core, in one run.

    python bench/read.py [TEXTS.jsonl] [--runs N] [--megabytes N]

`TEXTS` has an object with a `text` a line (default: the visible gold of reading, in COMITY_SHARED or ../shared). Of
these texts a large one is mixed, which is read by whole processes. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.model import Document
from comity.reading import read_all
from comity.reading.grammar.parse import pipeline

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(os.environ.get("COMITY_SHARED") or ROOT.parent / "shared") / "reference" / "reading" / "rdcr.jsonl"
COMITY = str(Path(sysconfig.get_path("scripts")) / "comity")
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
_MEMORY = 1024  # the most megabytes that a large text may take


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio or size with what it should reach."""

    what: str
    value: str
    target: str = "–"


def speed(texts: list[str], runs: int) -> Iterator[Figure]:
    """The whole reader beside the bare parser, in turn, by the processor's time: what else runs slows neither."""
    nlp = pipeline()
    documents = [Document(text, str(number)) for number, text in enumerate(texts)]
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    size = sum(len(text.encode()) for text in texts) / 1e6

    def bare() -> None:
        for _ in nlp.pipe(texts, batch_size=128):
            pass

    def ours() -> None:
        for _ in read_all(documents):
            pass

    ours()  # what is loaded once is loaded
    pairs = [(_seconds(bare), _seconds(ours)) for _ in range(runs)]
    theirs, mine = (statistics.median(times) for times in zip(*pairs, strict=True))
    yield Figure("texts, MB", f"{size:.2f}")
    for name, taken in (("bare parser", theirs), ("comity", mine)):
        yield Figure(f"{name}, MB/s", f"{size / taken:.3f}")
        yield Figure(f"{name}, tokens/s", f"{tokens / taken:,.0f}")
    yield Figure("comity's throughput / the bare parser's", f"{theirs / mine:.2f}", "≥ 0.8")


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def large(texts: list[str], megabytes: int) -> Iterator[Figure]:
    """One large text, by one process and by several, as whole commands."""
    cores = min(os.cpu_count() or 1, 8)
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        file = Path(folder) / "large.txt"
        file.write_text(_mixed(texts, megabytes), "utf-8")
        alone, memory = _command(file, 1)
        yield Figure(f"{megabytes} MB, 1 process, seconds", f"{alone:.1f}")
        yield Figure(f"{megabytes} MB, 1 process, MB of memory at most", f"{memory:.0f}", f"≤ {_MEMORY}")
        if cores > 1:
            shared, memory = _command(file, cores)
            yield Figure(f"{megabytes} MB, {cores} processes, seconds", f"{shared:.1f}")
            yield Figure(
                f"{cores} processes, MB of memory at most, each", f"{memory:.0f}", f"≤ {_MEMORY // (cores + 1)}"
            )
            yield Figure(f"{cores} processes, times as fast as 1", f"{alone / shared:.2f}", f"≥ {0.8 * cores:g}")


def _mixed(texts: list[str], megabytes: int) -> str:
    """Paragraphs of the texts in an order by chance, the same each time, to so many megabytes."""
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    chance = random.Random(1)
    held: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        held.append(chance.choice(paragraphs))
        size += len(held[-1].encode()) + 2
    return "\n\n".join(held)


def _command(file: Path, jobs: int) -> tuple[float, float]:
    """The seconds that a command takes, and the megabytes of the largest of its processes.

    A small process starts it: what starts a process counts as its memory.
    """
    command = [COMITY, "read", str(file), "--format", "jsonl", "--jobs", str(jobs)]
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _MEASURED, *command], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?", default=TEXTS)
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each (default: 5)")
    parser.add_argument("--megabytes", type=int, default=5, help="size of the large text; 0 for none (default: 5)")
    asked = parser.parse_args()
    if not asked.texts.is_file():
        sys.exit(f"there are no texts {asked.texts}: set COMITY_SHARED, or give a file")
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"  # one core; none of them is loaded yet
    texts = [json.loads(line)["text"] for line in asked.texts.read_text("utf-8").splitlines()]
    print(f"{'':48}{'':>12}{'target':>9}")
    for figure in speed(texts, asked.runs):
        print(f"{figure.what:48}{figure.value:>12}{figure.target:>9}", flush=True)
    if asked.megabytes:
        for figure in large(texts, asked.megabytes):
            print(f"{figure.what:48}{figure.value:>12}{figure.target:>9}", flush=True)


if __name__ == "__main__":
    main()
