"""One answer in the form that a client asks for, as bytes that are kept, under an ETag known before they are made."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import HTTPException, Request, Response

from comity.present.wire import dumps
from comity.serve.api.accepts import preferred, takes
from comity.serve.api.paging import Page
from comity.serve.conditional import names
from comity.serve.desk import Bytes
from comity.serve.queues import BRIEFS, LOOKUPS

T = TypeVar("T")


class Format(StrEnum):
    """The forms of an answer, as `format` names them."""

    json = "json"
    jsonld = "jsonld"
    csv = "csv"


MEDIA = {Format.json: "application/json", Format.jsonld: "application/ld+json", Format.csv: "text/csv"}
Writers = Mapping[Format, Callable[[T], bytes]]
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}  # may be kept, must be asked about


def as_json(shape: Any) -> bytes:
    """A shape as JSON, with no more spaces than it needs."""
    return dumps(shape, None, (",", ":")).encode()


def also(writers: Writers[T]) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI is to declare of an answer's forms besides JSON."""
    kinds = {Format.jsonld: "object", Format.csv: "string"}
    return {200: {"content": {MEDIA[one]: {"schema": {"type": kinds[one]}} for one in writers if one in kinds}}}


async def sent(
    request: Request,
    writers: Writers[T],
    format: Format | None,
    make: Callable[[], T],
    first: Callable[[], object] | None = None,
) -> Response:
    """What `make` gives, in the form asked for by `format` or else by Accept; 304 to a client that has it already.

    An ETag is a hash of the question and of all else that the answer depends on (`Desk.edition`), so that neither a
    304 nor an answer that is kept costs a query. What must be made waits for its turn: among briefs where there is
    something to look at `first`, which raises for what can't be answered, so that a refusal waits for no brief.
    """
    form, desk = _form(request, writers, format), request.app.state.desk
    packed = takes(request.headers.get("accept-encoding"), "gzip")
    etag = _etag(request, form, packed, desk.edition())
    asked = request.headers.get("if-none-match", "")
    if names(asked, etag) and "*" not in asked:
        return Response(status_code=304, headers=_HEADERS | {"ETag": etag})
    found = desk.bytes.held(etag)
    if found is None:
        write = _Making(writers[form], make, request, packed)
        if first is not None:
            await LOOKUPS.run(request, first)
        queue = LOOKUPS if first is None else BRIEFS
        found = await queue.run(request, lambda: desk.bytes.made(etag, write))
    headers = _HEADERS | {"ETag": etag} | found.headers
    if names(asked, etag):  # as `*` does, once it is sure that there is an answer
        return Response(status_code=304, headers=headers)
    return Response(found.body, headers=headers, media_type=MEDIA[form])


@dataclass(frozen=True, slots=True)
class _Making:
    """The bytes of an answer, packed or not, and the headers that depend on it."""

    write: Callable[[Any], bytes]
    make: Callable[[], Any]
    request: Request
    packed: bool

    def __call__(self) -> Bytes:
        made = self.make()
        body, headers = self.write(made), {}
        if self.packed:
            body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        if isinstance(made, Page) and made.next:
            following = self.request.url.include_query_params(cursor=made.next)
            headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
        return Bytes(body, headers)


def _form(request: Request, writers: Writers[T], format: Format | None) -> Format:
    """Raises 406 when there is no such form of the answer."""
    offered = {MEDIA[one]: one for one in writers}
    if format is not None and format in writers:
        return format
    media = preferred(request.headers.get("accept"), offered) if format is None else None
    if media is None:
        raise HTTPException(406, f"This is told as {', '.join(f'{one} ({offered[one]})' for one in offered)}.")
    return offered[media]


def _etag(request: Request, form: Format, packed: bool, edition: str) -> str:
    asked = f"{edition} {request.url.path}?{request.url.query} {form} {packed}"
    return f'"{hashlib.blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()}"'
