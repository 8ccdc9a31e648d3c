"""Common parts of the research data sets: tables in .rda files, numeric codes of states, terms of use."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from comity.model import Claim, Source, When
from comity.sources.base import Record, Teller, Unreadable
from comity.sources.manifest import members
from comity.sources.rda import PEACESCIENCER, member
from comity.sources.research import numbers
from comity.sources.research.frames import Row, rows

TERMS = "free to use with citation of its authors"


def source(
    id: str, title: str, publisher: str, *tables: str, homepage: str, references: tuple[str, ...],
    package: Source = PEACESCIENCER,
) -> Source:  # fmt: skip
    """A data set in an R package: `tables` are its tables, the main one first."""
    return Source(
        id=id,
        title=title,
        publisher=publisher,
        licence=TERMS,
        repository=package.repository,
        commit=package.commit,
        commit_date=package.commit_date,
        files=tuple(member(table) for table in tables),
        homepage=homepage,
        folder=package.place,
        group="research",
        references=references,
    )


class Research(Teller):
    """A data set: a record is a row, or successive years of equal rows as one.

    `scheme` is the scheme of its state numbers (`cow`: Correlates of War, `gw`: Gleditsch and Ward).
    """

    scheme: ClassVar[str] = "cow"

    def __init__(self) -> None:
        self._passages: dict[Path, dict[str, str]] = {}

    @abstractmethod
    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """Each record as (key in the main file, fields); `tables` are by the names of their files."""

    def records(self, folder: Path) -> Iterator[Record]:
        """Each record of the main table; if any file can't be parsed, only a record for that file."""
        read = {file: rows(folder / file) for file in members(self.source, folder)}
        broken = {file: table for file, table in read.items() if isinstance(table, Unreadable)}
        for file, why in broken.items():
            yield Record(file, file, why)
        main = self.source.files[0]
        if not broken and main in read:
            tables = {Path(file).stem: table for file, table in read.items() if not isinstance(table, Unreadable)}
            for key, entry in self.entries(tables):
                yield Record(main, f"{main}#{key}", entry)

    def passage(self, folder: Path, locator: str) -> str | None:
        """The fields of the record at a locator, each as `name: value`; None when there is no such record."""
        if folder not in self._passages:
            records = self.records(folder) if folder.is_dir() else ()
            passages = {
                record.locator: _fields(record.element) for record in records if isinstance(record.element, dict)
            }
            self._passages[folder] = passages
        return self._passages[folder].get(locator)

    def of_state(self, record: Record, number: int, relation: str, when: When, **fields: Any) -> Iterator[Claim | str]:
        """A claim for each polity that a number meant during a time, or the remark that there was none."""
        parts = numbers.parts(self.scheme, number, when)
        for polity, part in parts:
            yield self.claim(record, polity, relation, when=part, **fields)
        if not parts:
            yield numbers.unknown(self.scheme, number, when)

    def of_pair(
        self, record: Record, number1: int, number2: int, relation: str, when: When, **fields: Any
    ) -> Iterator[Claim | str]:
        """A claim for each pair of polities that two numbers meant during a time, or which number meant none."""
        pairs = list(numbers.pairs(self.scheme, number1, number2, when))
        for first, second, part in pairs:
            yield self.claim(record, first, relation, second, when=part, **fields)
        if not pairs:
            missing = [each for each in (number1, number2) if not numbers.parts(self.scheme, each, when)]
            yield "; ".join(numbers.unknown(self.scheme, each, when) for each in missing) or (
                f"{self.scheme} {number1} and {number2} were not states at one time in {when}"
            )


def _fields(row: Row) -> str:
    fields = (f"{name}: {' '.join(str(value).split())}" for name, value in row.items() if value is not None)
    return " · ".join(fields)
