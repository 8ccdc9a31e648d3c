"""Hostile text in claims is text in every form of an answer: shown as it stands, and nothing else than that."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import hostile
from agents import connected
from comity.cli import app
from comity.follow.digest import digest
from comity.follow.entry import MANY
from comity.follow.feed import feed
from comity.follow.formats import atom, json_feed
from comity.follow.mail import mail
from comity.ledger import View, Writer, own
from comity.ledger.embedded import embedded
from comity.ledger.schema import to_claim
from comity.model import Claim, Document, Source, Span, When
from comity.present import findings
from comity.present.export.base import Brief, Claims, given
from comity.present.export.registry import exporter
from comity.present.marks import UNSEEN, seen
from comity.present.words import the
from comity.query.check import Finding
from comity.query.dossier import dossier
from comity.query.news import Scope, since
from comity.query.timeline import timeline
from comity.serve.app import create_app
from comity.serve.desk import Desk
from comity.serve.mcp.server import create_server
from mails import parts
from web import COMITY

PAIR = ("Iceland", "Peru")
SCOPE = Scope(("iceland", "peru"))
BASE = "https://comity.example"
DAY = "2000-01-01"
ALL = "\n".join(hostile.HOSTILE)
SOURCE = Source("bad", ALL, ALL, ALL, ALL, "f3c5354abc", "2000-01-01", homepage=hostile.HOSTILE[5], references=(ALL,))
WORK = Claim("peru", "publication", "iceland", label=ALL, when=When.parse("1999"), source=SOURCE.edition, locator=ALL)
CLAIMS = [*hostile.claims("peru", "iceland"), WORK]
TAGS = {
    "html", "head", "meta", "title", "style", "body", "article", "header", "section", "h1", "h2", "p", "ul", "ol",
    "li", "strong", "cite", "em", "code", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "div", "br",
}  # fmt: skip
SEPARATOR = "\n\0\n"
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
SGR = re.compile(r"\x1b\[[0-9;]*m")
Reader = Callable[[bytes], str]


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose ledger holds the hostile claims."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COMITY_HOME", str(folder))
        Writer(own()).append([WORK], source=SOURCE, adapter=ALL, who=ALL)
        for begin in range(0, len(CLAIMS), MANY):  # more at one moment are told together, and cut short
            Writer(own()).append(CLAIMS[begin : begin + MANY], source=None, adapter=ALL, who=ALL)
        yield folder


@pytest.fixture(scope="module")
def view() -> View:
    return View(embedded(), own())


def letters(text: str) -> str:
    """The letters of a text as they are seen, wherever its lines are broken."""
    return "".join(seen(text).split())


# Readers that are not ours: each gives the words that are shown, and fails where a claim's words are more than words


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
    assert len(entries) == len(read.subcomponents) == data.count(b"BEGIN:VEVENT\r\n") == len(CLAIMS)
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
    assert set(entry) == {"title", "author", "year", "note"}
    return ALL


def from_parquet(data: bytes) -> str:
    import polars

    held = polars.read_parquet(io.BytesIO(data))
    assert not {one.id for one in CLAIMS} - {to_claim(row).id for row in held.iter_rows()}
    return "\n".join(held["locator"])


def from_sqlite(data: bytes) -> str:
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    held = {id: words for id, *words in database.execute("select id, source, label, locator from claims")}
    assert not [one for one in CLAIMS if held[one.id] != [one.source, one.label, one.locator]]
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
    assert not {f"{BASE}/claims/{one.id}" for one in CLAIMS} - set(map(str, graph.subjects(RDF.type, RDF.Statement)))
    addresses = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    ours = (
        f"{BASE}/",
        "https://schema.org/",
        "http://www.w3.org/",
        "https://github.com/",
        "https://history.state.gov/",
    )
    assert not [one for one in addresses if not str(one).startswith(ours)]
    return "\n".join(term for term in graph.objects() if isinstance(term, Literal))


def from_terminal(data: bytes) -> str:
    """What a person reads: colours and weights taken out, which a terminal's library writes."""
    words = SGR.sub("", data.decode())
    assert not UNSEEN.search(words.replace("\r\n", "\n"))
    return words


