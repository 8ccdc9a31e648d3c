"""The map of the world with what relations of one polity with the others are on a day.

The outlines are those of today. A country of today that was no state on the day is drawn as such, whosever land it
then was: whose is more than a lineage tells. What is no more has no outline, and stands in the page's lists alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from comity.model import Certainty, Polity, When
from comity.present.charts.lands import HIGH, SEA, lands
from comity.present.charts.paint import PALETTE, Drawing, framed, link
from comity.present.charts.standings import NO_STATE, Group, groups
from comity.present.words import since, the
from comity.query.partners import Partner, Partners
from comity.query.status import State
from comity.sources.gazetteer import gazetteer

_WIDTHS = {"world": 2200, "world-narrow": 688}  # twice the pixels, so that whole units will do
_SWATCH = (40, 24)
_UNTOLD, _ITSELF = "untold", "itself"
_PLAIN = {_UNTOLD: PALETTE["land"], _ITSELF: PALETTE["one"]}
Address = Callable[[Polity], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the key: a swatch, what it means, of how many polities, and how many of those are on the map."""

    swatch: Drawing
    title: str
    count: int
    drawn: int


@dataclass(frozen=True, slots=True)
class World:
    """The map, wide and narrow, the groups that it shows, and its key: a row a group, in the same order.

    `rest` are the rows of the countries of today that are in no group; `shown` says whether it has an outline itself.
    """

    wide: Drawing
    narrow: Drawing
    groups: tuple[Group, ...]
    key: tuple[Row, ...]
    rest: tuple[Row, ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class _Country:
    """An outline with the polity of today that it is of, how it is filled, and what is told of that polity."""

    code: str
    polity: Polity | None
    fill: str
    told: str = ""


def world(found: Partners, address: Address) -> World:
    """The map of a polity's relations on a day; each country leads to an address, that of its pair with it."""
    held = groups(found.others)
    countries = tuple(_countries(found, held))
    wide, narrow = (_drawing(found, held, countries, address, name) for name in _WIDTHS)
    mapped = {country.polity.id for country in countries if country.polity}
    told = {other.polity.id for other in found.others}
    rest = Counter(country.fill for country in countries if country.polity is None or country.polity.id not in told)
    key = tuple(_row(group, mapped) for group in held)
    return World(wide, narrow, held, key, tuple(_rest(rest, found.one.polity)), rest[_ITSELF] > 0)


def _countries(found: Partners, held: Iterable[Group]) -> Iterator[_Country]:
    """Every outline, filled by what is told of relations with its polity."""
    grouped = {other.polity.id: (group, other) for group in held for other in group.others}
    for code in lands(_WIDTHS["world"]):
        polity = next(iter(gazetteer().of("iso3", code)), None)
        if code == SEA:
            continue
        if polity is None:
            yield _Country(code, None, _UNTOLD)
        elif polity.id == found.one.polity.id:
            yield _Country(code, polity, _ITSELF)
        elif polity.id in grouped:
            group, other = grouped[polity.id]
            yield _Country(code, other.polity, group.name, _told(group, other))
        else:
            gone = polity.existed(When.on(found.day)) is Certainty.NO
            yield _Country(
                code, polity, *((NO_STATE.name, NO_STATE.title.lower()) if gone else (_UNTOLD, "nothing told"))
            )


def _told(group: Group, other: Partner) -> str:
    """What is told of relations with a polity, and since when, where that is a day of theirs."""
    status = other.status
    if status.state is State.ENDED or status.alternative:
        return group.title.lower()
    latest = " at the latest" if status.since and status.at_the_latest else ""
    return f"{group.title.lower()}{since(status.since)}{latest}"


def _drawing(
    found: Partners, held: Iterable[Group], countries: Iterable[_Country], address: Address, name: str
) -> Drawing:
    """The map of one size: the sea, and the countries of each fill together."""
    width = _WIDTHS[name]
    paths = lands(width)
    fills: dict[str, list[str]] = defaultdict(list)
    for country in countries:
        fills[country.fill].append(_shape(country, paths[country.code], address))
    known = {group.name: group for group in (NO_STATE, *held)}.values()
    patterns = [group.pattern(f"{name}-{group.name}") for group in known if group.name in fills]
    layers = [f'<g fill="{_paint(fill, name)}">{"".join(drawn)}</g>' for fill, drawn in fills.items()]
    lines = f'stroke="{PALETTE["paper"]}" stroke-width="1.5" stroke-linejoin="round"'
    counts = "; ".join(f"{group.title}: {len(group.others)}" for group in held)
    return framed(
        name,
        f"Map of the world: relations of {the(found.one.polity.id)} with others",
        f"Outlines of today. All others that are told of, on the map or not: {counts}. Lists beneath name them.",
        f"0 0 {width} {round(width * HIGH)}",
        f'<defs>{"".join(patterns)}</defs><path fill="{PALETTE["sea"]}" d="{paths[SEA]}"/>'
        f"<g {lines}>{''.join(layers)}</g>",
        linked=True,
    )


def _shape(country: _Country, path: str, address: Address) -> str:
    """The path of a country, as a link where it leads to a pair."""
    drawn = f'<path d="{path}"/>'
    if country.polity is None or country.fill == _ITSELF:
        return drawn
    return link(address(country.polity), f"{country.polity.name}: {country.told}", drawn)


def _paint(fill: str, name: str) -> str:
    return _PLAIN.get(fill) or f"url(#{name}-{fill})"


def _row(group: Group, mapped: set[str]) -> Row:
    drawn = sum(other.polity.id in mapped for other in group.others)
    return Row(_swatch(group.name, group), group.title, len(group.others), drawn)


def _rest(counts: Counter[str], one: Polity) -> Iterator[Row]:
    """The rows of the polity itself and of the countries with which nothing is told of it, those that there are."""
    rows = {
        _ITSELF: (one.name, None),
        _UNTOLD: ("Nothing told", None),
        NO_STATE.name: (f"{NO_STATE.title}, and nothing told", NO_STATE),
    }
    for fill, (title, group) in rows.items():
        if counts[fill]:
            yield Row(_swatch(f"rest-{fill}", group, _PLAIN.get(fill, "")), title, counts[fill], counts[fill])


def _swatch(name: str, group: Group | None, plain: str = "") -> Drawing:
    """A piece of a fill for the key, which says in words what it means."""
    width, height = _SWATCH
    pattern = group.pattern(f"key-{name}") if group else ""
    body = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="sample" aria-hidden="true">'
        f'<defs>{pattern}</defs><path d="M0 0h{width}v{height}h-{width}z" fill="{plain or f"url(#key-{name})"}" '
        f'stroke="{PALETTE["quiet"]}" stroke-width="2"/></svg>'
    )
    return Drawing(f"key-{name}", "", "", body)
