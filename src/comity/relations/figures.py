"""Figures: trade and travel, each of a time of its own."""

from __future__ import annotations

from collections.abc import Callable

from comity.relations.base import Kind, Relation
from comity.relations.wording import Wording

_FAMILY = "figures"


def _figure(event: Wording) -> str:
    return event.figure or "an amount not said"


def _traded(direction: str) -> Callable[[Wording], str]:
    def sentence(event: Wording) -> str:
        partner = event.object if event.has_object else "the whole world"
        return f"{event.owner} {direction} {partner}{event.about} were {_figure(event)}{event.on}"

    return sentence


def _total(event: Wording) -> str:
    return f"trade between {event.both}{event.about} was {_figure(event)}{event.on}"


def _travelled(event: Wording) -> str:
    return f"{event.figure or 'people'} of {event.subject} went to {event.object} a year{event.about}{event.on}"


TRADE_EXPORTS = Relation(
    id="trade.exports", family=_FAMILY,
    definition="Exports from the subject to the object in a year; to the whole world where there is none.",
    range="polity or none", kind=Kind.FIGURE, section="figures", sentence=_traded("exports to"),
    phrase="exports to",
)  # fmt: skip
TRADE_IMPORTS = Relation(
    id="trade.imports", family=_FAMILY,
    definition="Imports of the subject from the object in a year; from the whole world where there is none.",
    range="polity or none", kind=Kind.FIGURE, section="figures", sentence=_traded("imports from"),
    phrase="imports from",
)  # fmt: skip
TRADE_TOTAL = Relation(
    id="trade.total", family=_FAMILY,
    definition="Trade in both directions in a year.",
    symmetric=True, kind=Kind.FIGURE, section="figures", sentence=_total, phrase="trade with",
)  # fmt: skip
TRAVEL = Relation(
    id="travel", family=_FAMILY,
    definition="People of the subject who go to the object, a year.",
    kind=Kind.FIGURE, section="figures", sentence=_travelled, phrase="travel to",
)  # fmt: skip

RELATIONS = (
    TRADE_EXPORTS,
    TRADE_IMPORTS,
    TRADE_TOTAL,
    TRAVEL,
)
