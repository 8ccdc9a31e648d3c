"""Journeys abroad of presidents and secretaries of state, and the presidents' terms (HistoryAtState/travels)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.errors import BadDate
from comity.model import Claim, Participant, Source, When
from comity.sources.base import Record
from comity.sources.hsg import LICENCE, PUBLISHER, Historian, brief, dated, numbered, spell
from comity.sources.xml import Element, leaves, text

SOURCE = Source(
    id="hsg-travels",
    title="Travels Abroad of the President and Secretary of State",
    publisher=PUBLISHER,
    licence=LICENCE,
    repository="HistoryAtState/travels",
    commit="3170c773f22c99dadc8ec93da070f8ff6259d6d8",
    commit_date="2026-07-18",
    files=("presidents/*.xml", "president-travels/*.xml", "secretary-travels/*.xml"),
    homepage="https://history.state.gov/departmenthistory/travels",
)
ELECT = re.compile(r"\bmade as president-elect\b", re.IGNORECASE)  # in the remarks: not yet in office
OFFICES = {"president": "president", "secretary": "secretary of state"}


class Travels(Historian):
    """A visit for each stop of a journey, and a term for each president.

    The remarks on whom they met are not used: a claim says who went where, when, and in which office.
    """

    source = SOURCE
    version = "1"

    def within(self, file: str, root: Element) -> Iterator[Record]:
        """Each trip of a traveller's file, or each president by number."""
        if file.startswith("presidents/"):
            return numbered(
                file, ((f"president/{element.get('n', '')}", element) for element in root.iter("president"))
            )
        return numbered(file, ((text(element, "id"), element) for element in root.iter("trip")))

    def statements(self, record: Record, element: Element) -> Iterator[Claim | str]:
        """A visit or a term."""
        try:
            yield self._term(record, element) if element.tag == "president" else self._visit(record, element)
        except BadDate as error:
            yield brief(error)

    def _visit(self, record: Record, trip: Element) -> Claim | str:
        values = leaves(trip)
        begin = dated(values.get("start-date", ""))
        if begin is None:
            return "no start-date"
        when = spell(begin, dated(values.get("end-date", "")) or begin)
        country, role = trip.find("country"), values.get("role", "")
        code = country.get("id", "") if country is not None else ""
        host = self.polity(code, when)
        if host is None or host == "united-states":
            return f'country "{code}" is no foreign polity of the gazetteer in {when}'
        if role not in OFFICES:
            return f'role "{role}" is neither president nor secretary'
        return self.claim(
            record, "united-states", "visit", host,
            label=values.get("locale") or None,
            kind="president-elect" if ELECT.search(values.get("remarks", "")) else OFFICES[role],
            participants=(Participant(role, values.get("name", ""), trip.get("who")),),
            when=when,
            published=self.stated(values, [when]),
        )  # fmt: skip

    def _term(self, record: Record, president: Element) -> Claim | str:
        took, left = dated(text(president, "took-office-date")), president.find("left-office-date")
        if took is None:
            return "no took-office-date"
        holds = left is not None and left.get("still-in-office") == "true"
        when = When.parse(f"{took.edtf}/..") if holds else spell(took, dated(text(president, "left-office-date")))
        name = text(president, "name")
        return self.claim(
            record, "united-states", "leader",
            label=name,
            kind=OFFICES["president"],
            participants=(Participant("president", name, text(president, "id") or None),),
            when=when,
            published=self.stated(leaves(president), [when]),
        )  # fmt: skip
