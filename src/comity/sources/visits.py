"""Visits of foreign leaders to the United States since 1874 (HistoryAtState/visits)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.errors import BadDate
from comity.model import Claim, Participant, Source
from comity.sources.base import Record
from comity.sources.hsg import LICENCE, PUBLISHER, Historian, brief, dated, numbered, spell
from comity.sources.xml import Element, leaves, text

SOURCE = Source(
    id="hsg-visits",
    title="Visits by Foreign Leaders",
    publisher=PUBLISHER,
    licence=LICENCE,
    repository="HistoryAtState/visits",
    commit="869ca4f0e8d15521bc3c094b846e6b1d3c7d8f1d",
    commit_date="2026-06-26",
    files=("data/*.xml",),
    homepage="https://history.state.gov/departmenthistory/visits",
)
# A description that begins with its kind uses these words; any other visit has the kind "visit".
_KIND = re.compile(r"(official working|working|state|official|private|informal|unofficial) visit\b", re.IGNORECASE)


class Visits(Historian):
    """One visit for each record, by the person named in the source, with the kind that begins its description."""

    source = SOURCE
    version = "1"

    def within(self, file: str, root: Element) -> Iterator[Record]:
        """Each visit of a decade's file."""
        return numbered(file, ((text(element, "id"), element) for element in root.iter("visit")))

    def statements(self, record: Record, element: Element) -> Iterator[Claim | str]:
        """The visit."""
        try:
            yield self._visit(record, element)
        except BadDate as error:
            yield brief(error)

    def _visit(self, record: Record, visit: Element) -> Claim | str:
        values = leaves(visit)
        begin, visitor = dated(values.get("start-date", "")), values.get("visitor")
        if begin is None or not visitor:
            return "no start-date" if begin is None else "no visitor"
        when = spell(begin, dated(values.get("end-date", "")) or begin)
        origin = visit.find("from")
        code = origin.get("id", "") if origin is not None else ""
        home = self.polity(code, when)
        if home is None or home == "united-states":
            return f'"{code}" is no foreign polity of the gazetteer in {when}'
        kind = _KIND.match(values.get("description", ""))
        return self.claim(
            record, home, "visit", "united-states",
            kind=kind[0].lower() if kind else "visit",
            participants=(Participant("leader", visitor),),
            when=when,
            published=self.stated(values, [when]),
        )  # fmt: skip
