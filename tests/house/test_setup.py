"""The locks agree with what the project asks for, and setting up is done once."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)
NEEDED = ("read", "ledger", "panel", "charts", "pdf", "serve")
"""The extras that a checkout's commands need."""

# Stands for the interpreter of .venv: writes down what it was asked, and "installs" the command.
STUB = """#!/usr/bin/env bash
echo "$*" >> "$(dirname "$0")/asked"
printf '#!/bin/sh\\npwd; printf "%%s|" "$@"' > "$(dirname "$0")/comity" && chmod +x "$(dirname "$0")/comity"
"""


def pins(lock: str) -> set[tuple[str, str, str | None]]:
    """Name, version and marker of every package of a lock."""
    return {(pin["name"], pin["version"], pin["marker"]) for pin in PIN.finditer((ROOT / lock).read_text("utf-8"))}


def asked(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for: the dependencies, those of the needed extras and of some groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(
            one
            for name, extra in project["project"]["optional-dependencies"].items()
            if name in NEEDED
            for one in extra
        ),
        *(one for group in groups for one in project["dependency-groups"][group]),
    ]
    return [Requirement(one) for one in wanted if not one.startswith("comity[")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose .venv has a stub for an interpreter."""
    for file in ("setup", "comity", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    stub = tmp_path / ".venv" / "bin" / "python"
    stub.parent.mkdir(parents=True)
    stub.write_text(STUB, "utf-8")
    stub.chmod(0o755)
    return tmp_path


def calls(checkout: Path) -> list[str]:
    """What the stub has been asked to install, so far."""
    log = checkout / ".venv" / "bin" / "asked"
    return [line for line in log.read_text("utf-8").splitlines() if " install " in line] if log.exists() else []


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.txt", ["build"]), ("requirements-dev.txt", ["build", "dev"])]
)
def test_a_lock_pins_a_fitting_version_of_whatever_is_asked_for(lock: str, groups: list[str]) -> None:
    pinned = pins(lock)
    for wanted in asked(*groups):
        versions = [version for name, version, _ in pinned if name == wanted.name]
        assert versions, f"{lock} lacks {wanted}: run ./lock"
        assert all(version in wanted.specifier for version in versions), f"{wanted} is not {versions}: run ./lock"


def test_the_development_lock_holds_the_other_at_the_same_versions() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_hashes_every_package_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert len(pins(lock)) == len(re.findall("==", re.sub(r" ; .*", "", text)))
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|file:", text)


def test_setting_up_is_done_once_and_the_command_keeps_folder_and_words(checkout: Path) -> None:
    folder = checkout / "else where"
    folder.mkdir()
    command = [str(checkout / "comity"), "brief", "United States", ""]
    said = [subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True) for _ in range(2)]
    assert [one.stdout for one in said] == [f"{folder}\nbrief|United States||"] * 2
    assert "requirements.txt" in said[0].stderr
    assert said[1].stderr == ""
    assert [call.rsplit(maxsplit=1)[-1] for call in calls(checkout)] == ["requirements.txt", "."]


def test_a_development_setup_serves_the_command_too(checkout: Path) -> None:
    subprocess.run([checkout / "setup", "dev"], capture_output=True, check=True)
    done = len(calls(checkout))
    subprocess.run([checkout / "comity"], capture_output=True, check=True)
    assert len(calls(checkout)) == done == 2


@pytest.mark.parametrize("file", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_or_project_is_set_up_anew(checkout: Path, file: str) -> None:
    subprocess.run([checkout / "setup"], capture_output=True, check=True)
    with (checkout / file).open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    subprocess.run([checkout / "setup"], capture_output=True, check=True)
    assert len(calls(checkout)) == 4


def test_a_checkout_that_was_moved_is_set_up_anew(checkout: Path) -> None:
    subprocess.run([checkout / "setup"], capture_output=True, check=True)
    moved = checkout.rename(checkout.with_name(f"{checkout.name}-moved"))
    subprocess.run([moved / "setup"], capture_output=True, check=True)
    assert len(calls(moved)) == 4
