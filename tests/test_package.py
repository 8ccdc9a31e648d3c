"""The wheel holds what an answer needs, says what it is, and works where nothing else of the checkout is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from email import message_from_bytes
from email.message import Message
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from comity import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "comity"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network by the build tool of the development lock."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def members(wheel: Path) -> set[str]:
    """The files inside the wheel."""
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """The wheel's own account of itself."""
    return message_from_bytes(zipfile.ZipFile(wheel).read(f"comity-{__version__}.dist-info/METADATA"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `comity` command of a fresh environment that holds the wheel, and sees the packages it depends on."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python, site = folder / "bin" / "python", sysconfig.get_path("purelib", vars={"base": str(folder)})
    pip = [str(python), "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", str(wheel)], check=True)
    # A path file shows the dependencies; the checkout's own path file, inside them, is not read from there.
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder / "bin" / "comity"


def test_the_wheel_is_small_enough_to_embed_a_ledger_and_no_more(wheel: Path) -> None:
    assert wheel.stat().st_size < 12 * MEGABYTE


def test_the_wheel_holds_every_file_of_the_package_and_no_other(members: set[str]) -> None:
    files = (file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    told = {member for member in members if ".dist-info/" not in member}
    assert told == {file.relative_to(PACKAGE.parent).as_posix() for file in files}


@pytest.mark.parametrize(
    "pattern",
    [
        "comity/py.typed",
        "comity/data/polities.json",
        "comity/data/spellings.json",
        "comity/data/LICENSE.unicode",
        "comity/data/embedded.json",
        "comity/data/ledger-*/_delta_log/*.json",
        "comity/data/ledger-*/*.parquet",
        "comity/ledger/sql/*.sql",
        "comity/reading/lexicon/patterns/*.toml",
        "comity/sources/manifests/*.sha256",
    ],
)
def test_the_wheel_holds_what_answers_are_made_from(members: set[str], pattern: str) -> None:
    assert any(fnmatchcase(member, pattern) for member in members)


def test_the_wheel_holds_no_recipe_of_the_data(members: set[str]) -> None:
    assert (ROOT / "tools" / "crosswalk.py").is_file()
    assert not [member for member in members if "crosswalk" in member or member.startswith("tools/")]


def test_the_wheel_holds_no_file_of_a_source(members: set[str]) -> None:
    pages = [member for member in members if Path(member).suffix in {".xml", ".rda", ".html"}]
    assert not [page for page in pages if "/serve/pages/templates/" not in page]


def test_the_wheel_carries_the_licence(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).read(f"comity-{__version__}.dist-info/licenses/LICENSE")
    assert carried == (ROOT / "LICENSE").read_bytes()


def test_the_metadata_say_version_licence_and_python(metadata: Message) -> None:
    assert (metadata["Name"], metadata["Version"]) == ("comity", __version__)
    assert (metadata["License-Expression"], metadata["Requires-Python"]) == ("Apache-2.0", ">=3.11")


def test_the_installed_command_says_its_version_from_any_folder(installed: Path, tmp_path: Path) -> None:
    said = subprocess.run([str(installed), "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert __version__ in said.stdout


def test_the_installed_package_is_the_wheels_own_and_finds_its_sources(installed: Path, tmp_path: Path) -> None:
    code = "import comity; from comity.sources.registry import adapters; print(comity.__file__, *adapters())"
    python = str(installed.with_name("python"))
    said = subprocess.run([python, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    place, *sources = said.stdout.split()
    assert Path(place).is_relative_to(installed.parent.parent)
    assert {"hsg-gsh", "hsg-pocom", "hsg-rdcr", "hsg-travels", "hsg-visits"} <= set(sources)


def test_the_installed_command_answers_from_the_embedded_ledger_alone(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "COMITY_HOME": str(tmp_path / "home"), "COMITY_MIRROR": ""}
    said = subprocess.run(
        [str(installed), "brief", "Peru", "United States", "--as-of", "1830"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "1826" in said.stdout
