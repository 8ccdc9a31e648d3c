"""Times as data sets give them: days since 1970, years one by one, and ends beyond what the data cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from comity.model import When
from comity.sources.research.rda import Row

_EPOCH = date(1970, 1, 1)


def day(number: int) -> str:
    """A day as R counts it, as EDTF.

    >>> day(-56248), day(17166)
    ('1816-01-01', '2016-12-31')
    """
    return (_EPOCH + timedelta(days=number)).isoformat()


def lasting(begin: str | int, end: str | int, first: str | int = "", last: str | int = "") -> When:
    """From one date to another; an end that lies where the data begin or end may lie beyond.

    >>> lasting(1949, 2018, 1815, 2018).edtf, lasting("1816-01", "1838-12", first="1816-01").edtf
    ('1949/[2018..]', '[..1816-01]/1838-12')
    """
    since, until = _edtf(begin), _edtf(end)
    opening = f"[..{since}]" if since <= _edtf(first) else since
    closing = f"[{until}..]" if last and until >= _edtf(last) else until
    return When.parse(f"{opening}/{closing}")


def runs(rows: Iterable[Row], by: Iterable[str], same: Iterable[str] = ()) -> Iterator[list[Row]]:
    """Rows of one year or successive years that agree: alike in the columns `by`, while those of `same` stay as they are.

    >>> held = [{"code": 2, "year": year, "kind": kind} for year, kind in ((1, "a"), (2, "a"), (3, "b"), (5, "b"))]
    >>> [[row["year"] for row in run] for run in runs(held, ["code"], ["kind"])]
    [[1, 2], [3], [5]]
    """
    named, alike = itemgetter(*by, "year"), itemgetter(*by, *same)
    run: list[Row] = []
    for row in sorted(rows, key=named):
        if run and (alike(row) != alike(run[-1]) or row["year"] > run[-1]["year"] + 1):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def groups(rows: Iterable[Row], by: Iterable[str]) -> Iterator[tuple[Any, list[Row]]]:
    """Rows alike in the columns `by`, with what they have in common, in its order."""
    named = itemgetter(*by)
    for key, held in groupby(sorted(rows, key=named), key=named):
        yield key, list(held)


def _edtf(written: str | int) -> str:
    """A year in four digits; any other date as it is."""
    return f"{written:04}" if isinstance(written, int) else written
