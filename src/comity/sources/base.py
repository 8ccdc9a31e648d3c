"""The contract of a source: what it is, how it is pinned, and how a record becomes claims."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from comity.errors import SkipRecord
from comity.model import Claim, Document, Published, PublishedBasis, Source, When


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a source's files say: an XML element, and where it stands.

    `file` is the path inside the source, `locator` that file with what finds the element in it
    (`articles/peru.xml#recognition/1`); `element` is the parsed content, or `Unreadable`.
    """

    file: str
    locator: str
    element: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The content of a record that stands for a file that can't be parsed: why it can't."""

    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a record came to: its claims, its prose for the readers, and a sentence for each thing left out."""

    claims: tuple[Claim, ...] = ()
    documents: tuple[Document, ...] = ()
    omissions: tuple[str, ...] = ()


class Adapter(ABC):
    """One source. `records` finds what there is; `claims` and `documents` say what a record holds.

    Every record ends as claims, as documents to be read, or as a reported skip (`SkipRecord`); nothing is
    dropped in silence. A file that can't be parsed is one record whose `claims` raises `SkipRecord`. What a
    record that gives claims or documents says besides, and can't be read, `omissions` names. `outcome` is all three.
    """

    source: ClassVar[Source]
    version: ClassVar[str]

    @abstractmethod
    def records(self, folder: Path) -> Iterator[Record]:
        """Each record of the files in `folder`, in the order of their paths."""

    @abstractmethod
    def claims(self, record: Record) -> Iterator[Claim]:
        """What the record says. Raises `SkipRecord` when it can't be read or says nothing for the vocabulary."""

    def documents(self, record: Record) -> Iterator[Document]:
        """The record's prose, for the readers; none by default."""
        return iter(())

    def omissions(self, record: Record) -> Iterator[str]:
        """What of a record that is not skipped could not become a claim, a sentence each; nothing by default."""
        return iter(())

    def outcome(self, record: Record) -> Outcome:
        """All that the record comes to. Raises `SkipRecord` when that is nothing.

        An adapter that finds claims and omissions together says here how to find them once.
        """
        return Outcome(tuple(self.claims(record)), tuple(self.documents(record)), tuple(self.omissions(record)))

    def passage(self, folder: Path, locator: str) -> str | None:
        """The text at a locator as the source has it, whitespace folded; None when there is none."""
        return None

    def published(self, stated: When | None = None) -> Published:
        """When the source said it: the date that it states for itself, else that of its commit."""
        if stated is not None:
            return Published(stated, PublishedBasis.STATED)
        return Published(When.parse(self.source.commit_date), PublishedBasis.COMMIT)

    def claim(self, record: Record, subject: str, relation: str, object: str | None = None, **fields: Any) -> Claim:
        """A claim of this edition at the record's locator, with any other field of `Claim`."""
        if "published" not in fields:
            fields["published"] = self.published()
        return Claim(subject, relation, object, source=self.source.edition, locator=record.locator, **fields)

    def skip(self, why: str, record: Record) -> SkipRecord:
        """The error that skips a record, naming its file and element."""
        return SkipRecord(f"{self.source.id}: {record.locator}: {why}", offender=record)


class Teller(Adapter):
    """An adapter that produces the claims and omissions of a record together; the other methods follow from that."""

    @abstractmethod
    def statements(self, record: Record, element: Any) -> Iterator[Claim | str]:
        """The statements of a record: each a claim or, where that is impossible, a sentence that explains why."""

    def outcome(self, record: Record) -> Outcome:
        """What the record's statements and prose come to. Raises `SkipRecord` when that is nothing."""
        element = record.element
        if isinstance(element, Unreadable):
            raise self.skip(element.why, record)
        statements = list(self.statements(record, element))
        claims = tuple(statement for statement in statements if isinstance(statement, Claim))
        omissions = tuple(statement for statement in statements if isinstance(statement, str))
        documents = tuple(self.documents(record))
        if not claims and not documents:
            raise self.skip("; ".join(omissions) or "says nothing", record)
        return Outcome(claims, documents, omissions)

    def claims(self, record: Record) -> Iterator[Claim]:
        """What the record says. Raises `SkipRecord` when it can't be read or gives neither a claim nor prose."""
        return iter(self.outcome(record).claims)

    def omissions(self, record: Record) -> Iterator[str]:
        """What of the record could not become a claim; nothing of one that is skipped, which says so itself."""
        try:
            return iter(self.outcome(record).omissions)
        except SkipRecord:
            return iter(())
