"""Work on a document that is sent ends: by its answer, its time, its memory, its client's or the server's end.

A reader that stalls is registered as other packages' readers are: files and a dist-info in a folder on the path. It is
stuck within a regular expression, so that no thread of its process can do anything about it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client

from agents import connected
from web import COMITY, Served, serving

API = "/api/v1"
PLAIN = {"Content-Type": "text/plain"}
SENTENCE = "The United States recognized Peru on May 2, 1826."
STALLS, BLOATS, DIES = (f"{SENTENCE}\n\nThis {word}." for word in ("stalls", "bloats", "dies"))
READER = r"""
import os, re, signal
from pathlib import Path
from comity.reading.base import Reader

class Stalling(Reader):
    id = "stalling"
    version = "1"

    def read(self, document):
        if "This stalls." in document.text:
            (Path(__file__).parent / f"stuck.{os.getpid()}").touch()
            re.match(r"(a+)+$", "a" * 100 + "b")
        if "This bloats." in document.text:
            many = [bytes(1 << 20) for _ in range(4096)]
        if "This dies." in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return []
"""
ENOUGH = 200  # seconds for what must happen, on a machine however busy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(scope="module", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a package whose reader stalls, on the path of every process that a test starts."""
    folder = tmp_path_factory.mktemp("package")
    about = folder / "stalling-1.dist-info"
    about.mkdir()
    (folder / "stalling.py").write_text(READER)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: stalling\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[comity.readers]\nstalling = stalling:Stalling\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(folder))
        yield folder


@pytest.fixture(scope="module")
def quick(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that gives a document two seconds."""
    with serving(tmp_path_factory.mktemp("home"), "--time-limit", "2") as served:
        yield served


@pytest.fixture(scope="module")
def patient(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that gives a document more time than a test has."""
    with serving(tmp_path_factory.mktemp("home"), "--time-limit", "600") as served:
        yield served


def read(served: Served, text: str = SENTENCE) -> httpx.Response:
    with served.client() as client:
        return client.post(f"{API}/read", content=text, headers=PLAIN, timeout=ENOUGH)


def begin(served: Served, text: str = STALLS) -> socket.socket:
    """A connection on which a document was sent, and no answer is waited for."""
    host, port = served.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)))
    head = f"POST {API}/read HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}"
    connection.sendall(f"{head}\r\n\r\n{text}".encode())
    return connection


def below(pid: int) -> set[int]:
    """The processes that a process started, and those that they started, as far as they run."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = place.read_text().rpartition(") ")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state not in "ZX":
            parents[int(place.parent.name)] = int(parent)
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def stalled(package: Path, many: int = 1) -> set[int]:
    """The processes whose reader is stuck, once there are so many."""
    readers: set[int] = set()

    def stuck() -> bool:
        readers.update(int(file.suffix[1:]) for file in package.glob("stuck.*"))
        readers.intersection_update(filter(runs, set(readers)))
        return len(readers) >= many

    wait(stuck)
    return readers


def wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + ENOUGH
    while not until():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.05)


@pytest.mark.parametrize("address", [f"{API}/read", f"{API}/check", "/check"])
def test_a_document_whose_reader_is_stuck_is_given_up_and_others_are_answered_meanwhile(
    quick: Served, address: str
) -> None:
    with quick.client() as client, ThreadPoolExecutor() as threads:
        sent = {"files": {"text": (None, STALLS)}} if address == "/check" else {"content": STALLS, "headers": PLAIN}
        stuck = threads.submit(client.post, address, timeout=ENOUGH, **sent)
        answered = 0
        while not stuck.done():
            assert client.get(f"{API}/polities/peru").status_code == 200
            answered += 1
            time.sleep(0.05)
        assert answered > 5
    assert stuck.result().status_code == 422
    assert "reading took longer than 2 seconds; send a smaller part" in stuck.result().text
    assert read(quick).status_code == 200


def test_a_document_whose_reading_needs_too_much_memory_is_refused(patient: Served) -> None:
    answer = read(patient, BLOATS)
    assert answer.status_code == 422
    assert answer.json()["type"] == f"{API}/docs#too-much-work"
    assert answer.json()["detail"] == "reading needed too much memory; send a smaller part"
    assert read(patient).status_code == 200


def test_a_reader_that_is_killed_costs_one_answer(patient: Served) -> None:
    assert read(patient, DIES).status_code == 422
    assert read(patient).status_code == 200


def test_a_client_that_goes_away_ends_the_reading_of_its_document(patient: Served, package: Path) -> None:
    connection = begin(patient)
    [reader] = stalled(package)
    connection.close()
    wait(lambda: not runs(reader))
    assert read(patient).status_code == 200


def test_more_documents_than_may_wait_are_refused_at_once(patient: Served, package: Path) -> None:
    connections = [begin(patient) for _ in range(2)]
    readers = stalled(package, 2)
    connections += [begin(patient) for _ in range(4)]
    with patient.client() as client:
        assert client.get(f"{API}/polities/peru").status_code == 200  # so that those four are there
        answers = [client.post("/check", files={"text": (None, SENTENCE)}), read(patient)]
        for answer in answers:
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "try again" in answer.text
        for connection in connections:
            connection.close()
        wait(lambda: not any(map(runs, readers)))
        assert read(patient).status_code == 200


def test_a_reader_does_not_outlive_a_server_that_is_killed(home: Path, package: Path) -> None:
    with serving(home, "--time-limit", "600") as served, begin(served):
        stalled(package)
        processes = below(served.process.pid)
        served.process.kill()
        wait(lambda: not any(map(runs, processes)))


SLOW = """
import sys, time
from fastapi.responses import StreamingResponse
from comity.serve.app import create_app
from comity.serve.listen import listen

