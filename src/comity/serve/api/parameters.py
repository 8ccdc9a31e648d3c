"""The parameters of questions, as OpenAPI describes them; an unknown one is refused, not ignored."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from comity.serve.api.sending import Format

_WORDS = 200  # characters of a name
_A_DATE = "EDTF (`1826-05-02`, `1826-05`, `1826`) or a day, month or year in English (`May 2, 1826`)."

# Addresses are documented as /pairs/{one}/{other}: those names are part of the interface.
First = Annotated[
    str,
    Path(
        alias="one",
        max_length=_WORDS,
        description="A polity: its id, a name of its time, or a code.",
        examples=["peru"],
    ),
]
Second = Annotated[
    str, Path(alias="other", max_length=_WORDS, description="The other polity.", examples=["united-states"])
]
Date = Annotated[str, Field(max_length=100)]
Formats = Annotated[Format | None, Field(description="The form of the answer; else what Accept asks for.")]


class Question(BaseModel):
    """The parameters of every question."""

    model_config = ConfigDict(extra="forbid")  # otherwise `asof=1850` would be answered for today

    format: Formats = None


class KnownBy(Question):
    """Only what was published by a day."""

    known_by: Annotated[
        Date | None, Field(description=f"Only what was published by then. {_A_DATE}", examples=["1950"])
    ] = None


class OnADay(KnownBy):
    """The state on a day, from what was published by a day."""

    as_of: Annotated[
        Date | None, Field(description=f"The day of the answer; by default today. {_A_DATE}", examples=["1850-01-01"])
    ] = None


class Between(KnownBy):
    """From one day to another."""

    begin: Annotated[Date | None, Field(alias="from", description=f"The first day. {_A_DATE}", examples=["1820"])] = (
        None
    )
    end: Annotated[Date | None, Field(alias="to", description=f"The last day. {_A_DATE}", examples=["1850"])] = None


class Since(Question):
    """Since a day."""

    since: Annotated[Date, Field(description=f"A day of publication. {_A_DATE}", examples=["2016"])]


class Paged(Question):
    """A page of a list."""

    limit: Annotated[int, Field(ge=1, le=500, description="The maximum number of items in a page.", examples=[50])] = 50
    cursor: Annotated[str | None, Field(max_length=_WORDS, description="`next` of the previous page.")] = None


class Like(Paged):
    """Polities by name or code."""

    like: Annotated[
        str | None,
        Field(
            max_length=_WORDS,
            description="A name or code, exact or approximate; the closest match first.",
            examples=["peru"],
        ),
    ] = None


class ClaimSelection(Paged, KnownBy):
    """A selection of claims."""

    about: Annotated[
        list[Annotated[str, Field(max_length=_WORDS)]],
        Field(max_length=2, description="A party of the claim; twice: both parties.", examples=[["peru"]]),
    ] = []
    relation: Annotated[
        str | None,
        Field(max_length=100, description="A term, or the first word of several.", examples=["mission.raised"]),
    ] = None
    source: Annotated[
        str | None, Field(max_length=100, description="The edition of a source.", examples=["hsg-rdcr@f3c5354"])
    ] = None


class OfADocument(BaseModel):
    """What the sender knows about a document."""

    model_config = ConfigDict(extra="forbid")

    about: Annotated[
        list[Annotated[str, Field(max_length=_WORDS)]],
        Field(max_length=5, description="A polity that it is about, the document's own first.", examples=[["Peru"]]),
    ] = []
    published: Annotated[Date | None, Field(description=f"When it was published. {_A_DATE}", examples=["2009"])] = None


class Checked(OfADocument):
    """How a document is checked."""

    as_of: Annotated[Date | None, Field(description=f"The day it is read; by default today. {_A_DATE}")] = None
    ignore: Annotated[
        list[Annotated[str, Field(max_length=100)]],
        Field(max_length=50, description="A rule or code that is switched off.", examples=[["garbled"]]),
    ] = []
