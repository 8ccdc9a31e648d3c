"""One version of a table: committed whole or not at all, and never on top of what another writer has just added."""

from __future__ import annotations

from collections.abc import Sequence

from arro3.core import Table
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from comity.ledger.tables import opened, unusable

# Each attempt fails only because another writer's succeeded.
ATTEMPTS = 100
# The log is the record of what was known when: nothing may shorten it, and no row may be taken back.
_TABLE = {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"}
_AFTER = PostCommitHookProperties(cleanup_expired_logs=False)
_FILES = WriterProperties(compression="ZSTD", compression_level=9, max_row_group_size=8192)


def committed(
    url: str, table: DeltaTable | None, rows: Table, entry: str, *, columns: Sequence[str], name: str = "comity ledger"
) -> bool:
    """Write a version after the one that `table` is at, or the first; False when another writer was first.

    `entry` is what the log says of it. Raises `LedgerError` when it can't be written.
    """
    try:
        write_deltalake(
            url if table is None else table,
            rows,
            mode="error" if table is None else "append",
            name=name,
            configuration=_TABLE if table is None else None,
            writer_properties=_FILES,
            # No retries: what is held has to be looked up again, else two writers could both add a row.
            commit_properties=CommitProperties({"comity": entry}, max_commit_retries=0),
            post_commithook_properties=_AFTER,
        )
    except CommitFailedError:
        return False
    except (DeltaError, OSError) as error:
        if table is None and opened(url, columns=columns) is not None:
            return False
        raise unusable(url, error) from error
    return True
