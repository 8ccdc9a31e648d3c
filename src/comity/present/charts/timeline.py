"""The timeline of a pair: lanes over the years, imprecise dates drawn as such, and a rule on the day asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import escape
from typing import Any

from comity.extras import need
from comity.model import When
from comity.present.charts.lanes import Lane, LaneMark, key, lanes
from comity.present.charts.paint import PALETTE, Drawing, drawn
from comity.present.english import day as worded
from comity.present.english import the
from comity.query.course import Course

_LETTER = 5.9  # pixels: the mean width of a letter of eleven pixels' height
_GAP, _HEAD, _FOOT = 9, 18, 22
_LEAST = 2.0  # pixels: the narrowest visible mark


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a timeline is drawn: its width and its gutter in pixels, and its first and last day.

    Without a gutter, the titles of lanes are above them.
    """

    width: int
    gutter: int
    first: date
    last: date

    def x(self, day: date) -> float:
        """The distance of a day from the left edge; days outside the frame are at its edges."""
        clamped = min(max(day, self.first), self.last)
        part = (clamped - self.first).days / (self.last - self.first).days
        return round(self.gutter + (self.width - self.gutter) * part, 1)


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The timeline of a course, wide for a desktop page and narrow for a phone; the same for all days."""

    wide: Drawing
    narrow: Drawing
    frames: tuple[Frame, Frame]
    lanes: tuple[Lane, ...]
    key: tuple[tuple[str, str], ...]
    """The key of the band of relations: (token, words) for the colours that occur."""

    def at(self, day: date) -> tuple[Drawing, Drawing]:
        """Both drawings with a rule on a day; without one when the day is outside them."""
        ruled = [
            _ruled(drawing, frame, day) for drawing, frame in zip((self.wide, self.narrow), self.frames, strict=True)
        ]
        return ruled[0], ruled[1]


def timeline(course: Course) -> TimelineChart | None:
    """The timeline of a pair's course; None when it has no dated event."""
    tracks = lanes(course)
    if not tracks:
        return None
    first, last = _bounds(course, tracks)
    subject, object = course.pair.polities
    title = f"Relations of {the(subject.id)} and {the(object.id)} through time"
    text = (
        f"A timeline from {first.year} to {last.year} with the lanes {', '.join(lane.title for lane in tracks)}. "
        "What is pale and dashed happened, began or ended on some day of it. The same in words follows as a table."
    )
    frames = Frame(1100, 190, first, last), Frame(344, 0, first, last)
    wide, narrow = (
        drawn(_chart(tracks, frame), name, title, text)
        for name, frame in zip(("course", "course-narrow"), frames, strict=True)
    )
    return TimelineChart(wide, narrow, frames, tuple(tracks), key(course))


def _bounds(course: Course, lanes: Iterable[Lane]) -> tuple[date, date]:
    """The years from the first to the last day of anything that the two share; leaders alone don't extend them."""
    shared = [mark for lane in lanes if not lane.title.endswith("leaders") for mark in lane.marks]
    marks = shared or [mark for lane in lanes for mark in lane.marks]
    days = [day for mark in marks for day in (*mark.begin, *mark.end) if date.min < day < date.max]
    first = min(days, default=course.pair.day).year
    ended = [polity.lifespans[-1].latest for polity in course.pair.polities if polity.lifespans]
    last = max(max(days, default=course.pair.day), course.pair.day)
    if ended and min(ended) < last:
        last = min(last, max(min(ended), course.pair.day) + timedelta(days=10 * 366))
    return date(max(first - 2, 1), 1, 1), max(last, date(first + 4, 1, 1))


def _chart(lanes: Iterable[Lane], frame: Frame) -> Any:
    """The chart: bars, pale bars and words, over an axis of years."""
    need("charts")
    import altair

    laid = _layout(lanes, frame)
    height = int(laid.bottom)
    years = altair.Scale(domain=[_year(frame.first), _year(frame.last)], range=[frame.gutter, frame.width], nice=False)
    axis = altair.Axis(
        format="d", title=None, tickCount=(frame.width - frame.gutter) // 80, domain=False, labelFlush=True
    )
    x = altair.X("x:Q", scale=altair.Scale(domain=[0, frame.width], range=[0, frame.width], nice=False), axis=None)
    y = altair.Y("y:Q", scale=altair.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)
    colour = altair.Color("c:N", scale=None, legend=None)
    places = {"x": x, "x2": "x2:Q", "y": y, "y2": "y2:Q", "color": colour}
    grid = altair.Chart(_inline_data([{"year": _year(frame.first)}])).mark_point(opacity=0, color=PALETTE["rule"])
    bars = altair.Chart(_inline_data(laid.bars)).mark_rect().encode(**places)
    pale = altair.Chart(_inline_data(laid.pale)).mark_rect(fillOpacity=0.28, strokeDash=[2, 2], strokeWidth=0.8)
    layers = [
        grid.encode(x=altair.X("year:Q", scale=years, axis=axis)),
        bars,
        pale.encode(**places, stroke=altair.Stroke("c:N", scale=None, legend=None)),
    ]
    for align in ("left", "right"):
        words = altair.Chart(_inline_data([word for word in laid.words if word["align"] == align]))
        layers.append(words.mark_text(align=align, baseline="middle").encode(x=x, y=y, text="text:N", color=colour))
    return (
        altair.layer(*layers)
        .resolve_scale(x="independent")
        .properties(
            width=frame.width,
            height=height,
            autosize="none",
            padding={"left": 0, "top": 0, "right": 0, "bottom": _FOOT},
        )
    )


