"""The registry of adapters: those of comity and of other packages, registered the same way."""

from __future__ import annotations

from collections.abc import Iterable

from comity.errors import SourceError
from comity.plugins import Registry
from comity.sources.base import Adapter

_REGISTRY: Registry[Adapter] = Registry(
    "comity.sources", "source", Adapter, lambda adapter: adapter.source.id, SourceError
)


def adapters() -> dict[str, Adapter]:
    """Every registered adapter by its source's id, in the order of ids.

    A package adds one with an entry point of the group `comity.sources` that names its class.
    Raises `SourceError` when one can't be loaded, is no adapter, or is registered twice or under another name.

    >>> "hsg-pocom" in adapters()
    True
    """
    return _REGISTRY.every()


def adapter(id: str) -> Adapter:
    """The adapter of one source; loads no other.

    Raises `SourceError`, listing the known ids, when none is registered under the id.
    """
    points = _REGISTRY.points()
    if id not in points:
        known = ", ".join(points) or "none"
        raise SourceError(
            f'no source is called "{id}"; registered are {known}', offender=id, hint="comity sources list"
        )
    return _REGISTRY.load(points[id])


def chosen(names: Iterable[str]) -> list[Adapter]:
    """The adapters of sources and groups of sources, each once; all registered ones if there are no names.

    Raises `SourceError` for a name that is neither.

    >>> [source_adapter.source.id for source_adapter in chosen(["hsg-visits", "research"])][:3]
    ['hsg-visits', 'archigos', 'atop']
    """
    wanted = list(names)
    every = adapters() if not wanted or set(wanted) - _REGISTRY.points().keys() else {}
    matches = [] if wanted else list(every.values())
    for name in wanted:
        matches += [source_adapter for source_adapter in every.values() if source_adapter.source.group == name] or [
            adapter(name)
        ]
    return list({source_adapter.source.id: source_adapter for source_adapter in matches}.values())
