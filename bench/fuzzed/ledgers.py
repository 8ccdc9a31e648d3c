"""A user's ledger whose files were changed, cut, taken away or put in: every command answers or says what is wrong."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from fuzzed.base import Kind, Wrong, command

_PAGES = (
    "Peru and Chile signed a treaty in 1826.",
    "Chile recognized Peru on May 2, 1826. In 1879 Chile declared war on Peru.",
    "The United States raised its Legation in Peru to an Embassy in 1920.",
)  # fmt: skip
_COMMANDS = (
    ["ledger", "log"], ["brief", "Peru", "Chile"], ["brief", "Peru", "Chile", "--ledger-version", "1"],
    ["ask", "Peru", "Chile", "war", "--format", "json"], ["timeline", "Peru", "Chile"], ["diff", "Peru", "Chile",
    "--since", "2000"],
    ["read", "page.txt", "--save"], ["judge"], ["digest", "Peru", "Chile", "--since", "2000"], ["export", "Peru",
    "Chile", "-o", "o.csv"],
)  # fmt: skip
_ENTRIES: tuple[bytes, ...] = (
    b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"\0" * 100, b"[" * 100_000, b'{"a":' * 50_000,
    b'{"commitInfo": 7}', b'{"protocol": {"minReaderVersion": 99, "minWriterVersion": 99}}',
    b'{"add": {"path": "../../x", "size": -1}}', b'{"remove": {}}', b'{"metaData": {"schemaString": "x"}}',
    b'{"commitInfo": {"timestamp": "x", "comity": []}}', b'{"commitInfo": {"timestamp": 99999999999999999999}}',
    b"{}\n{}\n", b"\n\n",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (None, -1, 0, 10**30, "", "x", "../x", [], {}, True, 1.5, "\ud800", [[]], "9" * 400)


class Ledgers(Kind):
    """One damage, `ledger verify`, and one command more."""

    def begin(self, open: ExitStack) -> None:
        self.home = Path(os.environ["COMITY_HOME"])
        for text in _PAGES:
            Path("page.txt").write_text(text, "utf-8")
            command(["read", "page.txt", "--about", "Peru", "--save"])
        self.template = self.folder / "template"
        shutil.copytree(self.home, self.template)
        self.files = sorted(str(file.relative_to(self.home)) for file in self.home.rglob("*") if file.is_file())
        if len(self.files) < 6:
            raise Wrong(f"the ledger that is to be damaged has but {self.files}")

    def make(self, random: Random) -> tuple[str, str, int, list[str]]:
        """The file, the damage, its seed, and the command after `ledger verify`."""
        file = random.choice(
            [name for name in self.files if random.random() < 0.7 or name.endswith(".json")] or self.files
        )
        return (
            file,
            random.choice(_DAMAGES if file.endswith(".json") else _DAMAGES[:8]),
            random.getrandbits(32),
            random.choice(_COMMANDS),
        )

    def run(self, made: tuple[str, str, int, list[str]]) -> str:
        name, damage, seed, words = made
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.template, self.home)
        harm(self.home / name, damage, Random(seed))
        verdict = command(["ledger", "verify"])
        command(words)
        return verdict


_DAMAGES = (
    "flip", "flip", "flips", "cut", "empty", "gone", "doubled", "folder", "entry", "next entry", "value", "value",
    "field",
)  # fmt: skip


def harm(file: Path, damage: str, random: Random) -> None:
    """Does one damage to a file."""
    data = file.read_bytes()
    match damage:
        case "flip" | "flips":
            body = bytearray(data)
            for _ in range(1 if damage == "flip" else 20):
                body[random.randrange(len(body))] ^= 1 << random.randrange(8)
            file.write_bytes(body)
        case "cut":
            file.write_bytes(data[: random.randrange(len(data))])
        case "empty":
            file.write_bytes(b"")
        case "gone":
            file.unlink()
        case "doubled":
            file.write_bytes(data + data)
        case "folder":
            file.unlink()
            file.mkdir()
        case "entry":
            file.write_bytes(random.choice(_ENTRIES))
        case "next entry":
            number = len(list(file.parent.glob("*.json")))
            (file.parent / f"{number:020}.json").write_bytes(random.choice((*_ENTRIES, data)))
        case _:
            file.write_text(_changed(data, random, whole=damage == "field"), "utf-8", "replace")


def _changed(data: bytes, random: Random, *, whole: bool) -> str:
    """A log entry's lines with one value changed, at any depth, or one field taken away."""
    lines = [json.loads(line) for line in data.splitlines()]
    at: Any = random.choice(lines)
    while True:
        key = random.choice(list(at) if isinstance(at, dict) else range(len(at)))
        if not isinstance(at[key], dict | list) or not at[key] or random.random() < 0.2:
            break
        at = at[key]
    if whole:
        del at[key]
    else:
        at[key] = random.choice(_VALUES)
    return "\n".join(json.dumps(line) for line in lines) + "\n"
