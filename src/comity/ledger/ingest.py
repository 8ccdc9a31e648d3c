"""From a source's files to a ledger: every record becomes claims, prose to read, or a reported skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.errors import SkipRecord
from comity.ledger.writer import Appended, Writer
from comity.model import Claim, Document
from comity.sources.base import Adapter

Report = Callable[[str, int], None]
"""Receives the current step, and how many records or documents are done."""

_EVERY = 200


@dataclass(slots=True)
class Harvest:
    """The claims and documents from the records of a source.

    `records` = `claimed` + `documented` + `skips`: those with claims, those with only prose, those skipped.
    `omissions` are statements in a record with claims that could not become one. `prose` counts the documents read.
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
    """A harvest, and the result of appending it."""

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
    report: Report | None = None,
) -> Ingested:
    """Append the claims of a source's verified files as one version of the ledger, atomically.

    With `prose` the readers also read the source's documents. Raises `LedgerError` when the ledger can't be written.
    """
    intake = harvest(adapter, folder, report)
    if prose:
        read_prose(intake, jobs, report)
    appended = writer.append(
        intake.claims,
        source=adapter.source,
        adapter=f"{adapter.source.id} {adapter.version}",
        who=who,
        note=intake.counts(),
    )
    return Ingested(adapter.source.id, intake, appended)


def harvest(adapter: Adapter, folder: Path, report: Report | None = None) -> Harvest:
    """The claims of every record of a source's files, and the documents for the readers."""
    intake = Harvest()
    for record in adapter.records(folder):
        intake.records += 1
        try:
            outcome = adapter.outcome(record)
        except SkipRecord as error:
            intake.skips.append(str(error))
            continue
        intake.omissions += [f"{adapter.source.id}: {record.locator}: {why}" for why in outcome.omissions]
        intake.claimed += bool(outcome.claims)
        intake.documented += not outcome.claims
        intake.claims += outcome.claims
        intake.documents += outcome.documents
        if report and intake.records % _EVERY == 0:
            report(f"{adapter.source.id}: records", intake.records)
    return intake


def read_prose(intake: Harvest, jobs: int = 1, report: Report | None = None) -> None:
    """Add the claims that the readers find in a harvest's documents; quotations stay with their source."""
    from comity.reading import read_all  # loads a parser's model

    intake.claims += _read(read_all(intake.documents, jobs=jobs), intake, report)


def _read(results: Iterator[tuple[Document, list[Claim]]], intake: Harvest, report: Report | None) -> Iterator[Claim]:
    for _, claims in results:
        intake.prose += 1
        if report and intake.prose % _EVERY == 0:
            report("paragraphs read", intake.prose)
        yield from (claim.but(quote=None) for claim in claims)
