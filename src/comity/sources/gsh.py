"""Territories since 1776 and posts of the United States in them (HistoryAtState/gsh)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.errors import BadDate
from comity.model import Certainty, Claim, Source, When
from comity.sources.base import Record
from comity.sources.gazetteer import gazetteer
from comity.sources.hsg import LICENCE, PUBLISHER, Historian, brief, dated
from comity.sources.xml import Element, text

SOURCE = Source(
    id="hsg-gsh",
    title="Historical Country Names and Posts (gsh)",
    publisher=PUBLISHER,
    licence=LICENCE,
    repository="HistoryAtState/gsh",
    commit="c8aea3fec913baa1daa8472e3a6becdf7277d8be",
    commit_date="2026-02-23",
    files=("territories/*.xml", "posts/*.xml", "locales/*.xml"),
    homepage="https://github.com/HistoryAtState/gsh",
)
STATUS = {"independent-state": "independent state", "dependency-or-area-of-special-sovereignty": "dependency"}
MISSIONS = {"opened": "mission.opened", "closed": "mission.closed"}
# gsh gives a post only its latest rank: its embassy at Lima "opened" in 1817, when it was a consulate. So a post with
# one of these ranks is claimed to have opened only as "post"; a closing keeps the rank, which it had then.
RISEN = frozenset({"embassy", "consulate-general", "branch-office"})
FILED = "gsh files a post under one territory and its latest rank"
OPEN = "9999"


@dataclass(frozen=True, slots=True)
class Town:
    """A town of gsh: its name, latitude and longitude."""

    name: str
    latitude: float | None
    longitude: float | None


class Gsh(Historian):
    """Names, statuses and successions of territories, and openings and closings of posts.

    A succession is claimed once, from the file of the later territory, or from that of the earlier one if only that has
    it; and only between two polities: a new name for the same polity is not a succession. A post is claimed for the
    polity that its territory was on that date; if that was not yet a state, the source doesn't say to whom it belonged.
    """

    source = SOURCE
    version = "1"
    scheme = "gsh"
    lookups = ("locales/*.xml", "territories/*.xml")

    def __init__(self) -> None:
        self._territories: dict[str, Element] = {}
        self._places: dict[str, dict[str, Town]] = {}

    def look_up(self, roots: dict[str, Element]) -> None:
        """The territories by id, and the towns by id and today's territory."""
        self._territories = {text(root, "id"): root for root in roots.values() if root.tag == "territory"}
        self._places = {}
        for root in (root for root in roots.values() if root.tag == "locale"):
            id, _, _ = text(root, "id").partition("_")  # barcelona_es and barcelona_vz are both "barcelona" in posts
            place = Town(text(root, "name"), _degrees(text(root, "latitude")), _degrees(text(root, "longitude")))
            self._places.setdefault(_plain(id), {})[text(root, "current-territory")] = place

    def place(self, locale: str, territory: str) -> Town | None:
        """The town of a post's locale-id and territory-id; else that of the locale-id alone if it is the only one."""
        alike = self._places.get(_plain(locale), {})
        return alike.get(territory) or (next(iter(alike.values())) if len(alike) == 1 else None)

    def within(self, file: str, root: Element) -> Iterator[Record]:
        """The territory or post of a file as its one record; the file of a town has none."""
        if root.tag != "locale":
            yield Record(file, f"{file}#{root.tag}", root)

    def statements(self, record: Record, element: Element) -> Iterator[Claim | str]:
        """A territory's name and successions, or a post's openings and closings."""
        try:
            yield from self._territory(record, element) if element.tag == "territory" else self._post(record, element)
        except BadDate as error:
            yield brief(error)

    def _territory(self, record: Record, territory: Element) -> Iterator[Claim | str]:
        id = text(territory, "id")
        since, until = _validity(territory)
        polities = gazetteer().of("gsh", id)
        if not polities:
            yield f'no polity of the gazetteer is "{id}"'
        for polity in polities:
            shared = next((code.when for code in polity.codes if (code.scheme, code.value) == ("gsh", id)), None)
            yield self.claim(
                record, polity.id, "statehood.name",
                label=text(territory, "short-form-name"),
                kind=STATUS.get(text(territory, "type-of-territory")),
                when=_clipped(since, until, shared),
            )  # fmt: skip
        yield from self._successions(record, territory)

    def _successions(self, record: Record, territory: Element) -> Iterator[Claim | str]:
        """Each succession of two polities once, with its year if there is one; none within the same polity."""
        years: dict[tuple[str, str], When | None] = {}
        for before, after, on in _links(territory, self._territories):
            first, second = self.polity(before, on), self.polity(after, on)
            if first is None or second is None:
                yield f'no polity of the gazetteer is "{before if first is None else after}"'
            elif first != second:
                years[first, second] = years.get((first, second)) or on
        for (first, second), on in years.items():
            yield self.claim(record, first, "statehood.succession", second, when=on)

    def _post(self, record: Record, post: Element) -> Iterator[Claim | str]:
        territory, rank = text(post, "territory-id"), text(post, "post-type")
        place = self.place(text(post, "locale-id"), territory)
        if place is None:
            yield f'no locale is "{text(post, "locale-id")}" in {territory}'
            return
        events = list(post.iter("event"))
        if not events:
            yield "no event"
        for event in events:
            when, what = dated(text(event, "date")), text(event, "type")
            host = self._host(territory, when)
            if when is None or what not in MISSIONS or not rank:
                yield f"{rank or 'post'} {what or 'event'} {when or 'undated'}: no date, kind or rank that is known"
            elif host is None:
                yield f"{what} {when}: {territory} was then no state of its own"
            else:
                yield self.claim(
                    record, "united-states", MISSIONS[what], host,
                    label=place.name,
                    kind="post" if what == "opened" and rank in RISEN else rank.replace("-", " "),
                    when=when, confidence=0.7, reason=FILED,
                )  # fmt: skip

    def _host(self, territory: str, when: When | None) -> str | None:
        """The polity of a territory on a date if it was a state then, else its only predecessor if that was one."""
        known = gazetteer()
        polities = known.of("gsh", territory, when) or known.of("hsg", territory, when)
        if when is None or not polities:
            return None
        for polity in polities:
            if polity.existed(when) is not Certainty.NO:
                return polity.id
        before = [known.polity(id) for id in polities[0].predecessors]
        return before[0].id if len(before) == 1 and before[0].existed(when) is Certainty.YES else None


