"""The rules of the house: names that say what a thing is, short functions, one home for each relation.

A ceiling only falls: when a change lowers a count, lower the ceiling with it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.relations import vocabulary

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "comity"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A participle that fits any function says nothing about what it holds.
GENERIC = frozenset(
    ("found", "held", "one", "told", "said", "made", "given", "asked", "other", "kept", "taken", "shown", "named",
     "passed", "done")
)  # fmt: skip

LITERALS_CEILING = 113
"""The relation ids that may stand as literals outside relations/, sources/ and pattern tables."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def bound(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The names that a function binds: its parameters, and what it or a comprehension in it assigns."""
    arguments = function.args
    parameters = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return parameters | {node.id for node in stored}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f():\n    found = 1", {"found"}),
        ("def f(one, *, other=2): ...", {"one", "other"}),
        ("def f(claims):\n    return [held for held in claims]", {"held"}),
        ("def f(claims):\n    for claim in claims: ...", set()),
    ],
)
def test_a_generic_name_is_seen_however_it_is_bound(code: str, names: set[str]) -> None:
    assert bound(next(functions(ast.parse(code)))) & GENERIC == names


def test_no_function_binds_a_name_that_says_nothing() -> None:
    every = [(file, function) for file in MODULES for function in functions(ast.parse(file.read_text("utf-8")))]
    assert len(every) > 2000
    assert [f"{file.name}: {function.name}" for file, function in every if bound(function) & GENERIC] == []


def literals(file: Path) -> Iterator[str]:
    """The ids of relations that a module writes as strings; docstrings are left out."""
    ids = {term.id for term in vocabulary()}
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and node.value in ids:
            yield node.value


def test_relations_are_named_by_their_objects() -> None:
    outside = [file for file in MODULES if file.relative_to(PACKAGE).parts[0] not in ("relations", "sources")]
    number = sum(1 for file in outside for _ in literals(file))
    assert number <= LITERALS_CEILING, number
    assert number > LITERALS_CEILING - 10, f"lower the ceiling: {number} literals"


_WORD = re.compile(r"[A-Za-z’']{2,}")
# Where `query` and `reconcile` still write words, and why.
WORDED = {
    "query/ask.py": "the status of an answer, a value of its JSON",
    "query/diff.py": "the values of `news` in JSON",
    "reconcile/conflicts.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/events.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/judging.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/sequence.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/word.py": "the command lines that list claims and judgements: hints of its errors",
    "reconcile/names.py": "how an ambiguous name was read, which every answer repeats",
}


def sentences(code: str) -> Iterator[str]:
    """Texts of four words or more that are neither docstrings, parts of errors, hints of errors nor patterns."""
    tree = ast.parse(code)
    apart: set[ast.AST] = set()
    for node in ast.walk(tree):
        call = node.func if isinstance(node, ast.Call) else None
        pattern = isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "re"
        error = isinstance(node, ast.Raise) or (isinstance(call, ast.Name) and call.id[0].isupper())
        if pattern or error or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            apart |= {*ast.walk(node)}
        elif isinstance(node, ast.JoinedStr):
            apart |= {*node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if node not in apart and len(_WORD.findall(text)) >= 4:
            yield text


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('def f(a):\n    return f"{a} was no longer a state"', ["{} was no longer a state"]),
        ('def f(a):\n    """What a was on that day."""\n    raise BadDate(f"{a} is not a date")', []),
        ('PATTERN = re.compile("in recent years or months")', []),
        ('STATE = "at war"', []),
    ],
)
def test_a_sentence_is_seen(code: str, texts: list[str]) -> None:
    assert list(sentences(code)) == texts


def test_queries_and_reconciliation_word_nothing() -> None:
    files = {
        file.relative_to(PACKAGE).as_posix()
        for folder in ("query", "reconcile")
        for file in (PACKAGE / folder).rglob("*.py")
        if list(sentences(file.read_text("utf-8")))
    }
    assert files == WORDED.keys()
