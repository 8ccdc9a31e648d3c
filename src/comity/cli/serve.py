"""The command that serves pages and REST."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.arguments import Mirror

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port.")] = 8000,
    mirror: Mirror = None,
) -> None:
    """Serve web pages, REST and feeds at an address of this machine."""
    import uvicorn

    from comity.serve.app import create_app
    from comity.serve.desk import Desk

    uvicorn.run(create_app(Desk(mirror)), host=host, port=port, log_level="warning")
