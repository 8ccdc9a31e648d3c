"""`read --explain`: each claim with the words that show it, the steps to it, and what gave no claim."""

from __future__ import annotations

import json

import pytest

from comity.model import Claim, Document, Span, When
from comity.present import explained, reading
from comity.reading import Portion, portions
from comity.reading.base import Found

PAGE = """Chile and Peru

Chile recognized Peru on May 2, 1826; Peru broke diplomatic relations with Chile later that year.

The treaty between Chile and Peru will come into force in 1830. Relations have never been severed since then.

Join our mailing list"""


@pytest.fixture(scope="module")
def page() -> list[Portion]:
    return list(portions([Document(PAGE, "page.txt", about=("chile", "peru"))]))


@pytest.fixture(scope="module")
def lines(page: list[Portion]) -> list[str]:
    return [line for told in reading.text(page, explain=True) for line in told.splitlines()]


def below(lines: list[str], claim: str) -> list[str]:
    """The explanation of the claim that begins so."""
    start = next(number for number, line in enumerate(lines) if line.startswith(claim))
    length = next((number for number, line in enumerate(lines[start + 1 :]) if line[0] != " "), len(lines))
    return lines[start : start + 1 + length]


def test_marks_stand_under_the_words_that_they_mark(lines: list[str]) -> None:
    told = below(lines, "- Chile recognized Peru")
    marks = next(number for number, line in enumerate(told) if "^" in line)
    words, under = told[marks - 1], told[marks]
    for mark, marked in (("^", "May 2, 1826"), ("=", "recognized"), ("~", "Chile")):
        start = under.index(mark)
        assert words[start : start + len(marked)] == marked
        assert under[start : start + len(marked)] == mark * len(marked)


def test_each_step_is_told(lines: list[str]) -> None:
    told = "\n".join(below(lines, "- Chile recognized Peru"))
    assert "  pattern     = recognizes in recognition.toml, met by “recognized”" in told
    assert "  date        ^ “May 2, 1826” → 1826-05-02: the text gives the date" in told
    assert "  parties     ~ “Chile”, “Peru” → chile, peru: named" in told
    assert "  modality    asserted" in told
    assert "  confidence  0." in told


def test_a_date_that_hangs_on_another_says_on_which(lines: list[str]) -> None:
    told = " ".join(" ".join(below(lines, "- Diplomatic relations between Peru and Chile were severed")).split())
    assert "“that year” → 1826: the same year as 1826-05-02, before it in the text" in told


def test_what_is_not_asserted_shows_the_word_by_which(lines: list[str]) -> None:
    assert any("! planned, by “will”" in line for line in lines)
    assert any("! denied, by “never”" in line for line in lines)


def test_parties_that_no_word_names_say_whence_they_are(lines: list[str]) -> None:
    told = " ".join(" ".join(below(lines, "- Diplomatic relations between Chile and Peru were never severed")).split())
    assert "“Relations” → chile, peru: the two that the document is about" in told


def test_lines_are_no_wider_than_a_terminal(lines: list[str]) -> None:
    assert max(map(len, lines)) <= 80


def test_what_was_not_read_and_what_looks_garbled_is_told_at_the_end() -> None:
    text = "Join our mailing list\n\nThornton came to Lima as Charg dAffaires of the United States in 1837."
    told = "\n".join(reading.text(portions([Document(text)]), explain=True))
    assert "\nnot read: 1 newsletter\n" in told
    assert "\ngarbled at 48-63: “Charg dAffaires”, perhaps “Chargé d’Affaires”" in told


def test_a_claim_that_the_check_refuses_is_told_with_the_reason() -> None:
    document = Document("Chile recognized Peru in 1826.")
    claim = Claim("chile", "recognition", "peru", when=When.parse("1827"), span=Span(0, 30), quote=document.text)
    refused = (Found(claim, Span(25, 29), (Span(0, 5),)), "the words for its date say another")
    portion = Portion(document, (), (refused,), 30, True)
    told = list(reading.text([portion], explain=True))
    assert told[1].startswith("- refused: Chile recognized Peru in 1827.")
    assert told[2] == "  because     the words for its date say another"
    [line] = reading.jsonl([portion], explain=True)
    assert json.loads(line)["refused"][0]["why"] == "the words for its date say another"


def test_json_lines_are_those_of_the_plain_form_with_an_explanation_beside(page: list[Portion]) -> None:
    plain = [json.loads(line) for line in reading.jsonl(page)]
    *told, rest = (json.loads(line) for line in reading.jsonl(page, explain=True))
    assert [{key: value for key, value in one.items() if key != "explanation"} for one in told] == plain != []
    assert rest == {"document": "page.txt", "refused": [], "not_read": {"newsletter": 1}, "garbled": []}
    how = next(one["explanation"] for one in told if one["relation"] == "recognition")
    assert (how["pattern"], how["table"]) == ("recognizes", "recognition.toml")
    for span in (how["date"], how["trigger"], *how["parties"]):
        assert PAGE[span["start"] : span["end"]] == span["text"]


def test_what_cannot_be_shown_takes_one_place() -> None:
    document = Document("Chile\u200b recognized\tPeru\x07 on May 2, 1826.")
    [portion] = portions([document])
    told = list(explained.text(document, portion.found[0]))
    words, under = told[2], told[3]
    assert words[under.index("^") :].startswith("May 2, 1826")
    assert "\x07" not in "".join(told)
