"""The commands of `comity sources`, and the one that makes the embedded ledger of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.arguments import Ids, Jobs, Mirror
from comity.cli.support import account, adapters_of, judged, progress, view_of, who

if TYPE_CHECKING:
    from comity.ledger.ingest import Ingested, Told
    from comity.model import Source
    from comity.sources.base import Adapter

app = typer.Typer(help="The sources that claims come from.", no_args_is_help=True)


class CiteFormat(StrEnum):
    """How a source is cited."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


@app.command("list")
def sources_list(
    ids: Ids = None,
) -> None:
    """Each source: its edition, licence, and the claims of it that are held."""
    from comity.present.cite import in_full
    from comity.present.marks import plain

    held = view_of(None).counts()
    for made in adapters_of(ids):
        print(f"{made.source.id}: {plain(in_full(made.source))} {held.get(made.source.edition, 0):,} claims held.")


@app.command("fetch")
def sources_fetch(
    ids: Ids = None,
    mirror: Mirror = None,
) -> None:
    """Download sources' pinned commits into COMITY_HOME and verify every file.

    With a mirror, its files are verified where they are. What the package does not carry is added to your ledger.
    """
    from comity.ledger.embedded import holds

    made = {one.source.id: one for one in adapters_of(ids)}
    with progress() as told, _judged_after():
        for source, folder in _fetched([one.source for one in made.values()], mirror, told):
            print(f"{source.edition}: verified in {folder}")
            if not holds(source):
                done = _added(made[source.id], folder, told)
                account(done, named=False)


def _fetched(sources: list[Source], mirror: Path | None, told: Told) -> Iterator[tuple[Source, Path]]:
    """Each source with the folder of its verified files: those of a mirror, else downloaded."""
    from comity.sources.fetch import fetch_all, locate
    from comity.sources.home import mirrored

    if mirrored(mirror) is None:
        yield from fetch_all(sources, progress=partial(_bytes, told))
    else:
        yield from ((source, locate(source, mirror)) for source in sources)


def _added(made: Adapter, folder: Path, told: Told, *, prose: bool = True, jobs: int = 1) -> Ingested:
    """A source's claims in the user's own ledger."""
    from comity.ledger import Writer, own
    from comity.ledger.ingest import ingest

    return ingest(made, folder, Writer(own()), who=who(), prose=prose, jobs=jobs, told=told)


@contextmanager
def _judged_after() -> Iterator[None]:
    """What a killed run left unjudged is judged first; what is added, once when all is held or a later source fails."""
    judged()
    try:
        yield
    finally:
        judged()


@app.command("cite")
def sources_cite(
    ids: Ids = None,
    format: Annotated[CiteFormat, typer.Option("--format", help="A sentence, BibTeX or CSL-JSON.")] = CiteFormat.text,
) -> None:
    """How to cite a source."""
    from comity.present import cite
    from comity.present.marks import plain
    from comity.present.wire import dumps

    found = [made.source for made in adapters_of(ids)]
    if format is CiteFormat.csl:
        print(dumps([cite.csl(source) for source in found]))
        return
    for source in found:
        print(cite.bibtex(source) if format is CiteFormat.bibtex else plain(cite.in_full(source)))


@app.command("add")
def sources_add(
    ids: Ids = None,
    mirror: Mirror = None,
    prose: Annotated[bool, typer.Option("--prose/--no-prose", help="Read a source's prose too.")] = True,
    jobs: Jobs = 1,
) -> None:
    """Read sources' files into your ledger, a version a source; what is held is not added again."""
    from comity.sources.fetch import locate

    with _judged_after():
        for made in adapters_of(ids):
            with progress() as told:
                done = _added(made, locate(made.source, mirror), told, prose=prose, jobs=jobs)
            account(done)


def build_embedded(
    mirror: Mirror = None,
    target: Annotated[
        Path | None, typer.Option("--target", help="The folder to make it in, if not in the package.")
    ] = None,
    jobs: Jobs = 1,
) -> None:
    """Make the embedded ledger anew from its five sources (for maintainers)."""
    from comity.ledger.embedded import build

    with progress() as told:
        done = build(mirror, target, jobs=jobs, told=told)
    for one in done:
        account(one)


def _bytes(told: Told, had: int, _: int | None) -> None:
    told("bytes", had)
