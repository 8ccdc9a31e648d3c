"""What every test may ask for: the shared data, a home of its own, and how hypothesis searches."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from web import Served, serving

ROOT = Path(__file__).resolve().parent.parent

# A shell makes what it starts behind it ignore interrupts; what the tests start is to be interrupted all the same.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The CI searches the same examples every time, so that a red build is red on every machine.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test with the kind that its folder names; a module's doctests are unit tests."""
    for item in items:
        folder = item.path.parent
        item.add_marker(folder.name if folder.parent == ROOT / "tests" else "unit")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of the tests' own, which they share: what is in it can be made anew."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COMITY_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that stands beside the repository: `COMITY_SHARED`, or `../shared`."""
    folder = Path(os.environ.get("COMITY_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"needs the shared data: no folder {folder} (set COMITY_SHARED)")
    return folder


@pytest.fixture(scope="session")
def mirror(shared: Path) -> Path:
    """The mirror of the sources' files, one folder a source, as `--mirror` takes it."""
    folder = shared / "mirror"
    if not folder.is_dir():
        pytest.skip(f"needs the mirror of the sources: no folder {folder}")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `COMITY_HOME`, so that no test reads or writes a person's own ledger."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COMITY_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the embedded ledger and an empty one of the user's, in a process of its own."""
    with serving(tmp_path_factory.mktemp("served"), "--time-limit", "100") as one:  # however busy the machine
        yield one
