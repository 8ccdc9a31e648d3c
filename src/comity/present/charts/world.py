"""The world map of one polity's relations with the others on a day.

The outlines are those of today. A country of today that was no state on the day is drawn as such: which state its land
belonged to does not follow from a lineage. A polity that no longer exists has no outline, and is only in the page's
lists.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.model import Certainty, Polity, When
from comity.present.charts.lands import SEA, SHEETS, lands
from comity.present.charts.paint import PALETTE, Address, Drawing, framed, link
from comity.present.charts.standings import ITSELF, NO_RECORD, NO_STATE, Group, Texture, groups
from comity.present.english import since, the
from comity.query.pair import today
from comity.query.partners import Partner, Partners
from comity.query.status import State
from comity.sources.gazetteer import gazetteer

_DRAWINGS = {"world": ("world",), "world-narrow": ("world-narrow", "europe-narrow")}
_GAP = 16  # units between two sheets
_SWATCH = (40, 24)  # the width and height of a piece of a fill in the key
_NO_RECORD, _ITSELF = "untold", "itself"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the key: a swatch, its meaning, how many polities are in the list, and how many are on the map."""

    swatch: Drawing
    title: str
    count: int
    drawn: int

    @property
    def told(self) -> str:
        """Both numbers in words."""
        if self.count == self.drawn:
            return str(self.count)
        if self.count > self.drawn:
            return f"{self.count} ({self.drawn or 'none'} on the map)"
        return f"{f'{self.count} in the list, ' if self.count else ''}{self.drawn} on the map"


