"""The commands that follow: digest and watch."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import click
import typer

from comity.cli.arguments import DATE, One, Other
from comity.cli.support import say, view_of, when_of

app = typer.Typer()

_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_FAILED = 1


@app.command()
def digest(
    a: One,
    b: Other,
    since: Annotated[str, typer.Option("--since", metavar=DATE, help="Report news after this day.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the mail to a file, such as mail.eml.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="Mail it to this address.")] = None,
    smtp: Annotated[
        str | None,
        typer.Option(
            "--smtp", metavar="URL", envvar="COMITY_SMTP", show_envvar=False,
            help="The mail server: smtp://, starttls:// or smtps://[USER[:PASSWORD]@]HOST[:PORT]. Also COMITY_SMTP.",
        ),
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="The sender's address.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where `comity serve` is, for links.")
    ] = None,
) -> None:  # fmt: skip
    """The news about two polities since a day, as a mail; printed unless it is sent or saved."""
    from comity.follow import output_files
    from comity.follow.digest import digest as digested
    from comity.follow.links import LOCAL
    from comity.follow.mail import SENDER, mail
    from comity.follow.smtp import Server
    from comity.present import english
    from comity.query.news import Scope
    from comity.query.news import since as news_since

    if to is not None and smtp is None:
        raise click.UsageError("give the server with --smtp, or in COMITY_SMTP")
    server, scope = Server.of(smtp) if to is not None and smtp else None, Scope.of([a, b])
    day = when_of(since, "--since")
    assert day is not None
    base = (base_url or LOCAL).rstrip("/")
    letter = digested(news_since(view_of(None), scope, day), scope, day, base)
    if letter is None:
        print(f"Nothing new since {english.day(day)}.")
        return
    message = mail(letter, sender or SENDER, to or sender or SENDER)
    if output is not None:
        output_files.write(message.as_bytes(), output)
        print(f"{output}: {letter.subject}")
    if server is not None:
        server.send(message)
        print(f"{to}: {letter.subject}")
    if output is None and server is None:
        print(letter.text, end="")


@app.command()
def watch(
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="The subscriptions; COMITY_HOME/subscriptions.toml by default."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Run them once and exit.")] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="Run them again after this time: 30m, 6h, 1d or 1w.")
    ] = "1d",
) -> None:
    """Report to each subscription what is new since its last report. Exit code 1 when one failed, with --once."""
    from time import sleep

    seconds = _seconds(every)
    while True:
        failed = _round(config)
        if once:
            raise typer.Exit(_FAILED if failed else 0)
        sleep(seconds)


def _round(config: Path | None) -> bool:
    """Run every subscription once and report each outcome; returns whether one failed."""
    from comity.follow.subscriptions import subscriptions
    from comity.follow.watch import watch as watched

    failed = False
    for outcome in watched(view_of(None), subscriptions(config)):
        if outcome.failed:
            failed = True
            say(f"{outcome.name}: {outcome.done}")
        else:
            print(f"{outcome.name}: {outcome.done}", flush=True)
    return failed


def _seconds(text: str) -> int:
    """A time in seconds.

    >>> _seconds("90m"), _seconds("1d")
    (5400, 86400)
    """
    match = re.fullmatch(r"([1-9]\d{0,3})([mhdw])", text)
    if match is None:
        raise click.UsageError(f"--every {text}: give minutes, hours, days or weeks, as 30m, 6h, 1d or 1w")
    return int(match[1]) * _SECONDS[match[2]]
