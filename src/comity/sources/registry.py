"""The registry of adapters: those of comity and of other packages, registered the same way."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from comity.errors import SourceError
from comity.sources.base import Adapter

GROUP = "comity.sources"


def adapters() -> dict[str, Adapter]:
    """Every registered adapter by its source's id, in the order of ids.

    A package adds one with an entry point of the group `comity.sources` that names its class.
    Raises `SourceError` when an entry point can't be loaded or is not an adapter.

    >>> "hsg-pocom" in adapters()
    True
    """
    registered = {adapter.source.id: adapter for adapter in map(_load, entry_points(group=GROUP))}
    return dict(sorted(registered.items()))


def adapter(id: str) -> Adapter:
    """The adapter of one source; loads no other.

    Raises `SourceError`, listing the known ids, when none is registered under the id.
    """
    points = entry_points(group=GROUP, name=id)
    if not points:
        known = ", ".join(sorted(entry_points(group=GROUP).names)) or "none"
        raise SourceError(
            f'no source is called "{id}"; registered are {known}', offender=id, hint="comity sources list"
        )
    return _load(next(iter(points)))


def chosen(names: Iterable[str]) -> list[Adapter]:
    """The adapters of sources and groups of sources, each once; all registered ones if there are no names.

    Raises `SourceError` for a name that is neither.

    >>> [source_adapter.source.id for source_adapter in chosen(["hsg-visits", "research"])][:3]
    ['hsg-visits', 'archigos', 'atop']
    """
    wanted = list(names)
    every = adapters() if not wanted or any(not entry_points(group=GROUP, name=name) for name in wanted) else {}
    matches = [] if wanted else list(every.values())
    for name in wanted:
        matches += [source_adapter for source_adapter in every.values() if source_adapter.source.group == name] or [
            adapter(name)
        ]
    return list({source_adapter.source.id: source_adapter for source_adapter in matches}.values())


def _load(point: EntryPoint) -> Adapter:
    try:
        adapter = point.load()()
    except (ImportError, AttributeError, TypeError) as error:
        raise SourceError(
            f"the source {point.name} can't be loaded from {point.value}: {error}. Reinstall its package",
            offender=point,
        ) from error
    if not isinstance(adapter, Adapter):
        raise SourceError(f"{point.value}, registered as the source {point.name}, is no Adapter", offender=point)
    return adapter