@dataclass(frozen=True, slots=True)
class World:
    """The map, wide and narrow, its key, and the groups of partners that it shows.

    `itself` is the swatch of the polity itself, None when it has no outline. `past` are the partners that were states
    on the day and no longer exist, by the titles of their groups: they have no outline.
    """

    wide: Drawing
    narrow: Drawing
    key: tuple[Row, ...]
    groups: tuple[Group, ...]
    itself: Drawing | None
    past: tuple[tuple[str, tuple[Polity, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Country:
    """An outline, its fill, the polity of today to which it belongs, and the state of relations in words.

    Without a `polity` it is no link: it is the polity asked about, or land of no polity in the gazetteer.
    """

    code: str
    polity: Polity | None
    fill: str
    told: str = ""


def world(partners: Partners, address: Address) -> World:
    """The map of a polity's relations on a day; each country links to the page of the pair."""
    standings = groups(partners.others)
    countries = tuple(_countries(partners, standings))
    wide, narrow = (_drawing(partners, standings, countries, address, name) for name in _DRAWINGS)
    drawn = Counter(country.fill for country in countries)
    itself = _swatch(_ITSELF, ITSELF) if drawn[_ITSELF] else None
    return World(wide, narrow, tuple(_key(standings, drawn)), standings, itself, tuple(_past(standings)))


def _countries(partners: Partners, groups: Iterable[Group]) -> Iterator[_Country]:
    """Every outline, filled by the state of relations with its polity."""
    grouped = {partner.polity.id: (group, partner) for group in groups for partner in group.others}
    for code in lands("world"):
        polity = next(iter(gazetteer().of("iso3", code)), None)
        if code == SEA:
            continue
        if polity is None:
            yield _Country(code, None, _NO_RECORD)
        elif polity.id == partners.one.polity.id:
            yield _Country(code, None, _ITSELF)
        elif polity.id in grouped:
            group, partner = grouped[polity.id]
            yield _Country(code, partner.polity, group.name, _relations(group, partner))
        elif polity.existed(When.on(partners.day)) is Certainty.NO:
            yield _Country(code, polity, NO_STATE.name, NO_STATE.title.lower())
        else:
            yield _Country(code, polity, _NO_RECORD, "no record")


def _relations(group: Group, partner: Partner) -> str:
    """The state of relations with a polity, and its beginning if that has a date."""
    status = partner.status
    if status.state is State.ENDED or status.alternative or status.lapsed:
        return group.title.lower()
    latest = " at the latest" if status.since and status.at_the_latest else ""
    return f"{group.title.lower()}{since(status.since)}{latest}"


def _past(groups: Iterable[Group]) -> Iterator[tuple[str, tuple[Polity, ...]]]:
    """The partners that were states on the day and no longer exist, by the titles of their groups."""
    now = When.on(today())
    for group in groups:
        alive = (partner.polity for partner in group.others if partner.polity not in partner.status.absent)
        gone = tuple(polity for polity in alive if polity.existed(now) is Certainty.NO)
        if gone and group.is_told:
            yield group.title, gone


def _drawing(
    partners: Partners, groups: Iterable[Group], countries: Iterable[_Country], address: Address, name: str
) -> Drawing:
    """The map in one size: a sheet, or several below each other."""
    fills: dict[str, list[_Country]] = defaultdict(list)
    for country in countries:
        fills[country.fill].append(country)
    textures = {group.name: group.texture for group in (NO_STATE, *groups)} | {_ITSELF: ITSELF, _NO_RECORD: NO_RECORD}
    parts = [f"<defs>{''.join(textures[fill].pattern(f'{name}-{fill}') for fill in fills)}</defs>"]
    top = -_GAP
    for sheet in _DRAWINGS[name]:
        top += _GAP
        parts.append(f'<g transform="translate(0 {top})">{_sheet(sheet, name, fills, address)}</g>')
        top += SHEETS[sheet].height
    counts = "; ".join(f"{group.title}: {len(group.others)}" for group in groups)
    return framed(
        name,
        f"Map of the world: relations of {the(partners.one.polity.id)} with others",
        f"Outlines of today. All with a record, on the map or not: {counts}. Lists beneath name them.",
        f"0 0 {SHEETS[sheet].width} {top}",
        "".join(parts),
        linked=True,
    )


def _sheet(sheet: str, name: str, fills: Mapping[str, Iterable[_Country]], address: Address) -> str:
    """The sea of a sheet, and its countries grouped by fill."""
    paths = lands(sheet)
    layers = "".join(
        f'<g fill="url(#{name}-{fill})">'
        f"{''.join(_shape(country, paths[country.code], address) for country in drawn if paths[country.code])}</g>"
        for fill, drawn in fills.items()
    )
    lines = f'stroke="{PALETTE["paper"]}" stroke-width="1.5" stroke-linejoin="round"'
    return f'<path fill="{PALETTE["sea"]}" d="{paths[SEA]}"/><g {lines}>{layers}</g>'


def _shape(country: _Country, path: str, address: Address) -> str:
    """The path of a country, as a link to its pair if it has one."""
    drawn = f'<path d="{path}"/>'
    if country.polity is None:
        return drawn
    return link(address(country.polity), f"{country.polity.name}: {country.told}", drawn)


def _key(groups: Iterable[Group], drawn: Counter[str]) -> Iterator[Row]:
    """The rows of the key, for the fills in use."""
    for group in {group.name: group for group in (*groups, NO_STATE, *groups)}.values():  # NO_STATE once, and last
        if group.others or drawn[group.name]:
            yield Row(_swatch(group.name, group.texture), group.title, len(group.others), drawn[group.name])
    if drawn[_NO_RECORD]:
        yield Row(_swatch(_NO_RECORD, NO_RECORD), "No record", 0, drawn[_NO_RECORD])


def _swatch(fill: str, texture: Texture) -> Drawing:
    """A sample of a fill for the key, whose text gives its meaning."""
    width, height = _SWATCH
    name = f"key-{fill}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="sample" aria-hidden="true">'
        f'<defs>{texture.pattern(name)}</defs><path d="M0 0h{width}v{height}H0z" fill="url(#{name})" '
        f'stroke="{PALETTE["quiet"]}" stroke-width="2"/></svg>'
    )
    return Drawing(name, "", "", svg)
