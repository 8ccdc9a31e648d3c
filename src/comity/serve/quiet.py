"""A log that strangers can't fill: of the same line, whatever stands in it, one a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from logging import Filter, Logger, LogRecord, getLogger


class Sparse(Filter):
    """Passes one record of a kind (its words before anything is put in) a second; `clock` tells the seconds.

    >>> sparse = Sparse(iter([0.0, 0.5, 1.5]).__next__)
    >>> record = LogRecord("x", 30, "x", 1, "gone: %s", ("a",), None)
    >>> [sparse.filter(record) for _ in range(3)]
    [True, False, True]
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._last: dict[str, float] = {}

    def filter(self, record: LogRecord) -> bool:
        """Whether a record is written. A failure always is."""
        if record.exc_info:
            return True
        kind, now = str(record.msg), self._clock()
        if now - self._last.get(kind, now - 1) < 1:
            return False
        self._last[kind] = now
        return True


def sparse(name: str) -> Logger:
    """The logger of a name, made sparse."""
    logger = getLogger(name)
    if not any(isinstance(one, Sparse) for one in logger.filters):
        logger.addFilter(Sparse())
    return logger
