"""The command that links words to what they may mean: a line each candidate, and the same for a program."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from answers import shipped
from comity.errors import BadDate
from comity.ledger import View, Writer
from comity.ledger.open import embedded
from comity.model import Claim, When
from comity.present.meanings import text
from comity.present.shapes import replies
from comity.query.link import KINDS, linked

COMITY = Path(sys.executable).with_name("comity")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "interfaces.md"
ESCAPE = "\x1b"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMITY, "link", *words], capture_output=True, text=True, check=False)


def told(words: str, on: str | None = None, kind: str | None = None) -> list[str]:
    return list(text(linked(shipped(), words, When.parse(on) if on else None, kind)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Bolivia–Peru 1837", {"peru-bolivian-confederation": 1.0}),
        ("Prussia 1866", {"prussia": 1.0}),
        ("Russia 1950", {"soviet-union": 1.0}),
        ("Yugoslavia 1999", {"serbia-and-montenegro": 1.0}),
        ("Congo 1965", {"congo-democratic-republic": 0.5, "congo-republic": 0.5}),
        ("China 1965", {"china": 0.5, "taiwan": 0.5}),
        ("Korea 1905", {"korea": 1.0}),
        ("Vietnam 1970", {"north-vietnam": 0.5, "south-vietnam": 0.5}),
        ("Vietnam 1954-07-21", {"south-vietnam": 0.67, "north-vietnam": 0.17}),
        ("Serbia 2005", {"serbia-and-montenegro": 1.0}),
        ("Gran Colombia", {"gran-colombia": 1.0}),
        ("345, 1950", {"yugoslavia": 1.0}),
        ("Atlantis 1900", {}),
    ],
)
def test_a_name_with_its_day_keeps_every_polity_that_it_may_mean(words: str, expected: dict[str, float]) -> None:
    found = linked(shipped(), words)
    assert {link.candidate.meant: link.candidate.weight for link in found.links} == expected
    assert {link.kind for link in found.links} <= {"polity"}
    name, _, day = words.rpartition(" ")
    if day[0].isdigit():
        assert linked(shipped(), name.rstrip(","), When.parse(day)).links == found.links


@pytest.mark.parametrize(
    ("words", "on", "kind", "lines"),
    [
        (
            "Congo", "1965", None,
            [
                "polity 0.50 congo-democratic-republic: Democratic Republic of the Congo; a state since 30 June 1960; "
                "so called 30 June 1960 to 26 October 1971",
                "polity 0.50 congo-republic: Republic of the Congo; a state since 15 August 1960; "
                "so called at any time",
            ],
        ),
        (
            "Prussia 1900", None, None,
            [
                "polity 1.00 prussia: Prussia; a state 1701 to 17 January 1871; so called at any time; "
                "no state of its own on that day",
            ],
        ),
        (
            "Secretary Kerry", "2014", None,
            [
                "person 1.00 John Forbes Kerry; Secretary of State of the United States; 1 February 2013 to "
                "20 January 2017; according to hsg-pocom@44d2226",
            ],
        ),
        (
            "Fujimori 1996", None, "person",
            [
                "person 0.80 Alberto K. Fujimori; leader of Peru; 1991 to 1998; in office in those years, according to "
                "comity's list of leaders",
                "person 0.05 Alberto Fujimori; leader of Peru; 1999; in office in those years, according to comity's "
                "list of leaders",
            ],
        ),
        (
            "Versailles", None, "agreement",
            [
                "agreement 1.00 Versailles Treaty; Germany and the United States; 1919; according to hsg-rdcr@f3c5354",
            ],
        ),
        (
            "the Austro-Prussian War", None, None,
            [
                "war 1.00 Austro-Prussian War; the Austrian Empire and Prussia; 1866; according to hsg-rdcr@f3c5354",
            ],
        ),
        (
            "Atlantis", "1900", None,
            [
                'comity knows nothing called "Atlantis" in 1900. Names like another: comity polities --like NAME',
            ],
        ),
    ],
)  # fmt: skip
def test_each_candidate_is_a_line_that_says_why(words: str, on: str | None, kind: str | None, lines: list[str]) -> None:
    assert told(words, on, kind) == lines


def test_a_word_for_war_or_treaty_is_not_taken_for_a_misspelt_name() -> None:
    assert {link.kind for link in linked(shipped(), "the Korean War").links} <= {"agreement", "war"}
    assert any("Ward" in line for line in told("Ward"))


def test_a_polity_goes_before_a_person_of_its_name_who_can_be_asked_for() -> None:
    assert [link.candidate.meant for link in linked(shipped(), "Jordan").links] == ["jordan"]
    assert any("Robert W. Jordan" in line for line in told("Jordan", kind="person"))


def test_what_is_beyond_the_limit_is_counted() -> None:
    few, all_of_them = (linked(shipped(), "Lincoln", limit=limit) for limit in (3, 100))
    assert few.links == all_of_them.links[:3]
    assert (few.more, all_of_them.more) == (len(all_of_them.links) - 3, 0)
    assert list(text(few))[-1] == f"{few.more} more: --limit {len(all_of_them.links)}"


def test_digits_that_end_the_words_and_are_no_date_are_refused() -> None:
    with pytest.raises(BadDate, match="1837-13"):
        linked(shipped(), "Peru 1837-13")


def test_a_name_read_from_a_page_acts_on_no_terminal(tmp_path: Path) -> None:
    war = Claim("peru", "war", "chile", label=f"War of the {ESCAPE}[31mGuano\nwar 1.00 mine", source="a page")
    Writer(tmp_path).append([war], source=None, adapter="reader 1", who="a test")
    (line,) = text(linked(View(embedded(), tmp_path), "War of the Guano", kind="war"))
    assert ESCAPE not in line
    assert "\n" not in line


def members(found: Any) -> set[str]:
    return {key for candidate in found["candidates"] for key in candidate}


def test_the_object_has_the_members_that_the_docs_tell_of_whatever_the_kind() -> None:
    section = DOCS.read_text("utf-8").split("## What words may mean")[1].split("\n## ")[0]
    fields = {
        name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    for words, kind in zip(("Congo 1965", "Lincoln", "Versailles", "War"), KINDS, strict=True):
        found = replies.Links.of(linked(shipped(), words, kind=kind)).as_json()
        assert found["candidates"], words
        assert members(found) == fields
        assert set(found) == {"text", "as_of", "candidates", "more"}


def test_the_command_prints_lines_or_an_object() -> None:
    done = run("Congo 1965")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == told("Congo 1965")
    found = json.loads(run("Congo", "--as-of", "1965", "--format", "json").stdout)
    assert found == replies.Links.of(linked(shipped(), "Congo 1965")).as_json()
    assert found["as_of"] == {"edtf": "1965", "earliest": "1965-01-01", "latest": "1965-12-31"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["  "], "TEXT is empty; write a name or title"),
        (["Peru", "--as-of", "soon"], '--as-of: "soon" is not a date'),
        (["Peru 1837-13"], '"1837-13" is not a day'),
        (["Peru", "--kind", "ship"], "'ship' is not one of"),
        ([], "Missing argument 'TEXT'"),
    ],
)
def test_a_mistake_is_one_sentence(words: list[str], why: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert done.stderr.startswith("comity: ")
    assert len(done.stderr.splitlines()) == 1
