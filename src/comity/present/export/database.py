"""Claims as a SQLite database, for Datasette among others: claims, participants and sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from comity.model import Claim
from comity.present.event_sentences import says
from comity.present.export.base import Claims, Exporter

_TABLES = """
create table sources (
    id text primary key, title text, publisher text, licence text, repository text, "commit" text,
    commit_date text, homepage text
) without rowid;
create table claims (
    id text primary key, sentence text, subject text, relation text, object text, label text, kind text, edtf text,
    earliest text, latest text, value real, unit text, modality text, source text references sources, locator text,
    published text, published_basis text, confidence real, reason text, document text, quote text
) without rowid;
create table participants (claim text references claims, place integer, role text, name text, id text,
    primary key (claim, place)) without rowid;
"""
_INDEXES = """
create index claims_subject on claims (subject, object);
create index claims_object on claims (object);
create index claims_relation on claims (relation, earliest);
create index claims_source on claims (source);
"""


class Sqlite(Exporter):
    """A database with three tables."""

    name, media, told, takes, binary = (
        "claims.sqlite", "application/vnd.sqlite3", "the claims as a database of SQLite", Claims, True,
    )  # fmt: skip

    def export(self, what: Claims) -> bytes:
        """The tables `claims`, `participants` and `sources`, with keys and indexes; days are ISO 8601."""
        with closing(sqlite3.connect(":memory:")) as database:
            database.executescript(_TABLES)
            database.executemany(_insert("sources", 8), _sources(what))
            database.executemany(_insert("claims", 21), map(_claim, what.claims))
            database.executemany(_insert("participants", 5), _participants(what.claims))
            database.executescript(_INDEXES)
            database.execute("vacuum")
            return database.serialize()


def _insert(table: str, columns: int) -> str:
    return f"insert or ignore into {table} values ({', '.join('?' * columns)})"


def _sources(what: Claims) -> Iterator[tuple[str | None, ...]]:
    """The sources of the claims; for a document that was read, which is not registered, only its id."""
    for edition in dict.fromkeys(claim.source for claim in what.claims):
        source = what.sources.get(edition)
        fields = (
            (
                source.title,
                source.publisher,
                source.licence,
                source.repository,
                source.commit,
                source.commit_date,
                source.homepage,
            )
            if source
            else (None,) * 7
        )
        yield edition, *fields


def _claim(claim: Claim) -> tuple[str | float | None, ...]:
    when, published = claim.when, claim.published
    return (
        claim.id, says(claim), claim.subject, claim.relation, claim.object, claim.label, claim.kind,
        *((when.edtf, when.earliest.isoformat(), when.latest.isoformat()) if when else (None,) * 3),
        claim.value, claim.unit, claim.modality.value, claim.source, claim.locator,
        published.when.edtf if published.when else None, published.basis.value,
        claim.confidence, claim.reason, claim.document, claim.quote,
    )  # fmt: skip


def _participants(claims: tuple[Claim, ...]) -> Iterator[tuple[str, int, str, str, str | None]]:
    for claim in claims:
        for place, participant in enumerate(claim.participants, 1):
            yield claim.id, place, participant.role, participant.name, participant.id
