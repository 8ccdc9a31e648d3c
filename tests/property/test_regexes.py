"""No regular expression of comity takes time that grows faster than the text: each is listed, judged and measured."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regex_attacks
import regex_growth
import regexes
from comity.reading.text.load import from_bytes
from regexes import Regex

pytestmark = pytest.mark.slow

LINEAR = (
    r"a+", r"(?<!a)a*$", r"(?<!\s)\s+$", r"(?<!\s)\s++$",
    r"\b\w+@", r"^\s+$", r"\([^()]*\)", r"(?>a+)b?", r"(?<!a)a++b",
    r"a{0,30}b", r"\d{4}-\d\d", r"(?:ab|cd)*", r"[^\W\d_]+(?:-[^\W\d_]+)*", r"<!--[\s\S]*?(?:-->|\Z)", r"\A.*x\Z",
    r"(?<![.!?])[.!?]++(?=\s+[A-Z]|$)", r"(?<=\S)x\s*",
)  # fmt: skip
SLOW = (
    r"(a+)+b", r"(?:a|a)*b", r"(?:a|b|ab)*c", r"(?:x*)*y", r"a*a*b", r"\s+$", r"\b[\w ]+@", r"[^x]*y", r"\w+@",
    r"“[^”]*”", r".*?,? \d", r"(?:\w+ ){1,3}x", r"a(?=.*b)", r"(?i:É+)é", r"(?<!\s)(?:\s*x)?\s*\s*y",
)  # fmt: skip
STALLING = b"<?x?>" * 40 + b" Peru"
"""A pattern for what may stand before the first tag of a TEI file was exponential: 205 bytes held it for ever."""


def listed(*root: str) -> list[Regex]:
    """What the tool lists, in a process that has not loaded the modules."""
    tool = Path(regexes.__file__)
    run = subprocess.run([sys.executable, str(tool), *root], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return [Regex(**json.loads(line)) for line in run.stdout.splitlines()]


@pytest.fixture(scope="module")
def ours() -> list[Regex]:
    """Every regular expression of the package."""
    return listed()


def judged(regex: Regex) -> list[regex_growth.Fault]:
    return regex_growth.faults(regex.pattern, regex.flags, regex.use)


def planted(folder: Path, source: str) -> str:
    """A package with a module of this source."""
    package = folder / "planted"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "bad.py").write_text(source)
    return str(folder)


def test_every_regular_expression_of_the_package_is_listed(ours: list[Regex]) -> None:
    assert len(ours) > 400
    assert {regex.use for regex in ours} == {"search", "match", "fullmatch"}
    files = {regex.place.partition(":")[0] for regex in ours}
    written = {
        str(file.relative_to(regexes.SOURCE))
        for file in regexes.SOURCE.rglob("*.py")
        if "re.compile(" in file.read_text(encoding="utf-8")
    }
    assert written <= files


def test_patterns_that_are_built_from_tables_are_listed(ours: list[Regex]) -> None:
    assert any("chargé" in regex.pattern or "charg[eéè]?" in regex.pattern for regex in ours)
    assert sum(regex.place.startswith("comity/sources/rdcr_heads.py") for regex in ours) > 40


def test_no_regular_expression_is_exponential_or_quadratic_by_its_structure(ours: list[Regex]) -> None:
    assert [f"{regex}: {fault}" for regex in ours for fault in judged(regex)] == []


def test_no_regular_expression_grows_faster_than_the_text_when_measured(ours: list[Regex]) -> None:
    assert [str(each) for each in regex_attacks.audit([(regex, judged(regex)) for regex in ours])] == []


def test_bad_patterns_that_are_planted_in_a_module_are_caught_by_structure_and_by_measure(tmp_path: Path) -> None:
    bad = listed(
        planted(
            tmp_path,
            """
import re
from functools import cache

EXPONENTIAL = re.compile(r"(?:<x>|<x><x>)*y")
TABLE = ("a", "b")


@cache
def built() -> re.Pattern[str]:
    return re.compile(rf"\\\\b(?:{'|'.join(TABLE)})[ab ]*c")


def ends(text: str) -> bool:
    return re.search(r"\\\\s+$", text) is not None
""".replace("\\\\", "\\"),
        )
    )
    assert {regex.pattern for regex in bad} == {r"(?:<x>|<x><x>)*y", r"\b(?:a|b)[ab ]*c", r"\s+$"}
    assert all(judged(regex) for regex in bad)
    assert {each.regex for each in regex_attacks.audit([(regex, []) for regex in bad])} == set(bad)


@pytest.mark.parametrize(
    "source",
    [
        "from re import compile\nPATTERN = compile('a')",
        "import re as expressions\nPATTERN = expressions.compile('a')",
        "import re\n\n\ndef match(words: list[str], text: str) -> object:\n    return re.match('|'.join(words), text)",
    ],
    ids=["imported", "renamed", "never built"],
)
def test_a_pattern_that_can_not_be_seen_is_an_error(tmp_path: Path, source: str) -> None:
    with pytest.raises(AssertionError, match=r"Unseen: .*bad\.py"):
        listed(planted(tmp_path, source))


@pytest.mark.parametrize("pattern", LINEAR)
def test_a_linear_pattern_is_judged_linear(pattern: str) -> None:
    assert regex_growth.faults(pattern) == []


@pytest.mark.parametrize("pattern", SLOW)
def test_an_exponential_or_quadratic_pattern_is_judged_slow(pattern: str) -> None:
    assert regex_growth.faults(pattern)


@pytest.mark.parametrize("pattern", [r"a*a*b", r"\s+$", r"\b[\w ]+@", r"“[^”]*”", r"(?:\w+ ){1,3}x", r"a(?=.*b)"])
def test_a_quadratic_pattern_is_found_slow_by_measure_alone(pattern: str) -> None:
    assert regex_attacks.slow(Regex("here", pattern), [])


def test_the_205_bytes_that_stalled_the_reader_are_read_at_once() -> None:
    begin = time.process_time()
    document = from_bytes(STALLING, "page")
    assert (document.media, len(STALLING)) == ("text", 205)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ('<?xml version="1.0"?>\n<!-- a --><?x?>\n<TEI xmlns="x">Peru', "tei"),
        ("<teiCorpus>Peru", "tei"),
        ("<TEIs>Peru", "text"),
        ("\n<!-- a\nb --> <!DOCTYPE html>Peru", "html"),
        ("<!-- a <html>Peru", "text"),
        ("<?xml version='1.0'?><html>Peru", "text"),
        ("Peru <html>", "text"),
    ],
)
def test_the_media_of_a_document_is_known_by_its_first_element(text: str, media: str) -> None:
    assert from_bytes(text.encode(), "page").media == media
