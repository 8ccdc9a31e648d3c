"""Chiefs of mission and principal officers: what is claimed of whom, on which day, and what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.errors import BadDate, SkipRecord
from comity.model import Claim, PublishedBasis
from comity.sources.base import Unreadable
from comity.sources.pocom import Pocom
from comity.sources.pocom_notes import broken, departure, elsewhere, outcome, received, refined, unrecognized

US = "united-states"


class Mirrored:
    """The records of the mirror by locator, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.adapter = Pocom()
        self.records = {record.locator: record for record in self.adapter.records(folder)}

    def claims(self, locator: str) -> list[Claim]:
        return list(self.adapter.claims(self.records[locator]))

    def events(self, locator: str) -> list[tuple[str, str | None, str, str | None]]:
        claims = self.claims(locator)
        assert {claim.subject for claim in claims} == {US}
        return [(claim.relation, claim.object, str(claim.when), claim.label) for claim in claims]


@pytest.fixture(scope="module")
def pocom(mirror: Path) -> Mirrored:
    return Mirrored(mirror / "hsg-pocom")


def test_cooley_was_appointed_received_and_died_at_his_post(pocom: Mirrored) -> None:
    locator = "missions-countries/peru.xml#pe-1826-cool-01"
    assert pocom.events(locator) == [
        ("envoy.appointed", "peru", "1826-05-02", None),
        ("envoy.received", "peru", "1827-05-21", None),
        ("envoy.departed", "peru", "1828-02-24", "died at post"),
    ]
    for claim in pocom.claims(locator):
        envoy = claim.participant("envoy")
        assert envoy is not None
        assert (envoy.name, envoy.id, claim.kind) == ("James Cooley", "cooley-james", "Chargé d’Affaires")
        assert (str(claim.published.when), claim.published.basis) == ("2016-09-14", PublishedBasis.STATED)


def test_thornton_was_sent_to_peru_and_received_by_the_confederation(pocom: Mirrored) -> None:
    # The record is filed under Peru; its note says who received him.
    assert pocom.events("missions-countries/peru.xml#pe-1836-thor-01") == [
        ("envoy.appointed", "peru", "1836-06-15", None),
        ("envoy.received", "peru-bolivian-confederation", "1837-03-16", None),
        ("envoy.departed", "peru-bolivian-confederation", "1837-12-10", "left post"),
    ]


def test_pickett_was_sent_to_the_confederation_and_received_by_peru(pocom: Mirrored) -> None:
    sent, came, _ = pocom.claims("missions-countries/peru.xml#pe-1838-pick-01")
    assert (sent.object, came.object) == ("peru-bolivian-confederation", "peru")
    assert "note" in sent.reason
    assert came.reason == ""


def test_the_host_is_the_state_of_the_day(pocom: Mirrored) -> None:
    assert pocom.events("missions-countries/turkey.xml#tr-1906-leis-01")[0][1] == "ottoman-empire"
    assert pocom.events("missions-countries/vietnam-south.xml#xh-1963-lodg-01")[0][1] == "south-vietnam"
    assert pocom.events("missions-countries/texas.xml#xc-1841-eve-01")[1][:3] == (
        "envoy.received",
        "texas",
        "1841-07-21",
    )


def test_an_envoy_who_did_not_go_was_appointed_and_no_more(pocom: Mirrored) -> None:
    assert pocom.events("missions-countries/spain.xml#es-1913-will-01") == [
        ("envoy.appointed", "spain", "1913-07-28", "did not proceed to post"),
    ]


def test_an_arrival_stands_for_a_reception_that_is_not_recorded_and_says_so(pocom: Mirrored) -> None:
    (claim,) = pocom.claims("missions-countries/albania.xml#al-2018-mose-01")
    assert (claim.relation, claim.label, claim.confidence) == ("envoy.received", "arrived at post", 0.8)
    assert "no reception is recorded" in claim.reason


def test_an_approximate_day_is_claimed_as_approximate(pocom: Mirrored) -> None:
    assert pocom.events("missions-countries/argentina.xml#ar-1861-palm-01")[2][2] == "1862-04-12~"


def test_an_envoy_to_an_organization_has_no_host_and_its_name(pocom: Mirrored) -> None:
    found = [one for one in pocom.records if one.endswith("#asea-2011-card")]
    assert [event[:4] for event in pocom.events(found[0])][1] == (
        "envoy.received", None, "2011-04-26", "Association of Southeast Asian Nations",
    )  # fmt: skip


def test_a_secretary_of_state_is_a_leader_from_entry_on_duty(pocom: Mirrored) -> None:
    (claim,) = pocom.claims("positions-principals/secretary.xml#secr-1789-jeff")
    assert (claim.relation, claim.object, claim.kind) == ("leader", None, "Secretary of State")
    assert (claim.label, str(claim.when)) == ("Thomas Jefferson", "1790-03-22/1793-12-31")
    assert claim.participant("secretary") is not None


