"""Open connections: how many, and how long the server waits for a client to send or take its bytes."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import Any, cast

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol
from uvicorn.server import ServerState

# The theory. A connection costs a file descriptor for as long as it stays open, and a client can open a thousand and
# send nothing, or a byte a minute (slowloris). Two rules protect the other clients. First, whatever a client owes has
# a time limit, counted from when it began to owe it and not from its last byte: a request's head, then its body, then
# the taking of the answer. Second, when there are too many connections, the one whose client has owed something longest
# is closed for the new one. An honest client sends its head within milliseconds, and so is never the oldest.
#
# Only when no client owes anything (all answers are being made) is the new connection refused, with 503.

_BUSY = b"The server has as many connections as it can serve; try again in some seconds.\n"
_REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n"
    b"Retry-After: 5\r\nConnection: close\r\n\r\n%s" % (len(_BUSY), _BUSY)
)
_FILES = 256  # descriptors for everything except connections: ledgers, sources, workers, threads
_ENOUGH = 8192  # descriptors that the server asks the system for


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a request's head, for its body and for taking an answer; the most connections, open and queued."""

    head: float = 10.0
    body: float = 60.0
    taking: float = 120.0
    connections: int = 1000
    backlog: int = 1024

    @classmethod
    def for_files(cls, descriptors: int) -> Limits:
        """The limits that this number of file descriptors allows.

        asyncio accepts a whole queue of connections before it reports the first, and closes one two turns later: up to
        four queues may be open above the limit.

        >>> Limits.for_files(8192).connections, Limits.for_files(1024).connections, Limits.for_files(1024).backlog
        (1000, 256, 128)
        """
        share = max(descriptors - _FILES, 6) // 6
        return cls(connections=min(cls().connections, 2 * share), backlog=min(cls().backlog, share))


def descriptors() -> int:
    """How many files this process may open, after raising its limit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _ENOUGH
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(_ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return _ENOUGH if soft == resource.RLIM_INFINITY else soft


class Settings(uvicorn.Config):
    """uvicorn's settings for an application, with limits; `owing` are connections by when they began to owe."""

    def __init__(self, app: ASGIApp, limits: Limits, **options: Any) -> None:
        # The scheme and the client are those of the connection: anyone could send a proxy's header.
        super().__init__(app, http=Connection, ws="none", proxy_headers=False, backlog=limits.backlog, **options)
        self.limits = limits
        self.owing: dict[Connection, None] = {}


class Connection(H11Protocol):
    """uvicorn's connection, with a time limit for whatever the client owes."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        assert isinstance(config, Settings)
        self._limits, self._owing = config.limits, config.owing
        self._debt: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > self._limits.connections:
            oldest = next(iter(self._owing), None)
            if oldest is None:
                self.transport.write(_REFUSAL)
                self.transport.close()
            else:
                oldest.cut()
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._full = True
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._full = False
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._owe(None)

    def send_400_response(self, msg: str) -> None:
        """Refuse invalid requests: 421 for a missing or repeated Host, 431 for a head that is too long.

        Of a request that is answered already, whose body turns out to be invalid, the connection is only closed; one
        that is being answered gets no second answer.
        """
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        error = sys.exception()
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        if "Host:" in str(error):
            status, msg = 421, "A request names one Host, once."
        body = f"{msg}\n".encode("ascii")
        headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        start = h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status])
        for event in (start, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def cut(self) -> None:
        """Close the connection at once, and make room for another."""
        self._owe(None)
        self.connections.discard(self)
        self.transport.abort()

    def _watch(self) -> None:
        """Note what the client owes now: a time limit begins when that changes, and at no other byte."""
        if self._full or self.transport.is_closing():
            self._owe("taking")
        elif self.conn.their_state is h11.IDLE:
            self._owe("head")
        elif self.conn.their_state is h11.SEND_BODY:
            self._owe("body")
        else:
            self._owe(None)

    def _owe(self, debt: str | None) -> None:
        if debt == self._debt:
            return
        self._debt = debt
        self._owing.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if debt is not None:
            self._owing[self] = None
            self._timer = self.loop.call_later(getattr(self._limits, debt), self.cut)
