"""Reads documents that nobody would write: no traceback, spans inside the text, quotes equal to their spans.

    python bench/robust.py [--examples N] [--jobs N] [--seed N]

Runs tests/property/test_robust.py with so many documents, shared among processes with seeds of their own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST = ROOT / "tests" / "property" / "test_robust.py"


def main() -> int:
    """The number of processes in which something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=100_000, help="documents in all (default: 100,000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    parser.add_argument("--seed", type=int, default=1, help="of the first process; the others count on (default: 1)")
    asked = parser.parse_args()
    share = -(-asked.examples // asked.jobs)
    environment = {**os.environ, "COMITY_EXAMPLES": str(share)}
    began = time.perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(TEST), f"--hypothesis-seed={seed}"],
            cwd=ROOT,
            env=environment,
        )
        for seed in range(asked.seed, asked.seed + asked.jobs)
    ]
    failed = sum(process.wait() != 0 for process in running)
    taken = time.perf_counter() - began
    print(f"{share * asked.jobs:,} documents by {asked.jobs} processes in {taken:,.0f} s: {failed or 'nothing'} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
