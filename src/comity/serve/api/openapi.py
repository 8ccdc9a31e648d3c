"""The description of the REST interface: OpenAPI 3.1, and the same as a page without scripts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from comity.serve.api.examples import examples
from comity.serve.api.sending import as_json
from comity.serve.pages.render import page
from comity.serve.problems import KINDS, MEDIA, STATUSES

router = APIRouter(include_in_schema=False)
_ABOUT = """The state of relations between two polities on a given day, according to whom, and known by when.

Every answer carries an ETag; a conditional request costs no query. Errors are `application/problem+json` (RFC 9457).
An unknown parameter is an error. Dates are EDTF or plain English; an answer is never more precise than its sources."""
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/api/v1/docs#unknown-polity"]},
        "title": {"type": "string", "examples": ["No polity bears this name"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string", "examples": ['no polity is called "peruu". Did you mean Peru?']},
        "instance": {"type": "string", "format": "uri-reference", "examples": ["/api/v1/polities/peruu"]},
        "suggestions": {"type": "array", "items": {"type": "string"}, "examples": [["Peru"]]},
        "candidates": {"type": "array", "items": {"type": "string"}},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
_ERRORS = {"get": (400, 404, 406, 422, 503), "post": (400, 404, 413, 415, 422, 503)}


@router.get("/openapi.json")
def get_openapi_json(request: Request) -> Response:
    """The description for programs."""
    return Response(as_json(description(request.app)), media_type="application/json")


@router.get("/docs")
def get_docs(request: Request) -> HTMLResponse:
    """The description for people."""
    kinds = sorted({*KINDS.values(), *STATUSES.values()}, key=lambda kind: (kind.status, kind.slug, kind.title))
    return page("api.html", api=description(request.app), kinds=kinds)


def description(app: FastAPI) -> dict[str, Any]:
    """OpenAPI of an application's REST interface."""
    if app.openapi_schema is None:
        schema = get_openapi(title="comity", version=app.version, description=_ABOUT, routes=app.routes)
        schema["components"]["schemas"]["Problem"] = _PROBLEM
        samples = examples(app.state.desk)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _complete(method, operation)
                operation["responses"]["200"]["content"]["application/json"]["example"] = samples[
                    operation["operationId"]
                ]
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add an operation's headers, its 304 and its errors."""
    responses = operation["responses"]
    if method == "get":
        responses["200"]["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "A strong validator."}}
        responses["304"] = {"description": "The answer named by If-None-Match is unchanged."}
    problem = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in _ERRORS[method]:
        titles = dict.fromkeys(kind.title for kind in (*KINDS.values(), *STATUSES.values()) if kind.status == status)
        responses[str(status)] = {"description": "; ".join(titles), "content": problem}
