"""Times in data sets: days, single years, and ends beyond the period of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from comity.model import Certainty, When
from comity.sources.research.frames import Row


def lasting(begin: str | int, end: str | int, first: str | int = "", last: str | int = "") -> When:
    """The interval between two dates; an end at the beginning or end of the data may be beyond it.

    >>> lasting(1949, 2018, 1815, 2018).edtf, lasting("1816-01", "1838-12", first="1816-01").edtf
    ('1949/[2018..]', '[..1816-01]/1838-12')
    """
    since, until = _edtf(begin), _edtf(end)
    opening = f"[..{since}]" if since <= _edtf(first) else since
    closing = f"[{until}..]" if last and until >= _edtf(last) else until
    return When.parse(f"{opening}/{closing}")


def common(first: When, second: When) -> When | None:
    """The common part of two times, each end as precise as the one that limits it; None when there is none.

    >>> str(common(When.parse("1902-05/1902-06-03"), When.parse("1902-05-20/1903")))
    '1902-05-20/1902-06-03'
    """
    if first.overlaps(second) is Certainty.NO:
        return None
    begin = max(first.begin, second.begin, key=lambda when: (when.earliest, when.precision == "day"))
    end = min(first.end, second.end, key=lambda when: (when.latest, when.precision != "day"))
    return When.span(begin, end)


def runs(rows: Iterable[Row], by: Iterable[str], same: Iterable[str] = ()) -> Iterator[list[Row]]:
    """Runs of rows of the same or successive years: equal in the columns `by`, while those of `same` don't change.

    >>> rows = [{"code": 2, "year": year, "kind": kind} for year, kind in ((1, "a"), (2, "a"), (3, "b"), (5, "b"))]
    >>> [[row["year"] for row in run] for run in runs(rows, ["code"], ["kind"])]
    [[1, 2], [3], [5]]
    """
    order, alike = itemgetter(*by, "year"), itemgetter(*by, *same)
    run: list[Row] = []
    for row in sorted(rows, key=order):
        if run and (alike(row) != alike(run[-1]) or row["year"] > run[-1]["year"] + 1):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def groups(rows: Iterable[Row], by: Iterable[str]) -> Iterator[tuple[Any, list[Row]]]:
    """Groups of rows with equal columns `by`, each with its key, sorted by it."""
    columns = itemgetter(*by)
    for key, members in groupby(sorted(rows, key=columns), key=columns):
        yield key, list(members)


def _edtf(written: str | int) -> str:
    """A year as four digits; any other date unchanged."""
    return f"{written:04}" if isinstance(written, int) else written
