"""A person's name to those who may be meant: by office, day and polity, each time in office by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from comity.model import Claim, When
from comity.reconcile.candidates import FAINT, FITS, LEAST, PERHAPS, SURE, Candidate, hull, weighed
from comity.relations import relation
from comity.relations.missions import ENVOY_DEPARTED
from comity.relations.states import LEADER
from comity.sources.gazetteer import fold
from comity.sources.leaders import leaders

HEAD, SECRETARY, ENVOY, OFFICER = "head", "secretary", "envoy", "officer"
_TITLES = {
    **dict.fromkeys(("president", "prime", "premier", "king", "queen", "chancellor", "emperor", "empress"), HEAD),
    "leader": HEAD,
    **dict.fromkeys(("ambassador", "envoy", "charge", "consul"), ENVOY),
    "secretary": SECRETARY,
    **dict.fromkeys(("minister", "general", "sir", "mr", "mrs", "dr", "of", "the", "elect", "administration"), ""),
}
_ALIKE = 85.0  # of 100: a lost letter makes no other person
_ENDING = (LEADER.id, ENVOY_DEPARTED.id)
_UNSEEN = 5  # years before or after those in which a leader was seen in office, in which that may have been so


def persons(
    text: str, on: When | None = None, claims: Iterable[Claim] = (), polity: str | None = None
) -> tuple[Candidate, ...]:
    """The times in office that a person's name may mean, with or without a title: of leaders, and of envoys in claims.

    `claims` are claims of leaders and of envoys; to these come the leaders whom comity knows by name, for the years in
    which they were seen in office. Two times in office of one person are two candidates unless the day settles it.
    A fuller name keeps who bears all of it, and who may: "Alan García" also fits a García without a forename.

    >>> [(one.meant, one.weight) for one in persons("Bush", When.parse("1991"))]
    [('George H.W. Bush', 1.0)]
    >>> [one.when.edtf for one in persons("President Humala")]
    ['2011/2013']
    """
    words, office = _parted(text)
    fits = []
    for candidate in _apart([*_terms(claims), *_known()]):
        meant = (polity is None or polity in candidate.polities) and office in ("", candidate.office)
        name = max(_named(words, name) for name in (candidate.meant, *candidate.also)) if meant else 0.0
        if name and _then(candidate, on):
            fits.append((name, candidate))
    best = max((name for name, _ in fits), default=0.0)
    return weighed(
        replace(candidate, weight=name * _then(candidate, on)) for name, candidate in fits if name >= best / 2
    )


def _parted(text: str) -> tuple[list[str], str]:
    """The words of the name, and the office that a title says."""
    words = _words(text)
    offices = [office for word in words if (office := _TITLES.get(word))]
    return [word for word in words if word not in _TITLES], offices[0] if offices else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(re.sub(r"['’]s\b", "", text)))


def _named(words: list[str], name: str) -> float:
    """How well words fit a name: all of them in it, the surname with like forenames or other ones, or nearly it."""
    from rapidfuzz import fuzz

    known = _words(name)
    if not words or not known:
        return 0.0
    if all(any(_stands_for(word, each) for each in known) for word in words):
        return SURE
    surname = words[-1]
    if surname in known:
        forenames, others = words[:-1], known[: known.index(surname)]
        alike = not others or any(_stands_for(forename, part) for forename in forenames for part in others)
        return PERHAPS if alike else FAINT
    return LEAST if any(fuzz.ratio(surname, each) >= _ALIKE for each in known) else 0.0


def _stands_for(word: str, name: str) -> bool:
    """Whether a word is a name, or an initial of it."""
    return word == name or (len(word) == 1 and name.startswith(word))


def _then(candidate: Candidate, on: When | None) -> float:
    """How well a time in office fits a day; where its end is unknown, the years around fit faintly."""
    if on is None or candidate.when is None:
        return SURE
    fit = FITS[candidate.when.overlaps(on)]
    if fit or any(claim.relation in _ENDING for claim in candidate.claims):
        return fit
    near = (
        candidate.when.earliest.year - _UNSEEN <= on.earliest.year
        and on.latest.year <= candidate.when.latest.year + _UNSEEN
    )
    return FAINT if near else 0.0


def _terms(claims_told: Iterable[Claim]) -> Iterator[Candidate]:
    """The times in office that claims state: a leader's as it stands, an envoy's from appointment to departure."""
    missions: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims_told:
        if claim.relation == LEADER.id and claim.label and claim.when:
            office = _parted(claim.kind)[1] or OFFICER if claim.kind else HEAD
            yield Candidate(claim.label, SURE, (claim.subject,), claim.when, (claim,), office)
        envoy = (
            claim.participant(ENVOY) if relation(claim.relation).topic == ENVOY_DEPARTED.topic and claim.when else None
        )
        if envoy and claim.object:
            missions[envoy.name, claim.subject, claim.object].append(claim)
    for (name, sender, receiver), claims in missions.items():
        yield Candidate(name, SURE, (sender, receiver), hull(claims), tuple(claims), ENVOY)


def _known() -> Iterator[Candidate]:
    for leader in leaders():
        years = When.parse(f"{leader.first}/{'..' if leader.last == 9999 else leader.last}")
        yield Candidate(leader.name, SURE, (leader.polity,), years, office=HEAD)


def _apart(seen: Iterable[Candidate]) -> list[Candidate]:
    """Times in office, each once: as the first source states it, with the names and claims of the others."""
    apart: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in seen:
        alike = apart[(candidate.office, *candidate.polities)]
        same = [place for place, rival in enumerate(alike) if _is_same(candidate, rival)]
        for place in same:
            rival = alike[place]
            names = sorted({candidate.meant, rival.meant, *rival.also}, key=lambda name: (-len(name), name))
            alike[place] = replace(rival, meant=names[0], also=tuple(names[1:]), claims=rival.claims + candidate.claims)
        if not same:
            alike.append(candidate)
    return _by_every_name([candidate for alike in apart.values() for candidate in alike])


def _by_every_name(seen: list[Candidate]) -> list[Candidate]:
    """Each time in office with all names of its holder, whom the source knows by an id through all of them."""
    names: dict[str, set[str]] = defaultdict(set)
    for candidate in seen:
        for id in _ids(candidate):
            names[id].update((candidate.meant, *candidate.also))
    renamed = []
    for candidate in seen:
        every = set[str]().union(*(names[id] for id in _ids(candidate))) | set(candidate.also)
        renamed.append(replace(candidate, also=tuple(sorted(every - {candidate.meant}))))
    return renamed


def _ids(candidate: Candidate) -> set[str]:
    return {who.id for claim in candidate.claims for who in claim.participants if who.id}


def _is_same(first: Candidate, second: Candidate) -> bool:
    """Whether two sources state one time in office: by the surname, for more than the day of a succession.

    One source states each time in office separately, also a father's and a son's.
    """
    if first.when is None or second.when is None:
        return False
    if not (first.when.earliest < second.when.latest and second.when.earliest < first.when.latest):
        return False
    if _sources(first) & _sources(second):
        return False
    mine, others = _words(first.meant), _words(second.meant)
    return mine[-1] in others or others[-1] in mine


def _sources(candidate: Candidate) -> set[str]:
    return {claim.source for claim in candidate.claims} or {"known by name"}
