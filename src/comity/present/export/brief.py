"""A brief as a file: Markdown, JSON, a self-contained page of HTML, and PDF."""

from __future__ import annotations

from comity.present.brief import brief, written
from comity.present.export.base import Brief, Exporter
from comity.present.visible import dumps


class Markdown(Exporter):
    """The output of `comity brief`."""

    name, media, told, takes = "brief.md", "text/markdown", "the brief as Markdown", Brief

    def export(self, what: Brief) -> bytes:
        """The brief, with notes and sources."""
        return brief(what.dossier, what.passages, what.explained).encode("utf-8", "replace")


class Json(Exporter):
    """The output of `comity brief --format json`."""

    name, media, told, takes = "brief.json", "application/json", "the brief as JSON", Brief

    def export(self, what: Brief) -> bytes:
        """The dossier's events and claims, and the reasons for its status if they are explained."""
        from comity.present.shapes import replies

        return f"{dumps(replies.Dossier.of(what.dossier, what.explained))}\n".encode()


class BriefHtml(Exporter):
    """One self-contained page, to be mailed, stored and printed."""

    name, media, told, takes = "brief.html", "text/html", "the brief as one page of HTML", Brief

    def export(self, what: Brief) -> bytes:
        """The brief with its style, for light, dark and print."""
        from comity.present.export.html_page import page

        return page(written(what.dossier, what.passages, what.explained)).encode("utf-8", "replace")


class Pdf(Exporter):
    """The same page printed: tagged for screen readers (PDF/UA-1), with bookmarks and page numbers."""

    name, media, told, takes, binary = "brief.pdf", "application/pdf", "the brief as PDF", Brief, True

    def export(self, what: Brief) -> bytes:
        """The brief as PDF. Raises `ExportError` if the typesetting libraries are missing."""
        from comity.present.export.html_page import page
        from comity.present.export.printing import pdf

        return pdf(page(written(what.dossier, what.passages, what.explained)))
