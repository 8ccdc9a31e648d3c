"""Chiefs of mission and principal officers of the United States since 1778 (HistoryAtState/pocom)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from comity.errors import BadDate
from comity.model import Certainty, Claim, Document, Modality, Participant, Source, When
from comity.sources.base import Record, Unreadable
from comity.sources.gazetteer import gazetteer
from comity.sources.hsg import LICENCE, PUBLISHER, Historian, brief, dated, numbered, readable, spell
from comity.sources.pocom_notes import (
    broken,
    departure,
    elsewhere,
    is_of_relations,
    outcome,
    received,
    refined,
    unrecognized,
)
from comity.sources.xml import Element, leaves, text

SOURCE = Source(
    id="hsg-pocom",
    title="Principal Officers and Chiefs of Mission",
    publisher=PUBLISHER,
    licence=LICENCE,
    repository="HistoryAtState/pocom",
    commit="44d2226df6b26f8f5807215ec40e3a6c4d706bbb",
    commit_date="2026-06-20",
    files=(
        "missions-countries/*.xml",
        "missions-orgs/*.xml",
        "people/*/*.xml",
        "positions-principals/*.xml",
        "roles-country-chiefs/*.xml",
    ),
    homepage="https://history.state.gov/departmenthistory/people/principals-chiefs",
)
PEOPLE = {"secretary": "secretary", "secretary-ad-interim": "secretary"}  # participants' roles, else "leader"
Service = Callable[..., Claim | str]
# The id of a territory follows the government that the United States recognized in it at the time. An office that was
# kept with another government in it says so by its role: the Liaison Office of 1973 to 1979 was in Beijing.
_WITH_ANOTHER = {("china", "chief"): "china"}
_NOTE = "/note"  # behind the locator of a chief: of the record's note, which is read as a document
_TERM = ("appointed", "started", "ended")
_ORGANIZATION = re.compile(r"\b(?:to|on the Council of) the (?P<name>.+?)(?:,| \(|$)")


class Pocom(Historian):
    """An appointment, a reception and a departure for each chief of mission, and a term for each principal officer.

    A departure's note may tell why the chief left: relations were severed or interrupted, or war was declared. That is
    a claim of its own, of the day of the departure. The notes on chiefs that speak of relations are documents too.
    A chief's rank is the claim's kind. Its label says how a failed appointment failed, that only the arrival of a chief
    is known, how the chief left, or to which organization a representative was sent. A nomination without an
    appointment gives no claim. The notes between chiefs are documents. The files of concurrent-appointments are not
    read: they group the same chiefs, without dates.
    """

    source = SOURCE
    version = "1"
    scheme = "hsg-pocom"
    lookups = ("people/*/*.xml", "roles-country-chiefs/*.xml", "missions-orgs/*.xml", "positions-principals/*.xml")

    def __init__(self) -> None:
        self._people: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    def look_up(self, roots: dict[str, Element]) -> None:
        """People's names and offices' titles, by their ids."""
        persons = [root for root in roots.values() if root.tag == "person"]
        self._people = {text(root, "id"): _name(root) for root in persons}
        titled = [root for root in roots.values() if root.tag != "person"]
        self._titles = {text(root, "id"): text(root, "names/singular") for root in titled}

    def within(self, file: str, root: Element) -> Iterator[Record]:
        """The chiefs and notes of a mission, the nominees after them, or the holders of an office."""
        if root.tag in ("person", "role"):
            return
        chiefs = [entry for tag in ("chief", "principal") for entry in root.iter(tag)]
        notes = [("mission-note", entry) for entry in root.iter("mission-note")]
        yield from numbered(file, [*((text(entry, "id"), entry) for entry in chiefs), *notes])

    def statements(self, record: Record, element: Element) -> Iterator[Claim | str]:
        """The claims of a chief's or an officer's record."""
        if element.tag == "mission-note":
            return
        values = leaves(element)
        person, office = values.get("person-id", ""), values.get("role-title-id", "")
        if person not in self._people:
            yield f'no person is "{person}"'
        elif office not in self._titles:
            yield f'no office is "{office}"'
        elif element.tag == "principal":
            yield from self._officer(record, values)
        else:
            yield from self._chief(record, values)

    def documents(self, record: Record) -> Iterator[Document]:
        """The note on a mission, or one on a chief that speaks of relations."""
        entry = record.element
        if isinstance(entry, Unreadable) or entry.tag not in ("mission-note", "chief"):
            return
        values = leaves(entry)
        note = text(entry, "text" if entry.tag == "mission-note" else "note")
        if entry.tag == "chief" and not is_of_relations(note):
            return
        territory = values.get("contemporary-territory-id") or text(entry.getroottree().getroot(), "territory-id")
        country = self.polity(territory, _last(_dates(values)))
        yield Document(
            note,
            source=self.source.edition,
            locator=f"{record.locator}{_NOTE if entry.tag == 'chief' else ''}",
            published=self.stated(values),
            about=(country, "united-states") if country else ("united-states",),
        )

    def passage(self, folder: Path, locator: str) -> str | None:
        """The fields of a chief's record, or its note alone where a claim was read from that."""
        if not locator.endswith(_NOTE):
            return super().passage(folder, locator)
        record = self.record(folder, locator.removesuffix(_NOTE))
        return text(record.element, "note") if record and not isinstance(record.element, Unreadable) else None

    def shown(self, element: Element) -> str:
        """The text of a note; for a chief, the fields."""
        return text(element, "text") if element.tag == "mission-note" else super().shown(element)

    def _chief(self, record: Record, values: dict[str, str]) -> Iterator[Claim | str]:
        """A chief's appointment, reception and departure."""
        failed = outcome(values.get("note", "")) if _did_not_serve(record.element) else None
        if failed == "nominated":
            yield "nominated, not appointed"
            return
        service = self._service(record, values)
        events = [
            *self._appointed(service, values, failed),
            *self._received(service, values, failed),
            *self._departed(service, values),
            *self._broken(record, values),
        ]
        yield from events or ["no date of appointment, reception or departure"]

    def _appointed(self, service: Service, values: dict[str, str], failed: str | None) -> Iterator[Claim | str]:
        when, wrong = _event(values, "appointed")
        if wrong:
            yield wrong
        if when:
            yield service("envoy.appointed", when, label=failed)

    def _received(self, service: Service, values: dict[str, str], failed: str | None) -> Iterator[Claim | str]:
        """The reception; if none is recorded, the arrival at the post, labelled as such."""
        when, wrong = _event(values, "started")
        if wrong:
            yield wrong
        elif when is None:
            arrived, wrong = _event(values, "arrived")
            if wrong:
                yield wrong
            if arrived:
                reason = "arrived; no reception is recorded"
                yield service("envoy.received", arrived, label="arrived at post", confidence=0.8, reason=reason)
        elif failed:
            yield f"started {when}: the record's note says {failed}"
        elif not received(values.get("started/note", "")):
            yield f"started {when}: by its note this is not the day of the reception"
        else:
            yield service("envoy.received", when)

    def _departed(self, service: Service, values: dict[str, str]) -> Iterator[Claim | str]:
        when, wrong = _event(values, "ended")
        begun, _ = _event(values, "started")
        if wrong:
            yield wrong
        elif when and begun and when.before(begun) is Certainty.YES:
            yield f"ended {when}: that is before it started, {begun}"
        elif when:
            manner, (confidence, reason) = departure(values.get("ended/note", ""))
            yield service("envoy.departed", when, label=manner, confidence=confidence, reason=reason)

    def _broken(self, record: Record, values: dict[str, str]) -> Iterator[Claim | str]:
        """Relations severed or interrupted, or a war declared, on the day of the departure, and what followed."""
        note, territory = values.get("ended/note", ""), values.get("contemporary-territory-id")
        relation, (when, _) = broken(note), _event(values, "ended")
        host = self.polity(territory, when) if territory else None
        if host is None:
            return
        published = self.stated(values, _dates(values))
        if relation and when:
            by_us = note.startswith("The United States")
            parties = ("united-states", host) if by_us else (host, "united-states")
            yield self.claim(
                record, parties[0], relation, parties[1], when=when, published=published, confidence=0.95,
                reason="the note on the departure says so",
            )  # fmt: skip
        day = unrecognized(f"{note} {values.get('note', '')}")
        if day:
            yield self.claim(
                record, "united-states", "recognition", host,
                label="new government",
                modality=Modality.DENIED,
                when=day,
                published=published,
                confidence=0.95,
                reason="the note says that the new government was still unrecognized",
            )  # fmt: skip

    def _service(self, record: Record, values: dict[str, str]) -> Service:
        """A function that makes the claim of each event of a chief's service."""
        person, territory = values["person-id"], values.get("contemporary-territory-id")
        organization = None if territory else _organization(record.element.getroottree().getroot())
        role, taken_up = values["role-title-id"], _first(values)
        shared = {
            "kind": self._titles[values["role-title-id"]],
            "participants": (Participant("envoy", self._people[person], person),),
            "published": self.stated(values, _dates(values)),
        }

        def service(relation: str, when: When, **fields: Any) -> Claim | str:
            host = self._host(territory, role, taken_up, when) if territory else None
            recipient = _polity_in_note(values.get("note", ""), relation, when)
            if recipient and recipient != host:
                host, fields["reason"] = recipient, f"the record's note says so; it is filed under {territory}"
            if territory and host is None:
                return f'{relation} {when}: no polity of the gazetteer is "{territory}" then'
            if organization:
                fields["label"] = organization
            return self.claim(record, "united-states", relation, host, when=when, **shared, **fields)

        return service

    def _host(self, territory: str, role: str, taken_up: When | None, when: When) -> str | None:
        """The polity in which a chief served at a date: the one that received the chief, as long as it lasted."""
        if (territory, role) in _WITH_ANOTHER:
            return _WITH_ANOTHER[territory, role]
        host = self.polity(territory, when)
        first = self.polity(territory, taken_up) if taken_up else host
        lasting = first is not None and gazetteer().polity(first).existed(when) is not Certainty.NO
        return first if lasting else host

    def _officer(self, record: Record, values: dict[str, str]) -> Iterator[Claim | str]:
        """An officer's term, from entry on duty, else from the appointment, with that as the reason."""
        try:
            appointed, started, ended = (dated(values.get(f"{event}/date", "")) for event in _TERM)
            begin = started or appointed
            if started is None and _did_not_serve(record.element):
                yield "nominated or appointed, but did not take office"
            elif begin is None and ended is None:
                yield "no date of appointment, beginning or end"
            else:
                yield self._term(record, values, spell(begin, ended), sure=started is not None or appointed is None)
        except BadDate as error:
            yield brief(error)

    def _term(self, record: Record, values: dict[str, str], when: When, sure: bool) -> Claim:
        person, office = values["person-id"], values["role-title-id"]
        name = self._people[person]
        return self.claim(
            record, "united-states", "leader",
            label=name,
            kind=self._titles[office],
            participants=(Participant(PEOPLE.get(office, "leader"), name, person),),
            when=when,
            published=self.stated(values, _dates(values)),
            confidence=1.0 if sure else 0.8,
            reason="" if sure else "counted from the appointment; entry on duty is not recorded",
        )  # fmt: skip


