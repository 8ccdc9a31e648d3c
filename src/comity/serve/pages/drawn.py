"""The drawings of a pair, made once for all days and kept while the ledgers stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from comity.present.charts import Atlas, Figures, Timeline, atlas, figures, timeline
from comity.query.course import course
from comity.query.figures import series
from comity.query.pair import Pair
from comity.serve.desk import Desk
from comity.serve.kept import Kept

_PAIRS = 64  # two or three hundred kilobytes each


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a pair, whatever the day."""

    timeline: Timeline | None
    atlas: Atlas | None
    figures: tuple[Figures, ...]


_KEPT: Kept[Drawn] = Kept(_PAIRS)


def drawn(desk: Desk, asked: Pair) -> Drawn:
    """The drawings of a pair, from what was known by its day."""
    known_by = asked.known_by.edtf if asked.known_by else ""
    day = asked.day if asked.is_to_come else None  # a day to come stretches the timeline
    key = (desk.edition(), tuple(polity.id for polity in asked.polities), known_by, day)
    return _KEPT.made(key, lambda: _drawn(desk, asked))


def _drawn(desk: Desk, asked: Pair) -> Drawn:
    charted = figures(series(desk.view(), asked), asked.polities[0].id)
    return Drawn(timeline(course(desk.view(), asked)), atlas(asked), charted)
