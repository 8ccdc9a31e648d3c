"""A claim as a row of the ledger, and back: the columns are named here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table, list_array, struct_array

from comity.errors import ComityError, LedgerError
from comity.model import Claim, Modality, Participant, Published, PublishedBasis, Span, When

Row = tuple[Any, ...]

_EPOCH = date(1970, 1, 1).toordinal()
_TEXT, _DAY, _REAL, _WHOLE = DataType.utf8(), DataType.date32(), DataType.float64(), DataType.int32()
_PARTICIPANT = [Field("role", _TEXT), Field("name", _TEXT), Field("id", _TEXT)]
_PARTICIPANTS = DataType.list(Field("element", DataType.struct(_PARTICIPANT)))

_FIELDS = [
    Field("id", _TEXT),
    Field("subject", _TEXT),
    Field("relation", _TEXT),
    Field("object", _TEXT),
    Field("label", _TEXT),
    Field("kind", _TEXT),
    Field("participants", _PARTICIPANTS),
    Field("edtf", _TEXT),
    Field("earliest", _DAY),
    Field("latest", _DAY),
    Field("begin_latest", _DAY),
    Field("end_earliest", _DAY),
    Field("value", _REAL),
    Field("unit", _TEXT),
    Field("modality", _TEXT),
    Field("source", _TEXT),
    Field("locator", _TEXT),
    Field("published", _TEXT),
    Field("published_latest", _DAY),
    Field("published_basis", _TEXT),
    Field("confidence", _REAL),
    Field("reason", _TEXT),
    Field("document", _TEXT),
    Field("span_start", _WHOLE),
    Field("span_end", _WHOLE),
    Field("quote", _TEXT),
]
SCHEMA = Schema(_FIELDS)
COLUMNS = tuple(field.name for field in _FIELDS)
_MODALITIES = {modality.value: modality for modality in Modality}
_BASES = {basis.value: basis for basis in PublishedBasis}


def to_row(claim: Claim) -> Row:
    """The values of a claim in the order of `COLUMNS`; days are NULL when there is no date.

    Raises `LedgerError` for a claim whose EDTF does not parse to the same dates.

    >>> claim = Claim("peru", "recognition", "united-states", when=When.parse("1826"), source="hsg-rdcr@f3c5354")
    >>> to_row(claim)[1:4], to_claim(to_row(claim)) == claim, to_claim(to_row(claim)).id == claim.id
    (('peru', 'recognition', 'united-states'), True, True)
    """
    when, published, span = claim.when, claim.published, claim.span
    for dated in (when, published.when):
        if dated is not None and When.parse(dated.edtf) != dated:
            raise LedgerError(f'"{dated.edtf}" does not parse to the same days, so it is not written', offender=claim)
    if claim.value is not None and not isinstance(claim.value, float):
        # The column has real numbers, and 5 and 5.0 have different hashes: the id must be that of what is read back.
        claim = claim.but(value=float(claim.value))
    return (
        claim.id,
        claim.subject,
        claim.relation,
        claim.object,
        claim.label,
        claim.kind,
        [{"role": p.role, "name": p.name, "id": p.id} for p in claim.participants],
        *((when.edtf, when.earliest, when.latest, when.begin_latest, when.end_earliest) if when else (None,) * 5),
        claim.value,
        claim.unit,
        claim.modality.value,
        claim.source,
        claim.locator,
        published.when.edtf if published.when else None,
        published.when.latest if published.when else None,
        published.basis.value,
        claim.confidence,
        claim.reason,
        claim.document,
        span.start if span else None,
        span.end if span else None,
        claim.quote,
    )


def to_claim(row: Row) -> Claim:
    """The claim in a row; its id is hashed again from the content.

    Raises `LedgerError` for a row that no claim produces.
    """
    try:
        return _claim(row)
    except (ComityError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise LedgerError(
            f"the claim {row[0]} of the ledger is damaged; comity ledger verify names the file", offender=row
        ) from error


def _claim(row: Row) -> Claim:
    # Positions are those of SCHEMA: this runs for every claim of an answer.
    return Claim(
        subject=row[1],
        relation=row[2],
        object=row[3],
        label=row[4],
        kind=row[5],
        participants=tuple(Participant(p["role"], p["name"], p["id"]) for p in row[6]) if row[6] else (),
        when=When.parse(row[7]) if row[7] is not None else None,
        value=row[12],
        unit=row[13],
        modality=_MODALITIES[row[14]],
        source=row[15],
        locator=row[16],
        published=Published(When.parse(row[17]) if row[17] is not None else None, _BASES[row[19]]),
        confidence=row[20],
        reason=row[21],
        document=row[22],
        span=Span(row[23], row[24]) if row[23] is not None else None,
        quote=row[25],
    )


def to_table(rows: Iterable[Row]) -> Table:
    """The rows as Arrow, sorted by subject, object and relation, so that a pair's claims are adjacent in the files."""
    ordered = sorted(rows, key=lambda row: (row[1], row[3] or "", row[2], row[0]))
    columns = list(zip(*ordered, strict=True)) or [()] * len(COLUMNS)
    return Table.from_arrays([_array(c, f.type) for c, f in zip(columns, _FIELDS, strict=True)], schema=SCHEMA)


def _array(values: Sequence[Any], kind: DataType) -> Array:
    if kind == _DAY:
        days = [None if day is None else day.toordinal() - _EPOCH for day in values]
        return Array(days, DataType.int32()).cast(_DAY)
    return _participants(values) if kind == _PARTICIPANTS else Array(values, kind)


def _participants(values: Sequence[list[dict[str, str | None]]]) -> Array:
    """A list of structs for each row: all structs in one array, and the offset of each row's first."""
    flat = [participant for several in values for participant in several]
    starts = [0]
    for several in values:
        starts.append(starts[-1] + len(several))
    parts = [Array([participant[field.name] for participant in flat], _TEXT) for field in _PARTICIPANT]
    structs = struct_array(parts, fields=_PARTICIPANT)
    return list_array(Array(starts, DataType.int32()), structs, type=_PARTICIPANTS)
