"""The sources of a brief as BibTeX and CSL-JSON, for a reference manager."""

from __future__ import annotations

from comity.present import cite
from comity.present.export.base import Claims, Exporter
from comity.present.visible import dumps


class BibTeX(Exporter):
    """One entry for each source."""

    name, media, told, takes = "citations.bib", "application/x-bibtex", "the sources as BibTeX", Claims

    def export(self, what: Claims) -> bytes:
        """The sources, by edition."""
        return "\n".join(cite.bibtex(source) + "\n" for _, source in sorted(what.sources.items())).encode()


class Csl(Exporter):
    """One item for each source."""

    name, media, told, takes = (
        "citations.csl.json", "application/vnd.citationstyles.csl+json", "the sources as CSL-JSON", Claims,
    )  # fmt: skip

    def export(self, what: Claims) -> bytes:
        """The sources, by edition."""
        return f"{dumps([cite.csl(source) for _, source in sorted(what.sources.items())])}\n".encode()