def _inline_data(rows: list[dict[str, Any]]) -> Any:
    import altair

    return altair.InlineData(values=rows)


def _year(day: date) -> float:
    """A day as a year with a fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


@dataclass(slots=True)
class _Layout:
    """The drawn parts and their places, in pixels."""

    bars: list[dict[str, Any]] = field(default_factory=list)
    pale: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    bottom: float = _HEAD

    def word(self, text: str, x: float, y: float, colour: str, align: str = "left") -> None:
        self.words.append({"text": text, "x": x, "y": y, "c": PALETTE[colour], "align": align})


def _layout(lanes: Iterable[Lane], frame: Frame) -> _Layout:
    """The lanes below each other, their titles in the gutter or above them."""
    laid = _Layout()
    for lane in lanes:
        if frame.gutter:
            laid.word(lane.title, frame.gutter - 10, laid.bottom + lane.height / 2, "ink", "right")
        else:
            laid.word(lane.title, 0, laid.bottom + 6, "quiet")
            laid.bottom += 15
        ends: list[float] = []
        for mark in sorted(lane.marks, key=lambda one: (one.begin, one.end, one.told)):
            left, right = _extent(mark, frame, lane.stacked)
            row = next((number for number, end in enumerate(ends) if end <= left), len(ends)) if lane.stacked else 0
            ends[row : row + 1] = [right + 3]
            _place_mark(mark, laid, frame, laid.bottom + row * (lane.height + 2), lane)
        laid.bottom += max(1, len(ends)) * (lane.height + 2) + _GAP
    return laid


def _extent(mark: LaneMark, frame: Frame, beside: bool) -> tuple[float, float]:
    """The left and right end of a mark, with its words beside it."""
    left, right = frame.x(mark.begin[0]), max(frame.x(mark.end[1]), frame.x(mark.begin[0]) + _LEAST)
    if not beside or _fits(mark.text, *_room(mark, frame)):
        return left, right
    wide = len(_cut(mark.text, frame)) * _LETTER + 6
    return (left, right + wide) if right + wide <= frame.width else (left - wide, right)


def _place_mark(mark: LaneMark, laid: _Layout, frame: Frame, top: float, lane: Lane) -> None:
    """Add the parts of a mark, solid and pale, at the bottom of its row; and its words, where there is room."""
    high = round(lane.height * mark.high, 1)
    y = top + lane.height - high
    for left, right, sure in _parts(mark, frame):
        row = {"x": left, "x2": max(right, left + _LEAST), "y": y, "y2": y + high, "c": PALETTE[mark.tone]}
        (laid.bars if sure and mark.sure else laid.pale).append(row)
    middle = top + lane.height - high / 2
    if mark.text and lane.height >= 14 and _fits(mark.text, *_room(mark, frame)):
        laid.word(mark.text, _room(mark, frame)[0] + 4, middle, "paper" if _is_solid(mark, frame) else "ink")
    elif lane.stacked and mark.text:
        left, right = frame.x(mark.begin[0]), frame.x(mark.end[1])
        reach, text = _extent(mark, frame, beside=True), _cut(mark.text, frame)
        beside = (right + 4, "left") if reach[1] > right + _LEAST else (left - 4, "right")
        laid.word(text, beside[0], middle, "ink", beside[1])


def _parts(mark: LaneMark, frame: Frame) -> Iterator[tuple[float, float, bool]]:
    """The left and right end of each part of a mark, and whether it is certain: an end dated to a year is pale."""
    begin, sure, until, end = (frame.x(day) for day in (*mark.begin, *mark.end))
    if mark.tick or sure > until:
        yield begin, end, end - begin < 2 * _LEAST
        return
    if sure - begin >= _LEAST:
        yield begin, sure, False
    yield sure, until, True
    if end - until >= _LEAST:
        yield until, end, False


def _room(mark: LaneMark, frame: Frame) -> tuple[float, float]:
    """The left and right end of the room for words on a mark: its solid part, or all of it if it is pale."""
    if _is_solid(mark, frame):
        return next((left, right) for left, right, sure in _parts(mark, frame) if sure)
    return frame.x(mark.begin[0]), frame.x(mark.end[1])


def _is_solid(mark: LaneMark, frame: Frame) -> bool:
    return mark.sure and any(sure for _, _, sure in _parts(mark, frame))


def _fits(text: str, left: float, right: float) -> bool:
    return len(text) * _LETTER + 8 <= right - left


def _cut(text: str, frame: Frame) -> str:
    most = frame.width // 12
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _ruled(drawing: Drawing, frame: Frame, day: date) -> Drawing:
    """A drawing with the rule of a day over it."""
    if not frame.first <= day <= frame.last:
        return drawing
    bottom = float(drawing.svg.split('viewBox="')[1].split('"')[0].split()[3]) - _FOOT
    x, words = frame.x(day), escape(worded(When.on(day)))
    side = ("end", x - 4) if x > frame.width - len(words) * _LETTER else ("start", x + 4)
    over = (
        f'<g class="asked-day"><line x1="{x}" x2="{x}" y1="2" y2="{bottom}" stroke="{PALETTE["ink"]}" '
        f'stroke-width="1.5"/><text x="{side[1]}" y="11" font-size="11" text-anchor="{side[0]}" '
        f'fill="{PALETTE["ink"]}">{words}</text></g>'
    )
    return replace(drawing, svg=drawing.svg.removesuffix("</svg>") + over + "</svg>")
