"""HTTP as it comes over a socket, to a real server on this machine: methods, targets, heads, bodies."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from contextlib import ExitStack, suppress
from random import Random
from urllib.parse import quote

from fuzzed import base
from fuzzed.base import COMITY, HOSTILE, POLITIES, Kind, Wrong, letters
from fuzzed.documents import document
from fuzzed.words import date, name

MOMENT = 0.2
"""Seconds before a client goes away whose request is not whole."""
_FIRST = (
    b"GET /pairs/peru/chile HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 39\r\n"
    b"Connection: close\r\n\r\nPeru and Chile signed a treaty in 1826.",
)
BUSY = (501, 503, 504)
"""Statuses above 499 that are answers: an unknown transfer coding, the server is busy, or reading took too long."""
_BEGUN = re.compile(rb"comity serves http://127\.0\.0\.1:(\d+)/")
_METHODS = (
    "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get",
    "G\0T", "", "X" * 70_000,
)  # fmt: skip
_PAGES = (
    "/", "/pairs/{p}/{q}", "/pairs/{p}/{q}/brief.json", "/pairs/{p}/{q}.atom", "/polities/{p}", "/polities/{p}.json",
    "/sources", "/check", "/suggest?like={p}", "/topics/war.atom", "/claims/0123", "/api/v1/pairs/{p}/{q}/brief",
    "/api/v1/pairs/{p}/{q}/timeline", "/api/v1/pairs/{p}/{q}/ask/war", "/api/v1/pairs/{p}/{q}/diff",
    "/api/v1/polities", "/api/v1/polities/{p}", "/api/v1/claims", "/api/v1/sources", "/api/v1/vocabulary",
    "/api/v1/openapi.json",
)  # fmt: skip
_NOWHERE = (
    "/pairs/{p}/{q}/{x}", "/claims/{x}", "/sources/{x}", "/static/{x}", "/static/..%2f..%2f{x}", "/topics/{x}.atom",
    "/api/v1/pairs/{p}/{q}/ask/{x}", "/api/v1/claims/{x}", "/api/v1/sources/{x}", "/{x}", "//{x}", "*", "?", "/%00",
    "http://example.org/", "/%ff", "/%", "", "/" + "a" * 70_000,
)  # fmt: skip
_SENT = ("/check", "/api/v1/read", "/api/v1/check")
_DAYS = ("as_of", "known_by")
_FIELDS = (
    "as_of", "known_by", "from", "to", "since", "format", "limit", "like", "about", "relation", "source", "cursor",
    "offset", "page", "explain", "published", "begin", "end", "x", "a[b]",
)  # fmt: skip
_VALUES = (
    "json", "csv", "jsonld", "0", "-1", "99999999999999999999", "war", "1826", "", "true", "%00", "%ff%fe", "%",
    "a%0d%0aX-Y:%20z",
)  # fmt: skip
_MEDIA = ("text/plain", "text/html", "text/markdown", "application/tei+xml", "application/pdf", "text/xml; charset=x")
_HEADS = (
    "Accept: application/json", "Accept: text/html;q=9", "Accept-Encoding: gzip, \x80", "If-None-Match: *",
    'If-None-Match: "x", W/"', "If-Modified-Since: yesterday", "Origin: http://example.org", "Origin: null",
    "Range: bytes=0-", "Cookie: a=b", "Expect: 100-continue", "Content-Type: text/html",
    "Content-Type: application/pdf", "Content-Type: multipart/form-data", "Content-Type: ;;=",
    "Content-Type: text/plain; charset=nonesuch", "X: \x00", "X:" + "y" * 70_000, "no colon", ": empty", " folded",
    "Transfer-Encoding: gzip", "Connection: upgrade", "Upgrade: websocket", "Upgrade: h2c", "Host: example.org",
    "Content-Length: -1", "Content-Length: 1e3", "Accept-Language: \xe9", "Sec-Fetch-Site: cross-site",
    "Forwarded: for=x", "X-Forwarded-Host: example.org",
)  # fmt: skip


class Requests(Kind):
    """A request gets an answer that is no fault of the server's, or its connection is closed; the server lives on."""

    def begin(self, open: ExitStack) -> None:
        self.log = self.folder / "log"
        self._serve(open)
        open.callback(self._end)
        self._open = open

    def _serve(self, open: ExitStack) -> None:
        errors = open.enter_context(self.log.open("wb"))
        self.process = subprocess.Popen([*COMITY, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=errors)
        assert self.process.stdout is not None
        begun = _BEGUN.match(line := self.process.stdout.readline())
        if begun is None:
            raise Wrong(f"the server did not begin: {line!r} {self.log.read_bytes()[-800:]!r}")
        self.port, self.read, self.before = int(begun[1]), 0, (b"", True)
        for request in _FIRST:  # what is loaded once is no input's fault
            self._sent(request, 100.0)

    def _end(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.process.kill()
        self.process.wait()

    def make(self, random: Random) -> tuple[bytes, bool]:
        """A request, and whether it is whole, so that the server must answer."""
        if random.random() < 0.05:
            return random.randbytes(random.choice((1, 40, 2000))) + b"\r\n\r\n", False
        post, odd = random.random() < 0.25, random.random() < 0.3
        method = "POST" if post else random.choice(_METHODS) if odd else "GET"
        target = random.choice(_SENT if post else _NOWHERE if random.random() < 0.25 else _PAGES)
        for mark in ("{p}", "{q}"):
            word = name(random) if random.random() < 0.3 else random.choice(POLITIES)
            target = target.replace(mark, _part(random, word))
        target = target.replace("{x}", _part(random, random.choice((letters(random), *HOSTILE))))
        if random.random() < 0.5:
            fields = _FIELDS if random.random() < 0.3 else _DAYS
            pairs = [f"{random.choice(fields)}={_value(random)}" for _ in range(random.randint(1, 2))]
            target += ("&" if "?" in target else "?") + "&".join(pairs)
        version = random.choice(("HTTP/1.0", "HTTP/2", "HTTP/9.9", "x", "")) if random.random() < 0.05 else "HTTP/1.1"
        lines = [f"{method} {target} {version}"]
        lines += ["Host: {host}"] if random.random() < 0.95 else []
        lines += [random.choice(_HEADS) for _ in range(random.randint(1, 4) if odd else 0)]
        lines += [f"{letters(random, 4)}: {letters(random, 6)}"] if random.random() < 0.05 else []
        body = _body(random, lines, target.startswith("/check")) if post or random.random() < 0.05 else b""
        head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1", "replace")
        lengths = [
            words for words in lines if words.lower().startswith(("content-length", "transfer-encoding", "upgrade"))
        ]
        return head + body, lengths in ([], [f"Content-Length: {len(body)}"])

    def run(self, made: tuple[bytes, bool]) -> str:
        request, whole = made
        answer = self._sent(request.replace(b"{host}", b"127.0.0.1:%d" % self.port), base.PATIENCE if whole else MOMENT)
        self._whole()
        self.before = made
        status = int(answer[9:12]) if re.match(rb"HTTP/1\.[01] \d{3} ", answer) else None
        if answer and status is None:
            raise Wrong(f"no HTTP: {answer[:200]!r}")
        if status is not None and status > 499 and status not in BUSY:
            raise Wrong(f"status {status}: {answer[-500:]!r}")
        return "answered" if status is not None and status < 400 else "refused"

    def _sent(self, request: bytes, patience: float) -> bytes:
        """What comes back until the server closes; of a request that is not whole, within a moment."""
        until, answer = time.monotonic() + patience, bytearray()
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            try:
                connection.sendall(request)
                while True:
                    connection.settimeout(max(0.01, until - time.monotonic()))
                    if not (part := connection.recv(65_536)):
                        break
                    answer += part
            except TimeoutError as error:
                if patience != MOMENT:
                    raise TimeoutError(f"no whole answer in {patience:.0f} s, after {len(answer)} bytes") from error
            except ConnectionError:  # it had read enough of a request that it refused
                pass
        return bytes(answer).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _whole(self) -> None:
        """Raises `Wrong` where the server ended or wrote a traceback; it is started anew after its end."""
        time.sleep(0.002)  # what goes wrong after the answer is written down a little later
        log = self.log.read_bytes()
        fresh, self.read = log[self.read :], len(log)
        if (code := self.process.poll()) is not None:
            self._serve(self._open)
            raise Wrong(f"the server ended with {code}: {fresh[-800:]!r}")
        if b"Traceback" in fresh:
            trace = fresh.decode("utf-8", "replace")[-1200:]
            raise Wrong(f"in the log, after this request or the one before it ({self.before!r:.200}):\n{trace}")


def _part(random: Random, word: str) -> str:
    """A word as a part of an address: escaped as it should be, or nearly."""
    return quote(word.encode("utf-8", "replace"), safe="") if random.random() < 0.9 else word.replace(" ", "+")


def _value(random: Random) -> str:
    fit = random.choice(("1826", "1900-05", "2014-05-02"))
    return random.choice(
        (fit, fit, _part(random, date(random)), _part(random, letters(random)), random.choice(_VALUES))
    )


def _body(random: Random, lines: list[str], form: bool) -> bytes:
    """A body with the heads that announce it, truly or not."""
    data = document(random)
    match random.choice((0, 0, 0, 1, 2, 3)) if form else random.choice((0, 1, 2, 3, 3, 3, 3, 3, 3)):
        case 0:
            edge = random.choice(("x", "", "-" * 80, "\x80"))
            lines.append(f"Content-Type: multipart/form-data; boundary={edge}")
            field = random.choice(("text", "file", "about", "as_of", "\x00"))
            disposition = random.choice(
                (f'form-data; name="{field}"', f'form-data; name="{field}"; filename="a.html"', "form-data", "x")
            )
            data = (
                f"--{edge}\r\nContent-Disposition: {disposition}\r\n\r\n".encode("latin-1")
                + data
                + f"\r\n--{edge}--\r\n".encode("latin-1")
            )
        case 1:
            lines.append("Content-Type: application/x-www-form-urlencoded")
            data = (
                b"text=" + quote(data[:2000]).encode() + random.choice((b"", b"&as_of=x", b"&about=%ff", b"&" * 2000))
            )
        case 2:
            lines.append("Transfer-Encoding: chunked")
            size = random.choice((b"%x" % len(data), b"ffffffffffffffff", b"-1", b"zz"))
            return size + b"\r\n" + data + random.choice((b"\r\n0\r\n\r\n", b"", b"\r\n"))
        case _:
            lines.append(f"Content-Type: {random.choice(_MEDIA)}")
    length = random.choice((len(data),) * 20 + (0, len(data) + 5, len(data) // 2, 2_000_000))
    lines.append(f"Content-Length: {length}")
    return data
