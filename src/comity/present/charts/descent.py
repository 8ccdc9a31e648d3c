"""A polity's lineage as a drawing: on a wide page from left to right, on a narrow one downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten, wrap

from comity.model import Polity
from comity.present.charts.paint import PALETTE, Address, Drawing, framed, link
from comity.present.english import day, the
from comity.present.polities import life
from comity.present.visible import seen
from comity.query.lineage import LineageStep
from comity.relations import relation

_NAME, _SMALL, _ROW = 15, 12, 44  # pixels: the height of a name, of the text below it, and of a row with both
_LETTERS = 38  # the most letters of a name in a row
_WIDE, _BOX, _GAP = 1000, 232, 60  # the width of the drawing, of the middle box, and of the gap to the names
_NARROW, _RAIL, _AIR = (
    344,
    18,
    6,
)  # the width of the drawing, of the rail left of the names, and the space around the polity


@dataclass(frozen=True, slots=True)
class Descent:
    """The lineage of a polity, wide and narrow; `gaps` says whether any step has no recorded change."""

    wide: Drawing
    narrow: Drawing
    gaps: bool


def descent(polity: Polity, steps: Sequence[LineageStep], address: Address) -> Descent | None:
    """The lineage of a polity, whose predecessors and successors link to their pages. None if it has neither."""
    if not steps:
        return None
    before = [step for step in steps if step.before]
    after = [step for step in steps if not step.before]
    wide, narrow = (
        framed(name, f"Lineage of {the(polity.id)}",
               f"{_counted(before, 'predecessor')}, {_counted(after, 'successor')}. "
               "The list below describes each change.", *drawn, linked=True)
        for name, drawn in (
            ("descent", _across(polity, before, after, address)),
            ("descent-narrow", _down(polity, before, after, address)),
        )
    )  # fmt: skip
    return Descent(wide, narrow, any(step.lead is None for step in steps))


def change(step: LineageStep) -> str:
    """How and when a step happened, in a few words; empty when that is not recorded."""
    if step.lead is None:
        return ""
    alike = [event.when for event in step.events if event.relation == step.lead.relation and event.when]
    return ", ".join(filter(None, [relation(step.lead.relation).act, "; ".join(map(day, alike))]))


def _counted(steps: Sequence[LineageStep], what: str) -> str:
    return f"{len(steps)} {what}{'' if len(steps) == 1 else 's'}"


def _across(
    polity: Polity, before: Sequence[LineageStep], after: Sequence[LineageStep], address: Address
) -> tuple[str, str]:
    """The view box and the elements of the wide drawing: a column of names on each side of the polity."""
    lines = _lines(polity)
    high = max(len(before), len(after), 2) * _ROW
    middle, left = high / 2, (_WIDE - _BOX) / 2
    parts = []
    for side, steps in ((-1, before), (1, after)):
        near, far = _WIDE / 2 + side * _BOX / 2, _WIDE / 2 + side * (_BOX / 2 + _GAP)
        bend = (near + far) / 2
        for number, step in enumerate(steps):
            y = middle + (number - (len(steps) - 1) / 2) * _ROW
            parts.append(_edge(step, f"M{far:g} {y:g}C{bend:g} {y:g} {bend:g} {middle:g} {near:g} {middle:g}"))
            parts.append(_node(step, far + side * 8, y, "end" if side < 0 else "start", address))
    return f"0 0 {_WIDE} {high:g}", "".join([*parts, _itself(lines, left, middle, _BOX)])


def _down(
    polity: Polity, before: Sequence[LineageStep], after: Sequence[LineageStep], address: Address
) -> tuple[str, str]:
    """The view box and the elements of the narrow drawing: rows of names above and below the polity, on one rail."""
    lines = _lines(polity)
    tall = _tall(lines)
    top = len(before) * _ROW
    parts = []
    for number, step in enumerate((*before, *after)):
        y = number * _ROW + _ROW / 2 + (0 if step.before else tall + 2 * _AIR)
        end = top + _AIR + (0 if step.before else tall)
        parts.append(_edge(step, f"M{_RAIL} {y:g}H{_AIR}V{end:g}"))
        parts.append(_node(step, _RAIL + 8, y, "start", address))
    high = (len(before) + len(after)) * _ROW + tall + 2 * _AIR
    return f"0 0 {_NARROW} {high:g}", "".join([*parts, _itself(lines, 1, top + _AIR + tall / 2, _NARROW - 2)])


def _edge(step: LineageStep, path: str) -> str:
    dashes = "" if step.lead else ' stroke-dasharray="4 4"'
    return f'<path d="{path}" fill="none" stroke="{PALETTE["quiet"]}" stroke-width="1.5"{dashes}/>'


def _node(step: LineageStep, x: float, y: float, anchor: str, address: Address) -> str:
    """A name, and below it how and when the change happened."""
    summary = change(step)
    name = _text(
        shorten(step.polity.name, _LETTERS, placeholder="…"), x, y - 2 if summary else y + 5, anchor, _NAME, "link"
    )
    how = _text(summary, x, y + 14, anchor, _SMALL, "quiet") if summary else ""
    return link(address(step.polity), step.polity.name, name) + how


def _lines(polity: Polity) -> list[tuple[str, int]]:
    """The polity's name and life in short lines, each with the height of its letters."""
    return [(line, _NAME) for line in wrap(polity.name, 24)] + [(line, _SMALL) for line in wrap(life(polity), 32)]


def _tall(lines: Sequence[tuple[str, int]]) -> float:
    return sum(size + 4 for _, size in lines) + 12


def _itself(lines: Sequence[tuple[str, int]], left: float, middle: float, width: float) -> str:
    """The polity itself in a frame."""
    tall = _tall(lines)
    y = middle - tall / 2
    parts = [
        f'<rect x="{left:g}" y="{y:g}" width="{width:g}" height="{tall:g}" rx="3" fill="{PALETTE["panel"]}" '
        f'stroke="{PALETTE["ink"]}" stroke-width="1.5"/>'
    ]
    y += 4
    for line, size in lines:
        y += size + 4
        parts.append(_text(line, left + width / 2, y - 1, "middle", size, "ink" if size == _NAME else "quiet"))
    return "".join(parts)


def _text(words: str, x: float, y: float, anchor: str, size: int, colour: str) -> str:
    weight = ' font-weight="600"' if size == _NAME else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}"{weight} fill="{PALETTE[colour]}">'
        f"{escape(seen(words))}</text>"
    )
