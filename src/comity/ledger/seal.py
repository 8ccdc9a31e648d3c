"""Hashes of a ledger's content: of a file's bytes, and of a statement that contains its own hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_DIGEST = "digest"


def sha256(data: bytes) -> str:
    """The hash of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sealed(statement: Mapping[str, Any]) -> dict[str, Any]:
    """The statement with a hash of itself.

    >>> statement = sealed({"added": 7})
    >>> is_whole(statement), is_whole(statement | {"added": 6})
    (True, False)
    """
    plain = {name: value for name, value in statement.items() if name != _DIGEST}
    return plain | {_DIGEST: sha256(_canonical(plain))}


def is_whole(statement: Mapping[str, Any]) -> bool:
    """Whether a sealed statement is unchanged."""
    return sealed(statement) == statement


def _canonical(statement: Mapping[str, Any]) -> bytes:
    """One spelling of a JSON value, whatever the order of its keys and however it is spaced."""
    return json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
