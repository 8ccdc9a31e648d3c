"""Fetching a pinned archive from a real server that breaks off, changes its mind, fails and lies."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from comity.errors import HashMismatch, MissingFile, SourceError
from comity.model import Source
from comity.sources import archive
from comity.sources.archive import download
from comity.sources.fetch import cache, fetch, fetch_all, locate
from comity.sources.manifest import Manifest, manifest, members
from comity.sources.registry import adapter, chosen

SOURCE = Source(
    "made-up", "Made up", "nobody", "CC0-1.0", "Owner/made-up", "abc1234" + "0" * 33, "2026-01-02", ("data/*.xml",)
)
# Long enough, and random enough to a compressor, that half of its archive is not the whole of any file.
FILES = {
    f"data/{name}.xml": b"".join(hashlib.sha256(b"%s %d" % (name.encode(), n)).digest() for n in range(4000))
    for name in ("first", "second")
}
EXPECTED: Manifest = {file: hashlib.sha256(content).hexdigest() for file, content in FILES.items()}


def packed(files: dict[str, bytes], extra: tuple[tarfile.TarInfo, ...] = (), level: int = 6) -> bytes:
    """A commit's archive as the host makes it: everything under one folder, and a file that nobody asked for."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as out:
        for name, content in {"README.md": b"hello", **files}.items():
            member = tarfile.TarInfo(f"made-up-abc1234/{name}")
            member.size = len(content)
            out.addfile(member, io.BytesIO(content))
        for member in extra:
            out.addfile(member, io.BytesIO(b"x" * member.size))
    return gzip.compress(plain.getvalue(), level, mtime=0)


