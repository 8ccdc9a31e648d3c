"""The commands that read documents: read and check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.arguments import DATE, AnyAddress, Jobs
from comity.cli.support import FAILED, bar, judged, polities_of, say, view_of, when_of, who
from comity.errors import BadDocument

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
    allow_private_addresses: AnyAddress = False,
) -> None:
    """The claims in documents, each with the passage that makes it. What can't be read does not keep the others."""
    from comity.model import Published, PublishedBasis
    from comity.present import reading
    from comity.reading import portions, unread

    when = when_of(published, "--published")
    given = Published(when, PublishedBasis.GIVEN) if when else None
    parties = polities_of(about)
    documents, refused = _gathered(paths, parties, given, allow_private_addresses)
    written = reading.jsonl if format is ReadFormat.jsonl else reading.text
    with bar(sum(len(document.text) for document in documents)) as told:
        found = _followed(portions(documents, jobs=jobs), told)
        for line in written(_keeping(found) if save else found, explain):
            sys.stdout.write(f"{line}\n")  # in one piece: an interrupt leaves no half of a line
            sys.stdout.flush()
    for document in documents:
        if why := unread(document):
            say(f"{document.path}: {why}")
    _account(documents, refused)


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
    allow_private_addresses: AnyAddress = False,
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
    documents, refused = _gathered(paths, polities_of(about), given, allow_private_addresses)
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
    _account(documents, refused)
    raise typer.Exit(1 if any(held for _, held in found) else 0)


def _gathered(
    paths: list[str], about: tuple[str, ...], published: Published | None, private: bool
) -> tuple[list[Document], list[BadDocument]]:
    """The documents at paths and addresses, and what speaks against each that can't be read.

    Raises the `BadDocument` of the only one, so that nothing else is said or done.
    """
    from comity.reading.text.load import files, opened
    from comity.reading.text.web import addressed, fetched

    documents: list[Document] = []
    refused: list[BadDocument] = []
    for path in paths:
        try:
            if addressed(path):
                documents.append(fetched(path, about=about, published=published, private=private))
                continue
            members = files(path)
        except BadDocument as error:
            refused.append(error)
            continue
        for file in members:
            try:
                documents.append(opened(file, about=about, published=published))
            except BadDocument as error:
                refused.append(error)
    if not documents and len(refused) == 1:
        raise refused[0]
    return documents, refused


def _account(documents: list[Document], refused: list[BadDocument]) -> None:
    """Say what was uncertain, and what could not be read, which ends the command with exit code 2."""
    from comity.present.reading import name

    for document in documents:
        if document.caution:
            say(f"{name(document)}: {document.caution}")
    for error in refused:
        say(str(error))
    if refused:
        count = len(documents) + len(refused)
        say(f"{len(refused):,} of {count:,} documents could not be read; the reasons are above")
        raise typer.Exit(FAILED)


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
