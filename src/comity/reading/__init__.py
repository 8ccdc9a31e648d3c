"""Reading: a document becomes dated, sourced claims, each with the passage that says it.

The way of a document: `load` → `clean` (passages with a map back to the text as given) → `sentences` → `dates` →
`mentions` → `parse` → `claims`, a share of it at a time (`stream`). spaCy is imported when the first sentence is
parsed, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model import Claim, Document
from comity.reading.foreign import unread
from comity.reading.load import from_bytes, load
from comity.reading.stream import Portion, portions

__all__ = ["Portion", "from_bytes", "load", "portions", "read", "read_all", "unread"]


def read(document: Document) -> list[Claim]:
    """The claims in a document, in the order in which it makes them; those that fail the span check are left out."""
    return next(iter(read_all([document])))[1]


def read_all(documents: Iterable[Document], jobs: int = 1) -> Iterator[tuple[Document, list[Claim]]]:
    """Each document with its claims, in order; with `jobs` more than one it is read in so many processes.

    What all claims of a document are too many for is read by `portions`.
    """
    claims: list[Claim] = []
    for portion in portions(documents, jobs):
        claims += [found.claim for found in portion.found]
        if portion.ends:
            yield portion.document, claims
            claims = []
