"""The research data sets as Parquet files: converted once from the pinned .rda files, cached in the cache folder.

The name of a converted file contains the sha256 of its original, so a new edition never uses an old copy. The cache
can be made again, and is bounded: when it is too large, the oldest files go first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from comity.sources.folders import mirrored, scratch
from comity.sources.manifest import manifest, verify
from comity.sources.rda import SOURCES, frame, holder, member

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyarrow import Array, Table

ROW = "row_"
"""The column of a converted file with the row number in the original."""
FILES, BYTES = 1_000, 512 << 20
"""The most that the cache holds; all data sets are a hundred files."""
_VERSION = 1  # to be raised whenever `converted` changes its result for the same file


def pinned(name: str) -> str:
    """The sha256 of the .rda file of a data set.

    Raises `SourceError` when no pinned package contains it.
    """
    return manifest(holder(name))[member(name)]


def parquet(name: str, mirror: Path | None = None) -> Path:
    """The data set as a Parquet file.

    A mirror's files are verified each time; without a mirror, a data set that was converted before needs no other file.
    Raises `SourceError` when it is not available, `HashMismatch` when the mirror's file is not the pinned one.
    """
    target = cached_file(f"{name}-{pinned(name)[:16]}-{_VERSION}.parquet")
    mirror = mirrored(mirror)
    if mirror is None and target.is_file():
        return target
    folder = _folder(name, mirror)
    if not target.is_file():
        put(converted(frame(folder / member(name))), target)
    return target


def _folder(name: str, mirror: Path | None) -> Path:
    """The verified files of the source of a data set."""
    source = holder(name)
    if mirror is not None and (mirror / source.id).is_dir():
        return _verified(source.id, mirror)
    from comity.sources.fetch import locate  # imports everything that a download needs

    return locate(source, mirror, into=scratch())


@lru_cache
def _verified(id: str, mirror: Path) -> Path:
    """A source's folder of a mirror, verified once a process."""
    source = next(source for source in SOURCES if source.id == id)
    verify(source, mirror / id)
    return mirror / id


def converted(table: DataFrame) -> Table:
    """An Arrow table of a data frame, each row with its place.

    R stores whole numbers as real ones: they become integers. Its dates lose the time of day that the conversion added.
    """
    import pyarrow
    from pyarrow import compute

    columns = {ROW: pyarrow.array(range(len(table)), pyarrow.int32())}
    for name in table.columns:
        values = pyarrow.Array.from_pandas(table[name])
        if pyarrow.types.is_timestamp(values.type):
            values = values.cast(pyarrow.date32())
        elif (
            pyarrow.types.is_floating(values.type)
            and compute.all(compute.equal(values, compute.round(values)), min_count=0).as_py()
        ):
            values = values.cast(pyarrow.int64())
        if pyarrow.types.is_int64(values.type) and _narrow(values):
            values = values.cast(pyarrow.int32())
        columns[name] = values
    return pyarrow.table(columns)


def _narrow(values: Array) -> bool:
    """Whether all of them fit into 32 bits."""
    from pyarrow import compute

    bounds = compute.min_max(values).as_py()
    return bounds["min"] is None or max(-bounds["min"], bounds["max"]) < 2**31


def cached_file(name: str) -> Path:
    """Where a file that is made for panels is, or will be."""
    return scratch() / "panel" / name


def put(table: Table, target: Path) -> None:
    """Write a table into its place in the cache."""
    from pyarrow.parquet import write_table

    with placing(target) as part:
        write_table(table, part, compression="zstd")


@contextmanager
def placing(target: Path) -> Iterator[Path]:
    """A file to write, put in its place at once, so that no other process finds half of it; what is too much goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.{get_ident()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _trim(target)


def _trim(newest: Path) -> None:
    """Remove what was made first until the rest is within the bounds; another process may do so too."""
    cached: list[tuple[float, int, Path]] = []
    for file in newest.parent.iterdir():
        with suppress(FileNotFoundError):
            state = file.stat()
            cached.append((state.st_mtime, state.st_size, file))
    files, size = len(cached), sum(bytes for _, bytes, _ in cached)
    for _, bytes, file in sorted(cached):
        if files <= FILES and size <= BYTES:
            return
        if file != newest:
            file.unlink(missing_ok=True)
            files, size = files - 1, size - bytes
