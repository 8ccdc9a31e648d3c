"""The shapes of JSON: a key that is renamed in one place only fails the type check; text and Markdown need no shape."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_layers import COMMAND, loaded

ROOT = Path(__file__).resolve().parents[2]


def checked(file: Path, old: str, new: str, folder: Path) -> str:
    """What mypy prints of a module in which one name is changed; the rest of comity is as it is."""
    code = file.read_text("utf-8")
    assert code.count(old) == 1, f"{file.name} should contain {old} once"
    copy = folder / file.name
    copy.write_text(code.replace(old, new), "utf-8")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(folder), "--follow-imports", "silent"]
    words = [*command, "--shadow-file", str(file), str(copy), str(file)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(
    ("module", "old", "new", "error"),
    [
        ("present/shapes/records.py", "    sentence: str\n", "    words: str\n", '"sentence"'),
        ("present/shapes/texts.py", "suggestion=finding.suggestion", "advice=finding.suggestion", '"advice"'),
        (
            "serve/api/pairs.py",
            "replies.Answer.of(*sourced).evidence",
            "replies.Answer.of(*sourced).proofs",
            '"proofs"',
        ),
    ],
)
def test_a_key_that_is_renamed_in_one_place_only_fails_the_type_check(
    module: str, old: str, new: str, error: str, tmp_path: Path
) -> None:
    file = ROOT / "src" / "comity" / module
    errors = checked(file, old, new, tmp_path).splitlines()
    assert any("error: " in line and error in line for line in errors)


@pytest.mark.parametrize(
    "words",
    [
        ["brief", "Peru", "United States", "--explain"],
        ["ask", "Peru", "United States", "recognition", "--explain"],
        ["timeline", "Peru", "United States", "--explain"],
        ["diff", "Peru", "United States", "--since", "2016"],
        ["judge", "list"],
        ["link", "Prussia 1866"],
        ["polities", "--like", "peru"],
    ],
    ids=lambda words: words[0],
)
def test_text_and_markdown_are_written_without_pydantic(words: list[str], tmp_path: Path) -> None:
    assert "pydantic" not in loaded(COMMAND.format(words=words), tmp_path)
