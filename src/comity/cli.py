"""The command line: arguments, progress and exit codes; what it says comes from query and present.

Exit codes: 0 done; 1 `check` found something, or `ledger verify` did; 2 it could not be done, said in one sentence;
130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from comity import __version__
from comity.cli_panel import app as panel_app
from comity.errors import ComityError, MissingFile

if TYPE_CHECKING:
    from comity.ledger import View
    from comity.ledger.ingest import Ingested, Told
    from comity.model import Claim, Document, Published, Source, When
    from comity.reading import Portion
    from comity.sources.base import Adapter

app = typer.Typer(
    name="comity",
    help="The state of relations between two polities on a given day, according to whom, and known by when.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sources_app = typer.Typer(help="The sources that claims come from.", no_args_is_help=True)
ledger_app = typer.Typer(help="Your own ledger, in COMITY_HOME.", no_args_is_help=True)
app.add_typer(sources_app, name="sources")
app.add_typer(ledger_app, name="ledger")
app.add_typer(panel_app, name="panel")


class BriefFormat(StrEnum):
    """How a brief is printed."""

    md = "md"
    json = "json"


class TextFormat(StrEnum):
    """How an answer or a timeline is printed."""

    text = "text"
    json = "json"


class ReadFormat(StrEnum):
    """How claims are printed."""

    text = "text"
    jsonl = "jsonl"


class CheckFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    jsonl = "jsonl"
    sarif = "sarif"


class CiteFormat(StrEnum):
    """How a source is cited."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


_INTERRUPTED = 130
_DATE = "DATE"
One = Annotated[str, typer.Argument(metavar="A", help="A polity: a name of its time, a demonym or a code.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other polity.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar=_DATE, help="The day asked about; today by default.")]
KnownBy = Annotated[str | None, typer.Option("--known-by", metavar=_DATE, help="Only what was published by then.")]
LedgerVersion = Annotated[
    int | None, typer.Option("--ledger-version", min=0, help="Your ledger as recorded at a version.")
]
Mirror = Annotated[
    Path | None,
    typer.Option("--mirror", metavar="DIR", help="Take sources' files from DIR/<source>, not the network."),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE…]", help="Sources, or the group research; all by default."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes to read with.")]


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"comity {__version__}")
        raise typer.Exit


@app.command()
def brief(
    a: One,
    b: Other,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    format: Annotated[BriefFormat, typer.Option("--format", help="Markdown or JSON.")] = BriefFormat.md,
    mirror: Mirror = None,
    ledger_version: LedgerVersion = None,
) -> None:
    """The dossier of two polities on a day: status, how it came to be, what sources disagree on."""
    from comity.query.dossier import dossier

    found = dossier(_view(ledger_version), a, b, _when(as_of, "--as-of"), _when(known_by, "--known-by"))
    if format is BriefFormat.json:
        from comity.present import wire

        print(wire.dumps(wire.dossier(found)))
        return
    from comity.present.brief import brief as written

    _page(written(found, _passages(found.claims(), mirror)))


@app.command()
def ask(
    a: One,
    b: Other,
    relation: Annotated[
        str, typer.Argument(metavar="RELATION", help="relations, recognition, mission, war … or a term.")
    ],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
    ledger_version: LedgerVersion = None,
) -> None:
    """One relation's status on a day, with its evidence and its conflicts."""
    from comity.query.ask import ask as asked

    view = _view(ledger_version)
    found = asked(view, a, b, relation, _when(as_of, "--as-of"), _when(known_by, "--known-by"))
    if format is TextFormat.json:
        from comity.present import wire

        print(wire.dumps(wire.answer(found, view.sources())))
        return
    from comity.present.answer import answer

    print(answer(found, view.sources()))


