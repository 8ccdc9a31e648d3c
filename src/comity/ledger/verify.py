"""Verifying that every version, file, claim and judgement of a ledger is unchanged, bit for bit.

How any change is detected: a data file's hash is in the entry that adds it. An entry of the log can't hold its
own file's hash, so the next entry does; and since the last has no next, each is sealed with a hash of its content, and
everything else in its file that any reader uses (the files it adds, the columns, the table's name and settings) must
agree with the entry or with comity's own definitions. Only what nobody reads is left unchecked, such as the name of the
library that committed. Checkpoints are covered like entries; the last is compared with the log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arro3.core import Schema

from comity.errors import ComityError, LedgerError
from comity.ledger import judgements
from comity.ledger.commit import TABLE, UPGRADED, TableKind
from comity.ledger.log import entries_of
from comity.ledger.read import checkpoint_files, file_rows, query, reading
from comity.ledger.schema import Row, to_claim, to_row
from comity.ledger.seal import is_whole, sha256
from comity.ledger.store import LOG, content, local, names, place
from comity.ledger.tables import FORMAT, Commit, DataFile, Table, damaged, opened
from comity.ledger.writer import KIND

_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint\.parquet")
_POINTER = "_last_checkpoint"
_PROTOCOL = {"minReaderVersion": 1, "minWriterVersion": 2}


@dataclass(frozen=True, slots=True)
class Verified:
    """The numbers of what was verified at a URL. `orphans` are files that no version names, left by killed writers.

    Orphans do no harm; they are counted in local folders only. `uncovered` are versions that an older comity wrote
    without hashes: of their claims, what is not part of the id (quotes, confidence) could not be checked.
    """

    url: str
    versions: int
    files: int
    claims: int
    orphans: int
    judgements: int = 0
    uncovered: int = 0


def verify(url: str | Path) -> Verified:
    """Check and count everything in a ledger.

    Every entry and data file has its recorded hash; every version adds what its entry says; every row is what its claim
    produces, so that its id is the hash of its content, and likewise for judgements; no id occurs twice. Raises
    `LedgerError`, naming the file, at the first violation, and when there is no ledger at the URL.
    """
    url = str(url)
    ledger = opened(url)
    if ledger is None:
        raise LedgerError(f"there is no ledger at {url}; nothing has been saved there", offender=url)
    uncovered = _check_log(ledger, KIND)
    entries_of(ledger)
    claims = _ids(ledger, KIND.schema, _is_claim, "claim")
    verdicts = judgements.table_of(url)
    rules = _verdicts(verdicts, ledger.version) if verdicts else set()
    persons = {row[0] for row in judgements.persons(ledger)}
    orphans = _orphans(ledger)
    return Verified(url, ledger.version + 1, len(ledger.files), len(claims), orphans, len(rules | persons), uncovered)


def _verdicts(table: Table, latest: int) -> set[str]:
    """The ids of the judgements in their own table, after checking it."""
    _check_log(table, judgements.KIND)
    last = table.commits[-1]
    if judgements.through(table) > latest:
        raise damaged(table.url, last.path, f"it mentions a version {judgements.through(table)} of the ledger")
    return _ids(
        table, judgements.SCHEMA, lambda row: judgements.is_sound(row) and row[9] <= latest, "judgement"
    )  # fmt: skip


def _check_log(table: Table, kind: TableKind) -> int:
    """Check the log of a table and its data files; returns how many entries have no hashes."""
    covers = _covers(table)
    for commit in table.commits:
        _check_count(table, commit)
    for commit in table.commits[_first_sealed(table) :]:
        if problem := _problem(commit, kind):
            raise damaged(table.url, commit.path, problem)
    for file in table.files.values():
        _check_file(table, file)
    for path, hash in covers.items():
        _check_hash(table.url, path, hash)
    _checkpoints(table, covers)
    # The upgrade of an older ledger covers what came before it, as it was on that day.
    return sum(commit.path not in covers for commit in table.commits if commit.format < FORMAT)


def _covers(table: Table) -> dict[str, str]:
    """The hashes of earlier files in the entries."""
    covers: dict[str, str] = {}
    for commit in table.commits:
        covers |= commit.statement.get("covers", {})
    return covers


def _first_sealed(table: Table) -> int:
    """The version from which every entry is sealed: the first whose entry or table description states the format."""
    described = (bool(commit.metadata and commit.metadata.get("description")) for commit in table.commits)
    sealed = (commit.format == FORMAT or about for commit, about in zip(table.commits, described, strict=True))
    return next((version for version, is_so in enumerate(sealed) if is_so), len(table.commits))


def _check_count(table: Table, commit: Commit) -> None:
    """Check that a version adds what its entry says, and drops nothing."""
    rows = sum(file.rows or 0 for file in commit.files)
    file = place(table.url, commit.path)
    if rows != commit.statement.get("added", rows):
        added = commit.statement["added"]
        raise LedgerError(
            f"version {commit.version} of {table.url} holds {rows} new claims where its entry says {added}: see {file}",
            offender=commit,
        )
    if commit.removed:
        gone = min(commit.removed)
        raise LedgerError(f"version {commit.version} of {table.url} drops the file {gone}: see {file}", offender=commit)


def _problem(commit: Commit, kind: TableKind) -> str | None:
    """What is wrong in the log file of a sealed entry, if anything."""
    if not is_whole(commit.statement):
        return "its content does not match its seal"
    for action in commit.adds:
        if _is(action, _addition(action["path"], commit.statement["files"].get(action["path"], {}))):
            continue
        return f"it does not add {action['path']} as sealed"
    describes = commit.version == 0 or commit.statement.get("adapter") == UPGRADED
    if describes is not (commit.metadata is not None):
        return "it lacks, or repeats, the description of the table"
    if commit.metadata is not None and not _is(commit.metadata, _description(kind)):
        return "it describes another table"
    if (commit.version == 0) is not (commit.protocol is not None) or not _is(commit.protocol or _PROTOCOL, _PROTOCOL):
        return "it names another protocol"
    return None


def _is(action: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether an action on a table is the expected one, apart from the table's id and creation time."""
    content = {name: value for name, value in action.items() if value is not None and name not in ("id", "createdTime")}
    for name in ("stats", "schemaString"):
        if name in content:
            content[name] = json.loads(content[name])
    return content == expected


