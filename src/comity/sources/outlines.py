"""The outlines of today's countries, to draw a map of two of them.

From Natural Earth (public domain, https://www.naturalearthdata.com) at 1:110 million, as the package world-atlas 2.0.2
carries it; countries too small for that scale are missing. Rebuilt by `python tools/outlines.py`.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files

FILE = "outlines.json.gz"

Ring = list[list[float]]


@cache
def outlines() -> dict[str, list[Ring]]:
    """The outer rings of each country's land, as longitudes and latitudes, by ISO 3166 alpha-3.

    A territory without a code of ISO 3166 is under its name.

    >>> len(outlines()["PER"]), "N. Cyprus" in outlines(), "VAT" in outlines()
    (1, True, False)
    """
    rings: dict[str, list[Ring]] = json.loads(gzip.decompress((files("comity") / "data" / FILE).read_bytes()))
    return rings
