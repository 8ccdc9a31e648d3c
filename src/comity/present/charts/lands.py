"""Today's countries as short paths on a map of the world, made once for each size: equal areas, no Antarctica."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from comity.present.charts.atlas import features, shape
from comity.sources.outlines import outlines

HIGH = 0.44
"""The height of such a map, of its width: from the top of Greenland to Cape Horn."""
SEA = "sea"
_NO_LAND = "ATA"  # no state's, and a quarter of the picture
_TURN = -11  # degrees: the edge of the map runs through the Bering Strait, and cuts no country in two
_SPAN = 5.45  # the width of a map of the world, Equal Earth, at a scale of one
_EQUATOR = 0.545  # how far down it lies, of the height
_MARK = re.compile(r'<path aria-label="([^"]*)"[^>]* d="([^"]*)"')
_RING = re.compile(r"M([^MZ]+)Z")


@cache
def lands(width: int) -> Mapping[str, str]:
    """The path of each country, by ISO 3166 alpha-3 as `outlines` has it, and that of the `SEA`, in whole units.

    >>> lands(688)["PER"][:8], "ATA" in lands(688)
    ('M206 197', False)
    """
    import altair
    import vl_convert

    shapes = {SEA: {"type": "Sphere"}} | {code: shape(rings) for code, rings in outlines().items() if code != _NO_LAND}
    height = round(width * HIGH)
    chart = (
        altair.Chart(features(shapes.values(), shapes))
        .mark_geoshape()
        .encode(description="id:N")
        .project(type="equalEarth", rotate=[_TURN, 0, 0], scale=width / _SPAN, translate=[width / 2, height * _EQUATOR])
        .properties(width=width, height=height)
    )
    drawn = _MARK.findall(vl_convert.vegalite_to_svg(chart.to_dict()))
    return {code: "".join(_rings(path)) for code, path in drawn}


def _rings(path: str) -> Iterator[str]:
    """The rings of a path in steps of whole units, each from the one before; a ring too small for that is left out."""
    for ring in _RING.findall(path):
        points = [tuple(round(float(part)) for part in point.split(",")) for point in ring.split("L")]
        steps = [(x - left, y - top) for (left, top), (x, y) in pairwise(points) if (x, y) != (left, top)]
        if len(steps) > 1:
            yield f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-")
