"""What a user gets wrong ends in one sentence on standard error and exit code 2: no traceback, nothing half-written."""

from __future__ import annotations

import http.server
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import cli

COMITY = str(Path(sys.executable).with_name("comity"))
PAGE = (
    "The United States recognized Peru on May 2, 1826. Peru and the United States signed a treaty in 2006, which will "
    "come into force in January 2009.\n"
)
LOAD = import_module("comity.reading.text.load")
LIMITED = """
from importlib import import_module
import_module("comity.reading.text.load").LARGEST = 1 << 20
from comity.cli import main
main()
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs the files of Linux's kernel")


@dataclass(frozen=True)
class Ended:
    """How a command ended, run in this process."""

    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands run, with a page, and a home that is not there yet."""
    (tmp_path / "page.txt").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COMITY_ARCHIVES", "http://127.0.0.1:9")
    monkeypatch.delenv("COMITY_MIRROR", raising=False)
    return tmp_path


def ended(*words: str) -> Ended:
    """What `comity` with these words prints, and its exit code; an error that it lets through is a failure."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors=how) for how in ("strict", "backslashreplace"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["comity", *words])
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as raised:
            cli.main()
    printed = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        printed.append(stream.buffer.getvalue().decode())
    assert isinstance(raised.value.code, int)
    return Ended(raised.value.code, *printed)


def refused(end: Ended | subprocess.CompletedProcess[str], says: str = "") -> None:
    code, out, err = (
        (end.code, end.out, end.err) if isinstance(end, Ended) else (end.returncode, end.stdout, end.stderr)
    )
    assert (code, out) == (2, ""), err
    assert re.fullmatch("comity: [^\n]+\n(  [^\n]+\n)?", err), err  # a sentence, and a command that helps
    assert "Traceback" not in err
    assert len(err) < 3000
    assert re.search(says, err), err


def run(here: Path, *words: str | bytes, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMITY, *words], cwd=here, env={**os.environ, **more}, stdin=subprocess.DEVNULL, text=True,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip


LONG, DIGITS = "x" * 100_000, "9" * 5_000
MISTAKES: list[tuple[list[str], str]] = [
    (["brief", LONG, "Peru"], r"a name has at most 200 characters"),
    (["brief", "", "Peru"], r"no polity"),
    (["brief", "\ud800", "Peru"], r"no polity"),
    (["brief", "\x1b[31m\n", "Peru"], r"no polity"),
    (["brief", "Peru", "Chile", "--as-of", DIGITS], r"--as-of: .* is not a date"),
    (["brief", "Peru", "Chile", "--as-of", "Y1000000000"], r"--as-of: "),
    (["brief", "Peru", "Chile", "--as-of", "10000000000-01-01"], r"--as-of: "),
    (["brief", "Peru", "Chile", "--as-of", ""], r"--as-of: "),
    (["brief", "Peru", "Chile", "--ledger-version", "9" * 20], r"9{20} is not in the range"),
    (["brief", "Peru", "Chile", "--ledger-version", "9223372036854775807"], r"there is no ledger at"),
    (["brief", "Peru", "Chile", "-o", "~nouser/brief.md"], r"can't be written: No such file"),
    (["brief", "Peru", "Chile", "--format", "html", "-o", ""], r"an output file needs a name"),
    (["ledger", "export", "-o", "."], r"\. should end in \.csv"),
    (["brief", "Peru", "Chile", "-o", "brief.docx"], r"should end in"),
    (["brief", "Peru", "Chile", "-o", "."], r"is a directory|should end in"),
    (["brief", "Peru", "Chile", "-o", f"{LONG}.md"], r"can't be (written|used): File name too long"),
    (["brief", "Peru", "Chile", "--mirror", "~nouser"], r"there is no mirror"),
    (["brief", "Peru", "Chile", "--mirror", LONG], r"File name too long"),
    (["ask", "Peru", "Chile", LONG], r"is not a relation"),
    (["timeline", "Peru", "Chile", "--from", "1e999"], r"--from: "),
    (["export", "Peru", "Chile", "-o", "x.csv", "--of", "\ud800"], r"nothing is exported of"),
    (["diff"], r"give --since"),
    (["diff", "--since", DIGITS], r"--since: "),
    (["polities", "--limit", DIGITS], r"--limit"),
    (["link", ""], r"TEXT is empty"),
    (["read", "http://[::1"], r"it is no address of a page"),
    (["read", "HTTP://127.0.0.1/"], r"no address of the public Internet"),
    (["read", "gopher://example.org/"], r"only http:// and https:// are"),
    (["read", "~nouser/page.txt"], r"there is no file"),
    (["read", LONG], r"File name too long"),
    (["read", "page.txt/x"], r"there is no file|Not a directory"),
    (["read", "page.txt", "--jobs", "1" * 20], r"--jobs"),
    (["check", "nothere.txt"], r"there is no file"),
    (["check", "page.txt", "--ignore", LONG], r"is not a rule"),
    (["judge", LONG], r"write comity judge"),
    (["judge", "a", "b", "same"], r""),
    (["judge", "retract", "\ud800"], r""),
    (["digest", "Peru", "Chile", "--since", "2000", "--to", "a@b.example", "--smtp", "http://[::1"], r"the server's"),
    (["watch", "--once", "--config", "~nouser/x.toml"], r"there is no ~nouser/x\.toml"),
    (["watch", "--once", "--config", LONG], r"File name too long"),
    (["watch", "--every", DIGITS], r"--every"),
    (["sources", "list", LONG], r"no source is called"),
    (["sources", "add", "--mirror", LONG], r"File name too long"),
    (["sources", "fetch", "hsg-pocom", "--mirror", "~nouser"], r"the mirror ~nouser has no folder"),
    (["ledger", "export", "-o", "~nouser/claims.csv"], r"can't be written"),
    (["panel", "variables", LONG], r"no variable"),
    (["panel", "states", "--years", DIGITS], r"give two years"),
    (["panel", "states", "--add", LONG], r""),
    (["serve", "--host", LONG, "--port", "0"], r""),
    (["serve", "--port", "9" * 20], r"--port"),
    (["mcp", "--http", "--port", "9" * 20], r"--port"),
    (["build-embedded", "--mirror", LONG, "--target", "made"], r"File name too long"),
    ([LONG], r"No such command"),
    ([f"--{LONG}"], r"No such option"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says"), MISTAKES, ids=[f"{n}-{words[0][:9]}" for n, (words, _) in enumerate(MISTAKES)]
)
def test_a_mistake_is_one_sentence_and_writes_nothing(here: Path, words: list[str], says: str) -> None:
    refused(ended(*words), says)
    assert {file.name for file in here.iterdir()} == {"page.txt"}


ODD = st.one_of(
    st.text(st.characters(blacklist_characters="\0"), max_size=40),
    st.sampled_from(["-1", "1826-13", "Y-1e9", "..", "/", "*", "%s", "{0}", "'", ";", "NaN", "--", "-", "1826/.."]),
    st.integers().map(str),
    st.dates().map(str),
)
FORMS: list[Callable[[str], list[str]]] = [
    lambda odd: ["brief", odd, "Peru"],
    lambda odd: ["brief", "Peru", "Chile", f"--as-of={odd}"],
    lambda odd: ["ask", "Peru", "Chile", odd],
    lambda odd: ["ask", "Peru", odd, "war", f"--known-by={odd}"],
    lambda odd: ["timeline", "Peru", "Chile", f"--from={odd}", f"--to={odd}"],
    lambda odd: ["link", odd],
    lambda odd: ["polities", f"--like={odd}"],
    lambda odd: ["judge", "list", odd, "Peru"],
    lambda odd: ["sources", "cite", odd],
    lambda odd: ["panel", "variables", odd],
    lambda odd: ["panel", "states", f"--years={odd}"],
    lambda odd: ["read", f"http://{odd}/"],
    lambda odd: [odd],
]


@settings(max_examples=int(os.environ.get("COMITY_EXAMPLES", "60")), deadline=None, database=None)
@given(form=st.sampled_from(FORMS), odd=ODD)
def test_whatever_the_argument_there_is_an_answer_or_one_sentence(
    form: Callable[[str], list[str]], odd: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COMITY_HOME", str(tmp_path_factory.getbasetemp() / "no-home"))
        patched.setattr("socket.getaddrinfo", _nobody)
        end = ended(*form(odd))
    assert end.code in (0, 2)
    if end.code == 2 and "Usage:" not in end.err:
        refused(end)


def _nobody(*_: object, **__: object) -> None:
    raise OSError("no names are looked up in tests")


# Files


@pytest.mark.parametrize("command", ["read", "check"])
def test_one_bad_file_of_many_does_not_keep_the_others(here: Path, command: str) -> None:
    folder = here / "folder"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(PAGE)
    (folder / "3.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "5.pdf").write_bytes(b"%PDF-1.7 x")
    end = ended(command, "folder", "nothere.txt", "page.txt", "--format", "jsonl")
    assert end.code == 2
    names = {Path(name).name for name in re.findall(r'"document": ?"([^"]+)"', end.out)}
    assert names == {"0.txt", "1.txt", "2.txt", "4.txt", "5.txt", "6.txt", "page.txt"}
    assert re.fullmatch(
        'comity: "folder/3.txt" is binary.+\ncomity: "folder/5.pdf" is a broken PDF: .+\n'
        'comity: there is no file "nothere.txt"\ncomity: 3 of 10 documents could not be read; .+\n', end.err
    )  # fmt: skip


def test_what_could_be_read_is_kept_beside_what_could_not(here: Path) -> None:
    end = ended("read", "nothere.txt", "page.txt", "--save")
    assert end.code == 2
    assert "page.txt: 3 claims saved" in end.err
    assert "1 of 2 documents could not be read" in end.err


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pdf_jbig2_contents.pdf", r"is a PDF of a kind that can't be read \(jbig2dec"),
        ("pdf_nonstandard_encryption.pdf", r"is a PDF of a kind that can't be read \(only Standard PDF encryption"),
        ("pdf_unknown_filter.pdf", r"is a PDF of a kind that can't be read \(Unsupported filter /FooDecode"),
        ("pdf_text_amplification.pdf", r"is a PDF that draws out of proportion to its size"),
    ],
)
def test_a_pdf_that_can_not_be_read_is_one_sentence(
    here: Path, shared: Path, command: str, name: str, says: str
) -> None:
    refused(ended(command, str(shared / "reference" / "faults" / "hostile" / name)), says)


@LINUX
def test_a_device_without_end_is_not_read_for_ever(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LOAD, "LARGEST", 1 << 20)
    refused(ended("read", "/dev/zero"), r'"/dev/zero" is larger than 1 MiB')
    with open("/dev/zero", "rb") as zeros:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED,
             "read", "-"], cwd=here, stdin=zeros, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    refused(done, r"standard input is larger than 1 MiB")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_pipe_is_read_when_somebody_writes_and_not_waited_for_when_nobody_does(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(here / "pipe")
    with subprocess.Popen(["bash", "-c", "sleep 0.2; cat page.txt > pipe"], cwd=here):
        assert ended("read", "pipe").code == 0
    monkeypatch.setattr(LOAD, "_PIPE", 100)
    refused(ended("read", "pipe"), r'"pipe" can\'t be read: it is a pipe into which nobody writes')
    done = subprocess.run(
        ["bash", "-c", f"{COMITY} read <(sleep 0.2; cat page.txt)"], cwd=here, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0


def test_links_that_lead_round_end(here: Path) -> None:
    folder = here / "folder"
    folder.mkdir()
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "page.txt").write_text(PAGE)
    end = ended("read", "folder", "--format", "jsonl")
    assert (end.code, end.err) == (0, "")
    refused(ended("read", "folder/itself.txt"), r"can't be read: Too many levels of symbolic links")


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="file names are Unicode there")
def test_a_file_whose_name_is_no_text_is_read_and_kept(here: Path) -> None:
    shutil.copy("page.txt", b"\xff\n.txt")
    for words in (["--format", "jsonl"], ["--save"], ["--explain"]):
        done = run(here, "read", b"\xff\n.txt", *words)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert run(here, "check", b"\xff\n.txt").returncode == 1


@LINUX
def test_what_may_not_be_read_or_written_is_one_sentence(here: Path) -> None:
    """Root may read everything, unless it gives that up."""
    folder = here / "folder"
    (folder / "closed").mkdir(parents=True)
    shutil.copy("page.txt", folder / "page.txt")
    shutil.copy("page.txt", "secret.txt")
    bounded = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if bounded and shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, where the tests are run by root")

    def may_not(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*bounded, COMITY, *words], cwd=here, capture_output=True, text=True, timeout=120, check=False
        )

    (here / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    here.chmod(0o500)
    try:
        refused(may_not("read", "secret.txt"), r'"secret\.txt" can\'t be read: Permission denied')
        done = may_not("read", "folder", "--format", "jsonl")
        assert (done.returncode, done.stdout.count('"document"')) == (2, 3)
        assert '"folder/closed" can\'t be read: Permission denied' in done.stderr
        refused(may_not("export", "Peru", "Chile", "-o", "x.csv"), r"x\.csv can't be written: Permission denied")
    finally:
        here.chmod(0o700)
        (folder / "closed").chmod(0o700)


class _Much(http.server.BaseHTTPRequestHandler):
    """Answers whatever is asked with more than a small disk takes."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(bytes(1 << 20))


