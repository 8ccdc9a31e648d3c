"""Others grouped by what relations with them are on a day: the lists of a page, and the keys and fills of its map.

Each group has a texture of its own, so that no one needs colours to tell two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from comity.present.charts.paint import PALETTE
from comity.query.partners import Partner
from comity.query.status import State

_Key = tuple[State, State | None] | None  # a state with what else it may be; None, when the other was no state

_SIZE = 12  # the width and height of a texture's tile
# Of each state: the colour beneath, that of the strokes, how wide these are, and what they are.
_TEXTURES: dict[State, tuple[str, str, float, str]] = {
    State.ESTABLISHED: ("good", "good", 0, ""),
    State.RECOGNIZED: ("land", "mild", 6, "M3 6h6"),
    State.INTERRUPTED: ("paper", "doubt", 5, "M0 6h12"),
    State.SEVERED: ("paper", "bad", 5, "M-3 3L3-3M0 12L12 0M9 15L15 9"),
    State.AT_WAR: ("paper", "ink", 3.5, "M-3 3L3-3M0 12L12 0M9 15L15 9M3 15L-3 9M12 12L0 0M9-3L15 3"),
    State.UNKNOWN: ("land", "quiet", 2, "M5 6h2"),
    State.ENDED: ("land", "quiet", 1.5, "M6 0v12"),
    State.UNCOUNTED: ("land", "quiet", 1.5, "M0 6h12M6 0v12"),
}
_NO_STATE = ("paper", "quiet", 1.5, "M0 0L12 12M-3 9L3 15M9-3L15 3")


@dataclass(frozen=True, slots=True)
class Group:
    """Those with whom relations are alike: a name unique in a page, and what they are, in words."""

    name: str
    title: str
    key: _Key
    others: tuple[Partner, ...]

    @property
    def is_told(self) -> bool:
        """Whether anything is told of what relations are or were."""
        return self.key not in (None, (State.UNKNOWN, None))

    def pattern(self, name: str) -> str:
        """The group's texture as an SVG pattern of a name."""
        if self.key is None:
            return _pattern(name, *_NO_STATE)
        state, alternative = self.key
        if alternative is None:
            return _pattern(name, *_TEXTURES[state])
        beneath, over = (_TEXTURES[each][1] for each in (state, alternative))
        return _pattern(name, beneath, over, 6, "M0-6V18", turned=True)


NO_STATE = Group("no-state-of-its-own", "No state of its own on the day", None, ())
"""Those with whom nothing is told, since they were no states on the day."""


def groups(others: Iterable[Partner]) -> tuple[Group, ...]:
    """The groups of others, from standing relations to none, those without others left out."""
    held: dict[_Key, list[Partner]] = {key: [] for key in _keys()}
    for other in others:
        held[key_of(other)].append(other)
    return tuple(_group(key, tuple(found)) for key, found in held.items() if found)


def key_of(other: Partner) -> _Key:
    """What groups a polity with others: its status, unless nothing is told and it was no state on the day."""
    status = other.status
    if status.state is State.UNKNOWN and status.alternative is None and other.polity in status.absent:
        return None
    return status.state, status.alternative


def _keys() -> Iterator[_Key]:
    first = (State.ESTABLISHED, State.RECOGNIZED)
    for state in (*first, *(each for each in State if each not in (*first, State.UNKNOWN)), State.UNKNOWN):
        yield state, None
        yield from ((state, other) for other in State if other is not state)
    yield None


def _group(key: _Key, others: tuple[Partner, ...]) -> Group:
    if key is None:
        return replace(NO_STATE, others=others)
    state, alternative = key
    title = state.value.capitalize() + (f", possibly {alternative.value}" if alternative else "")
    return Group(title.lower().replace(",", "").replace(" ", "-"), title, key, others)


def _pattern(name: str, beneath: str, over: str, width: float, strokes: str, turned: bool = False) -> str:
    turn = ' patternTransform="rotate(45)"' if turned else ""
    lines = f'<path d="{strokes}" stroke="{PALETTE[over]}" stroke-width="{width}"/>' if width else ""
    return (
        f'<pattern id="{name}" width="{_SIZE}" height="{_SIZE}" patternUnits="userSpaceOnUse"{turn}>'
        f'<path d="M0 0h{_SIZE}v{_SIZE}h-{_SIZE}z" fill="{PALETTE[beneath]}"/>{lines}</pattern>'
    )
