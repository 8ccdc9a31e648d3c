"""Queues: each kind of work has its own threads and a bounded queue."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

# The theory. A framework runs all that is not asynchronous in one pool of 40 threads, first come, first served: 200
# briefs of a tenth of a second each fill it for 20 seconds, and a 404 or a style sheet waits behind them. More threads
# make it worse, since Python runs one at a time and the one that accepts requests is only one of them. So briefs have
# two threads and a queue of some seconds; requests beyond it get 503 at once. The pool of the framework is left to
# static files and the like.

T = TypeVar("T")
P = ParamSpec("P")
_LATER = {"Retry-After": "5"}


class Queue:
    """`threads` for one kind of work, and at most `places` that wait for one."""

    def __init__(self, threads: int, places: int) -> None:
        self._limiter = CapacityLimiter(threads)
        self._limit = threads + places
        self._inside = 0

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """The result of the work. Raises 503 at once when the queue is full.

        The work is not done for a client that disconnected while it waited.
        """
        if self._inside >= self._limit:
            raise HTTPException(503, "Too many requests at once; try again in some seconds.", _LATER)
        self._inside += 1
        try:
            async with self._limiter:
                if await request.is_disconnected():
                    raise ClientDisconnect
                return await to_thread.run_sync(work, limiter=_UNLIMITED)
        finally:
            self._inside -= 1

    def __call__(self, route: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
        """A route, with `request` among its parameters, whose work is done in this queue."""

        @wraps(route)
        async def queued(*args: P.args, **kwargs: P.kwargs) -> T:
            request = kwargs["request"]
            assert isinstance(request, Request)
            return await self.run(request, lambda: route(*args, **kwargs))

        return queued


_UNLIMITED = CapacityLimiter(float("inf"))  # a queue's own limit holds already
BRIEFS = Queue(2, 100)
"""Work that reads all claims of a pair or polity: briefs, timelines, drawings, feeds; 0.1 s or more each."""
LOOKUPS = Queue(4, 1000)
"""Work that reads a few rows: a claim, a list, the meaning of a name; some milliseconds each."""
