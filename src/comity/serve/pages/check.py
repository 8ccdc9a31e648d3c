"""The page on which a text is checked: /check."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from comity.errors import Busy, ComityError
from comity.model import Document
from comity.present.findings import message
from comity.present.marked import Marked, marked
from comity.query.asked import when
from comity.query.check import Finding, check, rule
from comity.query.pair import today
from comity.serve import given
from comity.serve.pages.render import page
from comity.serve.public import sentence

router = APIRouter()
_FIELDS = 10_000  # bytes of a form besides its document
_HEADERS = {"Cache-Control": "no-store"}
_EMPTY = {"text": "", "about": "", "as_of": ""}
_UPLOADED = "the file"
_PASTED = "the text"
_DAY = Query(max_length=100)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with what was found in it, as the page shows it; `held` are the ids of evidence that has a page."""

    passages: tuple[Marked, ...]
    findings: tuple[Finding, ...]
    held: frozenset[str]

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """Each rule that found something, and how often; the most serious first."""
        counts = Counter(found.rule for found in self.findings)
        held = [(rule(id), many) for id, many in counts.items()]
        return sorted(held, key=lambda one: (_SEVERITIES.index(one[0].severity.value), one[0].id))


_SEVERITIES = ("error", "warning", "note")


@router.get("/check", response_class=HTMLResponse)
def form(about: Annotated[str, _DAY] = "", as_of: Annotated[str, _DAY] = "") -> HTMLResponse:
    """A form to paste a text, or send a file."""
    return _page(_EMPTY | {"about": about, "as_of": as_of})


@router.post("/check", response_class=HTMLResponse)
async def checked(request: Request) -> HTMLResponse:
    """The text with what was found in it; nothing of it is kept."""
    asked = _EMPTY
    try:
        data, name, asked = await _sent(request)
        return HTMLResponse(await given.apart(request, _marked, data, name, asked), headers=_HEADERS)
    except HTTPException as error:
        return _page(asked, error.detail, error.status_code)
    except Busy as error:
        return _page(asked, sentence(error), 503, {"Retry-After": str(error.seconds)})
    except ComityError as error:
        return _page(asked, sentence(error), 422)


def _page(
    asked: dict[str, str], why: str = "", status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(_written(asked, why), status, {**_HEADERS, **(headers or {})})


def _marked(data: bytes, name: str, asked: dict[str, str]) -> bytes:
    """The page of a document, in the process that works on it."""
    return _written(asked, made=_checked(data, name, asked))


def _written(asked: dict[str, str], why: str = "", made: Checked | None = None) -> bytes:
    shown: dict[str, Any] = {"made": made, "why": why, "largest": given.LARGEST, "message": message, "rule": rule}
    return bytes(page("check.html", **(shown | asked)).body)


def _checked(data: bytes, name: str, asked: dict[str, str]) -> Checked:
    about = [words.strip() for words in asked["about"].split(",") if words.strip()]
    document: Document = given.document(data, name, about)
    day = when(asked["as_of"] or None, "as_of")
    view = given.view()
    found = check(document, view, day.latest if day else today())
    held = view.claims({claim.id for one in found for claim in one.evidence})
    return Checked(tuple(marked(document, found)), tuple(found), frozenset(claim.id for claim in held))


async def _sent(request: Request) -> tuple[bytes, str, dict[str, str]]:
    """The document of a form, its name, and the other fields. Raises 400 and 413."""
    data = await given.body(request, given.LARGEST + _FIELDS)

    async def once() -> AsyncGenerator[bytes, None]:
        yield data

    # Of bytes that are in memory already, and few enough to stay there: a larger file would be put on the disk.
    parser = MultiPartParser(request.headers, once(), max_files=1, max_fields=5, max_part_size=len(data))
    try:
        fields = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(400, "The form can't be read; send it from the page.") from error
    return await _taken(fields)


async def _taken(fields: FormData) -> tuple[bytes, str, dict[str, str]]:
    asked = {name: value if isinstance(value := fields.get(name), str) else "" for name in _EMPTY}
    file = fields.get("file")
    uploaded = await file.read() if isinstance(file, UploadFile) else b""
    name = (file.filename or _UPLOADED) if isinstance(file, UploadFile) and uploaded else _PASTED
    return given.fitting(uploaded or asked["text"].encode("utf-8", "replace")), name, asked
