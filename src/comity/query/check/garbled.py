"""Letters that the page lost, or that a wrong decoding changed."""

from __future__ import annotations

from collections.abc import Iterator

from comity.query.check.finding import Finding
from comity.query.check.page import Page


def words(page: Page) -> Iterator[Finding]:
    """A garbled word, with the original: "Charg dAffaires" for "Chargé d'Affaires"."""
    from comity.reading.garbled import suggestions

    for correction in suggestions(page.document):
        yield Finding("garbled", (correction.span,), words=(correction.given,), suggestion=correction.suggested)