@dataclass
class Host:
    """What the server serves, the faults that it has still to show, and what it was asked."""

    content: bytes
    etag: str | None = '"one"'
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host: Host

    def do_GET(self) -> None:
        host = self.host
        wanted, unchanged = self.headers["Range"], self.headers["If-Range"]
        host.asked.append((self.path, wanted, unchanged))
        fault = host.faults.pop(0) if host.faults else ""
        if fault.isdigit():
            self.send_error(int(fault))
            return
        if fault == "mute":
            self.close_connection = True
            return
        if fault == "changed":
            host.content, host.etag = packed(FILES, level=1), '"two"'
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and unchanged in (None, host.etag) else 0
        if begin >= len(host.content):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        if host.etag:
            self.send_header("ETag", host.etag)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(host.content) - 1}/{len(host.content)}")
        if fault != "lengthless":
            self.send_header("Content-Length", str(len(host.content) - begin))
        self.end_headers()
        body = host.content[begin:]
        self.wfile.write(body[: len(body) // 2] if fault == "break" else body)
        self.close_connection = fault in ("break", "lengthless")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests look at what was asked."""


@pytest.fixture
def host(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A server of the made-up archive, that takes the place of the public host."""
    serving = Host(packed(FILES))
    handler = type("Handling", (Handler,), {"host": serving})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        serving.url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("COMITY_ARCHIVES", serving.url)
        monkeypatch.delenv("COMITY_MIRROR", raising=False)
        monkeypatch.setattr(archive.time, "sleep", lambda seconds: None)
        try:
            yield serving
        finally:
            server.shutdown()
            thread.join()


def held(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_download_brings_the_files_of_the_manifest_and_no_others(host: Host, home: Path) -> None:
    folder = fetch(SOURCE, expected=EXPECTED)
    assert folder == cache(SOURCE) == home / "sources" / "made-up@abc1234"
    assert held(folder) == FILES
    assert host.asked == [(f"/Owner/made-up/archive/{SOURCE.commit}.tar.gz", None, None)]
    assert [file.name for file in folder.parent.iterdir()] == [folder.name]


def test_what_is_fetched_is_not_fetched_again(host: Host) -> None:
    first = locate(SOURCE, expected=EXPECTED)
    assert locate(SOURCE, expected=EXPECTED) == first
    assert len(host.asked) == 1


def test_what_is_fetched_into_another_folder_is_not_in_the_home(host: Host, home: Path, tmp_path: Path) -> None:
    folder = locate(SOURCE, expected=EXPECTED, into=tmp_path / "cache")
    assert folder == tmp_path / "cache" / "sources" / "made-up@abc1234"
    assert held(folder) == FILES
    assert not home.exists()
    assert locate(SOURCE, expected=EXPECTED, into=tmp_path / "cache") == folder
    assert len(host.asked) == 1


def test_a_spoilt_cache_is_fetched_anew(host: Host) -> None:
    folder = locate(SOURCE, expected=EXPECTED)
    (folder / "data/first.xml").write_bytes(b"spoilt")
    (folder / "data/left-over.xml").write_bytes(b"left over")
    assert held(locate(SOURCE, expected=EXPECTED)) == FILES
    assert len(host.asked) == 2


def test_a_broken_connection_is_resumed_where_it_broke(host: Host) -> None:
    host.faults = ["break", "break"]
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    size = len(host.content)
    there = size // 2
    more = there + (size - there) // 2
    assert [(wanted, unchanged) for _, wanted, unchanged in host.asked] == [
        (None, None), (f"bytes={there}-", '"one"'), (f"bytes={more}-", '"one"'),
    ]  # fmt: skip


def test_a_connection_that_says_nothing_is_tried_again(host: Host) -> None:
    host.faults = ["mute"]
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES


def test_an_archive_that_changed_meanwhile_is_taken_whole(host: Host) -> None:
    host.faults = ["break", "changed"]
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert [unchanged for _, _, unchanged in host.asked] == [None, '"one"']
    assert host.etag == '"two"'


def test_a_weak_tag_is_no_ground_to_join_two_halves(host: Host) -> None:
    host.etag, host.faults = 'W/"one"', ["break"]
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert [(wanted, unchanged) for _, wanted, unchanged in host.asked] == [(None, None), (None, None)]


def test_a_download_goes_on_where_an_earlier_one_was_killed(host: Host, tmp_path: Path) -> None:
    host.faults = ["break", "404"]
    with pytest.raises(SourceError, match="404"):
        fetch(SOURCE, expected=EXPECTED)
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert host.asked[-1][1] == f"bytes={len(host.content) // 2}-"


def test_an_archive_that_was_whole_when_it_was_killed_is_still_used(host: Host) -> None:
    cache(SOURCE).parent.mkdir(parents=True)
    part = cache(SOURCE).with_name(f"{cache(SOURCE).name}.tar.gz.part")
    part.write_bytes(host.content)
    part.with_name(f"{part.name}.etag").write_text('"one"')
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert not part.exists()


def test_an_error_of_the_server_is_tried_again(host: Host) -> None:
    host.faults = ["500", "503", "429"]
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert len(host.asked) == 4


def test_a_server_that_keeps_failing_is_given_up_with_a_clear_sentence(host: Host) -> None:
    host.faults = ["502"] * 20
    with pytest.raises(SourceError, match=r"answers 502 .*try again later") as failed:
        fetch(SOURCE, expected=EXPECTED)
    assert len(host.asked) == archive.ATTEMPTS
    assert "\n" not in str(failed.value)
    assert failed.value.hint == "comity sources fetch made-up [--mirror DIR]"
    assert not cache(SOURCE).exists()


def test_a_missing_archive_is_said_at_once(host: Host) -> None:
    host.faults = ["404"]
    with pytest.raises(SourceError, match="404 Not Found"):
        fetch(SOURCE, expected=EXPECTED)
    assert len(host.asked) == 1


def test_no_server_is_a_clear_sentence(home: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"can't be downloaded from http://127\.0\.0\.1:9/x: .*refused"):
        download(SOURCE, "http://127.0.0.1:9/x", tmp_path / "part", pause=0)


def test_a_file_that_is_not_the_pinned_one_never_reaches_the_cache(host: Host) -> None:
    with pytest.raises(HashMismatch, match=r"data/second\.xml"):
        fetch(SOURCE, expected={**EXPECTED, "data/second.xml": "0" * 64})
    assert not cache(SOURCE).exists()
    assert list(cache(SOURCE).parent.iterdir()) == []


def test_a_bad_download_leaves_the_cache_as_it_was(host: Host) -> None:
    folder = fetch(SOURCE, expected=EXPECTED)
    host.content = packed({**FILES, "data/first.xml": b"another"})
    with pytest.raises(HashMismatch, match=r"data/first\.xml"):
        fetch(SOURCE, expected=EXPECTED)
    assert held(folder) == FILES


def test_an_archive_that_lacks_a_file_is_refused(host: Host) -> None:
    host.content = packed({"data/first.xml": FILES["data/first.xml"]})
    with pytest.raises(MissingFile, match=r"lacks data/second\.xml"):
        fetch(SOURCE, expected=EXPECTED)
    assert not cache(SOURCE).exists()


@pytest.mark.parametrize("content", [b"<html>sign in</html>", b"", packed(FILES)[:-2000]], ids=["html", "empty", "cut"])
def test_what_is_no_whole_archive_is_refused(host: Host, content: bytes) -> None:
    host.content, host.faults = content or b"\n", ["lengthless"]
    with pytest.raises(SourceError, match=r"no whole \.tar\.gz archive"):
        fetch(SOURCE, expected=EXPECTED)
    assert not cache(SOURCE).exists()


@pytest.mark.parametrize(
    "name", ["made-up-abc1234/../../evil.xml", "/tmp/evil.xml", "x/../../../evil.xml", "x//evil.xml"]
)
def test_a_member_that_the_manifest_does_not_name_is_never_written(host: Host, home: Path, name: str) -> None:
    evil = tarfile.TarInfo(name)
    evil.size = 4
    link = tarfile.TarInfo("made-up-abc1234/data/link.xml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    host.content = packed(FILES, (evil, link))
    assert held(fetch(SOURCE, expected=EXPECTED)) == FILES
    assert not list(home.parent.rglob("evil.xml"))
    assert not any(file.is_symlink() for file in home.rglob("*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_a_link_under_the_name_of_a_file_is_not_followed(host: Host, kind: bytes) -> None:
    link = tarfile.TarInfo("made-up-abc1234/data/second.xml")
    link.type, link.linkname = kind, "made-up-abc1234/data/first.xml"
    host.content = packed({"data/first.xml": FILES["data/first.xml"]}, (link,))
    with pytest.raises(MissingFile, match=r"lacks data/second\.xml"):
        fetch(SOURCE, expected=EXPECTED)


def test_progress_is_told_to_the_end(host: Host) -> None:
    told: list[tuple[int, int | None]] = []
    host.faults = ["break"]
    fetch(SOURCE, expected=EXPECTED, progress=lambda there, all: told.append((there, all)))
    size = len(host.content)
    assert [there for there, _ in told] == sorted(there for there, _ in told)
    assert {all for _, all in told} == {size}
    assert told[-1] == (size, size)


def test_progress_of_an_unknown_length_says_so(host: Host) -> None:
    told: list[tuple[int, int | None]] = []
    host.faults = ["lengthless"]
    fetch(SOURCE, expected=EXPECTED, progress=lambda there, all: told.append((there, all)))
    assert told[-1] == (len(host.content), None)


def test_a_host_that_is_given_goes_before_the_environment(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_ARCHIVES", "http://127.0.0.1:9")
    assert held(fetch(SOURCE, expected=EXPECTED, host=f"{host.url}/")) == FILES


def test_sources_of_one_commit_share_one_download(host: Host, mirror: Path) -> None:
    found = [made.source for made in chosen(["cow-wars", "gw-states", "td-rivalries"])]
    folder = mirror / "peacesciencer"
    files = [file for source in found for file in source.files if (folder / file).is_file()]
    host.content = packed({file: (folder / file).read_bytes() for file in files})
    brought = fetch_all([source for source in found if source.place == "peacesciencer"])
    assert {source.id: sorted(held(at)) for source, at in brought} == {
        "cow-wars": ["data/cow_war_inter.rda"],
        "td-rivalries": ["data/td_rivalries.rda"],
    }
    assert len(host.asked) == 1
    assert not [file for file in cache(found[0]).parent.iterdir() if file.name.endswith(".part")]


def test_a_real_source_is_fetched_verified_and_read(host: Host, mirror: Path) -> None:
    made = adapter("hsg-visits")
    folder = mirror / made.source.id
    host.content = packed({file: (folder / file).read_bytes() for file in members(made.source, folder)})
    fetched = locate(made.source)
    assert sorted(held(fetched)) == list(manifest(made.source))
    assert sum(1 for _ in made.records(fetched)) == sum(1 for _ in made.records(folder))
