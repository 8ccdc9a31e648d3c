"""An application at an address of this machine, until it is interrupted."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import closing
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

from comity.errors import ComityError
from comity.serve.connections import Limits, Settings, descriptors
from comity.serve.quiet import sparse

_LEAVE = 5  # seconds for answers under way when the server ends


def listen(app: ASGIApp, host: str, port: int, told: Callable[[str, bool], None], limits: Limits | None = None) -> None:
    """Serve at a host's address and port (0: any that is free); `told` is given the URL, and whether others reach it.

    `limits` are those that this process has file descriptors for, if none are given.

    Ends by KeyboardInterrupt. Raises `ComityError` when the address can't be had.
    """
    limits = limits or Limits.for_files(descriptors())
    with closing(_bound(host, port, limits.backlog)) as at:
        told(_url(at), not ip_address(at.getsockname()[0].partition("%")[0]).is_loopback)
        settings = Settings(
            app, limits, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_LEAVE
        )
        sparse("uvicorn.error")
        uvicorn.Server(settings).run(sockets=[at])


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
