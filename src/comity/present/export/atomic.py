"""Bytes into a file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from comity.errors import ExportError


def write(data: bytes, target: Path) -> None:
    """Write a file as `put` does. Raises `ExportError`, naming it, when it can't be written."""
    if not target.name:
        raise ExportError("an output file needs a name, such as brief.html", offender=target)
    try:
        put(data, target)
    except OSError as error:
        raise ExportError(f"{target} can't be written: {error.strerror or error}", offender=target) from error


def put(data: bytes, target: Path) -> None:
    """Put a file in its place once it is whole; one that is there stays until then. Raises `OSError`."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
