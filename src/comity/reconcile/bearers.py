"""Who ever went by some words, and when: what a choice among polities is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.model import Certainty, Polity, When
from comity.sources.gazetteer import NAMING, gazetteer


@dataclass(frozen=True, slots=True)
class Bearer:
    """A polity and the time in which it went by the words; None means always."""

    polity: Polity
    when: When | None

    def bore(self, on: When) -> Certainty:
        """Whether it went by the words then."""
        return Certainty.YES if self.when is None else self.when.overlaps(on)

    def lasts(self) -> bool:
        """Whether it still goes by the words, and still is."""
        spans = [span for span in (self.when, *self.polity.lifespans[-1:]) if span]
        return all(span.latest == date.max for span in spans)


def going_by(text: str) -> list[Bearer]:
    """Who goes by the words as a name; failing that as an id; failing that as a code.

    >>> [bearer.polity.id for bearer in going_by("Persia")], [bearer.polity.id for bearer in going_by("135")]
    (['iran'], ['peru', 'peru'])
    """
    known = gazetteer()
    bearers = [Bearer(polity, name.when) for polity, name in known.bearers(text) if name.kind in NAMING]
    if not bearers and text.strip().casefold() in known:
        bearers = [Bearer(known.polity(text.strip().casefold()), None)]
    return bearers or [Bearer(polity, code.when) for polity, code in known.coded(text.strip())]
