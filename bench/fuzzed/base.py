"""What a kind of input is, and what several of them make their inputs of."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from comity.cli import main

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))

from hostile import HOSTILE
from strategies_documents import DATES, DOINGS, MARKUP, ODD, PARTIES, TONGUES

ROOT = Path(__file__).resolve().parents[2]
COMITY = (sys.executable, "-c", "from comity.cli import main; main()")
PATIENCE = 10.0
"""Seconds in which a server answers; `bench/fuzz.py --patience` sets more for a busy machine."""
POLITIES = ("Peru", "United States", "peru", "chile", "USA", "Prussia", "Korea", "Germany", "135", "Côte d'Ivoire")


class Wrong(AssertionError):
    """What comity must never do: its words are the report."""


class Kind(ABC):
    """One kind of input. `make` depends on the random numbers alone; `run` raises for whatever must not happen."""

    folder: Path
    _open: ExitStack

    def __enter__(self) -> Kind:
        """In a folder of its own, several deep, with a `COMITY_HOME` that is empty; what `begin` opens is closed."""
        self._open = ExitStack()
        top = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="comity-fuzz-")))
        self.folder = top / "a" / "b" / "c"
        self.folder.mkdir(parents=True)
        os.chdir(self.folder)
        os.environ["COMITY_HOME"] = str(top / "home")
        os.environ["COMITY_MIRROR"] = str(top / "none")  # so that no data set is fetched
        self._open.callback(os.chdir, ROOT)
        self.begin(self._open)
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def begin(self, open: ExitStack) -> None:
        """Opens what all inputs share: a server, a ledger to copy. Most kinds share nothing."""
        return

    @abstractmethod
    def make(self, random: Random) -> Any:
        """An input; its `repr` is shown when it fails."""

    @abstractmethod
    def run(self, made: Any) -> str:
        """Gives the input to comity: `answered` or `refused`."""


def command(words: Sequence[str], given: bytes = b"") -> str:
    """Runs `comity` in this process, as its `main` does, and says how it ended: `answered` or `refused`.

    Raises `Wrong` for an exit code that means nothing, a refusal without a sentence,
    and a traceback on either stream.
    """
    streams = sys.argv, sys.stdin, sys.stdout, sys.stderr
    complaints = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", write_through=True)
    code: object = None
    with tempfile.TemporaryFile("w", encoding="utf-8") as out:  # a file, since `main` may turn its descriptor away
        sys.argv, sys.stdin, sys.stdout = ["comity", *words], io.TextIOWrapper(io.BytesIO(given), "utf-8"), out
        sys.stderr = complaints
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.argv, sys.stdin, sys.stdout, sys.stderr = streams
    complaints.seek(0)
    return ended(code, complaints.read().encode())


def ended(code: object, complaints: bytes) -> str:
    """How a command ended, by its exit code and what it wrote to the error stream. Raises `Wrong`."""
    if b"Traceback" in complaints:
        raise Wrong(complaints.decode("utf-8", "replace")[-1500:])
    if code not in (None, 0, 1, 2):
        raise Wrong(f"exit code {code!r}: {complaints[-500:]!r}")
    if code == 2 and not complaints.strip():
        raise Wrong("exit code 2 without a word")
    return "refused" if code == 2 else "answered"


_RANGES = ((0x20, 0x7F), (0x0, 0x20), (0x80, 0x250), (0x300, 0x370), (0x590, 0x700), (0x2000, 0x2070), (0x4E00,
           0x4F00),
           (0xD800, 0xE000), (0xFE00, 0xFF00), (0x1F1E6, 0x1F200), (0x10FFF0, 0x110000))  # fmt: skip


def letters(random: Random, most: int = 12) -> str:
    """Any characters: most of them ASCII, the others from blocks that are known for trouble, surrogates among them."""
    ranges = random.choices(_RANGES, (60, 4, 10, 3, 4, 6, 4, 2, 3, 2, 2), k=random.randint(0, most))
    return "".join(chr(random.randrange(*block)) for block in ranges)


def prose(random: Random, most: int = 25) -> str:
    """Statements with broken markup, odd characters and random ones between them."""
    return "".join(random.choice(_PIECES)(random) for _ in range(random.randint(0, most)))


def _statement(random: Random) -> str:
    return " ".join(map(random.choice, (PARTIES, DOINGS, PARTIES, DATES))) + random.choice((". ", "; ", "\n", ", and "))


_PIECES: tuple[Callable[[Random], str], ...] = (
    _statement, _statement, _statement, letters, lambda random: random.choice((*PARTIES, *DOINGS, *DATES)) + " ",
    lambda random: random.choice((*MARKUP, *ODD)), lambda random: random.choice((*TONGUES, *HOSTILE)),
)  # fmt: skip


def damaged(random: Random, data: bytes, most: int = 8) -> bytes:
    """The same bytes with some flipped, cut out, doubled, or put in."""
    body = bytearray(data)
    for _ in range(random.randint(1, most)):
        if not body:
            break
        at, size = random.randrange(len(body)), random.choice((1, 1, 2, 8, 64))
        match random.randrange(5):
            case 0 | 1:
                body[at] ^= 1 << random.randrange(8)
            case 2:
                del body[at : at + size]
            case 3:
                body[at:at] = body[at : at + size]
            case _:
                body[at:at] = random.randbytes(size)
    return bytes(body)
