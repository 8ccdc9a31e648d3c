"""The log of a Delta table, read from its files: what each version added, and its entry.

A ledger is a Delta Lake table. Each version is one file of JSON lines in `_delta_log`, which only ever grows. comity
reads that log itself and leaves only the committing to the deltalake library. The reason is damage: with one bit of
the log changed the library may panic, or ignore the changed line; here every line is checked, and the damaged file is
named. It is also cheaper, since comity reads the entry of each version in any case. Checkpoints, which the library
makes for readers of a long log, are not needed; `verify` compares them with the log.

**Versions of the format.** 1: entries without hashes. 2: each entry is sealed (`seal.py`) and holds the hashes of the
files that it adds and of the log files before it. The table's description names the format, and so does each entry.
An older ledger is read as it is, and upgraded by the first append; a newer one is refused in one sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from comity.errors import LedgerError
from comity.ledger.schema import COLUMNS
from comity.ledger.seal import sha256
from comity.ledger.store import LOG, content, local, names, place, unusable, usable

FORMAT = 2
_ENTRY = re.compile(r"(\d{20})\.json")
_DESCRIBED = re.compile(r"schema (\d{1,9})")
# What a damaged line may cause: invalid JSON, another shape, deep nesting, a date in the year 50,000.
_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, OSError)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that a version added: its path within the ledger, its bytes and, if recorded, its rows."""

    path: str
    size: int
    rows: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Commit:
    """One version as recorded in its log file: `when`, comity's entry, and the actions on the table."""

    version: int
    sha256: str
    when: datetime
    statement: Mapping[str, Any]
    files: tuple[DataFile, ...]
    adds: tuple[Mapping[str, Any], ...]
    removed: frozenset[str]
    metadata: Mapping[str, Any] | None
    protocol: Mapping[str, Any] | None

    @property
    def path(self) -> str:
        """The log file, within the ledger."""
        return log_path(self.version)

    @property
    def format(self) -> int:
        """The version of the format of this entry: 1 before there were hashes."""
        return int(self.statement.get("schema", 1))


@dataclass(frozen=True)
class Table:
    """A Delta table up to one of its versions."""

    url: str
    commits: tuple[Commit, ...] = field(repr=False)

    @property
    def version(self) -> int:
        return len(self.commits) - 1

    @cached_property
    def files(self) -> dict[str, DataFile]:
        """The data files by path, in the order in which versions added them."""
        files: dict[str, DataFile] = {}
        for commit in self.commits:
            files |= {file.path: file for file in commit.files}
            for path in commit.removed:
                files.pop(path, None)
        return files

    @property
    def metadata(self) -> Mapping[str, Any]:
        return next(commit.metadata for commit in reversed(self.commits) if commit.metadata is not None)

    @property
    def format(self) -> int:
        """The version of the format that the table's description names."""
        match = _DESCRIBED.search(self.metadata.get("description") or "")
        return int(match[1]) if match else 1


def opened(url: str, version: int | None = None, *, columns: Sequence[str] = COLUMNS) -> Table | None:
    """The table at a URL as recorded at a version (else the latest); None when there is no ledger yet.

    `columns` are those that it must have. Credentials of an object store come from its usual environment variables.
    Raises `LedgerError` when the table is not a ledger, is damaged, was written by a newer comity, or has no such
    version.
    """
    usable(url)
    commits = tuple([_commit(url, number) for number in _versions(url)])
    if not commits:
        if version is not None:
            raise LedgerError(f"there is no ledger at {url}, so no version {version} of it", offender=url)
        return None
    last = len(commits) - 1
    if version is not None and not 0 <= version <= last:
        raise LedgerError(f"the ledger at {url} has versions 0 to {last}, none {version}", offender=url)
    if commits[0].metadata is None:
        raise damaged(url, commits[0].path, "it does not say what the table is")
    latest = Table(url, commits)
    _readable(latest, columns)
    return latest if version is None else Table(url, commits[: version + 1])


def log_path(version: int) -> str:
    """The log file of a version, within the ledger.

    >>> log_path(7)
    '_delta_log/00000000000000000007.json'
    """
    return f"{LOG}/{version:020}.json"


def damaged(url: str, path: str, why: str) -> LedgerError:
    """The error to raise for a damaged file of the log."""
    file = place(url, path)
    return LedgerError(f"the ledger's entry {file} is damaged: {why}; restore it from a copy", offender=file)


