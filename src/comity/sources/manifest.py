"""Manifests: the sha256 of every file that an adapter reads, as `sha256sum` writes and checks them.

Made by `python tools/manifests.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from glob import glob
from pathlib import Path

from comity.errors import HashMismatch, MissingFile, SourceError
from comity.model import Source

FOLDER = Path(__file__).parent / "manifests"

Manifest = dict[str, str]
"""The sha256 of each file, by its path inside the source."""


def members(source: Source, folder: Path) -> list[str]:
    """The files in `folder` that belong to the source, as paths inside it, sorted."""
    return sorted({file for pattern in source.files for file in glob(pattern, root_dir=folder)})


def belongs(source: Source, file: str) -> bool:
    """Whether a path is one of the source's, by its patterns.

    >>> source = Source("x", "X", "", "", files=("articles/*.xml",))
    >>> belongs(source, "articles/peru.xml"), belongs(source, "articles/../LICENSE.xml"), belongs(source, "peru.xml")
    (True, False, False)
    """
    parts = file.split("/")
    return ".." not in parts and any(
        len(parts) == pattern.count("/") + 1 and fnmatchcase(file, pattern) for pattern in source.files
    )


def manifest(source: Source) -> Manifest:
    """The manifest of a source's pinned commit.

    Raises `SourceError` when comity carries none.
    """
    file = FOLDER / f"{source.id}.sha256"
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise SourceError(
            f"there is no manifest of {source.edition}; make one from a mirror",
            offender=source,
            hint="python tools/manifests.py --mirror DIR",
        ) from error
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def measure(folder: Path, files: Iterable[str]) -> Manifest:
    """The sha256 of files of a folder; one that is not there has none."""
    digests = ((file, _digest(f"{folder}/{file}")) for file in files)  # as strings: paths cost more than the hashes
    return {file: digest for file, digest in digests if digest}


def verify(source: Source, folder: Path, expected: Manifest | None = None) -> None:
    """Check that `folder` holds every file of the manifest, byte for byte, and no other that would be read.

    Raises `MissingFile` or `HashMismatch`, naming the first file, what was expected and what was found.
    """
    expected = manifest(source) if expected is None else expected
    digests = measure(folder, expected)
    for file, digest in expected.items():
        if file not in digests:
            raise MissingFile(
                f"{folder} lacks {file}, which {source.edition} lists; mirror the whole commit, or fetch it",
                offender=folder / file,
                hint=f"comity sources fetch {source.id}",
            )
        if digests[file] != digest:
            raise HashMismatch(
                f"{folder / file} is not the file of {source.edition}: its sha256 is {digests[file]}, not {digest}",
                offender=folder / file,
            )
    for file in members(source, folder):
        if file not in expected:
            raise HashMismatch(f"{folder / file} is not a file of {source.edition}; remove it", offender=folder / file)


def _digest(file: str) -> str | None:
    try:
        with open(file, "rb", buffering=0) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
