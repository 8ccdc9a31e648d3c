"""What is prose and what is set aside, in each kind of text; another language is told apart; PDFs are read."""

from __future__ import annotations

import html
import io
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject
from typer.testing import CliRunner

from comity.cli import app
from comity.errors import BadDocument
from comity.model import Document
from comity.reading import from_bytes, load, read
from comity.reading.text import passages as module
from comity.reading.text.foreign import unread
from comity.reading.text.languages import language
from comity.reading.text.passages import Block, Passage, passages

SAID = "Following its independence, in 1836 Peru joined the Peru-Bolivian Confederation, and left it later."


def held(text: str, media: str = "text") -> list[tuple[str, str, str]]:
    return [(p.kind, p.what, p.text) for p in passages(Document(text, media=media))]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Join the Example.org mailing list", "newsletter"),
        ("Find a Job in Security!", "job advertisement"),
        ("© 2014 Example Inc. All rights reserved.", "rights"),
        ("We use cookies. Privacy Policy", "cookies"),
        ("Share this page with friends", "sharing"),
        ("Back to top", "navigation"),
    ],
)
def test_boilerplate_is_named_and_set_aside(line: str, what: str) -> None:
    assert held(f"{SAID}\n\n{line}") == [("prose", "", SAID), ("aside", what, line)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "Los dos países firmaron un tratado de amistad en la ciudad de Lima el 3 de marzo de 1851."),
        ("fr", "Le gouvernement français reconnut la République du Pérou en 1826 et envoya un consul à Lima."),
        ("de", "Das Königreich Preußen und der Deutsche Bund schlossen im Jahre 1866 einen Vertrag in der Stadt Prag."),
        ("pt", "O governo brasileiro reconheceu a independência do Paraguai em setembro de 1844 por um tratado."),
        ("it", "Il governo italiano e la Francia firmarono un accordo commerciale a Roma nel novembre del 1898."),
        ("ru", "Правительство России признало независимость Финляндии в декабре 1917 года."),
        ("zh", "中华人民共和国与美利坚合众国于1979年1月1日建立外交关系。"),
        ("ja", "日本とペルーは1873年8月21日に国交を樹立した。"),
        ("nl", "De betrekkingen tussen de twee landen werden in 1946 hersteld."),
        ("pl", "Traktat został podpisany w Rydze i zakończył wojnę między tymi państwami."),
        ("tr", "İki ülke arasındaki ilişkiler savaştan sonra yeniden kuruldu."),
        ("ka", "საქართველომ და თურქეთმა ხელი მოაწერეს ხელშეკრულებას."),
        ("ar", "وقعت مصر والمملكة المتحدة معاهدة تحالف في عام 1936 في مدينة لندن."),
    ],
)
def test_another_language_is_told_and_nothing_is_read_in_it(code: str, text: str) -> None:
    assert language(text) == code
    assert held(text)[0][:2] == ("foreign", code)
    assert read(Document(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Józef Piłsudski, Naczelnik Państwa, received Jan Masaryk, Edvard Beneš and Milan Hodža at Łazienki.",
        "José de San Martín, Bernardo O'Higgins, Simón Bolívar, Andrés de Santa Cruz, Agustín Gamarra.",
        "La Paz, Potosí, Oruro, Sucre, Cochabamba, Santa Cruz de la Sierra, Tarija, Trinidad, Cobija.",
        "Consuls: Lima 1823; Callao 1833.",
        "Ministers resident abroad: Paris, Quai d'Orsay; Berlin, Wilhelmstrasse; Roma, Palazzo della Consulta.",
        "Trade: coffee, sugar, tobacco, hides, guano, nitrate, copper, tin, silver.",
    ],
)
def test_names_in_another_language_make_no_foreign_passage(text: str) -> None:
    assert language(text) == "en"


