"""Which two polities a page is about, inferred from its title and the polities it names most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from comity.model import Document, When
from comity.reading.names.mentions import meant, polities
from comity.reading.parties.context import kin
from comity.reading.text.passages import Passage
from comity.sources.gazetteer import fold, gazetteer

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ENOUGH = 50_000  # characters of prose: enough of a long text to show which polities it is about


def infer(document: Document, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The ids of the two polities that a document is about, its owner first; one or none when no two stand out.

    The owner is the polity whose page this is: the one that the file or the heading is named for.
    """
    counts: Counter[str] = Counter()
    titled: list[str] = [id for id in (_of_path(document),) if id]
    read = 0
    for passage in passages:
        year = _YEAR.search(passage.text)
        when = When.parse(year.group()) if year else None
        ids = [id for mention in polities(passage.text) if mention.is_polity and (id := meant(mention, when))]
        if passage.kind == "heading" and not read:
            titled.extend(ids)
        if passage.kind == "prose":
            counts.update(ids)
            read += len(passage.text)
            if read > _ENOUGH:
                break
    return _pair(document, counts, titled)


def _pair(document: Document, counts: Counter[str], titled: list[str]) -> tuple[str, ...]:
    """The pair that stands out by titles and counts; only its first if a third polity is named as often."""
    ranked = [id for id, _ in counts.most_common()]
    candidates = list(dict.fromkeys([*document.about, *(id for id in titled if id in counts), *ranked]))
    chosen = candidates[:1] + [id for id in candidates[1:] if id not in kin(candidates[0])][:1]
    if len(chosen) < 2:
        return tuple(chosen)
    third = next((counts[id] for id in ranked if id not in chosen and id not in kin(candidates[0])), 0)
    if min(counts[id] for id in chosen) <= third and not _is_partner(chosen, ranked, {*titled, *document.about}):
        return tuple(chosen[:1])
    own = next((id for id in (*document.about, *titled) if id in chosen), None)
    # Peru's page on its relations with Chile names Chile more often than Peru, so without a title the polity that is
    # named less often is the owner.
    first = own or (chosen[1] if counts[chosen[0]] > counts[chosen[1]] else chosen[0])
    return (first, *(id for id in chosen if id != first))


def _is_partner(chosen: list[str], ranked: list[str], known: set[str]) -> bool:
    """Whether the title names both polities, or names one and the other is the next most often named."""
    if set(chosen) <= known:
        return True
    return (
        bool(known & set(chosen))
        and next((id for id in ranked if id not in known and id not in kin(chosen[0])), None) in chosen
    )


def _of_path(document: Document) -> str | None:
    """The polity that the file is named after."""
    if not document.path:
        return None
    stem = PurePath(document.path).stem
    bearers = gazetteer().named(fold(stem))
    if stem in gazetteer():
        return stem
    return bearers[0].id if len(bearers) == 1 else None
