"""Fetches a page once, over http or https, as a document."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import getproxies

from comity.errors import BadDocument
from comity.model import Document, Published
from comity.reading.text.hosts import resolved
from comity.reading.text.load import from_bytes

TIMEOUT = 30.0
"""Seconds without data before a server times out."""
LIMIT = 120.0
"""Seconds for the whole fetch, with redirects and body: a server could send single bytes for ever."""
LARGEST = 64 << 20
"""The maximum bytes of a response body, compressed and decompressed."""
REDIRECTS = 10
_PORTS = {"http": 80, "https": 443}
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CHUNK = 1 << 16
_MOVED = (301, 302, 303, 307, 308)
_PLAIN = "!#$%&'()*+,/:;=?@[]~"  # characters not quoted in a path or query
_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/plain": "text"}
_HEADERS = {
    "User-Agent": "comity", "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1", "Accept-Encoding": "gzip",
    "Connection": "close",
}  # fmt: skip


def addressed(path: str) -> bool:
    """Whether the path of a document is a URL rather than a file.

    >>> addressed("HTTP://example.org/"), addressed("file:///etc/passwd"), addressed("notes.txt")
    (True, True, False)
    """
    return _URL.match(path) is not None


def fetched(
    url: str, *, about: tuple[str, ...] = (), published: Published | None = None, private: bool = False
) -> Document:
    """The document at a URL, cited by that URL even after redirects.

    Only addresses of the public Internet are read, unless `private` allows any; proxies of the environment are not
    used, since a proxy resolves names itself. Raises `BadDocument` when there is no response in time, or it
    is an error, is larger than 64 MiB, or contains no text.
    """
    place, deadline = url, time.monotonic() + LIMIT
    for _ in range(REDIRECTS + 1):
        answer = _request(url, place, deadline, private)
        if answer.moved is None:
            return from_bytes(
                answer.data, url, about=about, published=published, media=answer.media, charset=answer.charset,
                doubtful=True,
            )  # fmt: skip
        place = _joined(url, place, answer.moved)
    raise BadDocument(f'"{url}" can\'t be read: it moves on more than {REDIRECTS} times', offender=url)


@dataclass(frozen=True, slots=True)
class _Target:
    """The parts of a URL for the request. `host` is in ASCII, as in the certificate of the server."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """The response of a server, or the location to which the page has `moved`."""

    data: bytes = b""
    media: str | None = None
    charset: str | None = None
    moved: str | None = None


class _Late(Exception):
    """The deadline has passed."""


def _joined(url: str, place: str, moved: str) -> str:
    """The absolute URL of a redirect, relative to the previous one."""
    try:
        return urljoin(place, moved)
    except ValueError as error:
        raise BadDocument(f'"{url}" can\'t be read: it moves to what is no address of a page', offender=url) from error


def _target(url: str, place: str) -> _Target:
    """The target of a URL. Raises `BadDocument` for a scheme other than http and https, or without a host."""
    try:
        parts = urlsplit(place)
        host = (parts.hostname or "").rstrip(".")
        port = _PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:  # invalid brackets, port or name; UnicodeError is a ValueError
        raise BadDocument(f'"{url}" can\'t be read: it is no address of a page', offender=url) from error
    if parts.scheme not in _PORTS:
        raise BadDocument(f'"{url}" can\'t be read: only http:// and https:// are', offender=url)
    if not name or "\0" in name:
        raise BadDocument(f'"{url}" can\'t be read: no host given', offender=url)
    if parts.username is not None or parts.password is not None:
        raise BadDocument(
            f"the address of a page at {host} holds a user or password; save the page and give the file", offender=host
        )
    path = quote(parts.path or "/", safe=_PLAIN, errors="replace")
    query = f"?{quote(parts.query, safe=_PLAIN, errors='replace')}" if parts.query else ""
    return _Target(parts.scheme, name, port, path + query)


def _request(url: str, place: str, deadline: float, private: bool) -> _Answer:
    """The response of one server. Error messages name `url`, the address that the user wrote."""
    target = _target(url, place)
    try:
        with _connection(target, deadline, private) as connection:
            connection.request("GET", target.path, headers=_HEADERS)
            return _answer(url, connection.getresponse(), deadline)
    except _Late as error:
        raise BadDocument(
            f'"{url}" can\'t be read: the answer took more than {LIMIT:.0f} seconds. Save the page and give the file',
            offender=url,
        ) from error
    except (http.client.HTTPException, OSError, ValueError, zlib.error) as error:
        why = " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__
        advice = "Comity does not use a proxy: save" if getproxies().keys() & _PORTS.keys() else "Save"
        raise BadDocument(
            f'"{url}" can\'t be read: {why}. {advice} the page and give the file', offender=url
        ) from error


@contextmanager
def _connection(target: _Target, deadline: float, private: bool) -> Iterator[http.client.HTTPConnection]:
    """A connection to the first address of a host that accepts it, closed at the deadline.

    The timeout of a socket restarts with every byte received, so a timer shuts the connection down at the deadline:
    whatever is being read, a handshake, headers or the body, then ends. Raises `_Late` in this case.
    """
    connection = (http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection)(
        target.host, target.port
    )
    raw = _connect(target, deadline, private)
    try:
        if target.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(
                raw, server_hostname=target.host, do_handshake_on_connect=False
            )
        late = threading.Event()
        watch = threading.Timer(max(deadline - time.monotonic(), 0.0), _shut_down, (raw, late))
        watch.daemon = True
        watch.start()
        try:
            if isinstance(raw, ssl.SSLSocket):
                raw.do_handshake()
            connection.sock = raw
            yield connection
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if late.is_set():
                raise _Late from error
            raise
        finally:
            watch.cancel()
    finally:
        raw.close()


def _connect(target: _Target, deadline: float, private: bool) -> socket.socket:
    """A socket connected to one of the checked addresses."""
    trouble: OSError | None = None
    for family, place in resolved(target.host, target.port, private=private):
        left = deadline - time.monotonic()
        if left <= 0:
            raise _Late
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            sock.settimeout(min(TIMEOUT, left))
            sock.connect(place)
            sock.settimeout(TIMEOUT)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    raise trouble or OSError("no address is known of it")


def _shut_down(connection: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        socket.socket.shutdown(
            connection, socket.SHUT_RDWR
        )  # not the method of SSLSocket, which another thread may be reading
    except OSError:
        return  # already closed


def _answer(url: str, response: http.client.HTTPResponse, deadline: float) -> _Answer:
    """The parsed response. Raises `BadDocument` when it is an error, too large, or incomplete."""
    moved = response.headers.get("Location")
    if response.status in _MOVED and moved:
        return _Answer(moved=moved.strip())
    if not 200 <= response.status < 300:
        words = " ".join(f"{response.status} {response.reason}".split())
        raise BadDocument(f'"{url}" can\'t be read: the server answers {words}', offender=url)
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise BadDocument(
            f'"{url}" can\'t be read: the server packs it as {coding}. Save the page and give the file', offender=url
        )
    expected = response.headers.get("Content-Length", "")
    sent = bytearray()
    while chunk := response.read(_CHUNK):
        sent += chunk
        _fitting(url, len(sent))
    if time.monotonic() >= deadline:
        raise _Late
    if expected.isdecimal() and len(sent) < int(expected):
        raise BadDocument(
            f'"{url}" can\'t be read: the answer broke off after {len(sent)} of {expected} bytes', offender=url
        )
    data = bytes(sent) if coding == "identity" else _unpacked(url, bytes(sent))
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return _Answer(data, _TYPES.get(kind), response.headers.get_content_charset())


def _unpacked(url: str, data: bytes) -> bytes:
    """Decompressed gzip data, up to one byte past the limit: a small response may expand enormously."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    unpacked = unpacker.decompress(data, LARGEST + 1)
    _fitting(url, len(unpacked))
    if not unpacker.eof:
        raise BadDocument(f'"{url}" can\'t be read: the answer broke off', offender=url)
    return unpacked


def _fitting(url: str, size: int) -> None:
    if size > LARGEST:
        raise BadDocument(f'"{url}" is larger than 64 MiB; save the part to read as a file', offender=url)
