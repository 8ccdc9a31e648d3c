"""Makes what is made of the README and docs: tables from the code, and the output of every `$` line of an example.

    python docs/render.py            rewrites the pages that are out of date
    python docs/render.py --check    names them instead, and exits with 1 when there are any

A table stands between `<!-- made: NAME -->` and `<!-- end -->`; an example is a fenced block marked `console`. The
commands of a page run in order, in bash, in this repository's folder, with an empty ledger of their own.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint
from itertools import groupby
from pathlib import Path

from comity.ledger.open import manifest as manifest_of_embedded
from comity.model import Source
from comity.panel.variable import names, variable
from comity.panel.whittle import RULES as WHITTLING
from comity.query.check import RULES
from comity.reading.calibration import FILE as CALIBRATION
from comity.reading.calibration import Pool
from comity.relations import ANY_STATE, Relation
from comity.relations import vocabulary as vocabulary_terms
from comity.sources.base import Adapter
from comity.sources.manifest import manifest

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_TABLE = re.compile(r"(?P<open><!-- made: (?P<name>[\w-]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
_EXAMPLE = re.compile(r"(?P<open>^```console\n)(?P<body>.*?)(?P<close>^```$)", re.DOTALL | re.MULTILINE)
_DONE = "\x1edone\x1e"


def render(page: str) -> str:
    """The text of a page with its tables and examples made anew.

    Raises `KeyError` for a table that nothing makes, `ValueError` for an example that begins with output.
    """
    tabled = _TABLE.sub(lambda found: f"{found['open']}{TABLES[found['name']]()}{found['close']}", page)
    if not _EXAMPLE.search(tabled):
        return tabled
    with tempfile.TemporaryDirectory(prefix="comity-docs-") as home:
        return _EXAMPLE.sub(lambda found: f"{found['open']}{_example(found['body'], home)}{found['close']}", tabled)


def _example(body: str, home: str) -> str:
    """An example with the output that its commands have now, both streams together, as a person sees them."""
    commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
    if not body.startswith("$ "):
        raise ValueError(f"an example begins with a command, `$ comity …`, not with: {body.splitlines()[:1]}")
    # after each command a mark is printed, and its exit status is put back for a following `echo $?`
    script = "".join(f"{command}\nstatus=$?; printf '{_DONE}'; (exit $status)\n" for command in commands)
    binaries = sysconfig.get_path("scripts")
    # nothing of the caller's environment but the path: an example looks the same on every machine
    environment = {
        "PATH": os.pathsep.join((binaries, os.environ.get("PATH", os.defpath))),
        "HOME": home, "COMITY_HOME": f"{home}/comity", "COLUMNS": "100", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    outputs = done.stdout.split(_DONE)
    return "".join(f"$ {command}\n{_trim(output)}" for command, output in zip(commands, outputs, strict=False))


def _trim(output: str) -> str:
    """Output without blanks at the ends of its lines; it ends with one newline, unless it is empty."""
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    return "".join(f"{line}\n" for line in lines)


def vocabulary() -> str:
    """The relations, a table for each family."""
    families = groupby(vocabulary_terms(), key=lambda term: term.family)
    return "\n".join(f"## {family.capitalize()}\n{_table(_HEAD, map(_row, terms))}" for family, terms in families)


_HEAD = ("term", "what it says", "between", "begins or ends", "CAMEO", "Wikidata")


def _row(term: Relation) -> tuple[str, ...]:
    joint = "and" if term.symmetric else "→"
    state = "; ".join(
        [*([f"begins: {term.starts}"] if term.starts else []), *([f"ends: {term.ends}"] if term.ends else [])]
    )
    between = term.domain if term.range == "none" else f"{term.domain} {joint} {term.range}"
    return f"`{term.id}`", term.definition, between, state, term.cameo.removeprefix("CAMEO "), term.wikidata


def sources() -> str:
    """The sources: a table of what they are, then what is read of each."""
    found = [(one.source, inspect.getdoc(type(one)) or "") for one in _adapters()]
    rows = (
        (f"`{s.id}`", f"[{s.title}]({s.homepage})", s.publisher, s.licence, f"`{s.commit[:7]}` of {s.commit_date}",
         f"{len(manifest(s)):,}")
        for s, _ in found
    )  # fmt: skip
    table = _table(("id", "title", "publisher", "licence", "commit", "files"), rows)
    told = "".join(
        f"\n### `{source.id}`\nRepository: {source.repository}, commit `{source.commit}`. "
        f"Files: {', '.join(f'`{pattern}`' for pattern in source.files)}.\n\n{said}\n{_to_cite(source)}"
        for source, said in found
    )
    return f"{table}{told}"


def _adapters() -> Iterable[Adapter]:
    """The adapters that this repository registers, by id; what another package adds to comity is not its own."""
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["comity.sources"]
    return [EntryPoint(id, place, "comity.sources").load()() for id, place in sorted(own.items())]


def _to_cite(source: Source) -> str:
    """What those who use a source are asked to cite, a paragraph; nothing where its makers ask for nothing."""
    return f"\nTo be cited: {' '.join(source.references)}\n" if source.references else ""


def embedded() -> str:
    """What the ledger that comes with comity was made of, as its manifest says."""
    made = manifest_of_embedded()
    head = ("source", "records", "with claims", "prose only", "skipped", "paragraphs read", "claims", "new")
    counts = ("records", "claimed", "documented", "skips", "prose", "claims", "held")
    rows = ((f"`{one['id']}`", *(f"{one[count]:,}" for count in counts)) for one in made["sources"])
    return f"{_table(head, rows)}\nIn all {made['claims']:,} claims; their ids hash to `{made['sha256']}`.\n"


def transitions() -> str:
    """The state machine of diplomatic relations: what each event makes of which states."""
    rows = (
        (
            f"`{term.id}`",
            "any" if term.from_states == ANY_STATE else ", ".join(state.value for state in term.from_states),
            term.leads_to.value,
        )
        for term in vocabulary_terms()
        if term.leads_to
    )
    return _table(("event", "from", "to"), rows)


def rules() -> str:
    """The rules of `check`, each with an example of what it finds."""
    rows = ((f"`{one.id}`", one.code, one.severity.value, one.why, f"*{one.example}*") for one in RULES)
    return _table(("rule", "code", "severity", "why", "example"), rows)


def calibration() -> str:
    """How often claims of each score are right, and how well the confidences predict it."""
    made = tomllib.loads(CALIBRATION.read_text("utf-8"))
    pools = [Pool(row["score"], row["claims"], row["right"]) for row in made["pool"]]
    rows = ((f"{p.score:.2f}", f"{p.claims:,}", f"{p.right:,}", f"{p.confidence:.2f}") for p in pools)
    measures = (
        (name, f"{made[key]['before']:.3f}", f"{made[key]['after']:.3f}")
        for key, name in (("brier", "Brier score"), ("error", "expected calibration error"))
    )
    by_score = _table(("score from", "claims", "right", "confidence"), rows)
    return f"{by_score}\n{_table(('measure', 'score', 'confidence'), measures)}"


def model_reader() -> str:
    """The example of a reader."""
    return f"```python\n{(ROOT / 'docs' / 'examples' / 'model_reader.py').read_text('utf-8')}```\n"


def variables() -> str:
    """What can be added to a panel."""
    found = [variable(name) for name in names()]
    rows = ((f"`{v.name}`", v.title, ", ".join(v.units), v.on, ", ".join(v.parameters)) for v in found)
    return _table(("name", "what", "goes with", "joined on", "parameters"), rows)


def whittle() -> str:
    """The rules of whittling."""
    return _table(("rule", "keeps"), ((f"`{rule}`", told) for rule, told in WHITTLING.items()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


TABLES: dict[str, Callable[[], str]] = {
    "vocabulary": vocabulary, "sources": sources, "embedded": embedded, "transitions": transitions,
    "variables": variables, "whittle": whittle,
    "rules": rules,
    "calibration": calibration, "model-reader": model_reader,
}  # fmt: skip


def main() -> int:
    """Rewrite, or with --check name, the pages that are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, default=PAGES, metavar="PAGE", help="default: all")
    parser.add_argument("--check", action="store_true", help="write nothing")
    asked = parser.parse_args()
    stale = 0
    for page in asked.pages:
        text = page.read_text("utf-8")
        made = render(text)
        if made == text:
            continue
        stale += 1
        print(f"{page} {'is out of date' if asked.check else 'is made anew'}")
        if not asked.check:
            page.write_text(made, "utf-8")
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
