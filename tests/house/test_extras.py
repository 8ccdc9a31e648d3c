"""The core answers without any package of an extra; whatever needs an extra says so in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from comity.extras import EXTRAS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAIR = ("Peru", "United States")
ANSWERS = [
    ("brief", *PAIR),
    ("brief", *PAIR, "--format", "json"),
    ("brief", *PAIR, "--format", "html"),
    ("ask", *PAIR, "relations"),
    ("ask", *PAIR, "relations", "--format", "json"),
    ("timeline", *PAIR),
    ("polities", "--like", "peru"),
    ("diff", *PAIR, "--since", "2000"),
    ("link", "Texas"),
    ("sources", "list"),
    ("export", *PAIR, "-o", "claims.jsonl"),
    ("export", *PAIR, "-o", "timeline.csv"),
    ("export", *PAIR, "-o", "timeline.ics"),
    ("export", *PAIR, "-o", "claims.sqlite"),
]
NEED = {
    ("read", "page.txt"): "read",
    ("check", "page.txt"): "read",
    ("ledger", "verify"): "ledger",
    ("panel", "states", "-o", "panel.csv"): "panel",
    ("export", *PAIR, "-o", "claims.parquet"): "panel",
    ("export", *PAIR, "-o", "brief.pdf"): "pdf",
    ("serve",): "serve",
    ("mcp",): "serve",
}
# Runs each command in a process in which no module of an extra can be imported.
RUN = """
import json, sys
blocked, commands = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(blocked))
from typer.testing import CliRunner
from comity.cli import app
results = []
for words in commands:
    result = CliRunner().invoke(app, words)
    results.append((len(result.stdout), type(result.exception).__name__, str(result.exception)))
print(json.dumps(results))
"""


def closure(names: set[str]) -> set[str]:
    """Distributions with all that they require here, by canonical name."""
    reached: set[str] = set()
    waiting = [(name, "") for name in names]
    while waiting:
        name, extra = waiting.pop()
        try:
            lines = requires(name) or []
        except PackageNotFoundError:  # Polars, where only the commands' packages are installed
            continue
        reached.add(name)
        for wanted in map(Requirement, lines):
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                required = canonicalize_name(wanted.name)
                waiting += [(required, extra) for extra in ("", *wanted.extras) if required not in reached]
    return reached


def names(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines} - {"comity"}


def blocked() -> list[str]:
    """The modules that only an extra brings."""
    extras = closure({name for lines in PROJECT["optional-dependencies"].values() for name in names(lines)})
    beyond = extras - closure(names(PROJECT["dependencies"]))
    modules = packages_distributions()
    return sorted(name for name, brought in modules.items() if {canonicalize_name(each) for each in brought} <= beyond)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, str, str]]:
    """For each command: the length of its output, the class of its error, and the error's sentence."""
    folder, commands = tmp_path_factory.mktemp("core"), [*ANSWERS, *NEED]
    (folder / "page.txt").write_text("The United States recognized Peru on May 2, 1826.", "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([blocked(), commands])],
        capture_output=True, text=True, check=True, cwd=folder, env={**os.environ, "COMITY_HOME": str(folder / "home")},
    )  # fmt: skip
    return dict(zip(commands, json.loads(run.stdout.splitlines()[-1]), strict=True))


def test_the_modules_of_extras_are_many_and_none_is_of_the_core() -> None:
    modules = set(blocked())
    assert {"spacy", "deltalake", "pandas", "numpy", "altair", "weasyprint", "fastapi"} <= modules
    assert modules.isdisjoint({"duckdb", "typer", "lxml", "pydantic", "rapidfuzz", "comity"})


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_the_core_answers_without_any_package_of_an_extra(words: tuple[str, ...], results: dict) -> None:
    length, error, sentence = results[words]
    assert error == "NoneType", sentence
    assert length > 20


@pytest.mark.parametrize("words", NEED, ids=" ".join)
def test_what_needs_an_extra_names_it_in_one_sentence(words: tuple[str, ...], results: dict) -> None:
    extra = NEED[words]
    _, error, sentence = results[words]
    assert (error, sentence) == (
        "MissingExtra",
        f"Install comity[{extra}] to {EXTRAS[extra][0]}: pip install 'comity[{extra}]'.",
    )


def test_every_extra_has_its_purpose_and_its_row_in_the_readme() -> None:
    extras = PROJECT["optional-dependencies"].keys()
    assert EXTRAS.keys() == extras - {"all"}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in extras if f"| `comity[{name}]` |" not in readme] == []


def test_all_is_every_extra() -> None:
    (line,) = PROJECT["optional-dependencies"]["all"]
    assert Requirement(line).extras == EXTRAS.keys()
