"""The server answers only who should ask, and answers them whatever others do: on real sockets, of a real process."""

from __future__ import annotations

import json
import os
import re
import resource
import selectors
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from answers import claim
from comity.errors import ComityError
from comity.follow.links import LOCAL
from comity.ledger import Writer, own
from comity.ledger.save import saving
from comity.model import Claim, Document
from comity.reading import read
from comity.reconcile.judging import judged_in
from comity.serve.app import create_app
from comity.serve.gate import HostNames
from web import Served, serving

HEAD_SECONDS, BODY_SECONDS, FILES = 3, 4, 1024
# The server of the command, but with little time and few files, so that both run out while a test looks on.
SERVER = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))
from dataclasses import replace
from comity.serve.app import create_app, prepare
from comity.serve.connections import Limits, descriptors
from comity.serve.listen import listen
limits = replace(Limits.for_files(descriptors()), head={HEAD_SECONDS}, body={BODY_SECONDS})
app = create_app(hosts=["desk.lan"], public=["https://comity.example", "plain.example"])
prepare(app)
listen(app, "127.0.0.1", 0, lambda url, _: print("comity serves", url, "until Ctrl-C", flush=True), limits)
"""
QUICK = 5.0  # seconds: a second is what it must be, and CI is noisy
BRIEF = "/api/v1/pairs/peru/united-states/brief"
STYLE = "/static/style.css"
UPLOAD = "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\n"
REBOUND = "attacker.example"


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("gated"), command=(sys.executable, "-c", SERVER)) as server:
        yield server


@pytest.fixture(scope="module")
def port(gated: Served) -> int:
    return int(gated.url.rpartition(":")[2])


@pytest.fixture(scope="module")
def client(gated: Served) -> Iterator[httpx.Client]:
    with gated.client() as made:
        yield made


def connection(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def exchange(port: int, method: str, path: str, *lines: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    """One request with exactly these lines of a head, and its whole answer."""
    length = [f"Content-Length: {len(body)}"] if body else []
    head = "\r\n".join((f"{method} {path} HTTP/1.1", *lines, *length, "Connection: close", "", ""))
    with connection(port) as client:
        client.sendall(head.encode("latin-1") + body)
        answer = b""
        while more := client.recv(1 << 16):
            answer += more
    head_bytes, _, content = answer.partition(b"\r\n\r\n")
    first, *rest = head_bytes.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
    return int(first.split()[1]), headers, content


HOSTS = {
    "127.0.0.1:{port}": 200,
    "127.0.0.1": 200,
    "localhost:{port}": 200,
    "LOCALHOST": 200,
    "localhost:9000": 200,  # a tunnel's own port
    "[::1]:{port}": 200,
    "desk.lan:{port}": 200,
    "comity.example": 200,
    "comity.example:443": 200,
    "plain.example:81": 200,
    "comity.example:8080": 421,
    "attacker.example:{port}": 421,
    "127.0.0.1.attacker.example:{port}": 421,
    "localhost.attacker.example": 421,
    "attacker.example#127.0.0.1": 421,
    "user@127.0.0.1:{port}": 421,
    "127.0.0.1:{port}, attacker.example": 421,
    "127.0.0.2:{port}": 421,
    "10.0.0.1": 421,
    "2130706433": 421,
    "127.1": 421,
    "::1": 421,
    "[127.0.0.1]": 421,
    "localhost:port": 421,
    "": 421,
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_answered_that_is_a_name_of_the_server_and_no_other(port: int, host: str) -> None:
    status, headers, body = exchange(port, "GET", "/api/v1/polities/peru", f"Host: {host.format(port=port)}")
    assert status == HOSTS[host]
    assert headers["x-content-type-options"] == "nosniff"
    if status == 421:
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(body)["detail"].startswith("This server does not answer to that name.")
        assert not host or host.encode() not in body


@pytest.mark.parametrize("hosts", [(), ("Host: localhost", "Host: localhost"), ("Host: localhost", "Host: a.example")])
def test_a_request_names_one_host(port: int, hosts: Sequence[str]) -> None:
    status, _, body = exchange(port, "GET", "/", *hosts)
    assert (status, body) == (421, b"A request names one Host, once.\n")


def test_dns_rebinding_reads_nothing_and_changes_nothing(port: int) -> None:
    """The site's own name leads to this machine, so that its page and the server have one origin for a browser."""
    origin = f"http://{REBOUND}:{port}"
    host = f"Host: {REBOUND}:{port}"
    for method, path in (("GET", "/"), ("GET", "/sources"), ("GET", BRIEF), ("GET", STYLE), ("POST", "/api/v1/read")):
        status, headers, body = exchange(
            port, method, path, host, f"Origin: {origin}", "Sec-Fetch-Site: same-origin", "Content-Type: text/plain"
        )
        assert status == 421, path
        assert len(body) < 500
        assert REBOUND not in f"{headers} {body!r}"
    assert exchange(port, "GET", "/", host)[1]["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((), 200),  # a program
        (("Origin: http://localhost:{port}",), 200),
        (("Origin: http://localhost:{port}", "Sec-Fetch-Site: same-origin"), 200),
        (("Sec-Fetch-Site: same-origin",), 200),
        (("Sec-Fetch-Site: none",), 200),
        (("Origin: https://comity.example",), 200),  # a proxy that does not pass Host on
        (("Origin: null",), 403),
        (("Origin: http://localhost",), 403),
        (("Origin: http://localhost:3000", "Sec-Fetch-Site: same-site"), 403),
        (("Origin: https://localhost:{port}",), 403),
        (("Origin: http://127.0.0.1:{port}",), 403),
        (("Origin: http://comity.example",), 403),
        (("Origin: http://attacker.example",), 403),
        (("Origin: http://localhost:{port}.attacker.example",), 403),
        (("Origin: http://localhost:{port}", "Origin: http://attacker.example"), 403),
        (("Origin: http://localhost:{port}", "Sec-Fetch-Site: cross-site"), 403),
        (("Sec-Fetch-Site: cross-site",), 403),
        (("Sec-Fetch-Site: same-site",), 403),
        (("Origin: ",), 403),
    ],
)
def test_what_is_sent_comes_from_a_page_of_the_server_or_from_a_program(
    port: int, lines: Sequence[str], status: int
) -> None:
    sent = [line.format(port=port) for line in (f"Host: localhost:{port}", *lines)]
    for method, path in (("POST", "/api/v1/read"), ("POST", "/check"), ("PUT", "/nothing")):
        answer = exchange(port, method, path, *sent, "Content-Type: text/plain", body=b"Peru recognized Chile in 1826.")
        assert (answer[0] == 403) is (status == 403), path
    assert exchange(port, "GET", "/sources", *sent)[0] == 200  # of which a browser shows the other site nothing


