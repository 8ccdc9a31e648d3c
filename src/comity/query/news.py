"""News, for those who follow: what came to be known of a pair, a polity or a topic, moment by moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache

from comity.errors import BadPair, LedgerError, UnknownRelation
from comity.ledger import View, recorded
from comity.ledger.open import embedded
from comity.model import Claim, Polity, Published, When
from comity.query.diff import Changes, Diff, changes
from comity.query.pair import ruled
from comity.reconcile.independence import work_of
from comity.reconcile.names import resolve
from comity.relations import relation, vocabulary


@cache
def families() -> dict[str, str]:
    """The families of the vocabulary by the names they go by in addresses: `missions-and-envoys`."""
    return {term.family.replace(" ", "-"): term.family for term in vocabulary()}


Key = tuple[datetime, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is followed: a pair (two `parties`), a polity (one), or everyone (none); of one `topic`, or of all.

    >>> Scope.of(["USA", "Peru"]).parties, Scope.of([], "strife").topic
    (('peru', 'united-states'), 'strife')
    """

    parties: tuple[str, ...] = ()
    topic: str | None = None

    @classmethod
    def of(cls, names: Iterable[str | Polity], topic: str | None = None) -> Scope:
        """The scope that names, or polities given as such, and a topic mean.

        Raises `UnknownPolity` or `AmbiguousPolity` for a name, `BadPair` for two names of one polity, and
        `UnknownRelation` for a topic that is no family of the vocabulary.
        """
        polities = list(names)
        parties = tuple(sorted({resolve(name).polity.id for name in polities}))
        if len(parties) < len(polities):
            words = " and ".join(f'"{name if isinstance(name, str) else name.id}"' for name in polities)
            raise BadPair(f"{words} are one polity; name two", offender=polities)
        if topic is not None and topic not in families():
            raise UnknownRelation(f'"{topic}" is no topic; they are {", ".join(families())}', offender=topic)
        return cls(parties, topic)

    def takes(self, term: str) -> bool:
        """Whether a term of the vocabulary is of the topic."""
        return self.topic is None or relation(term).family == families()[self.topic]


@dataclass(frozen=True, slots=True)
class NewsStep:
    """What came to be known of one set of parties at one moment (UTC)."""

    moment: datetime
    changes: Changes

    @property
    def key(self) -> Key:
        """Where it stands among the steps of a scope."""
        return self.moment, tuple(sorted(self.changes.parties))


def _held(view: View, scope: Scope) -> dict[frozenset[str], list[Claim]]:
    """What the ledgers hold of those that are followed, by parties: all topics, since events bear each other out."""
    if len(scope.parties) == 2:
        claims = view.between(*scope.parties)
    else:
        claims = view.about(scope.parties[0]) if scope.parties else view.claims()
    groups: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.parties].append(claim)
    return groups


def moments(view: View, claims: Iterable[Claim]) -> dict[str, datetime]:
    """When each claim, by id, came to be known here: recorded, or published if comity came with it.

    The package's ledger is made at one go, so of its claims the day counts on which the source said so, at its end
    when only a month or year is known; of a user's own claims, the time of the version that added them.
    """
    published = {claim.id: _published(claim.published) for claim in claims}
    known: dict[str, datetime] = {}
    for url in reversed(view.versions):  # what two ledgers hold is the first's
        times = recorded(url, published)
        known |= {id: published[id] for id in times} if url == str(embedded()) else times
    return known


def _published(published: Published) -> datetime:
    return datetime.combine(published.when.latest if published.when else date.min, time(), UTC)


def steps(view: View, scope: Scope, after: Key | None = None) -> Iterator[NewsStep]:
    """The moments at which something came to be known, the last first, each worked out when it is asked for.

    `after` leaves out those up to a step. All follow what persons have judged by now.
    """
    groups, rulings = _held(view, scope), (ruled(view),) * 2
    known = moments(view, (claim for claims in groups.values() for claim in claims))
    keys = {
        (_at(known, claim), tuple(sorted(parties)))
        for parties, claims in groups.items()
        for claim in claims
        if scope.takes(claim.relation)
    }
    for moment, parties in sorted((key for key in keys if after is None or key < after), reverse=True):
        claims = groups[frozenset(parties)]
        before = [claim for claim in claims if _at(known, claim) < moment]
        by = [claim for claim in claims if _at(known, claim) <= moment]
        if news := _of(scope, changes(frozenset(parties), before, by, rulings)):
            yield NewsStep(moment, news)


def news(view: View, scope: Scope, is_known: Callable[[Claim], bool]) -> Diff:
    """What is new to those who know only the claims that are `is_known`, by parties."""
    rulings = (ruled(view),) * 2
    changed = (
        _of(scope, changes(parties, [claim for claim in claims if is_known(claim)], claims, rulings))
        for parties, claims in sorted(_held(view, scope).items(), key=lambda item: sorted(item[0]))
    )
    return Diff(tuple(change for change in changed if change), view.sources())


def _at(known: Mapping[str, datetime], claim: Claim) -> datetime:
    """When a claim came to be known. Raises `LedgerError` for one that no version of its ledger added."""
    try:
        return known[claim.id]
    except KeyError:
        raise LedgerError(f"no version of the ledger added the claim {claim.id}; run comity ledger verify") from None


def since(view: View, scope: Scope, day: When) -> Diff:
    """What came to be known after a day, or after the end of a month or year."""
    known = moments(view, claims(view, scope))
    return news(view, scope, lambda claim: _at(known, claim).date() <= day.latest)


def claims(view: View, scope: Scope) -> Iterator[Claim]:
    """Every claim of a scope, of all topics: events bear each other out."""
    yield from (claim for group in _held(view, scope).values() for claim in group)


def _of(scope: Scope, changed: Changes) -> Changes:
    """What of the changes is of the topic."""
    if scope.topic is None:
        return changed
    return replace(
        changed,
        events=tuple(change for change in changed.events if scope.takes(change.event.relation)),
        disputed=tuple(conflict for conflict in changed.disputed if scope.takes(conflict.about)),
        status=None,
    )


def said(claim: Claim) -> str:
    """What a claim says and who says it, whatever the edition, in 32 hexadecimal digits.

    >>> one = Claim("peru", "war", "chile", source="guide@1", locator="p. 3")
    >>> said(one) == said(one.but(source="guide@2", locator="p. 4")), said(one) == said(one.but(source="atlas@2"))
    (True, False)
    """
    return claim.but(source=work_of(claim), locator="", published=Published(), document=None, span=None).id
