"""The watch tells each subscription what is new once, whatever stops it, and says what it can't do."""

from __future__ import annotations

import mailbox
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import feedparser
import pytest
from typer.testing import CliRunner, Result

from answers import claim
from comity.cli import app
from comity.errors import BadSettings, MailError
from comity.follow.state import Progress, state
from comity.follow.subscriptions import subscriptions
from comity.model import When
from comity.query.news import Scope
from mails import TREATY, WAR, free, parts, post, record

NEIGHBOURS = '[[subscription]]\nname = "neighbours"\npair = ["Peru", "Chile"]\n'
Written = Callable[[str], Path]


@pytest.fixture
def written(home: Path) -> Written:
    """Writes the file of subscriptions."""

    def write(text: str) -> Path:
        home.mkdir(exist_ok=True)
        file = home / "subscriptions.toml"
        file.write_text(text, "utf-8")
        return file

    return write


def watch(*words: str) -> Result:
    return CliRunner().invoke(app, ["watch", "--once", *words])


def process(*words: str) -> subprocess.Popen[str]:
    """The watch as a process of its own."""
    command = [sys.executable, "-c", "from comity.cli import main; main()", "watch", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_new_subscription_tells_what_comes_from_then_on_and_once(home: Path, written: Written) -> None:
    written(NEIGHBOURS + 'folder = "mails"')
    record(TREATY)
    assert watch().stdout == "neighbours: news from now on\n"
    assert watch().stdout == "neighbours: nothing new\n"
    record(WAR)
    assert "the War of the Pacific" in watch().stdout
    assert watch().stdout == "neighbours: nothing new\n"
    [mail] = (home / "mails").glob("*.eml")
    assert b"Example Treaty" not in mail.read_bytes()


def test_a_subscription_with_a_day_tells_first_what_came_since(home: Path, written: Written) -> None:
    written(NEIGHBOURS + 'folder = "mails"\nsince = "2020"')
    record(TREATY)
    assert "Example Treaty" in watch().stdout
    assert watch().stdout == "neighbours: nothing new\n"
    [mail] = (home / "mails").glob("*.eml")
    assert b"What came to be known since 2020." in mail.read_bytes()


def test_a_new_edition_that_says_the_same_is_not_told(written: Written) -> None:
    written(NEIGHBOURS + 'folder = "mails"')
    record(TREATY)
    watch()
    record(TREATY.but(source="guide@2", locator="elsewhere"))
    assert watch().stdout == "neighbours: nothing new\n"


def test_an_mbox_holds_each_mail_once(home: Path, written: Written) -> None:
    written(NEIGHBOURS + 'mbox = "neighbours.mbox"\nsince = "2020"')
    record(TREATY)
    watch()
    (home / "watch.sqlite").unlink()  # what was told is forgotten, the mbox remembers
    watch()
    [mail] = mailbox.mbox(home / "neighbours.mbox")
    assert "Example Treaty" in mail["Subject"]


@pytest.mark.parametrize("name", ["strife.atom", "strife.json"])
def test_a_feed_in_a_file_is_written_when_it_changes(home: Path, written: Written, name: str) -> None:
    written(f'[[subscription]]\nname = "strife"\ntopic = "strife"\nfeed = "{name}"')
    record(WAR)
    watch()
    file = home / name
    before = file.stat()
    assert watch().stdout == "strife: nothing new\n"
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    record(claim("war", "1836/1839", label="War of the Confederation"))
    watch()
    assert b"War of the Confederation" in file.read_bytes()
    assert name.endswith(".json") or not feedparser.parse(file.read_bytes()).bozo


def test_a_feed_that_can_t_be_written_stops_no_other(home: Path, written: Written) -> None:
    feed = '[[subscription]]\nname = "strife"\ntopic = "strife"\nfeed = "nowhere/strife.atom"\n'
    written(f'{feed}{NEIGHBOURS}folder = "mails"')
    done = watch()
    assert done.exit_code == 1
    assert done.stderr == f"comity: strife: {home}/nowhere/strife.atom can't be written: No such file or directory\n"
    assert done.stdout.startswith("neighbours: ")


def test_one_that_fails_is_named_stops_no_other_and_is_told_later(home: Path, written: Written) -> None:
    text = (
        'smtp = "smtp://127.0.0.1:{port}"\n'
        '[[subscription]]\nname = "mailed"\npair = ["Peru", "Chile"]\nto = "desk@example.org"\nsince = "2020"\n'
        '[[subscription]]\nname = "filed"\npair = ["Peru", "Chile"]\nfolder = "mails"\nsince = "2020"\n'
    )
    written(text.format(port=(port := free())))
    record(TREATY)
    done = watch()
    assert done.exit_code == 1
    assert done.stderr == f"comity: mailed: 127.0.0.1:{port} can't be reached: Connection refused\n"
    assert done.stdout.startswith("filed: ")
    with post() as server:
        written(text.format(port=server.port))
        again = watch()
        assert again.exit_code == 0
        assert "mailed: a pending mail was delivered; nothing new" in again.stdout
        assert len(server.mails) == 1
    assert len(list((home / "mails").glob("*.eml"))) == 1


def test_a_watch_killed_before_it_knows_that_a_mail_was_taken_sends_the_same_again(written: Written) -> None:
    with post() as server:
        written(f'smtp = "smtp://127.0.0.1:{server.port}"\n{NEIGHBOURS}to = "desk@example.org"\nsince = "2020"')
        record(TREATY)
        watching = process("--once")

        def killing(_: object) -> None:
            os.kill(watching.pid, signal.SIGKILL)
            watching.wait(timeout=20)

        server.first = killing
        watching.communicate(timeout=60)
        assert watching.returncode == -signal.SIGKILL
        server.first = lambda mail: None
        record(WAR)
        assert watch().exit_code == 0
        assert watch().stdout == "neighbours: nothing new\n"
        first, again, rest = server.mails
    assert first["Message-ID"] == again["Message-ID"] != rest["Message-ID"]
    assert first["Date"] == again["Date"]
    assert parts(first) == parts(again)
    assert "War of the Pacific" in parts(rest)[0]
    assert "Example Treaty" not in parts(rest)[0]


def test_two_watches_do_not_work_at_the_same_time(home: Path, written: Written) -> None:
    written(NEIGHBOURS + 'folder = "mails"')
    with state(home / "watch.sqlite"):
        second = process("--once")
        _, said = second.communicate(timeout=60)
    assert second.returncode == 2
    assert "another comity watch is using" in said


def test_the_state_is_kept_by_name_and_scope(tmp_path: Path) -> None:
    file = tmp_path / "watch.sqlite"
    progress = Progress(frozenset("ab"), b"a mail", frozenset("abc"))
    with state(file) as kept:
        kept.keep("one", "/feeds/pairs/chile/peru", progress)
    with state(file) as kept:
        assert kept.progress("one", "/feeds/pairs/chile/peru") == progress
        assert kept.progress("one", "/feeds/polities/peru") is None


def test_a_state_that_is_none_is_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / "watch.sqlite"
    file.write_bytes(b"no database" * 100)
    with pytest.raises(MailError, match="remove it to start again"), state(file):
        pass


def test_a_watch_goes_on_until_it_is_stopped(written: Written) -> None:
    written(NEIGHBOURS + 'folder = "mails"')
    watching = process("--every", "1h")
    assert watching.stdout
    assert watching.stdout.readline() == "neighbours: news from now on\n"
    assert watching.poll() is None
    assert ended(watching) == (130, "comity: interrupted\n")


def ended(watching: subprocess.Popen[str]) -> tuple[int, str]:
    """What a process that is interrupted ends with; Python drops an interrupt that comes while it tidies up."""
    for _ in range(12):
        watching.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            _, said = watching.communicate(timeout=5)
            return watching.returncode, said
    watching.kill()
    raise AssertionError("the watch did not end")


@pytest.mark.parametrize("time", ["tomorrow", "0d", "1.5h", ""])
def test_a_time_that_is_none_is_refused(home: Path, time: str) -> None:
    done = process("--every", time)
    _, said = done.communicate(timeout=60)
    assert done.returncode == 2
    assert "give minutes, hours, days or weeks" in said


def test_a_file_of_subscriptions_says_who_what_and_where(written: Written) -> None:
    file = written(
        'from = "comity@example.org"\nsmtp = "smtps://desk:secret@mail.example.org"\nbase_url = "https://x.example/"\n'
        '[[subscription]]\nname = "a"\npair = ["USA", "Peru"]\nto = "desk@example.org"\nsince = "May 2026"\n'
        '[[subscription]]\nname = "b"\npolity = "Chile"\nmbox = "b.mbox"\n'
        '[[subscription]]\nname = "c"\ntopic = "agreements"\nfeed = "/srv/c.atom"\n'
    )
    found = subscriptions(file)
    assert (found.sender, str(found.server), found.base) == (
        "comity@example.org", "mail.example.org:465", "https://x.example",
    )  # fmt: skip
    a, b, c = found.entries
    assert (a.scope, a.to, a.since) == (Scope(("peru", "united-states")), "desk@example.org", When.parse("2026-05"))
    assert (b.scope, b.mbox) == (Scope(("chile",)), file.parent / "b.mbox")
    assert (c.scope, c.feed) == (Scope((), "agreements"), Path("/srv/c.atom"))
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a table headed [[subscription]]"),
        ("subscription = 3", "expected a table headed [[subscription]]"),
        ("from = 'x'\nname = ]", "can't be read as TOML: Invalid value (at line 2, column 8)"),
        (f"from = {'[' * 3000}", "can't be read as TOML: it nests too deeply"),
        (f"from = {'9' * 5000}", "can't be read as TOML: "),
        ('colour = "red"', '"colour" is not a setting; expected base_url, from, smtp, subscription'),
        ("[[subscription]]", 'subscription 1: expected lower-case letters, digits and hyphens, as name = "peru"'),
        ('[[subscription]]\nname = "A b"', 'subscription 1 ("A b"): expected lower-case letters'),
        ('[[subscription]]\nname = "a"', "expected one of to, folder, mbox, feed, found none"),
        (f'{NEIGHBOURS}folder = "x"\nmbox = "y"', "found folder and mbox"),
        (f'{NEIGHBOURS}folder = "x"\ntopic = "mood"', "expected one of pair, polity, topic, found pair and topic"),
        ('[[subscription]]\nname = "a"\npair = ["Peru"]\nfolder = "x"', "expected two polities"),
        ('[[subscription]]\nname = "a"\npolity = "Peruu"\nfolder = "x"', 'no polity is called "Peruu"'),
        ('[[subscription]]\nname = "a"\ntopic = "weather"\nfolder = "x"', '"weather" is no topic; they are'),
        ('[[subscription]]\nname = "a"\ntopic = "mood"\nfolder = 3', 'expected words in quotes, as folder = "…"'),
        (f'{NEIGHBOURS}folder = "x"\nsince = "once"', 'subscription 1 ("neighbours"): "once"'),
        (f'{NEIGHBOURS}feed = "x.rss"', "expected a feed that ends in .atom, .xml, .json, not x.rss"),
        (f'{NEIGHBOURS}to = "a@b.org"', "has a mail address; expected a server"),
        (f'{NEIGHBOURS}to = "desk"', "'desk' is not a mail address"),
        (f'{NEIGHBOURS}folder = "x"\n{NEIGHBOURS}folder = "y"', '"neighbours" is the name of two subscriptions'),
        (f'smtp = "http://desk:hidden@x"\n{NEIGHBOURS}folder = "x"', "smtp: the server's address can't be read"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(written: Written, text: str, said: str) -> None:
    file = written(text)
    with pytest.raises(BadSettings) as refused:
        subscriptions(file)
    assert str(refused.value).startswith(str(file))
    assert said in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_a_file_that_is_not_there_is_said_to_be_missing(home: Path) -> None:
    with pytest.raises(BadSettings, match="there is no"):
        subscriptions()
