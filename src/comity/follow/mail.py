"""A digest as a mail: text and HTML in one message, whose headers hold nothing but what they are for."""

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
_NAMED = re.compile(r"(?P<name>(?:[^<>\"\\\x00-\x1f\x7f]*[^\s<>\"\\\x00-\x1f\x7f])?)\s*<(?P<address>[^<>]*)>")
SENDER = "comity <comity@localhost>"


def address(text: str) -> Address:
    """A mail address as one writes it, with or without a name before it.

    Raises `MailError` for anything else: two addresses, a line break, letters that mail can't take everywhere.

    >>> str(address("The desk <desk@example.org>")), str(address("desk@example.org"))
    ('The desk <desk@example.org>', 'desk@example.org')
    """
    found = _NAMED.fullmatch(text)
    spec = found["address"] if found else text
    if not _ADDRESS.fullmatch(spec):
        raise MailError(
            f"{text!r} is no mail address; write name@example.org or A name <name@example.org>", offender=text
        )
    return Address(display_name=found["name"] if found else "", addr_spec=spec)


def mail(digest: Digest, sender: str, recipient: str, now: datetime | None = None) -> EmailMessage:
    """The digest as a message of now. Its Message-ID is the same for the same news to the same recipient.

    Raises `MailError` for a sender or recipient that is no address.
    """
    by, to = address(sender), address(recipient)
    made = EmailMessage(policy=policy.SMTP)
    made["Date"] = format_datetime(now or datetime.now(UTC))
    made["Message-ID"] = f"<{digest.id.rpartition(':')[2]}.{_local(to)}@{by.domain}>"
    made["From"], made["To"], made["Subject"] = by, to, digest.subject
    made.set_content(digest.text, cte="quoted-printable")
    made.add_alternative(digest.html, subtype="html", cte="quoted-printable")
    return made


def _local(recipient: Address) -> str:
    """A recipient within an id, which takes fewer letters than an address."""
    return re.sub(r"[^A-Za-z0-9]", "-", recipient.addr_spec)
