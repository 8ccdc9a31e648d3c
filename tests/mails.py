"""What tests of mails share: a mail server on this machine, and claims that are recorded one after the other."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from answers import claim
from comity.ledger import Writer, own

TREATY = claim("agreement.signed", "1999-05-04", label="Example Treaty")
WAR = claim("war", "1879/1884", label="War of the Pacific")


def record(*claims: Any) -> None:
    """Add claims to the user's own ledger at one go."""
    Writer(own()).append(claims, source=None, adapter="test", who="an editor")


def free() -> int:
    """A port that nothing listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass
class Post:
    """A mail server: what came in, whom it lets in, and what it does first with what comes."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    first: Callable[[EmailMessage], str | None] = lambda mail: None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, EmailMessage, policy=policy.SMTP)
        self.mails.append(mail)
        return self.first(mail) or "250 taken"

    def lets_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"secret", handled=False)


@contextmanager
def post(tls: ssl.SSLContext | None = None, scheme: str = "smtp") -> Iterator[Post]:
    """A mail server at a port of this machine, which asks for a login when one is offered."""
    made = Post(free())
    controller = Controller(
        made, hostname="127.0.0.1", port=made.port, authenticator=made.lets_in, auth_require_tls=scheme == "starttls",
        ssl_context=tls if scheme == "smtps" else None, tls_context=tls if scheme == "starttls" else None,
    )  # fmt: skip
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


def parts(mail: EmailMessage) -> tuple[str, str]:
    """A mail's text and its HTML."""
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    return text.get_content(), html.get_content()
