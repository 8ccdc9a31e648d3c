"""Charts and the map of a pair as SVG: they draw what an answer holds, and compute none."""

from __future__ import annotations

from comity.present.charts.atlas import Atlas, atlas
from comity.present.charts.figures import Figures, figures
from comity.present.charts.paint import Drawing
from comity.present.charts.timeline import Timeline, timeline

__all__ = ["Atlas", "Drawing", "Figures", "Timeline", "atlas", "figures", "timeline"]