def _event(values: dict[str, str], event: str) -> tuple[When | None, str]:
    """The date of an event, as its note qualifies it, and what is wrong with it."""
    try:
        return refined(values.get(f"{event}/date", ""), values.get(f"{event}/note", "")), ""
    except BadDate as error:
        return None, f"{event}: {brief(error)}"


def _polity_in_note(note: str, relation: str, when: When) -> str | None:
    """The polity named in a note about an envoy commissioned to one and received by another."""
    parties = elsewhere(note)
    if parties is None:
        return None
    known = gazetteer().named(parties[0] if relation == "envoy.appointed" else parties[1], when)
    return known[0].id if len(known) == 1 else None


def _did_not_serve(element: Element) -> bool:
    """Whether the record is in the list of those who were chosen but did not serve."""
    parent = element.getparent()
    return parent is not None and str(parent.tag).startswith("other-")


def _dates(fields: dict[str, str]) -> list[When | None]:
    """The dates of a record that can be read; the others are reported where the event itself is."""
    texts = (fields.get(f"{event}/date", "") for event in ("appointed", "arrived", "started", "ended"))
    return [readable(value) for value in texts]


def _first(values: dict[str, str]) -> When | None:
    """When a chief took up the post: the reception, else the arrival, else the appointment."""
    return next((when for event in ("started", "arrived", "appointed") if (when := _event(values, event)[0])), None)


def _last(dates: list[When | None]) -> When | None:
    """The last of some dates that are known."""
    return max((when for when in dates if when), key=lambda when: when.latest, default=None)


def _organization(mission: Element) -> str | None:
    """The organization to which a representative was sent, from the mission's title."""
    title = text(mission, "names/singular")
    match = _ORGANIZATION.search(title)
    return match["name"] if match else title or None


def _name(person: Element) -> str:
    """A person's name in its usual order: James Cooley."""
    element = person.find("persName")
    parts = {} if element is None else leaves(element)
    return " ".join(parts[part] for part in ("forename", "surname", "genName") if parts.get(part))
