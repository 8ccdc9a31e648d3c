"""The tables of the research data as rows of plain values."""

from __future__ import annotations

from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import SourceError
from comity.sources.base import Unreadable
from comity.sources.rda import frame

if TYPE_CHECKING:
    from pandas import Series

Row = dict[str, Any]
"""A row of a table: whole numbers, real numbers, texts, days, and None for what R calls NA."""

# the errors of the library and its decompressors for a file that is not a complete .rda archive
_BROKEN = (SourceError, OSError, EOFError, LZMAError, ValueError, LookupError, NotImplementedError)


def rows(file: Path) -> list[Row] | Unreadable:
    """The rows of the one table of an .rda file."""
    try:
        table = frame(file)
    except _BROKEN as error:
        return Unreadable(f"can't be parsed: {error or type(error).__name__}")
    names = [str(name) for name in table.columns]
    columns = [_plain(table[name]) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(column: Series[Any]) -> list[Any]:
    """A column's values: whole numbers, which R stores as real ones, as integers, and days without a time of day."""
    if column.dtype.kind == "f" and (column % 1 == 0).all():  # vectorized, since one table has nearly a million rows
        whole: list[Any] = column.astype(int).tolist()
        return whole
    missing = column.isna().tolist()
    return [None if none else _value(value) for value, none in zip(column.tolist(), missing, strict=True)]


def _value(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.date() if hasattr(value, "date") else value
