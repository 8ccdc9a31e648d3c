"""A polity on a line: id, name, lifespan, codes."""

from __future__ import annotations

from comity.model import Code, Polity
from comity.present.english import day
from comity.relations.wording import listed

_SCHEMES = {"iso3": "ISO", "cow": "CoW", "gw": "GW", "wikidata": "Wikidata"}


def line(polity: Polity) -> str:
    """A polity's id, name, lifespan and codes.

    >>> from comity.sources.gazetteer import gazetteer
    >>> line(gazetteer().polity("peru"))
    'peru: Peru; a state July 1821 to 1836 and since 1839; ISO PER, CoW 135, GW 135, Wikidata Q419'
    """
    lives = life(polity)
    codes = ", ".join(f"{_SCHEMES[code.scheme]} {code.value}" for code in _coded(polity))
    return "; ".join(
        part for part in (f"{polity.id}: {polity.name}", f"a state {lives}" if lives else "", codes) if part
    )


def life(polity: Polity) -> str:
    """A polity's lifespans in words; empty when no list gives any.

    >>> from comity.sources.gazetteer import gazetteer
    >>> life(gazetteer().polity("peru"))
    'July 1821 to 1836 and since 1839'
    """
    return listed(day(span) for span in polity.lifespans)


def _coded(polity: Polity) -> list[Code]:
    return sorted(
        (code for code in polity.codes if code.scheme in _SCHEMES), key=lambda code: list(_SCHEMES).index(code.scheme)
    )
