"""A page of HTML printed as PDF by WeasyPrint, which needs Pango."""

from __future__ import annotations

from typing import Any

from comity.errors import ExportError


def pdf(html: str) -> bytes:
    """The page as PDF/UA-1: tagged, with its title and language, and a bookmark for each heading.

    Nothing is fetched for it. Raises `ExportError`, saying what to install, where Pango is missing.
    """
    try:
        from weasyprint import HTML
    except OSError as error:  # its libraries are opened when it is imported
        raise ExportError(
            "a PDF needs the library Pango, which is not installed here: install it (Debian: apt install "
            "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), or ask for HTML and print that",
            offender="pango",
        ) from error
    document: bytes = HTML(string=html, url_fetcher=_refused).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return document


def _refused(url: str, *_: Any, **__: Any) -> Any:
    """A brief loads nothing: whatever asks for an address is no part of it."""
    raise ValueError(f"a brief loads nothing, and so not {url}")
