"""An answer in the form that a client asks for: cached bytes, under an ETag known before they are made."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import HTTPException, Request, Response

from comity.present.visible import dumps
from comity.serve.api.accepts import preferred, takes
from comity.serve.api.paging import ListPage
from comity.serve.conditional import names
from comity.serve.desk import Bytes
from comity.serve.queues import BRIEFS, LOOKUPS

T = TypeVar("T")


class Format(StrEnum):
    """The values of the parameter `format`."""

    json = "json"
    jsonld = "jsonld"
    csv = "csv"


MEDIA = {Format.json: "application/json", Format.jsonld: "application/ld+json", Format.csv: "text/csv"}
Writers = Mapping[Format, Callable[[T], bytes]]
_HEADERS = {
    "Cache-Control": "no-cache",
    "Vary": "Accept, Accept-Encoding",
}  # a client may store it, and must revalidate it


def as_json(shape: Any) -> bytes:
    """A shape as compact JSON."""
    return dumps(shape, None, (",", ":")).encode()


def also(writers: Writers[T]) -> dict[int | str, dict[str, Any]]:
    """The forms of an answer besides JSON, as OpenAPI declares them."""
    kinds = {Format.jsonld: "object", Format.csv: "string"}
    return {200: {"content": {MEDIA[form]: {"schema": {"type": kinds[form]}} for form in writers if form in kinds}}}


async def sent(
    request: Request,
    writers: Writers[T],
    format: Format | None,
    make: Callable[[], T],
    validate: Callable[[], object] | None = None,
) -> Response:
    """The result of `make`, in the form that `format` or else Accept asks for; 304 for a client that has it.

    An ETag is a hash of the question and of everything else that the answer depends on (`Desk.edition`), so that
    neither a 304 nor a cached answer costs a query. An answer that must be made waits in a queue: that of briefs when
    `validate` is given, which raises for a question without an answer, so that a refusal does not wait for briefs.
    """
    form, desk = _form(request, writers, format), request.app.state.desk
    packed = takes(request.headers.get("accept-encoding"), "gzip")
    etag = _etag(request, form, packed, desk.edition())
    etags = request.headers.get("if-none-match", "")
    if names(etags, etag) and "*" not in etags:
        return Response(status_code=304, headers=_HEADERS | {"ETag": etag})
    answer = desk.bytes.get(etag)
    if answer is None:
        write = _Encoder(writers[form], make, request, packed)
        if validate is not None:
            await LOOKUPS.run(request, validate)
        queue = LOOKUPS if validate is None else BRIEFS
        answer = await queue.run(request, lambda: desk.bytes.get_or_make(etag, write))
    headers = _HEADERS | {"ETag": etag} | answer.headers
    if names(etags, etag):  # `*` matches too, once an answer is known to exist
        return Response(status_code=304, headers=headers)
    return Response(answer.body, headers=headers, media_type=MEDIA[form])


@dataclass(frozen=True, slots=True)
class _Encoder:
    """The bytes of an answer, packed or not, and the headers that depend on it."""

    write: Callable[[Any], bytes]
    make: Callable[[], Any]
    request: Request
    packed: bool

    def __call__(self) -> Bytes:
        content = self.make()
        body, headers = self.write(content), {}
        if self.packed:
            body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        if isinstance(content, ListPage) and content.next:
            following = self.request.url.include_query_params(cursor=content.next)
            headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
        return Bytes(body, headers)


def _form(request: Request, writers: Writers[T], format: Format | None) -> Format:
    """The form of the answer. Raises 406 when the client accepts none of them."""
    offered = {MEDIA[form]: form for form in writers}
    if format is not None and format in writers:
        return format
    media = preferred(request.headers.get("accept"), offered) if format is None else None
    if media is None:
        raise HTTPException(
            406, f"The forms of this answer are {', '.join(f'{form} ({offered[form]})' for form in offered)}."
        )
    return offered[media]


def _etag(request: Request, form: Format, packed: bool, edition: str) -> str:
    question = f"{edition} {request.url.path}?{request.url.query} {form} {packed}"
    return f'"{hashlib.blake2b(question.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()}"'
