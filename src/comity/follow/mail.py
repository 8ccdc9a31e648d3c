"""A digest as a mail: text and HTML in one message, with checked headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from comity.errors import MailError
from comity.follow.digest import Digest

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NAME_AND_ADDRESS = re.compile(
    r"(?P<name>(?:[^<>\"\\\x00-\x1f\x7f]*[^\s<>\"\\\x00-\x1f\x7f])?)\s*<(?P<address>[^<>]*)>"
)
SENDER = "comity <comity@localhost>"


def address(text: str) -> Address:
    """A mail address, with or without a name before it.

    Raises `MailError` for anything else: two addresses, a line break, characters that not every mail server accepts.

    >>> str(address("The desk <desk@example.org>")), str(address("desk@example.org"))
    ('The desk <desk@example.org>', 'desk@example.org')
    """
    match = _NAME_AND_ADDRESS.fullmatch(text)
    spec = match["address"] if match else text
    if not _ADDRESS.fullmatch(spec):
        raise MailError(
            f"{text!r} is not a mail address; write name@example.org or A name <name@example.org>", offender=text
        )
    return Address(display_name=match["name"] if match else "", addr_spec=spec)


def mail(digest: Digest, sender: str, recipient: str, now: datetime | None = None) -> EmailMessage:
    """The digest as a message dated now. Its Message-ID is the same for the same news to the same recipient.

    Raises `MailError` for an invalid sender or recipient.
    """
    by, to = address(sender), address(recipient)
    message = EmailMessage(policy=policy.SMTP)
    message["Date"] = format_datetime(now or datetime.now(UTC))
    message["Message-ID"] = f"<{digest.id.rpartition(':')[2]}.{_local(to)}@{by.domain}>"
    message["From"], message["To"], message["Subject"] = by, to, digest.subject
    message.set_content(digest.text, cte="quoted-printable")
    message.add_alternative(digest.html, subtype="html", cte="quoted-printable")
    return message


def _local(recipient: Address) -> str:
    """A recipient as part of a Message-ID, which allows fewer characters than an address."""
    return re.sub(r"[^A-Za-z0-9]", "-", recipient.addr_spec)
