"""Data sets of international relations research: fetched on demand or read from a mirror, never included in comity."""
