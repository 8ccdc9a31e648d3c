"""Delta tables by URL: opening one at a version, and saying plainly why one can't be opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError

from comity.errors import LedgerError
from comity.ledger.schema import COLUMNS

# In a local path the deltalake library panics at these, or looks for the table elsewhere.
_REFUSED = frozenset("[]^|?#%\\\n\r\t")


def opened(url: str, version: int | None = None, *, columns: Sequence[str] = COLUMNS) -> DeltaTable | None:
    """The table at a URL as recorded at a version (else the latest); None when no ledger is there yet.

    `columns` are those that it has to have. Credentials of an object store come from its usual environment variables.
    Raises `LedgerError` when what is there is no ledger, is damaged, or has no such version.
    """
    if (folder := local(url)) and (odd := sorted(_REFUSED & set(folder.absolute().as_posix()))):
        raise LedgerError(f"no ledger can lie in {folder}: Delta Lake takes no {odd[0]!r} in a path", offender=url)
    begun = _begun(url)  # looked at first: another writer may begin the ledger at any moment
    try:
        table = DeltaTable(url, version=version)
    except TableNotFoundError as error:
        if begun or str(error).startswith("Unknown scheme"):
            raise unusable(url, error) from error
        if version is not None:
            raise LedgerError(f"there is no ledger at {url}, so no version {version} of it", offender=url) from error
        return None
    except (DeltaError, OSError) as error:
        if version is not None and (latest := opened(url, columns=columns)) and version > latest.version():
            last = latest.version()
            raise LedgerError(f"the ledger at {url} has versions 0 to {last}, none {version}", offender=url) from error
        raise unusable(url, error) from error
    if tuple(field.name for field in table.schema().fields) != tuple(columns):
        raise LedgerError(f"the table at {url} is no ledger of comity: its columns are others", offender=url)
    return table


def unusable(url: str, error: Exception) -> LedgerError:
    """The error to raise for what a library says, of which the first sentence is for people."""
    why = str(error).strip().partition("\n")[0].partition(". ")[0].rstrip(".")
    return LedgerError(f"the ledger at {url} can't be used: {why}", offender=url)


def local(url: str) -> Path | None:
    """The folder that a URL names on this machine; None for an object store.

    >>> local("file:///tmp/my%20ledger").as_posix(), local("s3://bucket/ledger")
    ('/tmp/my ledger', None)
    """
    if url.startswith("file://"):
        return Path(unquote(url.removeprefix("file://")))
    return None if "://" in url else Path(url)


def _begun(url: str) -> bool:
    """Whether a local folder holds versions, though its log may lack a beginning."""
    folder = local(url)
    return folder is not None and next(folder.glob("_delta_log/[0-9]*.json"), None) is not None
