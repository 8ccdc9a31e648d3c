"""Dates, names of polities, amounts and titles in running English."""

from __future__ import annotations

import calendar
import re

from comity.model import When
from comity.present.visible import one_line
from comity.sources.gazetteer import gazetteer

_PARTS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"} | {
    33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of", 36: "the fourth quarter of",
    40: "the first half of", 41: "the second half of",
}  # fmt: skip
_MARKS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_ARTICLE = re.compile(
    r"^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Holy See|Kingdom|Marshall|Solomon|"
    r"Cook|Ottoman|Austrian|Papal|Two Sicilies|Hanseatic|Orange Free|Congo Free|Peru–Bolivian|Soviet|Viceroyalty|Grand|"
    r"Polish–|Mexican Empire|Dominican|Czech R|Central African|Federated|German Democratic|North German|Vatican)"
    r"|\b(?:Republic|Federation|Confederation|Union|Empire|Islands|Emirates|Kingdom|Commonwealth)(?: of\b|$)"
)


def the(id: str | None, capital: bool = False) -> str:
    """A polity's name within a sentence, with its article.

    >>> the("united-states"), the("peru"), the("netherlands", capital=True), the(None)
    ('the United States', 'Peru', 'The Netherlands', 'another state')
    """
    if id is None:
        return "another state"
    name = (
        gazetteer().polity(id).name if id in gazetteer() else one_line(id) or "another state"
    )  # a source may give any id
    worded = f"the {name}" if _ARTICLE.search(name) else name
    return worded[0].upper() + worded[1:] if capital else worded


def both(first: str, second: str) -> str:
    """Two polities as the beginning of a line.

    >>> both("united-states", "netherlands")
    'The United States and the Netherlands'
    """
    return f"{the(first, capital=True)} and {the(second)}"


def whose(id: str | None, capital: bool = False) -> str:
    """A polity's name in the possessive.

    >>> whose("united-states"), whose("peru")
    ("the United States'", "Peru's")
    """
    name = the(id, capital)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def day(when: When) -> str:
    """A date in words, no more precise than the source.

    >>> day(When.parse("1826-05-02")), day(When.parse("1826-05")), day(When.parse("184X")), day(When.parse("1834~"))
    ('2 May 1826', 'May 1826', 'the 1840s', 'about 1834')
    """
    if when.is_interval:
        return _interval(when)
    if when.known is not when:
        return f"{day(when.known)} or {'before' if when.edtf.startswith('[..') else 'later'}"
    mark = _MARKS.get(when.edtf[-1], "")
    year, *rest = when.edtf.rstrip("?~%").split("-")
    if year.endswith("XX"):  # "the 1800s" would be also the words for the decade
        return f"{mark}the century {_year(year.replace('X', '0'))}–{_year(year.replace('X', '9'))}"
    if "X" in year:
        return f"{mark}the {year.replace('X', '0')}s"
    if not rest or rest[0] == "XX":
        return mark + _year(year)
    if int(rest[0]) in _PARTS:
        return f"{mark}{_PARTS[int(rest[0])]} {_year(year)}"
    month = calendar.month_name[int(rest[0])]
    known = len(rest) == 2 and rest[1] != "XX"
    return f"{mark}{int(rest[1])} {month} {_year(year)}" if known else f"{mark}{month} {_year(year)}"


def on(when: When | None) -> str:
    """A date with its preposition, to follow a verb; empty when there is none.

    >>> on(When.parse("1826-05-02")), on(When.parse("1826")), on(When.parse("1920/1923")), on(None)
    (' on 2 May 1826', ' in 1826', ' from 1920 to 1923', '')
    >>> on(When.parse("1949/[2018..]")), on(When.parse("[..1816-01]/1838-12")), on(When.parse("1866/1866"))
    (' from 1949 to 2018 or later', ' from January 1816 or before to December 1838', ' in 1866')
    """
    if when is None:
        return ""
    if when.is_interval and when.begin.edtf != when.end.edtf:
        return f" {_spelled_out(when)}"
    when = when.begin
    return f" {'on' if when.precision == 'day' else 'in'} {day(when)}"


def at(when: When | None) -> str:
    """When something happened, to follow a verb; a range means some time within it.

    >>> at(When.parse("1786-02/1796-11-04")), at(When.parse("1826"))
    (' between February 1786 and 4 November 1796', ' in 1826')
    """
    if when is None or not when.is_interval:
        return on(when)
    begin, end = when.begin.edtf, when.end.edtf
    if begin in ("", ".."):
        return f" by {day(when.end)}"
    return f" after {day(when.begin)}" if end in ("", "..") else f" between {day(when.begin)} and {day(when.end)}"


def lasting(when: When | None) -> str:
    """How long something lasted, or the date on which it was so.

    >>> lasting(When.parse("1920/1923")), lasting(When.parse("1920"))
    (' 1920 to 1923', ' in 1920')
    """
    return f" {day(when)}" if when and when.is_interval else on(when)


def since(when: When | None) -> str:
    """The beginning of a state, from the date of the event that began it; empty when unknown.

    >>> since(When.parse("1920-04-24")), since(When.parse("1786/1796")), since(None)
    (' since 24 April 1920', ' since some time between 1786 and 1796', '')
    """
    if when is None:
        return ""
    if when.is_interval and when.begin.edtf in ("", ".."):
        return f" since {day(when.end)} at the latest"
    within = at(when).strip()
    return f" since some time {within}" if within.startswith("between") else f" since {day(when.begin)}"


def _year(text: str) -> str:
    return text.lstrip("0") or text


def _interval(when: When) -> str:
    begin, end = when.begin.edtf, when.end.edtf
    if begin in ("", ".."):
        return f"until {day(when.end)}"
    if end in ("", ".."):
        return f"since {day(when.begin)}" if end == ".." else f"from {day(when.begin)}"
    if begin == end:
        return day(when.begin)
    first, last = day(when.begin), day(when.end)
    if when.end.earliest < when.begin.earliest <= when.end.latest:
        return f"{first} to some time in {last}"
    both = when.begin.precision == when.end.precision == "day"
    if both and when.begin.edtf[:7] == when.end.edtf[:7] and not when.is_marked:
        return f"{when.begin.earliest.day}–{last}"
    return f"{first} to {last}"


def _spelled_out(when: When) -> str:
    worded = _interval(when)
    return (
        worded if worded.startswith(("until", "since", "from")) else ("from " if " to " in worded else "on ") + worded
    )