def _versions(url: str) -> list[int]:
    """The numbers of the versions, 0 and on without a gap."""
    if (folder := local(url)) and folder.exists() and not folder.is_dir():
        raise unusable(url, NotADirectoryError(f"{folder} is a file, no folder"))
    listed = [int(match[1]) for name in names(url, LOG) if (match := _ENTRY.fullmatch(name))]
    for expected, version in enumerate(listed):
        if version != expected:
            raise LedgerError(
                f"the ledger at {url} can't be used: its entry {place(url, log_path(expected))} is missing; "
                "restore it from a copy",
                offender=url,
            )
    return listed


def _commit(url: str, version: int) -> Commit:
    path = log_path(version)
    data = content(url, path)
    try:
        commit = _parse(data, version)
    except _DAMAGE as error:
        raise damaged(url, path, "it is cut short or is not the JSON that comity writes") from error
    if commit.format > FORMAT:
        raise _newer(url, path, commit.format)
    if _is_torn(commit):
        raise damaged(url, path, "it does not name the files that it says it adds")
    return commit


def _parse(data: bytes, version: int) -> Commit:
    """The content of a log file; raises one of `_DAMAGE` if it is damaged."""
    actions: dict[str, list[dict[str, Any]]] = {}
    for line in data.decode("utf-8").split("\n"):  # a source may use other line separators in its words
        if line:
            for kind, action in json.loads(line).items():
                actions.setdefault(kind, []).append(dict(action))
    (about,) = actions["commitInfo"]
    statement = json.loads(about.get("comity", "{}"))
    adds = tuple(actions.get("add", ()))
    instant = statement["when"] if "when" in statement else about["timestamp"]
    return Commit(
        version=version,
        sha256=sha256(data),
        when=datetime.fromtimestamp(_integer(instant) / 1000, UTC),
        statement=_checked(statement),
        files=tuple(_file(action, version) for action in adds),
        adds=adds,
        removed=frozenset(unquote(action["path"]) for action in actions.get("remove", ())),
        metadata=_last(actions.get("metaData", [])),
        protocol=_last(actions.get("protocol", [])),
    )


def _checked(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement, after a check of the types that its readers rely on."""
    kinds = {"who": str, "adapter": str, "note": dict, "files": dict, "covers": dict, "judgements": list}
    for name, kind in kinds.items():
        if name in statement and not isinstance(statement[name], kind):
            raise TypeError(f"{name} is no {kind.__name__}")
    for name in ("added", "schema", "through"):
        _integer(statement.get(name, 0))
    if not isinstance(statement.get("source"), dict | None):
        raise TypeError("the source is no object")
    return statement


def _file(action: Mapping[str, Any], version: int) -> DataFile:
    rows = json.loads(action.get("stats") or "{}").get("numRecords")
    return DataFile(
        unquote(action["path"]), _integer(action["size"]), None if rows is None else _integer(rows), version
    )


def _integer(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _last(actions: list[dict[str, Any]]) -> dict[str, Any] | None:
    return actions[-1] if actions else None


def _is_torn(commit: Commit) -> bool:
    """Whether a log file lost its last lines, though the others are valid."""
    if commit.format == 1:
        return bool(commit.statement.get("added")) and not commit.files
    return {file.path for file in commit.files} != set(commit.statement.get("files", {}))


def _readable(table: Table, columns: Sequence[str]) -> None:
    source = next(commit for commit in reversed(table.commits) if commit.metadata is not None)
    try:
        format = table.format
        there = tuple(column["name"] for column in json.loads(table.metadata["schemaString"])["fields"])
    except _DAMAGE as error:
        raise damaged(table.url, source.path, "it does not say which columns the table has") from error
    if format > FORMAT:
        raise _newer(table.url, source.path, format)
    if there != tuple(columns):
        raise LedgerError(
            f"the table at {table.url} is no ledger of comity: its columns are others "
            f"(as {place(table.url, source.path)} has them)",
            offender=table.url,
        )


def _newer(url: str, path: str, format: int) -> LedgerError:
    return LedgerError(
        f"the ledger at {url} was written by a newer comity, in format {format} (so {place(url, path)} says), and this "
        f"one reads up to format {FORMAT}: install the newer comity",
        offender=url,
    )
