"""What REST does with a document that is sent: read it, check it. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, HTTPException, Query, Request, Response

from comity.model import Document
from comity.present import findings, shapes, wire
from comity.query.asked import when
from comity.query.check import check
from comity.query.pair import today
from comity.reading import read
from comity.serve import given
from comity.serve.api.parameters import Checked, OfADocument
from comity.serve.api.sending import as_json

A = TypeVar("A", OfADocument, Checked)
router = APIRouter(tags=["documents"])
READ = {
    "text/plain": "text", "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
    "application/tei+xml": "tei", "application/xml": "tei", "text/xml": "tei", "application/pdf": None,
}  # fmt: skip
"""The media types that are read, and what each is to the reader; None where the content tells."""
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"The document itself, of at most {given.LARGEST:,} bytes.",
        "content": {media: {"schema": {}} for media in READ},  # whatever the bytes are
    }
}
_BODY["requestBody"]["content"]["text/plain"]["example"] = "The United States recognized Peru on May 2, 1826."


@router.post("/read", response_model=list[shapes.Claim], openapi_extra=_BODY)
async def post_read(request: Request, asked: Annotated[OfADocument, Query()]) -> Response:
    """The claims in a document, each with the passage that makes it, in the order of the text."""
    return await _worked(request, _read, asked)


@router.post("/check", response_model=list[shapes.Finding], openapi_extra=_BODY)
async def post_check(request: Request, asked: Annotated[Checked, Query()]) -> Response:
    """What is stale, contradicted, repeated, garbled, imprecise or unsupported in a document."""
    return await _worked(request, _check, asked)


async def _worked(request: Request, work: Callable[[bytes, str | None, A], bytes], asked: A) -> Response:
    """What comes of the document that is sent, in a process of its own."""
    data, media = await _sent(request)
    answer = await given.apart(request, work, data, media, asked)
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


def _read(data: bytes, media: str | None, asked: OfADocument) -> bytes:
    return as_json([wire.claim(claim, {}) for claim in read(_document(data, media, asked))])


def _check(data: bytes, media: str | None, asked: Checked) -> bytes:
    document, day = _document(data, media, asked), when(asked.as_of, "as_of")
    view = given.view()
    sources = view.sources()
    noted = check(document, view, day.latest if day else today(), asked.ignore)
    return as_json([findings.as_json(document, finding, sources) for finding in noted])


async def _sent(request: Request) -> tuple[bytes, str | None]:
    """The body and what it is to the reader. Raises 415 for what is not read, 413 as soon as it is too much."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if said not in READ:
        raise HTTPException(415, f"Send the document itself, its Content-Type one of {', '.join(READ)}.")
    return await given.body(request), READ[said]


def _document(data: bytes, media: str | None, asked: OfADocument) -> Document:
    return given.document(data, "document", asked.about, asked.published, media)
