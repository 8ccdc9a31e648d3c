"""The ledger that comes with comity: the recipe that makes it from the sources, and the manifest that describes it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.errors import LedgerError
from comity.ledger.ingest import Ingested, Told, ingest
from comity.ledger.place import own
from comity.ledger.view import View
from comity.ledger.writer import Writer
from comity.model import Source
from comity.sources.base import Adapter
from comity.sources.fetch import locate
from comity.sources.registry import adapters

LEDGER = "ledger"
MANIFEST = "embedded.json"
_WHO = "comity build-embedded"


def embedded() -> Path:
    """The folder of the embedded ledger, read-only, in the installed package."""
    return Path(str(files("comity"))) / "data" / LEDGER


def everything(version: int | None = None) -> View:
    """The embedded ledger and the user's own, read as one; the user's at a version, else as it is."""
    mine = own()
    return View(embedded(), mine, versions=None if version is None else {mine: version})


def manifest() -> dict[str, Any]:
    """What the embedded ledger was made of: each source's commit, licence and counts, and the hash of all claims.

    Raises `LedgerError` when there is none.
    """
    file = embedded().with_name(MANIFEST)
    try:
        held: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LedgerError(
            f"the package holds no ledger: {file} is not there; make it with: comity build-embedded --mirror DIR",
            offender=file,
        ) from error
    return held


def holds(source: Source) -> bool:
    """Whether the embedded ledger was made of this source, whatever the edition."""
    return any(one["id"] == source.id for one in manifest()["sources"])


def build(
    mirror: Path | None, target: Path | None = None, *, jobs: int = 1, told: Told | None = None
) -> list[Ingested]:
    """Make the ledger anew from the registered sources that come with comity, and its manifest beside it.

    `mirror` holds the sources' files (else the cache or a download). What was there before is replaced once all is
    made, and left as it was when anything goes wrong. Run twice, it gives the same claims.
    """
    place = target or embedded()
    found = [(adapter, locate(adapter.source, mirror)) for adapter in _own(adapters().values())]
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".embedded.", dir=place.parent) as scratch:
        made = Path(scratch) / LEDGER
        done = [ingest(adapter, folder, Writer(made), who=_WHO, jobs=jobs, told=told) for adapter, folder in found]
        described = json.dumps(_described(made, done), ensure_ascii=False, indent=1)
        if place.exists():
            shutil.move(place, Path(scratch) / "before")
        shutil.move(made, place)
        place.with_name(MANIFEST).write_text(f"{described}\n", "utf-8")
    return done


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
    return {"claims": view.count(), "sha256": digest(claim.id for claim in view.claims()), "sources": sources}


def digest(ids: Iterable[str]) -> str:
    """The sha256 of claim ids, sorted, a line each: equal for equal claims."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
