"""The command line as a person meets it: what it prints where, what it writes, and how it ends."""

from __future__ import annotations

import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from comity import __version__
from comity.errors import BadDocument
from comity.reading.text import web
from comity.sources.registry import adapters

COMITY = Path(sys.executable).with_name("comity")
PAGE = (
    "Peru and the United States. On May 2, 1826, the United States recognized Peru. "
    "The American legation at Lima was raised to an embassy on 24 April 1920. "
    "The two countries signed a Convention on Guano on 3 March 1861."
)
ESCAPE = "\x1b"
ANY = "--allow-private-addresses"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Where commands are run: a folder with a page, and no ledger at home."""
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.fixture
def pages(here: Path) -> Iterator[str]:
    """The address of a server that serves the folder on this machine."""
    handler = partial(_Quiet, directory=str(here))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, one of which breaks off, one of which is elsewhere, and one of which never ends well."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/cut.txt":
            self.send_response(200)
            self.send_header("Content-Length", "4000")
            self.end_headers()
            self.wfile.write(PAGE.encode())
        elif self.path == "/moved.txt":
            self.send_response(302)
            self.send_header("Location", "/page.txt")
            self.end_headers()
        elif self.path == "/broken.txt":
            self.wfile.write(b"this is no HTTP\r\n")
        else:
            super().do_GET()


def environment(here: Path, more: Mapping[str, str] = {}) -> dict[str, str]:
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COMITY_", "PYTHONIO", "XDG_", "NO_COLOR", "FORCE_C"))
    }
    return ours | {"COMITY_HOME": str(here / "home"), "HOME": str(here / "user")} | more


def run(here: Path, *words: str, given: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMITY, *words],
        cwd=here,
        env=environment(here, more),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )


def done(here: Path, *words: str, given: str | None = None, **more: str) -> str:
    """What a command that succeeds prints."""
    found = run(here, *words, given=given, **more)
    assert found.returncode == 0, found.stderr
    return found.stdout


def shell(here: Path, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-c", f"set -o pipefail; {line}"]
    put = environment(here, {"PATH": f"{COMITY.parent}:{os.environ['PATH']}", **more})
    return subprocess.run(command, cwd=here, env=put, capture_output=True, text=True, timeout=120)


# What can't be done: one sentence, exit code 2, nothing printed and nothing written


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["brief", "Peruu", "United States"], r'no polity is called "Peruu"\. Did you mean Peru\?'),
        (["brief", "Peru", "United States", "--as-of", "1827-13-40"], r'--as-of: "1827-13-40" is not a day of the cal'),
        (["brief", "Peru", "United States", "--known-by", "soon"], r'--known-by: "soon" is not a date; write EDTF'),
        (["read", "empty.txt"], r'"empty\.txt" is empty'),
        (["read", "empty.txt", "--save"], r'"empty\.txt" is empty'),
        (["read", "binary.dat", "--save"], r'"binary\.dat" is .+, not a text'),
        (["read", "nothere.txt", "--save"], r'there is no file "nothere\.txt"'),
        (["read", "folder"], r'the folder "folder" holds no document: files ending in \.txt'),
        (["read", "page.txt", "--about", "Peruu", "--save"], r'no polity is called "Peruu"'),
        (["read", "page.txt", "--published", "soon", "--save"], r'--published: "soon" is not a date'),
        (["brief", "Peru", "United States", "--mirror", "nomirror"], r"there is no mirror nomirror"),
        (["sources", "add", "--mirror", "nomirror"], r"the mirror nomirror has no folder peacesciencer"),
        (["build-embedded", "--mirror", "nomirror", "--target", "made/ledger"], r"the mirror nomirror has no folder"),
        (["brief", "Germany", "United States", "--as-of", "1960"], r'"Germany" in 1960 may be .+ or .+\. Write "'),
        (["brief", "Peru", "PER"], r'"Peru" and "PER" are both Peru; name two polities'),
        (["ask", "Peru", "United States", "friendship"], r'"friendship" is not a relation that comity knows; ask for'),
        (
            ["timeline", "Peru", "United States", "--from", "1900", "--to", "1800"],
            r"the end 1800 is before the beginning 1900",
        ),
        (["brief", "Peru", "United States", "--as-of", "1826/1830"], r"1826/1830 is an interval"),
        (["brief", "Peru", "United States", "--bad"], r"No such option '?--bad'?\. See: comity brief --help"),
        (["brief", "Peru", "United States", "--format", "docx"], r"'docx' is not one of 'md', 'json'"),
        (["brief", "Peru"], r"Missing argument 'B'\. See: comity brief --help"),
        (["read", "page.txt", "--jobs", "0"], r"'--jobs': 0 is not in the range"),
        (["nosuch"], r"No such command 'nosuch'"),
        (["brief", "Peru", "United States", "--ledger-version", "99"], r"there is no ledger at .+, so no version 99"),
        (["brief", "Peru", "United States", "--ledger-version", "-1"], r"-1 is not in the range"),
        (["ledger", "verify"], r"there is no ledger at .+; nothing has been saved there"),
        (["ledger", "export", "-o", "claims.txt"], r"claims\.txt should end in \.csv, \.jsonl"),
        (["ledger", "export", "-o", "nofolder/claims.csv"], r"nofolder/claims\.csv can't be written"),
        (["sources", "cite", "nosuch"], r'no source is called "nosuch"; registered are archigos, atop'),
        (
            ["read", "http://127.0.0.1:1/page", "--allow-private-addresses"],
            r'"http://127\.0\.0\.1:1/page" can\'t be read: .*refused',
        ),
        (["read", "http://127.0.0.1:1/page"], r'"127\.0\.0\.1" is 127\.0\.0\.1, which is no address of the public'),
        (["read", "http://"], r'"http://" can\'t be read: no host given'),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(here: Path, words: list[str], says: str) -> None:
    (here / "empty.txt").write_bytes(b"")
    (here / "binary.dat").write_bytes(b"\x7fELF\x02\x01" + bytes(range(256)) * 8)
    (here / "folder").mkdir()
    before = set(here.rglob("*"))
    found = run(here, *words)
    refused(found, says)
    assert set(here.rglob("*")) == before


def refused(found: subprocess.CompletedProcess[str], says: str) -> None:
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("comity: ")
    assert re.fullmatch("comity: [^\n]+\n(  [^\n]+\n)?", found.stderr), found.stderr
    assert re.search(says, found.stderr), found.stderr
    assert "Traceback" not in found.stderr


def test_a_home_that_can_not_be_written_is_one_sentence(here: Path) -> None:
    (here / "file").write_text("no folder")
    found = run(here, "read", "page.txt", "--about", "Peru", "--save", COMITY_HOME=str(here / "file" / "home"))
    refused(found, r"the ledger at .+ can't be used")
    assert (here / "file").read_text() == "no folder"


def test_a_version_that_the_ledger_has_not_is_one_sentence(here: Path) -> None:
    done(here, "read", "page.txt", "--save")
    refused(run(here, "brief", "Peru", "USA", "--ledger-version", "99"), "has versions 0 to 0, none 99")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_sentence() -> None:
    for words in (["ask", "Peru", "United States", "relations"], ["brief", "Peru", "United States"]):
        with open("/dev/full", "w") as full:
            found = subprocess.run([COMITY, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        assert (found.returncode, found.stderr) == (2, "comity: the answer can't be written: No space left on device\n")


def test_an_encoding_without_the_letters_of_an_answer_is_one_sentence(here: Path) -> None:
    found = run(here, "brief", "Peru", "United States", PYTHONIOENCODING="ascii")
    assert found.returncode == 2
    assert found.stderr == "comity: the answer can't be written in ascii; set PYTHONIOENCODING=utf-8\n"


def test_no_words_at_all_are_answered_with_the_help(here: Path) -> None:
    for words in ([], ["sources"], ["ledger"]):
        found = run(here, *words)
        assert "Usage: comity" in found.stdout + found.stderr
        assert "Traceback" not in found.stderr


# Answers


def test_the_version_is_printed(here: Path) -> None:
    assert done(here, "--version") == f"comity {__version__}\n"


def test_a_brief_answers_with_nothing_at_home_and_writes_nothing(here: Path) -> None:
    text = done(here, "brief", "Peru", "United States")
    assert text.startswith("# Peru and the United States\n")
    assert "established on 21 May 1827" in text
    assert json.loads(done(here, "brief", "PER", "2", "--format", "json"))["subject"] == "peru"
    assert not (here / "home").exists()
    assert not (here / "user").exists()


def test_an_answer_is_yes_and_no_on_the_days_that_part_them(here: Path) -> None:
    ask = ("ask", "Peru", "United States", "relations", "--as-of")
    assert "not yet established" in done(here, *ask, "1827-05-20").splitlines()[0]
    assert done(here, *ask, "22 May 1827").splitlines()[0].endswith(": established")
    made = json.loads(done(here, *ask, "1827-05-22", "--format", "json"))
    assert (made["status"], made["certainty"], made["since"]["edtf"]) == ("established", "yes", "1827-05-21")


def test_that_little_is_known_is_an_answer(here: Path) -> None:
    assert "unknown" in done(here, "ask", "Chile", "Peru", "war")
    assert "Chile and Peru: 0 events" in done(here, "timeline", "Chile", "Peru")


def test_a_brief_quotes_the_passages_of_a_mirror(here: Path, mirror: Path) -> None:
    assert "“" not in done(here, "brief", "Peru", "United States").partition("## Notes")[2]
    for more in ({"COMITY_MIRROR": str(mirror)}, {}):
        words = () if more else ("--mirror", str(mirror))
        assert "“" in done(here, "brief", "Peru", "United States", *words, **more).partition("## Notes")[2]


@pytest.mark.parametrize("more", [{"TERM": "xterm-256color"}, {"NO_COLOR": "1"}])
def test_pipes_get_no_escape_codes(here: Path, more: dict[str, str]) -> None:
    for words in (
        ["brief", "Peru", "USA"],
        ["timeline", "Peru", "USA"],
        ["read", "page.txt"],
        ["brief", "Peruu", "US"],
    ):
        found = run(here, *words, **more)
        assert ESCAPE not in found.stdout + found.stderr


def terminal(here: Path, *words: str, **more: str) -> str:
    """What a terminal shows of a command."""
    ours, theirs = os.openpty()
    put = environment(here, {"TERM": "xterm-256color", "COLUMNS": "100", **more})
    with subprocess.Popen([COMITY, *words], cwd=here, env=put, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # a terminal whose other side is closed gives an error, not an end
            while part := os.read(ours, 65536):
                shown += part
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_terminal_is_shown_a_page_with_colours_unless_it_wants_none(here: Path) -> None:
    coloured = terminal(here, "brief", "Peru", "United States")
    plain = terminal(here, "brief", "Peru", "United States", NO_COLOR="1")
    assert ESCAPE in coloured
    assert ESCAPE not in plain
    assert "21 May 1827" in coloured
    assert "## Status" not in coloured
    assert "## Status" in plain


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_terminal_is_shown_how_much_is_read_beside_the_claims(here: Path) -> None:
    shown = terminal(here, "read", "page.txt")
    assert f"of {len(PAGE)} characters read" in re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown)
    assert "recognized Peru on 2 May 1826" in shown
    assert run(here, "read", "page.txt").stderr == ""


@pytest.mark.parametrize(
    "line",
    [
        "brief Peru 'United States' | head -1",
        "ask Peru 'United States' relations | true",
        "timeline Peru USA | head -1",
    ],
)
def test_a_reader_of_a_pipe_that_has_had_enough_is_no_error(here: Path, line: str) -> None:
    found = shell(here, f"comity {line}")
    assert (found.returncode, found.stderr) == (0, "")


def test_polities_are_found_by_what_they_are_like(here: Path) -> None:
    assert done(here, "polities", "--like", "peruu", "--limit", "1").startswith("peru: Peru; a state July 1821")
    assert len(done(here, "polities").splitlines()) > 200


# Reading


def test_claims_are_printed_one_json_object_a_line_with_spans_of_the_text_as_given(here: Path) -> None:
    (here / "page.txt").write_text(f"“Naïve” 🇵🇪 preface.\r\n\r\n{PAGE}", "utf-8", newline="")
    text = (here / "page.txt").read_bytes().decode()
    lines = done(here, "read", "page.txt", "--published", "2009-06", "--format", "jsonl").splitlines()
    claims = [json.loads(line) for line in lines]
    assert {"recognition", "mission.raised", "agreement.signed"} <= {claim["relation"] for claim in claims}
    for claim in claims:
        assert list(claim) == [
            "id", "document", "subject", "relation", "object", "label", "kind", "participants", "when", "value",
            "unit", "modality", "source", "span", "confidence", "reason",
        ]  # fmt: skip
        assert claim["document"] == "page.txt"
        assert (claim["source"]["published"], claim["source"]["published_basis"]) == ("2009-06", "given by the reader")
        span = claim["span"]
        assert text[span["start"] : span["end"]] == span["text"]
        assert 0 < claim["confidence"] <= 1
    assert len({claim["id"] for claim in claims}) == len(claims)


def test_standard_input_and_a_folder_are_read(here: Path) -> None:
    assert "recognized Peru" in done(here, "read", "-", given=PAGE)
    (here / "pages").mkdir()
    for name in ("b.txt", "a.txt"):
        (here / "pages" / name).write_text(PAGE)
    (here / "pages" / "notes.bin").write_bytes(b"\0\1")
    heads = [line for line in done(here, "read", "pages").splitlines() if line.startswith("pages")]
    assert [re.sub(r":.*", "", head) for head in heads] == ["pages/a.txt", "pages/b.txt"]


def test_the_same_page_read_by_two_processes_is_read_alike(here: Path) -> None:
    (here / "other.txt").write_text("In 1825 the United States recognized Brazil.")
    words = ("read", "page.txt", "other.txt", "page.txt", "--format", "jsonl")
    assert done(here, *words) == done(here, *words, "--jobs", "2")


def test_a_page_saved_twice_adds_nothing_and_a_brief_then_cites_it_by_its_path(here: Path) -> None:
    words = ("read", "page.txt", "--published", "2009", "--save")
    first, again = run(here, *words), run(here, *words)
    assert re.search(r"page\.txt: [1-9]\d* claims saved, 0 already in the ledger", first.stderr)
    assert re.search(r"page\.txt: 0 claims saved, [1-9]\d* already in the ledger", again.stderr)
    assert first.stdout == again.stdout
    text = done(here, "brief", "Peru", "United States")
    body, _, notes = text.partition("## Notes")
    agreement = next(line for line in body.splitlines() if "Convention on Guano" in line)
    assert "on 3 March 1861" in agreement
    numbers = re.findall(r"\[(\d+)\]", agreement)
    (note,) = (line for line in notes.splitlines() if line.startswith(f"{numbers[0]}. "))
    assert "page.txt" in note
    assert "published 2009, as given" in note
    assert re.search(r"\*page\.txt\*.* [1-9]\d* claims, [1-9]\d* used here", body)
    assert "Guano" not in done(here, "brief", "Peru", "United States", "--known-by", "2008")


def test_an_answer_as_recorded_at_a_version_knows_nothing_saved_later(here: Path) -> None:
    (here / "other.txt").write_text("In 1825 the United States recognized Brazil.")
    done(here, "read", "other.txt", "--save")
    done(here, "read", "page.txt", "--save")
    assert "Guano" in done(here, "brief", "Peru", "United States")
    assert "Guano" in done(here, "brief", "Peru", "United States", "--ledger-version", "1")
    assert "Guano" not in done(here, "brief", "Peru", "United States", "--ledger-version", "0")


def test_a_page_at_an_address_is_read_and_cited_by_it(here: Path, pages: str) -> None:
    (here / "page.html").write_text(f"<html><head><title>A page</title></head><body><p>{PAGE}</p></body></html>")
    lines = done(here, "read", f"{pages}/page.html", "--format", "jsonl", ANY).splitlines()
    assert {json.loads(line)["document"] for line in lines} == {f"{pages}/page.html"}
    assert "recognition" in {json.loads(line)["relation"] for line in lines}
    done(here, "read", f"{pages}/page.txt", "--save", ANY)
    assert f"*{pages}/page.txt*" in done(here, "brief", "Peru", "United States")


def test_an_address_that_answers_with_an_error_is_one_sentence(here: Path, pages: str) -> None:
    found = run(here, "read", f"{pages}/nothere.html", "--save", ANY)
    refused(found, r"nothere\.html\" can't be read: the server answers 404")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("cut.txt", rf"cut\.txt\" can't be read: the answer broke off after {len(PAGE)} of 4000 bytes"),
        ("broken.txt", r"broken\.txt\" can't be read: .+"),
        ("binary.dat", r"binary\.dat\" is .+, not a text"),
        ("empty.txt", r"empty\.txt\" is empty"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence(here: Path, pages: str, path: str, says: str) -> None:
    (here / "binary.dat").write_bytes(b"\x7fELF\x02\x01" + bytes(range(256)) * 8)
    (here / "empty.txt").write_bytes(b"")
    refused(run(here, "read", f"{pages}/{path}", "--save", ANY), says)
    assert not (here / "home").exists()


def test_a_page_that_has_moved_is_read_where_it_is(here: Path, pages: str) -> None:
    assert "recognized Peru" in done(here, "read", f"{pages}/moved.txt", ANY)


def test_a_page_larger_than_can_be_read_is_refused(pages: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LARGEST", 10)
    with pytest.raises(BadDocument, match="is larger than 64 MiB"):
        web.fetched(f"{pages}/page.txt", private=True)


# Sources and the ledger


def test_sources_are_listed_with_edition_licence_and_what_is_held(here: Path) -> None:
    lines = done(here, "sources", "list").splitlines()
    own = [line for line in lines if line.startswith("hsg-")]
    assert [line.partition(":")[0] for line in own] == [
        "hsg-gsh", "hsg-pocom", "hsg-rdcr", "hsg-travels", "hsg-visits",
    ]  # fmt: skip
    for line in own:
        assert re.search(r"commit [0-9a-f]{7} of \d{4}-\d\d-\d\d, CC0-1\.0\. [1-9][\d,]* claims stored\.$", line)


def test_sources_are_cited_in_each_style(here: Path) -> None:
    assert "*Visits by Foreign Leaders*" in done(here, "sources", "cite", "hsg-visits")
    assert done(here, "sources", "cite", "hsg-visits", "--format", "bibtex").startswith("@misc{hsg-visits,")
    every = json.loads(done(here, "sources", "cite", "--format", "csl"))
    assert [item["id"] for item in every] == sorted(adapters())


def test_a_source_added_is_logged_verified_and_exported_and_twice_adds_nothing(here: Path, mirror: Path) -> None:
    add = ("sources", "add", "hsg-visits", "--mirror", str(mirror))
    first, again = done(here, *add), done(here, *add)
    found = re.match(r"hsg-visits: ([\d,]+) records = ([\d,]+) with claims \+ 0 with prose only \+ 0 skipped", first)
    assert found
    assert found[1] == found[2]
    many = re.search(r"; ([\d,]+) claims, ([\d,]+) new$", first)
    assert many
    assert many[1] == many[2] != "0"
    assert again.endswith(f"; {many[1]} claims, 0 new\n")
    (entry,) = done(here, "ledger", "log").splitlines()
    assert re.match(
        rf"0  \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ  \S+  hsg-visits 1  \+{many[1].replace(',', '')}  rec", entry
    )
    assert f"whole: 1 versions, 1 files, {many[1]} claims" in done(here, "ledger", "verify")
    said = done(here, "ledger", "export", "-o", "claims.jsonl")
    assert said == f"claims.jsonl: {len((here / 'claims.jsonl').read_text('utf-8').splitlines()):,} claims\n"


def test_the_embedded_ledger_verifies(here: Path) -> None:
    assert "0 files of unfinished writes" in done(here, "ledger", "verify", "--embedded")


def test_a_ledger_that_is_not_there_has_an_empty_log(here: Path) -> None:
    assert done(here, "ledger", "log") == ""
