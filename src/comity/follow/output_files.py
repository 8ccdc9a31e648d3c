"""Mails and feeds in files: .eml files, an mbox, or any file, written whole or not at all; a mail is stored once."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from comity.errors import MailError
from comity.present.export import atomic as whole


def put(mail: EmailMessage, folder: Path) -> Path:
    """Write a mail as an .eml file named by its id, whole or not at all; the same mail again replaces it."""
    target = folder / f"{_name(mail)}.eml"
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write(mail.as_bytes(), target)
    return target


def append(mail: EmailMessage, file: Path) -> None:
    """Add a mail to an mbox, unless it already has one with the same id."""
    with _writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        box = mailbox.mbox(file)
        try:
            box.lock()
            if all(message["Message-ID"] != mail["Message-ID"] for message in box):
                box.add(mail.as_bytes(policy=mail.policy.clone(linesep="\n")))
                box.flush()
        finally:
            box.close()


def write(data: bytes, target: Path) -> bool:
    """Write a file, whole or not at all, and return whether that changed it. Raises `MailError` when it can't be."""
    with _writing(target):
        if target.is_file() and target.read_bytes() == data:
            return False
        whole.put(data, target)
    return True


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Turns errors of writing into a `MailError` that names the place."""
    try:
        yield
    except (OSError, mailbox.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise MailError(f"{place} can't be written: {why}", offender=place) from error


def _name(mail: EmailMessage) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "_", str(mail["Message-ID"]).strip("<>"))
