"""Common parts of the sources of history.state.gov: XML records, dates, ids of polities, dates of editing."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from comity.errors import BadDate
from comity.model import Published, When
from comity.sources.base import Record, Teller, Unreadable
from comity.sources.gazetteer import gazetteer
from comity.sources.manifest import belongs, members
from comity.sources.xml import Element, fields, parse

PUBLISHER = "Office of the Historian, U.S. Department of State"
LICENCE = "CC0-1.0"
_EDITED = ("last-modified-date", "last-modified-datetime", "created-date", "created-datetime")
HOUSEKEEPING = frozenset({*_EDITED, "created-by", "last-modified-by"})
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Historian(Teller):
    """An adapter of history.state.gov's XML.

    `lookups` are globs of files that records refer to (people, titles, towns): `look_up` reads them first. A file that
    can't be parsed is returned as a record, so that it is reported.
    """

    lookups: ClassVar[tuple[str, ...]] = ()
    scheme: ClassVar[str] = "hsg"

    def records(self, folder: Path) -> Iterator[Record]:
        """Each record of the files in `folder`, in the order of their paths."""
        files = members(self.source, folder)
        roots = {file: parse(folder / file) for file in files if self._is_lookup(file)}
        self.look_up({file: root for file, root in roots.items() if not isinstance(root, Unreadable)})
        for file in files:
            root = roots[file] if file in roots else parse(folder / file)
            if isinstance(root, Unreadable):
                yield Record(file, file, root)
            else:
                yield from self.within(file, root)

    def look_up(self, roots: dict[str, Element]) -> None:
        """Store the data that records refer to, from the files of `lookups`."""
        return

    @abstractmethod
    def within(self, file: str, root: Element) -> Iterator[Record]:
        """Each record of one file; none for a file that only has lookup data."""

    def passage(self, folder: Path, locator: str) -> str | None:
        """The fields of the record at a locator, each as `name: text`; None when there is no such record."""
        record = self.record(folder, locator)
        return None if record is None else self.shown(record.element)

    def record(self, folder: Path, locator: str) -> Record | None:
        """The record at a locator; None when there is no such record."""
        file = locator.partition("#")[0]
        if not belongs(self.source, file) or not (folder / file).is_file():
            return None
        root = parse(folder / file)
        if isinstance(root, Unreadable):
            return None
        return next((record for record in self.within(file, root) if record.locator == locator), None)

    def shown(self, element: Element) -> str:
        """An element's text for a reader, without the fields about its editing."""
        return " · ".join(fields(element, HOUSEKEEPING))

    def polity(self, value: str, when: When | None = None) -> str | None:
        """The id of the polity that the source means by an id at a time; None when the gazetteer has none."""
        return polity_of(self.scheme, value, when)

    def stated(self, values: dict[str, str], whens: Iterable[When | None] = ()) -> Published:
        """The day on which a record was last edited, by its own fields; else the day of the commit.

        If the record has events after its own day, someone edited it without updating the day, which is then ignored.
        """
        day = next((values[tag][:10] for tag in _EDITED if values.get(tag)), "")
        if not _DATE.fullmatch(day):
            return self.published()
        when = When.parse(day)
        ends = (event.end_earliest for event in whens if event is not None and event.end_earliest != date.max)
        return self.published(None if any(day > when.latest for day in ends) else when)

    def _is_lookup(self, file: str) -> bool:
        return any(file.startswith(glob.partition("*")[0]) for glob in self.lookups)


@lru_cache(maxsize=65536)
def dated(value: str) -> When | None:
    """A date as written in these files: a day, month or year in ISO form; None when it is empty.

    Raises `BadDate` for anything else.

    >>> str(dated("1826-05")), dated("")
    ('1826-05', None)
    """
    if not value:
        return None
    if not _DATE.fullmatch(value):
        raise BadDate(f'"{value}" is not a day, month or year in ISO form', offender=value)
    return When.parse(value)


def readable(value: str) -> When | None:
    """A date as read by `dated`; None where that would raise."""
    try:
        return dated(value)
    except BadDate:
        return None


def brief(error: BadDate) -> str:
    """The message of a date error, without the advice on accepted forms."""
    return str(error).partition("; ")[0]


def spell(begin: When | None, end: When | None) -> When:
    """The interval between two dates, or the date itself if they are equal; None is an unknown end.

    Raises `BadDate` when it ends before it begins.

    >>> spell(dated("1920-09-15"), dated("1920-09-15")).edtf, spell(dated("1920-09-15"), dated("1920-09-16")).edtf
    ('1920-09-15', '1920-09-15/1920-09-16')
    """
    return begin if begin is not None and begin == end else When.span(begin, end)


@lru_cache(maxsize=65536)
def polity_of(scheme: str, value: str, when: When | None = None) -> str | None:
    """The id of the first polity in the gazetteer for a scheme's code at a time; None when there is none.

    >>> polity_of("hsg", "germany", When.parse("1960"))
    'west-germany'
    """
    return next((polity.id for polity in gazetteer().of(scheme, value, when)), None)


def numbered(file: str, elements: Iterable[tuple[str, Element]]) -> Iterator[Record]:
    """Records located by their ids; a repeated id in the file gets its count: `#id/2`."""
    seen: dict[str, int] = {}
    for id, element in elements:
        seen[id] = seen.get(id, 0) + 1
        finder = id if seen[id] == 1 else f"{id}/{seen[id]}"
        yield Record(file, f"{file}#{finder}", element)
