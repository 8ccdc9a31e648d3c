"""What tests of the web share: a real server process on this machine's own address, and a client of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

COMITY = (sys.executable, "-c", "from comity.cli import main; main()")
_BEGUN = re.compile(r"comity serves (\S+)/ until Ctrl-C\n")


@dataclass(frozen=True)
class Served:
    """A server that runs: its address without the last slash, and its process."""

    url: str
    process: subprocess.Popen[str]

    def client(self) -> httpx.Client:
        """A client of it, past any proxy of the environment."""
        return httpx.Client(base_url=self.url, trust_env=False, timeout=60)


@contextmanager
def serving(home: Path, *words: str) -> Iterator[Served]:
    """`comity serve` with some words more, at a free port, over a user's ledger in `home`."""
    process = subprocess.Popen(
        [*COMITY, "serve", "--port", "0", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "COMITY_HOME": str(home)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        begun = _BEGUN.fullmatch(line := process.stdout.readline())
        assert begun, line or process.communicate()[1]
        yield Served(begun[1], process)
    finally:
        process.terminate()
        process.communicate(timeout=30)
