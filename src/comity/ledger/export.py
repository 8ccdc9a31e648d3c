"""Taking claims out of a ledger: one Parquet, CSV or JSONL file, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from comity.errors import LedgerError
from comity.ledger.schema import to_row, to_table
from comity.ledger.view import View

_COPY = {
    ".parquet": "copy claims to '{}' (format parquet, compression zstd)",
    ".csv": "copy (select * replace (to_json(participants) as participants) from claims) to '{}' (format csv, header)",
}


def export(view: View, file: str | Path) -> int:
    """Write every claim of a View to a file and say how many; its ending says how.

    `.parquet` and `.csv` have the ledger's columns (a CSV's participants as JSON), `.jsonl` the wire shape of a
    claim, one a line. A file that is there is replaced once the new one is whole. Raises `LedgerError` for another
    ending and for a place that can't be written.
    """
    file = Path(file)
    write = _jsonl if file.suffix == ".jsonl" else _columns if file.suffix in _COPY else None
    if write is None:
        raise LedgerError(f"{file} should end in .parquet, .csv or .jsonl, which says how to write it", offender=file)
    try:
        return _whole(view, file, write)
    except (OSError, duckdb.Error) as error:
        why = str(error).partition("\n")[0]
        raise LedgerError(f"the claims can't be written to {file}: {why}", offender=file) from error


def _whole(view: View, file: Path, write: Callable[[View, Path], int]) -> int:
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as scratch:
        made = Path(scratch) / file.name
        many = write(view, made)
        os.replace(made, file)
    return many


def _jsonl(view: View, file: Path) -> int:
    claims = view.claims()
    titles = {edition: source.title for edition, source in view.sources().items()}
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for claim in claims:
            out.write(json.dumps(claim.as_json(titles.get(claim.source, "")), ensure_ascii=False) + "\n")
    return len(claims)


def _columns(view: View, file: Path) -> int:
    table = to_table(map(to_row, view.claims()))
    on = duckdb.connect(config={"autoinstall_known_extensions": False})
    on.register("claims", table)
    on.execute(_COPY[file.suffix].format(str(file).replace("'", "''")))
    return table.num_rows
