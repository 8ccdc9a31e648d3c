"""REST for a document in the body of a request: read it, check it. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response

from comity.model import Document
from comity.present.shapes import records, texts
from comity.query.check import check
from comity.query.pair import today
from comity.query.questions import when
from comity.reading import read
from comity.serve import uploads
from comity.serve.api.parameters import Checked, OfADocument
from comity.serve.api.sending import as_json

A = TypeVar("A", OfADocument, Checked)
router = APIRouter(tags=["documents"])
READ = {
    "text/plain": "text", "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "application/tei+xml": "tei", "application/xml": "tei", "text/xml": "tei", "application/pdf": None,
}  # fmt: skip
"""The accepted media types and the reader of each; None where the content decides."""
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"The document itself, of at most {uploads.LARGEST:,} bytes.",
        "content": {media: {"schema": {}} for media in READ},  # no schema: the body is bytes
    }
}
_BODY["requestBody"]["content"]["text/plain"]["example"] = "The United States recognized Peru on May 2, 1826."


@router.post("/read", response_model=list[records.Claim], openapi_extra=_BODY)
async def post_read(request: Request, query: Annotated[OfADocument, Query()]) -> Response:
    """The claims in a document, each with the passage that makes it, in the order of the text."""
    return await _answer(request, _read, query)


@router.post("/check", response_model=list[texts.Finding], openapi_extra=_BODY)
async def post_check(request: Request, query: Annotated[Checked, Query()]) -> Response:
    """What is stale, contradicted, repeated, garbled, imprecise or unsupported in a document."""
    return await _answer(request, _check, query)


async def _answer(request: Request, work: Callable[[bytes, str | None, A], bytes], query: A) -> Response:
    """The result of the work on the document that is sent, done in a worker process."""
    data, media = await _body(request)
    answer = await uploads.in_worker(request, work, data, media, query)
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


def _read(data: bytes, media: str | None, query: OfADocument) -> bytes:
    return as_json([records.Claim.of(claim, {}) for claim in read(_document(data, media, query))])


def _check(data: bytes, media: str | None, query: Checked) -> bytes:
    document, day = _document(data, media, query), when(query.as_of, "as_of")
    view = uploads.view()
    sources = view.sources()
    noted = check(document, view, day.latest if day else today(), query.ignore)
    return as_json([texts.Finding.of(document, finding, sources) for finding in noted])


async def _body(request: Request) -> tuple[bytes, str | None]:
    """The body and its reader. Raises 415 for a type that no reader accepts, 413 as soon as the body is too long."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media not in READ:
        raise HTTPException(415, f"Send the document itself, its Content-Type one of {', '.join(READ)}.")
    return await uploads.body(request), READ[media]


def _document(data: bytes, media: str | None, query: OfADocument) -> Document:
    return uploads.document(data, "document", query.about, query.published, media)