def test_of_a_page_in_two_languages_the_english_is_read_and_the_rest_is_counted() -> None:
    text = f"{SAID}\n\nEl Perú firmó un tratado con Chile en la ciudad de Lima en 1836."
    assert [claim.relation for claim in read(Document(text))] == ["statehood.union"]
    assert unread(Document(text)) == "1 of 2 paragraphs is in Spanish: unread (comity reads English)"
    assert unread(Document(SAID)) == ""
    more = Document(f"{text}\n\n{text}\n\nLe Pérou et la Bolivie conclurent la paix à Lima en 1842.")
    assert unread(more).startswith("2 of 5 paragraphs are in Spanish, 1 in French:")


def test_the_command_line_says_what_it_does_not_read(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"{SAID}\n\nEl Perú firmó un tratado con Chile en la ciudad de Lima en 1836.", encoding="utf-8")
    done = CliRunner().invoke(app, ["read", str(page)])
    assert done.exit_code == 0
    assert done.stderr == f"comity: {page}: 1 of 2 paragraphs is in Spanish: unread (comity reads English)\n"


def test_a_word_that_a_line_end_divides_is_whole_and_keeps_its_place() -> None:
    text = "Peru and Chile estab-\nlished diplo-\r\nmatic relations in 1826, said the vice-\nconsul."
    [passage] = passages(Document(text))
    assert passage.text == "Peru and Chile established diplomatic relations in 1826, said the vice- consul."
    [claim] = read(Document(text))
    assert claim.quote == text
    start = passage.text.index("1826")
    assert passage.span(start, start + 4).of(text) == "1826"


def test_marks_of_footnotes_and_ligatures_are_not_in_the_way_of_reading() -> None:
    text = "Chile ofﬁcially recognized Peru in 1826.[1][12] Bolivia followed."
    [passage] = passages(Document(text))
    assert passage.text == "Chile officially recognized Peru in 1826. Bolivia followed."
    assert [(repair.given, repair.suggested) for repair in passage.repairs] == [("ofﬁcially", "officially")]
    [claim] = read(Document(text))
    assert claim.quote == "Chile ofﬁcially recognized Peru in 1826."


def test_running_heads_and_page_numbers_are_asides_and_sentences_go_on_over_the_page() -> None:
    page = "HISTORY OF PERU {n}\n{body}\n"
    bodies = [
        "In the end, and after much doubt, Chile recognized",
        "Peru on May 2, 1826. Nobody expected so much of it that",
        "year, and nobody wrote about it in the papers of the",
        "capital.",
    ]
    text = "\f".join(page.format(n=n, body=body) for n, body in enumerate(bodies, 40))
    found = held(text)
    assert [what for kind, what, _ in found if kind == "aside"] == ["running head"] * 4
    assert [body for kind, _, body in found if kind == "prose"] == [" ".join(bodies)]
    [claim] = read(Document(text))
    assert claim.quote is not None
    assert "HISTORY OF PERU 41" in claim.quote


