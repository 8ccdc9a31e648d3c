"""Serve an application at an address of this machine until interrupted."""

from __future__ import annotations

import errno
import multiprocessing
import os
import socket
from collections.abc import Callable
from contextlib import closing
from ipaddress import ip_address
from threading import Timer
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from comity.errors import ComityError
from comity.serve.connections import Limits, Settings, descriptors
from comity.serve.throttle import throttled

_LEAVE = 3  # seconds for answers under way when the server ends
_END = 4.5  # seconds after which the process ends, whatever is under way


def listen(
    app: ASGIApp, host: str, port: int, announce: Callable[[str, bool], None], limits: Limits | None = None
) -> None:
    """Serve at a host's address and port (0: any free port); `announce` gets the URL, and whether it is public.

    `limits` are by default those that the process has file descriptors for. KeyboardInterrupt or SIGTERM ends it, and
    the process within five seconds. Raises `ComityError` when the address is unavailable.
    """
    limits = limits or Limits.for_files(descriptors())
    with closing(_open(host, port, limits.backlog)) as at:
        announce(_url(at), not ip_address(at.getsockname()[0].partition("%")[0]).is_loopback)
        settings = Settings(
            app, limits, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_LEAVE
        )
        throttled("uvicorn.error")
        _Server(settings).run(sockets=[at])


class _Server(uvicorn.Server):
    """uvicorn's server, which ends within a fixed time.

    uvicorn cancels what is under way when its time to leave is over, but a query in a thread can't be cancelled, and
    both the event loop and the interpreter wait for it before they end. So the signal that ends the server also sets
    a timer that ends the process; if everything ends earlier, the timer ends with the process.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end on a signal."""
        if not self.should_exit:
            end = Timer(_END, _end, (sig,))
            end.daemon = True
            end.start()
        super().handle_exit(sig, frame)


def _end(signal: int) -> None:
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(128 + signal)  # as a shell says that a signal ended it


def _open(host: str, port: int, backlog: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server(address[:2], family=family, backlog=backlog)
    except (OSError, UnicodeError) as error:
        raise ComityError(_why(host, port, error), offender=(host, port)) from error
    # Accepted connections inherit it: head and body are sent at once, not 40 ms apart.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _why(host: str, port: int, error: OSError | UnicodeError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is in use; choose another with --port, or 0 for any free port"
    if number == errno.EACCES:
        return f"port {port} of {host} needs privileges; choose one above 1023 with --port, or 0 for any free port"
    why = str(getattr(error, "strerror", None) or error).partition(" (")[0]
    return f"{host} is not an address of this machine: {why}; use --host 127.0.0.1 for this machine alone"


def _url(at: socket.socket) -> str:
    host, port = at.getsockname()[:2]
    return f"http://[{host}]:{port}/" if at.family is socket.AF_INET6 else f"http://{host}:{port}/"
