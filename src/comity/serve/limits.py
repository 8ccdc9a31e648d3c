"""What work on a document that is sent may take. Nothing is imported here, so that every command can say it."""

from __future__ import annotations

SECONDS = 10.0
"""Seconds, unless the server is told otherwise."""
MEMORY = 2 << 30
"""Bytes that its process may take for data; one that is prepared has taken a quarter of them."""
