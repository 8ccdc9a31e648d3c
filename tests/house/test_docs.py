"""What the README and docs show is what the code does now; what they link to and name is there."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer
import typer.core
import typer.main
from typer.testing import CliRunner

from comity.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`(?P<body>[^`\n]+)`")
Command = typer.core.TyperCommand | typer.core.TyperGroup
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def _load(file: Path) -> ModuleType:
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


render = _load(ROOT / "docs" / "render.py")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made of the words."""
    words = (re.sub(r"[^\w\- ]", "", found["text"].lower()) for found in HEADING.finditer(page.read_text("utf-8")))
    return {said.strip().replace(" ", "-") for said in words}


def sentences() -> Iterator[tuple[str, str]]:
    """Every line in code of a page that begins with the command: its page, and its words after `comity`."""
    for page in PAGES:
        text = page.read_text("utf-8")
        fenced = [line for found in FENCE.finditer(text) for line in found["body"].splitlines()]
        inline = [found["body"] for found in CODE.finditer(FENCE.sub("", text))]
        for line in (*fenced, *inline):
            said = re.match(r"(?:\$ )?(?:\./)?comity (?P<words>[^#>]+)", line)
            if said:
                yield page.name, said["words"].split(" | ")[0].strip()


def named(words: str) -> tuple[Command, list[str]]:
    """The command that words name, and the words that are left."""
    command, left = typer.main.get_command(app), words.split()
    while isinstance(command, typer.core.TyperGroup) and left and not left[0].startswith("-"):
        assert left[0] in command.commands, f"comity has no command {left[0]} (in: comity {words})"
        command, left = command.commands[left[0]], left[1:]
    return command, left


@pytest.mark.slow
@pytest.mark.parametrize("page", render.PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_the_code_does_now(page: Path) -> None:
    text = page.read_text("utf-8")
    assert render.render(text) == text, "run: python docs/render.py"


def test_an_example_runs_in_order_and_keeps_exit_codes() -> None:
    page = "Before\n```console\n$ false\n$ echo $?  # said\nstale\n$ printf 'a  \\n\\n'\n```\nAfter\n"
    assert (
        render.render(page)
        == "Before\n```console\n$ false\n$ echo $?  # said\n1\n$ printf 'a  \\n\\n'\na\n```\nAfter\n"
    )


def test_an_example_that_begins_with_output_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with a command"):
        render.render("```console\nno command\n```\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for found in LINK.finditer(FENCE.sub("", page.read_text("utf-8"))):
        target, _, anchor = found["target"].partition("#")
        if target.startswith("https://"):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{page.name} links to {target}, which is not there"
        assert not anchor or anchor in anchors(file), f"{page.name}: no heading #{anchor} in {file.name}"


@pytest.mark.parametrize(("page", "words"), sorted(set(sentences())))
def test_a_command_and_its_options_exist(page: str, words: str) -> None:
    for alternative in _alternatives(words):
        command, left = named(alternative)
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(OPTION.findall(" ".join(left))) <= {*known, "--help"}, f"{page}: comity {words}"


def _alternatives(words: str) -> Iterator[str]:
    """`sources list|fetch` stands for two commands."""
    first, *rest = words.split()
    if rest and re.fullmatch(r"\w+(\|\w+)+", rest[0]):
        yield from (" ".join((first, one, *rest[1:])) for one in rest[0].split("|"))
    else:
        yield words


def test_every_command_is_told_of_in_the_docs() -> None:
    told = {tuple(one.split()[:count]) for _, words in sentences() for one in _alternatives(words) for count in (1, 2)}
    assert set(_commands(typer.main.get_command(app))) <= told


def _commands(group: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not isinstance(group, typer.core.TyperGroup):
        yield path
        return
    for name, command in group.commands.items():
        if not command.hidden:
            yield from _commands(command, (*path, name))


def test_every_variable_of_the_environment_is_told_of() -> None:
    code = "".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    interfaces = (ROOT / "docs" / "interfaces.md").read_text("utf-8")
    assert not [name for name in set(re.findall(r"\bCOMITY_[A-Z_]+\b", code)) if f"`{name}`" not in interfaces]


@pytest.mark.parametrize("words", [["brief"], ["timeline"]])
def test_every_field_of_an_answers_json_is_told_of(words: list[str], home: Path) -> None:
    interfaces = (ROOT / "docs" / "interfaces.md").read_text("utf-8")
    said = CliRunner().invoke(app, [*words, "Peru", "United States", "--format", "json"], catch_exceptions=False)
    fields = set(_fields(json.loads(said.stdout)))
    assert "relation" in fields
    assert not [field for field in fields if f"`{field}`" not in interfaces]


def _fields(value: object) -> Iterator[str]:
    """The names of the fields of a JSON value, at any depth; the ids that `claims` goes by are none."""
    if isinstance(value, list):
        for one in value:
            yield from _fields(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if not re.fullmatch(r"[0-9a-f]{32}", name):
                yield name
            yield from _fields(one)
