"""Lines to `comity mcp`, as an agent's program writes them to its standard input."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from contextlib import ExitStack
from random import Random
from typing import Any

from fuzzed import base
from fuzzed.base import COMITY, HOSTILE, Kind, Wrong, letters, prose
from fuzzed.words import date, name

_TOOLS = ("brief", "ask", "timeline", "read_text", "check_text", "panel_preview", "none", "")
_METHODS = (
    "tools/call", "tools/list", "resources/read", "resources/list", "prompts/get", "prompts/list", "ping", "none", "",
    "completion/complete", "logging/setLevel", "resources/templates/list", "initialize",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (None, 0, -1, 1e400, 10**400, "", [], {}, True, "\ud800", "\0", "9" * 5000, [[[[]]]], "Peru")
_LINES = (
    b"", b"{", b"null", b"[]", b"7", b"\xff\xfe", b"\0", b"[" * 100_000, b'{"a":' * 100_000, b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "1.0", "id": 1}', b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}',
    b'{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}', b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]',
    b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "x"}}',
    b'{"jsonrpc": "2.0", "id": "\\ud800", "method": "ping"}', b'{"jsonrpc": "2.0", "id": 1, "result": {}}',
    b'{"jsonrpc": "2.0", "id": 1, "error": 7}', b'{"jsonrpc": "2.0", "id": null, "method": "ping"}',
)  # fmt: skip


class Agents(Kind):
    """After each line the server answers a ping; a request with a number of its own is answered too."""

    def begin(self, open: ExitStack) -> None:
        self.log = self.folder / "log"
        self.errors = open.enter_context(self.log.open("wb"))
        self._start()
        open.callback(self._end)

    def _start(self) -> None:
        self.process = subprocess.Popen(
            [*COMITY, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, bufsize=0
        )
        self.buffer, self.number, self.read = b"", 1000, self.log.stat().st_size
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "fuzz", "version": "1"}}
        self._send(json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}).encode())
        self._wait({0}, 100)
        self._send(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')

    def _end(self) -> None:
        self.process.kill()
        self.process.wait()

    def make(self, random: Random) -> bytes | dict[str, Any]:
        if random.random() < 0.3:
            return random.choice((*_LINES, letters(random, 40).encode("utf-8", "surrogatepass").replace(b"\n", b"")))
        method = random.choice(("tools/call",) * 8 + _METHODS)
        line: dict[str, Any] = {"jsonrpc": "2.0", "id": "mine", "method": method}
        match method:
            case "tools/call":
                line["params"] = {"name": random.choice(_TOOLS), "arguments": _arguments(random)}
            case "resources/read":
                line["params"] = {
                    "uri": random.choice(("comity://claims/0123", "comity://sources/x", letters(random), *HOSTILE))
                }
            case "prompts/get":
                line["params"] = {
                    "name": random.choice(("brief", letters(random))),
                    "arguments": {"a": name(random), "b": date(random)},
                }
            case _:
                line["params"] = random.choice(({}, {}, *_VALUES))
        if random.random() < 0.1:
            line[random.choice(("id", "method", "params", "jsonrpc", "x"))] = random.choice(_VALUES)
        return line

    def run(self, made: bytes | dict[str, Any]) -> str:
        wanted: set[Any] = set()
        if isinstance(made, dict):
            line = dict(made)
            if line["id"] == "mine":
                self.number += 1
                line["id"] = self.number
                if line["jsonrpc"] == "2.0" and isinstance(line["method"], str) and "\ud800" not in line["method"]:
                    wanted.add(self.number)
            made = json.dumps(line).encode()
        self.number += 1
        try:
            self._send(made)
            self._send(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": "ping"}).encode())
            self._wait({self.number, *wanted}, base.PATIENCE)
        except (Wrong, TimeoutError, BrokenPipeError):
            self._end()
            self._start()
            raise
        return "answered"

    def _send(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")

    def _wait(self, wanted: set[Any], seconds: float) -> None:
        """Reads answers until all that are wanted have come. Raises `Wrong`, or `TimeoutError` naming the missing."""
        assert self.process.stdout is not None
        until = time.monotonic() + seconds
        while wanted:
            if not select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError(f"no answer to {sorted(map(str, wanted))} in {seconds:.0f} s")
            part = os.read(self.process.stdout.fileno(), 1 << 20)
            if not part:
                raise Wrong(f"the server ended: {self.log.read_bytes()[self.read :][-800:]!r}")
            *lines, self.buffer = (self.buffer + part).split(b"\n")
            for answer in map(json.loads, lines):
                if answer.get("id") is None and "error" in answer:  # of a line whose number it could not read
                    wanted &= {self.number}
                else:
                    wanted.discard(answer.get("id"))
        fresh = self.log.read_bytes()[self.read :]
        self.read += len(fresh)
        if b"Traceback" in fresh:
            raise Wrong(fresh.decode("utf-8", "replace")[-1500:])


def _arguments(random: Random) -> Any:
    """What a tool is called with: values that fit, of another sort, or no object at all."""
    if random.random() < 0.05:
        return random.choice(_VALUES)
    fields = {
        "a": name(random), "b": name(random), "relation": random.choice(("war", "recognition", letters(random))),
        "as_of": date(random),
        "known_by": date(random), "text": prose(random, 12), "about": random.choice((["Peru"], [name(random)], "Peru",
        [])),
        "begin": date(random), "end": date(random), "format": letters(random), "unit": "dyads", "years": "1816-1820",
        "add": ["none"],
    }  # fmt: skip
    chosen = {field: value for field, value in fields.items() if random.random() < 0.6}
    if random.random() < 0.2:
        chosen[random.choice(list(fields))] = random.choice(_VALUES)
    return chosen
