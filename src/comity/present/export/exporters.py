"""The registry of exporters: those of comity and of other packages, registered the same way."""

from __future__ import annotations

from pathlib import Path

from comity.errors import ExportError
from comity.plugins import Registry
from comity.present.export.base import Exporter, endings

_REGISTRY: Registry[Exporter] = Registry(
    "comity.exporters", "exporter", Exporter, lambda exporter: exporter.name, ExportError
)
_FIRST = ("brief", "timeline", "posts", "claims", "citations")
"""The order of preference when a file's suffix fits several topics."""


def exporters() -> dict[str, Exporter]:
    """Every registered exporter by its name, in the order of topics and names.

    A package adds one with an entry point of the group `comity.exporters` that names its class.
    Raises `ExportError` when one can't be loaded, is no exporter, or is registered twice or under another name.

    >>> "brief.pdf" in exporters()
    True
    """
    return {
        exporter.name: exporter
        for exporter in sorted(_REGISTRY.every().values(), key=lambda exporter: (_place(exporter.topic), exporter.name))
    }


def exporter(name: str) -> Exporter:
    """The exporter with a name; loads no other. Raises `ExportError`, listing the known names, when there is none."""
    points = _REGISTRY.points()
    if name not in points:
        raise ExportError(f'there is no file "{name}"; there are {", ".join(points) or "none"}', offender=name)
    return _REGISTRY.load(points[name])


def for_file(file: Path, topic: str | None = None) -> Exporter:
    """The exporter for the suffix of a file's name, within one topic if it is given.

    A file named like an exporter means that exporter; of several that fit, the first of brief, timeline, posts, claims,
    citations. Raises `ExportError` when no exporter has that suffix.

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
