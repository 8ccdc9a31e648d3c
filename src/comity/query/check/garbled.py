"""Letters that the page has lost or that a wrong decoding has changed."""

from __future__ import annotations

from collections.abc import Iterator

from comity.query.check.finding import Finding
from comity.query.check.page import Page


def words(page: Page) -> Iterator[Finding]:
    """A word that was garbled, with what it was: "Charg dAffaires" for "Chargé d'Affaires"."""
    from comity.reading.garbled import suggestions

    for found in suggestions(page.document):
        yield Finding("garbled", (found.span,), words=(found.given,), suggestion=found.suggested)
