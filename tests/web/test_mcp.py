"""An agent that asks the real server, by the SDK's own client, gets what the command line says, with its evidence."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import httpx
import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from typer.testing import CliRunner

from agents import Agent, connected
from comity.cli import app
from comity.serve.mcp.tools import LONGEST

COMMAND = [sys.executable, "-c", "from comity.cli import main; main()", "mcp"]
PAGE = (Path(__file__).parents[2] / "docs" / "examples" / "page.txt").read_text("utf-8")
PAIR = {"a": "Peru", "b": "United States"}
SMALL = 16_000  # characters of a result, as an agent gets it


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    return {name: value for name, value in os.environ.items() if name != "COMITY_MIRROR"} | {"COMITY_HOME": str(home)}


@pytest.fixture(scope="module")
def agent(environment: dict[str, str]) -> Iterator[Agent]:
    """An agent of a server that it started itself."""
    words = [*COMMAND[1:], "--time-limit", "100"]  # however busy the machine
    server = StdioServerParameters(command=COMMAND[0], args=words, env=environment)
    with connected(stdio_client(server)) as made:
        yield made


def briefed(*words: str) -> Any:
    said = CliRunner().invoke(app, ["brief", "Peru", "United States", *words, "--format", "json"])
    return json.loads(said.stdout)


def test_every_tool_says_when_to_use_it_and_what_it_gives(agent: Agent) -> None:
    tools = agent.portal.call(agent.client.list_tools).tools
    assert [tool.name for tool in tools] == ["brief", "ask", "timeline", "read_text", "check_text", "panel_preview"]
    for tool in tools:
        assert tool.output_schema
        assert "Use it" in (tool.description or "")
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert all(one.get("description") for one in tool.input_schema["properties"].values()), tool.name
    for name in ("brief", "ask", "timeline", "read_text", "check_text"):
        [told] = [tool.description for tool in tools if tool.name == name]
        assert "data" in (told or "")


@pytest.mark.parametrize("day", ["1826-06-01", "1850", "2020-01-01"])
def test_a_brief_says_the_same_as_the_command_line(agent: Agent, day: str, home: Path) -> None:
    got, held = agent.asks("brief", **PAIR, as_of=day, limit=50), briefed("--as-of", day)
    assert (got["asked"]["subject"], got["asked"]["object"]) == (held["subject"], held["object"])
    told = {name: held["status"][name] for name in got["status"]}
    assert got["status"] == {name: one["edtf"] if isinstance(one, dict) else one for name, one in told.items()}
    assert got["left_out"] == []
    for note in got["notes"]:
        for id in note["claims"]:
            source = held["claims"][id]["source"]
            assert (note["source"], note["locator"]) == (source["id"], source["locator"])
        if note["claims"]:
            assert note["published"] == held["claims"][note["claims"][0]]["source"]["published"]
    sections = {section["title"]: section["items"] for section in got["sections"]}
    assert len(sections.get("What sources disagree on", [])) == len(held["conflicts"])
    assert len(sections.get("Agreements", [])) == len(held["agreements"])
    noted = {note["number"]: set(note["claims"]) for note in got["notes"]}
    for title, name in (("Agreements", "agreements"), ("Alliances", "alliances"), ("Other statements", "others")):
        for item, event in zip(sections.get(title, []), held[name], strict=True):
            assert item["text"].startswith(event["sentence"])
            assert set().union(*(noted[number] for number in item["notes"])) >= {*event["claims"], *event["support"]}


def test_a_timeline_says_the_same_as_the_command_line(agent: Agent, home: Path) -> None:
    said = CliRunner().invoke(app, ["timeline", *PAIR.values(), "--from", "1826", "--to", "1870", "--format", "json"])
    held = json.loads(said.stdout)["events"]
    got = agent.asks("timeline", **PAIR, begin="1826", end="1870", limit=50)
    assert got["total"] == len(held) > 10
    for told, event in zip(got["events"], held, strict=False):
        assert (told["when"], told["relation"], told["sentence"], told["modality"]) == (
            event["when"]["edtf"], event["relation"], event["sentence"], event["modality"],
        )  # fmt: skip
        ids = [id for place in told["evidence"] for id in place["claims"]]
        assert told["more"] or set(ids) == {*event["claims"], *event["support"]}


def test_a_small_brief_counts_what_it_leaves_out_and_says_how_to_get_it(agent: Agent) -> None:
    small, whole = (agent.asks("brief", **PAIR, limit=limit) for limit in (2, 50))
    left = {one["of"]: one["count"] for one in small["left_out"]}
    shown = {section["title"]: len(section["items"]) for section in small["sections"]}
    assert left
    for section in whole["sections"]:
        title = section["title"]
        assert shown[title] + left.get(title, 0) == len(section["items"])
    used = {number for section in small["sections"] for item in section["items"] for number in item["notes"]}
    assert {note["number"] for note in small["notes"]} == used
    visits = agent.asks("brief", **PAIR, section="visits", limit=50)
    assert [section["title"] for section in visits["sections"]] == ["Visits"]


@pytest.mark.parametrize(
    ("tool", "more"),
    [("brief", {}), ("ask", {"relation": "relations"}), ("timeline", {}), ("ask", {"relation": "visit"})],
)
def test_results_are_small_and_lead_to_a_page(agent: Agent, tool: str, more: dict[str, Any]) -> None:
    got = agent.asks(tool, a="United Kingdom", b="United States", **more)
    assert len(json.dumps(got, ensure_ascii=False)) < SMALL
    assert got["link"] == "/pairs/united-kingdom/united-states"
    assert got["left_out"] or tool == "ask"


def test_an_answer_has_its_certainty_evidence_and_disagreements(agent: Agent) -> None:
    got = agent.asks("ask", **PAIR, relation="relations", as_of="1827-05-20")
    assert (got["status"], got["certainty"], got["until"]) == ("not yet established", "no", "1827-05-21")
    place = got["evidence"][0]["evidence"][0]
    assert place["claims"]
    assert place["published"] == "2009-02"
    assert {got["disagreements"][0]["preferred"]["when"], got["disagreements"][0]["other"]["when"]} == {
        "1827-05-21",
        "1826",
    }
    assert got["link"] == "/pairs/peru/united-states?as_of=1827-05-20"


def test_a_timeline_goes_on_where_it_was_left(agent: Agent) -> None:
    asked = {"a": "Cuba", "b": "United States", "begin": "1958", "end": "1978"}
    first, rest = agent.asks("timeline", **asked, limit=5), agent.asks("timeline", **asked, skip=5, limit=50)
    whole = agent.asks("timeline", **asked, limit=50)
    assert first["events"] + rest["events"] == whole["events"]
    assert whole["total"] == len(whole["events"]) == 5 + first["left_out"][0]["count"]


def test_a_text_is_read_with_its_words_as_quotations(agent: Agent) -> None:
    got = agent.asks("read_text", text=PAGE, about=["Peru", "USA"], limit=50)
    assert got["total"] == len(got["claims"]) > 0
    for claim in got["claims"]:
        assert claim["quotation"] == f"“{' '.join(PAGE[claim['start'] : claim['end']].split())}”"


def test_a_text_is_checked_against_the_ledger(agent: Agent) -> None:
    wrong = "Peru and the United States established diplomatic relations on June 3, 1835."
    got = agent.asks("check_text", text=wrong, about=["Peru", "United States"])
    [found] = [one for one in got["findings"] if one["rule"] == "conflict-date"]
    assert wrong[found["start"] : found["end"]] in found["quotation"]
    assert found["evidence"]


@pytest.mark.parametrize("tool", ["read_text", "check_text"])
def test_a_text_has_a_limit_and_must_hold_words(agent: Agent, tool: str) -> None:
    assert agent.refused(tool, text="a " * LONGEST) == (
        f"the text has {2 * LONGEST:,} characters; send at most {LONGEST:,} at a time, cut between paragraphs"
    )
    assert "holds no words" in agent.refused(tool, text="…")


def test_the_server_answers_while_it_reads(agent: Agent) -> None:
    reading = agent.begins("read_text", text=PAGE * (60_000 // len(PAGE)), about=["Peru", "USA"])
    agent.asks("ask", **PAIR, relation="relations")
    assert not reading.done()
    assert not reading.result().is_error


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("brief", {"a": "Peruu", "b": "USA"}, 'no polity is called "Peruu". Did you mean Peru?'),
        ("brief", {"a": "Peru"}, "b: Field required"),
        ("ask", {**PAIR, "relation": "friendship"}, '"friendship" is not a relation that comity knows'),
        ("timeline", {**PAIR, "begin": "1900", "end": "1800"}, "the end 1800 is before the beginning 1900"),
        ("timeline", {**PAIR, "limit": 5000}, "limit: Input should be less than or equal to 50"),
        ("brief", {**PAIR, "as_of": "yesterday"}, 'as_of: "yesterday"'),
        ("panel_preview", {"rows": "dyads", "add": ["/etc/passwd.csv"]}, '"/etc/passwd.csv" is a file'),
        ("panel_preview", {"rows": "dyads", "add": ["contiguous"]}, "there is no variable contiguous"),
        ("weather", {}, "Unknown tool: weather"),
    ],
)
def test_what_can_t_be_done_is_said_in_a_sentence(agent: Agent, tool: str, arguments: Any, said: str) -> None:
    told = agent.refused(tool, **arguments)
    assert told.startswith(said)
    assert "Traceback" not in told
    assert "\n" not in told
    assert "--" not in told


def test_every_claim_and_source_of_an_answer_can_be_read(agent: Agent) -> None:
    got = agent.asks("ask", **PAIR, relation="recognition")
    place = got["evidence"][0]["evidence"][0]
    claim = agent.reads(f"comity://claims/{place['claims'][0]}")
    assert claim == briefed()["claims"][claim["id"]]
    assert agent.reads(f"comity://sources/{place['source']}")["licence"] == "CC0-1.0"
    for uri in ("comity://claims/none", "comity://sources/none"):
        with pytest.raises(MCPError, match="none"):
            agent.reads(uri)


def test_the_prompt_asks_for_a_cited_note_on_two_polities(agent: Agent) -> None:
    got = agent.portal.call(agent.client.get_prompt, "desk_note", {"a": "Peru", "b": "Chile", "as_of": "1880"})
    text = got.messages[0].content.text
    assert "Peru and Chile as of 1880" in text
    assert "`brief`" in text


def test_a_panel_is_previewed_from_the_mirror(environment: dict[str, str], mirror: Path) -> None:
    server = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "--mirror", str(mirror), "--base-url", "https://x.example/"],
        env=environment,
    )  # fmt: skip
    with connected(stdio_client(server)) as agent:
        got = agent.asks("panel_preview", rows="dyads", years=[1990, 1992], add=["contiguity"], limit=3)
        assert len(got["rows"]) == 3
        assert {len(row) for row in got["rows"]} == {len(got["columns"])}
        assert got["command"] == "comity panel dyads --add contiguity --years 1990:1992 -o FILE.parquet"
        quoted = agent.asks("ask", **PAIR, relation="recognition")
        assert quoted["evidence"][0]["evidence"][0]["quotation"].startswith("“")
        assert quoted["link"] == "https://x.example/pairs/peru/united-states"


def test_over_http_the_answers_are_the_same(agent: Agent, environment: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "--http", "--port", str(port)], env=environment, stdout=subprocess.PIPE)
    try:
        _await(port, server)
        with connected(f"http://127.0.0.1:{port}/mcp") as other:
            assert other.asks("brief", **PAIR) == agent.asks("brief", **PAIR)
            assert "Peruu" in other.refused("brief", a="Peruu", b="Chile")
        url = f"http://127.0.0.1:{port}/mcp"
        assert httpx.post(url, headers={"Host": "elsewhere.example"}, json={}).status_code == 421
        for origin in ("null", "http://elsewhere.example", "http://127.0.0.1:3000"):
            for method in ("GET", "POST", "DELETE"):
                assert httpx.request(method, url, headers={"Origin": origin}).status_code == 403
    finally:
        server.terminate()
        out, _ = server.communicate(timeout=20)
    assert out == b""


def calling(tool: str, arguments: bytes) -> bytes:
    """A request whose id comes last, as some clients write it."""
    params = b'{"name": "%s", "arguments": %s}' % (tool.encode(), arguments)
    return b'{"jsonrpc": "2.0", "method": "tools/call", "params": %s, "id": 7}' % params


START = (
    b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", '
    b'"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}',
    b'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
)
DEEP = b"[" * 100_000 + b"]" * 100_000
UNREADABLE = {  # and the id that can be seen in each
    "a lone surrogate": (calling("brief", rb'{"a": "\ud800", "b": "Peru"}'), 7),
    "a lone surrogate in a name": (calling("brief", rb'{"\udfff": "Chile", "b": "Peru"}'), 7),
    "a lone surrogate in a method": (rb'{"jsonrpc": "2.0", "id": "x", "method": "\ud800"}', "x"),
    "an argument 100,000 deep": (calling("brief", b'{"a": %s, "b": {"id": 3}}' % DEEP), 7),
    "a line 100,000 deep": (DEEP, None),
    "zeros": (b"\0\0\0", None),
    "a number of 10,000 digits": (calling("brief", b'{"a": %s, "b": "Peru"}' % (b"9" * 10_000)), 7),
    "no request": (b'["id"]', None),
    "a string without an end": (rb'{"id": 7, "a": "' + rb"\"" * 100_000, 7),
}
ODD = {
    "invalid UTF-8": calling("brief", b'{"a": "\xff\xfe\xed\xa0\x80", "b": "Peru"}'),
    "a zero in a name": calling("brief", rb'{"a": "\u0000", "b": "Peru"}'),
    "too long a text": calling("read_text", b'{"text": "%s"}' % (b"a " * 200_000)),
}


def test_every_line_is_answered_whatever_stands_in_it(environment: dict[str, str]) -> None:
    with subprocess.Popen(COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        late = Timer(300, server.kill)  # where a line is not answered
        late.start()

        def answer(line: bytes) -> Any:
            server.stdin.write(line + b"\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())

        answer(START[0])
        server.stdin.write(START[1] + b"\n")
        for name, (line, id) in UNREADABLE.items():
            refused = answer(line)
            assert (refused["id"], refused["error"]["code"]) == (id, -32600 if name == "no request" else -32700), name
            assert "send one a line" in refused["error"]["message"]
        for name, line in ODD.items():
            refused = answer(line)
            assert (refused["id"], refused["result"]["isError"]) == (7, True), name
        long = answer(calling("read_text", b'{"text": "%s"}' % (b"a " * 25_000_000)))
        assert long["error"]["code"] == -32700
        assert answer(calling("brief", b'{"a": "Chile", "b": "Peru"}'))["result"]["structuredContent"]
        server.stdin.close()
        assert server.stdout.read() == b""
        late.cancel()
    assert server.returncode == 0


def test_every_request_over_http_is_answered_whatever_stands_in_it(environment: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "--http", "--port", str(port)], env=environment)
    try:
        _await(port, server)
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False, timeout=60) as client:
            begun = client.post("/mcp", content=START[0])
            client.headers["Mcp-Session-Id"] = begun.headers["Mcp-Session-Id"]
            client.post("/mcp", content=START[1])
            for name, (line, _) in UNREADABLE.items():
                answer = client.post("/mcp", content=line)
                assert (answer.status_code, "error" in answer.json()) == (400, True), name
            for name, line in ODD.items():
                assert client.post("/mcp", content=line).status_code == (400 if name == "invalid UTF-8" else 200), name
            assert client.post("/mcp", content=b" " * 50_000_000).status_code == 413
            assert (
                "structuredContent"
                in client.post("/mcp", content=calling("ask", b'{"a": "Chile", "b": "Peru", "relation": "war"}')).text
            )
    finally:
        server.terminate()
        server.wait(timeout=20)


def below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, and what it holds; folders too."""
    return {
        str(place.relative_to(folder)): place.read_bytes() if place.is_file() else b"" for place in folder.rglob("*")
    }


