"""The commands of `comity ledger`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.support import send, view_of

app = typer.Typer(help="Your own ledger, in COMITY_HOME.", no_args_is_help=True)


@app.command("log")
def ledger_log() -> None:
    """Each version of your ledger: when, who, what source and adapter, how many claims."""
    from comity.ledger import entries, own
    from comity.present.inline import plain

    for entry in entries(own()):
        counts = " ".join(f"{name}={value}" for name, value in entry.note.items())
        header = f"{entry.version}  {entry.when:%Y-%m-%d %H:%M:%S}Z  {entry.who}  {entry.adapter}"
        print(plain(f"{header}  +{entry.added}  {counts}"))


@app.command("verify")
def ledger_verify(
    embedded: Annotated[bool, typer.Option("--embedded", help="The embedded ledger.")] = False,
) -> None:
    """Verify that every file has the hash in the log, and that every id is the hash of its claim."""
    from comity.ledger import own, verify
    from comity.ledger.open import verify_embedded

    verified = verify_embedded() if embedded else verify(own())
    print(
        f"{verified.url}: whole: {verified.versions:,} versions, {verified.files:,} files, {verified.claims:,} claims, "
        f"{verified.judgements:,} judgements, {verified.orphans:,} files of unfinished writes"
    )
    if verified.uncovered:
        print(
            f"{verified.uncovered:,} of the versions were written by an older comity, without hashes: changes to "
            "their quotes, confidence and log entries can't be detected. The next append covers them as they are."
        )


@app.command("export")
def ledger_export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file: .parquet, .csv, .jsonl, .jsonld or .sqlite.")
    ],
) -> None:
    """All claims, embedded and your own, as Parquet, CSV, JSON lines, JSON-LD or an SQLite database."""
    from comity.present.export.base import Claims
    from comity.present.export.exporters import for_file

    exporter, view = for_file(output, "claims"), view_of(None)
    claims = tuple(view.claims())
    send(exporter, Claims(claims, view.sources()), output)
    print(f"{output}: {len(claims):,} claims")
