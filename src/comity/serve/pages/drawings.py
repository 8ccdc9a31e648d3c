"""The drawings of a pair, made once for all days and cached until a ledger changes."""

from __future__ import annotations

from dataclasses import dataclass

from comity.present.charts import Atlas, Figures, TimelineChart, atlas, figures, timeline
from comity.query.course import course
from comity.query.figures import series
from comity.query.pair import Pair
from comity.serve.cache import Cache
from comity.serve.desk import Desk

_PAIRS = 64  # two or three hundred kilobytes each


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings of a pair, which are the same for every day."""

    timeline: TimelineChart | None
    atlas: Atlas | None
    figures: tuple[Figures, ...]


_CACHE: Cache[Drawings] = Cache(_PAIRS)


def drawings(desk: Desk, question: Pair) -> Drawings:
    """The drawings of a pair, from what was known by its day."""
    known_by = question.known_by.edtf if question.known_by else ""
    day = question.day if question.is_to_come else None  # a future day extends the timeline
    key = (desk.edition(), tuple(polity.id for polity in question.polities), known_by, day)
    return _CACHE.get_or_make(key, lambda: _draw(desk, question))


def _draw(desk: Desk, question: Pair) -> Drawings:
    charted = figures(series(desk.view(), question), question.polities[0].id)
    return Drawings(timeline(course(desk.view(), question)), atlas(question), charted)
