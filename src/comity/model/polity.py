"""A polity: an identity with a lifespan, the names it bore, and the codes it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.model.when import Certainty, When


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was borne: `kind` is short, long, demonym, alias or capital; `when` None means always."""

    text: str
    kind: str = "short"
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A polity's code in one scheme (`cow`, `gw`, `iso3`, `hsg`, `gsh`, `wikidata`), for as long as it held."""

    scheme: str
    value: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Polity:
    """An identity through time.

    `lifespans` are the spells in which it existed as a state of its own (none: unknown); `names` hold each for a
    time; `predecessors` and `successors` are ids of polities. Codes of the schemes `hsg` and `gsh` are the ids by
    which history.state.gov's files speak of it, each for the time in which they mean this polity.

    >>> peru = Polity("peru", "Peru", (When.parse("1821/.."),), names=(Name("Republic of Peru", "long"),))
    >>> peru.existed(When.parse("1830"))
    <Certainty.YES: 'yes'>
    """

    id: str
    name: str
    lifespans: tuple[When, ...] = ()
    names: tuple[Name, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    note: str = ""

    def existed(self, on: When) -> Certainty:
        """Whether it existed on a day; POSSIBLY when its lifespans are unknown or too imprecise to tell."""
        answers = {on.during(spell) for spell in self.lifespans}
        if Certainty.YES in answers:
            return Certainty.YES
        return Certainty.NO if answers == {Certainty.NO} else Certainty.POSSIBLY

    def name_on(self, day: date) -> str:
        """The short name that it bore on a day, else its usual name."""
        for name in self.names:
            if name.kind == "short" and name.when and name.when.earliest <= day <= name.when.latest:
                return name.text
        return self.name
