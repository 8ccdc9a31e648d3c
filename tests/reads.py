"""Forms of an answer read by libraries that are not ours: each reader gives the words that are shown, and fails where
the words of a claim (tests/hostile.py) are more than words.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import feedparser
import lxml.html
from markdown_it import MarkdownIt

import hostile
from comity.ledger.schema import to_claim
from comity.present.visible import UNSEEN, seen
from mails import parts

BASE = "https://comity.example"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "article", "header", "section", "h1", "h2", "p", "ul", "ol",
    "li", "strong", "cite", "em", "code", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "div", "br",
}  # fmt: skip
SEPARATOR = "\n\0\n"
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
SGR = re.compile(r"\x1b\[[0-9;]*m")


def letters(text: str) -> str:
    """The letters of a text as they are seen, wherever its lines are broken."""
    return "".join(seen(text).split())


def from_html(data: bytes) -> str:
    tree = lxml.html.document_fromstring(data.decode())
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= TAGS
    assert not tree.xpath("//comment()")
    for one in tree.iter():
        assert not [name for name in one.attrib if name.startswith("on")]
    assert all(re.match(f"#|{BASE}(/|$)", link) for link in tree.xpath("//@href | //@src"))
    return str(tree.text_content())


def from_markdown(data: bytes) -> str:
    text = data.decode()
    made = MarkdownIt("commonmark").enable("strikethrough").render(text)
    words = from_html(made.encode())
    titles = lxml.html.document_fromstring(made).xpath("//h1 | //h2")
    assert [one.text_content() for one in titles] == re.findall("^##? (.+)$", text, re.MULTILINE)
    assert not [one for one in titles if "Forged" in one.text_content()]
    assert not lxml.html.document_fromstring(made).xpath("//a")
    return words


def from_json(data: bytes) -> str:
    def strings(held: Any) -> Iterator[str]:
        if isinstance(held, str):
            yield held
        elif isinstance(held, (list, dict)):
            for one in held.values() if isinstance(held, dict) else held:
                yield from strings(one)

    return SEPARATOR.join(
        strings([json.loads(one) for one in data.splitlines()] if data.count(b"\n{") else json.loads(data))
    )


def from_csv(data: bytes) -> str:
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    assert {len(row) for row in rows} == {len(head)}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    return "\n".join(cells)


def from_calendar(data: bytes) -> str:
    from icalendar import Calendar

    read = Calendar.from_ical(data)
    entries = read.walk("VEVENT")
    assert len(entries) == len(read.subcomponents) == data.count(b"BEGIN:VEVENT\r\n") == len(hostile.CLAIMS)
    for one in entries:
        assert {*one} == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "X-COMITY-EDTF",
        }  # fmt: skip
    return "\n".join(f"{one['SUMMARY']}\n{one['DESCRIPTION']}" for one in entries)


def from_atom(data: bytes) -> str:
    read = feedparser.parse(data, sanitize_html=False)
    assert not read.bozo
    assert all(link.href.startswith(BASE) for one in read.entries for link in one.links)
    return "\n".join(f"{one.title}\n{from_html(one.content[0].value.encode())}" for one in read.entries)


def from_json_feed(data: bytes) -> str:
    items = json.loads(data)["items"]
    return "\n".join(
        f"{one['title']}\n{one['content_text']}\n{from_html(one['content_html'].encode())}" for one in items
    )


def from_mail(data: bytes) -> str:
    read = message_from_bytes(data, EmailMessage, policy=policy.SMTP)
    assert sorted(read.keys()) == ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    text, html = parts(read)
    assert not UNSEEN.search(read["Subject"] + text.replace("\r\n", "\n") + html.replace("\r\n", "\n"))
    words = from_html(html.encode())
    assert not [one for one in hostile.HOSTILE if letters(one) not in letters(words)]
    return text


def from_bibtex(data: bytes) -> str:
    from citeproc.source.bibtex.bibparse import BibTeXParser

    [entry] = BibTeXParser(io.StringIO(data.decode())).values()
    assert list(entry) == ["title", "author", "year", "note"]
    title, author = _from_tex(entry["title"]), _from_tex(entry["author"])
    assert title == author
    return title


def _from_tex(field: str) -> str:
    """What TeX would print of a field, by citeproc, whose own words for braces fail."""
    from citeproc.source.bibtex.latex import Tokenizer, dispatch
    from citeproc.source.bibtex.latex.macro import MACROS

    braces = {r"\textbraceleft{}": "\ufdd0", r"\textbraceright{}": "\ufdd1"}
    for macro, brace in braces.items():
        field = field.replace(macro, brace)
    printed = "".join(dispatch(Tokenizer(field), MACROS))
    return printed.replace("\ufdd0", "{").replace("\ufdd1", "}")


def from_parquet(data: bytes) -> str:
    import polars

    held = polars.read_parquet(io.BytesIO(data))
    assert not {one.id for one in hostile.CLAIMS} - {to_claim(row).id for row in held.iter_rows()}
    return "\n".join(held["locator"])


def from_sqlite(data: bytes) -> str:
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    held = {id: words for id, *words in database.execute("select id, source, label, locator from claims")}
    assert not [one for one in hostile.CLAIMS if held[one.id] != [one.source, one.label, one.locator]]
    return "\n".join(locator for *_, locator in held.values())


def from_pdf(data: bytes) -> str:
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(data))
    root: Any = read.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    notes = [one.get_object() for page in read.pages for one in page.get("/Annots", ())]
    assert {one["/Subtype"] for one in notes} == {"/Link"}
    assert not [one for one in notes if "/A" in one and one["/A"].get("/S") != "/GoTo"]
    # pypdf puts a NUL before each letter where the font has no glyph for one of its neighbours
    return "".join(page.extract_text() for page in read.pages).replace("\0", "")


def from_linked(data: bytes) -> str:
    from rdflib import RDF, Graph, Literal, URIRef

    graph = Graph().parse(data=data, format="json-ld", publicID=f"{BASE}/")
    statements = {str(one).rpartition("/")[2] for one in graph.subjects(RDF.type, RDF.Statement)}
    assert not {one.id for one in hostile.CLAIMS} - statements
    addresses = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    ours = (
        f"{BASE}/", "https://schema.org/", "http://www.w3.org/", "https://github.com/", "https://history.state.gov/",
    )  # fmt: skip
    assert not [one for one in addresses if not str(one).startswith(ours)]
    return "\n".join(term for term in graph.objects() if isinstance(term, Literal))


def from_terminal(data: bytes) -> str:
    """What a person reads: colours and weights taken out, which a terminal's library writes."""
    words = SGR.sub("", data.decode())
    assert not UNSEEN.search(words.replace("\r\n", "\n"))
    return words


def from_lines(data: bytes) -> str:
    """The same of what is printed line by line, of which no claim begins one."""
    words = from_terminal(data)
    assert not re.search(r"^\s*(# Forged|> quoted|1\. item|BEGIN:|SUMMARY:|Bcc:|body)", words, re.MULTILINE)
    return words
