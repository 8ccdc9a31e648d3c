"""From a source's files to a ledger: every record ends as claims, as prose read, or as a reported skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.errors import SkipRecord
from comity.ledger.writer import Appended, Writer
from comity.model import Claim, Document
from comity.sources.base import Adapter

Told = Callable[[str, int], None]
"""Told what is being done, and how many records or documents are done."""

_EVERY = 200


@dataclass(slots=True)
class Harvest:
    """What the records of a source gave.

    `records` = `claimed` + `documented` + `skips`: those with claims, those with prose alone, those reported.
    `omissions` are things in a record with claims that could not become one. `prose` counts the documents read.
    """

    records: int = 0
    claimed: int = 0
    documented: int = 0
    skips: list[str] = field(default_factory=list)
    omissions: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    prose: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for."""
        return self.records == self.claimed + self.documented + len(self.skips)

    def counts(self) -> dict[str, int]:
        """The counts by name, for a report or a version's note."""
        return {
            "records": self.records,
            "claimed": self.claimed,
            "documented": self.documented,
            "skips": len(self.skips),
            "omissions": len(self.omissions),
            "documents": len(self.documents),
            "prose": self.prose,
            "claims": len(self.claims),
        }


@dataclass(frozen=True, slots=True)
class Ingested:
    """A harvest, and what the ledger did with it."""

    source: str
    harvest: Harvest
    appended: Appended


def ingest(
    adapter: Adapter,
    folder: Path,
    writer: Writer,
    *,
    who: str,
    prose: bool = True,
    jobs: int = 1,
    told: Told | None = None,
) -> Ingested:
    """Append what a source's verified files say, as one version of the ledger: all of it or nothing.

    `prose` has the readers read the source's documents too. Raises `LedgerError` when the ledger can't be written.
    """
    found = harvest(adapter, folder, told)
    if prose:
        read_prose(found, jobs, told)
    done = writer.append(
        found.claims,
        source=adapter.source,
        adapter=f"{adapter.source.id} {adapter.version}",
        who=who,
        note=found.counts(),
    )
    return Ingested(adapter.source.id, found, done)


def harvest(adapter: Adapter, folder: Path, told: Told | None = None) -> Harvest:
    """What every record of a source's files says, and what it leaves to the readers."""
    found = Harvest()
    for record in adapter.records(folder):
        found.records += 1
        try:
            came = adapter.outcome(record)
        except SkipRecord as error:
            found.skips.append(str(error))
            continue
        found.omissions += [f"{adapter.source.id}: {record.locator}: {why}" for why in came.omissions]
        found.claimed += bool(came.claims)
        found.documented += not came.claims
        found.claims += came.claims
        found.documents += came.documents
        if told and found.records % _EVERY == 0:
            told(f"{adapter.source.id}: records", found.records)
    return found


def read_prose(found: Harvest, jobs: int = 1, told: Told | None = None) -> None:
    """Add the claims that the readers find in a harvest's documents; quotations stay with their source."""
    from comity.reading import read_all  # brings a parser's model

    found.claims += _read(read_all(found.documents, jobs=jobs), found, told)


def _read(results: Iterator[tuple[Document, list[Claim]]], found: Harvest, told: Told | None) -> Iterator[Claim]:
    for _, claims in results:
        found.prose += 1
        if told and found.prose % _EVERY == 0:
            told("paragraphs read", found.prose)
        yield from (claim.but(quote=None) for claim in claims)
