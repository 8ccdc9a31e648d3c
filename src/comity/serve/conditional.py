"""Answers that a client may hold already: ETag and Last-Modified, and 304 when it does (RFC 9110)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response


def conditional(request: Request, body: bytes, media: str, modified: datetime | None = None) -> Response:
    """The body, or 304 for a client that says it holds these very bytes.

    `modified` (UTC) is when anything that the body is made of last changed, where that is known. A client's ETag is
    asked first; its date only when it sends none.
    """
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if modified is not None:
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    if _held(request, etag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)


def names(asked: str, etag: str) -> bool:
    """Whether an If-None-Match names an ETag; `*` names any.

    >>> names('W/"a", "b"', '"b"'), names('"a"', '"b"'), names("*", '"b"')
    (True, False, True)
    """
    return any(one.strip().removeprefix("W/") in (etag, "*") for one in asked.split(","))


def _held(request: Request, etag: str, modified: datetime | None) -> bool:
    if (asked := request.headers.get("if-none-match")) is not None:
        return names(asked, etag)
    if modified is None:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False  # no date, or none that HTTP knows: the whole answer is never wrong
    return modified.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))
