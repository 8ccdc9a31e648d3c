"""What a sentence about an event is made of, in words: names with their articles, dates with their prepositions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.model import Claim, Participant


def listed(items: Iterable[str]) -> str:
    """Things one after another.

    >>> listed(["Peru"]), listed(["Peru", "Chile", "Bolivia"])
    ('Peru', 'Peru, Chile and Bolivia')
    """
    words = list(items)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def titled(title: str) -> str:
    """The title of an agreement or war with its article, unless it begins with one or takes none.

    >>> titled("War of the Pacific"), titled("World War I")
    ('the War of the Pacific', 'World War I')
    """
    return title if title.lower().startswith(("the ", "an ", "a ", "world war")) else f"the {title}"


def amount(claim: Claim) -> str:
    """A value with its unit, and a word such as "about" when it is not exact.

    >>> amount(Claim("peru", "trade.total", "united-states", value=9e9, unit="USD"))
    '9 billion USD'
    """
    if claim.value is None:
        return ""
    precision = claim.participant("precision")
    about = f"{precision.name} " if precision is not None else ""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if claim.value >= size:
            return f"{about}{claim.value / size:,.6g}{word} {claim.unit or ''}".rstrip()
    return f"{about}{claim.value:,.6g} {claim.unit or ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Wording:
    """An event in words.

    `subject` and `object` are names with their articles ("another state" where no object is stated, and `has_object`
    is False), `owner` the subject as a possessor. Dates begin with a space, so that they can follow a verb, and are
    empty where there is none: `on` (" on 2 May 1826", " from 1920 to 1923"), `at` of an act (" between 1786 and
    1796"), `lasting` of a state (" 1920 to 1923"). `is_interval` says that the date is one. `amount` is a value with
    its unit; `in_office`, for a mood under a leader, says when that leader was in office.
    """

    subject: str
    object: str
    owner: str
    has_object: bool = True
    on: str = ""
    at: str = ""
    lasting: str = ""
    is_interval: bool = False
    kind: str | None = None
    label: str | None = None
    value: float | None = None
    amount: str = ""
    participants: tuple[Participant, ...] = field(default=())
    in_office: str = ""

    @property
    def both(self) -> str:
        """The two parties: "Peru and Chile"."""
        return f"{self.subject} and {self.object}"

    @property
    def is_dated(self) -> bool:
        """Whether the event has a date: without one, English takes the perfect tense."""
        return bool(self.on)

    @property
    def person(self) -> str | None:
        """The first who took part, by name."""
        return self.participants[0].name if self.participants else None

    @property
    def in_brackets(self) -> str:
        """The kind and label, to stand after a verb: " (seizure; MID#27)"."""
        words = "; ".join(part for part in (self.kind, self.label) if part)
        return f" ({words})" if words else ""

    @property
    def about(self) -> str:
        """The label in brackets: " (copper)"."""
        return f" ({self.label})" if self.label else ""

    @property
    def figure(self) -> str:
        """The amount with its growth: "1.2 billion USD (+53 %)"."""
        growth = self.names("growth")
        return f"{self.amount}{f' ({growth[0]})' if growth else ''}"

    def names(self, role: str) -> list[str]:
        """Who took part in a role, by name."""
        return [participant.name for participant in self.participants if participant.role == role]

    def by(self, role: str) -> str:
        """Those with a role, in brackets: " (funders: INL and USAID)"."""
        names = self.names(role)
        return f" ({role}{'s' if len(names) > 1 else ''}: {listed(names)})" if names else ""
