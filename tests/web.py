"""What tests of the web share: a real server process on this machine's own address, a client of it, a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
def serving(home: Path, *words: str, command: Sequence[str] = (*COMITY, "serve", "--port", "0")) -> Iterator[Served]:
    """`comity serve` with some words more, at a free port, over a user's ledger in `home`."""
    process = subprocess.Popen(
        [*command, *words],
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


PHONE, DESKTOP = (360, 740), (1440, 900)
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# No sandbox, since CI runs as root; and nothing that a browser asks of its maker.
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium. Without it the test is skipped; in CI it fails."""
    found = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"needs a browser: none of {', '.join(_CHROMIUM)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, url: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Iterator[Page]:
    """A page of a browser at a server: nothing is asked of another host, no dialog opens, no script fails."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(base_url=url, viewport=viewport, **options)  # type: ignore[arg-type]
    asked: list[str] = []
    wrong: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        yield page
    finally:
        context.close()
    assert [one for one in asked if not one.startswith(f"{url}/")] == []
    assert wrong == []
