"""The embedded ledger: how it is built from the sources, and the manifest that describes it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

from comity.errors import LedgerError
from comity.ledger.ingest import Ingested, Report, ingest
from comity.ledger.place import own
from comity.ledger.seal import is_whole, sealed, sha256
from comity.ledger.store import content, settle, unwritable
from comity.ledger.tables import log_path
from comity.ledger.verify import Verified, verify
from comity.ledger.view import View
from comity.ledger.writer import Writer
from comity.model import Source
from comity.sources.base import Adapter
from comity.sources.fetch import locate
from comity.sources.registry import adapters

MANIFEST = "embedded.json"
_LEDGER = "ledger-"
_SCRATCH = ".embedded-"
_WHO = "comity build-embedded"
_REMEDY = "comity build-embedded --mirror DIR"


def embedded() -> Path:
    """The folder of the embedded ledger, read-only, in the installed package; the manifest names it.

    Raises `LedgerError` when there is none.
    """
    folder = _package() / str(manifest()["folder"])
    if not folder.is_dir():
        raise LedgerError(f"the package contains no ledger: {folder} does not exist", offender=folder, hint=_REMEDY)
    return folder


def everything(version: int | None = None) -> View:
    """The embedded ledger and the user's own, read as one; the user's at a version, else as it is."""
    mine = own()
    return View(embedded(), mine, versions=None if version is None else {mine: version})


def manifest() -> dict[str, Any]:
    """What the embedded ledger was made of: each source's commit, licence and counts, and the hash of all claims.

    Raises `LedgerError` when there is none, or it is not the sealed JSON.
    """
    file = _package() / MANIFEST
    try:
        description = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise LedgerError(
            f"the package contains no ledger: {file} does not exist", offender=file, hint=_REMEDY
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise LedgerError(f"the manifest {file} can't be read", offender=file, hint=_REMEDY) from error
    if not isinstance(description, dict) or not is_whole(description):
        raise LedgerError(f"the manifest {file} was altered: its seal does not match", offender=file, hint=_REMEDY)
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
                f"the ledger in {folder}, up to {last}, is not the one that {_package() / MANIFEST} describes: "
                f'its "{name}" is {value}, not {described[name]}',
                offender=folder,
                hint=_REMEDY,
            )
    return verified


def holds(source: Source) -> bool:
    """Whether the embedded ledger was built from this source, in any edition."""
    return any(entry["id"] == source.id for entry in manifest()["sources"])


def build(
    mirror: Path | None, target: Path | None = None, *, jobs: int = 1, report: Report | None = None
) -> list[Ingested]:
    """Rebuild the embedded ledger from comity's own sources, with its manifest beside it.

    `mirror` has the sources' files (else the cache or a download); `target` is the folder for both. Two runs give the
    same claims.

    Ledger and manifest can't be replaced in one step, so the manifest decides: it names the ledger's folder, and each
    run makes a folder of another name. Until the manifest is replaced, the old ledger is in force; from then on, the
    new one. The next run removes what a killed one left.
    """
    place = target or _package()
    located = [(adapter, locate(adapter.source, mirror)) for adapter in _own(adapters().values())]
    try:
        place.mkdir(parents=True, exist_ok=True)
        _tidy(place)
        with _scratch(place) as scratch:
            ledger = scratch / f"{_LEDGER}{uuid4().hex[:8]}"
            ingested = [
                ingest(adapter, folder, Writer(ledger), who=_WHO, jobs=jobs, report=report)
                for adapter, folder in located
            ]
            text = json.dumps(sealed(_description(ledger, ingested)), ensure_ascii=False, indent=1)
            written = scratch / MANIFEST
            written.write_text(f"{text}\n", "utf-8")
            settle(written)
            ledger.rename(place / ledger.name)
            settle(place)
            written.replace(place / MANIFEST)
            settle(place)
        _tidy(place)
    except OSError as error:
        raise unwritable(str(place), error) from error
    return ingested


def _package() -> Path:
    return Path(str(files("comity"))) / "data"


@contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A temporary folder, locked while this run lives, so that no other run removes it."""
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=place) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder until this process ends; False when another live process has locked it."""
    import fcntl  # not on every system, and only needed to build

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _tidy(place: Path) -> None:
    """Remove the leftovers of killed runs, and ledgers that the manifest does not name."""
    for scratch in place.glob(f"{_SCRATCH}*"):
        with _locked(scratch) as is_ours:
            if is_ours:
                shutil.rmtree(scratch)
    try:
        current = json.loads((place / MANIFEST).read_bytes())["folder"]
    except FileNotFoundError:
        current = None
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"the manifest {place / MANIFEST} can't be read; remove it first", offender=place) from error
    for ledger in place.glob(f"{_LEDGER}*"):
        if ledger.name != current:
            shutil.rmtree(ledger)


def _own(registered: Iterable[Adapter]) -> list[Adapter]:
    """comity's own adapters of sources in the public domain, whose claims may be embedded."""
    return [
        adapter
        for adapter in registered
        if type(adapter).__module__.startswith("comity.") and adapter.source.licence == "CC0-1.0"
    ]


def _description(ledger: Path, ingested: list[Ingested]) -> dict[str, Any]:
    view = View(ledger)
    known = adapters()
    sources = [
        {
            "id": source.source,
            "repository": known[source.source].source.repository,
            "commit": known[source.source].source.commit,
            "licence": known[source.source].source.licence,
            "adapter": known[source.source].version,
            **source.harvest.counts(),
            "held": source.appended.added,
        }
        for source in ingested
    ]
    return {
        "claims": view.count(),
        "sha256": digest(claim.id for claim in view.claims()),
        "folder": ledger.name,
        "log": sha256(content(str(ledger), log_path(view.versions[str(ledger)]))),
        "sources": sources,
    }


def digest(ids: Iterable[str]) -> str:
    """The sha256 of sorted claim ids, one per line: equal for equal claims."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
