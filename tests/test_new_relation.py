"""A relation of another package: one object, and every stage handles it.

The package is really there: a module and a dist-info in a folder on the path, as pip would install it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from comity.ledger import Writer
from comity.model import Claim, Published, PublishedBasis, When
from web import COMITY

ROOT = Path(__file__).resolve().parent.parent
FAMILY = """
from comity.relations import Identity, Kind, Mark, Relation

def twinned(event):
    return f"towns of {event.both} were twinned{event.on}{event.about}"

from comity.model import Claim, Span
from comity.reading.base import Found, Reader, cited

class Towns(Reader):
    id, version = "towns", "1"

    def read(self, document):
        start = document.text.find("Towns of Peru and Chile are twinned")
        if start >= 0:
            span = Span(start, start + 36)
            source, locator = cited(document, span)
            claim = Claim(
                "peru", "twinning", "chile", source=source, locator=locator, document=document.path, confidence=0.5,
                span=span, quote=span.of(document.text), published=document.published,
            )
            yield Found(claim, None, (Span(start + 9, start + 13), Span(start + 18, start + 23)), pattern="towns")

RELATIONS = (
    Relation(
        id="twinning", family="towns", definition="Towns of the parties are twinned; label: which.",
        symmetric=True, kind=Kind.STATE, identity=frozenset({Identity.LABEL}), goes_stale=True,
        section="others", sentence=twinned, mark=Mark("Twin towns", "good"),
    ),
)
"""
SENTENCE = "Towns of Peru and Chile were twinned from 1990 to 2010 (Cusco and Valparaíso)"


@pytest.fixture
def environment(tmp_path: Path, home: Path) -> dict[str, str]:
    """A package with a family of relations, and a ledger with a claim of it."""
    site = tmp_path / "site"
    info = site / "towns-1.dist-info"
    info.mkdir(parents=True)
    (site / "towns.py").write_text(FAMILY)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: towns\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[comity.relations]\ntowns = towns:RELATIONS\n[comity.readers]\ntowns = towns:Towns\n"
    )
    published = Published(When.parse("2011"), PublishedBasis.GIVEN)
    claim = Claim(
        "peru", "twinning", "chile", label="Cusco and Valparaíso", when=When.parse("1990/2010"), source="towns@1",
        published=published, confidence=0.9,
    )  # fmt: skip
    Writer(home / "ledger").append([claim], source=None, adapter="towns 1", who="a test")
    return {**os.environ, "PYTHONPATH": str(site), "COMITY_HOME": str(home)}


def run(environment: dict[str, str], *words: str) -> str:
    finished = subprocess.run([*COMITY, *words], capture_output=True, text=True, env=environment, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def python(environment: dict[str, str], code: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=ROOT, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_ask_answers_whether_it_held(environment: dict[str, str]) -> None:
    for day, certainty in (("2000", "yes"), ("1980", "no"), ("2015", "no")):
        answer = json.loads(run(environment, "ask", "Peru", "Chile", "twinning", "--as-of", day, "--format", "json"))
        assert answer["certainty"] == certainty
    assert answer["until"]["edtf"] == "2010"


def test_a_timeline_and_a_brief_word_it(environment: dict[str, str]) -> None:
    assert SENTENCE in run(environment, "timeline", "Peru", "Chile")
    assert SENTENCE in run(environment, "brief", "Peru", "Chile", "--as-of", "2012")


def test_an_export_carries_it(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "peru-chile.claims.csv"
    run(environment, "export", "Peru", "Chile", "--of", "claims", "-o", str(file))
    assert "twinning" in file.read_text("utf-8")


def test_a_chart_draws_it_in_a_lane_of_its_own(environment: dict[str, str]) -> None:
    code = """
from comity.ledger.open import everything
from comity.present.charts.lanes import lanes
from comity.query.course import course
from comity.query.pair import pair
view = everything()
print([(lane.title, [mark.text for mark in lane.marks]) for lane in lanes(course(view, pair(view, "Peru", "Chile")))])
"""
    assert "('Twin towns', ['Cusco and Valparaíso'])" in python(environment, code)


def test_the_docs_list_it(environment: dict[str, str]) -> None:
    assert "`twinning`" in python(
        environment, "import sys; sys.path.insert(0, 'docs'); import render; print(render.vocabulary())"
    )


def test_check_says_that_an_old_statement_of_it_went_stale(environment: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Towns of Peru and Chile are twinned.\n\nPeru and Chile signed a treaty on 3 June 1999.\n")
    finished = subprocess.run(
        [*COMITY, "check", str(page), "--as-of", "2020", "--format", "jsonl"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    findings = [json.loads(line) for line in finished.stdout.splitlines()]
    assert any("twinned" in finding["message"] or "stale" in finding["code"] for finding in findings), finished
    assert finished.returncode == 1


def test_a_term_registered_twice_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    twin = tmp_path / "site" / "twins-1.dist-info"
    twin.mkdir()
    (twin / "METADATA").write_text("Metadata-Version: 2.1\nName: twins\nVersion: 1\n")
    (twin / "entry_points.txt").write_text("[comity.relations]\ntwins = towns:RELATIONS\n")
    finished = subprocess.run(
        [*COMITY, "brief", "Peru", "Chile"], capture_output=True, text=True, env=environment, check=False
    )
    assert finished.returncode == 2
    assert '"twinning" is registered twice' in finished.stderr
    assert "Traceback" not in finished.stderr
