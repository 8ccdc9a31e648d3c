"""A text to be read: what it says, where it is, when it was published and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.model.source import Published


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was given.

    `path` is the name it was given under; `source` and `locator` cite it; `about` are the ids of the polities
    it is about, the page's own first: "the two countries" and a bare "the Legation" are read by them.
    `media` is `text`, `html`, `markdown` or `tei`. `caution` says what was uncertain in taking the text in.
    """

    text: str
    path: str | None = None
    source: str = ""
    locator: str = ""
    published: Published = field(default_factory=Published)
    about: tuple[str, ...] = ()
    media: str = "text"
    caution: str = ""
