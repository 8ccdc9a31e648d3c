"""Partners grouped by the state of relations on a day: the lists of a page, and the key and fills of its map.

Each group has its own texture, so that groups can be distinguished without colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from comity.present.charts.paint import PALETTE
from comity.query.partners import Partner
from comity.query.status import State

_Key = tuple[State, State | None, bool] | None  # a state, its alternative, whether it lapsed; None: no state
_TILE = 12  # its width and height


@dataclass(frozen=True, slots=True)
class Texture:
    """A fill: the token of the colour beneath, that of the strokes over it, how wide these are, and their path."""

    beneath: str
    over: str = ""
    width: float = 0
    strokes: str = ""
    turned: bool = False

    @property
    def stroke(self) -> str:
        """The token of its characteristic colour."""
        return self.over or self.beneath

    def pattern(self, name: str) -> str:
        """The texture as an SVG pattern of a name."""
        turn = ' patternTransform="rotate(45)"' if self.turned else ""
        lines = ""
        if self.strokes:
            lines = f'<path d="{self.strokes}" stroke="{PALETTE[self.over]}" stroke-width="{self.width:g}"/>'
        return (
            f'<pattern id="{name}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse"{turn}>'
            f'<path d="M0 0h{_TILE}v{_TILE}H0z" fill="{PALETTE[self.beneath]}"/>{lines}</pattern>'
        )


_RISING = "M-3 3L3-3M0 12L12 0M9 15L15 9"
_FALLING = "M-3 9L3 15M0 0L12 12M9-3L15 3"
_DOT = "M5 6h2"
_TEXTURES = {  # from established relations to none
    State.ESTABLISHED: Texture("good"),
    State.RECOGNIZED: Texture("land", "mild", 6, "M3 6h6"),
    State.UNRECOGNIZED: Texture("paper", "doubt", 3, "M3 6h6"),
    State.INTERRUPTED: Texture("paper", "doubt", 5, "M0 6h12"),
    State.SEVERED: Texture("paper", "bad", 5, _RISING),
    State.AT_WAR: Texture("paper", "ink", 3.5, _RISING + _FALLING),
    State.ENDED: Texture("land", "quiet", 1.5, "M6 0v12"),
    State.UNCOUNTED: Texture("land", "quiet", 1.5, "M0 6h12M6 0v12"),
    State.UNKNOWN: Texture("land", "quiet", 2, _DOT),
}
_STATES = list(_TEXTURES)
ITSELF = Texture("one", "paper", 2, _DOT)
NO_RECORD = Texture("land")


@dataclass(frozen=True, slots=True)
class Group:
    """Partners with the same state of relations: a name unique in a page, the state in words, and the texture.

    `is_told` is false if nothing is recorded of relations with them.
    """

    name: str
    title: str
    texture: Texture
    others: tuple[Partner, ...]
    is_told: bool


NO_STATE = Group("no-state", "No state of its own on the day", Texture("paper", "quiet", 1.5, _FALLING), (), False)
"""Partners without a record of relations, since they were no states on the day."""


def groups(others: Iterable[Partner]) -> tuple[Group, ...]:
    """The groups with any partner, from established relations to none."""
    members: dict[_Key, list[Partner]] = {}
    for partner in others:
        members.setdefault(_key(partner), []).append(partner)
    return tuple(_group(key, tuple(members[key])) for key in sorted(members, key=_order))


def _order(key: _Key) -> tuple[int, ...]:
    """Established relations first, the certain before the possible; last those without a record."""
    if key is None:
        return (len(_STATES),)
    state, alternative, lapsed = key
    return (_STATES.index(state), 0 if alternative is None else 1 + _STATES.index(alternative), lapsed)


def _key(partner: Partner) -> _Key:
    """The key of a partner's group: its status; None if it has no record and was no state on the day."""
    status = partner.status
    if status.state is State.UNKNOWN and status.alternative is None and partner.polity in status.absent:
        return None
    return status.state, status.alternative, status.lapsed and status.alternative is None


def _group(key: _Key, others: tuple[Partner, ...]) -> Group:
    if key is None:
        return replace(NO_STATE, others=others)
    state, alternative, lapsed = key
    texture, title = _TEXTURES[state], state.value.capitalize()
    if alternative is not None:
        title += f", possibly {alternative.value}"
        texture = _striped(texture.stroke, _TEXTURES[alternative].stroke)
    elif lapsed:
        title += ", possibly broken off by then"
        texture = _striped(texture.stroke, "paper")
    name = title.lower().replace(",", "").replace(" ", "-")
    return Group(name, title, texture, others, key != (State.UNKNOWN, None, False))


def _striped(beneath: str, over: str) -> Texture:
    return Texture(beneath, over, 6, "M0-6V18", turned=True)
