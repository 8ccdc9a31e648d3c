"""The web application: pages, REST and feeds over the same query functions."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from comity import __version__
from comity.errors import LedgerError
from comity.serve import api, feeds, pages, problems, uploads
from comity.serve.api.openapi import description
from comity.serve.desk import Desk
from comity.serve.gate import Gate, HostNames
from comity.serve.headers import Head, Headers
from comity.serve.limits import SECONDS
from comity.serve.workers import Workers


def create_app(
    desk: Desk | None = None, hosts: Iterable[str] = (), public: Iterable[str] = (), seconds: float = SECONDS
) -> FastAPI:
    """The application over a desk; over the embedded ledger and the user's own by default.

    It answers requests whose Host is a name of this machine, one of `hosts` or of the `public` names (see `HostNames`).
    `seconds` limits the work on an uploaded document. Raises `ComityError` for an invalid public name.

    >>> create_app().title
    'comity'
    """
    # FastAPI's own pages of the documentation load scripts from another host.
    app = FastAPI(title="comity", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk or Desk()
    app.state.workers = Workers(uploads.prepare, seconds)
    for part in (api, feeds, pages):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(packages=[("comity.serve.pages", "static")]), name="static")
    # Middleware runs in reverse order of addition: the last one added sees a request first.
    app.add_middleware(Gate, names=HostNames(hosts, public))
    app.add_middleware(Head)
    app.add_middleware(Headers)
    problems.install(app)
    return app


def prepare(app: FastAPI) -> None:
    """Build the API description before the first request: it takes half a second, and would wait behind briefs."""
    with suppress(LedgerError):  # requests report it; the ledger may be repaired while the server runs
        description(app)