def test_the_address_at_which_a_connection_arrived_is_a_name_of_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", "--public-name", "desk.example") as served:
        port = int(served.url.rpartition(":")[2])
        for address in ("127.0.0.1", "127.0.0.2"):
            for host, status in ((address, 200), ("desk.example", 200), ("127.0.0.3", 421), (REBOUND, 421)):
                with socket.create_connection((address, port), timeout=60) as client:
                    client.sendall(f"GET /static/icon.svg HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
                    assert int(client.recv(1 << 16).split()[1]) == status, (address, host)


@pytest.mark.parametrize("name", ["", "a b", "ftp://a.example", "https://a.example/path", "a.example:80", "https://"])
def test_a_public_name_is_a_host_or_an_origin(name: str) -> None:
    with pytest.raises(ComityError, match="is not a public name; give a host"):
        HostNames(public=[name])


def test_links_have_the_scheme_of_the_public_name_and_the_host_that_was_asked(port: int) -> None:
    for host, origin in (("comity.example", "https://comity.example"), (f"localhost:{port}", None)):
        base = origin or f"http://{host}"
        page = exchange(port, "GET", "/pairs/peru/united-states", f"Host: {host}", "X-Forwarded-Proto: ftp")[2]
        assert f'value="{base}/pairs/peru/united-states?as_of='.encode() in page
        feed = exchange(port, "GET", "/feeds/pairs/peru/united-states.json", f"Host: {host}", "X-Forwarded-Host: a.b")[
            2
        ]
        assert json.loads(feed)["feed_url"].startswith(f"{base}/feeds/")


PATHS = (
    "/", "/check", "/sources", "/sources/hsg-rdcr", "/suggest?q=per", "/polities/peru?as_of=1900", STYLE,
    "/claims/718765579f362c73ab7d75820c611d01", "/pairs/peru/united-states?as_of=1838-05", "/nothing",
    "/static/nothing",
    "/feeds/pairs/peru/united-states.atom", "/feeds/topics/strife.json", "/pairs/peru/united-states/brief.md",
    "/pairs/Peru/united-states", "/api/v1/docs", "/api/v1/openapi.json", "/api/v1/nothing", "/api/v1/polities/peruu",
    f"{BRIEF}?as_of=never", "/api/v1/pairs/peru/united-states/timeline", "/api/v1/polities?like=peru",
    "/api/v1/pairs/peru/united-states/ask/recognition", "/api/v1/pairs/peru/united-states/diff?since=2016", BRIEF,
    "/api/v1/polities/peru", "/api/v1/claims?about=peru", "/api/v1/claims/718765579f362c73ab7d75820c611d01",
    "/api/v1/sources", "/api/v1/sources/hsg-rdcr@f3c5354", "/api/v1/vocabulary",
)  # fmt: skip


def test_head_is_answered_as_get_is_without_the_body(port: int, client: httpx.Client) -> None:
    routes = {path for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items() if "get" in methods}
    looked_at = {re.sub(r"\{[^}]*\}", "[^/]+", path) for path in routes}
    assert [path for path in looked_at if not any(re.fullmatch(path, one.partition("?")[0]) for one in PATHS)] == []
    for path in PATHS:
        whole, head = (exchange(port, method, path, "Host: localhost") for method in ("GET", "HEAD"))
        assert head[0] == whole[0], path
        assert head[1] | {"date": ""} == whole[1] | {"date": ""}, path
        assert int(head[1]["content-length"]) == len(whole[2]), path
        assert (head[2], bool(whole[2])) == (b"", whole[0] != 307), path


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/check", "GET, HEAD, POST"),
        ("POST", "/sources", "GET, HEAD"),
        ("GET", "/api/v1/read", "POST"),
        ("HEAD", "/api/v1/read", "POST"),
        ("PUT", BRIEF, "GET, HEAD"),
        ("POST", STYLE, "GET, HEAD"),
        ("OPTIONS", "/feeds/topics/strife.atom", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_allowed_is_refused_with_those_that_are(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_a_head_or_a_body_that_does_not_come_is_cut_however_slowly_it_comes(port: int) -> None:
    with ExitStack() as stack:
        silent, slow, slow_body, kept = (stack.enter_context(connection(port)) for _ in range(4))
        slow_body.sendall(UPLOAD.format(path="/api/v1/read").encode())
        kept.sendall(f"GET /static/icon.svg HTTP/1.1\r\nHost: localhost:{port}\r\n\r\nGET /".encode())
        kept.recv(1 << 16)
        begun, closed = time.monotonic(), {}
        byte = iter(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: {'x' * 500}")
        while len(closed) < 4 and time.monotonic() - begun < 30:
            for name, client in (("silent", silent), ("slow", slow), ("body", slow_body), ("kept", kept)):
                if name in closed:
                    continue
                try:
                    if name in ("slow", "body"):
                        client.send(next(byte).encode())
                    client.settimeout(0.1)
                    ended = client.recv(1) == b""
                except TimeoutError:
                    ended = False
                except OSError:
                    ended = True
                if ended:
                    closed[name] = time.monotonic() - begun
    assert set(closed) == {"silent", "slow", "body", "kept"}
    assert min(closed.values()) > HEAD_SECONDS - 1


def answered(port: int, path: str) -> tuple[int, float]:
    """The status of an answer on a connection of its own, and the seconds that it took."""
    begun = time.monotonic()
    return exchange(port, "GET", path, f"Host: localhost:{port}")[0], time.monotonic() - begun


@pytest.fixture
def many_files() -> Iterator[None]:
    """Leave to open 1,100 connections and more; skips where the system gives none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2000:
        pytest.skip("needs to open 2,000 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
@pytest.mark.parametrize("owed", ["nothing", "half a head", "half a body"])
def test_others_are_answered_whatever_1100_slow_connections_do(gated: Served, port: int, owed: str) -> None:
    begun = {
        "nothing": "",
        "half a head": "GET / HTTP/1.1\r\nHost: local",
        "half a body": "POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nx",
    }
    assert answered(port, f"{BRIEF}?as_of=1901")[0] == 200  # so that all is loaded
    with ExitStack() as stack:
        for _ in range(1100):
            stack.enter_context(connection(port)).send(begun[owed].encode())
        for path, status in (("/nothing", 404), (STYLE, 200), (f"{BRIEF}?as_of=1838-{len(owed):02}", 200)):
            assert answered(port, path)[0] == status
            assert answered(port, path)[1] < QUICK
        open_files = len(os.listdir(f"/proc/{gated.process.pid}/fd")) if sys.platform == "linux" else 0
        assert open_files < FILES
    assert gated.process.poll() is None


def test_others_are_answered_while_200_briefs_are_asked_for_at_once(port: int) -> None:
    assert answered(port, BRIEF)[0] == 200
    years = iter(range(1800, 2000))
    with selectors.DefaultSelector() as waiting, ExitStack() as stack:
        for year in years:
            client = stack.enter_context(connection(port))
            path = f"/api/v1/pairs/united-states/{('chile', 'france', 'japan', 'mexico')[year % 4]}/brief?as_of={year}"
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            waiting.register(client, selectors.EVENT_READ)
        for path, status in (
            ("/nothing", 404), (STYLE, 200), ("/api/v1/docs", 200), ("/api/v1/nothing", 404), ("/check", 200),
            (f"{BRIEF}?as_of=never", 400), ("/pairs/peruu/united-states", 404), ("/polities/nowhere-at-all", 404),
        ):  # fmt: skip
            seen, seconds = answered(port, path)
            print(f"{path}: {seen} in {seconds:.3f} s")
            assert (seen, seconds < QUICK) == (status, True), path
        statuses: list[int] = []
        # Those that are refused are so at once; a few of the briefs are awaited, and the others left to their queue.
        while statuses.count(200) < 8 and (ready := waiting.select(60)):
            for key, _ in ready:
                assert isinstance(key.fileobj, socket.socket)
                answer = key.fileobj.recv(1 << 16)
                statuses.append(int(answer.split()[1]))
                assert (statuses[-1] == 503) is (b"\r\nretry-after: 5\r\n" in answer.lower())
                waiting.unregister(key.fileobj)
    assert {200, 503} == set(statuses)
    assert statuses.count(503) < 100


def test_a_client_that_goes_away_while_it_sends_writes_one_line_to_the_log(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        port = int(served.url.rpartition(":")[2])
        for path in ("/check", "/api/v1/read"):
            with connection(port) as client:
                client.sendall(f"{UPLOAD.format(path=path)}Peru".encode())
                time.sleep(0.3)
            assert answered(port, STYLE)[0] == 200
        served.process.terminate()
        assert served.process.stderr is not None
        log = served.process.stderr.read()
    assert len(log.splitlines()) <= 2
    assert "Traceback" not in log


def documents(folder: Path, *names: str) -> list[Claim]:
    """Claims of documents that were read and saved, as `comity read --save` does."""
    claims: list[Claim] = []
    for name in names:
        text = f"The United States recognized Peru on May 2, {1826 + len(claims)}."
        document = Document(text, path=str(folder / name))
        found = list(read(document))
        with saving(judged_in, "an editor") as ledger:
            ledger.document(document, found)
        claims += found
    return claims


@pytest.mark.usefixtures("home")
def test_nothing_that_is_served_tells_where_documents_and_ledgers_lie(tmp_path: Path) -> None:
    first, *_ = claims = documents(tmp_path / "folder-of-ada", "page.txt", "more/page.txt")
    Writer(own()).append([claim("recognition", "1827", source="x")], source=None, adapter="test", who="an editor")
    with TestClient(create_app(), LOCAL) as client:
        shown = ["/", "/sources", "/pairs/peru/united-states", "/polities/peru", BRIEF, "/api/v1/sources"]
        shown += [f"{place}/{one.id}" for one in claims for place in ("/claims", "/api/v1/claims")]
        shown += [f"/sources/{first.source}", *(f"/feeds/pairs/peru/united-states.{end}" for end in ("atom", "json"))]
        files = ("brief.md", "claims.csv", "claims.jsonld", "timeline.csv")
        shown += [f"/pairs/peru/united-states/{name}" for name in files]
        for path in shown:
            answer = client.get(path)
            assert answer.status_code == 200, path
            for private in (str(tmp_path), "folder-of-ada"):
                assert private not in answer.text, path
        names = {client.get(f"/api/v1/claims/{one.id}").json()["document"] for one in claims}
        assert len(names) == 2
        assert all(name.startswith("page.txt") for name in names)


@pytest.mark.usefixtures("home")
def test_a_ledger_that_fails_is_told_of_without_its_path(caplog: pytest.LogCaptureFixture) -> None:
    log = Path(own()) / "_delta_log"
    log.mkdir(parents=True)
    (log / "00000000000000000000.json").write_text("no ledger", "utf-8")
    with TestClient(create_app(), LOCAL) as client:
        for path in (BRIEF, "/claims/718765579f362c73ab7d75820c611d01", "/sources"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert own() not in answer.text
            assert "server" in answer.text
    assert own() in caplog.text


def test_a_body_that_turns_out_invalid_while_it_is_answered_brings_no_second_answer_and_no_traceback(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as server:
        port = int(server.url.rpartition(":")[2])
        head = f"POST /api/v1/read HTTP/1.1\r\nHost: localhost:{port}\r\nTransfer-Encoding: chunked\r\n"
        for _ in range(20):
            with connection(port) as client:
                client.sendall(f"{head}Connection: close\r\n\r\nzz\r\n<html>x\r\n0\r\n\r\n".encode())
                while client.recv(1 << 16):
                    pass
        server.process.terminate()
        _, log = server.process.communicate(timeout=30)
    assert "Traceback" not in log
