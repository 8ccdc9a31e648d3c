"""Errors as answers: problem+json (RFC 9457) under /api, a page elsewhere, and never a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match, Mount

from comity.errors import (
    AmbiguousPolity,
    BadCursor,
    BadDate,
    BadDocument,
    BadPair,
    Busy,
    ComityError,
    ExportError,
    LedgerError,
    LimitExceeded,
    MissingExtra,
    ReaderError,
    SourceError,
    UnknownPolity,
    UnknownRelation,
    UnknownRule,
)  # fmt: skip
from comity.present.visible import dumps
from comity.serve.headers import SECURITY
from comity.serve.pages.render import page
from comity.serve.public import sentence
from comity.serve.throttle import throttled

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its status, its fragment in `/api/v1/docs`, and its title."""

    status: int
    slug: str
    title: str


KINDS: dict[type[Exception], ProblemKind] = {
    BadDate: ProblemKind(400, "bad-date", "A date that can't be asked about"),
    BadPair: ProblemKind(400, "bad-pair", "One polity, named twice"),
    BadCursor: ProblemKind(400, "bad-cursor", "Not a cursor of this list"),
    UnknownPolity: ProblemKind(404, "unknown-polity", "No polity bears this name"),
    AmbiguousPolity: ProblemKind(400, "ambiguous-polity", "Several polities bear this name"),
    UnknownRelation: ProblemKind(404, "unknown-relation", "Not a term of the vocabulary"),
    UnknownRule: ProblemKind(400, "unknown-rule", "Not a rule of check"),
    BadDocument: ProblemKind(422, "bad-document", "A document that can't be read"),
    RequestValidationError: ProblemKind(422, "bad-request", "A question that can't be understood"),
    LimitExceeded: ProblemKind(422, "too-much-work", "A document that takes too long or too much memory to read"),
    Busy: ProblemKind(503, "busy", "Too many documents are being read"),
    ReaderError: ProblemKind(500, "reader-failed", "A reader of documents failed"),
    SourceError: ProblemKind(503, "source-unusable", "A source that can't be used now"),
    MissingExtra: ProblemKind(501, "not-installed", "Not installed on this server"),
    ExportError: ProblemKind(503, "file-not-made", "A file that can't be made here"),
    LedgerError: ProblemKind(503, "ledger-unusable", "The ledger can't be used now"),
    ComityError: ProblemKind(400, "bad-question", "A question that can't be answered"),
}
STATUSES = {
    400: ProblemKind(400, "bad-question", "A question that can't be answered"),
    403: ProblemKind(403, "foreign-origin", "Another site's page may not send this"),
    404: ProblemKind(404, "not-found", "Not found"),
    405: ProblemKind(405, "bad-method", "Method not allowed"),
    406: ProblemKind(406, "bad-format", "No answer in this format"),
    413: ProblemKind(413, "too-large", "A document that is too large"),
    415: ProblemKind(415, "bad-media", "Unsupported document type"),
    421: ProblemKind(421, "misdirected", "Not a name of this server"),
    503: ProblemKind(503, "busy", "Too many requests"),
}
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_LOG = throttled(__name__)
_FAILED = ProblemKind(500, "failed", "Something went wrong")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one request: its kind, a sentence, and further members for programs."""

    kind: ProblemKind
    detail: str
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457 and the kind's own."""
        about = {"type": f"/api/v1/docs#{self.kind.slug}", "title": self.kind.title, "status": self.kind.status}
        return {**about, "detail": self.detail, "instance": instance, **self.more}


def install(app: FastAPI) -> None:
    """Answer every error of an application as a problem."""
    app.add_exception_handler(ComityError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _failed)


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem in the form that suits the address: JSON for programs, a page for people."""
    path = request.url.path
    if path.startswith("/api/"):
        body = dumps(problem.as_json(quote(path)), None).encode()
        return Response(body, problem.kind.status, headers, MEDIA)
    response = page("error.html", problem.kind.status, title=problem.kind.title, detail=problem.detail)
    response.headers.update(headers or {})
    return response


# The handlers are asynchronous: otherwise each would wait for a thread behind other work.
async def _ours(request: Request, error: Exception) -> Response:
    """comity's own errors, without command-line hints."""
    kind = next(KINDS[type_] for type_ in type(error).__mro__ if type_ in KINDS)
    more = {name: list(names) for name in ("suggestions", "candidates") if (names := getattr(error, name, ()))}
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, Busy) else None
    return answer(request, Problem(kind, sentence(error), more), headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """Invalid parameters, one by one."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"where": ".".join(map(str, mistake["loc"])), "what": _mistake_text(mistake)} for mistake in error.errors()
    ]
    detail = "; ".join(
        f"{mistake['where'].partition('.')[2] or mistake['where']}: {mistake['what']}" for mistake in errors
    )
    return answer(request, Problem(KINDS[RequestValidationError], detail, {"errors": errors}))


def _mistake_text(mistake: Mapping[str, Any]) -> str:
    return "there is no such parameter" if mistake["type"] == "extra_forbidden" else str(mistake["msg"])


async def _plain(request: Request, error: Exception) -> Response:
    """Errors of routing, and errors that a route raises by status alone."""
    assert isinstance(error, HTTPException)
    kind = STATUSES.get(error.status_code) or ProblemKind(error.status_code, "failed", error.detail)
    detail = "There is no such address." if error.detail == "Not Found" else error.detail
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request)) or headers.get("Allow", "")
    return answer(request, Problem(kind, detail), headers)


def _allowed(request: Request) -> list[str]:
    """The methods that any route of the application accepts at a request's address."""
    # A static folder matches any method at any address, and refuses methods itself.
    routes = [route for route in request.app.router.routes if not isinstance(route, Mount)]

    def takes(method: str) -> bool:
        scope = {**request.scope, "method": "GET" if method == "HEAD" else method}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    return [method for method in _METHODS if takes(method)]


async def _gone(request: Request, _: Exception) -> Response:
    """The client is gone: a line in the log, and no traceback."""
    _LOG.warning(
        "a client disconnected before the exchange was complete: %s %s", request.method, quote(request.url.path)
    )
    return Response(status_code=400)


async def _failed(request: Request, _: Exception) -> Response:
    """Unexpected errors: the traceback goes to the server's log only."""
    return answer(request, Problem(_FAILED, "The server failed to answer; its log says why."), SECURITY)
