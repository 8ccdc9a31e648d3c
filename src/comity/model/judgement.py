"""Judgements on claims, which never change them: signed by a rule or a person, dated, and never removed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from hashlib import blake2b

_RULE = "rule: "


class Verdict(Enum):
    """The kinds of judgement; the values are their words.

    Rules give the first six. `different` and `agrees` deny what a rule found, and `retracts` withdraws a judgement,
    whose id is in place of a claim's: only persons give these.
    """

    SAME_AS = "same-as"
    CORROBORATES = "corroborates"
    REFINES = "refines"
    CONFLICTS = "conflicts"
    SUPERSEDES = "supersedes"
    STALE = "stale"
    DIFFERENT = "different"
    AGREES = "agrees"
    RETRACTS = "retracts"


@dataclass(frozen=True)
class Judgement:
    """`first` `verdict` `second` (ids of claims), `about` what, `signed` by a rule (`rule: …`) or a person.

    `second` is None where a claim is judged by itself, as by the lifespan of a state. `dated` is when it was made
    (UTC); None for a rule's judgement that was made for one answer and not stored. `why` is a person's reason.

    >>> judgement = Judgement(Verdict.REFINES, "a1", "b2", "recognition", "rule: same event, finer date")
    >>> judgement.by_rule, judgement.by, judgement.id == Judgement(*judgement.content, dated=datetime(2026, 1, 1)).id
    (True, 'same event, finer date', True)
    """

    verdict: Verdict
    first: str
    second: str | None
    about: str
    signed: str
    dated: datetime | None = None
    why: str = ""

    @classmethod
    def ruled(cls, verdict: Verdict, first: str, second: str | None, about: str, rule: str) -> Judgement:
        """The judgement of a rule."""
        return cls(verdict, first, second, about, f"{_RULE}{rule}")

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits of a hash of the content.

        A rule's judgement is the same whenever it is made; a person may give one, retract it and give it again, so for
        persons the time is part of the id.
        """
        moment = None if self.by_rule or self.dated is None else self.dated.isoformat()
        verdict, *rest = self.content
        packed = json.dumps([verdict.value, *rest, moment, self.why], ensure_ascii=False, separators=(",", ":"))
        return blake2b(packed.encode(), digest_size=16).hexdigest()

    @property
    def content(self) -> tuple[Verdict, str, str | None, str, str]:
        """What is judged, and who signs it."""
        return self.verdict, self.first, self.second, self.about, self.signed

    @property
    def by_rule(self) -> bool:
        """Whether a rule signed it, not a person."""
        return self.signed.startswith(_RULE)

    @property
    def by(self) -> str:
        """The name of the rule or person."""
        return self.signed.removeprefix(_RULE)

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that it is about; none of one that retracts another."""
        if self.verdict is Verdict.RETRACTS:
            return ()
        return (self.first,) if self.second is None else (self.first, self.second)
