"""Loggers that clients can't flood: of each kind of message, one record a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from logging import Filter, Logger, LogRecord, getLogger


class Throttle(Filter):
    """Passes one record a second for each message template, whatever its arguments; `clock` gives the seconds.

    >>> throttle = Throttle(iter([0.0, 0.5, 1.5]).__next__)
    >>> record = LogRecord("x", 30, "x", 1, "gone: %s", ("a",), None)
    >>> [throttle.filter(record) for _ in range(3)]
    [True, False, True]
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._last: dict[str, float] = {}

    def filter(self, record: LogRecord) -> bool:
        """Whether a record is written; one with a traceback always is."""
        if record.exc_info:
            return True
        kind, now = str(record.msg), self._clock()
        if now - self._last.get(kind, now - 1) < 1:
            return False
        self._last[kind] = now
        return True


def throttled(name: str) -> Logger:
    """The logger of a name, with a `Throttle`."""
    logger = getLogger(name)
    if not any(isinstance(filter, Throttle) for filter in logger.filters):
        logger.addFilter(Throttle())
    return logger
