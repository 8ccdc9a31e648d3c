"""The rules of the house: names that say what a thing is, short functions, one home for each relation.

A ceiling only falls: when a change lowers a count, lower the ceiling with it.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from comity.relations import vocabulary

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "comity"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A participle that fits any function says nothing about what it holds.
GENERIC = frozenset(
    ("found", "held", "one", "told", "said", "made", "given", "asked", "other", "kept", "taken", "shown", "named",
     "passed", "done")
)  # fmt: skip

WORDS_LIKE_RELATIONS = {
    "cli/link.py": (1, "a kind of thing that words may mean: an option's value"),
    "panel/builders.py": (2, "a column of a panel"),
    "panel/cite.py": (1, "the unit of a panel"),
    "panel/codebook.py": (2, "a column of a panel, and a variable's name"),
    "panel/draft.py": (1, "the unit of a panel"),
    "panel/recipe.py": (2, "the unit of a panel"),
    "panel/rules/prd.py": (2, "a variable's name"),
    "panel/variables/contiguity.py": (1, "a variable's name"),
    "present/meanings.py": (1, "a word of a sentence"),
    "query/link.py": (1, "a kind of thing that words may mean"),
    "reading/base.py": (2, "the kind of a polity's name"),
    "reading/claims.py": (2, "the role of a participant, and a family of patterns"),
    "reading/grammar/parse.py": (2, "kinds of mentions"),
    "reading/grammar/themes.py": (4, "words of a text"),
    "reading/lexicon/patterns.py": (2, "words of a text"),
    "reading/names/mentions.py": (5, "kinds of mentions and of names"),
    "reading/parties/actors.py": (1, "a word of a text"),
    "reading/relations/governments.py": (1, "the id of a pattern, which is part of answers"),
    "reading/relations/missions.py": (1, "a word of a text"),
    "reading/relations/quality.py": (2, "the id of a pattern and its table, and the role of a participant"),
    "reading/relations/rulers.py": (2, "the id of a pattern, and an office"),
    "reading/relations/shared.py": (1, "a word of a text"),
    "reading/relations/strife.py": (1, "the id of a pattern, which is part of answers"),
    "reading/relations/visits.py": (2, "a word of a text, and the role of a participant"),
    "reconcile/linking.py": (1, "a word of a title"),
    "reconcile/names.py": (1, "the kind of a polity's name"),
    "reconcile/offices.py": (2, "roles of a participant"),
    "reconcile/persons.py": (1, "the role of a participant"),
    "serve/api/examples.py": (2, "an example of what is sent"),
    "serve/api/pairs.py": (1, "an example of what is sent"),
    "serve/api/parameters.py": (1, "an example of what is sent"),
}
"""Where a string equals the id of a relation but means something else: how often at most, and what it means.

Pattern tables are data files; no other module outside relations/ and sources/ writes the id of a relation.
"""


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
    places = {file.relative_to(PACKAGE).as_posix(): list(literals(file)) for file in outside}
    allowed = {place: WORDS_LIKE_RELATIONS.get(place, (0, ""))[0] for place in places}
    assert {place: ids for place, ids in places.items() if len(ids) > allowed[place]} == {}
    assert sum(map(len, places.values())) < 60


def test_nothing_is_compared_by_its_place_in_memory() -> None:
    calls = {
        file.name: node.lineno
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"
    }
    assert calls == {}


# Modules of one name in several stages, each about the same thing: a family of relations is defined, read and answered;
# a data set is a source and a variable of a panel; a command, a route or a page is named for what it runs or shows; a
# base is a contract.
SAME_MODULES = frozenset(
    ("agreements", "answer", "archigos", "base", "brief", "cite", "claim", "claims", "contiguity", "documents",
     "figures", "garbled", "igos", "judgements", "link", "missions", "pair", "panel", "persons", "polity", "relations",
     "sources", "spells", "states", "strife", "table", "timeline", "visits", "wars")
)  # fmt: skip
# Classes of one name that mean the same: the Python face wraps what a query answers, and a shape bears its name.
SAME_CLASSES = frozenset(("Answer", "Brief", "Timeline"))
# The words by which a grammar would class a module, not a reader of the folder.
ROLES = frozenset(
    ("asked", "beside", "done", "given", "giving", "held", "kept", "linked", "owning", "said", "sharing", "standing",
     "told", "withheld", "word")
)  # fmt: skip


def repeated(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def test_no_two_modules_of_different_meaning_have_one_name() -> None:
    assert repeated(file.stem for file in MODULES if file.stem != "__init__") <= SAME_MODULES


def test_no_two_classes_of_different_meaning_have_one_name() -> None:
    classes = [
        node.name
        for file in MODULES
        if file.parent.name != "shapes"
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert len(classes) > 150
    assert repeated(classes) <= SAME_CLASSES


def test_no_module_is_named_for_a_role_in_a_sentence() -> None:
    assert [file.name for file in MODULES if file.stem in ROLES] == []


_WORD = re.compile(r"[A-Za-z’']{2,}")
# Where `query` and `reconcile` still write words, and why.
WORDED = {
    "query/ask.py": "the status of an answer, a value of its JSON",
    "query/diff.py": "the values of `news` in JSON",
    "reconcile/conflicts.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/events.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/judging.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/sequence.py": "the names of rules, which judgements in the ledger bear",
    "reconcile/verdicts.py": "the command lines that list claims and judgements: hints of its errors",
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
