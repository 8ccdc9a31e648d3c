"""What CONTRIBUTING and the files around it name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:src|tests|docs|tools|bench|\.github)/[\w/.-]+|\.pre-commit-config\.yaml|pyproject\.toml)`")
FILES = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", ROOT / ".github" / "pull_request_template.md"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_path_that_is_named_is_there(file: Path) -> None:
    paths = PATH.findall(file.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_scripts_that_are_named_can_be_run() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    scripts = set(re.findall(r"\./(\w+)", text))
    assert scripts == {"setup", "check", "lock"}
    assert all((ROOT / script).stat().st_mode & 0o111 for script in scripts)
    assert "--quick" in (ROOT / "check").read_text(encoding="utf-8")


def test_the_workflow_runs_what_ci_runs_on_three_pythons() -> None:
    workflow = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert "run: .ci/run" in workflow
    assert re.search(r'python: \["3\.11", "3\.12", "3\.13"\]', workflow)


def test_the_entry_points_that_are_named_are_those_of_the_package() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    for group in set(re.findall(r"`(comity\.[a-z]+)`", text)):
        assert f'"{group}"' in code
