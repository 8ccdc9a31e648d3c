"""What other packages register with comity by entry points."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

from comity.errors import ComityError


def loaded(point: EntryPoint, what: str, error: type[ComityError]) -> Any:
    """An instance of what an entry point names. Raises `error`, naming the package's object, when that fails.

    >>> from comity.errors import ReaderError
    >>> loaded(EntryPoint("x", "no:Thing", "comity.readers"), "reader", ReaderError)
    Traceback (most recent call last):
    comity.errors.ReaderError: the reader "x" (no:Thing) can't be loaded: ModuleNotFoundError("No module named 'no'")
    """
    try:
        return point.load()()
    except Exception as why:  # whatever it is, it comes from that package, and the user must know which
        raise error(f'the {what} "{point.name}" ({point.value}) can\'t be loaded: {why!r}', offender=point) from why
