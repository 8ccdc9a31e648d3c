"""The reader: what it reads in pages, what it refuses, and that every span is where it says."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import BadDocument
from comity.model import Claim, Document, Modality, Published, PublishedBasis, Span, When
from comity.reading import from_bytes, load, read, read_all
from comity.reading.base import Found, objection
from comity.reading.parties.about import infer
from comity.reading.text.passages import passages
from comity.reading.text.sentences import sentences


def said(text: str, **fields: Any) -> list[tuple[str, str, str | None, str | None]]:
    document = Document(text, **fields)
    return [(c.subject, c.relation, c.object, c.when.edtf if c.when else None) for c in read(document)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("media", "before", "quote", "after"),
    [
        ("html", "<p>", "Chile recognized <b>Peru</b> on May&nbsp;2,\n 1826.", "</p>"),
        ("markdown", "* **", "Chile** recognized [Peru](http://x.y) on *May 2, 1826*.", ""),
        ("tei", "<TEI><text><p>", "Chile recognized <name>Peru</name> on May 2, 1826.", "</p></text></TEI>"),
        ("text", "\n", "Chile  recognized\r\nthe state of Peru on May 2, 1826.", "\n"),
    ],
)
def test_a_claim_points_into_the_text_as_given(media: str, before: str, quote: str, after: str) -> None:
    [claim] = read(Document(before + quote + after, media=media))
    assert (claim.subject, claim.relation, claim.object) == ("chile", "recognition", "peru")
    assert claim.when == When.parse("1826-05-02")
    assert claim.quote == quote


def test_a_header_of_tei_and_the_menu_of_a_page_are_not_read() -> None:
    assert said("<TEI><teiHeader><p>Chile recognized Peru in 1826.</p></teiHeader><text/></TEI>", media="tei") == []
    assert said("Join our mailing list on how Chile recognized Peru in 1826") == []


def test_garbled_letters_are_mended_and_the_span_keeps_what_was_given() -> None:
    text = "Côte d’Ivoire recognized Peru on May 2, 1968.".encode().decode("cp1252")
    [claim] = read(Document(text))
    assert (claim.subject, claim.quote) == ("cote-divoire", text)


def test_a_claim_cites_its_document() -> None:
    published = Published(When.parse("2014"), PublishedBasis.GIVEN)
    [claim] = read(Document("Chile recognized Peru in 1826.", "p.txt", published=published))
    assert (claim.document, claim.published, claim.locator) == ("p.txt", published, "chars 0-30")
    assert claim.source.startswith("document@")
    assert len(claim.source) == len("document@") + 12
    [cited] = read(Document("Chile recognized Peru in 1826.", source="hsg-x@f3c5354", locator="a.xml#p1"))
    assert (cited.source, cited.locator) == ("hsg-x@f3c5354", "a.xml#p1")


def test_a_date_is_that_of_the_verb_not_any_in_the_sentence() -> None:
    text = "Chile, whose constitution dates from 1818, recognized Peru on May 2, 1826, and Lima fell in 1881."
    assert ("chile", "recognition", "peru", "1826-05-02") in said(text)
    assert said("Chile, which recognized Peru, signed nothing until 1835.") == []


def test_relations_established_by_an_act_give_the_act_too() -> None:
    text = (
        "Diplomatic relations and the American Legation in Lima were established on May 21, 1827, when James Cooley "
        "presented his credentials as Chargé d’Affaires."
    )
    found = said(text, about=("peru", "united-states"))
    assert ("united-states", "relations.established", "peru", "1827-05-21") in found
    assert ("united-states", "mission.opened", "peru", "1827-05-21") in found
    assert ("united-states", "envoy.received", "peru", "1827-05-21") in found


def test_the_two_countries_are_those_that_the_document_is_about() -> None:
    text = "The two countries established diplomatic relations in 1826."
    assert said(text, about=("peru", "chile")) == [("peru", "relations.established", "chile", "1826")]
    assert said(text) == []


def test_somebody_unknown_makes_no_claim_of_those_he_acts_on() -> None:
    assert said("Ramirez broke relations with Germany and Japan on January 26, 1944.") == []


def test_the_documents_other_party_is_not_put_in_the_place_of_somebody_unknown() -> None:
    about = ("chile", "peru")
    assert said("Chile concluded an armistice with the Allies on November 3, 1918.", about=about) == []
    assert said("A treaty was signed on May 2, 1905, and Sweden accepted.", about=about) == []
    assert said("Minister Juan Egaña presented his credentials on May 2, 1905.", about=about) == []


def test_missions_of_both_go_both_ways() -> None:
    text = "On May 2, 1943, both countries raised their respective Legations to Embassy status."
    assert set(said(text, about=("chile", "peru"))) == {
        ("chile", "mission.raised", "peru", "1943-05-02"),
        ("peru", "mission.raised", "chile", "1943-05-02"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "If Chile recognized Peru in 1826, nobody knew.",
        "“Chile recognized Peru in 1826,” he wrote.",
        "Chile planned to recognize Peru in 1826.",
        "Chile would have recognized Peru in 1826.",
    ],
)
def test_a_condition_a_quotation_or_a_wish_is_no_assertion(text: str) -> None:
    assert said(text) == []


def test_what_was_refused_is_denied() -> None:
    for words, relation in (
        ("establish diplomatic relations with", "relations.established"),
        ("recognize", "recognition"),
    ):
        (claim,) = read(Document(f"Chile refused to {words} Peru in 1826."))
        assert (claim.relation, claim.modality) == (relation, Modality.DENIED)


def test_what_was_not_so_until_a_day_was_so_then() -> None:
    text = "Chile did not recognize Peru until May 2, 1826."
    assert said(text) == [("chile", "recognition", "peru", "1826-05-02")]


def test_what_somebody_says_is_reported() -> None:
    [claim] = read(Document("The author claims that Chile recognized Peru in 1826."))
    assert claim.modality is Modality.REPORTED


def test_a_name_means_the_state_of_its_time() -> None:
    war = said("On April 6, 1917, the United States declared war on Germany.")
    assert war == [("united-states", "war", "germany", "1917-04-06")]
    assert ("peru", "recognition", "soviet-union", "1969") in said("Peru recognized Russia in 1969.")


def test_a_person_is_no_nation() -> None:
    [claim] = read(Document("The American Embassy in Baku was opened on March 16, 1992, with Robert Finn as Minister."))
    assert claim.object == "azerbaijan"


@pytest.mark.parametrize(
    "text",
    [
        "El 2 de mayo de 1826 Chile reconoció al Perú. Perú y Chile firmaron un tratado en 1835 en Lima.",
        "En 1826 le Pérou et le Chili ont établi des relations. Le Chili reconnut le Pérou le 2 mai 1826.",
        "Im Jahre 1835 wurde in Lima der Vertrag zwischen Peru und Chile unterzeichnet.",
        "Peru og Chile etablerede diplomatiske forbindelser i 1826.",
    ],
)
def test_another_language_gives_no_claims(text: str) -> None:
    assert said(text, about=("peru", "chile")) == []


def test_whom_a_page_is_about_is_inferred_from_its_title_and_names() -> None:
    text = "Chile - Relations with Peru\n\nPeru recognized Chile in 1826. Peru sent a minister. Bolivia did not."
    document = Document(text)
    assert infer(document, list(passages(document))) == ("chile", "peru")


def test_sentences_end_where_they_end() -> None:
    text = "Mr. A. B. Smith left the U.S. in 1826. He died at St. Petersburg. “Why?” asked Gen. Sucre. Nobody knew."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Mr. A. B. Smith left the U.S. in 1826.",
        "He died at St. Petersburg.",
        "“Why?” asked Gen. Sucre.",
        "Nobody knew.",
    ]


def test_documents_come_back_in_their_order_with_one_job_or_two() -> None:
    texts = ["Chile recognized Peru in 1826.", "Nothing.", "", "Peru recognized Chile in 1827."] * 9
    documents = [Document(text, str(number)) for number, text in enumerate(texts)]
    alone, shared = list(read_all(documents)), list(read_all(documents, jobs=2))
    assert [document.path for document, _ in alone] == [str(number) for number in range(36)]
    assert [len(claims) for _, claims in alone] == [1, 0, 0, 1] * 9
    assert alone == shared


def test_reading_is_imported_without_the_parser() -> None:
    code = "import sys, comity.reading; sys.exit('spacy' in sys.modules or 'trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_a_folder_and_their_paths_as_given(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfPeru.")
    (tmp_path / "a.html").write_text("<html><body>Chile", encoding="utf-16")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    documents = load(str(tmp_path), about=("peru",))
    assert [(d.path, d.media, d.about) for d in documents] == [
        (str(tmp_path / "a.html"), "html", ("peru",)), (str(tmp_path / "b.txt"), "text", ("peru",)),
    ]  # fmt: skip
    assert documents[1].text == "Peru."
    assert load(str(tmp_path / "b.txt"))[0].path == str(tmp_path / "b.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 x", "is a broken PDF"),
        (bytes(range(256)) * 4, "is binary"),
        (b"1 2 3 --", "no words"),
    ],
)
def test_a_file_without_text_is_refused_in_one_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    with pytest.raises(BadDocument, match=why) as raised:
        load(str(file))
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="there is no file"):
        load(str(tmp_path / "none.txt"))
    with pytest.raises(BadDocument, match="holds no document"):
        load(str(tmp_path))


def test_a_claim_whose_words_show_neither_its_date_nor_its_parties_is_refused() -> None:
    document = Document("Chile recognized Peru in 1826.")
    claim = Claim("chile", "recognition", "peru", when=When.parse("1826"), span=Span(0, 30), quote=document.text)
    chile, year = Span(0, 5), Span(25, 29)
    assert objection(document, Found(claim, year, (chile,))) is None
    assert objection(document, Found(claim, None, (chile,))) == "its span does not hold its date"
    assert objection(document, Found(claim, year, ())) == "its span does not hold the words for its parties"
    wrong = claim.but(when=When.parse("1827"))
    assert objection(document, Found(wrong, year, (chile,))) == "the words for its date say another"
    other = claim.but(subject="bolivia", object="spain")
    assert objection(document, Found(other, year, (chile,))) == "the words for its parties name others"
    alone = claim.but(subject="peru")
    assert objection(document, Found(alone, year, (chile,))) == "its two parties are one polity"
    beyond = claim.but(span=Span(0, 31))
    assert objection(document, Found(beyond, year, (chile,))) == "it has no span in the text"


@pytest.mark.slow
@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_bytes_are_a_document_or_a_bad_document(data: bytes) -> None:
    with suppress(BadDocument):
        document = from_bytes(data, "x")
        assert document.text
        read(document)
