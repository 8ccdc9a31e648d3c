"""R's data files (.rda) as rows of plain values."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from lzma import LZMAError
from pathlib import Path
from typing import Any

from comity.sources.base import Unreadable

Row = dict[str, Any]
"""A row of a table: whole numbers, real numbers, texts, and None for what R calls NA."""

# what a file that is no whole .rda archive makes of the library and of the decompressors below it
_BROKEN = (OSError, EOFError, LZMAError, ValueError, LookupError, NotImplementedError)


def rows(file: Path) -> list[Row] | Unreadable:
    """The rows of the one table of a file, which bears the file's own name."""
    import rdata  # brings pandas

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of classes that it reads as plain values, which is meant
            frame = rdata.read_rda(file)[file.stem]
    except _BROKEN as error:
        return Unreadable(f"can't be parsed: {error or type(error).__name__}")
    names = [str(name) for name in frame.columns]
    columns = [_plain(frame[name].tolist(), frame[name].isna().tolist()) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(values: Iterable[Any], missing: Iterable[bool]) -> list[Any]:
    """A column's values: R keeps whole numbers as real ones."""
    return [
        None if none else int(value) if isinstance(value, float) and value.is_integer() else value
        for value, none in zip(values, missing, strict=True)
    ]
