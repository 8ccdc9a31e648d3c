"""The commands of `comity sources`, and the one that builds the embedded ledger."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.arguments import Ids, Jobs, Mirror
from comity.cli.support import account, adapters_of, progress, saver, view_of

if TYPE_CHECKING:
    from comity.ledger.ingest import Report
    from comity.model import Source

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
    """Each source: its edition, its licence, and the number of its claims in the ledgers."""
    from comity.present.cite import in_full
    from comity.present.inline import plain

    counts = view_of(None).counts()
    for adapter in adapters_of(ids):
        source = adapter.source
        print(f"{source.id}: {plain(in_full(source))} {counts.get(source.edition, 0):,} claims stored.")


@app.command("fetch")
def sources_fetch(
    ids: Ids = None,
    mirror: Mirror = None,
) -> None:
    """Download sources' pinned commits into COMITY_HOME and verify every file.

    With a mirror, its files are verified where they are. Sources that are not in the package are added to your ledger.
    """
    from comity.ledger.open import holds

    chosen = {adapter.source.id: adapter for adapter in adapters_of(ids)}
    with progress() as report, saver() as ledger:
        for source, folder in _fetch([adapter.source for adapter in chosen.values()], mirror, report):
            print(f"{source.edition}: verified in {folder}")
            if not holds(source):
                ingested = ledger.source(chosen[source.id], folder, report=report)
                account(ingested, reasons=False)


def _fetch(sources: list[Source], mirror: Path | None, report: Report) -> Iterator[tuple[Source, Path]]:
    """Each source with the folder of its verified files, in a mirror or downloaded."""
    from comity.sources.fetch import fetch_all, locate
    from comity.sources.folders import mirrored

    if mirrored(mirror) is None:
        yield from fetch_all(sources, progress=partial(_bytes, report))
    else:
        yield from ((source, locate(source, mirror)) for source in sources)


@app.command("cite")
def sources_cite(
    ids: Ids = None,
    format: Annotated[CiteFormat, typer.Option("--format", help="A sentence, BibTeX or CSL-JSON.")] = CiteFormat.text,
) -> None:
    """How to cite a source."""
    from comity.present import cite
    from comity.present.inline import plain
    from comity.present.visible import dumps

    sources = [adapter.source for adapter in adapters_of(ids)]
    if format is CiteFormat.csl:
        print(dumps([cite.csl(source) for source in sources]))
        return
    for source in sources:
        print(cite.bibtex(source) if format is CiteFormat.bibtex else plain(cite.in_full(source)))


@app.command("add")
def sources_add(
    ids: Ids = None,
    mirror: Mirror = None,
    prose: Annotated[bool, typer.Option("--prose/--no-prose", help="Also read the source's prose.")] = True,
    jobs: Jobs = 1,
) -> None:
    """Read the files of sources into your ledger, a version for each source; known claims are not added again."""
    from comity.sources.fetch import locate

    with saver() as ledger:
        for adapter in adapters_of(ids):
            with progress() as report:
                folder = locate(adapter.source, mirror)
                ingested = ledger.source(adapter, folder, prose=prose, jobs=jobs, report=report)
            account(ingested)


def build_embedded(
    mirror: Mirror = None,
    target: Annotated[
        Path | None, typer.Option("--target", help="The folder to build it in; by default the package.")
    ] = None,
    jobs: Jobs = 1,
) -> None:
    """Rebuild the embedded ledger from its five sources (for maintainers)."""
    from comity.ledger.build import build

    with progress() as report:
        harvests = build(mirror, target, jobs=jobs, report=report)
    for ingested in harvests:
        account(ingested)


def _bytes(report: Report, count: int, _: int | None) -> None:
    report("bytes", count)
