"""REST says what the command line says, in forms that hold, and refuses what it can't answer in one shape."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from rdflib import PROV, RDF, Graph, Namespace, URIRef

from comity.follow.links import LOCAL
from comity.ledger import Writer
from comity.model import Claim, When
from comity.serve.app import create_app
from conftest import ROOT
from web import COMITY, Served, serving

API = "/api/v1"
PAIR = f"{API}/pairs/peru/united-states"
SCHEMA = Namespace("https://schema.org/")
SENTENCE = "The United States recognized Peru on May 2, 1826."
PLAIN = {"content-type": "text/plain"}
# Every address that answers, with what OpenAPI calls it.
ANSWERED = {
    f"{PAIR}/brief?as_of=1838-05": "/api/v1/pairs/{one}/{other}/brief",
    f"{PAIR}/timeline?from=1820&to=1850": "/api/v1/pairs/{one}/{other}/timeline",
    f"{PAIR}/ask/recognition?as_of=1850": "/api/v1/pairs/{one}/{other}/ask/{relation}",
    f"{PAIR}/diff?since=2016": "/api/v1/pairs/{one}/{other}/diff",
    f"{API}/polities?like=peruu": "/api/v1/polities",
    f"{API}/polities/peru": "/api/v1/polities/{id}",
    f"{API}/claims?about=peru&about=united-states&relation=mission": "/api/v1/claims",
    f"{API}/claims/718765579f362c73ab7d75820c611d01": "/api/v1/claims/{id}",
    f"{API}/sources": "/api/v1/sources",
    f"{API}/sources/hsg-rdcr@f3c5354": "/api/v1/sources/{id}",
    f"{API}/vocabulary": "/api/v1/vocabulary",
}


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as made:
        yield made


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    """The OpenAPI that the server gives, with no shape open to members that it does not declare."""
    told: dict[str, Any] = client.get(f"{API}/openapi.json").json()
    for name, shape in told["components"]["schemas"].items():
        if shape.get("type") == "object" and name != "Problem":
            shape["additionalProperties"] = False
    return told


def shape(described: dict[str, Any], path: str, method: str = "get", status: str = "200") -> Draft202012Validator:
    """What OpenAPI says that an address answers."""
    content = described["paths"][path][method]["responses"][status]["content"]
    return Draft202012Validator({**content["application/json"]["schema"], "components": described["components"]})


def printed(home: Path, *words: str) -> str:
    """What a command of comity prints."""
    put = {**os.environ, "COMITY_HOME": str(home)}
    return subprocess.run([*COMITY, *words], capture_output=True, text=True, check=True, env=put).stdout


@pytest.mark.parametrize("address", ANSWERED)
def test_an_answer_has_the_shape_that_openapi_declares(
    client: httpx.Client, described: dict[str, Any], address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    shape(described, ANSWERED[address]).validate(answer.json())


def test_every_answer_that_openapi_declares_is_looked_at(described: dict[str, Any]) -> None:
    declared = {path for path, operations in described["paths"].items() if "get" in operations}
    assert declared == set(ANSWERED.values())
    assert described["openapi"].startswith("3.1")


def test_every_operation_is_told_of_in_the_docs(described: dict[str, Any]) -> None:
    told = (ROOT / "docs" / "serving.md").read_text("utf-8")
    routes = {f"{method.upper()} {path}" for path, operations in described["paths"].items() for method in operations}
    assert set(re.findall(r"^\| `((?:GET|POST) [^`]+)`", told, re.MULTILINE)) == routes


def test_every_operation_tells_what_it_is_for_and_gives_examples(described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for one in operation["parameters"]:
                assert one["description"], (path, one)
            assert "example" in operation["responses"]["200"]["content"]["application/json"], path


@pytest.mark.parametrize("path", sorted(set(ANSWERED.values()) | {f"{API}/read", f"{API}/check"}))
def test_an_example_has_the_shape_that_it_is_an_example_of(described: dict[str, Any], path: str) -> None:
    for method, operation in described["paths"][path].items():
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        shape(described, path, method).validate(example)
        assert example


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{PAIR}/brief", ("brief", "peru", "united-states")),
        (f"{PAIR}/brief?as_of=1838", ("brief", "peru", "united-states", "--as-of", "1838")),
        (f"{PAIR}/brief?known_by=2017", ("brief", "peru", "united-states", "--known-by", "2017")),
        (f"{API}/pairs/chile/bolivia/brief?as_of=1880-01-01", ("brief", "chile", "bolivia", "--as-of", "1880-01-01")),
        (f"{PAIR}/ask/mission?as_of=1921", ("ask", "peru", "united-states", "mission", "--as-of", "1921")),
        (f"{PAIR}/timeline?from=1820&to=1850", ("timeline", "peru", "united-states", "--from", "1820", "--to", "1850")),
        (f"{PAIR}/diff?since=2016", ("diff", "peru", "united-states", "--since", "2016")),
    ],
)  # fmt: skip
def test_rest_says_the_same_as_the_command_line(
    client: httpx.Client, home: Path, path: str, words: tuple[str, ...]
) -> None:
    assert client.get(path).json() == json.loads(printed(home, *words, "--format", "json"))


def test_a_document_is_read_and_checked_as_on_the_command_line(
    client: httpx.Client, described: dict[str, Any], home: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"{SENTENCE} An embassy opened in Lima on May 2, 1827.", "utf-8")
    about, options = "?about=Peru&about=United+States", ("--about", "Peru", "--about", "United States")
    for command, method in (("read", "claims"), ("check", "findings")):
        answer = client.post(f"{API}/{command}{about}", content=page.read_bytes(), headers=PLAIN)
        assert answer.status_code == 200, method
        shape(described, f"{API}/{command}", "post").validate(answer.json())
    claims = client.post(f"{API}/read{about}", content=page.read_bytes(), headers=PLAIN).json()
    put = {**os.environ, "COMITY_HOME": str(home)}
    lines = subprocess.run(
        [*COMITY, "read", str(page), *options, "--format", "jsonl"], capture_output=True, text=True, check=True, env=put
    ).stdout
    told = [json.loads(line) for line in lines.splitlines()]
    assert [(one["relation"], one["when"], one["span"]) for one in claims] == [
        (one["relation"], one["when"], one["span"]) for one in told
    ]
    assert claims


def test_an_answer_that_a_client_holds_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get(f"{PAIR}/brief")
    etag = first.headers["etag"]
    assert not etag.startswith("W/")
    again = client.get(f"{PAIR}/brief", headers={"if-none-match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get(f"{PAIR}/brief", headers={"if-none-match": '"other"'}).content == first.content
    assert client.get(f"{PAIR}/brief", headers={"if-none-match": "*"}).status_code == 304
    assert client.get(f"{API}/polities/peruu", headers={"if-none-match": "*"}).status_code == 404


def test_each_form_and_each_question_has_an_etag_of_its_own(client: httpx.Client) -> None:
    plain = {"accept-encoding": "identity"}
    asked = [
        client.get(f"{PAIR}/ask/recognition", headers=plain),
        client.get(f"{PAIR}/ask/recognition?as_of=1850", headers=plain),
        client.get(f"{PAIR}/ask/recognition", headers={"accept-encoding": "gzip"}),
    ]
    assert len({one.headers["etag"] for one in asked}) == len(asked)
    assert asked[0].json() == asked[2].json()
    assert asked[2].headers["content-encoding"] == "gzip"


def test_what_is_added_to_the_ledger_is_told_without_a_restart(tmp_path: Path) -> None:
    path = f"{API}/pairs/peru/iceland"
    with serving(tmp_path) as served, served.client() as client:
        before = client.get(f"{path}/ask/visit")
        Writer(tmp_path / "ledger").append(
            [Claim("peru", "visit", "iceland", when=When.parse("1999-05"), source="a page")],
            source=None, adapter="test", who="an editor",
        )  # fmt: skip
        after = client.get(f"{path}/ask/visit", headers={"if-none-match": before.headers["etag"]})
        assert (before.json()["certainty"], after.status_code) == ("unknown", 200)
        assert after.json()["since"]["edtf"] == "1999-05"
        assert client.get(f"{API}/claims?about=iceland&about=peru").json()["items"]


def pages(client: httpx.Client, address: str) -> Iterator[dict[str, Any]]:
    """Every page from one on, by the links of their headers."""
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200
        yield answer.json()
        following = answer.links.get("next", {}).get("url")
        assert (following is None) == (answer.json()["next"] is None)


def test_pages_of_a_list_are_the_list_in_its_order(client: httpx.Client) -> None:
    for address in (f"{API}/claims?about=peru&about=united-states", f"{API}/polities", f"{API}/vocabulary"):
        mark = "&" if "?" in address else "?"
        parts = list(pages(client, f"{address}{mark}limit=97"))
        ids = [one["id"] for part in parts for one in part["items"]]
        whole = [one["id"] for part in pages(client, f"{address}{mark}limit=500") for one in part["items"]]
        assert ids == whole
        assert len(ids) == len(set(ids))
        assert all(len(part["items"]) == 97 for part in parts[:-1])


def test_what_is_added_repeats_nothing_and_leaves_out_nothing_of_a_list_that_is_read(tmp_path: Path) -> None:
    address = f"{API}/claims?about=peru&about=united-states&limit=100"
    with serving(tmp_path) as served, served.client() as client:
        whole = [one["id"] for part in pages(client, address) for one in part["items"]]
        reading = pages(client, address)
        read = [one["id"] for one in next(reading)["items"]]
        added = [
            Claim("peru", "visit", "united-states", when=When.parse(year), source="a page") for year in ("1800", "1990")
        ]
        Writer(tmp_path / "ledger").append(added, source=None, adapter="test", who="an editor")
        read += [one["id"] for part in reading for one in part["items"]]
        assert [id for id in read if id in whole] == whole
        assert len(read) == len(set(read))


@pytest.mark.parametrize(
    ("method", "address", "status", "says"),
    [
        ("GET", f"{API}/pairs/peruu/chile/brief", 404, 'no polity is called "peruu". Did you mean Peru?'),
        ("GET", f"{API}/pairs/congo/chile/brief?as_of=1965", 400, '"congo" in 1965 may be'),
        ("GET", f"{PAIR}/brief?as_of=1827-13-40", 400, 'as_of: "1827-13-40" is not a day of the calendar'),
        ("GET", f"{PAIR}/brief?as_of=1826/1830", 400, "1826/1830 is an interval"),
        ("GET", f"{PAIR}/brief?known_by=99999999999999999999", 400, "known_by: "),
        ("GET", f"{PAIR}/brief?asof=1850", 422, "asof: there is no such parameter"),
        ("GET", f"{PAIR}/timeline?from=1900&to=1800", 400, "the end 1800 is before the beginning 1900"),
        ("GET", f"{PAIR}/ask/friendship", 404, '"friendship" is not a relation that comity knows'),
        ("GET", f"{PAIR}/diff", 422, "since: Field required"),
        ("GET", f"{API}/pairs/peru/PER/diff?since=2016", 400, "are both Peru; name two polities"),
        ("GET", f"{API}/pairs/{'x' * 300}/chile/brief", 422, "one: String should have at most 200 characters"),
        ("GET", f"{API}/pairs/%00/chile/brief", 404, "no polity is called"),
        ("GET", f"{API}/pairs/%FF%FE/chile/brief", 404, "no polity is called"),
        ("GET", f"{API}/pairs/%ED%A0%80/chile/brief", 404, "no polity is called"),
        ("GET", f"{API}/polities?%ED%A0%80=1", 422, "there is no such parameter"),
        ("GET", f"{PAIR}/brief?as_of=%ED%A0%80", 400, "as_of: "),
        ("GET", f"{API}/claims?limit=-1", 422, "limit: Input should be greater than or equal to 1"),
        ("GET", f"{API}/claims?limit=99999999999999999999", 422, "limit: "),
        ("GET", f"{API}/claims?cursor=%00", 400, "is not a cursor of this list"),
        ("GET", f"{API}/claims?about=a&about=b&about=c", 422, "about: "),
        ("GET", f"{API}/claims/{'0' * 32}", 404, "No claim has the id"),
        ("GET", f"{API}/claims/zz", 422, "id: String should match pattern"),
        ("GET", f"{API}/sources/none", 404, 'No source has the id "none"'),
        ("GET", f"{API}/nothing", 404, "There is no such address."),
        ("POST", f"{API}/polities", 405, "Method Not Allowed"),
        ("POST", f"{API}/check?ignore=nonsense", 400, '"nonsense" is not a rule of check'),
        ("POST", f"{API}/read?about=peruu", 404, 'no polity is called "peruu"'),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_problem_that_says_what_to_do(
    client: httpx.Client, described: dict[str, Any], method: str, address: str, status: int, says: str
) -> None:
    answer = client.request(method, address, content=SENTENCE if method == "POST" else None, headers=PLAIN)
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["status"]) == (status, status)
    assert says in told["detail"]
    assert "--" not in told["detail"]
    assert "comity " not in told["detail"].replace("comity knows", "")
    Draft202012Validator(described["components"]["schemas"]["Problem"]).validate(told)
    assert told["type"].partition("#")[2] in client.get(f"{API}/docs").text


def test_a_name_near_to_others_comes_with_them_for_a_program_too(client: httpx.Client) -> None:
    assert client.get(f"{API}/polities/peruu").json()["suggestions"] == ["Peru"]
    assert "congo-republic" in client.get(f"{API}/polities/congo").json()["candidates"]


FORMS = [address for address in ANSWERED if "/diff" not in address]


@pytest.mark.parametrize("address", FORMS)
def test_every_answer_comes_as_a_table_too(client: httpx.Client, address: str) -> None:
    answer = client.get(address, headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert rows
    told = client.get(address).json()
    held = next((told[name] for name in ("items", "events", "evidence", "claims") if name in told), [told])
    assert len(rows) == len(held)
    keys = held.values() if isinstance(held, dict) else held
    if "id" in rows[0]:
        assert {row["id"] for row in rows} == {one["id"] for one in keys}


@pytest.mark.parametrize("address", [one for one in FORMS if "/vocabulary" not in one])
def test_every_answer_comes_as_linked_data_that_says_the_same(client: httpx.Client, address: str) -> None:
    answer = client.get(address, headers={"accept": "application/ld+json"})
    assert answer.headers["content-type"] == "application/ld+json"
    graph = Graph().parse(data=answer.text, format="json-ld", publicID=str(client.base_url))
    assert {str(term).partition(".org/")[0] for term in graph.predicates()} <= {
        "https://schema",
        "http://www.w3",
    }
    told = client.get(address).json()
    for id, claim in (told["claims"] if isinstance(told.get("claims"), dict) else {}).items():
        node = URIRef(f"{client.base_url}/claims/{id}".replace("//claims", "/claims"))
        assert graph.value(node, RDF.subject).endswith(f"/polities/{claim['subject']}")
        assert graph.value(node, RDF.predicate).endswith(f"#{claim['relation']}")
        assert graph.value(node, PROV.wasDerivedFrom).endswith(f"/sources/{claim['source']['id']}")
        when = graph.value(node, SCHEMA.temporalCoverage)
        assert (str(when) if when else None) == (claim["when"]["edtf"] if claim["when"] else None)


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(client: httpx.Client) -> None:
    answer = client.get(f"{PAIR}/brief", headers={"accept": "text/html"})
    assert answer.status_code == 406
    assert "application/json (json)" in answer.json()["detail"]
    assert client.get(f"{PAIR}/diff?since=2016&format=csv").status_code == 406
    for accept in ("application/*;q=0.1", "text/html, */*;q=0.5", "", "nonsense, application/json"):
        assert client.get(f"{PAIR}/brief", headers={"accept": accept}).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "says"),
    [
        (b"x" * 1_000_001, "text/plain", 413, "larger than 1,000,000 bytes"),
        (b"x", "image/png", 415, "Send the document itself"),
        (b"x", "", 415, "Send the document itself"),
        (b"[" * 100_000 + b"]" * 100_000, "application/json", 415, "Send the document itself"),
        (rb'{"text": "\ud800"}', "application/json", 415, "Send the document itself"),
        (b"   ", "text/plain", 422, "is empty"),
        (b"\x89PNG\r\n\x1a\n", "text/plain", 422, "is an image, not a text"),
        (bytes(range(256)) * 9, "text/plain", 422, "is binary, not a text"),
        (b"%PDF-1.4 nothing", "application/pdf", 422, "PDF"),
    ],
)
def test_a_document_that_is_not_read_is_refused_and_says_why(
    client: httpx.Client, body: bytes, kind: str, status: int, says: str
) -> None:
    for path in ("read", "check"):
        answer = client.post(f"{API}/{path}", content=body, headers={"content-type": kind})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert says in answer.json()["detail"]


def test_schemathesis_finds_nothing(served: Served, tmp_path: Path) -> None:
    # A date, a name and a cursor are more than a schema can say: what it allows may still be no such thing.
    words = ("--max-examples", "15", "--seed", "1", "--no-color", "--exclude-checks", "positive_data_acceptance")
    command = Path(sys.executable).with_name("schemathesis")
    put = {**os.environ, "NO_PROXY": "*", "no_proxy": "*"}
    done = subprocess.run(
        [command, "run", f"{served.url}{API}/openapi.json", *words],
        capture_output=True, text=True, check=False, cwd=tmp_path, env=put,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "13 selected / 13 total" in done.stdout


def test_others_are_answered_while_a_document_is_read(served: Served) -> None:
    with served.client() as one, served.client() as other, ThreadPoolExecutor(1) as threads:
        one.post(f"{API}/read", content=SENTENCE, headers=PLAIN)  # so that the model is loaded
        reading = threads.submit(one.post, f"{API}/read", content=f"{SENTENCE}\n\n" * 1500, headers=PLAIN)
        answered = 0
        while not reading.done():
            assert other.get(f"{API}/polities/peru").status_code == 200
            answered += 1
        assert reading.result().status_code == 200
        assert answered > 10


@pytest.mark.parametrize(
    "path", ["/", f"{PAIR}/brief", f"{API}/docs", f"{API}/nothing", "/nothing", "/static/style.css"]
)
def test_every_answer_forbids_a_page_to_load_from_elsewhere(client: httpx.Client, path: str) -> None:
    held = client.get(path).headers
    assert held["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in held["content-security-policy"]
    assert held["x-content-type-options"] == "nosniff"
    assert held["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in held


def test_a_failure_tells_a_client_nothing_of_the_code() -> None:
    app = create_app()

    def fail() -> None:
        raise RuntimeError("a secret")

    app.add_api_route("/api/v1/fail", fail)
    app.add_api_route("/fail", fail)
    with TestClient(app, LOCAL, raise_server_exceptions=False) as client:
        for path, media in (("/api/v1/fail", "application/problem+json"), ("/fail", "text/html; charset=utf-8")):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (500, media)
            assert "secret" not in answer.text
            assert "Traceback" not in answer.text
            assert answer.headers["content-security-policy"]


def test_a_server_that_is_interrupted_ends_with_a_word_and_no_traceback(tmp_path: Path) -> None:
    with serving(tmp_path) as served, served.client() as client:
        client.get(f"{API}/polities/peru")  # a connection that stays open
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=30) == 130
        assert served.process.stderr is not None
        assert served.process.stderr.read() == "comity: interrupted\n"


def test_a_port_that_is_taken_is_said_in_one_sentence(served: Served, home: Path) -> None:
    port = served.url.rpartition(":")[2]
    done = subprocess.run([*COMITY, "serve", "--port", port], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"comity: port {port} of 127.0.0.1 is in use")
    assert done.stderr.count("\n") == 1


def test_who_else_can_read_is_said_when_the_server_is_open_to_others(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0") as served:
        served.process.send_signal(signal.SIGINT)
        served.process.wait(timeout=30)
        assert served.process.stderr is not None
        assert "anyone who reaches this machine can read" in served.process.stderr.readline()
