"""One version of a table: committed atomically, and never over what another writer has just added.

The order of a write makes it atomic: the data file is written under a name that no version uses yet, hashed and synced
to the disk; then one log file names it, with the hash, and is created only if no other has its number. A writer that
is killed before that leaves a file that nothing names; one killed after it has written everything.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
from arro3.core import Schema
from arro3.core import Table as Rows

from comity.errors import LedgerError
from comity.ledger.seal import sealed, sha256
from comity.ledger.store import LOG, content, local, names, settle, unwritable, upload
from comity.ledger.tables import FORMAT, Table, opened

if TYPE_CHECKING:
    from deltalake import CommitProperties, PostCommitHookProperties
    from deltalake.transaction import AddAction, RemoveAction

# Each attempt fails only because another writer's succeeded.
ATTEMPTS = 100
UPGRADED = "comity upgrade"
# The log is the record of what was known when: nothing may shorten it, and no row may be removed.
TABLE = {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"}
_CHECKPOINT_EVERY = 100
_ROOM = 4_000_000  # bytes that must be free on the disk for a checkpoint
_COPY = "copy (select * from rows) to ? (format parquet, compression zstd, compression_level 9, row_group_size 8192)"


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind of a table: a ledger of claims or its judgements."""

    name: str
    schema: Schema

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.schema.names)

    @property
    def description(self) -> str:
        """Names the format, so that a comity that does not know it can say so."""
        return f"{self.name}, schema {FORMAT}"


def committed(url: str, table: Table | None, rows: Rows, statement: Mapping[str, Any], kind: TableKind) -> int | None:
    """Write the version after that of `table`, or the first; returns its number.

    None when another writer was first, or when an older table was upgraded: read the table and try again. `statement`
    is the log's entry for the version. Raises `LedgerError` when it can't be written; then nothing is.
    """
    if table is not None and table.format < FORMAT:
        _upgrade(table, kind)
        return None
    number = 0 if table is None else table.version + 1
    with _data_file(url, rows) as (actions, files):
        entry = _entry(table, dict(statement) | {"files": files, "covers": _uncovered(table)})
        if not _put(url, table, actions, entry, kind):
            return None
    if folder := local(url):
        settle(folder / LOG / f"{number:020}.json", folder / LOG)
    _checkpoint(url, number)
    return number


def _put(url: str, table: Table | None, actions: list[AddAction], entry: str, kind: TableKind) -> bool:
    from deltalake import DeltaTable
    from deltalake.schema import Schema as DeltaSchema
    from deltalake.transaction import create_table_with_add_actions

    def create() -> None:
        create_table_with_add_actions(
            url, DeltaSchema.from_arrow(kind.schema), actions, mode="error",
            name=kind.name, description=kind.description, configuration=TABLE,
            commit_properties=_properties(entry), post_commithook_properties=_after(),
        )  # fmt: skip

    def append(version: int) -> None:
        changes: list[AddAction | RemoveAction] = [*actions]
        DeltaTable(url, version=version).create_write_transaction(
            changes, "append", kind.schema,
            commit_properties=_properties(entry), post_commithook_properties=_after(),
        )  # fmt: skip

    try:
        return _is_first(url, create if table is None else partial(append, table.version))
    except LedgerError:
        if table is None and opened(url, columns=kind.columns) is not None:
            return False  # another writer created it
        raise


def _is_first(url: str, commit: Callable[[], None]) -> bool:
    """Whether a commit was made; False when another writer's has its number. Raises `LedgerError` when it fails."""
    from deltalake.exceptions import CommitFailedError, DeltaError

    try:
        commit()
    except CommitFailedError:
        return False
    except (DeltaError, OSError) as error:
        raise unwritable(url, error) from error
    except BaseException as error:
        # The class of the library's internal failures is not public.
        if type(error).__name__ != "PanicException":
            raise
        raise unwritable(url, RuntimeError(str(error))) from error
    return True


