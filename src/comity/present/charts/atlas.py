"""The map of a pair: both polities in the borders of today's countries, and the towns where one had a post.

A polity that no longer exists has no borders: there are no data of its time. A town is drawn only if it is unambiguous;
the others are listed below the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import acos, asin, atan2, cos, degrees, radians, sin
from typing import Any

from comity.extras import need
from comity.model import Certainty, Modality, Polity, When
from comity.present.charts.paint import PALETTE, Drawing, drawn
from comity.present.english import the
from comity.present.visible import seen
from comity.query.pair import Pair, today
from comity.reconcile.events import Event
from comity.relations import relation
from comity.sources.outlines import Ring, outlines
from comity.sources.towns import place

_SIZES = {"map": (1100, 520), "map-narrow": (344, 300)}
_REGION = radians(42)  # points farther from their middle than this need a map of the whole world
_LEAST = radians(6)  # the smallest region that is shown: the outlines have no finer detail
_WORLD = 5.45  # the width of a map of the world, Equal Earth, at a scale of one
Point = Sequence[float]


@dataclass(frozen=True, slots=True)
class Site:
    """A town in which `owner` ever had a post, with its longitude and latitude if the town is unambiguous."""

    owner: str
    host: str
    town: str
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of a pair, wide and narrow: the ids of the polities `shown`, and the places of posts."""

    wide: Drawing
    narrow: Drawing
    shown: tuple[str, ...]
    places: tuple[Site, ...]

    @property
    def drawn(self) -> tuple[Site, ...]:
        """The places that are drawn."""
        return tuple(place for place in self.places if place.at)

    @property
    def missing(self) -> tuple[Site, ...]:
        """The places that are not drawn: no town, or more than one, of today's country has that name."""
        return tuple(place for place in self.places if not place.at)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Shapes of GeoJSON with the same style, and the name of their data."""

    name: str
    shapes: list[dict[str, Any]]
    mark: dict[str, Any]


def atlas(pair: Pair) -> Atlas | None:
    """The map of a pair, the same for every day; None when neither party nor any post can be placed."""
    lands = {polity.id: land for polity in pair.polities if (land := _land(polity))}
    places = tuple(_places(pair.events))
    points: list[Point] = [point for land in lands.values() for point in max(land, key=len)]
    points += [place.at for place in places if place.at]
    if not points:
        return None
    first, second = (polity.id for polity in pair.polities)
    tones = {first: "one", second: "other"}
    title = f"Map of {the(first)} and {the(second)}"
    text = f"Borders of today. Drawn: {', '.join([*map(the, lands), *(place.town for place in places if place.at)])}."
    layers = [*_lands(lands, tones), *_posts(places, tones)]
    charts = {name: _chart(layers, _view(points, size), size) for name, size in _SIZES.items()}
    wide, narrow = (drawn(chart, name, title, text, data) for name, (chart, data) in charts.items())
    return Atlas(wide, narrow, tuple(lands), places)


def _land(polity: Polity) -> list[Ring]:
    """The land of a polity that exists today; empty for any other."""
    now = When.on(today())
    codes = {code.value for code in polity.codes if code.scheme == "iso3"}
    if len(codes) != 1 or polity.existed(now) is not Certainty.YES:
        return []
    return outlines().get(codes.pop(), [])


def _places(events: Iterable[Event]) -> Iterator[Site]:
    """The towns of posts other than missions, each once, in the order of the first opening or closing."""
    posts = [
        event
        for event in events
        if relation(event.relation).section_for(event.kind) == "posts" and event.modality is Modality.ASSERTED
    ]
    for owner, host, town in dict.fromkeys((event.subject, event.object, event.label) for event in posts):
        if host and town:
            yield Site(owner, host, seen(town), place(town, host))


def _view(points: Sequence[Point], size: tuple[int, int]) -> dict[str, Any]:
    """A projection that shows all points: equal-area around their middle, or the world centred on their meridian."""
    east, north = _middle(points)
    reach = max(_LEAST, *(_angle(east, north, *map(radians, point)) for point in points))
    width, height = size
    if reach > _REGION:
        scale = min(width / _WORLD, height / 2.65)
        return {"type": "equalEarth", "rotate": [-degrees(east), 0, 0], "scale": scale}
    scale = min(width, height) / 2 * 0.94 / (2 * sin(reach / 2))
    return {
        "type": "azimuthalEqualArea",
        "rotate": [-degrees(east), -degrees(north), 0],
        "scale": scale,
        "clipAngle": min(120.0, degrees(2 * asin(min(1.0, 1.3 * max(size) / 2 / scale / 2)))),
    }


def _middle(points: Sequence[Point]) -> tuple[float, float]:
    """The middle of points on the globe, in radians.

    Averaging longitudes fails across the 180th meridian and near the poles. So the points are taken in space, where the
    middle of their bounding box is well defined, and that is projected back onto the globe."""
    on_globe = [
        (cos(north) * cos(east), cos(north) * sin(east), sin(north))
        for east, north in (map(radians, point) for point in points)
    ]
    x, y, z = (min(axis) + max(axis) for axis in zip(*on_globe, strict=True))
    length = max((x * x + y * y + z * z) ** 0.5, 1e-9)
    return atan2(y, x), asin(max(-1.0, min(1.0, z / length)))


def _angle(east: float, north: float, to_east: float, to_north: float) -> float:
    """The angle between two points of the globe, all in radians."""
    cosine = sin(north) * sin(to_north) + cos(north) * cos(to_north) * cos(to_east - east)
    return acos(max(-1.0, min(1.0, cosine)))


def _lands(lands: dict[str, list[Ring]], tones: dict[str, str]) -> Iterator[_Layer]:
    """The lands of the two."""
    for id, rings in lands.items():
        tone = PALETTE[tones[id]]
        mark = {"fill": tone, "fillOpacity": 0.55, "stroke": tone, "strokeWidth": 0.8}
        yield _Layer(f"land of {id}", [shape(rings)], mark)


def _posts(places: Iterable[Site], tones: dict[str, str]) -> Iterator[_Layer]:
    """A dot for each post, in the tone of its owner."""
    located = [place for place in places if place.at]
    for id, tone in tones.items():
        dots = [{"type": "Point", "coordinates": list(place.at)} for place in located if place.at and place.owner == id]
        yield _Layer(f"posts of {id}", dots, {"fill": PALETTE[tone], "stroke": PALETTE["paper"], "strokeWidth": 1})


def _chart(layers: Iterable[_Layer], view: dict[str, Any], size: tuple[int, int]) -> tuple[Any, dict[str, Any]]:
    """The chart of the sea, all land, and the layers over it; and its data by name.

    The shapes are kept outside the chart, since Altair copies inline data many times.
    """
    need("charts")
    import altair

    width, height = size
    around = [shape(rings) for rings in outlines().values() if _is_near(rings, view)]
    land = _Layer("land", around, {"fill": PALETTE["land"], "stroke": PALETTE["paper"], "strokeWidth": 0.6})
    charts = [altair.Chart(altair.sphere()).mark_geoshape(fill=PALETTE["sea"], stroke=None)]
    charts += [altair.Chart(altair.NamedData(layer.name)).mark_geoshape(**layer.mark) for layer in (land, *layers)]
    view = {**view, "translate": [width / 2, height / 2], "pointRadius": 3.5 if width > 600 else 2.8}
    chart = altair.layer(*charts).project(**view).properties(width=width, height=height)
    return chart, {layer.name: features(layer.shapes) for layer in (land, *layers)}


def _is_near(rings: Iterable[Ring], view: dict[str, Any]) -> bool:
    """Whether land may be visible in a view: a map of a region does not show the other side of the globe."""
    if view["type"] == "equalEarth":
        return True
    east, north = (radians(-turn) for turn in view["rotate"][:2])
    edge = radians(view["clipAngle"])
    return any(_angle(east, north, *map(radians, point)) < edge for ring in rings for point in ring[::4])


def shape(rings: Iterable[Ring]) -> dict[str, Any]:
    """The land within rings, as GeoJSON."""
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def features(shapes: Iterable[dict[str, Any]], ids: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Shapes of GeoJSON as features, with their ids if there are any."""
    identified = zip_longest(shapes, ids, fillvalue="")
    return [{"type": "Feature", "id": id, "geometry": shape, "properties": {}} for shape, id in identified]
