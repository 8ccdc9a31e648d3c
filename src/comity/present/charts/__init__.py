"""Charts and maps as SVG: they draw answers, and compute none."""

from __future__ import annotations

from comity.present.charts.atlas import Atlas, atlas
from comity.present.charts.descent import Descent, descent
from comity.present.charts.figures import Figures, figures
from comity.present.charts.paint import Address, Drawing
from comity.present.charts.timeline import TimelineChart, timeline
from comity.present.charts.world import World, world

__all__ = [
    "Address",
    "Atlas",
    "Descent",
    "Drawing",
    "Figures",
    "TimelineChart",
    "World",
    "atlas",
    "descent",
    "figures",
    "timeline",
    "world",
]
