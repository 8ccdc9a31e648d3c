"""Registries: what packages register by entry points is of the right kind, registered once, and under its own name.

The packages are really there: a module and a dist-info in a folder on the path, as an installer leaves them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.errors import ComityError, ExportError, ReaderError, RelationError, SourceError
from comity.present.export.exporters import exporters
from comity.reading.base import readers
from comity.relations import vocabulary
from comity.sources.registry import adapter, adapters

MODULE = """
from comity.present.export.claims import Lines as Exporter
from comity.reading.claims import Rules as Reader
from comity.sources.visits import Visits as Source
RELATIONS = ()
class Else: ...
"""
Registry = Callable[[], object]
REGISTRIES: dict[str, tuple[Registry, type[ComityError], str, str]] = {
    "comity.sources": (adapters, SourceError, "hsg-visits", "Source"),
    "comity.readers": (readers.__wrapped__, ReaderError, "rules", "Reader"),
    "comity.exporters": (exporters, ExportError, "claims.jsonl", "Exporter"),
}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """Install a package that registers one of its objects in a group under a name."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "guests", raising=False)
    (tmp_path / "guests.py").write_text(MODULE)

    def install(group: str, name: str, thing: str) -> None:
        info = tmp_path / f"{thing.lower()}{len(list(tmp_path.iterdir()))}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {info.stem.partition('-')[0]}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = guests:{thing}\n")
        importlib.invalidate_caches()

    return install


@pytest.mark.parametrize("group", REGISTRIES)
def test_a_name_registered_by_two_packages_is_refused(group: str, install: Callable[[str, str, str], None]) -> None:
    every, error, name, thing = REGISTRIES[group]
    install(group, name, thing)
    with pytest.raises(error, match=rf'"{name}" is registered twice, as .*guests:{thing}.*; remove one'):
        every()


@pytest.mark.parametrize("group", REGISTRIES)
def test_a_name_that_is_not_its_objects_own_is_refused(group: str, install: Callable[[str, str, str], None]) -> None:
    every, error, name, thing = REGISTRIES[group]
    install(group, "alias", thing)
    with pytest.raises(error, match=rf'guests:{thing} is registered as .* "alias", but names itself "{name}"'):
        every()


@pytest.mark.parametrize("group", REGISTRIES)
def test_an_object_of_another_kind_is_refused(group: str, install: Callable[[str, str, str], None]) -> None:
    every, error, _, _ = REGISTRIES[group]
    install(group, "else", "Else")
    with pytest.raises(error, match=r'guests:Else, registered as the .* "else", is no '):
        every()


def test_a_source_asked_for_by_its_id_is_not_taken_from_one_of_two_packages(
    install: Callable[[str, str, str], None],
) -> None:
    install("comity.sources", "hsg-visits", "Source")
    with pytest.raises(SourceError, match="registered twice"):
        adapter("hsg-visits")


def test_a_family_of_relations_registered_twice_is_refused(install: Callable[[str, str, str], None]) -> None:
    install("comity.relations", "towns", "RELATIONS")
    assert vocabulary.__wrapped__() == vocabulary()
    install("comity.relations", "towns", "RELATIONS")
    with pytest.raises(RelationError, match='"towns" is registered twice'):
        vocabulary.__wrapped__()
