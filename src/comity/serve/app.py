"""The one web application: pages, REST and feeds over the same query functions."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from comity import __version__
from comity.serve import api, feeds, given, pages, problems
from comity.serve.desk import Desk
from comity.serve.headers import Headers
from comity.serve.limits import SECONDS
from comity.serve.workers import Workers


def create_app(desk: Desk | None = None, seconds: float = SECONDS) -> FastAPI:
    """The application over a desk; over the embedded ledger and the user's own by default.

    `seconds` is the most that work on a document which is sent may take.

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
    app.add_middleware(Headers)
    problems.install(app)
    return app