def _links(territory: Element, known: dict[str, Element]) -> Iterator[tuple[str, str, When | None]]:
    """Each (earlier, later, year) to be claimed from this file; the year only if both territories give the same."""
    id = text(territory, "id")
    pairs = [(link.text or "", id) for link in territory.iter("predecessor")]
    for link in territory.iter("successor"):
        later = known.get(link.text or "")
        if later is None or id not in {back.text for back in later.iter("predecessor")}:
            pairs.append((id, link.text or ""))
    for before, after in pairs:
        ended = text(known[before], "valid-until") if before in known else ""
        began = text(known[after], "valid-since") if after in known else ""
        yield before, after, dated(ended) if ended and ended == began else None


def _validity(territory: Element) -> tuple[str, str]:
    """The first and last year as EDTF: empty when unknown, `..` for an open end, `~` and `?` as in the file."""
    since, until = text(territory, "valid-since"), text(territory, "valid-until")
    marked = territory.find("valid-since")
    mark = "" if marked is None else _mark(marked.get("precision"), marked.get("certainty"))
    begin = f"{since.zfill(4)}{mark}" if since.isdigit() else ""  # a year before Christ counts as unknown
    end = ".." if until == OPEN else until.zfill(4) if until.isdigit() else ""
    if begin and end.isdigit() and begin[:4] > end:
        raise BadDate(f"valid from {since} until {until}, which is before", offender=territory)
    return begin, end


def _mark(precision: str | None, certainty: str | None) -> str:
    """EDTF's mark for a date that is approximate, uncertain or both."""
    return "%" if precision and certainty else "~" if precision else "?" if certainty else ""


def _clipped(since: str, until: str, shared: When | None) -> When | None:
    """A territory's years, limited to those in which it was this polity; None when neither end is known."""
    if shared is not None:
        begin, end = (part[:4].strip(".") for part in shared.edtf.split("/"))
        since = max(since, begin)
        until = min(until, end) if until.isdigit() and end else end or until
    return When.parse(f"{since}/{until}") if since or until.strip(".") else None


def _plain(id: str) -> str:
    """A town's id without the characters in which its spellings differ."""
    return "".join(letter for letter in id if letter.isalnum())


def _degrees(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None
