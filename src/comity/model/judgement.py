"""What is said about claims, never a change to them: signed by a rule or a person, dated, and never taken out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from typing import Any

_RULE = "rule: "


class Verdict(Enum):
    """The kinds of judgement; the values are their words.

    Rules give the first six. `different` and `agrees` deny what a rule found, and `retracts` takes back a judgement,
    whose id stands in the place of a claim's: these are persons' words.
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
    (UTC); None of a rule's that was made for one answer and not stored. `why` is a person's reason.

    >>> told = Judgement(Verdict.REFINES, "a1", "b2", "recognition", "rule: same event, finer date")
    >>> told.by_rule, told.by, told.id == Judgement(*told.content, dated=datetime(2026, 1, 1)).id
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
        """What a rule finds."""
        return cls(verdict, first, second, about, f"{_RULE}{rule}")

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits of a hash of the content.

        A rule says a thing once, whenever it looks; a person may say it, take it back and say it again, so that of
        persons' words the time counts too.
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
        """Whether a rule signs it, and no person."""
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

    def as_json(self) -> dict[str, Any]:
        """The wire shape of a judgement (docs/interfaces.md)."""
        return {
            "id": self.id,
            "verdict": self.verdict.value,
            "claims": list(self.claims),
            "retracts": self.first if self.verdict is Verdict.RETRACTS else None,
            "about": self.about,
            "by": self.by,
            "is_rule": self.by_rule,
            "dated": self.dated.isoformat() if self.dated else None,
            "why": self.why,
        }
