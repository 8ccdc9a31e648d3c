"""Whether two claims bear each other out: what one source says twice, or copies from another, is one voice."""

from __future__ import annotations

from comity.model import Claim

_ALIKE = 90.0  # of 100: how alike two passages must be for one to repeat the other


def independent(one: Claim, other: Claim) -> bool:
    """Whether two claims come from two voices: neither from one source, whatever the edition, nor from one passage.

    >>> told = [Claim("peru", "war", "chile", source=source) for source in ("guide@1", "guide@2", "annals@1")]
    >>> independent(told[0], told[1]), independent(told[0], told[2])
    (False, True)
    """
    return work_of(one) != work_of(other) and not repeats(one, other)


def work_of(claim: Claim) -> str:
    """What a claim is from, without the edition: a registered source, or a page under its path."""
    id = claim.source.partition("@")[0]
    return claim.document or claim.source if id == "document" else id


def repeats(one: Claim, other: Claim) -> bool:
    """Whether the two are of passages that are nearly the same, where both are at hand."""
    if not one.quote or not other.quote:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one.quote.casefold(), other.quote.casefold(), score_cutoff=_ALIKE) > 0
