"""What some words may mean, each with a weight: ambiguity is kept and shown, never silently settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from comity.model import Certainty, Claim, When

SURE = 1.0
PERHAPS = 0.5
FAINT = 0.25
LEAST = 0.1
FITS = {Certainty.YES: SURE, Certainty.POSSIBLY: PERHAPS, Certainty.NO: 0.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may be meant: a polity's id, or the name of a person, an agreement or a war.

    `weight` is between 0 and 1: how well it fits, shared among all that fit. What the weights of all leave of 1 is
    the chance that none is meant. `polities` are those it belongs to, `when` its time (of a polity, that in which
    it went by the words), `claims` what it rests on, `office` what a person was, `also` other names of the same.
    """

    meant: str
    weight: float
    polities: tuple[str, ...] = ()
    when: When | None = None
    claims: tuple[Claim, ...] = ()
    office: str = ""
    also: tuple[str, ...] = ()


def weighed(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates whose weights say how well each fits by itself, the likest first, with their share of it.

    >>> [(one.meant, one.weight) for one in weighed([Candidate("a", 0.5), Candidate("b", 1.0)])]
    [('b', 0.67), ('a', 0.17)]
    >>> [(one.meant, one.weight) for one in weighed([Candidate("a", 0.5)])]
    [('a', 0.5)]
    """
    fitting = [candidate for candidate in candidates if candidate.weight > 0]
    whole = sum(candidate.weight for candidate in fitting)
    shared = (replace(candidate, weight=round(candidate.weight * candidate.weight / whole, 2)) for candidate in fitting)
    return tuple(
        sorted(
            shared,
            key=lambda candidate: (
                -candidate.weight,
                candidate.meant,
                candidate.when.earliest if candidate.when else date.max,
            ),
        )
    )


def hull(claims: Iterable[Claim]) -> When | None:
    """From the first date of the claims to the last; None when none is dated.

    >>> str(hull([Claim("chile", "war", "peru", when=When.parse(year)) for year in ("1883", "1879")]))
    '1879/1883'
    """
    whens = [claim.when for claim in claims if claim.when]
    if not whens:
        return None
    first, last = min(whens, key=lambda when: when.earliest), max(whens, key=lambda when: when.latest)
    return first if first == last else When.span(first.begin, last.end)
