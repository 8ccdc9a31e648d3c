"""The words of a command line: every command and option, with values that fit and values that don't."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import click
import typer.main

from comity.cli import app
from fuzzed.base import COMITY, HOSTILE, POLITIES, ROOT, Kind, command, ended, letters, prose
from fuzzed.words import date, name

NEVER = {("build-embedded",), ("serve",), ("mcp",)}
"""What writes the package's own data, or runs until it is interrupted (requests and lines are kinds of their own)."""
FIRST = {("watch",): ["--once"], ("sources", "fetch"): ["--mirror", "none"], ("sources", "add"): ["--mirror", "none"]}
"""Words that keep a command from running for ever, or from asking another host."""
_PATHS = (
    "page.txt", "bad.txt", "none.txt", "folder", ".", "", "-", "~", "~nouser/x", "~/none/x", "/dev/null",
    "/proc/self/mem", "x" * 300, "a/b/c.md", "page.txt/x", "a\0b", "\udcff.txt", "loop", "--", "http://[::1",
    "http://", "HTTP://127.0.0.1:9/x", "https://127.0.0.1:9/", "http://127.0.0.1:99999/", "ftp://127.0.0.1/x",
    "file:///etc/hostname", "gopher://x", "://", "s3://b/x",
)  # fmt: skip
_OUTPUTS = (
    "o.md", "o.json", "o.html", "o.csv", "o.parquet", "o.jsonl", "o.jsonld", "o.sqlite", "o.bib", "o.ics", "o.dta",
    "o.geojson", "o.xyz", "o", "-", "", ".", "folder", "none/o.md", "/dev/null", "/dev/full", "page.txt/o.csv",
    "~nouser/o.md", "x" * 300 + ".csv", "a\0.csv", "\udcff.json",
)  # fmt: skip
_DATES = ("1826", "1826-05-02", "2014-05", "1900", "today", "2020~", "1914/1918")
_NUMBERS = ("0", "1", "-1", "3", "99999999999999999999", "1e3", "0x1", "", "x", "１", "1.5", " 2", "NaN")
_SMTP = (
    "127.0.0.1:9", "", "localhost:x", "[::1", "smtp://127.0.0.1:999999", "starttls://u@127.0.0.1:9", "x://",
    "smtp://u:p@127.0.0.1:9",
)  # fmt: skip
_RELATIONS = (
    "recognition", "war", "relations.established", "trade.exports", "envoy.received", "wars", "", "trade", "x" * 500,
)  # fmt: skip
_PANEL = (
    "cow_trade", "archigos", "contiguity", "gml_mids", "capital_distance", "none", "a:b", "a:b=c", "pop > 3",
    "1=1; drop", "year<1900", "ccode1=2", "'", "1816-1900", "1816:1900", "1900", "9999999-1", "all", "pairwise",
    "any=1",
)  # fmt: skip


def commands() -> dict[tuple[str, ...], click.Command]:
    """Every command by its words."""
    found: dict[tuple[str, ...], click.Command] = {}

    def walk(here: Any, path: tuple[str, ...]) -> None:
        children = getattr(here, "commands", {})
        for child in children:
            walk(children[child], (*path, child))
        if not children:
            found[path] = here

    walk(typer.main.get_command(app), ())
    return {path: here for path, here in found.items() if path not in NEVER}


class Arguments(Kind):
    """Words end in an answer or in one sentence. One set of words in a hundred goes to a process of its own."""

    def begin(self, open: ExitStack) -> None:
        self.commands = commands()
        example = (ROOT / "docs" / "examples" / "page.txt").read_bytes()
        Path("page.txt").write_bytes(example[:1500])
        Path("bad.txt").write_bytes(b"\x00\x01\x02" * 50)
        Path("folder").mkdir()
        Path("folder", "a.txt").write_bytes(example[:300])
        Path("folder", "b.txt").write_bytes(b"")
        Path("loop").symlink_to("loop")

    def make(self, random: Random) -> tuple[list[str], bool]:
        path = random.choice(list(self.commands))
        words = [*path, *FIRST.get(path, ())]
        for parameter in self.commands[path].params:
            wanted = random.random() < (0.9 if parameter.param_type_name == "argument" else 0.25)
            for _ in range(
                wanted * (random.randint(1, 3) if parameter.nargs == -1 or parameter.name == "about" else 1)
            ):
                words += option(random, parameter)
        if random.random() < 0.15:
            words.insert(random.randint(0, len(words)), stray(random))
        return [passable(word) for word in words], random.random() < 0.01

    def run(self, made: tuple[list[str], bool]) -> str:
        words, apart = made
        if not apart:
            return command(words, b"Peru and Chile signed a treaty in 1826.")
        done = subprocess.run([*COMITY, *words], input=b"Peru", capture_output=True, timeout=60, check=False)
        return ended(done.returncode, done.stderr)


def passable(word: str) -> str:
    """A word as a system passes it on: without NUL; of surrogates only those that stand for bytes that are no UTF-8."""
    return "".join(
        mark for mark in word if mark != "\0" and not "\ud800" <= mark < "\udc80" and not "\udcff" < mark < "\ue000"
    )


def option(random: Random, parameter: click.Parameter) -> list[str]:
    """An option, or an argument, with a value."""
    flag = [] if parameter.param_type_name == "argument" else [random.choice(parameter.opts)]
    if getattr(parameter, "is_flag", False):
        return flag
    return [*flag, value(random, parameter)]


def value(random: Random, parameter: click.Parameter) -> str:
    """A value as the parameter's name lets expect it, or one of another sort."""
    choices = getattr(parameter.type, "choices", None)
    if choices and random.random() < 0.9:
        return str(getattr(random.choice(list(choices)), "value", random.choice(list(choices))))
    if random.random() < 0.1:
        return random.choice((letters(random), random.choice(HOSTILE), date(random), name(random))).replace("/", "")
    match parameter.name:
        case "as_of" | "known_by" | "published" | "begin" | "end" | "since":
            return date(random) if random.random() < 0.4 else random.choice(_DATES)
        case "a" | "b" | "about" | "names" | "like":
            return name(random) if random.random() < 0.3 else random.choice(POLITIES)
        case "paths" | "mirror" | "config":
            return random.choice(_PATHS[:-10] if parameter.name == "mirror" else _PATHS)
        case "output":
            return random.choice(_OUTPUTS)
        case "jobs":
            return random.choice(("1", "0", "-1", "x", ""))
        case "limit" | "ledger_version" | "port":
            return random.choice(_NUMBERS)
        case "smtp":
            return random.choice(_SMTP)
        case "relation" | "of":
            return random.choice((*_RELATIONS, "brief", "claims", "citations", "timeline", "posts"))
        case "text":
            return prose(random, 4)
        case "add" | "filter" | "where" | "whittle" | "years" | "name":
            return random.choice(_PANEL)
        case "words":
            return random.choice(
                ("undo", "same", "different", "prefer", "over", "0123", "deadbeef", "f" * 32, letters(random))
            )
        case _:
            return letters(random).replace("/", "")


def stray(random: Random) -> str:
    """A word that belongs nowhere."""
    return random.choice(
        (
            "--nope",
            "-",
            "--",
            "-x",
            "--format=xml",
            "--format",
            "--help",
            "-o",
            "\udcff",
            "",
            "--as-of=",
            letters(random, 4),
        )
    )
