"""One agreement under several names in one document: its title, its abbreviation, "the new free trade agreement".

Theory
    A text names a treaty once in full and then calls it by what it is. A name in small letters is no title but a
    description; it means a titled agreement of the same parties in the same document when that is the only one whose
    title shares a word of substance with it ("trade"). Capital letters alone are an abbreviation; it means the
    agreement in whose title these letters begin words, in their order. With two candidates nothing is decided: that
    would be a guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from comity.model import Claim
from comity.relations import Identity, relation

_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset(
    {"the", "a", "an", "new", "of", "on", "and", "for", "with", "between", "free", "bilateral", "agreement",
     "agreements", "treaty", "convention", "pact", "accord", "act", "protocol", "memorandum", "its", "this", "that"}
)  # fmt: skip


def titles(claims: Iterable[Claim]) -> dict[str, str]:
    """For claims that call an agreement by a description or an abbreviation, by id, the title that is meant."""
    documents: dict[tuple[frozenset[str], str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.label and Identity.TITLE in relation(claim.relation).identity:
            documents[claim.parties, _document(claim)].append(claim)
    meant: dict[str, str] = {}
    for same in documents.values():
        names = {claim.label: _words(claim.label) for claim in same if claim.label and _is_title(claim.label)}
        for claim in same:
            if claim.label and not _is_title(claim.label) and (title := _meant(claim.label, names)):
                meant[claim.id] = title
    return meant


def _document(claim: Claim) -> str:
    """The document in which a claim is made: a file of a source, or a page that was read."""
    return f"{claim.source} {claim.document or claim.locator.partition('#')[0] if '#' in claim.locator else ''}"


def _is_title(label: str) -> bool:
    """Whether a label names an agreement: words with capital letters, more than an abbreviation."""
    words = _WORD.findall(label)
    return len(words) > 1 and any(word[0].isupper() for word in words)


def _words(label: str) -> frozenset[str]:
    return frozenset(_all(label)) - _EMPTY


def _all(label: str) -> list[str]:
    return _WORD.findall(label.casefold())


def _meant(label: str, names: Mapping[str, frozenset[str]]) -> str | None:
    """The only title that a description or an abbreviation can mean; None for none or several."""
    if label.isupper():
        fitting = [name for name in names if _abbreviates(label, name)]
    else:
        kind = _all(label)[-1:]  # an agreement is none that is called an act
        fitting = [name for name, words in names.items() if words & _words(label) and set(kind) <= set(_all(name))]
    return fitting[0] if len(fitting) == 1 else None


def _abbreviates(letters: str, name: str) -> bool:
    """Whether letters begin words of a name, in their order.

    >>> _abbreviates("PTPA", "US-Peru Trade Promotion Agreement"), _abbreviates("ATPA", "Treaty of Amity")
    (True, False)
    """
    initials = iter(word[0].upper() for word in _WORD.findall(name))
    return all(letter in initials for letter in letters)
