"""The arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class TextFormat(StrEnum):
    """How an answer or a timeline is printed."""

    text = "text"
    json = "json"


DATE = "DATE"
VERSIONS = 2**63 - 1
"""The last version that a ledger can have: Delta Lake counts them in 64 bits."""
One = Annotated[str, typer.Argument(metavar="A", help="A polity: a name of its time, a demonym or a code.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other polity.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar=DATE, help="The day of the answer; today by default.")]
KnownBy = Annotated[str | None, typer.Option("--known-by", metavar=DATE, help="Only what was published by then.")]
LedgerVersion = Annotated[
    int | None, typer.Option("--ledger-version", min=0, max=VERSIONS, help="Your ledger as recorded at a version.")
]
Mirror = Annotated[
    Path | None,
    typer.Option("--mirror", metavar="DIR", help="Read the files of sources from DIR/<source>, not from the network."),
]
PublicNames = Annotated[
    list[str] | None,
    typer.Option(
        "--public-name",
        metavar="NAME",
        help="A public name of the server, as example.org, or its origin behind a proxy, as https://example.org.",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="The time limit for reading a document."),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE…]", help="Sources, or the group research; all by default."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=256, help="The number of processes that read.")]
AnyAddress = Annotated[
    bool,
    typer.Option("--allow-private-addresses", help="Also read URLs of this machine and of private networks."),
]
Explain = Annotated[bool, typer.Option("--explain", help="Show what the answer rests on and what would change it.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")]
