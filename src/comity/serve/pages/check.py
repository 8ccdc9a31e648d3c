"""The page that checks a text: /check."""

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
from comity.query.check import Finding, check, rule
from comity.query.pair import today
from comity.query.questions import when
from comity.serve import uploads
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
class CheckedText:
    """A document with its findings, as the page shows it; `stored` are the ids of evidence that has a page."""

    passages: tuple[Marked, ...]
    findings: tuple[Finding, ...]
    stored: frozenset[str]

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """The rules with findings and their number, the most serious first."""
        counts = Counter(finding.rule for finding in self.findings)
        rules = [(rule(id), many) for id, many in counts.items()]
        return sorted(rules, key=lambda row: (_SEVERITIES.index(row[0].severity.value), row[0].id))


_SEVERITIES = ("error", "warning", "note")


@router.get("/check", response_class=HTMLResponse)
def form(about: Annotated[str, _DAY] = "", as_of: Annotated[str, _DAY] = "") -> HTMLResponse:
    """A form to paste a text or send a file."""
    return _page(_EMPTY | {"about": about, "as_of": as_of})


@router.post("/check", response_class=HTMLResponse)
async def checked(request: Request) -> HTMLResponse:
    """The text with its findings; nothing of it is stored."""
    fields = _EMPTY
    try:
        data, name, fields = await _read_form(request)
        return HTMLResponse(await uploads.in_worker(request, _document_page, data, name, fields), headers=_HEADERS)
    except HTTPException as error:
        return _page(fields, error.detail, error.status_code)
    except Busy as error:
        return _page(fields, sentence(error), 503, {"Retry-After": str(error.seconds)})
    except ComityError as error:
        return _page(fields, sentence(error), 422)


def _page(
    fields: dict[str, str], why: str = "", status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(_html(fields, why), status, {**_HEADERS, **(headers or {})})


def _document_page(data: bytes, name: str, fields: dict[str, str]) -> bytes:
    """The page of a document, in the worker process."""
    return _html(fields, checked=_checked(data, name, fields))


def _html(fields: dict[str, str], why: str = "", checked: CheckedText | None = None) -> bytes:
    context: dict[str, Any] = {
        "checked": checked,
        "why": why,
        "largest": uploads.LARGEST,
        "message": message,
        "rule": rule,
    }
    return bytes(page("check.html", **(context | fields)).body)


def _checked(data: bytes, name: str, fields: dict[str, str]) -> CheckedText:
    about = [words.strip() for words in fields["about"].split(",") if words.strip()]
    document: Document = uploads.document(data, name, about)
    day = when(fields["as_of"] or None, "as_of")
    view = uploads.view()
    findings = check(document, view, day.latest if day else today())
    claims = view.claims({claim.id for finding in findings for claim in finding.evidence})
    return CheckedText(tuple(marked(document, findings)), tuple(findings), frozenset(claim.id for claim in claims))


async def _read_form(request: Request) -> tuple[bytes, str, dict[str, str]]:
    """The document of a form, its name, and the other fields. Raises 400 and 413."""
    data = await uploads.body(request, uploads.LARGEST + _FIELDS)

    async def once() -> AsyncGenerator[bytes, None]:
        yield data

    # The bytes are in memory already and are few; by default the parser would write a larger file to disk.
    parser = MultiPartParser(request.headers, once(), max_files=1, max_fields=5, max_part_size=len(data))
    try:
        fields = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(400, "The form can't be read; send it from the page.") from error
    return await _fields_of(fields)


async def _fields_of(form: FormData) -> tuple[bytes, str, dict[str, str]]:
    texts = {name: value if isinstance(value := form.get(name), str) else "" for name in _EMPTY}
    file = form.get("file")
    uploaded = await file.read() if isinstance(file, UploadFile) else b""
    name = (file.filename or _UPLOADED) if isinstance(file, UploadFile) and uploaded else _PASTED
    return uploads.checked_size(uploaded or texts["text"].encode("utf-8", "replace")), name, texts
