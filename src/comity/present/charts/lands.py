"""Today's countries as short paths on an equal-area map, without Antarctica and tiny islands; computed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from comity.extras import need
from comity.present.charts.atlas import features, shape
from comity.sources.outlines import outlines

SEA = "sea"
_NO_LAND = "ATA"  # belongs to no state, and would fill a quarter of the picture
_MARK = re.compile(r'<path aria-label="([^"]*)"[^<>]* d="([^"]*)"')
_RING = re.compile(r"M([^MZ]+)Z")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map's width and height, in units small enough for whole coordinates, and its projection."""

    width: int
    height: int
    projection: Mapping[str, Any]


def _world(width: int) -> Sheet:
    """From the north of Greenland to Cape Horn; the edge runs through the Bering Strait and cuts no country in two."""
    height = round(width * 0.44)
    middle = {"scale": width / 5.45, "translate": [width / 2, height * 0.56]}
    return Sheet(width, height, {"type": "equalEarth", "rotate": [-11, 0, 0], **middle})


def _europe(width: int) -> Sheet:
    """Europe with the lands around the Mediterranean, where most countries are too small for a narrow map."""
    height = round(width * 0.86)
    middle = {"scale": width * 1.05, "translate": [width / 2, height / 2], "clipExtent": [[0, 0], [width, height]]}
    return Sheet(width, height, {"type": "azimuthalEqualArea", "rotate": [-20, -48, 0], **middle})


SHEETS = {"world": _world(2200), "world-narrow": _world(688), "europe-narrow": _europe(688)}


@cache
def lands(sheet: str) -> Mapping[str, str]:
    """The path of each country on a sheet, by ISO 3166 alpha-3 as in `outlines`, and of the `SEA`.

    >>> lands("world")["PER"].startswith("M"), "ATA" in lands("world"), lands("europe-narrow")["PER"]
    (True, False, '')
    """
    need("charts")
    import altair
    import vl_convert

    on = SHEETS[sheet]
    shapes = {SEA: {"type": "Sphere"}} | {code: shape(rings) for code, rings in outlines().items() if code != _NO_LAND}
    chart = (
        altair.Chart(altair.NamedData("lands"))  # Altair copies inline data, but not named data
        .mark_geoshape()
        .encode(description="id:N")
        .project(**on.projection)
        .properties(width=on.width, height=on.height)
    )
    svg = vl_convert.vegalite_to_svg({**chart.to_dict(), "datasets": {"lands": features(shapes.values(), shapes)}})
    drawn = dict(_MARK.findall(svg))
    return {code: "".join(_rings(drawn.get(code, ""))) for code in shapes}


def _rings(path: str) -> Iterator[str]:
    """The rings of a path as relative steps in whole units; a ring too small for that is left out."""
    for ring in _RING.findall(path):
        points = [tuple(round(float(part)) for part in point.split(",")) for point in ring.split("L")]
        steps = [(x - left, y - top) for (left, top), (x, y) in pairwise(points) if (x, y) != (left, top)]
        if len(steps) > 1:
            yield f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")
