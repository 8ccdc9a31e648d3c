"""A page by its address: one request, its answer as a document."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

from comity.errors import BadDocument
from comity.model import Document, Published
from comity.reading.load import from_bytes

SCHEMES = ("http://", "https://")
TIMEOUT = 30.0
LARGEST = 64 << 20  # bytes
_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/plain": "text"}


def fetched(url: str, *, about: tuple[str, ...] = (), published: Published | None = None) -> Document:
    """The document at a URL.

    Raises `BadDocument` when there is no answer, the answer is an error, is larger than 64 MiB, or holds no text.
    """
    request = urllib.request.Request(
        url, headers={"User-Agent": "comity", "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            data = response.read(LARGEST + 1)
            media = _TYPES.get(response.headers.get_content_type())
            said = response.headers.get("Content-Length", "")
    except urllib.error.HTTPError as error:
        raise BadDocument(
            f'"{url}" can\'t be read: the server answers {error.code} {error.reason}', offender=url
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ValueError) as error:
        why = " ".join(str(getattr(error, "reason", None) or error).split())  # a server's own words may have lines
        raise BadDocument(f'"{url}" can\'t be read: {why}. Save the page and give the file', offender=url) from error
    if len(data) > LARGEST:
        raise BadDocument(f'"{url}" is larger than 64 MiB; save the part to read as a file', offender=url)
    if said.isdecimal() and len(data) < int(said):
        raise BadDocument(
            f'"{url}" can\'t be read: the answer broke off after {len(data)} of {said} bytes', offender=url
        )
    return from_bytes(data, url, about=about, published=published, media=media)
