"""Opening ledgers, for every caller: the one that the package embeds, the user's own, and both read as one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.errors import LedgerError
from comity.ledger.judgements import FOLDER
from comity.ledger.seal import is_whole, sha256
from comity.ledger.store import content
from comity.ledger.tables import log_path
from comity.ledger.verify import Verified, verify
from comity.ledger.view import View
from comity.model import Source
from comity.sources.folders import home

MANIFEST = "embedded.json"
REMEDY = "comity build-embedded --mirror DIR"


def own() -> str:
    """The folder of the user's ledger, `ledger` in `COMITY_HOME`; it may not exist yet."""
    return str(home() / "ledger")


def stamp(url: str) -> tuple[int, ...]:
    """A value that changes whenever the ledger in a local folder, or its judgements, have a new version.

    >>> stamp("/no/such/folder")
    ()
    """
    folder = Path(url)
    # Every version is a new file of one of these folders.
    logs = (folder / "_delta_log", folder / FOLDER / "_delta_log")
    return tuple(log.stat().st_mtime_ns for log in logs if log.is_dir())


def embedded() -> Path:
    """The folder of the embedded ledger, read-only, in the installed package; the manifest names it.

    Raises `LedgerError` when there is none.
    """
    folder = package() / str(manifest()["folder"])
    if not folder.is_dir():
        raise LedgerError(f"the package contains no ledger: {folder} does not exist", offender=folder, hint=REMEDY)
    return folder


def everything(version: int | None = None, view: type[View] = View) -> View:
    """The embedded ledger and the user's own, read as one by a `view`; the user's at a version, else as it is."""
    mine = own()
    return view(embedded(), mine, versions=None if version is None else {mine: version})


def manifest() -> dict[str, Any]:
    """What the embedded ledger was made of: each source's commit, licence and counts, and the hash of all claims.

    Raises `LedgerError` when there is none, or it is not the sealed JSON.
    """
    file = package() / MANIFEST
    try:
        description = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise LedgerError(
            f"the package contains no ledger: {file} does not exist", offender=file, hint=REMEDY
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise LedgerError(f"the manifest {file} can't be read", offender=file, hint=REMEDY) from error
    if not isinstance(description, dict) or not is_whole(description):
        raise LedgerError(f"the manifest {file} was altered: its seal does not match", offender=file, hint=REMEDY)
    return description


def verify_embedded() -> Verified:
    """Verify the embedded ledger, and that it is the one that the manifest describes.

    Raises `LedgerError` as `verify` does, naming the manifest or the file that is wrong.
    """
    described, folder = manifest(), embedded()
    verified = verify(folder)
    view = View(folder)
    last = log_path(view.versions[str(folder)])
    facts = {"claims": verified.claims, "sha256": digest(claim.id for claim in view.claims())}
    facts["log"] = sha256(content(str(folder), last))
    for name, value in facts.items():
        if described[name] != value:
            raise LedgerError(
                f"the ledger in {folder}, up to {last}, is not the one that {package() / MANIFEST} describes: "
                f'its "{name}" is {value}, not {described[name]}',
                offender=folder,
                hint=REMEDY,
            )
    return verified


def holds(source: Source) -> bool:
    """Whether the embedded ledger was built from this source, in any edition."""
    return any(entry["id"] == source.id for entry in manifest()["sources"])


def package() -> Path:
    """The folder of the embedded ledger and its manifest in the installed package."""
    return Path(str(files("comity"))) / "data"


def digest(ids: Iterable[str]) -> str:
    """The sha256 of sorted claim ids, one per line: equal for equal claims."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
