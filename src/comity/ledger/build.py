"""Building the embedded ledger from the sources, with the manifest that describes it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from comity.errors import LedgerError
from comity.ledger.ingest import Ingested, Report, ingest
from comity.ledger.open import MANIFEST, digest, package
from comity.ledger.seal import sealed, sha256
from comity.ledger.store import content, settle, unwritable
from comity.ledger.tables import log_path
from comity.ledger.view import View
from comity.ledger.writer import Writer
from comity.sources.base import Adapter
from comity.sources.fetch import locate
from comity.sources.registry import adapters

_LEDGER = "ledger-"
_SCRATCH = ".embedded-"
_WHO = "comity build-embedded"


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
    place = target or package()
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