def _upgrade(table: Table, kind: TableKind) -> None:
    """Bring a table without hashes to this format: a version that adds nothing and hashes everything in it.

    Earlier alterations can't be detected; later ones can.
    """
    from deltalake import DeltaTable

    data = {path: sha256(content(table.url, path)) for path in table.files}
    statement = {"who": "comity", "adapter": UPGRADED, "added": 0, "covers": _uncovered(table) | data}
    entry = _entry(table, statement)

    def describe() -> None:
        DeltaTable(table.url, version=table.version).alter.set_table_description(
            kind.description, commit_properties=_properties(entry), post_commithook_properties=_after()
        )

    _is_first(table.url, describe)


def _entry(table: Table | None, statement: Mapping[str, Any]) -> str:
    """An entry of the log. Its time is never before the previous entry's, whatever the machine's clock says."""
    before = int(table.commits[-1].when.timestamp() * 1000) if table else 0
    when = max(time.time_ns() // 1_000_000, before)
    return json.dumps(sealed(dict(statement) | {"schema": FORMAT, "when": when}), ensure_ascii=False)


def _uncovered(table: Table | None) -> dict[str, str]:
    """The hash of each file of the log, up to the version of a table, that no entry covers yet.

    A chain: each entry covers the one before, and so indirectly all earlier ones.
    """
    if table is None:
        return {}
    covered = {path for commit in table.commits for path in commit.statement.get("covers", {})}
    log = {commit.path: commit.sha256 for commit in table.commits if commit.path not in covered}
    return log | {
        path: sha256(content(table.url, path))
        for name in names(table.url, LOG)
        if (path := f"{LOG}/{name}") not in covered and name.endswith(".checkpoint.parquet")
    }


@contextmanager
def _data_file(url: str, rows: Rows) -> Iterator[tuple[list[AddAction], dict[str, dict[str, Any]]]]:
    """Rows in a data file, with the action that adds it and its description for an entry; removed on failure."""
    from deltalake.transaction import AddAction

    folder = local(url)
    if not rows.num_rows:
        if folder:
            _folder(url, folder)
        yield [], {}
        return
    name = f"part-{uuid4()}.zstd.parquet"
    data = _parquet(url, folder, name, rows)
    modified = time.time_ns() // 1_000_000
    description = {"sha256": sha256(data), "size": len(data), "rows": rows.num_rows, "modified": modified}
    action = AddAction(name, len(data), {}, modified, True, json.dumps({"numRecords": rows.num_rows}))
    try:
        yield [action], {name: description}
    except LedgerError:
        if folder:
            (folder / name).unlink(missing_ok=True)
        raise


def _parquet(url: str, folder: Path | None, name: str, rows: Rows) -> bytes:
    """The bytes of a new data file, which is in its place and synced."""
    if folder is None:
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / name
            _copy(rows, file)
            data = file.read_bytes()
        try:
            upload(url, name, data)
        except OSError as error:
            raise unwritable(url, error) from error
        return data
    _folder(url, folder)
    file = folder / name
    try:
        _copy(rows, file)
        settle(file, folder)
        return file.read_bytes()
    except (OSError, duckdb.Error) as error:
        for left in (file, file.with_name(f"tmp_{name}")):
            with suppress(OSError):  # where nothing can be written, nothing can be removed either
                left.unlink(missing_ok=True)
        raise unwritable(url, error) from error


def _copy(rows: Rows, file: Path) -> None:
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as engine:
        engine.register("rows", rows)
        engine.execute(_COPY, [str(file)])


def _folder(url: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(url, error) from error


def _checkpoint(url: str, version: int) -> None:
    """Every hundred versions, a checkpoint of the log for other readers of the table; comity needs none.

    The version is already committed, so no error here may be reported as its failure.
    """
    if version % _CHECKPOINT_EVERY or not version:
        return
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    folder = local(url)
    if folder and shutil.disk_usage(folder).free < _ROOM:
        return  # the library panics on a full disk
    try:
        DeltaTable(url, version=version).create_checkpoint()
    except (DeltaError, OSError):
        return


def _properties(entry: str) -> CommitProperties:
    from deltalake import CommitProperties

    # No retries: the table must be read again first, otherwise two writers could both add a row.
    return CommitProperties({"comity": entry}, max_commit_retries=0)


def _after() -> PostCommitHookProperties:
    from deltalake import PostCommitHookProperties

    return PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