def slow():  # in a thread, as a brief is made
    print("slow", flush=True)
    time.sleep(600)

def stream():
    return StreamingResponse(iter(lambda: b"x" * 65536, None))

app = create_app(seconds=600)
for path, endpoint in (("/slow", slow), ("/stream", stream)):
    app.add_api_route(path, endpoint)
listen(app, "127.0.0.1", 0, lambda url, _: print(url, flush=True))
"""


@contextmanager
def slow_server(home: Path) -> Iterator[Served]:
    """A server with an address that takes long, and one that never ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "COMITY_HOME": str(home)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield Served(process.stdout.readline().strip().rstrip("/"), process)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_within_five_seconds_whatever_is_under_way(
    home: Path, package: Path, sign: signal.Signals
) -> None:
    with slow_server(home) as served:
        host, port = served.url.removeprefix("http://").split(":")
        document = begin(served)
        connections = [document, *(socket.create_connection((host, int(port))) for _ in range(4))]
        for connection, path in zip(connections[1:], ("/slow", "/stream", f"{API}/polities/peru"), strict=False):
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert connections[3].recv(12) == b"HTTP/1.1 200"  # and is kept open; the last has sent nothing
        assert connections[2].recv(12) == b"HTTP/1.1 200"  # and no more of it is taken
        assert served.process.stdout is not None
        assert served.process.stdout.readline() == "slow\n"
        stalled(package)
        processes = below(served.process.pid)
        served.process.send_signal(sign)
        begun = time.monotonic()
        served.process.wait(timeout=ENOUGH)
        assert time.monotonic() - begun < 5.5  # half a second to notice it
        wait(lambda: not any(map(runs, processes)))
        for connection in connections:
            connection.close()


def test_a_server_with_nothing_to_do_ends_at_once(home: Path) -> None:
    with serving(home) as served:
        assert read(served).status_code == 200
        processes = below(served.process.pid)
        served.process.send_signal(signal.SIGINT)
        _, errors = served.process.communicate(timeout=ENOUGH)
        assert (served.process.returncode, errors) == (130, "comity: interrupted\n")
        wait(lambda: not any(map(runs, processes)))


# MCP


def test_a_text_whose_reader_is_stuck_is_given_up_and_the_agent_is_answered_meanwhile(home: Path) -> None:
    words = [*COMITY[1:], "mcp", "--time-limit", "2"]
    server = StdioServerParameters(command=COMITY[0], args=words, env={**os.environ})
    with connected(stdio_client(server)) as agent:
        stuck = {tool: agent.begins(tool, text=STALLS) for tool in ("read_text", "check_text")}
        agent.asks("ask", a="Peru", b="United States", relation="relations")
        assert not any(result.done() for result in stuck.values())
        for result in stuck.values():
            done = result.result(timeout=ENOUGH)
            assert done.is_error
            assert done.content[0].text == "reading took longer than 2 seconds; send a smaller part"
        assert agent.asks("read_text", text=SENTENCE)["total"] > 0


START = (
    '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", '
    '"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}',
    '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
)


def call(tool: str, **arguments: object) -> str:
    asked = {"name": tool, "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked})


@pytest.mark.parametrize("ending", ["its input ends", signal.SIGTERM, signal.SIGINT])
def test_an_agent_that_goes_away_takes_the_server_and_its_readers_with_it(
    home: Path, package: Path, ending: str | signal.Signals
) -> None:
    server = subprocess.Popen(
        [*COMITY, "mcp", "--time-limit", "600"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdin
        server.stdin.write("".join(f"{line}\n" for line in (*START, call("read_text", text=STALLS))))
        server.stdin.flush()
        stalled(package)
        processes = below(server.pid)
        if isinstance(ending, signal.Signals):
            server.send_signal(ending)
        else:
            server.stdin.close()
        server.wait(timeout=10)
        wait(lambda: not any(map(runs, processes)))
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_server_of_agents_over_http_ends_within_five_seconds(home: Path, package: Path, sign: signal.Signals) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*COMITY, "mcp", "--http", "--port", str(port), "--time-limit", "600"])
    try:
        wait(lambda: server.poll() is None and socket.socket().connect_ex(("127.0.0.1", port)) == 0)
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False) as client:
            began = client.post("/mcp", content=START[0])
            client.headers["Mcp-Session-Id"] = began.headers["Mcp-Session-Id"]
            client.post("/mcp", content=START[1])
            with (
                client.stream("GET", "/mcp", timeout=ENOUGH),  # as an agent waits for news
                client.stream("POST", "/mcp", content=call("read_text", text=STALLS), timeout=ENOUGH),
            ):
                stalled(package)
                processes = below(server.pid)
                server.send_signal(sign)
                begun = time.monotonic()
                server.wait(timeout=ENOUGH)
                assert time.monotonic() - begun < 5.5
        wait(lambda: not any(map(runs, processes)))
    finally:
        server.kill()
        server.wait()
