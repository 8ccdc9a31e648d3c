"""The command line: arguments, progress and exit codes; its output comes from query and present.

Exit codes: 0 success; 1 findings of `check`, or of `ledger verify`; 2 failure, explained in one sentence;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import click
import typer

from comity import __version__
from comity.cli import answers, documents, follow, judge, ledger, link, mcp, panel, serve, sources
from comity.cli.support import FAILED, say
from comity.errors import ComityError

app = typer.Typer(
    name="comity",
    help="The state of relations between two polities on a given day, according to whom, and known by when.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for commands in (answers, link, documents, follow, judge, serve, mcp):
    app.add_typer(commands.app)
app.add_typer(sources.app, name="sources")
app.add_typer(ledger.app, name="ledger")
app.add_typer(panel.app, name="panel")
app.command("build-embedded")(sources.build_embedded)

INTERRUPTED = 130


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"comity {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; a mistake of the user's ends in one sentence and exit code 2."""
    _open_streams()
    code = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    except OSError as error:
        _hush()
        code = code or _failed(f"the answer can't be written: {error.strerror or error}")
    sys.exit(code)


def _run() -> int:
    """Run the command that the arguments name; its exit code."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # typer catches the interrupt of a command, and says nothing
            say("interrupted")
    except ComityError as error:
        code = _failed(str(error), error.hint)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.UsageError as error:
        about = f" See: {error.ctx.command_path} --help" if error.ctx else ""
        code = _failed(f"{error.format_message()}{about}")
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        code = INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # typer turns a pipe that its reader closed into a SystemExit, which is not a failure
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        _hush()
        code = 0
    except UnicodeEncodeError as error:
        code = _failed(_unwritten(error))
    except OSError as error:
        code = _failed(_refused(error))
    except MemoryError:
        code = _failed("not enough memory; process less at a time")
    return code if isinstance(code, int) else 0


def _failed(message: str, hint: str = "") -> int:
    say(message, hint)
    return FAILED


def _unwritten(error: UnicodeEncodeError) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in error.object[error.start : error.end]):
        return "an argument or file name contains bytes that are not UTF-8; write it in UTF-8"
    return f"the answer can't be written in {error.encoding}; set PYTHONIOENCODING=utf-8"


def _refused(error: OSError) -> str:
    """The system's error about a file; about standard output when it names no file."""
    why = error.strerror or str(error)
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)} can't be used: {why}"
    _hush()
    return f"the answer can't be written: {why}"


def _hush() -> None:
    """Redirect standard output to nowhere: its buffer can't be written, and closing it would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """Replace standard output and standard error where the caller closed them.

    Otherwise the first file that is opened would get their number, and receive what is printed. The replacement of the
    output can't be written, so that a lost answer is a failure; lost messages are not.
    """
    if sys.stdout is None:
        sys.stdout = os.fdopen(_null(1, os.O_RDONLY), "w", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(_null(2, os.O_WRONLY), "w", closefd=False)


def _null(number: int, mode: int) -> int:
    handle = os.open(os.devnull, mode)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    return number
