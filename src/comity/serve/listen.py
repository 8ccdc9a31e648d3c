"""An application at an address of this machine, until it is interrupted."""

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
from comity.serve.quiet import sparse

_LEAVE = 3  # seconds for answers under way when the server ends
_END = 4.5  # seconds after which the process ends, whatever is under way


def listen(app: ASGIApp, host: str, port: int, told: Callable[[str, bool], None], limits: Limits | None = None) -> None:
    """Serve at a host's address and port (0: any that is free); `told` is given the URL, and whether others reach it.

    `limits` are those that this process has file descriptors for, if none are given. Ends by KeyboardInterrupt or
    SIGTERM, and the process with it within five seconds. Raises `ComityError` when the address can't be had.
    """
    limits = limits or Limits.for_files(descriptors())
    with closing(_bound(host, port, limits.backlog)) as at:
        told(_url(at), not ip_address(at.getsockname()[0].partition("%")[0]).is_loopback)
        settings = Settings(
            app, limits, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_LEAVE
        )
        sparse("uvicorn.error")
        _Server(settings).run(sockets=[at])


class _Server(uvicorn.Server):
    """The server that listens, whose end is sure.

    uvicorn cancels what is under way when its time to leave is over, but a query in a thread can't be cancelled, and
    both the event loop and the interpreter wait for it before they end. So the signal that ends the server also sets
    a timer that ends the process; where all is done before, the timer goes with the process.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What a signal does."""
        if not self.should_exit:
            end = Timer(_END, _end, (sig,))
            end.daemon = True
            end.start()
        super().handle_exit(sig, frame)


def _end(signal: int) -> None:
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(128 + signal)  # as a shell says that a signal ended it


def _bound(host: str, port: int, backlog: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        made = socket.create_server(address[:2], family=family, backlog=backlog)
    except (OSError, UnicodeError) as error:
        raise ComityError(_why(host, port, error), offender=(host, port)) from error
    # Those accepted inherit it: head and body are sent as they come, not 40 ms apart.
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _why(host: str, port: int, error: OSError | UnicodeError) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is in use; give another by --port, or 0 for any that is free"
    if number == errno.EACCES:
        return f"port {port} of {host} is not for you to use; give one above 1023 by --port, or 0 for any that is free"
    why = str(getattr(error, "strerror", None) or error).partition(" (")[0]
    return f"{host} is no address of this machine: {why}; give --host 127.0.0.1 for this machine alone"


def _url(at: socket.socket) -> str:
    host, port = at.getsockname()[:2]
    return f"http://[{host}]:{port}/" if at.family is socket.AF_INET6 else f"http://{host}:{port}/"
