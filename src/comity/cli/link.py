"""The command that links words to what they may mean."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import click
import typer

from comity.cli.arguments import AsOf, TextFormat
from comity.cli.support import view_of, when_of

app = typer.Typer()


class Kind(StrEnum):
    """What words can be linked to."""

    polity = "polity"
    person = "person"
    agreement = "agreement"
    war = "war"


@app.command()
def link(
    text: Annotated[str, typer.Argument(metavar="TEXT", help='A name or title, with a year or not: "Prussia 1866".')],
    as_of: AsOf = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="Of what; else of polities, and where none is so called, of the rest.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 10,
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
) -> None:
    """What words may mean on a day: each candidate with its weight, and none chosen."""
    from comity.present import linked as told
    from comity.present.wire import dumps
    from comity.query.linked import linked

    if not text.strip():
        raise click.UsageError("TEXT is empty; give a name or title")
    found = linked(view_of(None), text, when_of(as_of, "--as-of"), kind, limit)
    if format is TextFormat.json:
        print(dumps(told.as_json(found)))
        return
    for line in told.text(found):
        print(line)
