"""The command line: arguments, progress and exit codes; what it says comes from query and present.

Exit codes: 0 done; 1 `check` found something, or `ledger verify` did; 2 it could not be done, said in one sentence;
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
from comity.cli.support import say
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
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # typer catches the interrupt of a command, and says nothing
            say("interrupted")
    except ComityError as error:
        code = failed(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.UsageError as error:
        about = f" See: {error.ctx.command_path} --help" if error.ctx else ""
        code = failed(f"{error.format_message()}{about}")
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        code = INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # typer makes a SystemExit of a pipe whose reader has had enough, which is no failure
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        hush()
        code = 0
    except UnicodeEncodeError as error:
        code = failed(f"the answer can't be written in {error.encoding}; set PYTHONIOENCODING=utf-8")
    except OSError as error:
        hush()
        code = failed(f"the answer can't be written: {error.strerror or error}")
    sys.exit(code if isinstance(code, int) else 0)


def failed(why: str) -> int:
    say(why)
    return 2


def hush() -> None:
    """Point standard output elsewhere: nobody can take what it still holds, and closing it would complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
