"""Archives of a pinned commit: downloaded with resume, unpacked no further than a manifest allows."""

from __future__ import annotations

import gzip
import http.client
import tarfile
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from comity.errors import MissingFile, SourceError
from comity.model import Source
from comity.sources.manifest import Manifest

Progress = Callable[[int, int | None], None]
"""Told the bytes that are there and those that there will be, when that is known."""

ATTEMPTS = 5
TIMEOUT = 30.0
_CHUNK = 1 << 16
_BROKEN = (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError)


def download(source: Source, url: str, part: Path, progress: Progress | None = None, pause: float = 0.5) -> None:
    """Bring the archive at `url` into the file `part`, going on from what `part` holds already.

    A broken connection is tried again, `ATTEMPTS` times in all, after `pause` seconds more each time.
    Raises `SourceError`, which says what to do instead, when the archive can't be had; `part` stays for the next time.
    """
    trouble = "the connection keeps breaking off"
    for attempt in range(ATTEMPTS):
        try:
            if _go_on(url, part, progress):
                return
        except urllib.error.HTTPError as error:
            trouble = f"the server answers {error.code} {error.reason}"
            if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
            elif error.code < 500 and error.code != http.client.TOO_MANY_REQUESTS:
                break
        except _BROKEN as error:
            trouble = str(getattr(error, "reason", error)) or type(error).__name__
        time.sleep(pause * attempt)
    raise SourceError(
        f"{source.edition} can't be downloaded from {url}: {trouble}. "
        f"Give a copy of its files as a mirror, or try again later",
        offender=source,
        hint=f"comity sources fetch {source.id} [--mirror DIR]",
    )


def unpack(source: Source, archive: Path, into: Path, expected: Manifest) -> None:
    """Extract the files of the manifest from a .tar.gz, without its single top folder; nothing else is written.

    Raises `SourceError` when it is not a complete archive, `MissingFile` when it lacks a file.
    """
    copied = set()
    try:
        with tarfile.open(archive, "r|gz") as members:
            for member in members:
                file = member.name.partition("/")[2]
                content = members.extractfile(member) if file in expected and member.isfile() else None
                if content is not None:
                    _write(into / file, content)
                    copied.add(file)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:  # an OSError is the disk's
        raise SourceError(
            f"the download of {source.edition} is no whole .tar.gz archive ({error}); try again",
            offender=source,
            hint=f"comity sources fetch {source.id}",
        ) from error
    if lacking := sorted(expected.keys() - copied):
        raise MissingFile(
            f"the archive of {source.edition} lacks {lacking[0]}, which its manifest lists", offender=source
        )


def _go_on(url: str, part: Path, progress: Progress | None) -> bool:
    """Ask for what is missing and append it; whether all is there now."""
    mark = part.with_name(f"{part.name}.etag")
    request = urllib.request.Request(url, headers={"User-Agent": "comity", "Accept-Encoding": "identity"})
    had = part.stat().st_size if part.exists() else 0
    if had and mark.exists():  # without a strong tag nobody can say that the rest is of the same rendition
        request.add_header("Range", f"bytes={had}-")
        request.add_header("If-Range", mark.read_text("utf-8"))
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        resumed = response.status == http.client.PARTIAL_CONTENT
        had = had if resumed else 0
        _remember(mark, response.headers.get("ETag"))
        length = response.headers.get("Content-Length")
        total = had + int(length) if length else None
        with part.open("ab" if resumed else "wb") as file:
            while chunk := response.read(_CHUNK):
                had += file.write(chunk)
                if progress:
                    progress(had, total)
    complete = total is None or had >= total
    if complete:
        mark.unlink(missing_ok=True)
    return complete


def _remember(mark: Path, etag: str | None) -> None:
    """Keep a strong tag of what is being downloaded: another rendition must not be appended to it."""
    if etag and not etag.startswith("W/"):
        mark.write_text(etag, "utf-8")
    else:
        mark.unlink(missing_ok=True)


def _write(file: Path, content: IO[bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        while chunk := content.read(_CHUNK):
            out.write(chunk)