@LINUX
def test_a_full_disk_and_one_that_is_not_to_be_written_are_told_apart(here: Path) -> None:
    """A small disk of memory, filled; and the same, closed to writing: in a room of our own, if the system has one."""
    script = """
        mount -t tmpfs -o size=64k none disk && cd disk || exit
        head -c 1M /dev/zero > filler 2> /dev/null
        "$0" export Peru USA -o claims.csv; "$0" brief Peru USA -o brief.html; "$0" sources fetch hsg-pocom
        mount -o remount,ro disk . ; "$0" export Peru USA -o claims.csv; "$0" sources fetch hsg-pocom
        find . -type f
    """
    (here / "disk").mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Much)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    more = {"COMITY_HOME": str(here / "disk" / "home"), "COMITY_ARCHIVES": f"http://127.0.0.1:{server.server_port}"}
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", script, COMITY], cwd=here,
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, **more},
    )  # fmt: skip
    server.shutdown()
    server.server_close()
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"needs mounts of its own: {done.stderr.splitlines()[0]}")
    lines = done.stderr.splitlines()
    assert all(line.startswith("comity: ") for line in lines), lines
    assert ["No space left on device" in line for line in lines] == [True, True, True, False, False], lines
    assert ["Read-only file system" in line for line in lines] == [False, False, False, True, True], lines
    assert sorted(Path(name).suffix for name in done.stdout.split()) == ["", ".part"]  # the download is gone on with


