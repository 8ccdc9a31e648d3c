"""A page of HTML printed as PDF by WeasyPrint, which needs Pango."""

from __future__ import annotations

from typing import Any

from comity.errors import ExportError
from comity.extras import need


def pdf(html: str) -> bytes:
    """The page as PDF/UA-1: tagged, with its title and language, and a bookmark for each heading.

    It fetches nothing. Raises `ExportError`, saying what to install, if Pango is missing.
    """
    try:
        need("pdf")
        from weasyprint import HTML
    except OSError as error:  # importing WeasyPrint loads Pango
        raise ExportError(
            "a PDF needs the library Pango, which is not installed here: install it (Debian: apt install "
            "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), or ask for HTML and print that",
            offender="pango",
        ) from error
    document: bytes = HTML(string=html, url_fetcher=_refused).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return document


def _refused(url: str, *_: Any, **__: Any) -> Any:
    """Refuses every URL: a brief loads nothing."""
    raise ValueError(f"a brief loads nothing, and so not {url}")
