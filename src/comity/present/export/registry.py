"""The exporters there are: those that come with comity and those of other packages, registered alike."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from comity.errors import ExportError
from comity.plugins import loaded
from comity.present.export.base import Exporter, endings

GROUP = "comity.exporters"
_FIRST = ("brief", "timeline", "posts", "claims", "citations")
"""Of several topics that a file's ending suits, the first is meant."""


def exporters() -> dict[str, Exporter]:
    """Every registered exporter by its name: a brief's first, then by topic and name.

    A package adds one with an entry point of the group `comity.exporters` that names its class.
    Raises `ExportError`, naming it, when one can't be loaded or is no exporter.

    >>> "brief.pdf" in exporters()
    True
    """
    registered = [_load(point) for point in entry_points(group=GROUP)]
    return {
        exporter.name: exporter
        for exporter in sorted(registered, key=lambda exporter: (_place(exporter.topic), exporter.name))
    }


def exporter(name: str) -> Exporter:
    """The exporter of a name; loads no other. Raises `ExportError`, naming those there are, when there is none."""
    points = entry_points(group=GROUP, name=name)
    if not points:
        known = ", ".join(sorted(entry_points(group=GROUP).names)) or "none"
        raise ExportError(f'there is no file "{name}"; there are {known}', offender=name)
    return _load(next(iter(points)))


def for_file(file: Path, topic: str | None = None) -> Exporter:
    """The exporter that a file's name asks for by its ending, of one topic where one is given.

    A name that is an exporter's own means that one; of several the first of brief, timeline, posts, claims,
    citations. Raises `ExportError` when none has such an ending.

    >>> for_file(Path("peru.csv")).name, for_file(Path("claims.csv")).name, for_file(Path("x.csv"), "claims").name
    ('timeline.csv', 'claims.csv', 'claims.csv')
    """
    candidates = [exporter for exporter in exporters().values() if topic in (None, exporter.topic)]
    if not candidates:
        known = ", ".join(dict.fromkeys(exporter.topic for exporter in exporters().values()))
        raise ExportError(f'nothing is exported of "{topic}"; there are {known}', offender=topic)
    fit = [exporter for exporter in candidates if file.name.casefold().endswith(exporter.suffix)]
    if not fit:
        raise ExportError(f"{file} should end in {endings(candidates)}, which says how to write it", offender=file)
    longest = max(len(exporter.suffix) for exporter in fit)
    return next(
        (exporter for exporter in fit if exporter.name == file.name),
        next(exporter for exporter in fit if len(exporter.suffix) == longest),
    )


def _place(topic: str) -> int:
    return _FIRST.index(topic) if topic in _FIRST else len(_FIRST)


def _load(point: EntryPoint) -> Exporter:
    exporter = loaded(point, "exporter", ExportError)
    if not isinstance(exporter, Exporter):
        raise ExportError(f'{point.value}, registered as the exporter "{point.name}", is no Exporter', offender=point)
    return exporter
