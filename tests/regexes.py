"""Every regular expression of the package: where it is written, and what it is once it is built.

Two ways find them, and each makes up for what the other cannot see. The source is parsed for each call of `re`: none is
missed, but a pattern that is put together from tables is not known before it is built. So `re` is also watched while
every module is loaded, every function that returns a pattern is called, and texts that reach the rest are read. A call
whose pattern is neither written out nor was seen being built is an error: a text that reaches it must be added.

`python tests/regexes.py` lists them, a JSON object a line.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

SOURCE = Path(__file__).resolve().parent.parent / "src"
WATCHED = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


@dataclass(frozen=True, order=True)
class Regex:
    """A pattern with its flags, where it is, and whether it is only ever matched as a whole or at a beginning."""

    place: str
    pattern: str
    flags: int = 0
    use: str = "search"

    def __str__(self) -> str:
        return f"{self.place} {self.use} {self.pattern!r}"


@dataclass
class Call:
    """A call of `re` in the source: its pattern where it is written out, and the patterns seen there."""

    file: Path
    first: int
    last: int
    name: str
    use: str
    written: str | None
    flags: int
    built: set[tuple[str, int]] = field(default_factory=set)

    def regexes(self, root: Path) -> Iterator[Regex]:
        place = f"{self.file.relative_to(root)}:{self.first}"
        written = {(self.written, self.flags)} if self.written is not None else set()
        for pattern, flags in sorted(self.built | written):
            yield Regex(place, pattern, flags, self.use)


class Unseen(Exception):
    """Calls of `re` whose pattern is not known: by `re` under another name, or by tables that nothing has built."""


def calls(root: Path) -> list[Call]:
    """Every call of `re` in the source under a folder; raises `Unseen` where `re` goes by another name."""
    seen = []
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(root.rglob("*.py"))}
    shared = {name.name for tree in trees.values() for node in ast.walk(tree)
              if isinstance(node, ast.ImportFrom) for name in node.names}  # fmt: skip
    for file, tree in trees.items():
        uses = _uses(tree, shared)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "re":
                raise Unseen(f'{file}:{node.lineno}: write "import re", so that its calls are seen')
            if isinstance(node, ast.Import) and any(name.name == "re" and name.asname for name in node.names):
                raise Unseen(f'{file}:{node.lineno}: write "import re" without "as", so that its calls are seen')
            if _is_call(node):
                seen.append(_call(file, node, uses))
    return seen


def _uses(tree: ast.AST, shared: set[str]) -> dict[int, set[str]]:
    """By the line of each pattern that a module or function names for this module alone: the methods called on it."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    uses = {}
    for node in ast.walk(tree):
        compiled = getattr(node, "value", None)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_call(compiled):
            name = node.targets[0].id
        elif isinstance(node, ast.Return) and _is_call(compiled) and isinstance(parents[node], ast.FunctionDef):
            name = parents[node].name
        else:
            continue
        uses[compiled.lineno] = (
            set()
            if name in shared
            else {
                _method(each, parents)
                for each in ast.walk(tree)
                if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
            }
        )
    return uses


def _method(name: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """What is called on a name, or on what the function of that name gives; empty where it goes elsewhere."""
    parent = parents[name]
    if isinstance(parent, ast.Call) and parent.func is name:
        parent = parents[parent]
    return parent.attr if isinstance(parent, ast.Attribute) else ""


def _is_call(node: object) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in WATCHED
    )


def _call(file: Path, node: Any, uses: dict[int, set[str]]) -> Call:
    pattern = node.args[0] if node.args else next(word.value for word in node.keywords if word.arg == "pattern")
    written = pattern.value if isinstance(pattern, ast.Constant) else None
    if isinstance(written, bytes):  # judged as the text of its bytes
        written = written.decode("latin-1")
    flags = [word.value for word in node.keywords if word.arg == "flags"]
    place = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2}.get(node.func.attr)
    if place is not None:
        flags += node.args[place : place + 1]
    value = eval(ast.unparse(flags[0]), {"re": re}) if flags else 0
    methods = uses.get(node.lineno, set()) if node.func.attr == "compile" else {node.func.attr}
    use = "fullmatch" if methods == {"fullmatch"} else "match" if methods and methods <= {"match", "fullmatch"} else ""
    last = node.end_lineno or node.lineno
    return Call(file, node.lineno, last, node.func.attr, use or "search", written, int(value))


