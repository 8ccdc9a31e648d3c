"""What several commands need done: a view of the ledgers, dates and polities from words, progress, messages."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from comity.ledger import View
    from comity.ledger.ingest import Ingested, Told
    from comity.model import When
    from comity.present.export.base import Brief, Claims, Exporter
    from comity.query.timeline import Timeline
    from comity.sources.base import Adapter


FAILED = 2
"""The exit code of what could not be done."""


def view_of(version: int | None) -> View:
    """The embedded ledger and the user's own, read as one."""
    from comity.ledger.embedded import everything

    return everything(version)


def when_of(text: str | None, option: str) -> When | None:
    from comity.query.asked import when

    return when(text, option)


def polities_of(names: list[str] | None) -> tuple[str, ...]:
    from comity.reconcile.names import resolve

    return tuple(resolve(name).polity.id for name in names or [])


def adapters_of(ids: list[str] | None) -> list[Adapter]:
    from comity.sources.registry import chosen

    return chosen(ids or ())


def who() -> str:
    """Who appends: the name of the user's account, as far as the system tells it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def judged() -> None:
    """Keep in the user's ledger what rules say of the claims that came into it and are not judged yet."""
    from comity.ledger import own
    from comity.reconcile.record import record

    record(view_of(None), own())


def account(done: Ingested, named: bool = True) -> None:
    """What became of every record of a source: the counts, and the skips one by one or how to have them named."""
    found = done.harvest
    left_out = (*found.skips, *found.omissions)
    for why in left_out if named else ():
        say(f"skipped: {why}")
    if left_out and not named:
        say(f"{done.source}: {len(left_out):,} things left out; each with its reason: comity sources add {done.source}")
    print(
        f"{done.source}: {found.records:,} records = {found.claimed:,} with claims + {found.documented:,} with prose "
        f"only + {len(found.skips):,} skipped; {found.prose:,} of {len(found.documents):,} documents read; "
        f"{len(found.claims):,} claims, {done.appended.added:,} new"
    )


def page(text: str) -> None:
    """Markdown laid out on a terminal; as it is into a pipe or file, and where NO_COLOR asks for no codes."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def send(made: Exporter, what: Brief | Timeline | Claims, output: Path | None) -> None:
    """An export into a file, whole or not at all; without one to standard output, unless it is no text and shown."""
    from comity.present.export.files import write

    if output is not None:
        write(made.export(what), output)
        return
    if made.binary and sys.stdout.isatty():
        raise click.UsageError(f"{made.told} is not for a terminal: give -o FILE, or send it on")
    sys.stdout.flush()
    sys.stdout.buffer.write(made.export(what))


def say(text: str, hint: str = "") -> None:
    """A message on the terminal's error stream, on one line, without what would act on the terminal.

    A hint, a command that helps, follows on a line of its own.
    """
    from comity.present.marks import plain

    with suppress(OSError):  # whoever closed it does not want to know
        print(f"comity: {_LONG.sub(_shortened, ' '.join(plain(text).split()))}", file=sys.stderr)
        if hint:
            print(f"  {plain(hint)}", file=sys.stderr)


_LONG = re.compile(r"\S{200,}")


def _shortened(word: re.Match[str]) -> str:
    """The ends of a word that is too long to be read, such as a file given in the place of a name."""
    return f"{word[0][:100]}…{word[0][-20:]}"


@contextmanager
def progress() -> Iterator[Told]:
    """Progress on the terminal's error stream; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("…", console=Console(stderr=True)) as shown:
        yield lambda what, done: shown.update(f"{what} {done:,}")


@contextmanager
def bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar of the characters read, on the terminal's error stream; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f} characters read"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)
        yield lambda done: shown.update(task, completed=done)