# Streams and settings


def test_closed_streams_bring_no_traceback(here: Path) -> None:
    def closed(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line, COMITY], cwd=here, capture_output=True, text=True, timeout=60, check=False
        )

    refused(closed('"$0" read - <&-'), r"standard input can't be read: it is closed")
    refused(closed('"$0" polities >&-'), r"the answer can't be written: Bad file descriptor")
    done = closed('"$0" nosuch 2>&-')
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")
    done = closed('"$0" read page.txt --save 2>/dev/full >/dev/null')
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for line in (
        '"$0" read page.txt nothere.txt | true',
        '"$0" read page.txt nothere.txt | head -1',
        '"$0" polities | head -1',
    ):
        assert "Traceback" not in closed(line).stderr
        assert "Exception ignored" not in closed(line).stderr


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_a_locale_without_the_letters_of_an_answer_is_one_sentence(here: Path, locale: dict[str, str]) -> None:
    (here / "é.txt").write_text("Perú: " + PAGE)
    for words in (
        ["read", "é.txt"],
        ["brief", "Peru", "United States"],
        ["brief", "Perú", "Françe"],
        ["check", "é.txt"],
    ):
        done = run(here, *words, **locale)
        assert done.returncode in (0, 1, 2)
        assert "Traceback" not in done.stderr
        if done.returncode == 2:
            assert re.fullmatch("comity: [^\n]+\n(  [^\n]+\n)?", done.stderr)


