"""Helpers of several commands: a view of the ledgers, dates and polities from words, progress, messages."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from comity.ledger import View
    from comity.ledger.ingest import Ingested, Report
    from comity.ledger.save import Saver
    from comity.model import When
    from comity.present.export.base import Brief, Claims, Exporter
    from comity.query.timeline import Timeline
    from comity.sources.base import Adapter


FAILED = 2
"""The exit code of a failure."""


def view_of(version: int | None) -> View:
    """The embedded ledger and the user's own, read as one."""
    from comity.ledger.open import everything

    return everything(version)


def when_of(text: str | None, option: str) -> When | None:
    from comity.query.questions import when

    return when(text, option)


def polities_of(names: list[str] | None) -> tuple[str, ...]:
    from comity.reconcile.names import resolve

    return tuple(resolve(name).polity.id for name in names or [])


def adapters_of(ids: list[str] | None) -> list[Adapter]:
    from comity.sources.registry import chosen

    return chosen(ids or ())


def saver() -> AbstractContextManager[Saver]:
    """Saving in the user's own ledger, with the rules' judgements."""
    from comity.ledger.save import saving
    from comity.reconcile.judging import judged_in

    return saving(judged_in)


def account(ingested: Ingested, reasons: bool = True) -> None:
    """Report on the records of a source: the counts, and each skip with its reason or how to list them."""
    source, harvest = ingested.source, ingested.harvest
    left_out = (*harvest.skips, *harvest.omissions)
    for why in left_out if reasons else ():
        say(f"skipped: {why}")
    if left_out and not reasons:
        say(f"{source}: {len(left_out):,} items left out; for the reasons: comity sources add {source}")
    print(
        f"{source}: {harvest.records:,} records = {harvest.claimed:,} with claims + {harvest.documented:,} with prose "
        f"only + {len(harvest.skips):,} skipped; {harvest.prose:,} of {len(harvest.documents):,} documents read; "
        f"{len(harvest.claims):,} claims, {ingested.appended.added:,} new"
    )


def page(text: str) -> None:
    """Print Markdown, rendered on a terminal; unchanged into a pipe or file, and with NO_COLOR."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def send(exporter: Exporter, what: Brief | Timeline | Claims, output: Path | None) -> None:
    """Write an export to a file, atomically; else to standard output, but no binary data to a terminal."""
    emit(exporter.export(what), output, exporter.told if exporter.binary else "")


def emit(data: bytes, output: Path | None, binary: str = "") -> None:
    """Write data to a file, atomically; else to standard output, but no `binary` data, named so, to a terminal."""
    from comity.present.export.atomic import write

    if output is not None:
        write(data, output)
        return
    if binary and sys.stdout.isatty():
        raise click.UsageError(f"{binary} is binary: use -o FILE or a pipe")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(text: str, hint: str = "") -> None:
    """Print a message to standard error, on one line, without control characters.

    A hint, a command that helps, follows on a line of its own.
    """
    from comity.present.inline import plain

    with suppress(OSError):  # a caller that closed it does not want messages
        print(f"comity: {_LONG.sub(_shortened, ' '.join(plain(text).split()))}", file=sys.stderr)
        if hint:
            print(f"  {plain(hint)}", file=sys.stderr)


_LONG = re.compile(r"\S{200,}")


def _shortened(word: re.Match[str]) -> str:
    """The beginning and end of a very long word, such as a file's content in place of a name."""
    return f"{word[0][:100]}…{word[0][-20:]}"


@contextmanager
def progress() -> Iterator[Report]:
    """Progress on standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("…", console=Console(stderr=True)) as status:
        yield lambda what, done: status.update(f"{what} {done:,}")


@contextmanager
def bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar of the characters read, on standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f} characters read"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("", total=total)
        yield lambda done: display.update(task, completed=done)