# Forms


def exported(name: str) -> Callable[[View], bytes]:
    def make(view: View) -> bytes:
        made = exporter(name)
        what = given(
            made.takes, lambda: dossier(view, *PAIR, When.parse(DAY)), lambda: timeline(view, *PAIR), Brief
        )  # fmt: skip
        return made.export(what)

    return make


def cited(name: str) -> Callable[[View], bytes]:
    return lambda _: exporter(name).export(Claims((), {SOURCE.edition: SOURCE}))


def fed(form: Callable[..., bytes]) -> Callable[[View], bytes]:
    def make(view: View) -> bytes:
        """The pages of a feed as one."""
        made = page = feed(view, SCOPE, BASE)
        while page.next:
            page = feed(view, SCOPE, BASE, page.next)
            made = replace(made, entries=made.entries + page.entries)
        return form(made)

    return make


def mailed(view: View) -> bytes:
    found = since(view, SCOPE, When.parse("1900"))
    [changes] = found.changes
    few = tuple(one for one in changes.events if one.event.relation != "visit")  # a mail tells of a hundred things
    made = digest(replace(found, changes=(replace(changes, events=few),)), SCOPE, None, BASE)
    assert made
    return mail(made, "a@example.org", "b@example.org").as_bytes()


def printed(*words: str) -> Callable[[View], bytes]:
    def make(_: View) -> bytes:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code in (0, 1), done.output
        return done.stdout_bytes

    return make


def shown(*words: str) -> Callable[[View], bytes]:
    """What a command shows on a terminal."""

    def make(_: View) -> bytes:
        ours, theirs = pty.openpty()
        done = subprocess.Popen([*COMITY, *words], stdout=theirs, env={**os.environ, "TERM": "xterm-256color"})
        os.close(theirs)
        read = b""
        with suppress(OSError):  # which is how a terminal says that it is closed
            while more := os.read(ours, 1 << 16):
                read += more
        os.close(ours)
        assert done.wait() == 0
        return read

    return make


def called(tool: str, **arguments: str) -> Callable[[View], bytes]:
    def make(_: View) -> bytes:
        with connected(create_server(Desk())) as agent:
            return json.dumps(agent.asks(tool, a=PAIR[0], b=PAIR[1], as_of=DAY, limit=50, **arguments)).encode()

    return make


