"""Who ever went by some words, and when: what a choice among polities is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.errors import UnknownPolity
from comity.model import Certainty, Polity, When
from comity.reconcile.forms import forms
from comity.sources.gazetteer import NAMING, SEAT, gazetteer
from comity.sources.spellings import spellings

LONGEST = 200  # characters of a name; the longest official one has 74
_ISO = "ISO 3166"
_LISTS = {"iso2": _ISO, "iso3": _ISO}
_YIELDING = frozenset({"GEC", "IOC", "ISO 3166-3", "World Bank"})  # to ISO 3166, which more people mean by a code
_TWO_PARTS = re.compile(
    r"([^()\[\]]*[^()\[\]\s])\s*[(\[]([^()\[\]]+)[)\]]|([^,]+),([^,]+)|([^/]+)/([^/]+)|([^-–]+)[-–]([^-–]+)"
)
_PARTS = re.compile(r"[,(\[]")


@dataclass(frozen=True, slots=True)
class Bearer:
    """A polity and the time in which it went by the words; None means always. `by` is the list whose code they are."""

    polity: Polity
    when: When | None
    by: str = ""

    def bore(self, on: When) -> Certainty:
        """Whether it went by the words then."""
        return Certainty.YES if self.when is None else self.when.overlaps(on)

    def lasts(self) -> bool:
        """Whether it still goes by the words, and still is."""
        spans = [span for span in (self.when, *self.polity.lifespans[-1:]) if span]
        return all(span.latest == date.max for span in spans)


def going_by(text: str) -> list[Bearer]:
    """Who goes by the words as a name; failing that as an id, a code, another spelling, or two names of one polity.

    Raises `UnknownPolity` for more words than any name has.

    >>> [bearer.polity.id for bearer in going_by("Persia")], [bearer.polity.id for bearer in going_by("135")]
    (['iran'], ['peru', 'peru'])
    >>> [bearer.polity.id for bearer in going_by("Iran (Islamic Rep. of)")]
    ['iran']
    """
    refuse_long(text)
    bearers = _own(text)
    if bearers or spellings().entity(text):
        return bearers
    return _spelled(text) or _in_two_parts(text)


def refuse_long(text: str) -> None:
    """Raise `UnknownPolity` for more characters than any name has, before anything is compared with them."""
    if len(text) > LONGEST:
        raise UnknownPolity(
            f"a name has at most {LONGEST} characters, and this one has {len(text):,}: give the name alone",
            offender=text[:LONGEST],
            hint="comity polities --like NAME   lists names and codes",
        )


def leading(bearers: list[Bearer]) -> list[Bearer]:
    """The bearers among whom to choose: where ISO 3166 has the code, lists that fewer people use give way.

    Correlates of War does not give way: its letters are as usual in research as those of ISO 3166.
    """
    if any(bearer.by == _ISO for bearer in bearers):
        return [bearer for bearer in bearers if bearer.by not in _YIELDING]
    return bearers


def _own(text: str) -> list[Bearer]:
    """Who goes by the words letter by letter: by name, id or code."""
    known = gazetteer()
    bearers = [Bearer(polity, name.when) for polity, name in known.bearers(text) if name.kind in NAMING]
    code = text.strip()
    if not bearers and code.casefold() in known:
        bearers = [Bearer(known.polity(code.casefold()), None)]
    if bearers:
        return bearers
    bearers = [Bearer(polity, row.when, _LISTS.get(row.scheme, "")) for polity, row in known.coded(code)]
    return bearers + [Bearer(known.polity(id), when, title) for title, id, when in spellings().coded(code)]


def _spelled(text: str) -> list[Bearer]:
    """Who bears the first form of the words that is a name, else the first that lists or other languages have."""
    table, written = spellings(), forms(text)
    for words in sorted(written, key=table.is_name, reverse=True):
        if bearers := [bearer for head in table.heads(words) for bearer in _own(head)]:
            return list(dict.fromkeys(bearers))
    return []


def _in_two_parts(text: str) -> list[Bearer]:
    """Who goes by both of two parts, as names or as a name and its capital: "Burma/Myanmar", "Congo (Kinshasa)".

    Both must mean it. "Texas (United States)" names two polities, and is refused.
    """
    match = _TWO_PARTS.fullmatch(text.strip())
    if match is None:
        return []
    first, second = (part for part in match.groups() if part)
    bearers, others = _anyhow(first), _anyhow(second) or _spelled(f"{second} {_PARTS.split(first)[0]}")
    seats = gazetteer().named(second, kinds=SEAT)
    both = _ids(bearers) & (_ids(others) | {polity.id for polity in seats})
    return [bearer for bearer in [*bearers, *others] if bearer.polity.id in both]


def _anyhow(text: str) -> list[Bearer]:
    return _own(text) or _spelled(text) or _in_two_parts(text)


def _ids(bearers: Iterable[Bearer]) -> set[str]:
    return {bearer.polity.id for bearer in bearers}
