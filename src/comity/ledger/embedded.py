"""The ledger that comes with comity: the recipe that makes it from the sources, and the manifest that describes it."""

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
from comity.ledger.ingest import Ingested, Told, ingest
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
        raise LedgerError(f"the package holds no ledger: {folder} is not there", offender=folder, hint=_REMEDY)
    return folder


def everything(version: int | None = None) -> View:
    """The embedded ledger and the user's own, read as one; the user's at a version, else as it is."""
    mine = own()
    return View(embedded(), mine, versions=None if version is None else {mine: version})


def manifest() -> dict[str, Any]:
    """What the embedded ledger was made of: each source's commit, licence and counts, and the hash of all claims.

    Raises `LedgerError` when there is none, or it is not the JSON that was written.
    """
    file = _package() / MANIFEST
    try:
        held = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise LedgerError(f"the package holds no ledger: {file} is not there", offender=file, hint=_REMEDY) from error
    except (OSError, ValueError, RecursionError) as error:
        raise LedgerError(f"the manifest {file} can't be read", offender=file, hint=_REMEDY) from error
    if not isinstance(held, dict) or not is_whole(held):
        raise LedgerError(f"the manifest {file} was altered: it is not what was sealed", offender=file, hint=_REMEDY)
    return held


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
    """Whether the embedded ledger was made of this source, whatever the edition."""
    return any(one["id"] == source.id for one in manifest()["sources"])


def build(
    mirror: Path | None, target: Path | None = None, *, jobs: int = 1, told: Told | None = None
) -> list[Ingested]:
    """Make the ledger anew from the registered sources that come with comity, and its manifest beside it.

    `mirror` holds the sources' files (else the cache or a download); `target` is the folder to make both in. Run
    twice, it gives the same claims.

    Two things can't be replaced at once, so one of them decides: the manifest names the ledger's folder, and each run
    makes a folder of another name. Until the manifest is replaced, all is as it was before; from then on, all is new.
    What a run leaves that was killed on the way, the next one takes away.
    """
    place = target or _package()
    found = [(adapter, locate(adapter.source, mirror)) for adapter in _own(adapters().values())]
    try:
        place.mkdir(parents=True, exist_ok=True)
        _tidy(place)
        with _scratch(place) as scratch:
            ledger = scratch / f"{_LEDGER}{uuid4().hex[:8]}"
            done = [
                ingest(adapter, folder, Writer(ledger), who=_WHO, jobs=jobs, told=told) for adapter, folder in found
            ]
            text = json.dumps(sealed(_described(ledger, done)), ensure_ascii=False, indent=1)
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
    return done


def _package() -> Path:
    return Path(str(files("comity"))) / "data"


@contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A folder to work in, locked for as long as this run lives: a locked one is nobody else's litter."""
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=place) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder, until the end or the death of this process; False when a process that lives has locked it."""
    import fcntl  # not on every system, and only the recipe needs it

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _tidy(place: Path) -> None:
    """Take away what runs left that were killed, and ledgers that the manifest does not name (any more)."""
    for scratch in place.glob(f"{_SCRATCH}*"):
        with _locked(scratch) as is_ours:
            if is_ours:
                shutil.rmtree(scratch)
    try:
        current = json.loads((place / MANIFEST).read_bytes())["folder"]
    except FileNotFoundError:
        current = None
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"the manifest {place / MANIFEST} can't be read; take it away first", offender=place
        ) from error
    for ledger in place.glob(f"{_LEDGER}*"):
        if ledger.name != current:
            shutil.rmtree(ledger)


def _own(found: Iterable[Adapter]) -> list[Adapter]:
    """The adapters that are comity's and whose facts may be embedded: those in the public domain."""
    return [one for one in found if type(one).__module__.startswith("comity.") and one.source.licence == "CC0-1.0"]


def _described(ledger: Path, done: list[Ingested]) -> dict[str, Any]:
    view = View(ledger)
    known = adapters()
    sources = [
        {
            "id": one.source,
            "repository": known[one.source].source.repository,
            "commit": known[one.source].source.commit,
            "licence": known[one.source].source.licence,
            "adapter": known[one.source].version,
            **one.harvest.counts(),
            "held": one.appended.added,
        }
        for one in done
    ]
    return {
        "claims": view.count(),
        "sha256": digest(claim.id for claim in view.claims()),
        "folder": ledger.name,
        "log": sha256(content(str(ledger), log_path(view.versions[str(ledger)]))),
        "sources": sources,
    }


def digest(ids: Iterable[str]) -> str:
    """The sha256 of claim ids, sorted, a line each: equal for equal claims."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