def sent(path: str, **query: str) -> Callable[[View], bytes]:
    def make(_: View) -> bytes:
        with TestClient(create_app()) as client:
            answer = client.get(f"/api/v1/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.content

    return make


FORMS: dict[str, tuple[Callable[[View], bytes], Reader]] = {
    "brief.md": (exported("brief.md"), from_markdown),
    "brief.html": (exported("brief.html"), from_html),
    "brief.json": (exported("brief.json"), from_json),
    "brief.pdf": (exported("brief.pdf"), from_pdf),
    "timeline.html": (exported("timeline.html"), from_html),
    "timeline.csv": (exported("timeline.csv"), from_csv),
    "timeline.ics": (exported("timeline.ics"), from_calendar),
    "posts.geojson": (exported("posts.geojson"), from_json),
    "claims.csv": (exported("claims.csv"), from_csv),
    "claims.jsonl": (exported("claims.jsonl"), from_json),
    "claims.jsonld": (exported("claims.jsonld"), from_linked),
    "claims.parquet": (exported("claims.parquet"), from_parquet),
    "claims.sqlite": (exported("claims.sqlite"), from_sqlite),
    "citations.bib": (cited("citations.bib"), from_bibtex),
    "citations.csl.json": (cited("citations.csl.json"), from_json),
    "feed.atom": (fed(atom), from_atom),
    "feed.json": (fed(json_feed), from_json_feed),
    "mail": (mailed, from_mail),
    "comity brief": (printed("brief", *PAIR, "--as-of", DAY), from_markdown),
    "comity brief on a terminal": (shown("brief", *PAIR, "--as-of", DAY), from_terminal),
    "comity ask": (printed("ask", *PAIR, "agreement", "--as-of", DAY, "--explain"), from_terminal),
    "comity timeline": (printed("timeline", *PAIR, "--explain"), from_terminal),
    "comity diff": (printed("diff", *PAIR, "--since", "1900"), from_terminal),
    "comity ledger log": (printed("ledger", "log"), from_terminal),
    "comity brief --format json": (printed("brief", *PAIR, "--as-of", DAY, "--format", "json"), from_json),
    "MCP brief": (called("brief"), from_json),
    "MCP ask": (called("ask", relation="agreement"), from_json),
    "REST brief": (sent("pairs/iceland/peru/brief", as_of=DAY), from_json),
    "REST brief csv": (sent("pairs/iceland/peru/brief", as_of=DAY, format="csv"), from_csv),
    "REST brief jsonld": (sent("pairs/iceland/peru/brief", as_of=DAY, format="jsonld"), from_linked),
    "REST claims csv": (sent("claims", about="iceland", limit="200", format="csv"), from_csv),
    "REST timeline csv": (sent("pairs/iceland/peru/timeline", format="csv"), from_csv),
    "REST ask csv": (sent("pairs/iceland/peru/ask/agreement", as_of=DAY, format="csv"), from_csv),
}
BYTES = {"claims.parquet", "claims.sqlite", "brief.pdf", "comity brief on a terminal"}  # no text of ours alone


@pytest.mark.parametrize("name", FORMS)
def test_the_words_of_claims_are_shown_as_words(name: str, view: View) -> None:
    make, read = FORMS[name]
    data = make(view)
    if name not in BYTES:
        assert not UNSEEN.search(data.decode().replace("\r\n", "\n"))
    words = letters(read(data))
    told = [one for one in hostile.HOSTILE if name != "brief.pdf" or one.isascii()]  # its font has no others
    told = [one for one in told if not name.startswith("MCP") or len(one) < 300]  # which cuts what is longer
    assert not [one for one in told if letters(one) not in words]


@pytest.mark.parametrize("name", ["brief.json", "claims.jsonl", "REST brief", "comity brief --format json"])
def test_json_holds_the_words_of_claims_letter_for_letter(name: str, view: View) -> None:
    make, read = FORMS[name]
    assert not set(hostile.HOSTILE) - set(read(make(view)).split(SEPARATOR))


def test_a_party_that_no_gazetteer_knows_is_named_on_one_line_without_what_is_not_seen() -> None:
    for words in (*hostile.HOSTILE, "\u202e"):
        told = the(words, capital=True)
        assert told
        assert len(told.splitlines()) == 1
        assert not UNSEEN.search(told)


def test_a_claims_words_are_no_link_in_sarif() -> None:
    document = Document("Peru and Iceland.")
    found = Finding("conflict-date", (Span(0, 4),), tuple(CLAIMS))
    for claim in CLAIMS:
        told = json.loads(findings.sarif([(document, [replace(found, claims=(claim,))])]))
        [result] = told["runs"][0]["results"]
        assert not re.search(r"\]\(", result["message"]["text"])


@pytest.mark.parametrize("words", [("read", "--explain"), ("check",)])
def test_the_words_of_a_page_are_inert_on_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    page = tmp_path / "page\x1b[31m.txt"
    page.write_text(
        "\n\n".join(f"Peru signed the {one} Treaty with Iceland on May 3, 1990." for one in hostile.HOSTILE)
    )
    told = from_terminal(printed(*words, str(page))(View(embedded())))
    assert "page[31m.txt" in told
    assert letters(hostile.HOSTILE[0]) in letters(told)
