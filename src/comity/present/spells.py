"""Spells as rows, for a table, a file or a screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.model import Claim, When
from comity.present.english import day
from comity.query.partners import Partners
from comity.query.spells import Spell
from comity.query.status import Status

COLUMNS = (
    "lane", "subject", "object", "state", "label", "start", "start_earliest", "start_latest", "by_then", "end",
    "end_earliest", "end_latest", "certainty", "covered_until", "basis", "sources", "places", "claims", "contested_by",
)  # fmt: skip


def rows(spells: Iterable[Spell]) -> list[dict[str, Any]]:
    """A row for each spell, with the columns of `COLUMNS`: dates as EDTF and as their first and last days."""
    return [_row(spell) for spell in spells]


def _row(spell: Spell) -> dict[str, Any]:
    values = (
        spell.lane, spell.subject, spell.object, spell.state, spell.label,
        *_bounds(spell.start), spell.by_then, *_bounds(spell.end),
        spell.certainty, spell.covered_until.isoformat() if spell.covered_until else None, spell.basis or None,
        _each(claim.source for claim in spell.claims), _each(claim.locator for claim in spell.claims),
        _ids(spell.claims), _ids(spell.contested_by),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _bounds(when: When | None) -> tuple[str | None, str | None, str | None]:
    if when is None:
        return None, None, None
    first = None if when.earliest == date.min else when.earliest.isoformat()
    return when.edtf, first, None if when.latest == date.max else when.latest.isoformat()


def _each(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _ids(claims: Iterable[Claim]) -> str:
    return "; ".join(claim.id for claim in claims)


def as_csv(spells: Iterable[Spell]) -> str:
    """The rows as CSV, with a head."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows(spells))
    return text.getvalue()


def as_parquet(spells: Iterable[Spell]) -> bytes:
    """The rows as a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    types = {column: pyarrow.bool_() if column == "by_then" else pyarrow.string() for column in COLUMNS}
    schema = pyarrow.schema([pyarrow.field(column, types[column]) for column in COLUMNS])
    into = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows(spells), schema=schema), into, compression="zstd")
    return into.getvalue()


def as_text(spells: Iterable[Spell]) -> str:
    """A line for each spell: whose, in which state, from when to when."""
    return "\n".join(_line(spell) for spell in spells)


def _line(spell: Spell) -> str:
    parties = spell.subject if spell.object is None else f"{spell.subject} – {spell.object}"
    about = f" ({spell.label})" if spell.label else ""
    start = f"{'by ' if spell.by_then else ''}{day(spell.start)}" if spell.start else "?"
    end = day(spell.end) if spell.end else f"last known {spell.covered_until}" if spell.covered_until else "…"
    doubt = "" if spell.certainty == "yes" else f" [{spell.certainty}]"
    contested = f" [contested by {len(spell.contested_by)}]" if spell.contested_by else ""
    return f"{spell.lane}: {parties}: {spell.state}{about}: {start} – {end}{doubt}{contested}"


def partners_text(partners: Partners) -> str:
    """A line for each partner: the state of relations, since when, and the rank of the mission kept with it."""
    lines = (
        f"{partner.polity.name}: {_standing(partner.status)}{f'; {partner.rank}' if partner.rank else ''}"
        for partner in partners.others
    )
    return "\n".join((f"{partners.one.polity.name}, {day(When.on(partners.day))}", *lines))


def _standing(status: Status) -> str:
    doubt = f", possibly {status.alternative.value}" if status.alternative else ""
    by = "by " if status.at_the_latest else ""
    return f"{status.state.value}{doubt}{f' since {by}{day(status.since)}' if status.since else ''}"
