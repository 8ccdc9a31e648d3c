"""Whether two claims bear each other out: what one source says twice, or copies from another, is one voice."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model import Claim, Source
from comity.sources.copies import copied

_ALIKE = 90.0  # of 100: how alike two passages must be for one to repeat the other


def independent(first: Claim, second: Claim, sources: Mapping[str, Source] = {}) -> bool:
    """Whether two claims come from two voices: not of one source in any edition, one publisher or one passage.

    `sources` say who published each; a publisher's works are written from one another.

    >>> claims = [Claim("peru", "war", "chile", source=source) for source in ("guide@1", "guide@2", "annals@1")]
    >>> independent(claims[0], claims[1]), independent(claims[0], claims[2])
    (False, True)
    """
    if work_of(first) == work_of(second) or repeats(first, second):
        return False
    houses = [sources[claim.source].publisher for claim in (first, second) if claim.source in sources]
    return len(houses) < 2 or not houses[0] or houses[0] != houses[1]


def work_of(claim: Claim) -> str:
    """What a claim is from, without the edition: a registered source, or a page under its path.

    What a page copied from a source is that source's.
    """
    id = claim.source.partition("@")[0]
    if id != "document":
        return id
    return copied_from(claim) or claim.document or claim.source


def copied_from(claim: Claim) -> str | None:
    """The registered source whose words a page's claim is made of."""
    if not claim.quote or not claim.source.startswith("document@"):
        return None
    copy = copied(claim.quote)
    return copy.source if copy else None


def repeats(first: Claim, second: Claim) -> bool:
    """Whether the two are of passages that are nearly the same, where both are known."""
    if not first.quote or not second.quote:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(first.quote.casefold(), second.quote.casefold(), score_cutoff=_ALIKE) > 0
