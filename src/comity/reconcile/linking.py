"""Words to what they may mean on a day: polities by name, agreements by title and parties, wars by name and parties.

`resolve` of `names` chooses a polity or refuses; what links words of a text keeps every candidate, with its weight.
Persons are in `persons`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from comity.model import Certainty, Claim, When
from comity.reconcile.bearers import Bearer, going_by
from comity.reconcile.candidates import FAINT, FITS, LEAST, PERHAPS, SURE, Candidate, hull, weighed
from comity.relations import relation
from comity.relations.agreements import AGREEMENT_ENDED, NEGOTIATION
from comity.relations.strife import WAR
from comity.sources.gazetteer import fold, gazetteer

_ALIKE = 80.0  # of 100: how alike a title must be to be a candidate
_KINDS = frozenset({"war", "conflict", "agreement", "treaty", "convention", "trade", "pact"})
_SAYING_NOTHING = frozenset({"the", "a", "an", "of", "and", "between", "with", "this", "that", "same"})


def polities(text: str, on: When | None = None) -> tuple[Candidate, ...]:
    """The polities that a name, demonym, id or code may mean, on a day or today; none when nobody ever bore it.

    Who alone ever bore it is meant, a state on that day or not. Of several, who surely bore it then and existed fits
    best, who may have, less; of none, who bore it without being a state, and last who bears it today.

    >>> [(one.meant, one.weight) for one in polities("Congo", When.parse("1960-09-10"))]
    [('congo-democratic-republic', 0.5), ('congo-republic', 0.5)]
    """
    best: dict[str, Candidate] = {}
    for bearer in going_by(text):
        id, fit = bearer.polity.id, _borne(bearer, on)
        if id not in best or fit > best[id].weight:
            best[id] = Candidate(id, fit, (id,), bearer.when)
    if len(best) == 1:
        return weighed(replace(candidate, weight=SURE) for candidate in best.values())
    least = PERHAPS if any(candidate.weight >= PERHAPS for candidate in best.values()) else LEAST
    return weighed(candidate for candidate in best.values() if candidate.weight >= least)


def agreements(
    claims: Iterable[Claim], text: str, on: When | None = None, parties: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """The agreements, negotiated ones too, that a title, a part of one or its initials may mean.

    `claims` are claims about the parties. What was not there by the day, or had ended, weighs less.

    >>> tpp = Claim("peru", "negotiation", "united-states", label="Trans-Pacific Partnership", source="a page")
    >>> [(one.meant, one.weight) for one in agreements([tpp], "TPP", parties=["peru"])]
    [('Trans-Pacific Partnership', 1.0)]
    """
    titled_claims = _labelled(claims, lambda claim: relation(claim.relation).section == NEGOTIATION.section)
    return _linked(titled_claims, text, parties, lambda about: _lived(about, on, _past(text)))


def wars(
    claims: Iterable[Claim], text: str, on: When | None = None, parties: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """The wars that a name may mean; "the war" means any of these parties, one of the day before one of the past.

    >>> pacific = Claim("chile", "war", "peru", label="War of the Pacific", when=When.parse("1879/1883"), source="cow")
    >>> [(one.meant, one.weight) for one in wars([pacific], "the war", When.parse("1880"), ["peru", "chile"])]
    [('War of the Pacific', 1.0)]
    """
    titled_claims = _labelled(claims, lambda claim: claim.relation == WAR.id)
    return _linked(titled_claims, text, parties, lambda about: _fought(about, on, _past(text)))


def _borne(bearer: Bearer, on: When | None) -> float:
    """How well one who goes by the words fits a day."""
    if on is None:
        return SURE if bearer.lasts() else FAINT
    bore, existed = bearer.bore(on), bearer.polity.existed(on)
    if Certainty.NO not in (bore, existed):
        return min(FITS[bore], FITS[existed])
    if bore is not Certainty.NO and bearer.when is not None:
        return FAINT
    return LEAST if bearer.lasts() else 0.0


def _labelled(claims: Iterable[Claim], wanted: Callable[[Claim], bool]) -> dict[str, list[Claim]]:
    """The claims of one kind that name their thing, by its folded name."""
    by_title: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.label and wanted(claim):
            by_title[fold(claim.label)].append(claim)
    return by_title


def _linked(
    by_title: dict[str, list[Claim]], text: str, parties: Iterable[str], fits: Callable[[list[Claim]], float]
) -> tuple[Candidate, ...]:
    wanted = frozenset(parties)
    candidates = []
    for title, claims in by_title.items():
        concerned = frozenset[str]().union(*(claim.parties for claim in claims))
        fit = titled(text, title) * fits(claims) if wanted <= concerned else 0.0
        label = max((claim.label or "" for claim in claims), key=len)
        candidates.append(Candidate(label, fit, tuple(sorted(concerned)), hull(claims), tuple(claims)))
    return weighed(candidates)


def is_title(text: str) -> bool:
    """Whether words say that they are of a war or an agreement, and so name no person.

    >>> is_title("the Korean War"), is_title("Ward")
    (True, False)
    """
    return not _KINDS.isdisjoint(_telling(text))


def titled(text: str, title: str) -> float:
    """How well words fit a title: all of them in it, its initials but for polities, or much alike; 0 when they do not.

    >>> [titled(text, "US-Peru Trade Promotion Agreement") for text in ("the trade agreement", "TPA", "fish treaty")]
    [1.0, 1.0, 0.0]
    """
    from rapidfuzz import fuzz

    words, known = _telling(text), _telling(title)
    initials = "".join(word[0] for word in known if not gazetteer().named(word))
    if set(words) <= set(known) or (len(words) == 1 and len(words[0]) > 2 and initials == words[0]):
        return SURE
    alike = fuzz.token_sort_ratio(" ".join(words), " ".join(known))
    return round(alike / 100, 2) if alike >= _ALIKE else 0.0


def _telling(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if word not in _SAYING_NOTHING]


def _past(text: str) -> float:
    """How well something of the past fits: by a name as well as ever, as "the war" or "the treaty" less."""
    return FAINT if set(_telling(text)) <= _KINDS else SURE


def _lived(claims: list[Claim], on: When | None, past: float) -> float:
    """How well the life of an agreement fits a day: recorded by then and not ended, else less."""
    dated = [claim for claim in claims if claim.when]
    if on is None or not dated:
        return SURE
    if all(claim.when and claim.when.after(on) is Certainty.YES for claim in dated):
        return FAINT
    ended = any(
        claim.relation == AGREEMENT_ENDED.id and claim.when and claim.when.before(on) is Certainty.YES
        for claim in dated
    )
    return past if ended else SURE


def _fought(claims: list[Claim], on: When | None, past: float) -> float:
    """How well a war fits a day: fought then, else past; one still to come is not meant."""
    spans = [claim.when for claim in claims if claim.when]
    if on is None or not spans:
        return SURE
    during = max(FITS[span.overlaps(on)] for span in spans)
    return during or (past if any(span.before(on) is not Certainty.NO for span in spans) else 0.0)
