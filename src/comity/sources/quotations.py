"""The passage of a source at a locator, if its files are available: a quotation to show, never to store."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from comity.errors import ComityError
from comity.sources.base import Adapter
from comity.sources.fetch import cache as cached
from comity.sources.folders import mirrored
from comity.sources.manifest import manifest, measure
from comity.sources.registry import adapter

LONGEST = 600
"""The most characters of a passage among others: a note quotes, it doesn't reprint."""


def passages(
    places: Iterable[tuple[str, str]], mirror: Path | None = None, longest: int = LONGEST
) -> dict[tuple[str, str], str]:
    """The passage at each (edition, locator) whose file is available and identical to that of the pinned commit.

    A passage longer than `longest` is cut.
    """
    wanted, quotations = dict.fromkeys(places), {}
    homes = {edition: _home(edition, mirror) for edition in dict.fromkeys(edition for edition, _ in wanted)}
    for edition, locator in wanted:
        adapter, folder = homes[edition]
        if adapter is None or folder is None or not _pinned(adapter, folder, locator.partition("#")[0]):
            continue
        text = adapter.passage(folder, locator)
        if text:
            quotations[edition, locator] = text if len(text) <= longest else f"{text[:longest]}…"
    return quotations


def _home(edition: str, mirror: Path | None) -> tuple[Adapter | None, Path | None]:
    """The adapter of an edition, and the folder with its files; None for another edition, or without files."""
    try:
        adapter = _adapter(edition.partition("@")[0])
    except ComityError:  # a document that was read, or a source of a package that is no longer installed
        return None, None
    if adapter.source.edition != edition:
        return None, None
    place = mirrored(mirror)
    folder = place / adapter.source.place if place else cached(adapter.source)
    return adapter, folder if folder.is_dir() else None


@cache
def _adapter(id: str) -> Adapter:
    """The adapter of a source, cached: those of research data parse their file for the first passage."""
    return adapter(id)


def _pinned(adapter: Adapter, folder: Path, file: str) -> bool:
    """Whether a file is identical to that in the manifest."""
    expected = manifest(adapter.source).get(file)
    return expected is not None and measure(folder, [file]).get(file) == expected
