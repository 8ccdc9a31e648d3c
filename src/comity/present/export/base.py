"""The base of exporters: each makes one form of a brief, a timeline or claims, as the bytes of a file."""

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
    """A dossier to write; `passages` are quotations by (source, locator), `explained` the reasons for its status."""

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
        """The claims that a dossier uses, with their sources."""
        claims = tuple(dossier.claims())
        used = {claim.source for claim in claims}
        return cls(claims, {edition: source for edition, source in dossier.sources.items() if edition in used})


Subject = type[Brief] | type[Timeline] | type[Claims]


class Exporter(ABC):
    """One form of a file, registered under its `name` by an entry point of the group `comity.exporters`.

    `name` is the name of a download: its topic and suffix (`brief.pdf`, `citations.csl.json`). `media` is its media
    type, `told` describes it in a few words, and `takes` is the type that `export` accepts: a `Brief`, a `Timeline` or
    `Claims`. Words from sources must be inert in the file: no markup, no formula, no invisible character.
    """

    name: ClassVar[str]
    media: ClassVar[str]
    told: ClassVar[str]
    takes: ClassVar[Subject]
    binary: ClassVar[bool] = False
    """Whether the bytes are not text, and so not for a terminal."""

    @abstractmethod
    def export(self, what: Any) -> bytes:
        """The bytes of the file. Raises `ExportError` when they can't be made on this system."""

    @property
    def suffix(self) -> str:
        """The suffix of the file's name."""
        return f".{self.name.partition('.')[2]}"

    @property
    def topic(self) -> str:
        """The topic: brief, timeline, posts, claims or citations."""
        return self.name.partition(".")[0]


def given(
    takes: Subject,
    dossier: Callable[[], Dossier],
    timeline: Callable[[], Timeline],
    briefed: Callable[[Dossier], Brief] = Brief,
) -> Brief | Timeline | Claims:
    """The argument of an exporter for a pair; only the query that it needs is run.

    `briefed` adds to a dossier what a brief shows besides it.
    """
    if takes is Timeline:
        return timeline()
    return briefed(dossier()) if takes is Brief else Claims.of(dossier())


def endings(exporters: Iterable[Exporter]) -> str:
    """The suffixes of files, each once, for a sentence."""
    return ", ".join(dict.fromkeys(exporter.suffix for exporter in exporters))
