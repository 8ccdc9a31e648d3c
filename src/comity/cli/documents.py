"""The commands that read documents: read and check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.arguments import DATE, Jobs
from comity.cli.support import bar, judged, polities_of, say, view_of, when_of, who

if TYPE_CHECKING:
    from comity.model import Claim, Document, Published
    from comity.reading import Portion

app = typer.Typer()


class ReadFormat(StrEnum):
    """How claims are printed."""

    text = "text"
    jsonl = "jsonl"


class CheckFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    jsonl = "jsonl"
    sarif = "sarif"


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, URLs, or - for standard input.")],
    about: Annotated[list[str] | None, typer.Option("--about", help="A polity that the document is about.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar=DATE, help="When it was published.")] = None,
    jobs: Jobs = 1,
    format: Annotated[ReadFormat, typer.Option("--format", help="Text, or a JSON object a line.")] = ReadFormat.text,
    save: Annotated[bool, typer.Option("--save", help="Keep the claims in your ledger.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each claim was come to.")] = False,
) -> None:
    """The claims in documents, each with the passage that makes it."""
    from comity.model import Published, PublishedBasis
    from comity.present import reading
    from comity.reading import portions, unread

    when = when_of(published, "--published")
    given = Published(when, PublishedBasis.GIVEN) if when else None
    parties = polities_of(about)
    documents = [each for path in paths for each in _documents(path, parties, given)]
    written = reading.jsonl if format is ReadFormat.jsonl else reading.text
    with bar(sum(len(document.text) for document in documents)) as told:
        found = _followed(portions(documents, jobs=jobs), told)
        for line in written(_keeping(found) if save else found, explain):
            sys.stdout.write(f"{line}\n")  # in one piece: an interrupt leaves no half of a line
            sys.stdout.flush()
    for document in documents:
        if why := unread(document):
            say(f"{document.path}: {why}")


@app.command()
def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, URLs, or - for standard input.")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar=DATE, help="The day it is read; else today.")] = None,
    about: Annotated[list[str] | None, typer.Option("--about", help="A polity that the document is about.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar=DATE, help="When it was published.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="A rule or code that is switched off.")] = None,
    format: Annotated[CheckFormat, typer.Option("--format", help="Text, JSON lines or SARIF.")] = CheckFormat.text,
    fix_suggestions: Annotated[
        bool, typer.Option("--fix-suggestions", help="Print a patch that writes the suggestions.")
    ] = False,
) -> None:
    """What is stale, contradicted, repeated, garbled, imprecise or unsupported on a page. Exit code 1 for findings."""
    from comity.model import Published, PublishedBasis
    from comity.present import findings
    from comity.query.check import check as checked
    from comity.query.pair import today
    from comity.settings import ignored

    view, when = view_of(None), when_of(published, "--published")
    asked = when_of(as_of, "--as-of")
    given = Published(when, PublishedBasis.GIVEN) if when else None
    off = (*(ignored() if ignore is None else ()), *(ignore or ()))
    documents = [each for path in paths for each in _documents(path, polities_of(about), given)]
    found = [(each, checked(each, view, asked.latest if asked else today(), off)) for each in documents]
    for each, held in found:
        if fix_suggestions:
            print(findings.patch(each, held), end="")
        elif format is not CheckFormat.sarif:
            written = findings.jsonl if format is CheckFormat.jsonl else findings.text
            for line in written(each, held, view.sources()):
                print(line)
    if format is CheckFormat.sarif and not fix_suggestions:
        print(findings.sarif(found))
    raise typer.Exit(1 if any(held for _, held in found) else 0)


def _documents(path: str, about: tuple[str, ...], published: Published | None) -> list[Document]:
    from comity.reading.web import SCHEMES, fetched

    if path.startswith(SCHEMES):
        return [fetched(path, about=about, published=published)]
    from comity.reading import load

    return load(path, about=about, published=published)


def _followed(found: Iterable[Portion], told: Callable[[int], None]) -> Iterator[Portion]:
    """Portions as they pass, each time with the characters read so far told."""
    before = 0
    for portion in found:
        yield portion
        before += len(portion.document.text) if portion.ends else 0
        told(before + (0 if portion.ends else portion.end))


def _keeping(found: Iterable[Portion]) -> Iterator[Portion]:
    """Portions as they pass; a document's claims are kept in one piece when it ends, or not at all."""
    from comity.ledger.pages import keep

    judged()  # what a killed run left
    claims: list[Claim] = []
    for portion in found:
        claims += [item.claim for item in portion.found]
        if portion.ends:
            done = keep(portion.document, claims, who())
            judged()
            say(f"{portion.document.path}: {done.added} claims kept, {done.held} held already")
            claims = []
        yield portion
