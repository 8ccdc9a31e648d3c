"""How `comity check` and its page grow with the text, on texts that would make anything quadratic show.

    python bench/check.py [--kind KIND …] [--sizes 10 100 1000] [--step cli page]

Each kind is a text of many short paragraphs, or of one long one, that a comparison of all with all would not survive:
near-duplicates, as many pairs of polities as there are, a finding in every sentence, one act told again and again.
Prints, for each kind and size, processor seconds and the highest memory of `comity check FILE` in a process of its
own, and of the page that the server makes for the same bytes; and the ratio to the size before.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator

KILOBYTE = 1000  # as the limits of the server count

_COMMAND = "import sys; from comity.cli import main; sys.exit(main())"
_PAGE = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from comity.serve.app import create_app
data = Path(sys.argv[1]).read_bytes()
client = TestClient(create_app(), base_url="http://127.0.0.1")
answer = client.post("/check", files={"file": ("page.txt", data)})
print(answer.status_code, len(answer.content))
"""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def alike() -> Iterator[str]:
    """Groups of twelve paragraphs that are the same: as many as the rule for duplicates compares at all."""
    for group in itertools.count():
        for _ in range(12):
            yield f"Chile recognized Peru on May 2, 1826, g{group}q.\n\n"


def near() -> Iterator[str]:
    """Paragraphs that differ in a word each, of two sentences."""
    for number in itertools.count():
        yield (
            f"Relations between Peru and Chile were strained by a raid on frontier post {number // 12} in the winter. "
            f"The envoy number {number} left Lima soon after it and nobody at all took his place.\n\n"
        )


def pairs() -> Iterator[str]:
    """Every two polities, one after the other."""
    from comity.sources.gazetteer import gazetteer

    names = [polity.name for polity in gazetteer()]
    for step in itertools.count(1):
        for place, name in enumerate(names):
            rival = names[(place + step) % len(names)]
            year = 1800 + (place * 7 + step) % 220
            yield f"{name} and {rival} established diplomatic relations in {year}.\n\n"


def findings() -> Iterator[str]:
    """A finding in every sentence: a word for now, lost letters, a figure without a year, a plan that is past."""
    for number in itertools.count():
        yield (
            f"Currently, Peru enjoys good relations with the United States. Thornton {number} came as Charg dAffaires. "
            f"Approximately {300_000 + number} Peruvian tourists visit the United States annually. "
            f"A trade agreement between Peru and the United States will enter into force in March "
            f"{2000 + number % 15}.\n\n"
        )


def act() -> Iterator[str]:
    """One act in one paragraph, each time on another day."""
    for number in itertools.count():
        year, month, day = 1800 + number // 336 % 200, number // 28 % 12, number % 28 + 1
        yield f"Peru recognized Chile on {_MONTHS[month]} {day}, {year}. "


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "alike": alike, "near": near, "pairs": pairs, "findings": findings, "act": act,
}  # fmt: skip


def text(kind: str, size: int) -> str:
    """A text of a kind, of so many bytes."""
    parts: list[str] = []
    length = 0
    for part in KINDS[kind]():
        if length >= size:
            break
        parts.append(part)
        length += len(part)
    return "".join(parts).encode()[:size].decode(errors="ignore")


def measured(*command: str) -> tuple[float, int, str]:
    """Processor seconds and the highest memory in megabytes of a command, and the last line that it writes."""
    with tempfile.TemporaryFile() as written:
        process = subprocess.Popen(command, stdout=written, env=os.environ)
        _, _, usage = os.wait4(process.pid, 0)
        written.seek(0)
        lines = written.read().decode().splitlines()
    return (
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss // 1024,
        f"{len(lines)} lines, last: {(lines or [''])[-1][:60]}",
    )


def main() -> None:
    """Measure, and print a line for each kind, size and step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--sizes", nargs="+", type=int, default=[10, 100, 1000], help="in kilobytes")
    parser.add_argument("--step", nargs="+", choices=("cli", "page"), default=["cli", "page"])
    options = parser.parse_args()
    steps = {
        "cli": (sys.executable, "-c", _COMMAND, "check", "--as-of", "2015-06-01"),
        "page": (sys.executable, "-c", _PAGE),
    }
    for step, kind in itertools.product(options.step, options.kind):
        before = 0.0
        for size in options.sizes:
            with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
                file.write(text(kind, size * KILOBYTE))
                file.flush()
                seconds, memory, last = measured(*steps[step], file.name)
            ratio = f", ratio {seconds / before:.1f}" if before else ""
            print(f"{step} {kind} {size} kB: {seconds:.1f} s, {memory} MB{ratio} ({last})", flush=True)
            before = seconds


if __name__ == "__main__":
    main()
