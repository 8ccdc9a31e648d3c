"""Claims as tables and linked data: Parquet, CSV, JSON lines, JSON-LD."""

from __future__ import annotations

import io

from comity.extras import need
from comity.present.export import jsonld
from comity.present.export.base import Claims, Exporter
from comity.present.export.shapes_csv import table
from comity.present.visible import dumps


class Parquet(Exporter):
    """The ledger's columns, unchanged, to be read back by a program."""

    name, media, told, takes, binary = (
        "claims.parquet", "application/vnd.apache.parquet", "the claims as Parquet", Claims, True,
    )  # fmt: skip

    def export(self, what: Claims) -> bytes:
        """One row for each claim, sorted by subject, object and relation."""
        need("panel")
        import pyarrow
        import pyarrow.parquet

        from comity.ledger.schema import to_row, to_table

        into = io.BytesIO()
        rows = pyarrow.table(to_table(map(to_row, what.claims)))
        pyarrow.parquet.write_table(rows, into, compression="zstd")
        return into.getvalue()


class ClaimsCsv(Exporter):
    """For spreadsheets: the members of a claim's JSON, with formulas made inert."""

    name, media, told, takes = "claims.csv", "text/csv", "the claims as CSV", Claims

    def export(self, what: Claims) -> bytes:
        """One row for each claim, in their order."""
        from comity.present.shapes import records

        return table(records.Claim, (records.Claim.of(claim, what.sources) for claim in what.claims))


class Lines(Exporter):
    """The JSON of each claim on its own line."""

    name, media, told, takes = "claims.jsonl", "application/jsonl", "the claims as JSON lines", Claims

    def export(self, what: Claims) -> bytes:
        """One line for each claim, in their order."""
        from comity.present.shapes import records

        lines = (dumps(records.Claim.of(claim, what.sources), None) for claim in what.claims)
        return "".join(f"{line}\n" for line in lines).encode()


class ClaimsJsonLd(Exporter):
    """JSON-LD 1.1 in the terms of schema.org and PROV."""

    name, media, told, takes = "claims.jsonld", "application/ld+json", "the claims as JSON-LD", Claims

    def export(self, what: Claims) -> bytes:
        """The claims as statements that derive from their sources, and those sources."""
        return f"{dumps(jsonld.claims(what.claims, what.sources))}\n".encode()