def pdf(*pages: str) -> bytes:
    """A PDF made by hand: a page of one line each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, line in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET" if line else ""
        resources = "<< /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} "
                       f"/Contents {5 + 2 * number} 0 R >>")  # fmt: skip
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_a_pdf_is_read_and_its_spans_count_in_its_text(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf("Chile recognized Peru on May 2, 1826.", "Nothing else is told."))
    [document] = load(str(file))
    assert document.text.count("\f") == 1
    [claim] = read(document)
    assert claim.quote == "Chile recognized Peru on May 2, 1826."


def test_a_pdf_without_text_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    for name, data, why in [("a.pdf", pdf("", ""), "pictures with no text"), ("b.pdf", b"%PDF-1.4 oh", "broken PDF")]:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadDocument, match=why):
            load(str(tmp_path / name))


def test_a_document_of_more_text_than_wanted_is_refused_and_one_of_as_much_is_read() -> None:
    text = "Chile recognized Peru on May 2, 1826."
    for encoding in ("utf-8", "utf-16"):
        assert from_bytes(text.encode(encoding), "page.txt", most=len(text)).text == text
        with pytest.raises(
            BadDocument, match=r'"page.txt" contains more than 36 characters of text: give a part of it'
        ):
            from_bytes(text.encode(encoding), "page.txt", most=len(text) - 1)


def test_a_pdf_of_more_text_than_wanted_is_refused_and_one_of_as_much_is_read() -> None:
    data = pdf("Chile recognized Peru.", "Nothing else.")
    text = from_bytes(data, "page.pdf").text
    assert from_bytes(data, "page.pdf", most=len(text)).text == text
    with pytest.raises(BadDocument, match="contains more than"):
        from_bytes(data, "page.pdf", most=len(text) - 1)


def test_no_page_of_a_pdf_is_read_after_the_one_that_makes_it_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(*["Chile recognized Peru on May 2, 1826, and again on the day after that."] * 20)

    pages: list[object] = []
    extract = PageObject.extract_text
    monkeypatch.setattr(PageObject, "extract_text", lambda page, **how: pages.append(page) or extract(page, **how))
    with pytest.raises(BadDocument, match="contains more than"):
        from_bytes(data, "page.pdf", most=100)
    assert len(pages) == 2


def test_text_that_a_form_within_a_page_repeats_counts_too(shared: Path) -> None:
    data = (shared / "reference/faults/hostile/formexp8.pdf").read_bytes()
    with pytest.raises(BadDocument, match="contains more than 10,000 characters"):
        from_bytes(data, "page.pdf", most=10_000)


@pytest.mark.parametrize(
    ("media", "text", "prose"),
    [
        ("html", "<p>Peru joined<sup>[1]</sup> it in 1836.<sup><a href='#2'>2</a></sup> It grew.",
         "Peru joined it in 1836. It grew."),
        ("html", "<p>It took 5 km<sup>2</sup> on the 3<sup>rd</sup> of May.",
         "It took 5 km2 on the 3rd of May."),
        ("html", "<p>Peru joined<br>the Confederation.", "Peru joined the Confederation."),
        ("html", "<p>Peru &amp; Bolivia: AT&T&rsquo;s &bogus; line.", "Peru & Bolivia: AT&T’s &bogus; line."),
        ("html", "<p>It was so.<p hidden>It was not.<p hidden>Nor this.<p>Late.<i style='display: none'> Not.</i>",
         "It was so.|Late."),
        ("html", "<p>It was so.<div aria-hidden=true>Not <div>so</div> here.</div><script>if (a<b) '<p>'</script>",
         "It was so."),
        ("html", "<table><tr><td>It was so.<table><tr><td>It was late.</table><td>It ended.</table>",
         "It was so.|It was late.|It ended."),
        ("html", "<!-- <p>It was not. --><p title='a>b'>It was so.<p class=\"x", "It was so."),
        ("tei", "<p>The Confed<lb break='no'/>\neration<lb/>ended.", "The Confederation ended."),
        ("tei", "<p>The Confed-\n  <pb n='4'/><lb break=\"no\"/>eration ended.", "The Confederation ended."),
        ("tei", "<p>Peru<note n='1'>Basadre says so.</note> joined it.", "Peru joined it.|Basadre says so."),
        ("tei", "<p>He <choice><sic>recieved</sic> <corr>received</corr></choice> it.", "He received it."),
        ("tei", "<p>The <choice><abbr>U.S.</abbr><expan>United States</expan></choice> came <sic>soone</sic>.",
         "The United States came soone."),
        ("tei", "<p>It was <del>not</del> <![CDATA[so & so]]>.", "It was so & so."),
        ("markdown", "---\ntitle: It was.\n---\nIt was so[^1].\n\n[^1]: Basadre says so.",
         "It was so.|Basadre says so."),
        ("markdown", "```\nIt was not.\n```\nIt was [so][1], \\*as* `said` &amp; sung.\n\n[1]: http://x.y",
         "It was so, *as said & sung."),
        ("markdown", "| It was so. | It ended. |\n|---|:-:|\n| It began. | It grew. |",
         "It was so.|It ended.|It began.|It grew."),
        ("markdown", "- It was so.\n- It ended.\n\n> It began\n> again.",
         "It was so.|It ended.|It began again."),
    ],
)  # fmt: skip
def test_what_markup_shows_is_read_and_nothing_else(media: str, text: str, prose: str) -> None:
    assert [body for kind, _, body in held(text, media) if kind == "prose"] == prose.split("|")
    assert all(maps(passage, text) for passage in passages(Document(text, media=media)))


def test_a_span_holds_the_whole_of_a_reference() -> None:
    text = "<p>It was signed at Bogot&aacute; in Peru.</p>"
    [passage] = passages(Document(text, media="html"))
    start = passage.text.index("Bogotá")
    assert passage.span(start, start + 6).of(text) == "Bogot&aacute;"


def test_a_claim_in_a_note_and_one_around_it_quote_what_was_given() -> None:
    first, second = "Chile recognized Peru ", "Bolivia recognized Peru on May 3, 1827."
    text = f"<TEI><text><p>{first}<note>{second}</note>on May 2, 1826.</p></text></TEI>"
    found = {claim.subject: claim.quote for claim in read(Document(text, media="tei"))}
    assert found == {"chile": f"{first}<note>{second}</note>on May 2, 1826.", "bolivia": second}


def maps(passage: Passage, given: str) -> bool:
    """Whether every character is the one at its offset, a space, of a reference, or within a repair."""
    mended = [repair.span for repair in passage.repairs]
    return all(
        letter == given[place] or letter == " " or letter == "\ufffd"
        or letter in html.unescape(given[place : passage.ends.get(place, place)])
        or any(span.start <= place < span.end for span in mended)
        for letter, place in zip(passage.text, passage.offsets, strict=True)
    )  # fmt: skip


PIECES = [
    "Peru ", "joined\n", "\f", "diplo-\n", "matic ", "GarcÃ­a ", "1836. ", "\r\n\r\n", "12\f", "\u200b", "<p>", "</p>",
    "<br>", "<p hidden>", "<sup>1</sup>", "<note>", "</note>", "<choice><sic>", "</sic>", "<corr>", "</choice>",
    "<lb break='no'/>", "<lb/>", "&eacute;", "&", "<!--", "-->",
    "<![CDATA[", "]]>", "<script>", "</script>", "<a b='", "| ", "---\n", "```\n",
    "[^1]", "[x](y)", "**", "\\*", "- ", "\ud800", "\x00", "ﬁ", "53percent ", "U S ", "May4, 1910 ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join)


@given(TEXTS, st.sampled_from(["text", "html", "markdown", "tei"]))
def test_every_character_of_a_passage_stands_where_it_says(text: str, media: str) -> None:
    assert all(maps(passage, text) for passage in passages(Document(text, media=media)))


@pytest.mark.parametrize(
    "piece", ["<div>", "<a ", "<!--", "<![CDATA[", "&", "[", "](", "a<br>", "<note>", "```\n", "a-\n"]
)
@pytest.mark.parametrize("media", ["text", "html", "markdown", "tei"])
def test_the_time_is_in_proportion_to_the_text_however_broken(piece: str, media: str) -> None:
    start = time.perf_counter()
    list(passages(Document(piece * 30_000, media=media)))
    assert time.perf_counter() - start < 15  # a square of 30,000 steps takes minutes


@pytest.mark.parametrize("words", [["read", "--format", "text"], ["read", "--explain"], ["check", "--as-of", "2026"]])
def test_a_page_is_cleaned_once_whoever_asks_for_its_passages(
    words: list[str], shared: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned: list[int] = []

    def counting(document: Document) -> Iterator[tuple[Block, str, str, Mapping[int, int]]]:
        cleaned.append(len(document.text))
        return blocks(document)

    blocks = module._blocks
    monkeypatch.setattr(module, "_blocks", counting)
    module._short.cache_clear()
    page = shared / "documents" / "globalsecurity-peru-united-states.txt"
    assert CliRunner().invoke(app, [*words, str(page)]).stdout
    # Besides the page, only the words for the parties of a claim are cleaned.
    assert [size for size in cleaned if size > 100] == [len(page.read_text("utf-8"))]


def test_the_passages_of_the_largest_documents_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("Peru joined in 1836.")
    assert passages(document) is passages(document)
    monkeypatch.setattr(module, "_LONGEST_KEPT", 10)
    assert passages(document) is not passages(document)
