"""The bytes of a ledger, in a folder of this machine or in an object store: reading, listing, writing whole files."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from comity.errors import LedgerError
from comity.extras import need

if TYPE_CHECKING:
    from deltalake._internal import DeltaFileSystemHandler

LOG = "_delta_log"
# In a local path the deltalake library panics at these, or looks for the table elsewhere.
_REFUSED = frozenset("[]^|?#%\\\n\r\t")
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
_READ_ONLY = frozenset((errno.EROFS, errno.EACCES, errno.EPERM))


def local(url: str) -> Path | None:
    """The folder that a URL names on this machine; None for an object store.

    >>> local("file:///tmp/my%20ledger").as_posix(), local("s3://bucket/ledger")
    ('/tmp/my ledger', None)
    """
    if url.startswith("file://"):
        return Path(unquote(url.removeprefix("file://")))
    return None if "://" in url else Path(url)


def usable(url: str) -> None:
    """Raises `LedgerError` for a folder in which Delta Lake can't store a table."""
    if (folder := local(url)) and (odd := sorted(_REFUSED & set(folder.absolute().as_posix()))):
        raise LedgerError(
            f"no ledger can be in {folder}: Delta Lake does not accept {odd[0]!r} in a path", offender=url
        )


def place(url: str, path: str) -> str:
    """The path of a file of a ledger, for messages.

    >>> place("/home/ana/ledger/", "_delta_log/0.json"), place("s3://bucket/ledger", "part.parquet")
    ('/home/ana/ledger/_delta_log/0.json', 's3://bucket/ledger/part.parquet')
    """
    folder = local(url)
    return str(folder / path) if folder else f"{url.rstrip('/')}/{path}"


def names(url: str, folder: str) -> list[str]:
    """The names of the files in a folder of a ledger, sorted; none when there is no such folder."""
    root = local(url)
    try:
        if root:
            return sorted(name for name in os.listdir(root / folder))
        listing = _handler(url).get_file_info_selector(folder, allow_not_found=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unusable(url, error) from error
    return sorted(str(info.path).rpartition("/")[2] for info in listing)


def content(url: str, path: str) -> bytes:
    """The bytes of a file of a ledger. Raises `LedgerError`, naming it, when it can't be read."""
    root = local(url)
    try:
        if root:
            return (root / path).read_bytes()
        file = _handler(url).open_input_file(path)
        data = file.read(file.size())
    except FileNotFoundError as error:
        raise LedgerError(f"the ledger's file {place(url, path)} is missing; restore it from a copy") from error
    except OSError as error:
        raise unusable(place(url, path), error) from error
    return data


def upload(url: str, path: str, data: bytes) -> None:
    """Write a new file into an object store."""
    stream: Any = _handler(url).open_output_stream(path)  # its type stub lacks `close`
    stream.write(data)
    stream.close()


def settle(*paths: Path) -> None:
    """Sync files and folders to the disk, so that they survive a loss of power."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unusable(url: str, error: Exception) -> LedgerError:
    """The error to raise for a library's error on reading, whose first sentence is for people."""
    return LedgerError(f"the ledger at {url} can't be used: {_sentence(error)}", offender=url)


def unwritable(url: str, error: Exception) -> LedgerError:
    """The error to raise for a write that failed: a full disk and a read-only folder need different remedies."""
    number = _errno(error)
    if number in _FULL:
        why = "the disk is full; make room and try again"
    elif number in _READ_ONLY:
        why = "its folder is read-only for you; allow writing there, or set COMITY_HOME to another folder"
    else:
        why = f"{_sentence(error)}; comity ledger verify names a file that is damaged"
    return LedgerError(f"the ledger at {url} can't be written: {why}", offender=url)


def _errno(error: Exception) -> int | None:
    """The system's error number; the libraries give it only in words."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    return next((number for number in _FULL | _READ_ONLY if os.strerror(number) in str(error)), None)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).strip().partition("\n")[0].partition(". ")[0].rstrip(".")


def _handler(url: str) -> DeltaFileSystemHandler:
    """The object store at a URL; credentials come from its usual environment variables."""
    need("ledger")
    from deltalake._internal import DeltaFileSystemHandler
    from deltalake.exceptions import DeltaError

    try:
        return DeltaFileSystemHandler(url)
    except (DeltaError, OSError, ValueError) as error:
        raise unusable(url, error) from error