def test_a_term_counted_from_the_appointment_says_so(pocom: Mirrored) -> None:
    (claim,) = pocom.claims("positions-principals/inspector-general.xml#gene-1979-brew")
    assert (str(claim.when), claim.confidence) == ("1979-01-15/1981-01-18", 0.8)


def test_who_was_only_nominated_is_a_skip(pocom: Mirrored) -> None:
    why = []
    for record in pocom.records.values():
        try:
            pocom.adapter.outcome(record)
        except SkipRecord as skip:
            why.append(str(skip).rpartition(": ")[2])
    assert why.count("nominated, not appointed") == 175
    assert len(why) == 207


def test_a_missions_note_is_prose_about_its_country(pocom: Mirrored, mirror: Path) -> None:
    notes = [record for record in pocom.records.values() if record.element.tag == "mission-note"]
    documents = [document for record in notes for document in pocom.adapter.documents(record)]
    assert len(documents) == len(notes) == 44
    assert {document.about[1:] for document in documents if "countries" in document.locator} == {(US,)}
    first = documents[0]
    assert pocom.adapter.passage(mirror / "hsg-pocom", first.locator) == first.text


def test_records_of_an_envoy_in_no_order_of_time_are_not_believed(pocom: Mirrored) -> None:
    for record in pocom.records.values():
        if record.element.tag != "chief":
            continue
        try:
            events = {claim.relation: claim.when for claim in pocom.adapter.claims(record)}
        except SkipRecord:
            continue
        came, left = events.get("envoy.received"), events.get("envoy.departed")
        assert came is None or left is None or came.earliest <= left.latest, record.locator


# the notes beside the dates


@pytest.mark.parametrize(
    ("value", "note", "edtf"),
    [
        ("1827-05-21", "", "1827-05-21"),
        ("1827-05-21", "Presented credentials on", "1827-05-21"),
        ("1834-08-20", "Left post about", "1834-08-20~"),
        ("1834-08-20", "Probably left post", "1834-08-20?"),
        ("1834-08-20", "Left post probably about", "1834-08-20%"),
        ("1834-08-20", "Left post soon after", "1834-08~"),
        ("1834-08-20", "Between August 2 and", "1834-08"),
        ("1834-08-20", "Between July 2 and", "1834"),
        ("", "August 1834", "1834-08"),
    ],
)
def test_a_note_says_how_sure_its_date_is(value: str, note: str, edtf: str) -> None:
    assert str(refined(value, note)) == edtf


def test_a_range_over_a_new_year_is_no_date() -> None:
    with pytest.raises(BadDate):
        refined("1834-01-03", "Between December 30, 1833, and")


def test_words_without_a_date_are_no_date() -> None:
    assert refined("", "Left post") is None
    assert refined("", "") is None


@pytest.mark.parametrize(
    ("note", "manner"),
    [
        ("Left post on", "left post"),
        ("Died at post on", "died at post"),
        ("Presented recall on", "presented recall"),
        ("Superseded", "superseded"),
        ("Declared persona non grata on", "declared persona non grata"),
        ("The Government severed diplomatic relations", "relations severed"),
    ],
)
def test_how_a_service_ended(note: str, manner: str) -> None:
    assert departure(note) == (manner, (1.0, ""))


def test_an_unknown_way_to_end_is_less_sure() -> None:
    manner, (confidence, reason) = departure("Went fishing")
    assert manner is None
    assert confidence < 1
    assert reason


def test_other_notes() -> None:
    assert received("Officially recognized on")
    assert not received("Presentation not reported")
    assert outcome("Declined appointment.") == "declined"
    assert outcome("Served well.") is None
    assert elsewhere("Commissioned to Sardinia.") is None


@pytest.mark.parametrize(
    ("note", "relation"),
    [
        ("Normal relations interrupted on", "relations.interrupted"),
        ("Spain severed diplomatic relations with the United States on", "relations.severed"),
        ("Left post on", None),
    ],
)
def test_a_note_on_a_departure_tells_of_a_break(note: str, relation: str | None) -> None:
    assert broken(note) == relation


def test_a_note_says_on_which_day_a_new_government_was_not_recognized() -> None:
    note = "The new government was still unrecognized when he left Mexico on July 17, 1913."
    assert str(unrecognized(note)) == "1913-07-17"
    assert unrecognized("He left Mexico on July 17, 1913.") is None


def test_every_note_on_a_departure_that_speaks_of_relations_or_war_is_a_claim(pocom: Mirrored) -> None:
    words = re.compile(r"relations|declared war", re.IGNORECASE)
    notes = {
        locator: record.element.findtext("ended/note") or ""
        for locator, record in pocom.records.items()
        if not isinstance(record.element, Unreadable) and record.element.tag == "chief"
    }
    of_relations = [locator for locator, note in notes.items() if words.search(note)]
    terms = ("relations.interrupted", "relations.severed", "war")
    unused = [
        (locator, notes[locator])
        for locator in of_relations
        if not any(isinstance(each, Claim) and each.relation in terms for each in pocom.claims(locator))
    ]
    assert len(of_relations) == 45
    assert unused == []