@pytest.mark.parametrize("file", ["pyproject.toml", "comity.toml"])
@pytest.mark.parametrize(
    "content",
    [
        b"\xff", b"[", b"a = 1\na = 2", b"check = 3\n[tool]\ncomity = {check = 3}", b"a = " + b"[" * 5000,
        b"[check]\nignore = 3\n[tool.comity.check]\nignore = 3",
        b"[check]\nignore = [1]\n[tool.comity.check]\nignore = [[]]",
    ],
)  # fmt: skip
def test_settings_that_can_not_be_read_are_one_sentence(here: Path, file: str, content: bytes) -> None:
    (here / file).write_bytes(content)
    refused(ended("check", "page.txt"), re.escape(file))


def test_a_home_of_no_user_and_a_mirror_of_none_are_one_sentence(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_MIRROR", "~nouser")
    refused(ended("sources", "add", "hsg-pocom"), r"the mirror ~nouser has no folder")
    monkeypatch.setenv("COMITY_MIRROR", LONG)
    refused(ended("sources", "add", "hsg-pocom"), r"File name too long")
    monkeypatch.setenv("COMITY_HOME", "~nouser")
    for words in (["brief", "Peru", "Chile"], ["ledger", "log"], ["watch", "--once"], ["read", "page.txt", "--save"]):
        refused(ended(*words), r"COMITY_HOME: ~nouser names no user's home")


# Workers


def _workers(parent: int) -> list[int]:
    lines = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if int(line.split()[1]) == parent]


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


@pytest.fixture
def reading(here: Path) -> subprocess.Popen[str]:
    """A command that reads with two processes, which are there."""
    (here / "long.txt").write_text(PAGE * 20_000)
    process = subprocess.Popen(
        [COMITY, "read", "long.txt", "--jobs", "2"],
        cwd=here,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    _until(lambda: len(_workers(process.pid)) >= 2)
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_the_processes_that_read_end_with_the_one_that_is_killed(reading: subprocess.Popen[str]) -> None:
    workers = _workers(reading.pid)
    reading.kill()
    reading.communicate(timeout=60)
    _until(lambda: not any(_lives(worker) for worker in workers))


def _lives(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return subprocess.run(["ps", "-o", "stat=", str(process)], capture_output=True, text=True, check=False).stdout[
            :1
        ] not in ("", "Z")
    return False


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_a_process_that_is_killed_while_it_reads_is_one_sentence(reading: subprocess.Popen[str]) -> None:
    os.kill(_workers(reading.pid)[0], signal.SIGKILL)
    _, err = reading.communicate(timeout=60)
    assert reading.returncode == 2
    assert re.fullmatch("comity: a process that reads was killed before it was done, .+\n", err), err
