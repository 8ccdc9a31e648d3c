"""comity from Python: a brief, an answer and a timeline, which a notebook shows as pages.

>>> import comity
>>> comity.ask("Peru", "United States", "recognition", as_of="1850").answer.status
'recognized'
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from comity.ledger.embedded import everything
from comity.model import Source
from comity.present import answer as told
from comity.present.brief import brief as in_markdown
from comity.present.brief import written
from comity.present.export.page import article, timetable
from comity.present.words import both
from comity.query import ask as asking
from comity.query import dossier as dossiers
from comity.query import timeline as timelines
from comity.query.asked import when


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
        return told.answer(self.answer, self.sources)

    def _repr_html_(self) -> str:
        return f'<article class="comity"><pre>{escape(str(self))}</pre></article>'


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline: what it found, and the same in words."""

    timeline: timelines.Timeline

    def __str__(self) -> str:
        return told.timeline(self.timeline)

    def _repr_html_(self) -> str:
        one, other = self.timeline.pair.polities
        return timetable(self.timeline, both(one.id, other.id))


def brief(one: str, other: str, *, as_of: str | None = None, known_by: str | None = None) -> Brief:
    """All about two polities on a day (else today), from what was published by a day.

    Raises `UnknownPolity`, `AmbiguousPolity` or `BadDate`, each with what to do.

    >>> brief("Peru", "United States", as_of="1950").dossier.status.state.value
    'established'
    """
    return Brief(dossiers.dossier(everything(), one, other, when(as_of, "as_of"), when(known_by, "known_by")))


def ask(one: str, other: str, relation: str, *, as_of: str | None = None, known_by: str | None = None) -> Answer:
    """Whether one relation held on a day. Raises what `brief` does, and `UnknownRelation`."""
    view = everything()
    found = asking.ask(view, one, other, relation, when(as_of, "as_of"), when(known_by, "known_by"))
    return Answer(found, view.sources())


def timeline(
    one: str, other: str, *, begin: str | None = None, end: str | None = None, known_by: str | None = None
) -> Timeline:
    """What happened between two polities, in order of time. Raises what `brief` does.

    >>> timeline("Peru", "United States", begin="1826", end="1826").timeline.events[0].when.edtf
    '1826'
    """
    days = (when(begin, "begin"), when(end, "end"), when(known_by, "known_by"))
    return Timeline(timelines.timeline(everything(), one, other, *days))