def _addition(path: str, file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "partitionValues": {},
        "size": file.get("size"),
        "modificationTime": file.get("modified"),
        "dataChange": True,
        "stats": {"numRecords": file.get("rows")},
    }


def _description(kind: TableKind) -> dict[str, Any]:
    from deltalake.schema import Schema as DeltaSchema

    return {
        "name": kind.name,
        "description": kind.description,
        "format": {"provider": "parquet", "options": {}},
        "schemaString": json.loads(DeltaSchema.from_arrow(kind.schema).to_json()),
        "partitionColumns": [],
        "configuration": TABLE,
    }


def _check_file(table: Table, file: DataFile) -> None:
    data = content(table.url, file.path)
    path = place(table.url, file.path)
    if len(data) != file.size:
        raise LedgerError(f"the file {path} has {len(data)} bytes where the log says {file.size}", offender=path)
    statement = table.commits[file.version].statement
    if file.path in statement.get("files", {}):
        _check_hash(table.url, file.path, statement["files"][file.path]["sha256"], data)


def _check_hash(url: str, path: str, hash: object, data: bytes | None = None) -> None:
    if sha256(content(url, path) if data is None else data) != hash:
        file = place(url, path)
        raise LedgerError(
            f"the file {file} was altered: its sha256 is not the one in the ledger's log; restore it from a copy",
            offender=file,
        )


def _checkpoints(table: Table, covers: Mapping[str, str]) -> None:
    """Check uncovered checkpoints against the log, and the pointer to the last checkpoint."""
    folder = local(table.url)
    if folder is None:
        return
    there = {int(match[1]): name for name in names(table.url, LOG) if (match := _CHECKPOINT.fullmatch(name))}
    for version, name in there.items():
        path = f"{LOG}/{name}"
        log = Table(table.url, table.commits[: version + 1]).files.values()
        if path not in covers and checkpoint_files(folder / path) != {(file.path, file.size) for file in log}:
            raise damaged(table.url, path, "it lists other files than the log")
    if _POINTER in names(table.url, LOG):
        path = f"{LOG}/{_POINTER}"
        try:
            version = json.loads(content(table.url, path))["version"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise damaged(table.url, path, "it is not the JSON that names a checkpoint") from error
        if version not in there:
            raise damaged(table.url, path, "it names a missing checkpoint")


def _ids(table: Table, schema: Schema, is_sound: Callable[[Row], bool], what: str) -> set[str]:
    """The ids of all rows of a table, after checking that each is sound and unique."""
    ids: set[str] = set()
    for file, row in ((file, row) for file, rows in _rows(table, schema) for row in rows):
        if not is_sound(row):
            raise LedgerError(f"the {what} {row[0]} in {file} does not match its id and columns", offender=row)
        if row[0] in ids:
            raise LedgerError(f"the {what} {row[0]} in {file} occurs twice", offender=row)
        ids.add(row[0])
    return ids


def _rows(table: Table, schema: Schema) -> Iterator[tuple[Path | str, list[Row]]]:
    """The rows of each file with its name; those of an object store in one, with the ledger's URL."""
    folder = local(table.url)
    if folder is None:
        empty = schema.empty_table()
        return iter([(table.url, query(reading("claims", table, empty), "claims", ids=None))])
    return file_rows((folder / path for path in table.files), schema)


def _is_claim(row: Row) -> bool:
    """Whether the claim in a row, with its id hashed again, produces the same row."""
    try:
        return to_row(to_claim(row)) == row
    except (ComityError, ValueError, KeyError, TypeError, OverflowError):
        # A date, span, modality or basis that no claim can have.
        return False


def _orphans(table: Table) -> int:
    folder = local(table.url)
    if folder is None:
        return 0
    referenced = {folder / path for path in table.files}
    ours = (LOG, judgements.FOLDER)
    there = {path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in ours}
    return len(there - referenced)
