"""Conditional requests: ETag and Last-Modified, and 304 for a client that has the answer (RFC 9110)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response


def conditional(request: Request, body: bytes, media: str, modified: datetime | None = None) -> Response:
    """The body, or 304 for a client that already has these bytes.

    `modified` (UTC) is when anything in the body last changed, where that is known. If-None-Match takes precedence;
    If-Modified-Since counts only without it.
    """
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if modified is not None:
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    if _is_current(request, etag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)


def names(header: str, etag: str) -> bool:
    """Whether an If-None-Match names an ETag; `*` names any.

    >>> names('W/"a", "b"', '"b"'), names('"a"', '"b"'), names("*", '"b"')
    (True, False, True)
    """
    return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in header.split(","))


def _is_current(request: Request, etag: str, modified: datetime | None) -> bool:
    if (etags := request.headers.get("if-none-match")) is not None:
        return names(etags, etag)
    if modified is None:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False  # no valid HTTP date: sending the whole answer is always correct
    return modified.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))
