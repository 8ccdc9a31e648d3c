"""The command that serves agents."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from comity.cli.arguments import Mirror, PublicNames, TimeLimit
from comity.cli.support import say
from comity.extras import need
from comity.serve.limits import SECONDS

app = typer.Typer()


@app.command()
def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve at /mcp over HTTP, not on standard input and output.")
    ] = False,
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
    need("serve")
    from comity.serve.desk import Desk
    from comity.serve.mcp.server import create_server, over_http

    server = create_server(Desk(mirror), base_url, time_limit)
    if not http:
        # Every answer is sent at once, so nothing is lost by ending here; and the SDK's thread that waits for a line
        # would prevent an exception from ending the process.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        server.run("stdio")
        return
    from comity.serve.gate import HostNames
    from comity.serve.listen import listen

    listen(over_http(server, HostNames([host], public or ())), host, port, _announce)


def _announce(url: str, reached: bool) -> None:
    """Warn who can read what it serves; on standard error, since standard output is for answers."""
    if reached:
        say(f"anyone who reaches {url} can read your whole ledger: there is no password")
