"""A source cited: in full for a reader, as BibTeX and as CSL-JSON for a reference manager."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from comity.model import Source
from comity.present.inline import Line, emphasized, joined
from comity.present.visible import seen

# Escapes of characters that TeX interprets. A brace needs a command: BibTeX counts braces, even after a backslash.
_TEX = {letter: f"\\{letter}" for letter in "&%$#_"} | {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def in_full(source: Source) -> Line:
    """A source as a sentence of a bibliography: publisher, title, place, edition, licence.

    >>> from comity.present.inline import plain
    >>> plain(in_full(Source("x", "A guide", "An office", "CC0-1.0", "owner/repo", "f3c5354a", "2026-07-24")))
    'An office, *A guide*, owner/repo, commit f3c5354 of 2026-07-24, CC0-1.0.'
    """
    pinned = f"commit {source.commit[:7]} of {source.commit_date}" if source.commit else ""
    where = source.repository or source.homepage
    licence = source.licence or "licence unknown"
    parts = [part for part in (source.publisher, emphasized(source.title), where, pinned, licence) if part]
    return joined(", ", parts) + "." + "".join(f" To be cited: {reference}" for reference in source.references)


def bibtex(source: Source) -> str:
    """A source as a BibTeX entry.

    >>> bibtex(Source("x", "A guide", "An office", "CC0-1.0", "o/r", "f3c5354a", "2026-07-24")).splitlines()[0]
    '@misc{x,'
    """
    note = ". ".join(filter(None, [_pinned(source), source.licence, *source.references]))
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        "author": f"{{{_tex(source.publisher)}}}",
        "year": _tex(source.commit_date[:4]),
        "url": address(source),
        "note": _tex(note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{re.sub(r'[^A-Za-z0-9:./@-]', '-', source.id)},", *lines, "}"])


def csl(source: Source) -> dict[str, Any]:
    """A source as an item of CSL-JSON.

    >>> csl(Source("x", "A guide", "An office", "CC0-1.0", "o/r", "f3c5354a", "2026-07-24"))["issued"]
    {'date-parts': [[2026, 7, 24]]}
    """
    item: dict[str, Any] = {
        "id": source.id,
        "type": "dataset",
        "title": source.title,
        "author": [{"literal": source.publisher}],
        "URL": address(source),
        "version": source.commit,
        "note": ". ".join([source.licence, *source.references]),
    }
    if source.commit_date:
        item["issued"] = {"date-parts": [[int(part) for part in source.commit_date.split("-")]]}
    return {name: value for name, value in item.items() if value}


def address(source: Source) -> str:
    """The URL of a source's own page, safe in a link; empty unless it is a web address.

    >>> address(Source("x", "A guide", "", "", homepage="https://example.org/a b"))
    'https://example.org/a%20b'
    """
    return quote(source.homepage, safe=":/?#[]@!$&'()*+,;=%~") if re.match("https?://", source.homepage) else ""


def _pinned(source: Source) -> str:
    return f"Commit {source.commit} of {source.repository}" if source.commit else ""


def _tex(text: str) -> str:
    """Text as a field of BibTeX, on one line."""
    return "".join(_TEX.get(letter, letter) for letter in seen(" ".join(text.split())))
