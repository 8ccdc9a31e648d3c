"""Where a source's files are: a mirror, else the cache, else one download of the pinned commit; verified always."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from comity.errors import HashMismatch, MissingFile, SourceError
from comity.model import Source
from comity.sources.archive import Progress, download, unpack
from comity.sources.folders import home, mirrored
from comity.sources.manifest import Manifest, manifest, verify

__all__ = ["cache", "fetch", "home", "locate", "verify"]

HOST = "https://github.com"


def cache(source: Source, into: Path | None = None) -> Path:
    """The folder that holds, or will hold, the fetched files of a source's edition; of `into` instead of the home."""
    return (into or home()) / "sources" / source.edition


def locate(
    source: Source,
    mirror: Path | None = None,
    *,
    expected: Manifest | None = None,
    progress: Progress | None = None,
    into: Path | None = None,
) -> Path:
    """A folder that holds the verified files of a source.

    That of the mirror (`mirror`, else `COMITY_MIRROR`) when there is one; else the cache; else what one download
    brings, into a folder `into` where that is given. Raises `MissingFile`, `HashMismatch`, or `SourceError` when
    nothing can be downloaded.
    """
    expected = manifest(source) if expected is None else expected
    mirror = mirrored(mirror)
    if mirror is None:
        for place in {cache(source): None, cache(source, into): None}:
            if _is_complete(source, place, expected):
                return place
        return fetch(source, expected=expected, progress=progress, into=into)
    folder = mirror / source.place
    if not folder.is_dir():
        raise MissingFile(
            f"the mirror {mirror} has no folder {source.place}; put the files of {source.repository} there, "
            "or leave the mirror out to fetch them",
            offender=folder,
        )
    verify(source, folder, expected)
    return folder


def fetch(
    source: Source,
    *,
    expected: Manifest | None = None,
    progress: Progress | None = None,
    host: str | None = None,
    into: Path | None = None,
) -> Path:
    """Download the archive of the pinned commit into the cache, keeping the files of the manifest and no others.

    A download that broke off is resumed. The cache changes only once every file is verified, and then at once.
    `host` (else `COMITY_ARCHIVES`) takes the place of https://github.com. Raises `SourceError` when there is no
    answer, `MissingFile` or `HashMismatch` when the archive is not that of the manifest.
    """
    target = cache(source, into)
    with _archive(source, progress, host, target) as archive:
        return _unpacked(source, archive, manifest(source) if expected is None else expected, target)


def fetch_all(
    sources: Iterable[Source], *, progress: Progress | None = None, host: str | None = None
) -> Iterator[tuple[Source, Path]]:
    """Fetch sources one by one, as `fetch` does; those pinned to one commit share one download."""
    for _, shared in groupby(sorted(sources, key=attrgetter("archive_url", "id")), key=attrgetter("archive_url")):
        editions = list(shared)
        with _archive(editions[0], progress, host, cache(editions[0])) as archive:
            for source in editions:
                yield source, _unpacked(source, archive, manifest(source), cache(source))


@contextmanager
def _archive(source: Source, progress: Progress | None, host: str | None, target: Path) -> Iterator[Path]:
    """The archive of a source's commit, downloaded; it is removed afterwards, unless the download broke off."""
    url = source.archive_url.replace(HOST, (host or os.environ.get("COMITY_ARCHIVES") or HOST).rstrip("/"), 1)
    part = target.with_name(f"{target.name}.tar.gz.part")
    with _cached(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        download(source, url, part, progress)
    try:
        yield part
    finally:
        with _cached(target.parent):
            part.unlink(missing_ok=True)


def _unpacked(source: Source, archive: Path, expected: Manifest, target: Path) -> Path:
    """The cache of a source, once its files are out of an archive and verified."""
    with (
        _cached(target.parent),
        tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch,
    ):
        unpacked = Path(scratch) / "new"
        unpack(source, archive, unpacked, expected)
        verify(source, unpacked, expected)
        _put(unpacked, target, Path(scratch) / "old")
    return target


@contextmanager
def _cached(folder: Path) -> Iterator[None]:
    """Raises `SourceError`, naming the folder of the cache, for what the system says against writing there."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(
            f"{folder} can't be written: {why}; set COMITY_HOME to another folder", offender=folder
        ) from error


def _is_complete(source: Source, folder: Path, expected: Manifest) -> bool:
    """Whether the cache can be used as it is; one that can't is fetched anew."""
    try:
        verify(source, folder, expected)
    except (MissingFile, HashMismatch):
        return False
    return True


def _put(new: Path, target: Path, aside: Path) -> None:
    """Put a folder in its place; what was there is put aside, and goes with the scratch folder."""
    if target.is_dir() and not target.is_symlink():
        shutil.move(target, aside)
    os.replace(new, target)
