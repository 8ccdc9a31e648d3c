"""Sentences, notes, dates and citations: plain English in which every word is in a claim."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import claim, events, shipped
from comity.model import (
    Claim,
    Document,
    Modality,
    Participant,
    Published,
    PublishedBasis,
    Source,
    Span,
    When,
)
from comity.present import cite, reading
from comity.present.english import at, day, on, since, the, whose
from comity.present.event_sentences import sentence
from comity.present.inline import plain
from comity.present.notes import MANY, Notes
from comity.present.polities import line
from comity.present.shapes import records
from comity.present.visible import dumps
from comity.reading import Portion
from comity.reading.base import Found
from comity.reconcile.events import Event, gather
from comity.relations import vocabulary
from comity.relations.wording import listed
from comity.sources.gazetteer import gazetteer
from strategies import plain_dates, whens
from strategies_relations import claims

GUIDE = Source("guide", "A guide & its $5 index", "An office", "CC0-1.0", "owner/guide", "f3c5354a", "2026-07-24")


def said(one: Claim) -> str:
    return sentence(Event(one.relation, one.subject, one.object, one.when, (one,)))


# Dates and names


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1826-05-02", ("2 May 1826", " on 2 May 1826", " on 2 May 1826", " since 2 May 1826")),
        ("1826-05", ("May 1826", " in May 1826", " in May 1826", " since May 1826")),
        ("1826", ("1826", " in 1826", " in 1826", " since 1826")),
        ("1826?", ("perhaps 1826", " in perhaps 1826", " in perhaps 1826", " since perhaps 1826")),
        ("184X", ("the 1840s", " in the 1840s", " in the 1840s", " since the 1840s")),
        ("180X", ("the 1800s", " in the 1800s", " in the 1800s", " since the 1800s")),
        ("18XX", ("the century 1800–1899", " in the century 1800–1899", None, None)),
        (
            "2009-33",
            (
                "the first quarter of 2009",
                " in the first quarter of 2009",
                " in the first quarter of 2009",
                " since the first quarter of 2009",
            ),
        ),
        ("1826-24", ("winter 1826", " in winter 1826", " in winter 1826", " since winter 1826")),
        (
            "1920/1923",
            ("1920 to 1923", " from 1920 to 1923", " between 1920 and 1923", " since some time between 1920 and 1923"),
        ),
        ("1902/..", ("since 1902", " since 1902", " after 1902", None)),
        ("../1902", ("until 1902", " until 1902", " by 1902", " since 1902 at the latest")),
        ("1902-03-01/1902-03-04", ("1–4 March 1902", " on 1–4 March 1902", None, None)),
    ],
)
def test_dates_are_worded_no_more_precisely_than_they_are_known(edtf: str, words: tuple[str | None, ...]) -> None:
    when = When.parse(edtf)
    made = (day(when), on(when), at(when), since(when))
    assert [one for one, expected in zip(made, words, strict=True) if expected is not None and one != expected] == []


def test_no_date_is_no_words() -> None:
    assert on(None) == at(None) == since(None) == ""


@given(whens())
def test_any_date_has_words_with_its_years_in_them(when: When) -> None:
    for words in (day(when), on(when), at(when), since(when)):
        assert words.strip()
        assert not re.search(r"None|X|/|\?|~|%|  ", words)
    bare = re.sub(r"[XU?~%]", "0", when.edtf)
    years = {match.lstrip("0") for match in re.findall(r"(?<![-\d])\d{4}", bare)}
    assert years <= set(re.findall(r"\d+", day(when)))


@given(plain_dates(), plain_dates())
def test_dates_that_differ_are_worded_differently(one: When, other: When) -> None:
    same_days = (one.earliest, one.latest) == (other.earliest, other.latest)
    assert (day(one) == day(other)) <= same_days


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("united-states", "the United States"),
        ("peru", "Peru"),
        ("peru-bolivian-confederation", "the Peru–Bolivian Confederation"),
        ("german-democratic-republic", "the German Democratic Republic"),
        ("ottoman-empire", "the Ottoman Empire"),
        ("two-sicilies", "the Two Sicilies"),
        ("united-kingdom", "the United Kingdom"),
        ("soviet-union", "the Soviet Union"),
    ],
)
def test_names_bear_their_article_where_they_have_one(id: str, name: str) -> None:
    assert the(id) == name
    assert the(id, capital=True) == name[0].upper() + name[1:]


def test_every_polity_has_a_name_in_a_sentence_and_a_line() -> None:
    for polity in gazetteer():
        assert the(polity.id).removeprefix("the ") == polity.name
        assert not the(polity.id).startswith("the the ")
        assert whose(polity.id).endswith("'" if polity.name.endswith("s") else "'s")
        assert line(polity).startswith(f"{polity.id}: {polity.name}")
        assert "None" not in line(polity)


def test_a_polity_that_nobody_knows_goes_by_what_it_was_called() -> None:
    assert (the("erewhon"), the(None)) == ("erewhon", "another state")


@given(st.lists(st.sampled_from(["Peru", "Chile", "Bolivia"]), max_size=4))
def test_a_list_names_everything_in_order(items: list[str]) -> None:
    assert re.findall("Peru|Chile|Bolivia", listed(items)) == items
    assert listed(items).count(" and ") == (len(items) > 1)


# Sentences


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (claim("recognition", "1826-05-02"), "Peru recognized Chile on 2 May 1826."),
        (claim("recognition.withdrawn", "1826"), "Peru withdrew its recognition of Chile in 1826."),
        (claim("relations.severed", "1826"), "Diplomatic relations between Peru and Chile were severed in 1826."),
        (claim("relations.severed"), "Diplomatic relations between Peru and Chile have been severed."),
        (
            claim("relations.severed", modality=Modality.DENIED),
            "Diplomatic relations between Peru and Chile were never severed, according to its source.",
        ),
        (
            claim("agreement.in-force", "2009-01", label="Trade Agreement", modality=Modality.PLANNED),
            "Planned, according to its source: the Trade Agreement, between Peru and Chile, entered into force in "
            "January 2009.",
        ),
        (claim("mission.opened", "1826", kind="embassy"), "Peru opened an embassy in Chile in 1826."),
        (
            claim("mission.opened", "1826-05-02", kind="legation", label="Santiago"),
            "Peru opened a legation at Santiago, Chile, on 2 May 1826.",
        ),
        (claim("mission.raised", "1920", kind="embassy"), "Peru's mission in Chile was raised to an embassy in 1920."),
        (claim("mission.closed", "1920"), "Peru's mission in Chile closed or suspended operations in 1920."),
        (
            claim("envoy.received", "1826", kind="Minister", envoy="A. Ruiz"),
            "A. Ruiz of Peru presented credentials or took charge as Minister in Chile in 1826.",
        ),
        (
            claim("visit", "1920-05-01/1920-05-03", envoy="A. Ruiz", kind="president", label="Santiago"),
            "A. Ruiz, president of Peru, visited Santiago, Chile, on 1–3 May 1920.",
        ),
        (
            claim("membership.shared", "1975/1986", value=43, unit="intergovernmental organizations"),
            "Peru and Chile were both full members of 43 intergovernmental organizations from 1975 to 1986.",
        ),
        (
            claim("membership.shared", "1881/1914", value=1, unit="intergovernmental organizations"),
            "Peru and Chile were both full members of 1 intergovernmental organization from 1881 to 1914.",
        ),
        (claim("war", "1879"), "Peru and Chile went to war in 1879."),
        (claim("war.ended", "1883"), "War between Peru and Chile ended in 1883."),
        (
            claim("trade.total", "2005", value=9.1e9, unit="USD"),
            "Trade between Peru and Chile was 9.1 billion USD in 2005.",
        ),
        (claim("trade.exports", "2005", value=1500, unit="USD"), "Peru's exports to Chile were 1,500 USD in 2005."),
        (
            claim("statehood.union", "1836", object="peru-bolivian-confederation"),
            "Peru joined the Peru–Bolivian Confederation in 1836.",
        ),
        (claim("statehood.independence", "1821-07", object=None), "Peru became independent in July 1821."),
    ],
)  # fmt: skip
def test_claims_are_told_in_sentences(one: Claim, words: str) -> None:
    assert said(one) == words


@given(st.sampled_from([term.id for term in vocabulary()]), st.none() | whens(), st.sampled_from(Modality), st.data())
def test_every_term_makes_a_sentence_of_whatever_a_claim_leaves_out(
    term: str, when: When | None, modality: Modality, data: Any
) -> None:
    fields = {
        "object": data.draw(st.sampled_from(["chile", None])),
        "label": data.draw(st.sampled_from(["a thing", None])),
        "kind": data.draw(st.sampled_from(["embassy", None])),
        "value": data.draw(st.sampled_from([12.5, 3e9, None])),
        "unit": data.draw(st.sampled_from(["USD", None])),
        "envoy": data.draw(st.sampled_from(["A. Ruiz", None])),
    }
    told = said(claim(term, modality=modality, **fields).but(when=when))
    assert not told[0].islower()
    assert told.endswith(".")
    assert not re.search(r"\bNone\b|  | \.|, ,|\(\)", told), told
    assert "Peru" in told
    assert (modality is Modality.DENIED) == told.endswith(", according to its source.")
    assert (modality is Modality.PLANNED) == told.startswith("Planned, ")


@pytest.mark.slow
def test_every_event_of_the_embedded_ledger_makes_a_sentence() -> None:
    for event in gather(shipped().claims()[::7]):
        told = sentence(event)
        assert told.endswith(".")
        assert not re.search(r"\bNone\b|  | \.(?!\.)|\(\)", told), told


@given(st.lists(claims(), min_size=1, max_size=6))
def test_a_sentence_of_an_event_names_no_day_that_none_of_its_claims_has(told: list[Claim]) -> None:
    for event in gather(told):
        years = {
            year for one in (*event.claims, *event.support) if one.when for year in re.findall(r"\d{4}", str(one.when))
        }
        assert set(re.findall(r"\d{4}", sentence(event))) <= years


# Notes


def test_a_place_is_one_note_however_often_it_is_cited() -> None:
    notes, one, other = Notes(), claim("recognition", "1826"), claim("war", "1879")
    cited = [[one], [other, one], [one.but(kind="x")], []]
    marks = [plain(notes.cite(claims)) for claims in cited]
    assert marks == [" [1]", " [2][1]", " [1]", ""]
    assert [note.number for note in notes] == [1, 2]


def test_a_note_says_where_when_it_was_said_and_what_where_it_is_at_hand() -> None:
    one = claim("recognition", "1826", published=Published(When.parse("2009-02"), PublishedBasis.STATED))
    notes = Notes({(one.source, one.locator): "They recognized each other."})
    notes.cite([one, one.but(locator="#2", published=Published())])
    assert [plain(note.told()) for note in notes] == [
        "guide@1, `recognition 1826`, published February 2009, as it states — “They recognized each other.”",
        "guide@1, `#2`, date of publication unknown",
    ]


def test_of_many_places_the_first_are_cited_and_the_rest_counted() -> None:
    notes = Notes()
    marks = plain(notes.cite(claim("recognition", "1826", locator=f"#{number}") for number in range(MANY + 3)))
    assert marks.count("[") == MANY
    assert marks.endswith("(+3)")
    assert len(list(notes)) == MANY


def test_a_polity_is_a_note_of_the_gazetteer() -> None:
    notes = Notes()
    assert [plain(notes.polity(gazetteer().polity("peru"))) for _ in range(2)] == [" [1]", " [1]"]
    (note,) = notes
    assert note.locator == "polities.json#peru"


# Citations and the wire


def test_a_source_is_cited_in_full_in_bibtex_and_in_csl() -> None:
    assert plain(cite.in_full(GUIDE)) == (
        "An office, *A guide & its $5 index*, owner/guide, commit f3c5354 of 2026-07-24, CC0-1.0."
    )
    entry = cite.bibtex(GUIDE)
    assert r"title = {{A guide \& its \$5 index}}" in entry
    assert entry.count("{") == entry.count("}")
    assert cite.csl(GUIDE)["issued"] == {"date-parts": [[2026, 7, 24]]}
    json.dumps(cite.csl(GUIDE))


def test_a_page_without_publisher_or_licence_is_cited_as_it_is() -> None:
    assert plain(cite.in_full(Source("page", "notes.txt", "", ""))) == "*notes.txt*, licence unknown."


def test_a_claim_on_the_wire_bears_its_sources_title_or_its_own_document() -> None:
    one = claim("recognition", "1826")
    assert records.Claim.of(one, {"guide@1": GUIDE}).source.title == GUIDE.title
    assert records.Claim.of(one.but(document="notes.txt"), {}).source.title == "notes.txt"


def test_open_ends_are_null_on_the_wire() -> None:
    since, until = records.When.of(When.parse("1902/..")), records.When.of(When.parse("/1902"))
    assert since.as_json() == {"edtf": "1902/..", "earliest": "1902-01-01", "latest": None}
    assert (until.earliest, until.latest) == (None, "1902-12-31")
    assert records.When.maybe(None) is None


def test_letters_of_every_script_stay_as_they_are_on_the_wire() -> None:
    assert "Perú — 秘魯" in dumps({"name": "Perú — 秘魯"})


def test_an_event_on_the_wire_names_its_claims_the_leading_one_first() -> None:
    fine, coarse = claim("recognition", "1826-05-02"), claim("recognition", "1826", locator="#2")
    (event,) = events(coarse, fine)
    made = records.Event.of(event).as_json()
    assert (made["claims"], made["support"]) == ([fine.id, coarse.id], [])
    assert made["sentence"] == "Peru recognized Chile on 2 May 1826."
    assert made["when"]["earliest"] == date(1826, 5, 2).isoformat()


def test_what_was_read_is_told_in_the_order_of_the_text() -> None:
    text = "First this. Then that."
    made = [
        claim("war", "1879", span=Span(12, 22), quote="Then that.", confidence=0.9),
        claim("recognition", "1826", span=Span(0, 11), quote="First this.", confidence=0.8),
    ]
    found = tuple(Found(one, None, ()) for one in made)
    portion = Portion(Document(text, "page.txt"), found, (), len(text), ends=True)
    lines = list(reading.text([portion]))
    assert lines[0] == "page.txt:"
    assert lines[1] == "- Peru recognized Chile in 1826. (recognition, confidence 0.80)"
    assert lines[2].strip() == "0-11: First this."
    assert lines[3].startswith("- Peru and Chile went to war in 1879.")
    assert lines[-1] == "2 claims"
    empty = Portion(Document(text), (), (), len(text), ends=True)
    assert list(reading.text([empty])) == ["standard input:", "no claims"]
    assert [json.loads(one)["relation"] for one in reading.jsonl([portion])] == ["war", "recognition"]


# Governments and strife


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("government-change", None, "election", "A. Ruiz"), "A. Ruiz was elected in Peru in 1931."),
        (("government-change", None, "interim", "interim government"),
         "An interim government took office in Peru in 1931."),
        (("government-change", None, "overthrow", "A. Ruiz"), "A. Ruiz of Peru was overthrown in 1931."),
        (("government-change", None, "coup", "coup"), "There was a coup in Peru in 1931."),
        (("government-change", None, "coup", "A. Ruiz"), "There was a coup in Peru (A. Ruiz) in 1931."),
        (("government-change", None, "revolution", "May Revolution"),
         "The May Revolution took place in Peru in 1931."),
        (("government-change", None, "republic", None), "Peru became a republic in 1931."),
        (("insurgency", None, None, "Shining Path"), "There was an insurgency in Peru (Shining Path) in 1931."),
        (("war", "chile", None, "Border War"), "Peru and Chile fought the Border War in 1931."),
        (("dispute", "chile", None, None), "Peru and Chile had a dispute in 1931."),
        (("statehood.sovereignty", "chile", "occupation", None), "Peru was occupied by Chile in 1931."),
        (("quality", "chile", "warm", None),
         "Relations between Peru and Chile were called warm in 1931 under A. Ruiz."),
        (("quality", "chile", "at a low point", None),
         "Relations between Peru and Chile were at a low point in 1931 under A. Ruiz."),
        (("quality", "chile", "influence at its height", None),
         "Peru's influence in Chile was at its height in 1931 under A. Ruiz."),
    ],
)  # fmt: skip
def test_rule_and_strife_are_told_in_a_sentence(
    fields: tuple[str, str | None, str | None, str | None], words: str
) -> None:
    relation, object, kind, label = fields
    leader = (Participant("leader", "A. Ruiz"),) if relation == "quality" else ()
    one = Claim("peru", relation, object, label, kind, leader, When.parse("1931"), source="x")
    assert said(one) == words