@contextmanager
def watching(seen: list[Call]) -> Iterator[None]:
    """Note the patterns with which the calls are made meanwhile."""
    places: dict[tuple[str, str], list[Call]] = {}
    for call in seen:
        places.setdefault((str(call.file), call.name), []).append(call)

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def noting(*values: Any, **named: Any) -> Any:
            frame = sys._getframe(1)
            for call in places.get((frame.f_code.co_filename, name), ()):
                if call.first <= frame.f_lineno <= call.last:
                    bound = signature.bind(*values, **named).arguments
                    pattern = re.compile(bound["pattern"], bound.get("flags", 0))
                    if isinstance(pattern.pattern, str):
                        call.built.add((pattern.pattern, pattern.flags & ~re.UNICODE))
            return function(*values, **named)

        return noting

    with _replaced({name: watched(name, getattr(re, name)) for name in WATCHED}):
        yield


@contextmanager
def _replaced(functions: dict[str, Callable[..., Any]]) -> Iterator[None]:
    usual = {name: getattr(re, name) for name in functions}
    try:
        for name, function in functions.items():
            setattr(re, name, function)
        yield
    finally:
        for name, function in usual.items():
            setattr(re, name, function)


def modules(root: Path) -> list[ModuleType]:
    """Every module under a folder that is on the path of Python, loaded."""
    names = (".".join(file.relative_to(root).with_suffix("").parts) for file in sorted(root.rglob("*.py")))
    return [importlib.import_module(name.removesuffix(".__init__")) for name in names]


def build(loaded: list[ModuleType]) -> None:
    """Call every function of modules that takes nothing and returns patterns."""
    for module in loaded:
        for function in vars(module).values():
            if getattr(function, "__module__", None) == module.__name__ and inspect.isroutine(function):
                signature = inspect.signature(function)
                if not signature.parameters and "re.Pattern" in str(signature.return_annotation):
                    inspect.unwrap(function)()


def regexes(root: Path, use: Callable[[], None] = lambda: None) -> list[Regex]:
    """Every regular expression of the source under a folder. `use` reaches those that are built when text is read.

    The modules must not have been loaded before. Raises `Unseen` when a call's pattern stays unknown.
    """
    seen = calls(root)
    with watching(seen):
        build(modules(root))
        use()
    unseen = [f"{call.file}:{call.first}" for call in seen if call.written is None and not call.built]
    if unseen:
        raise Unseen(f"nothing has built the patterns of {', '.join(unseen)}: give `read` a text that does")
    return sorted({regex for call in seen for regex in call.regexes(root)})


_TEXTS = (
    ("text", """Peru and Chile recognized each other. On 3-4 May 1836 the Charg dAffaires presented his credentials.

Alan García was elected president of Peru in May 1985. The war between Peru, Bolivia and Chile ended in So Paulo. The
Department of State and the US Peace Corps gave aid to Peru. The embassy opened in January.

The Chaco War between Bolivia and Paraguay began in 1932."""),
    ("text", "HISTORY 1\nPeru recognized Chile in 1836.\fHISTORY 2\nIt did.\fHISTORY 3\nAnd so on."),
    ("html", "<script>var x</script><p>Peru joined in 1836."),
)  # fmt: skip


def _read() -> None:
    """Read texts that reach the patterns that are built when they are needed."""
    from comity.model import Document
    from comity.reading import portions
    from comity.reading.garbled import suggestions
    from comity.reading.relations.envoys import whole
    from comity.sources.rdcr_heads import phrases

    phrases()
    whole("Charg dAffaires")
    for media, text in _TEXTS:
        document = Document(text, media=media)
        assert list(portions([document]))
        list(suggestions(document))


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.path.insert(0, sys.argv[1])
        listed = regexes(Path(sys.argv[1]).resolve())
    else:
        listed = regexes(SOURCE, _read)
    for each in listed:
        print(json.dumps(asdict(each)))
