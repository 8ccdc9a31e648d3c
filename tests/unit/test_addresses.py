"""Reading a page by its address: what is asked of which server, and all that a server could do to the reader."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from comity.errors import BadDocument
from comity.reading.text import web
from comity.reading.text.hosts import public
from comity.reading.text.web import fetched

PAGE = "The United States recognized Peru on May 2, 1826."
Answer = Callable[["_Handler"], None]


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers each path as the table says."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        ANSWERS[self.path](self)

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self, beginning: bytes) -> None:
        """A byte every tenth of a second, for as long as somebody takes them."""
        self.wfile.write(beginning)
        try:
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return


ANSWERS: dict[str, Answer] = {
    "/page": lambda answer: answer.send(PAGE.encode(), Content_Type="text/plain"),
    "/q?a=%C3%A9%20b": lambda answer: answer.send(PAGE.encode()),
    "/moved": lambda answer: answer.send(b"", 302, Location="/page"),
    "/round": lambda answer: answer.send(b"", 302, Location="/round"),
    "/to-a-file": lambda answer: answer.send(b"", 302, Location="file:///etc/passwd"),
    "/to-metadata": lambda answer: answer.send(b"", 302, Location="http://169.254.169.254/latest/meta-data/"),
    "/to-nowhere": lambda answer: answer.send(b"", 302, Location="http://[::1"),
    "/packed": lambda answer: answer.send(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/bomb": lambda answer: answer.send(gzip.compress(b"a " * (34 << 20)), Content_Encoding="gzip"),
    "/cut": lambda answer: answer.send(gzip.compress(PAGE.encode())[:-9], Content_Encoding="gzip"),
    "/brotli": lambda answer: answer.send(b"x", Content_Encoding="br"),
    "/koi8": lambda answer: answer.send("Перу".encode("koi8-r"), Content_Type="text/plain; charset=koi8-r"),
    "/odd-charset": lambda answer: answer.send(PAGE.encode(), Content_Type="text/plain; charset=\"no such\""),
    "/dripped-page": lambda answer: answer.drip(b"HTTP/1.1 200 OK\r\n\r\n"),
    "/dripped-head": lambda answer: answer.drip(b"HTTP/1.1 200 OK\r\nX-A: "),
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def at(server: http.server.ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "192.0.0.192", "168.63.129.16", "198.18.0.1", "240.0.0.1", "::", "::1",
        "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_known(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_a_public_address_is_known_also_where_another_carries_it(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "localhost", "LOCALHOST.", "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)  # fmt: skip
def test_however_this_machine_is_written_it_is_refused(server: http.server.ThreadingHTTPServer, host: str) -> None:
    with pytest.raises(BadDocument, match=r"no address of the public Internet; write --allow-private-addresses"):
        fetched(f"http://{host}:{server.server_port}/page")
    assert server.asked == []  # type: ignore[attr-defined]


def test_a_name_of_which_one_address_is_private_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [entry("8.8.8.8", 80), entry("10.0.0.7", 80)])
    with pytest.raises(BadDocument, match=r'"both\.example" is 10\.0\.0\.7'):
        fetched("http://both.example/")


def test_a_name_is_resolved_once_and_what_was_judged_is_connected_to(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [[entry("127.0.0.1", server.server_port)]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop())
    url = f"http://rebinding.example:{server.server_port}/page"
    assert fetched(url, private=True).text == PAGE
    assert server.asked == [("/page", f"rebinding.example:{server.server_port}")]  # type: ignore[attr-defined]


def entry(address: str, port: int) -> tuple[Any, ...]:
    return socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/to-a-file", r"only http:// and https:// are"),
        ("/to-nowhere", r"it moves to what is no address of a page"),
        ("/round", r"it moves on more than 10 times"),
        ("/bomb", r"is larger than 64 MiB"),
        ("/cut", r"the answer broke off"),
        ("/brotli", r"the server packs it as br\. Save the page"),
    ],
)
def test_an_answer_that_can_not_be_taken_is_one_sentence(
    server: http.server.ThreadingHTTPServer, path: str, says: str
) -> None:
    with pytest.raises(BadDocument, match=says):
        fetched(at(server, path), private=True)


def test_a_redirect_is_judged_like_the_first_address(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, first = socket.getaddrinfo, [[entry("127.0.0.1", server.server_port)]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **more: first.pop() if first else resolve(*words, **more))
    monkeypatch.setattr("comity.reading.text.hosts.public", lambda address: address == "127.0.0.1" or public(address))
    with pytest.raises(BadDocument, match=r'"169\.254\.169\.254" is 169\.254\.169\.254, which is no address'):
        fetched(at(server, "/to-metadata"))


@pytest.mark.parametrize("path", ["/page", "/moved", "/packed", "/q?a=é b", "/odd-charset"])
def test_a_page_is_read_however_it_is_sent(server: http.server.ThreadingHTTPServer, path: str) -> None:
    document = fetched(at(server, path).replace("http:", "HTTP:"), private=True)
    assert (document.text, document.path) == (PAGE, at(server, path).replace("http:", "HTTP:"))


def test_the_charset_that_a_server_declares_is_taken(server: http.server.ThreadingHTTPServer) -> None:
    document = fetched(at(server, "/koi8"), private=True)
    assert (document.text, document.caution) == ("Перу", "")


@pytest.mark.parametrize("path", ["/dripped-page", "/dripped-head"])
def test_a_server_that_drips_is_cut_off(
    server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(web, "LIMIT", 1.0)
    began = time.monotonic()
    with pytest.raises(BadDocument, match=r"the answer took more than 1 seconds"):
        fetched(at(server, path), private=True)
    assert time.monotonic() - began < 20


def test_a_server_that_takes_no_handshake_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LIMIT", 1.0)
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(BadDocument, match=r"the answer took more than 1 seconds"):
        fetched(f"https://127.0.0.1:{silent.getsockname()[1]}/", private=True)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://[::1", r"it is no address of a page"),
        ("http://", r"no host given"),
        ("http://127.0.0.1:99999/", r"it is no address of a page"),
        ("http://ex..ample/", r"it is no address of a page"),
        (f"http://{'x' * 300}.example/", r"it is no address of a page"),
        ("ftp://example.org/", r"only http:// and https:// are"),
        ("FILE:///etc/passwd", r"only http:// and https:// are"),
        ("http://example.org@127.0.0.1/", r"holds a user or password"),
        ("http://user:secret@127.0.0.1/", r"holds a user or password"),
        ("http://a\0b/", r"no host given|no address of a page"),
    ],
)
def test_what_is_no_address_of_a_page_is_one_sentence(url: str, says: str) -> None:
    with pytest.raises(BadDocument, match=says) as raised:
        fetched(url, private=True)
    assert "secret" not in str(raised.value)
