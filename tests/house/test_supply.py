"""What is imported is declared, what is declared is imported, and advisories against it are heard of."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import packages_distributions
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from test_setup import pins

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOOL = ROOT / "tools" / "advisories.py"
NEVER_IMPORTED = {
    "python-multipart": "starlette.formparsers, which the page of `check` uses, imports it and does not require it",
}
"""Declared though no file imports it, and why."""


def imports(folder: Path) -> dict[str, str]:
    """Every top-level module that files of a folder import, wherever in the file, and one file that does.

    Counted too: what `import_module("name")` imports, where the name stands in the call.

    >>> "lxml" in imports(ROOT / "src")
    True
    """
    return {name.split(".")[0]: file.name for file in folder.rglob("*.py") for name in _imports(file)}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(module)), *_]):
                yield module


def foreign(folder: Path, *own: str) -> dict[str, str]:
    """The modules that files of a folder import and that are neither Python's nor the project's `own`."""
    return {name: file for name, file in imports(folder).items() if name not in {*sys.stdlib_module_names, *own}}


def distributions(module: str) -> set[str]:
    """The distributions that bring a module, by their canonical names."""
    return {canonicalize_name(name) for name in _installed().get(module, ())}


@cache
def _installed() -> Mapping[str, list[str]]:
    """The distributions of each module; asking takes a second, and what is installed stays."""
    return packages_distributions()


def declared(*tables: str) -> dict[str, Requirement]:
    """The requirements of the package (with its extras) and of dependency groups, by canonical name."""
    project = PROJECT["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
        *(line for table in tables for line in PROJECT["dependency-groups"][table]),
    ]
    asked = [Requirement(line) for line in lines if not line.startswith("comity[")]
    return {canonicalize_name(wanted.name): wanted for wanted in asked}


def test_what_the_package_imports_is_declared() -> None:
    modules = foreign(ROOT / "src", "comity")
    assert len(modules) > 20
    undeclared = {name: file for name, file in modules.items() if not distributions(name) & declared().keys()}
    assert not undeclared, "add its distribution to pyproject.toml's dependencies"


def test_what_is_declared_is_imported() -> None:
    brought = {name for module in foreign(ROOT / "src", "comity") for name in distributions(module)}
    assert declared().keys() - brought == NEVER_IMPORTED.keys()


@pytest.mark.parametrize("folder", ["tests", "bench", "docs", "tools"])
def test_what_scripts_and_tests_import_is_declared_for_development(folder: str) -> None:
    own = [
        word
        for name in ("tests", "bench", "docs", "tools")
        for file in (ROOT / name).rglob("*.py")
        for word in (file.stem, file.parent.name)
    ]
    modules = foreign(ROOT / folder, "comity", *own)
    assert not {name: file for name, file in modules.items() if not distributions(name) & declared("dev").keys()}


def test_a_dependency_stops_before_the_major_version_that_nobody_has_tried() -> None:
    locked = {name: Version(version) for name, version, _ in pins("requirements.txt")}
    wanted = declared()
    untried = {name: f"{version.major + 1}.0" for name, version in locked.items() if name in wanted}
    assert len(untried) > 25
    assert not [str(wanted[name]) for name, major in untried.items() if wanted[name].specifier.contains(major)]


class Osv(BaseHTTPRequestHandler):
    """Answers as OSV's `POST /v1/query` does: no advisory, but one against jinja2."""

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        bad = query["package"]["name"] == "jinja2"
        body = json.dumps({"vulns": [ADVISORY]} if bad else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the test's output is the tool's."""


ADVISORY = {
    "id": "PYSEC-2026-1",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "summary": "templates run what they should not",
    "affected": [{"package": {"name": "jinja2", "ecosystem": "PyPI"}, "versions": ["3.1.6"], "ranges": []}],
}


@pytest.fixture
def service() -> Iterator[str]:
    """An advisory service on this machine that knows one advisory."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def advisories(service: str, folder: Path, *names: str, ignored: str = "") -> tuple[int, str]:
    """The exit code and the words of the tool about a lock of some packages."""
    lock, exceptions = folder / "lock.txt", folder / "advisories.toml"
    lock.write_text("".join(f"{name} --hash=sha256:{'0' * 64}\n" for name in names), "utf-8")
    exceptions.write_text(ignored, "utf-8")
    words = ["--lock", str(lock), "--ignored", str(exceptions), "--service", service]
    run = subprocess.run([sys.executable, str(TOOL), *words], capture_output=True, text=True, timeout=120, check=False)
    return run.returncode, run.stdout + run.stderr


def test_an_advisory_against_a_locked_package_fails(service: str, tmp_path: Path) -> None:
    code, words = advisories(service, tmp_path, "click==8.2.0", "jinja2==3.1.6")
    assert (code, words) == (1, "advisories: jinja2 3.1.6: PYSEC-2026-1: templates run what they should not\n")


def test_without_an_advisory_it_says_how_many_packages_were_asked_about(service: str, tmp_path: Path) -> None:
    assert advisories(service, tmp_path, "click==8.2.0") == (0, "advisories: none against 1 package\n")


def test_an_advisory_is_ignored_until_a_day_with_a_reason(service: str, tmp_path: Path) -> None:
    entry = '[[ignored]]\nid = "PYSEC-2026-1"\nreason = "no template is a stranger\'s"\nuntil = {}\n'
    before = advisories(service, tmp_path, "jinja2==3.1.6", ignored=entry.format("2999-01-01"))
    after = advisories(service, tmp_path, "jinja2==3.1.6", ignored=entry.format("2020-01-01"))
    assert before == (0, "advisories: none against 1 package, PYSEC-2026-1 ignored\n")
    assert after[0] == 1


def test_a_machine_without_the_advisory_data_says_so_and_goes_on(tmp_path: Path) -> None:
    said = advisories("http://127.0.0.1:9/v1/query", tmp_path, "click==8.2.0")
    assert said == (0, "advisories: skipped, the advisory service cannot be reached\n")


def test_a_package_that_the_service_could_not_be_asked_about_is_no_clean_one(service: str, tmp_path: Path) -> None:
    code, words = advisories(service, tmp_path, "jinja2")
    assert code == 2
    assert "advisories: pip-audit failed" in words


def test_the_ignored_advisories_have_a_reason_and_a_day() -> None:
    entries = tomllib.loads((ROOT / "advisories.toml").read_text("utf-8")).get("ignored", [])
    assert all(entry.keys() == {"id", "reason", "until"} and entry["reason"] for entry in entries)
