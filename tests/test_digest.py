"""A digest is one mail, as text and as HTML, that says what came to be known, and holds nothing else."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner, Result

from answers import claim, shipped
from comity.cli import app
from comity.errors import MailError
from comity.follow.digest import Digest, digest
from comity.follow.mail import address, mail
from comity.follow.smtp import Server
from comity.ledger import View, own
from comity.ledger.open import embedded
from comity.model import When
from comity.present.changes import headline
from comity.query.news import Scope, since
from mails import TREATY, WAR, Post, free, parts, post, record

BASE = "https://comity.example"
PAIR = Scope(("peru", "united-states"))
NEIGHBOURS = Scope(("chile", "peru"))


def digested(scope: Scope = NEIGHBOURS, day: str = "2020") -> Digest:
    view = View(embedded(), own())
    made = digest(since(view, scope, When.parse(day)), scope, When.parse(day), BASE)
    assert made is not None
    return made


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["digest", *words], env=environment)


def again(data: bytes) -> EmailMessage:
    """A mail as its reader's program reads it."""
    return message_from_bytes(data, EmailMessage, policy=policy.SMTP)


def told(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


@pytest.fixture
def server() -> Iterator[Post]:
    with post() as made:
        yield made


def test_a_digest_tells_in_text_and_html_what_came_to_be_known() -> None:
    news = since(shipped(), PAIR, When.parse("2016"))
    made = digest(news, PAIR, When.parse("2016"), BASE)
    assert made is not None
    shown = told("".join(etree.HTML(made.html).itertext()))
    statements = [
        told(one) for one in re.findall(r"^- (.*?)(?=^\S|\Z)", made.text.partition("\nSources")[0], re.M | re.S)
    ]
    assert len(statements) == len(news.changes[0].events)
    assert not [one for one in statements if one not in shown]
    [changes] = news.changes
    for change in changes.events:
        assert headline(change).rstrip(".") in told(made.text)
        assert headline(change).rstrip(".") in shown
    assert f"{BASE}/pairs/peru/united-states" in made.text
    assert made.subject == f"Peru and the United States: {len(changes.events)} things came to be known"


def test_the_text_is_wrapped_and_no_address_is_broken() -> None:
    made = digested(PAIR, "2016")
    long = [line for line in made.text.splitlines() if len(line) > 72]
    assert not [line for line in long if " " in line.strip()]
    assert len(re.findall(rf"^ +{BASE}/claims/[0-9a-f]{{32}}$", made.text, re.MULTILINE)) == made.html.count("/claims/")


def test_every_note_of_the_html_has_its_place(home: Path) -> None:
    record(TREATY, WAR)
    tree = etree.HTML(digested().html)
    marks = [link for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert marks
    assert {link.removeprefix("#") for link in marks} <= set(tree.xpath("//li/@id"))


def test_a_mail_has_the_headers_that_it_needs_and_an_id_of_its_news(home: Path) -> None:
    record(TREATY)
    first, again = (mail(digested(), "comity@example.org", "The desk <desk@example.org>") for _ in range(2))
    record(WAR)
    other = mail(digested(), "comity@example.org", "desk@example.org")
    assert datetime.now(UTC) - parsedate_to_datetime(str(first["Date"])) < timedelta(hours=1)
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert re.fullmatch(r"<[^<>@\s]+@example\.org>", str(first["Message-ID"]))
    assert (str(first["From"]), str(first["To"])) == ("comity@example.org", "The desk <desk@example.org>")
    assert "Example Treaty" in str(first["Subject"])
    assert first.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "text",
    [
        "desk", "desk@", "@example.org", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org", "a@b.org\r\n\r\nbody",
        "Desk\r\nBcc: c@d.org <a@b.org>", "Desk <a@b.org> <c@d.org>", "désk@example.org", "", "a@b.org\x00",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(MailError, match="is not a mail address"):
        address(text)


@given(st.text(), st.text())
def test_no_name_or_subject_makes_another_header(name: str, subject: str) -> None:
    held = Digest("urn:uuid:1", " ".join(subject.split()), "text", "<p>")
    try:
        made = mail(held, "comity@example.org", f"{name} <desk@example.org>")
    except MailError:
        return
    read = again(made.as_bytes())
    assert set(read.keys()) == {"Date", "Message-ID", "From", "To", "Subject", "MIME-Version", "Content-Type"}


def test_nothing_new_is_said_and_nothing_sent(home: Path, tmp_path: Path, server: Post) -> None:
    target = tmp_path / "mail.eml"
    smtp = f"smtp://127.0.0.1:{server.port}"
    done = run("Peru", "USA", "--since", "2026-12", "-o", str(target), "--to", "desk@example.org", "--smtp", smtp)
    assert (done.exit_code, done.stdout) == (0, "Nothing new since December 2026.\n")
    assert not target.exists()
    assert server.mails == []


def test_a_digest_goes_to_a_file_a_server_and_else_to_the_screen(home: Path, tmp_path: Path, server: Post) -> None:
    target = tmp_path / "mail.eml"
    asked = ("Peru", "USA", "--since", "2024-12-31", "--from", "comity@example.org")
    smtp = f"smtp://127.0.0.1:{server.port}"
    assert run(*asked, "-o", str(target), "--to", "desk@example.org", "--smtp", smtp).exit_code == 0
    kept = again(target.read_bytes())
    [sent] = server.mails
    assert parts(kept) == parts(sent)
    assert kept["Message-ID"] == sent["Message-ID"]
    assert told(run(*asked).stdout) == told(parts(kept)[0])


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


@pytest.mark.parametrize("scheme", ["smtp", "starttls", "smtps"])
def test_a_server_is_logged_in_to_and_the_password_is_kept_out_of_what_is_said(
    scheme: str, home: Path, trusted: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted[0]))
    asked = ("Peru", "USA", "--since", "2024-12-31", "--to", "desk@example.org", "--smtp")
    with post(None if scheme == "smtp" else tls, scheme) as server:
        url = f"{scheme}://desk@127.0.0.1:{server.port}"
        assert run(*asked, url, COMITY_SMTP_PASSWORD="secret").exit_code == 0
        assert run(*asked, url.replace("desk@", "desk:wrong-one@")).exception
        assert len(server.mails) == 1
        assert ("desk", "secret") in server.logins
        with pytest.raises(MailError) as refused:
            Server.of(url.replace("desk@", "desk:wrong-one@")).send(EmailMessage())
    assert str(refused.value).startswith(f"127.0.0.1:{server.port} refused the mail: 535")
    assert "wrong-one" not in str(refused.value)


def test_a_server_that_is_not_known_to_be_who_it_says_gets_no_password(home: Path, trusted: tuple[Path, Path]) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*trusted)
    with post(tls, "starttls") as server:
        with pytest.raises(MailError, match="can't be reached"):
            Server.of(f"starttls://desk:secret@127.0.0.1:{server.port}").send(EmailMessage())
        assert server.logins == []


def test_no_password_goes_unencrypted_over_a_network(server: Post) -> None:
    # an address of this machine that does not show that it is one
    elsewhere = Server.of(f"smtp://desk:secret@127.1:{server.port}")
    with pytest.raises(MailError, match="would be sent the password unencrypted"):
        elsewhere.send(EmailMessage())
    assert server.logins == []


def test_what_a_server_says_against_a_mail_is_said_on_one_line(home: Path, server: Post) -> None:
    record(TREATY)
    server.first = lambda mail: "554 no\x1b[31m room"
    sent = mail(digested(), "comity@example.org", "desk@example.org")
    with pytest.raises(MailError, match=r"refused the mail: 554 no \[31m room"):
        Server.of(f"smtp://127.0.0.1:{server.port}").send(sent)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(MailError, match=r"127\.0\.0\.1:\d+ can't be reached: Connection refused"):
        Server.of(f"smtp://desk:secret@127.0.0.1:{free()}").send(EmailMessage())


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://desk:hidden@x", "smtp://", "smtp://desk:hidden@x/box", "smtps://desk:hidden@x:port"],
)
def test_an_address_that_is_no_servers_is_not_repeated(url: str) -> None:
    with pytest.raises(MailError) as refused:
        Server.of(url)
    assert "hidden" not in str(refused.value)
    assert "hidden" not in repr(refused.value.offender)


def test_a_user_without_a_password_is_told_where_to_put_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMITY_SMTP_PASSWORD", raising=False)
    with pytest.raises(MailError, match="set COMITY_SMTP_PASSWORD"):
        Server.of("smtps://desk@mail.example.org")
    assert "secret" not in repr(Server.of("smtps://desk:secret@mail.example.org"))


def test_a_digest_of_much_tells_of_the_first_and_says_so(home: Path) -> None:
    record(*(claim("visit", str(year), envoy=f"Envoy {year}") for year in range(1850, 1990)))
    made = digested()
    assert "The first 100 of them are listed here" in told(made.text)
    assert made.text.count("visited") == 100
