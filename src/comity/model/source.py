"""A source, and the edition of it that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from comity.model.when import When


class PublishedBasis(Enum):
    """How the day on which a source said something is known."""

    STATED = "stated by the source"
    COMMIT = "date of the pinned commit"
    GIVEN = "given by the reader"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """A source pinned to one public commit.

    `commit_date` is the day of that commit (ISO); `files` are glob patterns of the files that belong to it, and
    `folder` is the folder of a mirror that holds them (the id, unless several sources share one). `group` is the name
    that stands for several sources at once; `references` are the works that its users are asked to cite.

    >>> Source("hsg-x", "A guide", "Office of the Historian", "CC0-1.0", "Owner/repo", "f3c5354", "2026-07-24").edition
    'hsg-x@f3c5354'
    """

    id: str
    title: str
    publisher: str
    licence: str
    repository: str = ""
    commit: str = ""
    commit_date: str = ""
    files: tuple[str, ...] = ()
    homepage: str = ""
    folder: str = ""
    group: str = ""
    references: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The name of the folder of a mirror that holds its files."""
        return self.folder or self.id

    @property
    def edition(self) -> str:
        """The id with the first seven digits of the pinned commit: what a claim's `source` holds."""
        return f"{self.id}@{self.commit[:7]}" if self.commit else self.id

    @property
    def archive_url(self) -> str:
        """The archive of the pinned commit, at its public host."""
        return f"https://github.com/{self.repository}/archive/{self.commit}.tar.gz"


@dataclass(frozen=True, slots=True)
class Published:
    """When a source said something, and how that is known; `when` is None if unknown."""

    when: When | None = None
    basis: PublishedBasis = PublishedBasis.UNKNOWN
