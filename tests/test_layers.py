"""A stage imports only from its left, and a command loads only what it needs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "comity"
# From left to right; those of one row may not import each other. `comity` itself is the root: version and errors.
ORDER = (
    ("__init__",),
    ("errors",),
    ("plugins",),
    ("settings",),
    ("model",),
    ("relations",),
    ("sources",),
    ("reading",),
    ("ledger",),
    ("reconcile",),
    ("query",),
    ("panel",),
    ("present",),
    ("api",),
    ("follow",),
    ("serve",),
    ("cli",),
    ("__main__",),
)
PLACE = {stage: place for place, row in enumerate(ORDER) for stage in row}
HEAVY = ("deltalake", "duckdb", "ibis", "lxml", "pandas", "pyarrow", "pydantic", "rdata", "spacy", "trafilatura")
MODULES = sorted(PACKAGE.rglob("*.py"))


def stage(module: str) -> str:
    """The stage of a dotted module: comity.sources.gsh is of sources."""
    return [*module.split("."), "__init__"][1]


def imported(code: str, package: str = "comity") -> Iterator[str]:
    """Every module of comity that a module of `package` imports, at its top or inside a function."""
    inside = package.split(".")
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = ".".join([*inside[: len(inside) + 1 - node.level], *filter(None, [node.module])])
            origin = origin if node.level else str(node.module)
            # `from comity import ledger` imports a stage, `from comity import __version__` the root
            names = [f"{origin}.{a.name}" if origin == "comity" and a.name in PLACE else origin for a in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "comity")


COMMAND = """
import sys
sys.argv[1:] = {words!r}
from comity.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""


def loaded(code: str, home: Path) -> set[str]:
    """The heavy packages that a fresh process loads to run some code."""
    code += f"\nimport sys\nsys.stderr.write('\\n' + ' '.join({{*{HEAVY!r}}} & {{*sys.modules}}))"
    environment = {**os.environ, "COMITY_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n")[-1].split())


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_stage_imports_only_from_its_left(file: Path) -> None:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    assert parts[0] in PLACE, f"{file.name} has no place: put its stage into ORDER"
    for module in imported(file.read_text("utf-8"), ".".join(("comity", *parts[:-1]))):
        other = stage(module)
        assert other == parts[0] or PLACE[other] < PLACE[parts[0]], f"{module} is not to the left of {parts[0]}"


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("import comity.query.status as status", "comity.query.status"),
        ("from comity import ledger", "comity.ledger"),
        ("from comity import __version__", "comity"),
        ("from comity.ledger import Writer", "comity.ledger"),
        ("from ..query import status", "comity.query"),
        ("from .. import query", "comity.query"),
        ("from .claim import Claim", "comity.model.claim"),
        ("def late():\n    from comity.sources.gsh import Gsh", "comity.sources.gsh"),
    ],
)
def test_an_import_is_seen_however_it_is_written(code: str, module: str) -> None:
    assert list(imported(code, "comity.model")) == [module]


# The rooms of reading/, from left to right. Modules at its root (readers, calibration) may use any of them, and
# `relations` may ask `calibration` how sure a reading is.
ROOMS = ("lexicon", "text", "dates", "names", "grammar", "parties", "relations")


def test_a_room_of_reading_imports_only_from_its_left() -> None:
    folder = PACKAGE / "reading"
    assert {path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ROOMS)
    for file in (file for room in ROOMS for file in (folder / room).rglob("*.py")):
        room = file.relative_to(folder).parts[0]
        for module in imported(file.read_text("utf-8"), f"comity.reading.{room}"):
            other = [*module.split("."), "", ""][2] if module.startswith("comity.reading") else ""
            if other in ROOMS:
                assert ROOMS.index(other) <= ROOMS.index(room), f"{file}: {module} is not to the left of {room}"
            elif other:
                assert (room, other) == ("relations", "calibration"), f"{file}: {module} is at the root of reading/"


def dotted(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(("comity", *parts)).removesuffix(".__init__")


def uses(file: Path, modules: set[str]) -> set[str]:
    """The modules that a module imports, at its top, inside a function or for types; a package holds its own."""
    names = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom))
    imports = {name for node in names for alias in node.names for name in (node.module, f"{node.module}.{alias.name}")}
    return {name for name in imports & modules if not f"{dotted(file)}.".startswith(f"{name}.")}


