"""Readers of other packages: registered by entry point, they take part, and what they find is checked like the rest.

The package is really there: files and a dist-info in a folder on the path. Its reader (docs/examples/model_reader.py)
asks a real server on this machine, which answers as a language model's endpoint does.
"""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "model_reader.py"
PAGE = "In 1826 Chile sent word to Peru of its recognition. Bolivia looked on. The year 1831 was quiet."
SENTENCE = "In 1826 Chile sent word to Peru of its recognition."
ROW = {
    "sentence": SENTENCE, "subject": "chile", "relation": "recognition", "object": "peru",
    "date": "1826", "date_words": "1826", "party_words": ["Chile", "Peru"],
}  # fmt: skip
INVENTED = {
    "the words for its date say another": {"date": "1827"},
    "its span does not hold its date": {"date": "1831", "date_words": "1831"},
    "the words for its date say another ": {"date_words": "Chile"},
    "the words for its parties name others": {"subject": "bolivia", "object": "spain"},
    "the document does not name its parties": {"object": "france", "party_words": ["Chile"]},
    "a party is no polity that is known": {"object": "atlantis"},
    "its span does not hold the words for its parties": {"party_words": ["Bolivia"]},
    "it has no span in the text": {"sentence": "Chile recognized Peru in 1826."},
    "its relation is not of the vocabulary": {"relation": "friendship"},
}


class _Endpoint(http.server.BaseHTTPRequestHandler):
    """Answers a request for a completion with the rows that the server was given."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert (self.path, asked["messages"][1]["content"]) == ("/v1/chat/completions", PAGE)
        content = self.server.content  # type: ignore[attr-defined]
        answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in which a package with a reader is installed."""
    folder = tmp_path / "site"
    info = folder / "model_reader-1.dist-info"
    info.mkdir(parents=True)
    (folder / "model_reader.py").write_bytes(EXAMPLE.read_bytes())
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: model-reader\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[comity.readers]\nmodel = model_reader:Model\n")
    (tmp_path / "page.txt").write_text(PAGE)
    return folder


def read(
    site: Path, server: http.server.ThreadingHTTPServer, content: str, *words: str
) -> subprocess.CompletedProcess[str]:
    """`comity read` of the page with the package on the path, and a model that answers so."""
    server.content = content  # type: ignore[attr-defined]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH")))),
        "MODEL_URL": f"http://127.0.0.1:{server.server_port}",
        "COMITY_HOME": str(site / "home"),
    }
    command = [str(Path(sys.executable).with_name("comity")), "read", "page.txt", "--format", "jsonl", *words]
    return subprocess.run(command, cwd=site.parent, env=environment, capture_output=True, text=True, check=False)


def lines(done: subprocess.CompletedProcess[str]) -> list[Any]:
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_another_reader_finds_is_among_the_claims(
    site: Path, server: http.server.ThreadingHTTPServer, jobs: str
) -> None:
    [claim] = lines(read(site, server, json.dumps([ROW, ROW]), "--jobs", jobs))
    assert (claim["subject"], claim["relation"], claim["object"]) == ("chile", "recognition", "peru")
    assert (claim["when"]["edtf"], claim["span"]["text"]) == ("1826", SENTENCE)
    assert claim["reason"] == "a model says so"


def test_what_it_invents_is_refused_with_the_reason(site: Path, server: http.server.ThreadingHTTPServer) -> None:
    invented = [ROW | changes for changes in INVENTED.values()]
    [rest] = lines(read(site, server, json.dumps(invented), "--explain"))
    assert [one["why"] for one in rest["refused"]] == [why.strip() for why in INVENTED]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("content", ["no JSON", json.dumps([ROW | {"date": "yesterday"}]), json.dumps([{}])])
def test_a_reader_that_fails_is_named(
    site: Path, server: http.server.ThreadingHTTPServer, content: str, jobs: str
) -> None:
    done = read(site, server, content, "--jobs", jobs)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith('comity: the reader "model" failed: ')
    assert done.stderr.count("\n") == 1


def test_a_reader_that_cannot_be_loaded_is_named(site: Path, server: http.server.ThreadingHTTPServer) -> None:
    (site / "model_reader.py").write_text("import nothing_of_that_name")
    done = read(site, server, "[]")
    assert done.returncode == 2
    assert done.stderr.startswith('comity: the reader "model" (model_reader:Model) can\'t be loaded: ')
