"""comity from Python: briefs, answers and timelines, which a notebook shows as pages; documents read and checked.

>>> import comity
>>> comity.ask("Peru", "United States", "recognition", as_of="1850").answer.status
'recognized'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from comity.ledger.open import everything
from comity.model import Claim, Document, Polity, Published, PublishedBasis, Source
from comity.present import answer as wording
from comity.present import spells as spell_rows
from comity.present.brief import brief as in_markdown
from comity.present.brief import written
from comity.present.english import both
from comity.present.export.html_page import article, timetable
from comity.query import ask as asking
from comity.query import dossier as dossiers
from comity.query import spells as spelling
from comity.query import timeline as timelines
from comity.query.check.finding import Finding
from comity.query.questions import when
from comity.reconcile import names
from comity.sources.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: its dossier, and the same in words."""

    dossier: dossiers.Dossier

    def __str__(self) -> str:
        return in_markdown(self.dossier)

    def _repr_html_(self) -> str:
        return article(written(self.dossier))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer on one relation, and the same in words."""

    answer: asking.Answer
    sources: dict[str, Source]

    def __str__(self) -> str:
        return wording.answer(self.answer, self.sources)

    def _repr_html_(self) -> str:
        return f'<article class="comity"><pre>{escape(str(self))}</pre></article>'


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline: its events, and the same in words."""

    timeline: timelines.Timeline

    def __str__(self) -> str:
        return wording.timeline(self.timeline)

    def _repr_html_(self) -> str:
        first, second = self.timeline.pair.polities
        return timetable(self.timeline, both(first.id, second.id))


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells, and the same as a table of pandas, polars or Arrow, with the columns of `comity spells --format csv`."""

    spells: tuple[spelling.Spell, ...]

    def __str__(self) -> str:
        return spell_rows.as_text(self.spells)

    def to_arrow(self) -> Any:
        """As a pyarrow Table."""
        import pyarrow

        return pyarrow.Table.from_pylist(spell_rows.rows(self.spells))

    def to_pandas(self) -> Any:
        """As a pandas DataFrame."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """As a polars DataFrame."""
        import polars

        return polars.from_arrow(self.to_arrow())


def brief(first: str, second: str, *, as_of: str | None = None, known_by: str | None = None) -> Brief:
    """All about two polities on a day (else today), from what was published by a day.

    Raises `UnknownPolity`, `AmbiguousPolity` or `BadDate`, each with what to do.

    >>> brief("Peru", "United States", as_of="1950").dossier.status.state.value
    'established'
    """
    return Brief(dossiers.dossier(everything(), first, second, when(as_of, "as_of"), when(known_by, "known_by")))


def ask(first: str, second: str, relation: str, *, as_of: str | None = None, known_by: str | None = None) -> Answer:
    """Whether one relation held on a day. Raises what `brief` does, and `UnknownRelation`."""
    view = everything()
    answer = asking.ask(view, first, second, relation, when(as_of, "as_of"), when(known_by, "known_by"))
    return Answer(answer, view.sources())


def timeline(
    first: str, second: str, *, begin: str | None = None, end: str | None = None, known_by: str | None = None
) -> Timeline:
    """What happened between two polities, in order of time. Raises what `brief` does.

    >>> timeline("Peru", "United States", begin="1826", end="1826").timeline.events[0].when.edtf
    '1826-05-02'
    """
    days = (when(begin, "begin"), when(end, "end"), when(known_by, "known_by"))
    return Timeline(timelines.timeline(everything(), first, second, *days))


def spells(
    lane: str | None = None,
    *,
    about: str | None = None,
    partner: str | None = None,
    state: str | None = None,
    begin: str | None = None,
    end: str | None = None,
    known_by: str | None = None,
) -> Spells:
    """From when to when relations, missions, envoys, wars and more were in one state. Raises what `brief` does.

    >>> [spell.end.edtf for spell in spells("relations", about="Cuba", partner="United States", state="severed").spells]
    ['2015-07-20']
    """
    days = (when(begin, "begin"), when(end, "end"), when(known_by, "known_by"))
    return Spells(tuple(spelling.spells(everything(), lane, about, partner, state, *days)))


def read(path: str, *, about: Iterable[str] = (), published: str | None = None) -> list[Claim]:
    """The claims in a file, the files of a folder, or a page by its URL, in the order of the text.

    `about` are the polities that the documents are about ("the two countries"); `published`, the day on which they
    appeared, from which "last year" is counted. Nothing is stored. Raises `BadDocument` for what has no text to read,
    and what `brief` raises for a name or date.

    >>> import tempfile, pathlib
    >>> page = pathlib.Path(tempfile.mkdtemp(), "page.txt")
    >>> _ = page.write_text("Chile and Peru established diplomatic relations on April 3, 1832.")
    >>> [(claim.relation, claim.when.edtf) for claim in read(str(page))]
    [('relations.established', '1832-04-03')]
    """
    from comity.reading import read_all

    documents = _documents(path, about, published)
    return [claim for _, claims in read_all(documents) for claim in claims]


def check(
    path: str, *, as_of: str | None = None, about: Iterable[str] = (), published: str | None = None
) -> list[Finding]:
    """What is stale, contradicted, repeated, garbled, imprecise or unsupported in a file, a folder's files or a page.

    `as_of` is the day on which it is read, else today. Raises what `read` does.
    """
    from comity.query.check import check as checked
    from comity.query.pair import today

    day = when(as_of, "as_of")
    view = everything()
    documents = _documents(path, about, published)
    return [finding for each in documents for finding in checked(each, view, day.latest if day else today())]


def polities(like: str | None = None, *, limit: int = 10) -> list[Polity]:
    """The polities whose name or code is like a word, the nearest first; without one, all of them.

    >>> [polity.id for polity in polities("Persia", limit=1)]
    ['iran']
    """
    return list(names.like(like, limit)) if like else list(gazetteer())


def _documents(path: str, about: Iterable[str], published: str | None) -> list[Document]:
    from comity.reading import load
    from comity.reading.text.web import addressed, fetched

    day = when(published, "published")
    date = Published(day, PublishedBasis.GIVEN) if day else None
    parties = tuple(names.resolve(name).polity.id for name in about)
    if addressed(path):
        return [fetched(path, about=parties, published=date)]
    return load(path, about=parties, published=date)