@app.command()
def timeline(
    a: One,
    b: Other,
    begin: Annotated[str | None, typer.Option("--from", metavar=_DATE, help="The first day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar=_DATE, help="The last day.")] = None,
    known_by: KnownBy = None,
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
    ledger_version: LedgerVersion = None,
) -> None:
    """Everything told of two polities, in order of time."""
    from comity.query.timeline import timeline as ordered

    view = _view(ledger_version)
    found = ordered(view, a, b, _when(begin, "--from"), _when(end, "--to"), _when(known_by, "--known-by"))
    if format is TextFormat.json:
        from comity.present import wire

        print(wire.dumps(wire.timeline(found)))
        return
    from comity.present.answer import timeline as written

    print(written(found))


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, URLs, or - for standard input.")],
    about: Annotated[list[str] | None, typer.Option("--about", help="A polity that the document is about.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar=_DATE, help="When it was published.")] = None,
    jobs: Jobs = 1,
    format: Annotated[ReadFormat, typer.Option("--format", help="Text, or a JSON object a line.")] = ReadFormat.text,
    save: Annotated[bool, typer.Option("--save", help="Keep the claims in your ledger.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each claim was come to.")] = False,
) -> None:
    """The claims in documents, each with the passage that makes it."""
    from comity.model import Published, PublishedBasis
    from comity.present import reading
    from comity.reading import portions, unread

    when = _when(published, "--published")
    given = Published(when, PublishedBasis.GIVEN) if when else None
    parties = _polities(about)
    documents = [each for path in paths for each in _documents(path, parties, given)]
    written = reading.jsonl if format is ReadFormat.jsonl else reading.text
    with _bar(sum(len(document.text) for document in documents)) as told:
        found = _followed(portions(documents, jobs=jobs), told)
        for line in written(_keeping(found) if save else found, explain):
            sys.stdout.write(f"{line}\n")  # in one piece: an interrupt leaves no half of a line
            sys.stdout.flush()
    for document in documents:
        if why := unread(document):
            _say(f"{document.path}: {why}")


@app.command()
def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, URLs, or - for standard input.")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar=_DATE, help="The day it is read; else today.")] = None,
    about: Annotated[list[str] | None, typer.Option("--about", help="A polity that the document is about.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar=_DATE, help="When it was published.")] = None,
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

    view, when = _view(None), _when(published, "--published")
    asked = _when(as_of, "--as-of")
    given = Published(when, PublishedBasis.GIVEN) if when else None
    off = (*(ignored() if ignore is None else ()), *(ignore or ()))
    documents = [each for path in paths for each in _documents(path, _polities(about), given)]
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


@app.command()
def diff(
    names: Annotated[list[str] | None, typer.Argument(metavar="[A B]", help="A pair; every pair by default.")] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE|VERSION", help="A day of publication, or a version of your ledger.")
    ] = "",
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
) -> None:
    """What came to be known since a day, or was recorded since a version of your ledger."""
    from comity.present import changes
    from comity.present.wire import dumps
    from comity.query.diff import diff as differing

    parties = frozenset(_polities(names)) or None
    if parties is not None and len(parties) != 2:
        raise click.UsageError("give two polities, or none for every pair")
    version = re.fullmatch(r"v?(\d{1,3})", since)
    if not since:
        raise click.UsageError("give --since: a date, or a version of your ledger")
    before = _view(int(version[1])) if version else _view(None)
    found = differing(before, _view(None), parties, None if version else _when(since, "--since"))
    if format is TextFormat.json:
        print(dumps(changes.as_json(found, since)))
        return
    for line in changes.text(found, f"version {version[1]}" if version else since):
        print(line)


@app.command()
def polities(
    like: Annotated[
        str | None, typer.Option("--like", metavar="NAME", help="Those whose name or code is like this.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 10,
) -> None:
    """Polities by name and code, with their lifespans."""
    from comity.present.polities import line
    from comity.reconcile.names import like as alike
    from comity.sources.gazetteer import gazetteer

    for polity in alike(like, limit) if like else gazetteer():
        print(line(polity))


@app.command("build-embedded")
def build_embedded(
    mirror: Mirror = None,
    target: Annotated[Path | None, typer.Option("--target", help="Where to make it, if not in the package.")] = None,
    jobs: Jobs = 1,
) -> None:
    """Make the embedded ledger anew from its five sources (for maintainers)."""
    from comity.ledger.embedded import build

    with _progress() as told:
        done = build(mirror, target, jobs=jobs, told=told)
    for one in done:
        _account(one)


@sources_app.command("list")
def sources_list(
    ids: Ids = None,
) -> None:
    """Each source: its edition, licence, and the claims of it that are held."""
    from comity.present.cite import in_full

    held = _view(None).counts()
    for made in _adapters(ids):
        print(f"{made.source.id}: {in_full(made.source)} {held.get(made.source.edition, 0):,} claims held.")


@sources_app.command("fetch")
def sources_fetch(
    ids: Ids = None,
    mirror: Mirror = None,
) -> None:
    """Download sources' pinned commits into COMITY_HOME and verify every file.

    With a mirror, its files are verified where they are. What the package does not carry is added to your ledger.
    """
    from comity.ledger.embedded import holds

    made = {one.source.id: one for one in _adapters(ids)}
    with _progress() as told:
        for source, folder in _fetched([one.source for one in made.values()], mirror, told):
            print(f"{source.edition}: verified in {folder}")
            if not holds(source):
                _account(_added(made[source.id], folder, told), named=False)


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

    return ingest(made, folder, Writer(own()), who=_who(), prose=prose, jobs=jobs, told=told)


@sources_app.command("cite")
def sources_cite(
    ids: Ids = None,
    format: Annotated[CiteFormat, typer.Option("--format", help="A sentence, BibTeX or CSL-JSON.")] = CiteFormat.text,
) -> None:
    """How to cite a source."""
    from comity.present import cite
    from comity.present.wire import dumps

    found = [made.source for made in _adapters(ids)]
    if format is CiteFormat.csl:
        print(dumps([cite.csl(source) for source in found]))
        return
    written = cite.bibtex if format is CiteFormat.bibtex else cite.in_full
    for source in found:
        print(written(source))


@sources_app.command("add")
def sources_add(
    ids: Ids = None,
    mirror: Mirror = None,
    prose: Annotated[bool, typer.Option("--prose/--no-prose", help="Read a source's prose too.")] = True,
    jobs: Jobs = 1,
) -> None:
    """Read sources' files into your ledger, a version a source; what is held is not added again."""
    from comity.sources.fetch import locate

    for made in _adapters(ids):
        with _progress() as told:
            done = _added(made, locate(made.source, mirror), told, prose=prose, jobs=jobs)
        _account(done)


@ledger_app.command("log")
def ledger_log() -> None:
    """Each version of your ledger: when, who, what source and adapter, how many claims."""
    from comity.ledger import entries, own

    for entry in entries(own()):
        counts = " ".join(f"{name}={value}" for name, value in entry.note.items())
        print(
            f"{entry.version}  {entry.when:%Y-%m-%d %H:%M:%S}Z  {entry.who}  {entry.adapter}  +{entry.added}  {counts}"
        )


@ledger_app.command("verify")
def ledger_verify(
    embedded: Annotated[bool, typer.Option("--embedded", help="The ledger that comes with comity.")] = False,
) -> None:
    """Whether every version opens, every file is whole and every id is the hash of its claim."""
    from comity.ledger import own, verify
    from comity.ledger.embedded import embedded as shipped

    found = verify(str(shipped()) if embedded else own())
    print(
        f"{found.url}: whole: {found.versions:,} versions, {found.files:,} files, {found.claims:,} claims, "
        f"{found.orphans:,} files of unfinished writes"
    )


@ledger_app.command("export")
def ledger_export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file: .parquet, .csv or .jsonl.")],
) -> None:
    """Every claim held, embedded and your own, as Parquet, CSV or JSON lines."""
    from comity.ledger.export import export

    many = export(_view(None), output)
    print(f"{output}: {many:,} claims")


def _view(version: int | None) -> View:
    """The embedded ledger and the user's own, read as one."""
    from comity.ledger import View, own
    from comity.ledger.embedded import embedded

    mine = own()
    return View(embedded(), mine, versions={mine: version} if version is not None else None)


def _when(text: str | None, option: str) -> When | None:
    from comity.errors import BadDate
    from comity.model import When

    if text is None:
        return None
    try:
        return When.parse(text)
    except BadDate as error:
        raise BadDate(f"{option}: {error}", offender=text) from error


def _polities(names: list[str] | None) -> tuple[str, ...]:
    from comity.reconcile.names import resolve

    return tuple(resolve(name).polity.id for name in names or [])


def _adapters(ids: list[str] | None) -> list[Adapter]:
    from comity.sources.registry import chosen

    return chosen(ids or ())


def _passages(claims: Iterable[Claim], mirror: Path | None) -> dict[tuple[str, str], str]:
    """Quotations for the notes, where a mirror or fetched files are at hand."""
    if mirror is not None and not mirror.is_dir():
        raise MissingFile(f"there is no mirror {mirror}; give a folder with one folder a source", offender=mirror)
    from comity.sources.home import home, mirrored

    if mirrored(mirror) is None and not (home() / "sources").is_dir():
        return {}  # and so without the adapters, and the library that reads their files
    from comity.sources.passages import passages

    return passages(((claim.source, claim.locator) for claim in claims), mirror)


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

    claims: list[Claim] = []
    for portion in found:
        claims += [item.claim for item in portion.found]
        if portion.ends:
            done = keep(portion.document, claims, _who())
            _say(f"{portion.document.path}: {done.added} claims kept, {done.held} held already")
            claims = []
        yield portion


def _account(done: Ingested, named: bool = True) -> None:
    """What became of every record of a source: the counts, and the skips one by one or how to have them named."""
    found = done.harvest
    left_out = (*found.skips, *found.omissions)
    for why in left_out if named else ():
        _say(f"skipped: {why}")
    if left_out and not named:
        _say(
            f"{done.source}: {len(left_out):,} things left out; each with its reason: comity sources add {done.source}"
        )
    print(
        f"{done.source}: {found.records:,} records = {found.claimed:,} with claims + {found.documented:,} with prose "
        f"only + {len(found.skips):,} skipped; {found.prose:,} of {len(found.documents):,} documents read; "
        f"{len(found.claims):,} claims, {done.appended.added:,} new"
    )


def _bytes(told: Told, had: int, _: int | None) -> None:
    told("bytes", had)


def _who() -> str:
    """Who appends: the name of the user's account, as far as the system tells it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _page(text: str) -> None:
    """Markdown laid out on a terminal; as it is into a pipe or file, and where NO_COLOR asks for no codes."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _say(text: str) -> None:
    print(f"comity: {text}", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Told]:
    """Progress on the terminal's error stream; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("…", console=Console(stderr=True)) as shown:
        yield lambda what, done: shown.update(f"{what} {done:,}")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
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


def main() -> None:
    """Run the command line; a mistake of the user's ends in one sentence and exit code 2."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        if code == _INTERRUPTED:  # typer catches the interrupt of a command, and says nothing
            _say("interrupted")
    except ComityError as error:
        code = _failed(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.UsageError as error:
        about = f" See: {error.ctx.command_path} --help" if error.ctx else ""
        code = _failed(f"{error.format_message()}{about}")
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        code = _INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # typer makes a SystemExit of a pipe whose reader has had enough, which is no failure
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        _hush()
        code = 0
    except UnicodeEncodeError as error:
        code = _failed(f"the answer can't be written in {error.encoding}; set PYTHONIOENCODING=utf-8")
    except OSError as error:
        _hush()
        code = _failed(f"the answer can't be written: {error.strerror or error}")
    sys.exit(code if isinstance(code, int) else 0)


def _failed(why: str) -> int:
    _say(why)
    return 2


def _hush() -> None:
    """Point standard output elsewhere: nobody can take what it still holds, and closing it would complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
