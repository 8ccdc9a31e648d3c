"""What an exporter is: one form of a brief, of a timeline or of claims, as the bytes of a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from comity.model import Claim, Source
from comity.query.dossier import Dossier
from comity.query.explain import Explanation
from comity.query.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Brief:
    """A dossier to be told; `passages` are quotations by (source, locator), `explained` the reasons of its status."""

    dossier: Dossier
    passages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    explained: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims and the sources that make them, by edition."""

    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]

    @classmethod
    def of(cls, dossier: Dossier) -> Claims:
        """The claims that a dossier rests on, with the sources of these."""
        claims = tuple(dossier.claims())
        used = {claim.source for claim in claims}
        return cls(claims, {edition: source for edition, source in dossier.sources.items() if edition in used})


Subject = type[Brief] | type[Timeline] | type[Claims]


class Exporter(ABC):
    """One form of a file, registered under its `name` by an entry point of the group `comity.exporters`.

    `name` is what a download is called: what it tells of, and the ending of such a file (`brief.pdf`,
    `citations.csl.json`). `media` is its media type, `told` what it is in a few words, and `takes` what `export` is
    given: a `Brief`, a `Timeline` or `Claims`. What sources say must be inert in it: no markup, no formula, no
    character that is not seen.
    """

    name: ClassVar[str]
    media: ClassVar[str]
    told: ClassVar[str]
    takes: ClassVar[Subject]
    binary: ClassVar[bool] = False
    """Whether the bytes are no text, and so not for a terminal."""

    @abstractmethod
    def export(self, what: Any) -> bytes:
        """The bytes of the file. Raises `ExportError` when they can't be made here."""

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return f".{self.name.partition('.')[2]}"

    @property
    def topic(self) -> str:
        """What it tells of: brief, timeline, posts, claims or citations."""
        return self.name.partition(".")[0]


def given(
    takes: Subject,
    dossier: Callable[[], Dossier],
    timeline: Callable[[], Timeline],
    briefed: Callable[[Dossier], Brief] = Brief,
) -> Brief | Timeline | Claims:
    """What an exporter takes of a pair, of which only that is asked that is needed.

    `briefed` adds to a dossier what a brief shows besides it.
    """
    if takes is Timeline:
        return timeline()
    return briefed(dossier()) if takes is Brief else Claims.of(dossier())


def endings(exporters: Iterable[Exporter]) -> str:
    """The endings of files, each once, as a sentence lists them."""
    return ", ".join(dict.fromkeys(exporter.suffix for exporter in exporters))
