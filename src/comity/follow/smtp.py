"""Sending a mail to a server; the connection is encrypted whenever a password goes over a network."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from comity.errors import MailError
from comity.present.visible import blanked

PASSWORD = "COMITY_SMTP_PASSWORD"
_WAIT = 30  # seconds for a server to answer
_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
_WRITE = "write smtp://HOST, starttls://USER@HOST or smtps://USER@HOST, with :PORT if needed"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: `scheme` is smtp (encrypted if the server can), starttls (encrypted, or not at all) or smtps."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Server:
        """The server of a URL; its password may be in the URL, or in the variable `COMITY_SMTP_PASSWORD`.

        Raises `MailError`, which does not repeat the URL, for any other.

        >>> Server.of("starttls://desk:secret@mail.example.org")
        Server(scheme='starttls', host='mail.example.org', port=587, user='desk')
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise MailError(f"the server's address can't be read; {_WRITE}") from error
        if parts.scheme not in _PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
            raise MailError(f"the server's address can't be read; {_WRITE}")
        user = unquote(parts.username or "")
        password = unquote(parts.password or "") or (os.environ.get(PASSWORD, "") if user else "")
        if user and not password:
            raise MailError(f"{host} has a user and no password; set {PASSWORD}")
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], user, password)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def send(self, mail: EmailMessage) -> None:
        """Send a mail. Raises `MailError`, which names the server and no secret, when it is refused."""
        try:
            with self._connected() as connection:
                connection.send_message(mail)
        except smtplib.SMTPException as error:
            raise MailError(f"{self} refused the mail: {_reason(error)}") from error
        except UnicodeEncodeError as error:
            raise MailError(f"{self} does not accept these characters in a user or password") from error
        except OSError as error:
            raise MailError(f"{self} can't be reached: {error.strerror or _line(str(error))}") from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        trusted = ssl.create_default_context()
        if self.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_WAIT, context=trusted)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=_WAIT)
        with client as connection:
            connection.ehlo()
            if self.scheme == "starttls" or (self.scheme == "smtp" and connection.has_extn("starttls")):
                connection.starttls(context=trusted)
                connection.ehlo()
            elif self.scheme == "smtp" and self.password and not _here(self.host):
                raise MailError(f"{self} would be sent the password unencrypted; write starttls:// or smtps://")
            if self.user:
                connection.login(self.user, self.password)
            yield connection


def _here(host: str) -> bool:
    """Whether a host is this machine, so that no network is involved."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: smtplib.SMTPException) -> str:
    """A server's answer: its code and words; for refused recipients those of the first."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return _line(str(error))
    return f"{code} {_line(words.decode('utf-8', 'replace') if isinstance(words, bytes) else words)}"


def _line(text: str) -> str:
    """A server's words on one line, without control characters."""
    return " ".join(blanked(text).split())[:200]
