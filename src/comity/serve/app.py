"""The one web application: pages, REST and feeds over the same query functions."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from comity import __version__
from comity.errors import LedgerError
from comity.serve import api, feeds, given, pages, problems
from comity.serve.api.described import description
from comity.serve.desk import Desk
from comity.serve.gate import Gate, Names
from comity.serve.headers import Head, Headers
from comity.serve.limits import SECONDS
from comity.serve.workers import Workers


def create_app(
    desk: Desk | None = None, hosts: Iterable[str] = (), public: Iterable[str] = (), seconds: float = SECONDS
) -> FastAPI:
    """The application over a desk; over the embedded ledger and the user's own by default.

    It answers those who ask by a name of this machine, by one of `hosts`, or by a `public` name, of `Names`. `seconds`
    is the most that work on a document which is sent may take. Raises `ComityError` for a public name that is none.

    >>> create_app().title
    'comity'
    """
    # FastAPI's own pages of the documentation load scripts from another host.
    app = FastAPI(title="comity", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk or Desk()
    app.state.workers = Workers(given.prepare, seconds)
    for part in (api, feeds, pages):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(packages=[("comity.serve.pages", "static")]), name="static")
    # The last that is added is the first that a request comes to.
    app.add_middleware(Gate, names=Names(hosts, public))
    app.add_middleware(Head)
    app.add_middleware(Headers)
    problems.install(app)
    return app


def prepare(app: FastAPI) -> None:
    """Make before the first request what the documentation takes half a second for, that it waits for no brief."""
    with suppress(LedgerError):  # which is told to whoever asks; a ledger may be mended while the server runs
        description(app)
