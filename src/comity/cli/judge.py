"""The command `comity judge`: judgements of persons on claims, and their retraction."""

from __future__ import annotations

from typing import Annotated

import click
import typer

from comity.cli.arguments import TextFormat
from comity.cli.support import saver, view_of

app = typer.Typer()

_FORMS = "list [A B] | CLAIM CLAIM VERDICT | retract ID"
_HOW = (
    "write comity judge list [A B], comity judge CLAIM CLAIM VERDICT, or comity judge retract ID; "
    "VERDICT is same, different, conflicts, agrees, supersedes, refines, corroborates or stale."
)


@app.command()
def judge(
    words: Annotated[list[str], typer.Argument(metavar=_FORMS, help="What to do; ids may be abbreviated.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Your reason, stored with the judgement.")] = "",
    format: Annotated[TextFormat, typer.Option("--format", help="How a list is printed.")] = TextFormat.text,
) -> None:
    """List judgements on claims, judge two claims, or retract a judgement.

    VERDICT is same or different (one event or two), conflicts or agrees (a contradiction or none), supersedes (the
    first is preferred), refines, corroborates or stale. Nothing is deleted: the latest judgement counts.
    """
    if words[0] == "list" and len(words) in (1, 3):
        _list((words[1], words[2]) if len(words) == 3 else None, format)
    elif words[0] == "retract" and len(words) == 2:
        _retract(words[1], why)
    elif len(words) == 3:
        _judge(*words, why=why)
    else:
        raise click.UsageError(_HOW)


def _list(names: tuple[str, str] | None, format: TextFormat) -> None:
    from comity.present import judged
    from comity.query.judgements import register

    entries = register(view_of(None), names)
    if format is TextFormat.json:
        from comity.present.shapes.replies import Register
        from comity.present.visible import dumps

        print(dumps(Register.of(entries)))
        return
    for line in judged.text(entries):
        print(line)


def _judge(first: str, second: str, word: str, *, why: str) -> None:
    from comity.present.inline import plain
    from comity.present.judged import heading
    from comity.reconcile.verdicts import WORDS, say

    if word not in WORDS:
        raise click.UsageError(f'"{word}" is not a verdict; {_HOW}')
    with saver() as ledger:
        judgement = say(view_of(None), first, second, WORDS[word], ledger.who, why)
        ledger.judgements([judgement])
    print(plain(heading(judgement)))


def _retract(id: str, why: str) -> None:
    from comity.present.inline import plain
    from comity.present.judged import heading
    from comity.reconcile.verdicts import retract

    with saver() as ledger:
        retracted, back = retract(view_of(None), id, ledger.who, why)
        ledger.judgements([retracted, back])
    print(plain(heading(retracted, back)))
