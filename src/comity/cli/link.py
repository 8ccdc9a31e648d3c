"""The command that links words to what they may mean."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import click
import typer

from comity.cli.arguments import AsOf, TextFormat
from comity.cli.support import view_of, when_of

app = typer.Typer()


class LinkKind(StrEnum):
    """The kinds of entities that words can be linked to."""

    polity = "polity"
    person = "person"
    agreement = "agreement"
    war = "war"


@app.command()
def link(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help='A name or title, with or without a year: "Prussia 1866".')
    ],
    as_of: AsOf = None,
    kind: Annotated[
        LinkKind | None,
        typer.Option("--kind", help="The kind of entity; by default polities and, if none matches, the others."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The maximum number.")] = 10,
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
) -> None:
    """What words may mean on a day: every candidate with its weight."""
    from comity.present import meanings as layout
    from comity.query.link import linked

    if not text.strip():
        raise click.UsageError("TEXT is empty; write a name or title")
    candidates = linked(view_of(None), text, when_of(as_of, "--as-of"), kind, limit)
    if format is TextFormat.json:
        from comity.present.shapes.replies import Links
        from comity.present.visible import dumps

        print(dumps(Links.of(candidates)))
        return
    for line in layout.text(candidates):
        print(line)
