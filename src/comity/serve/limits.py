"""The limits of work on an uploaded document. Nothing is imported here, so that every command's help can state them."""

from __future__ import annotations

SECONDS = 10.0
"""Seconds, by default."""
MEMORY = 2 << 30
"""Bytes of data for its process; a prepared process already uses a quarter of them."""