def test_no_tool_writes_anything_but_the_preview_of_a_panel_into_the_cache(
    environment: dict[str, str], mirror: Path, tmp_path: Path
) -> None:
    folders = {name: tmp_path / name for name in ("HOME", "COMITY_HOME", "COMITY_CACHE", "TMPDIR")}
    for folder in folders.values():
        folder.mkdir()
    named = {name: str(folder) for name, folder in folders.items()}
    clear = {name: value for name, value in environment.items() if not name.startswith("XDG_")}
    server = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "--mirror", str(mirror)], env={**clear, **named}
    )
    calls: dict[str, dict[str, Any]] = {
        "brief": PAIR,
        "ask": {**PAIR, "relation": "relations"},
        "timeline": PAIR,
        "read_text": {"text": PAGE},
        "check_text": {"text": PAGE},
        "panel_preview": {"rows": "dyads", "add": ["contiguity", "relations"], "years": [1990, 1991]},
    }
    with connected(stdio_client(server)) as agent:
        assert calls.keys() == {tool.name for tool in agent.portal.call(agent.client.list_tools).tools}
        for tool, arguments in calls.items():
            before = {name: below(folder) for name, folder in folders.items()}
            agent.asks(tool, **arguments)
            after = {name: below(folder) for name, folder in folders.items()}
            changed = {name for name in folders if before[name] != after[name]}
            assert changed == ({"COMITY_CACHE"} if tool == "panel_preview" else set()), tool


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until something listens at a port, as long as its server runs."""
    while server.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("the server ended")


def test_nothing_but_the_protocol_is_on_standard_output(environment: dict[str, str]) -> None:
    about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "brief", "arguments": {"a": "Peruu"}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "brief", "arguments": PAIR}},
    ]
    with subprocess.Popen(COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write("".join(f"{json.dumps(one)}\n" for one in asked))
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(3)]
        server.stdin.close()
        rest = server.stdout.read()
    assert {one["id"] for one in answers} == {1, 2, 3}
    assert all(one["jsonrpc"] == "2.0" and "result" in one for one in answers)
    assert rest == ""
    assert server.returncode == 0
