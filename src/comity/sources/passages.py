"""What a source says at a locator, where its files are at hand: a quotation to show, never to keep."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from comity.errors import ComityError
from comity.sources.base import Adapter
from comity.sources.fetch import cache as cached
from comity.sources.home import mirrored
from comity.sources.manifest import manifest, measure
from comity.sources.registry import adapter

LONGEST = 600
"""Characters of a passage beside others: a note quotes, it doesn't reprint."""


def passages(
    places: Iterable[tuple[str, str]], mirror: Path | None = None, longest: int = LONGEST
) -> dict[tuple[str, str], str]:
    """The passage at each (edition, locator) whose file is here, byte for byte that of the pinned commit.

    Of one that is longer than `longest` its beginning.
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
    """The adapter of an edition, and the folder with its files; None for another edition or none at hand."""
    try:
        adapter = _adapter(edition.partition("@")[0])
    except ComityError:  # a page that was read, or a source of a package that is no longer installed
        return None, None
    if adapter.source.edition != edition:
        return None, None
    place = mirrored(mirror)
    folder = place / adapter.source.place if place else cached(adapter.source)
    return adapter, folder if folder.is_dir() else None


@cache
def _adapter(id: str) -> Adapter:
    """The adapter of a source, the same for every passage: one of research parses its file for the first."""
    return adapter(id)


def _pinned(adapter: Adapter, folder: Path, file: str) -> bool:
    """Whether a file is the one that the manifest lists."""
    expected = manifest(adapter.source).get(file)
    return expected is not None and measure(folder, [file]).get(file) == expected
