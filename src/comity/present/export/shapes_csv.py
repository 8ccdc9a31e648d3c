"""Shapes as CSV (RFC 4180): one row for each, always with a column for every member."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from comity.present.visible import seen

if TYPE_CHECKING:
    from comity.present.shapes.shape import Shape

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the last four are full-width forms, which spreadsheets accept too


def table(shape: type[Shape], rows: Iterable[Shape]) -> bytes:
    """Rows of one shape; the members of a nested object get columns of their own (`when.edtf`).

    A list of words is joined into one cell, a list of objects becomes JSON in one cell. The words come from sources and
    can't be trusted: text that a spreadsheet would take for a formula gets an apostrophe in front, and invisible
    characters are left out.

    >>> from comity.present.shapes.records import When
    >>> table(When, [When(edtf="=1+1", earliest=None, latest=None)])
    b"edtf,earliest,latest\\r\\n'=1+1,,\\r\\n"
    """
    into = io.StringIO()
    columns = _columns(shape)
    write = csv.writer(into)
    write.writerow([".".join(path) for path in columns])
    write.writerows([_cell(_at(row, path)) for path in columns] for row in (each.as_json() for each in rows))
    return into.getvalue().encode("utf-8", "replace")


@cache
def _columns(shape: type[Shape]) -> tuple[tuple[str, ...], ...]:
    return tuple(_paths(shape, ()))


def _paths(shape: type[Shape], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in shape.model_fields.items():
        kind = field.annotation
        within = next((part for part in (kind, *get_args(kind)) if hasattr(part, "model_fields")), None)
        if within is None or getattr(kind, "__origin__", None) in (list, dict):
            yield (*above, name)
        else:
            yield from _paths(within, (*above, name))


def _at(row: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        row = row[name] if row is not None else None
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        plain = all(isinstance(member, str) for member in value)
        value = "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = seen(value)
        return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value).lower() if isinstance(value, bool) else value
