"""The ledgers as a server shows them: without the folders in which the owner's documents are stored."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property

from comity.ledger import View
from comity.model import Claim, Source

_OWN = "document@"  # begins the id of a document that the user read; no source's id begins so


class PublicView(View):
    """A view in which a document has the name of its file, without its folders.

    A claim keeps the id under which it was recorded. Documents of the same name in several folders stay distinct,
    since answers depend on whether two claims are from one document: the second is `page.txt (2)`, and so on.
    """

    def sources(self) -> dict[str, Source]:
        """The source of each edition, as in any view."""
        return {
            edition: replace(source, title=self._name(source.title)) if edition.startswith(_OWN) else source
            for edition, source in super().sources().items()
        }

    def _claims(self, name: str, **parameters: object) -> list[Claim]:
        return [self._without_folders(claim) for claim in super()._claims(name, **parameters)]

    def _without_folders(self, claim: Claim) -> Claim:
        if claim.document is None:
            return claim
        public = claim.but(document=self._name(claim.document))
        vars(public)["id"] = claim.id  # a cached property, which would otherwise be computed from the new document
        return public

    def _name(self, path: str) -> str:
        return self._names.get(path) or file_name(path)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The name of each document that the ledgers describe, by its path."""
        paths: dict[str, list[str]] = defaultdict(list)
        for edition, source in super().sources().items():
            if edition.startswith(_OWN) and source.title not in paths[file_name(source.title)]:
                paths[file_name(source.title)].append(source.title)
        return {
            path: name if number == 1 else f"{name} ({number})"
            for name, alike in paths.items()
            for number, path in enumerate(sorted(alike), 1)
        }


def file_name(path: str) -> str:
    """The last part of a path of any operating system; a web address is unchanged.

    >>> file_name("/home/ada/page.txt"), file_name("C:\\\\Ada\\\\page.txt"), file_name("https://a.example/page")
    ('page.txt', 'page.txt', 'https://a.example/page')
    """
    if path.startswith(("http://", "https://")):
        return path
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1] or path
