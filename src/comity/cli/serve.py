"""The command that serves pages and REST."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.arguments import Mirror, PublicNames, TimeLimit
from comity.cli.support import say
from comity.extras import need
from comity.serve.limits import SECONDS

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any free port.")] = 8000,
    time_limit: TimeLimit = SECONDS,
    mirror: Mirror = None,
    public: PublicNames = None,
) -> None:
    """Serve web pages, REST and feeds at an address of this machine."""
    need("serve")
    from comity.serve.app import create_app, prepare
    from comity.serve.desk import Desk
    from comity.serve.listen import listen

    application = create_app(Desk(mirror), [host], public or (), time_limit)
    prepare(application)

    def announce(url: str, reached: bool) -> None:
        """Print the address, and warn who can read what it serves."""
        if reached:
            say("anyone who reaches this machine can read your whole ledger: there is no password")
        print(f"comity serves {url} until Ctrl-C", flush=True)
        application.state.workers.start()  # takes seconds, so that the first document need not wait for it

    listen(application, host, port, announce)
