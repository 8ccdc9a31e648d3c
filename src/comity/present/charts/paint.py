"""Charts by Altair as SVG with one palette, whose colours a page replaces, and no style inside.

A chart is drawn in the colours for print. In a page each colour becomes the page's variable of that name, so that one
SVG serves light, dark and print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from comity.model import Polity
from comity.present.visible import seen

PALETTE = {
    "paper": "#fbfaf7", "ink": "#1b1a17", "quiet": "#5c584f", "rule": "#d8d3c8", "panel": "#f1eee7", "one": "#1f5a8a",
    "other": "#9c3f29", "good": "#2c6b3f", "bad": "#9b2226", "doubt": "#7a5a00", "mild": "#4a6f7c", "link": "#0b4f86",
    "land": "#e4dfd3", "sea": "#eef2f3",
}  # fmt: skip
"""The tokens of static/style.css and their values in print; all differ, so that each can be found in an SVG."""

Address = Callable[[Polity], str]
"""Gives the target of a drawing's link to a polity."""

_FONT = "sans-serif"
_UNUSED = re.compile(
    r' (?:class|role|aria-[a-z]+|pointer-events|font-family|xmlns:xlink|version|stroke-miterlimit)="[^"]*"'
)
_EMPTY = re.compile(r'<path d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>')
_NUMBER = re.compile(r"(?<!\d)(\d+\.\d)\d+")
_COLOURS = re.compile("|".join(PALETTE.values()))
_TOKENS = {value: name for name, value in PALETTE.items()}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as SVG, with its title, its description, and its name, unique in a page."""

    name: str
    title: str
    text: str
    svg: str

    def inline(self) -> str:
        """The SVG for a page, in the page's colours."""
        return _COLOURS.sub(lambda match: f"var(--{_TOKENS[match[0]]})", self.svg)


def drawn(chart: Any, name: str, title: str, text: str, data: Mapping[str, Any] = {}) -> Drawing:
    """An Altair chart as a drawing; `data` are the named data that the chart refers to."""
    import vl_convert

    spec = chart.to_dict()
    datasets = {**spec.get("datasets", {}), **data}  # where Altair puts a chart's inline data
    svg = vl_convert.vegalite_to_svg({**spec, "config": _config(), "datasets": datasets})
    head, body = svg.split(">", 1)
    box = re.search(r'viewBox="([^"]*)"', head)
    assert box is not None
    return framed(name, title, text, box[1], _slim(body, name).removesuffix("</svg>"))


def framed(name: str, title: str, text: str, box: str, body: str, linked: bool = False) -> Drawing:
    """A drawing of SVG elements within a view box; `linked` if some are links made by `link`.

    An element with the role of an image can't contain links. The links of a drawing are in the page's text too, so they
    are hidden from screen readers, which read its title and description instead.
    """
    if linked:
        body = f'<g aria-hidden="true">{body}</g>'
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" class="drawing" '
        f'role="{"group" if linked else "img"}" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(text)}</desc>'
    )
    return Drawing(name, title, text, f"{opened}{body}</svg>")


def link(target: str, title: str, body: str) -> str:
    """Elements as a link with a title; the Tab key skips it, since the page's text has the same link."""
    return f'<a href="{escape(target)}" tabindex="-1"><title>{escape(seen(title))}</title>{body}</a>'


def _slim(body: str, name: str) -> str:
    """The body without parts that a single image doesn't need; ids get the drawing's name as a prefix."""
    slim = _EMPTY.sub("", _UNUSED.sub("", body))
    slim = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{name}-\2", slim)
    return _NUMBER.sub(r"\1", re.sub(r"(?<!<)<g></g>", "", slim))


def _config() -> dict[str, Any]:
    quiet = {"labelColor": PALETTE["quiet"], "titleColor": PALETTE["quiet"], "labelFontSize": 11, "titleFontSize": 11}
    lines = {"gridColor": PALETTE["rule"], "domainColor": PALETTE["quiet"], "tickColor": PALETTE["quiet"]}
    return {
        "aria": False,
        "background": None,
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {**quiet, **lines, "titleFontWeight": "normal", "labelFont": _FONT, "titleFont": _FONT},
        "text": {"font": _FONT, "fontSize": 11, "color": PALETTE["ink"]},
        "padding": 2,
    }
