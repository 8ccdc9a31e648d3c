"""The command that serves agents."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from comity.cli.arguments import Mirror, PublicNames, TimeLimit
from comity.cli.support import say
from comity.serve.limits import SECONDS

app = typer.Typer()


@app.command()
def mcp(
    http: Annotated[bool, typer.Option("--http", help="At /mcp of an address, not standard input and output.")] = False,
    host: Annotated[str, typer.Option("--host", help="The address to listen at, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port, with --http.")] = 8001,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where `comity serve` is, for links; else they are paths.")
    ] = "",
    time_limit: TimeLimit = SECONDS,
    mirror: Mirror = None,
    public: PublicNames = None,
) -> None:
    """Answer agents by the Model Context Protocol: tools, claims and sources as resources, a prompt."""
    from comity.serve.desk import Desk
    from comity.serve.mcp.server import create_server, over_http

    server = create_server(Desk(mirror), base_url, time_limit)
    if not http:
        # Every answer is sent as soon as it is made, so that nothing is left to do; and the SDK's thread that waits for
        # a line would keep the process from ending by an exception.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        server.run("stdio")
        return
    from comity.serve.gate import Names
    from comity.serve.listen import listen

    listen(over_http(server, Names([host], public or ())), host, port, _begun)


def _begun(url: str, reached: bool) -> None:
    """Say who can read what it serves; standard output is for answers alone."""
    if reached:
        say(f"others who reach {url} can read all that your ledger holds: nobody is asked for a password")
