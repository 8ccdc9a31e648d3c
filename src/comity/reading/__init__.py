"""Reading: a document becomes dated, sourced claims, each with the passage that states it.

The path of a document, a room a step: `text` (load, decode, clean into passages, cut into sentences) → `dates` and
`names` (what a sentence mentions) → `grammar` (parse, which date governs which verb, how a thing is stated) → `parties`
(between whom) → `relations` (what is stated, a module a family) → claims. `lexicon` holds the tables of words and
patterns. The readers stand at the root: `claims` is comity's own, `stream` reads a share of a document at a time, in
one process or several. spaCy is imported when the first sentence is parsed, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.model import Claim, Document
from comity.reading.stream import Portion, portions
from comity.reading.text.foreign import unread
from comity.reading.text.load import from_bytes, load

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
        claims += [reading.claim for reading in portion.found]
        if portion.ends:
            yield portion.document, claims
            claims = []
