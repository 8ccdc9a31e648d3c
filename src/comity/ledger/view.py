"""The View: the claims of one or more ledgers, as recorded at a version, as known by a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from comity.ledger.judgements import Judgements
from comity.ledger.log import entries_of
from comity.ledger.read import connection, query
from comity.ledger.schema import to_claim
from comity.ledger.tables import opened
from comity.model import Claim, Source


class View:
    """Several ledgers read as one; a claim in two of them appears once, as in the first.

    `versions` pins a URL to one of its versions; the others are read at their latest when the View is made. A URL
    without a ledger is empty. Answers are ordered by first day (undated last), relation and id.
    Raises `LedgerError` when a ledger can't be opened, has no such version or lacks a file. Threads may share one.

    >>> import tempfile
    >>> from comity.ledger import Writer
    >>> url = tempfile.mkdtemp()
    >>> claims = [Claim("peru", "recognition", "chile", source="a page"), Claim("chile", "leader", source="a page")]
    >>> Writer(url).append(claims, source=None, adapter="reader 1", who="a desk officer").version
    0
    >>> view = View(url)
    >>> [claim.relation for claim in view.between("chile", "peru")], len(view.about("chile")), view.count()
    (['recognition'], 2, 2)
    """

    def __init__(self, *urls: str | Path, versions: Mapping[str, int] | None = None) -> None:
        addresses = [str(url) for url in urls]
        pinned = {url: (versions or {}).get(url) for url in addresses}
        tables = {url: table for url, version in pinned.items() if (table := opened(url, version))}
        self.versions: dict[str, int] = {url: table.version for url, table in tables.items()}
        self._opened = tuple(tables.values())
        self._tables = connection(*tables.values())

    def between(self, first: str, second: str, known_by: date | None = None) -> list[Claim]:
        """The claims whose subject and object are these two polities, either way round.

        `known_by` keeps what was certainly published by that day; a claim of unknown publication date is left out.
        """
        return self.among([first], [second], known_by)

    def among(self, ones: Iterable[str], others: Iterable[str], known_by: date | None = None) -> list[Claim]:
        """The claims between any of some polities and any of others, either way round: one reading for many pairs."""
        return self._claims("among", ones=list(ones), others=list(others), known_by=known_by)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[Claim]:
        """The claims between the two polities of any of some pairs, either way round: one reading for all of them."""
        sides = list(pairs)
        return self._claims("pairs", ones=[first for first, _ in sides], others=[second for _, second in sides])

    def subjects(self, polities: Iterable[str], relations: Iterable[str]) -> list[Claim]:
        """The claims with one of some polities as subject, of these relations."""
        return self._claims("subjects", polities=list(polities), relations=list(relations))

    def about(
        self, polity: str, relations: Iterable[str] | None = None, known_by: date | None = None, day: date | None = None
    ) -> list[Claim]:
        """The claims with the polity as subject or object, of these relations (else of any).

        `day` keeps those whose days include that day, such as the possible holders of an office.
        """
        terms = None if relations is None else list(relations)
        return self._claims("about", polity=polity, relations=terms, known_by=known_by, day=day)

    def page(
        self,
        limit: int,
        after: str | None = None,
        *,
        about: Iterable[str] = (),
        relation: str | None = None,
        source: str | None = None,
        known_by: date | None = None,
    ) -> list[Claim]:
        """The first claims, or those after the one with the id `after`: none for an unknown id.

        `about` keeps those with all these polities as parties, `relation` a term or the first word of several,
        `source` an edition.
        """
        filters = {"about": list(about), "relation": relation, "source": source, "known_by": known_by}
        return self._claims("page", limit=limit, after=after, **filters)

    def of(self, polities: Iterable[str]) -> list[Claim]:
        """The claims whose parties are all among some polities."""
        return self._claims("parties", polities=list(polities))

    def like(self, id: str) -> list[Claim]:
        """The claims whose id begins with `id`."""
        return self._claims("like", beginning=id)

    def claims(self, ids: Iterable[str] | None = None) -> list[Claim]:
        """The claims with these ids; every claim without `ids`."""
        return self._claims("claims", ids=None if ids is None else list(ids))

    @cached_property
    def judgements(self) -> Judgements:
        """The judgements of the ledgers, as recorded at their versions."""
        return Judgements(self._opened)

    def count(self) -> int:
        """The number of claims."""
        return sum(self.counts().values())

    def counts(self) -> dict[str, int]:
        """The number of claims of each edition of a source."""
        return {row[0]: row[1] for row in query(self._tables, "counts")}

    def coverage(self, known_by: date | None = None) -> dict[tuple[str, str], tuple[date, date]]:
        """By edition of a source and relation, the first and last day on which anything that it states began.

        Computed from the records: few sources say what they cover.
        """
        rows = query(self._tables, "coverage", known_by=known_by)
        return {(source, relation): (first, last) for source, relation, first, last in rows}

    def sources(self) -> dict[str, Source]:
        """The source of each edition, as the ledgers' versions describe it, for citations."""
        return dict(self._sources)

    @cached_property
    def _sources(self) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        for table in self._opened:
            for entry in entries_of(table):
                if entry.described:
                    sources.setdefault(entry.described.edition, entry.described)
        return dict(sorted(sources.items()))

    def _claims(self, name: str, **parameters: object) -> list[Claim]:
        return [to_claim(row) for row in query(self._tables, name, **parameters)]