@pytest.mark.parametrize("folder", ["", "panel"])
def test_no_module_imports_itself_by_way_of_others(folder: str) -> None:
    modules = {dotted(file) for file in MODULES}
    graph = {dotted(file): uses(file, modules) for file in (PACKAGE / folder).rglob("*.py")}
    assert sum(map(len, graph.values())) > 50
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def names_imported(file: Path, stages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each name that a module imports from modules of some stages, with its module."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        module = str(node.module) if isinstance(node, ast.ImportFrom) else ""
        if module.startswith("comity.") and stage(module) in stages:
            yield from ((module, alias.name) for alias in node.names if isinstance(node, ast.ImportFrom))


def functions_used(folder: str, stages: tuple[str, ...]) -> set[str]:
    """The functions that a folder takes from stages or from their modules; types and constants are left out."""
    used = set()
    for file in (PACKAGE / folder).rglob("*.py"):
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        for module, name in names_imported(file, stages):
            value = getattr(import_module(module), name)
            if isfunction(value):
                used.add(f"{module.rpartition('.')[2]}.{name}")
            elif isinstance(value, ModuleType):
                of_name = (
                    node.attr
                    for node in nodes
                    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
                )
                used |= {f"{name}.{attribute}" for attribute in of_name if is_own(value, attribute)}
    return used


def is_own(module: ModuleType, name: str) -> bool:
    """Whether a module defines a function of this name: a local may have the name of a module."""
    value = getattr(module, name, None)
    return isfunction(value) and value.__module__ == module.__name__


# What `present` may call of the stages to its left: each takes a result apart, and none makes one.
ACCESSORS = {
    "events.evidence",  # the claims behind events
    "independence.copied_from",  # where a claim's words are copied from
    "administrations.spells",  # the times of a leader whom a source names in place of a date
    "administrations.whole",
    "status.not_yet",  # whether relations were still to be established
    "diff.count",  # how many events are new, by kind
    "check.rule",  # the rule of a finding
    "pair.today",  # the day to which a chart is drawn
    "schema.to_row",  # a claim as a row of Parquet
    "schema.to_table",
    "passages.passages",  # the text of a page, to be shown with its findings
    "garbled.suggestions",
}


def test_present_computes_no_answer() -> None:
    stages = ("ledger", "reconcile", "query", "reading", "panel")
    assert functions_used("present", stages) - ACCESSORS == set()
    assert ACCESSORS - functions_used("present", stages) == set()


# What `cli` and `serve` may call of `reconcile`: names are resolved, persons judge, claims are listed.
OF_RECONCILE = {
    "names.resolve",
    "names.like",
    "events.evidence",
    "judging.judged_in",
    "verdicts.say",
    "verdicts.retract",
}


def test_the_command_line_and_the_server_hold_no_logic_of_their_own() -> None:
    used = functions_used("cli", ("reconcile",)) | functions_used("serve", ("reconcile",))
    assert used - OF_RECONCILE == set()
    assert OF_RECONCILE - used == set()


@pytest.mark.parametrize("folder", ["present", "serve", "cli"])
def test_no_query_of_the_ledger_is_written_outside_the_stages_that_answer(folder: str) -> None:
    for file in (PACKAGE / folder).rglob("*.py"):
        code = file.read_text("utf-8")
        assert not {"duckdb", "deltalake"} & {
            name.split(".")[0]
            for node in ast.walk(ast.parse(code))
            for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [])
            + ([str(node.module)] if isinstance(node, ast.ImportFrom) else [])
        }, file


def test_importing_comity_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded("import comity", tmp_path) == set()


def test_the_version_is_said_without_loading_anything_heavy(tmp_path: Path) -> None:
    assert loaded(COMMAND.format(words=["--version"]), tmp_path) == set()


def test_a_brief_loads_neither_ibis_nor_spacy_nor_a_reader_of_pages(tmp_path: Path) -> None:
    code = COMMAND.format(words=["brief", "Peru", "United States"])
    assert loaded(code, tmp_path).isdisjoint({"ibis", "pandas", "spacy", "trafilatura"})


def test_describing_a_panel_loads_nothing_heavy(tmp_path: Path) -> None:
    code = COMMAND.format(words=["panel", "dyads", "--filter", "prd", "--add", "gml-mids:init=sidea-orig"])
    assert loaded(code, tmp_path) == set()
