"""The commands that read documents: read and check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.arguments import DATE, AnyAddress, Jobs
from comity.cli.support import FAILED, bar, polities_of, saver, say, view_of, when_of
from comity.errors import BadDocument

if TYPE_CHECKING:
    from comity.ledger.save import Saver
    from comity.model import Claim, Document, Published, Source
    from comity.query.check import Finding
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
    format: Annotated[ReadFormat, typer.Option("--format", help="Text, or JSON lines.")] = ReadFormat.text,
    save: Annotated[bool, typer.Option("--save", help="Save the claims in your ledger.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how each claim was derived.")] = False,
    allow_private_addresses: AnyAddress = False,
) -> None:
    """The claims in documents, each with the passage that makes it. An unreadable document does not stop the others."""
    from comity.model import Published, PublishedBasis
    from comity.present import reading
    from comity.reading import portions

    when = when_of(published, "--published")
    publication = Published(when, PublishedBasis.GIVEN) if when else None
    parties = polities_of(about)
    documents, refused = _load(paths, parties, publication, allow_private_addresses)
    written = reading.jsonl if format is ReadFormat.jsonl else reading.text
    with (
        bar(sum(len(document.text) for document in documents)) as advance,
        saver() if save else nullcontext() as ledger,
    ):
        stream = _reporting(portions(documents, jobs=jobs), advance)
        for line in written(_saving(stream, ledger) if ledger else stream, explain):
            sys.stdout.write(f"{line}\n")  # in one call: an interrupt leaves no partial line
            sys.stdout.flush()
    _report(documents, refused)


@app.command()
def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, URLs, or - for standard input.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar=DATE, help="The day it is read; today by default.")
    ] = None,
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
    day = when_of(as_of, "--as-of")
    publication = Published(when, PublishedBasis.GIVEN) if when else None
    off = (*(ignored() if ignore is None else ()), *(ignore or ()))
    documents, refused = _load(paths, polities_of(about), publication, allow_private_addresses)
    results = [(each, checked(each, view, day.latest if day else today(), off)) for each in documents]
    for each, problems in results:
        if fix_suggestions:
            print(findings.patch(each, problems), end="")
        elif format is not CheckFormat.sarif:
            for line in _lines(each, problems, view.sources(), format):
                print(line)
    if format is CheckFormat.sarif and not fix_suggestions:
        print(findings.sarif(results))
    _report(documents, refused)
    raise typer.Exit(1 if any(problems for _, problems in results) else 0)


def _lines(
    document: Document, problems: list[Finding], sources: Mapping[str, Source], format: CheckFormat
) -> Iterable[str]:
    """The findings on a document: a JSON object a line (docs/interfaces.md), or text."""
    if format is CheckFormat.jsonl:
        from comity.present.shapes.texts import Finding as Shape
        from comity.present.visible import dumps

        return (dumps(Shape.of(document, problem, sources), None) for problem in problems)
    from comity.present import findings

    return findings.text(document, problems)


def _load(
    paths: list[str], about: tuple[str, ...], published: Published | None, private: bool
) -> tuple[list[Document], list[BadDocument]]:
    """The documents at paths and addresses, and an error for each that can't be read.

    Raises the error of the only document, so that it is reported alone.
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


def _report(documents: list[Document], refused: list[BadDocument]) -> None:
    """Report what was uncertain, and what could not be read; the latter ends the command with exit code 2."""
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


def _reporting(portions: Iterable[Portion], advance: Callable[[int], None]) -> Iterator[Portion]:
    """The portions, while `advance` gets the number of characters read so far; after a document, what is unread."""
    from comity.reading import unread

    before = 0
    for portion in portions:
        yield portion
        before += len(portion.document.text) if portion.ends else 0
        advance(before + (0 if portion.ends else portion.end))
        if portion.ends and (why := unread(portion.document)):
            say(f"{portion.document.path}: {why}")


def _saving(portions: Iterable[Portion], ledger: Saver) -> Iterator[Portion]:
    """The portions; a document's claims are saved together at its end, or not at all."""
    claims: list[Claim] = []
    for portion in portions:
        claims += [item.claim for item in portion.found]
        if portion.ends:
            appended = ledger.document(portion.document, claims)
            say(f"{portion.document.path}: {appended.added} claims saved, {appended.held} already in the ledger")
            claims = []
        yield portion
