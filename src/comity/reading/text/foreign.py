"""Passages in languages other than English, which are reported as unread rather than misread."""

from __future__ import annotations

from collections import Counter

from comity.model import Document
from comity.reading.text.languages import name
from comity.reading.text.passages import passages


def unread(document: Document) -> str:
    """How many paragraphs are in another language and so are not read; empty if all are in English.

    >>> unread(Document("Los dos países firmaron un tratado en la ciudad de Lima."))
    '1 of 1 paragraphs is in Spanish: unread (comity reads English)'
    """
    counts = Counter(passage.what or "en" for passage in passages(document) if passage.kind in ("prose", "foreign"))
    foreign = [(code, count) for code, count in counts.most_common() if code != "en"]
    if not foreign:
        return ""
    parts = [f"{count:,} in {name(code)}" for code, count in foreign]
    be = "is" if foreign[0][1] == 1 else "are"
    parts[0] = f"{foreign[0][1]:,} of {counts.total():,} paragraphs {be} in {name(foreign[0][0])}"
    return f"{', '.join(parts)}: unread (comity reads English)"
