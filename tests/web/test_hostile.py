"""Hostile text in claims is text in every form of an answer: shown as it stands, and nothing else than that."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import hostile
import reads
from agents import connected
from comity.cli import app
from comity.follow.digest import digest
from comity.follow.entry import MANY
from comity.follow.feed import feed
from comity.follow.formats import atom, json_feed
from comity.follow.links import LOCAL
from comity.follow.mail import mail
from comity.ledger import View, Writer, own
from comity.ledger.open import embedded
from comity.model import Document, Source, Span, When
from comity.present import cite, findings
from comity.present.english import the
from comity.present.export.base import Brief, Claims, given
from comity.present.export.exporters import exporter
from comity.present.visible import UNSEEN, seen
from comity.query.check import Finding
from comity.query.dossier import dossier
from comity.query.news import Scope, since
from comity.query.timeline import timeline
from comity.serve.app import create_app
from comity.serve.desk import Desk
from comity.serve.mcp.server import create_server
from reads import BASE, SEPARATOR, letters
from web import COMITY

PAIR = ("Iceland", "Peru")
SCOPE = Scope(("iceland", "peru"))
DAY = "2000-01-01"
Reader = Callable[[bytes], str]


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose ledger holds the hostile claims."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COMITY_HOME", str(folder))
        Writer(own()).append([hostile.WORK], source=hostile.SOURCE, adapter=hostile.ALL, who=hostile.ALL)
        for begin in range(0, len(hostile.CLAIMS), MANY):  # more at one moment are told together, and cut short
            Writer(own()).append(
                hostile.CLAIMS[begin : begin + MANY], source=None, adapter=hostile.ALL, who=hostile.ALL
            )
        yield folder


@pytest.fixture(scope="module")
def view() -> View:
    return View(embedded(), own())


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
    return lambda _: exporter(name).export(Claims((), {hostile.SOURCE.edition: hostile.SOURCE}))


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
        with TestClient(create_app(), LOCAL) as client:
            answer = client.get(f"/api/v1/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.content

    return make


FORMS: dict[str, tuple[Callable[[View], bytes], Reader]] = {
    "brief.md": (exported("brief.md"), reads.from_markdown),
    "brief.html": (exported("brief.html"), reads.from_html),
    "brief.json": (exported("brief.json"), reads.from_json),
    "brief.pdf": (exported("brief.pdf"), reads.from_pdf),
    "timeline.html": (exported("timeline.html"), reads.from_html),
    "timeline.csv": (exported("timeline.csv"), reads.from_csv),
    "timeline.ics": (exported("timeline.ics"), reads.from_calendar),
    "posts.geojson": (exported("posts.geojson"), reads.from_json),
    "claims.csv": (exported("claims.csv"), reads.from_csv),
    "claims.jsonl": (exported("claims.jsonl"), reads.from_json),
    "claims.jsonld": (exported("claims.jsonld"), reads.from_linked),
    "claims.parquet": (exported("claims.parquet"), reads.from_parquet),
    "claims.sqlite": (exported("claims.sqlite"), reads.from_sqlite),
    "citations.bib": (cited("citations.bib"), reads.from_bibtex),
    "citations.csl.json": (cited("citations.csl.json"), reads.from_json),
    "feed.atom": (fed(atom), reads.from_atom),
    "feed.json": (fed(json_feed), reads.from_json_feed),
    "mail": (mailed, reads.from_mail),
    "comity brief": (printed("brief", *PAIR, "--as-of", DAY), reads.from_markdown),
    "comity brief on a terminal": (shown("brief", *PAIR, "--as-of", DAY), reads.from_terminal),
    "comity ask": (printed("ask", *PAIR, "agreement", "--as-of", DAY, "--explain"), reads.from_lines),
    "comity timeline": (printed("timeline", *PAIR, "--explain"), reads.from_lines),
    "comity diff": (printed("diff", *PAIR, "--since", "1900"), reads.from_lines),
    "comity ledger log": (printed("ledger", "log"), reads.from_lines),
    "comity brief --format json": (printed("brief", *PAIR, "--as-of", DAY, "--format", "json"), reads.from_json),
    "MCP brief": (called("brief"), reads.from_json),
    "MCP ask": (called("ask", relation="agreement"), reads.from_json),
    "REST brief": (sent("pairs/iceland/peru/brief", as_of=DAY), reads.from_json),
    "REST brief csv": (sent("pairs/iceland/peru/brief", as_of=DAY, format="csv"), reads.from_csv),
    "REST brief jsonld": (sent("pairs/iceland/peru/brief", as_of=DAY, format="jsonld"), reads.from_linked),
    "REST claims csv": (sent("claims", about="iceland", limit="200", format="csv"), reads.from_csv),
    "REST timeline csv": (sent("pairs/iceland/peru/timeline", format="csv"), reads.from_csv),
    "REST ask csv": (sent("pairs/iceland/peru/ask/agreement", as_of=DAY, format="csv"), reads.from_csv),
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


def test_a_hostile_source_is_one_entry_of_bibtex_whose_fields_are_its_words() -> None:
    for words in hostile.HOSTILE:
        source = Source(words, words, words, words, words, words, "2026-07-24", homepage=words, references=(words,))
        assert reads.from_bibtex(cite.bibtex(source).encode()) == seen(" ".join(words.split()))
        assert "URL" not in cite.csl(source)


def test_a_party_that_no_gazetteer_knows_is_named_on_one_line_without_what_is_not_seen() -> None:
    for words in (*hostile.HOSTILE, "\u202e"):
        told = the(words, capital=True)
        assert told
        assert len(told.splitlines()) == 1
        assert not UNSEEN.search(told)


def test_a_claims_words_are_no_link_in_sarif() -> None:
    document = Document("Peru and Iceland.")
    found = Finding("conflict-date", (Span(0, 4),), tuple(hostile.CLAIMS))
    for claim in hostile.CLAIMS:
        told = json.loads(findings.sarif([(document, [replace(found, claims=(claim,))])]))
        [result] = told["runs"][0]["results"]
        assert not re.search(r"\]\(", result["message"]["text"])


@pytest.mark.parametrize("words", [("read", "--explain"), ("check",)])
def test_the_words_of_a_page_are_inert_on_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    page = tmp_path / "page\x1b[31m.txt"
    page.write_text(
        "\n\n".join(f"Peru signed the {one} Treaty with Iceland on May 3, 1990." for one in hostile.HOSTILE)
    )
    told = reads.from_terminal(printed(*words, str(page))(View(embedded())))
    assert "page[31m.txt" in told
    assert letters(hostile.HOSTILE[0]) in letters(told)
