"""Bytes into a file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from comity.errors import ExportError


def write(data: bytes, target: Path) -> None:
    """Write a file; one that is there is replaced once the new one is whole. Raises `ExportError` when it can't be."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(data)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{target} can't be written: {error.strerror or error}", offender=target) from error
