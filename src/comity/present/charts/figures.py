"""Figures through time as charts: a point for each claim, joined by years; sources that differ get a line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from comity.extras import need
from comity.model import Claim
from comity.present.charts.paint import PALETTE, Drawing, drawn
from comity.present.english import day, the, whose
from comity.query.figures import Series
from comity.relations import relation
from comity.relations.figures import TRADE_IMPORTS
from comity.relations.wording import amount

_SIZES = {"wide": (860, 260), "narrow": (340, 240)}
_LABEL = "replace(replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m'), 'k', ',000')"
_SPREAD = 30.0  # the ratio of the greatest value to the least from which the scale is logarithmic


@dataclass(frozen=True, slots=True)
class Curve:
    """A series: its title, style, and figures as (date, amount, id of the claim)."""

    title: str
    tone: str
    dashed: bool
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A chart of figures, wide and narrow, with its lines; `name` is unique in a page."""

    name: str
    title: str
    remark: str
    wide: Drawing
    narrow: Drawing
    lines: tuple[Curve, ...]


def figures(series: Iterable[Series], first: str) -> tuple[Figures, ...]:
    """A chart of the figures between two polities and one of their trade with the world; `first` names the first."""
    groups: dict[tuple[bool, str, str], list[Series]] = {}
    for each in series:
        key = (each.object is None, relation(each.relation).topic, each.unit)
        groups.setdefault(key, []).append(each)
    return tuple(_figures(key, group, first) for key, group in groups.items())


def _figures(key: tuple[bool, str, str], group: list[Series], first: str) -> Figures:
    world, family, unit = key
    title = f"{family.capitalize()} {'with the whole world' if world else 'between the two'}, {unit or 'number'}"
    name = "-".join(("figures", family, "world" if world else "two", *unit.lower().split()))
    values = [claim.value for each in group for claim in each.claims if claim.value is not None]
    powers = min(values) > 0 and max(values) / min(values) >= _SPREAD
    lines = tuple(_line(each, first) for each in group)
    text = "; ".join(f"{line.title}: {line.figures[0][0]} to {line.figures[-1][0]}" for line in lines)
    wide, narrow = (
        drawn(_chart(group, first, size, powers), f"{name}-{form}", title, f"{text}.") for form, size in _SIZES.items()
    )
    remark = "Each step of the scale is ten times the one below. " if powers else ""
    return Figures(name, title, remark, wide, narrow, lines)


def _line(each: Series, first: str) -> Curve:
    with_whom = the(each.object) if each.object else "the whole world"
    what = f" ({each.label})" if each.label else ""
    title = f"{whose(each.subject, capital=True)} {relation(each.relation).phrase or each.relation} {with_whom}{what}"
    points = tuple((day(claim.when), amount(claim), claim.id) for claim in each.claims if claim.when)
    return Curve(title, _tone(each, first), _is_dashed(each), points)


def _tone(each: Series, first: str) -> str:
    return "one" if each.subject == first else "other"


def _is_dashed(each: Series) -> bool:
    return each.relation == TRADE_IMPORTS.id


def _chart(group: list[Series], first: str, size: tuple[int, int], powers: bool) -> Any:
    """Lines from year to year with a point for each claim, over an axis of years."""
    need("charts")
    import altair

    width, height = size
    rows = [_row(each, number, claim, first) for number, each in enumerate(group) for claim in each.claims]
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        x=altair.X("year:Q", title=None, axis=altair.Axis(format="d", tickCount=width // 90, grid=False),
                   scale=altair.Scale(zero=False, nice=False)),
        y=altair.Y("value:Q", title=None, axis=altair.Axis(labelExpr=_LABEL, tickCount=5),
                   scale=altair.Scale(type="log") if powers else altair.Scale(zero=True)),
        color=altair.Color("colour:N", scale=None, legend=None),
        detail="series:N",
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=1.6).encode(
        strokeDash=altair.StrokeDash(
            "dashed:N", legend=None, scale=altair.Scale(domain=[False, True], range=[[1, 0], [4, 3]])
        )
    )
    points = base.mark_point(filled=True, size=14, opacity=1)
    return altair.layer(lines, points).properties(width=width - 50, height=height)


def _row(each: Series, number: int, claim: Claim, first: str) -> dict[str, Any]:
    """A claim as a row of the chart; a longer time than a year is drawn at its middle."""
    assert claim.when is not None
    begin, end = claim.when.earliest, claim.when.latest
    middle = (begin.year + end.year) / 2
    return {
        "series": number, "year": middle, "value": claim.value, "colour": PALETTE[_tone(each, first)],
        "dashed": _is_dashed(each),
    }  # fmt: skip
