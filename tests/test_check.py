"""The linter: what each rule finds, what it leaves alone, and the shapes in which it says so."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from answers import shipped
from comity.cli import main
from comity.errors import BadSettings, UnknownRule
from comity.model import Document, Published, PublishedBasis, When
from comity.present import findings as written
from comity.query.check import RULES, Finding, check
from comity.reading import load
from comity.settings import ignored

READ = date(2015, 6, 1)
ABOUT = ("peru", "united-states")


def found(text: str, day: date = READ, published: str | None = None, about: tuple[str, ...] = ABOUT) -> list[Finding]:
    given = Published(When.parse(published), PublishedBasis.GIVEN) if published else Published()
    return check(Document(text, path="page.txt", about=about, published=given), shipped(), day)


def rules(text: str, day: date = READ, published: str | None = None, about: tuple[str, ...] = ABOUT) -> set[str]:
    return {finding.rule for finding in found(text, day, published, about)}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("conflict-date", "Peru and the United States established diplomatic relations in 1825."),
        ("conflict-sources", "The United States recognized the Peru-Bolivian Confederation on March 16, 1837."),
        ("conflict-order", "The Treaty of Lima with Peru was signed by the United States on May 4, 1907. "
         "The Treaty of Lima with Peru was ratified by the United States on June 1, 1905."),
        ("conflict-lifespan", "Texas and France signed a treaty in 1861."),
        ("planned-past", "A trade agreement between Peru and the United States will enter into force in March 2014."),
        ("imprecise-now", "Currently, Peru enjoys good relations with the United States."),
        ("imprecise-figure", "Approximately 300,000 Peruvian tourists visit the United States annually."),
        ("stale-figure", "Peruvian exports to the United States were $3 billion in 2005."),
    ],
)  # fmt: skip
def test_a_rule_finds(rule: str, text: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("conflict-date", "Peru and the United States established diplomatic relations in 1827."),
        ("conflict-sources", "The United States recognized Peru on May 2, 1826."),
        ("unsupported", "Peru and the United States established diplomatic relations in 1825."),
        ("conflict-order", "The Treaty of Lima with Peru was signed by the United States on May 4, 1905. "
         "The Treaty of Lima with Peru was ratified by the United States in 1905."),
        ("conflict-lifespan", "The United States opened a consulate in Papua New Guinea in 1974."),
        ("planned-past", "A trade agreement between Peru and the United States will enter into force in March 2031."),
        ("imprecise-now", "He was posted to what is now Ghana by the United States in 1957."),
        ("imprecise-figure", "Approximately 300,000 Peruvian tourists visited the United States in 2014."),
        ("stale-figure", "Peruvian exports to the United States were $3 million in 1905."),
        ("stale-present", "Peru and the United States have friendly relations. A treaty was signed in 2014."),
        ("duplicate-passage", "Peru signed a treaty with Chile in 1905. Peru signed a treaty with Bolivia in 1907."),
    ],
)  # fmt: skip
def test_a_rule_leaves_alone(rule: str, text: str) -> None:
    assert rule not in rules(text)


SEED = {
    ("conflict-date", "established diplomatic relations in 1826"),
    ("conflict-sources", "on March 16, 1837"),
    ("stale-office", "President Garcia's administration"),
    ("stale-end", "until December 31, 2008"),
    ("planned-past", "will come into force in January 2009"),
    ("duplicate-passage", "Relations were strained"),
    ("imprecise-now", "Currently"),
    ("imprecise-figure", "Approximately 500,000"),
}
LATER = {
    ("stale-office", "President Humalas administration"),
    ("stale-present", "Trans-Pacific Partnership"),
    ("stale-figure", "$10 billion in 2014"),
}
"""What the passage of a finding on the seed page holds, read in 2015, and besides when it is read in 2026."""


def test_the_seed_page_shows_what_an_editor_of_its_day_should_look_at(shared: Path) -> None:
    (document,) = load(str(shared / "documents/globalsecurity-peru-united-states.txt"))
    early, late = (check(document, shipped(), day) for day in (READ, date(2026, 1, 1)))

    def holds(findings: list[Finding], rule: str, words: str) -> bool:
        at = [document.text[span.start : span.end + 40] for one in findings if one.rule == rule for span in one.spans]
        return any(words in passage for passage in at)

    assert not [one for one in SEED if not holds(early, *one)]
    assert not [one for one in LATER if not holds(late, *one)]
    assert not [one for one in LATER if holds(early, *one)]  # in 2015 they negotiated, and Humala was president


def test_now_is_precise_on_a_page_that_says_when_it_was_written() -> None:
    text = "Currently, Peru enjoys good relations with the United States."
    assert "imprecise-now" not in rules(text, published="2015-01-05")


def test_what_is_told_as_so_is_stale_when_the_page_is_old() -> None:
    text = "Peru has friendly relations with the United States. They are cordial."
    assert "stale-present" not in rules(text, day=date(2018, 1, 1), published="2015-01-05")
    assert "stale-present" in rules("Relations with the United States are cordial.", date(2026, 1, 1), "2015-01-05")


def test_a_paragraph_told_twice_is_found_once_with_both_places() -> None:
    told = "Relations were strained after the raid on the frontier post at Tacna in the winter of 1911."
    text = f"{told}\n\nThe envoy of Peru left Washington for good a little later, and nobody took his place.\n\n{told}"
    [finding] = [one for one in found(text) if one.rule == "duplicate-passage"]
    assert [span.of(text) for span in finding.spans] == [told, told]
    assert finding.spans[0].start > finding.spans[1].start


def test_rules_are_switched_off_by_id_or_code_and_unknown_ones_refused() -> None:
    document = Document("Currently, Peru enjoys good relations with the United States.", about=ABOUT)
    assert check(document, shipped(), READ, ["imprecise"]) == check(document, shipped(), READ, ["imprecise-now"])
    with pytest.raises(UnknownRule, match="imprecise-now"):
        check(document, shipped(), READ, ["nonsense"])


def test_rules_have_ids_of_their_own_that_begin_with_their_code() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.id.startswith(rule.code) for rule in RULES)
    assert all(rule.id in written._MESSAGES for rule in RULES)


def test_a_line_and_a_caret_show_the_place() -> None:
    text = "Peru\n\nCurrently, Peru enjoys good relations with the United States.\n"
    document = Document(text, path="page.txt", about=ABOUT)
    lines = list(written.text(document, found(text)))
    assert lines[0].startswith("page.txt:3:1: note: ")
    assert lines[3].index("^") == lines[2].index("Currently")
    assert lines[3].count("^") == len("Currently")


def test_sarif_points_at_the_same_words() -> None:
    text = "Peru\r\n\r\nCurrently, Peru enjoys good relations with the United States.\r\n"
    log = json.loads(written.sarif([(Document(text, path="page.txt", about=ABOUT), found(text))]))
    [run] = log["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    line = text.split("\r\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "Currently"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {rule.id for rule in RULES}


def test_a_patch_writes_the_suggestions(tmp_path: Path) -> None:
    text = "The Charg dAffaires left.\nThe rest stays"
    finding = Finding("garbled", (), words=("Charg dAffaires",), suggestion="Chargé d'Affaires")
    from dataclasses import replace

    from comity.model import Span

    start = text.index("Charg")
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    held = [replace(finding, spans=(Span(start, start + len("Charg dAffaires")),))]
    diff = written.patch(Document(text, path="page.txt"), held)
    subprocess.run(["patch", "-p1"], input=diff, text=True, cwd=tmp_path, check=True, capture_output=True)
    assert page.read_text(encoding="utf-8") == "The Chargé d'Affaires left.\nThe rest stays"


def test_a_project_switches_rules_off(tmp_path: Path) -> None:
    assert ignored(tmp_path) == ()
    (tmp_path / "comity.toml").write_text('[check]\nignore = ["stale"]\n', encoding="utf-8")
    assert ignored(tmp_path) == ("stale",)
    (tmp_path / "pyproject.toml").write_text('[tool.comity.check]\nignore = ["garbled"]\n', encoding="utf-8")
    assert ignored(tmp_path) == ("garbled",)
    (tmp_path / "pyproject.toml").write_text('[tool.comity.check]\nignore = "garbled"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match="list of rules"):
        ignored(tmp_path)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Peru and Chile signed a treaty on May 2, 1905.", 0), ("Currently Peru is well disposed to Chile.", 1), ("", 2)],
)
def test_the_exit_code_says_clean_findings_or_could_not(
    text: str,
    code: int,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["comity", "check", str(page)])
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code == code
    assert bool(capsys.readouterr().out) == (code == 1)
