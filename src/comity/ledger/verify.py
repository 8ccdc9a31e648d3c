"""Verifying a ledger: every version opens, every file is whole, every claim and judgement is the one its id names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from deltalake import DeltaTable

from comity.errors import ComityError, LedgerError
from comity.ledger import judgements
from comity.ledger.log import entries
from comity.ledger.read import connection, file_rows, query
from comity.ledger.schema import Row, to_claim, to_row
from comity.ledger.tables import local, opened


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found whole at a URL. `orphans` are files that no version names, left by writers that were killed.

    Orphans do no harm; they are counted in local folders only.
    """

    url: str
    versions: int
    files: int
    claims: int
    orphans: int
    judgements: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    size: int
    rows: int


def verify(url: str | Path) -> Verified:
    """Check all that a ledger holds, and count it.

    Every version opens and adds what its entry says; every data file is there, in its size; every row is what its
    claim writes, so that its id is the hash of its content, and likewise of judgements; no id is there twice. Raises
    `LedgerError`, naming the version, file, claim or judgement, at the first that is not so, and when there is no
    ledger at the URL.
    """
    url = str(url)
    latest = opened(url)
    if latest is None:
        raise LedgerError(f"there is no ledger at {url}; nothing has been saved there", offender=url)
    files = _versions(url, latest.version())
    folder = local(url)
    if folder:
        _whole(folder, files)
    claims = _claims(_rows(latest, folder, files))
    orphans = _orphans(folder, files) if folder else 0
    return Verified(url, latest.version() + 1, len(files), claims, orphans, _judgements(url, latest.version()))


def _versions(url: str, latest: int) -> list[_File]:
    """The data files, in the order in which the versions added them."""
    log = entries(url)
    if [entry.version for entry in log] != list(range(latest + 1)):
        raise LedgerError(f"the ledger at {url} has {latest + 1} versions and entries for {len(log)}", offender=url)
    files: dict[str, _File] = {}
    for entry in log:
        table = opened(url, entry.version)
        assert table is not None
        now = _files(table)
        if gone := files.keys() - now.keys():
            raise LedgerError(f"version {entry.version} of {url} drops the file {min(gone)}", offender=entry)
        added = sum(file.rows for path, file in now.items() if path not in files)
        if added != entry.added:
            raise LedgerError(
                f"version {entry.version} of {url} holds {added} new claims where its entry says {entry.added}",
                offender=entry,
            )
        files |= now
    return list(files.values())


def _files(table: DeltaTable) -> dict[str, _File]:
    actions = table.get_add_actions()
    columns = (actions[name].to_pylist() for name in ("path", "size_bytes", "num_records"))
    return {path: _File(unquote(path), size, rows or 0) for path, size, rows in zip(*columns, strict=True)}


def _whole(folder: Path, files: list[_File]) -> None:
    for file in files:
        path = folder / file.path
        if not path.is_file():
            raise LedgerError(f"the ledger's file {path} is missing; restore it from a copy", offender=path)
        size = path.stat().st_size
        if size != file.size:
            raise LedgerError(f"the file {path} has {size} bytes where the log says {file.size}", offender=path)


def _rows(latest: DeltaTable, folder: Path | None, files: list[_File]) -> Iterator[tuple[Path | str, list[Row]]]:
    """The rows of each file with its name; those of an object store in one, with the ledger's URL."""
    if folder is None:
        return iter([(latest.table_uri, query(connection(latest), "claims", ids=None))])
    return file_rows(folder / file.path for file in files)


def _claims(held: Iterator[tuple[Path | str, list[Row]]]) -> int:
    seen: set[str] = set()
    for file, row in ((file, row) for file, rows in held for row in rows):
        id = row[0]
        if not _sound(row):
            raise LedgerError(f"the claim {id} in {file} is not what its id and columns say", offender=row)
        if id in seen:
            raise LedgerError(f"the claim {id} in {file} is held twice", offender=row)
        seen.add(id)
    return len(seen)


def _sound(row: Row) -> bool:
    """Whether the claim that a row holds writes that very row, its id hashed anew."""
    try:
        return to_row(to_claim(row)) == row
    except (ComityError, ValueError, KeyError, TypeError):
        # A date, span, modality or basis that no claim can have.
        return False


def _judgements(url: str, latest: int) -> int:
    seen: set[str] = set()
    for row in judgements.rows(url):
        if row[0] in seen or not judgements.is_sound(row) or row[9] > latest:
            raise LedgerError(f"the judgement {row[0]} of {url} is not what its id and columns say", offender=row)
        seen.add(row[0])
    return len(seen)


def _orphans(folder: Path, files: list[_File]) -> int:
    named = {folder / file.path for file in files}
    ours = ("_delta_log", judgements.FOLDER)
    there = {path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in ours}
    return len(there - named)
