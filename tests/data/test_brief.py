"""A brief says what the sources say of a pair on a day, each sentence with its notes, and invents nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from answers import ID, NOTE, US, asked, ids, line_with, noted, sections, shipped, written
from comity.errors import AmbiguousPolity, BadDate, BadPair, UnknownPolity
from comity.model import Certainty, When
from comity.present.brief import LATEST, brief
from comity.present.english import whose
from comity.present.notes import GAZETTEER
from comity.present.shapes import replies
from comity.query.dossier import dossier
from comity.query.status import State
from comity.sources.gazetteer import gazetteer
from comity.sources.registry import adapter

PAIRS = (
    ("Peru", US, None), ("Peru", US, "1838"), ("Chile", "Peru", None), ("Cuba", US, "1970"), ("Iran", US, "1985"),
    ("Libya", US, "2015"), ("Germany", US, "1943"), ("German Democratic Republic", US, "1980"), ("Texas", US, "1840"),
    ("Hawaii", US, "1890"), ("Prussia", "Bavaria", "1866"), ("Serbia", "Montenegro", "2006-12-31"),
    ("Korea", "Japan", "1905"), ("Palestine", US, None), ("Taiwan", US, None), ("Kosovo", US, None),
    ("Russia", US, "1600"), ("France", US, "2090"), ("Soviet Union", US, "1925"), ("Austria", US, "1939"),
    ("Egypt", US, "1968"), ("Estonia", US, "1950"), ("Two Sicilies", US, "1855"), ("Philippines", US, "1944"),
    ("Baden", US, "1868"), ("United Kingdom", US, "1812"), (US, "Mexico", "1850-06"), ("Ottoman Empire", US, "1900"),
)  # fmt: skip
# What no claim can bear out, because it says that none was found, or how many were.
UNCITED = re.compile(
    r"- (?:Head of .+ mission: no record for that day\.|\*\*Unknown\*\*: no record of .+\.|"
    r"\d+ visits \(.+\); the latest \d+:)"
)
STATUS, HISTORY, STATES, DIFFER = (
    "Status", "How it came to be", "States, predecessors and successors", "What sources disagree on",
)  # fmt: skip


@cache
def told(one: str, other: str = US, as_of: str | None = None) -> dict[str, list[str]]:
    return sections(written(one, other, as_of))


def events(one: str, relation: str, as_of: str | None = None, subject: str | None = None) -> list[str | None]:
    """The dates of the events of a kind in the history of a brief."""
    held = [event for event in asked(one, US, as_of).history if event.relation == relation]
    return [event.when.edtf if event.when else None for event in held if subject in (None, event.subject)]


# Peru and the United States


def test_peru_was_recognized_on_2_may_1826_by_the_appointment_of_cooley() -> None:
    line = line_with(told("Peru")[HISTORY], "The United States recognized Peru on 2 May 1826")
    assert "James Cooley was appointed" in line
    sources = {note.partition("@")[0] for note in noted(written("Peru"), line)}
    assert sources == {"hsg-rdcr", "hsg-pocom"}


def test_relations_with_peru_and_the_legation_at_lima_date_from_21_may_1827() -> None:
    lines = told("Peru")[HISTORY]
    assert "on 21 May 1827" in line_with(lines, "were established on")
    assert "on 21 May 1827" in line_with(lines, "opened a legation at Lima")
    line = told("Peru")[STATUS][0]
    assert "begun on 6 February 1963 at the latest" in line  # pocom: interrupted in 1962
    assert "an envoy was received" in line


def test_the_peruvian_legation_is_told_with_december_1846() -> None:
    line = line_with(told("Peru")[HISTORY], "Peru opened a legation in the United States")
    assert "in 1846" in line
    assert "in December 1846" in line
    assert "Osma" in line


def test_the_legation_at_lima_became_an_embassy_on_24_april_1920() -> None:
    line = line_with(told("Peru")[HISTORY], "was raised to an embassy")
    assert "on 24 April 1920" in line
    line = line_with(told("Peru")[STATUS], "The United States' mission in Peru")
    assert "embassy since 24 April 1920" in line


@pytest.mark.parametrize(
    ("words", "better", "other"),
    [
        (("Diplomatic relations", "Peru"), "on 21 May 1827", "in 1826"),
        (("recognized the Peru–Bolivian Confederation",), "on 16 March 1837", "in 1838"),
    ],
)
def test_the_disagreements_on_1826_or_1827_and_1837_or_1838_are_told_with_both_sides_notes(
    words: tuple[str, ...], better: str, other: str
) -> None:
    line = line_with(told("Peru")[DIFFER], *words)
    first, _, second = line.partition("Another date: ")
    assert better in first
    assert other in second
    assert second.endswith("This brief uses the first.")
    assert noted(written("Peru"), first)
    assert noted(written("Peru"), second)
    assert set(noted(written("Peru"), first)) != set(noted(written("Peru"), second))


def test_the_event_that_loses_is_marked_where_the_history_tells_it() -> None:
    lines = [line for line in told("Peru")[HISTORY] if "were established" in line]
    assert [line.endswith("(Contradicted: see what sources disagree on.)") for line in lines] == [True, False]


# The other rows of the table, and their like


def test_a_brief_of_peru_as_of_1838_names_the_confederation_and_why() -> None:
    parts = told("Peru", US, "1838")
    assert "Peru–Bolivian Confederation" in line_with(parts[""], "> Peru was no state of its own in 1838")
    line = line_with(parts[STATUS], "In its place stood the Peru–Bolivian Confederation (1836 to 1839).")
    assert "The United States recognized the Peru–Bolivian Confederation on 16 March 1837" in line
    assert "Peru joined the Peru–Bolivian Confederation in 1836." in line_with(parts[STATES], "**Peru**")


def test_relations_with_cuba_as_of_1970_were_severed_on_3_january_1961() -> None:
    assert told("Cuba", US, "1970")[STATUS][0].startswith("- **Diplomatic relations severed** since 3 January 1961")
    assert "resumed on 20 July 2015" in told("Cuba", US, "1970")[STATUS][0]


def test_relations_with_iran_as_of_1985_were_severed_on_7_april_1980() -> None:
    assert told("Iran", US, "1985")[STATUS][0].startswith("- **Diplomatic relations severed** since 7 April 1980")
    assert "relations having been broken off" in line_with(told("Iran", US, "1985")[STATUS], "mission in Iran: none")


def test_the_embassy_in_libya_as_of_2015_had_been_suspended_in_july_2014() -> None:
    parts = told("Libya", US, "2015")
    assert "closed or suspended on 26 July 2014" in line_with(parts[STATUS], "The United States' mission in Libya")
    assert parts[STATUS][0].startswith("- **Diplomatic relations established**")


def test_germany_in_1943_was_at_war_and_relations_severed_in_december_1941() -> None:
    line = told("Germany", US, "1943")[STATUS][0]
    assert line.startswith("- **At war** since 11 December 1941")
    assert "severed on 11 December 1941" in line


def test_relations_with_the_german_democratic_republic_were_established_in_1974() -> None:
    parts = told("German Democratic Republic", US, "1980")
    assert parts[STATUS][0].startswith("- **Diplomatic relations established** since 1974")
    assert "Herbert Stuart Okun" in line_with(parts[STATUS], "Chief of mission of the United States")


def test_texas_as_of_1840_had_been_recognized_in_march_1837() -> None:
    dates = events("Texas", "recognition", "1840")
    assert {"1837-03-03", "1837-03-07"} & set(dates)
    assert asked("Texas", US, "1840").status.state in (State.RECOGNIZED, State.ESTABLISHED)
    assert "legation since 1837" in line_with(told("Texas", US, "1840")[STATUS], "mission in Texas")


def test_where_no_event_comes_next_but_a_states_end_that_is_told() -> None:
    texas = told("Texas", as_of="1840")["Status"][0]
    assert "Texas was a state of its own until December 1845." in texas
    assert "Next:" not in texas
    germany = told("Germany", as_of="1943")["Status"][0]
    assert "Next:" not in germany  # an envoy of 1991 is another life's


def test_the_mission_in_hawaii_as_of_1890_was_a_legation() -> None:
    assert "legation since 1853" in line_with(told("Hawaii", US, "1890")[STATUS], "mission in Hawaii: ")
    assert "severed on 12 August 1898" in told("Hawaii", US, "1890")[STATUS][0]


def test_of_chile_and_peru_a_brief_names_the_sources_asked_and_invents_nothing() -> None:
    parts = told("Chile", "Peru")
    assert parts[STATUS][0] == "- **Unknown**: no record of diplomatic relations between Chile and Peru."
    assert set(parts) == {"", STATUS, STATES, "Sources", "Notes"}
    for edition, source in shipped().sources().items():
        assert source.title in line_with(parts["Sources"], f"**{edition}**")
    assert asked("Chile", "Peru").history == ()


@pytest.mark.parametrize(
    ("one", "ended", "before"),
    [
        ("Baden", "on 17 January 1871", "The United States recognized Baden on 13 July 1832."),
        ("Texas", "in December 1845", "were established on 6 March 1837"),
    ],
)
def test_relations_of_a_state_that_is_no_more_ended_with_it_after_what_came_before(
    one: str, ended: str, before: str
) -> None:
    first, _, last = told(one)[STATUS][0].partition("Before that: ")
    assert first == f"- **Ended** with {one} {ended}. "
    assert before in last


def test_a_predecessor_is_told_as_one_although_nobody_knows_when_its_heir_began() -> None:
    assert not gazetteer().polity("palestine").lifespans
    assert "predecessor of Palestine" in line_with(told("Palestine")[STATES], "**Ottoman Empire**")
    assert "successor of Palestine" in line_with(told("Palestine")[STATES], "**Israel**")


def test_a_record_is_never_called_the_latest_beside_a_later_closing() -> None:
    for pair in PAIRS:
        for held in asked(*pair).missions:
            after = [
                event
                for event in asked(*pair).history
                if event.relation == "mission.closed" and (event.subject, event.object) == (held.owner, held.host)
                if event.when and held.since and event.when.earliest > held.since.earliest
            ]
            line = line_with(told(*pair)[STATUS], f"- {whose(held.owner, capital=True)} mission in")
            assert not (after and "latest record" in line), (pair, line)


def test_a_closing_less_surely_told_is_told_as_such() -> None:
    doubted = [claim.confidence for event in asked("Iran", US, "1985").history for claim in event.claims]
    assert min(doubted) < 0.75
    line = line_with(told("Iran", US, "1985")[STATUS], "- The United States' mission in Iran")
    assert "Less certain: The United States' embassy at Tehran in Iran closed" in line


# What holds for every brief


@pytest.mark.parametrize("pair", PAIRS)
def test_every_bullet_carries_a_note_and_every_mark_has_one(pair: tuple[str, str, str | None]) -> None:
    parts = told(*pair)
    for title in parts.keys() - {"", "Notes", "Sources"}:
        for line in parts[title]:
            assert re.match(r"(?:  )?- ", line), line
            assert NOTE.search(line) or UNCITED.fullmatch(line), line
    body, _, notes = written(*pair).partition("## Notes")
    numbers = [line.partition(". ")[0] for line in notes.splitlines() if line]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert set(NOTE.findall(body)) == set(numbers)
    assert list(dict.fromkeys(NOTE.findall(body))) == numbers, "notes are numbered as they are first cited"


@pytest.mark.parametrize("pair", PAIRS)
def test_the_json_of_a_brief_holds_every_claim_that_its_events_name(pair: tuple[str, str, str | None]) -> None:
    made = replies.Dossier.of(asked(*pair)).as_json()
    claims = made.pop("claims")
    assert set(ids(made)) <= set(claims)
    assert all(ID.fullmatch(id) and claim["id"] == id for id, claim in claims.items())
    editions = {source["id"] for source in made["sources"]}
    assert {claim["source"]["id"] for claim in claims.values()} <= editions
    used = {source["id"]: source["used"] for source in made["sources"]}
    assert sum(used.values()) == len(claims)
    assert all(source["held"] >= source["used"] for source in made["sources"])


@pytest.mark.parametrize("pair", PAIRS)
def test_no_sentence_of_a_brief_is_garbled(pair: tuple[str, str, str | None]) -> None:
    for line in (line for title, lines in told(*pair).items() if title != "Notes" for line in lines):
        assert not re.search(r"\bNone\b|\bnan\b|  \S|\.\.(?!\.)| ,|\(\)|When\(|<State|[a-z]-states\b", line.lstrip()), (
            line
        )


@pytest.mark.parametrize("pair", PAIRS)
def test_nothing_that_came_after_the_day_is_told_as_history(pair: tuple[str, str, str | None]) -> None:
    found = asked(*pair)
    shown = (*found.history, *found.agreements, *found.visits, *found.figures, *found.others)
    assert not [event for event in shown if event.when and event.when.earliest > found.pair.day]
    assert not [event for event in found.later if event.when is None or event.when.earliest <= found.pair.day]


def test_the_passage_at_each_note_is_in_the_mirror(mirror: Path) -> None:
    claims = [
        claim for pair in PAIRS for claim in [*list(asked(*pair).claims())[:6], *list(asked(*pair).claims())[-6:]]
    ]
    places = {(claim.source, claim.locator) for claim in claims}
    assert len({source for source, _ in places}) == 5
    for edition, locator in places:
        made = adapter(edition.partition("@")[0])
        passage = made.passage(mirror / made.source.id, locator)
        assert passage, (edition, locator)
        assert passage.strip(), (edition, locator)


def test_a_brief_with_passages_quotes_them_in_its_notes() -> None:
    found = asked("Peru")
    first = next(found.claims())
    text = brief(found, {(first.source, first.locator): "They were received with honour."})
    assert "“They were received with honour.”" in text
    assert "“" not in written("Peru").partition("## Notes")[2]


def test_a_brief_tells_the_latest_visits_and_how_many_there_were() -> None:
    visits, found = told("Peru")["Visits"], asked("Peru").visits
    assert len(visits) == LATEST + 1
    assert len(found) > LATEST
    assert f"{len(found)} visits (" in visits[0]


def test_the_order_of_the_two_names_changes_no_fact() -> None:
    one, other = asked("Peru"), asked(US, "Peru")
    assert {claim.id for claim in one.claims()} == {claim.id for claim in other.claims()}
    assert (one.status.state, one.status.since) == (other.status.state, other.status.since)
    assert one.history == other.history


def test_a_year_is_answered_as_of_its_last_day() -> None:
    assert asked("Peru", US, "1827").status.state is State.ESTABLISHED
    assert asked("Peru", US, "1827-05").status.state is State.ESTABLISHED
    assert asked("Peru", US, "1827-04").status.state is not State.ESTABLISHED


def test_known_by_a_day_before_any_source_spoke_nothing_is_told() -> None:
    found = dossier(shipped(), "Peru", US, None, When.parse("1990"))
    assert list(found.claims()) == []
    text = brief(found)
    assert "from what was published by 1990." in text
    assert "- **Unknown**" in text


def test_a_party_that_was_no_state_is_named_and_whether_it_existed() -> None:
    made = asked("Philippines", US, "1944")
    assert [polity.id for polity in made.status.absent] == ["philippines"]
    assert [life.existed for life in made.lives] == [Certainty.NO, Certainty.YES]


@pytest.mark.parametrize(
    ("one", "other", "as_of", "error"),
    [
        ("Peruu", US, None, UnknownPolity),
        ("Germany", US, "1960", AmbiguousPolity),
        ("Peru", "PER", None, BadPair),
        ("Peru", US, "1826/1830", BadDate),
    ],
)
def test_what_cannot_be_asked_is_refused(one: str, other: str, as_of: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        dossier(shipped(), one, other, When.parse(as_of) if as_of else None)


def test_the_gazetteers_notes_lead_to_polities_that_it_holds() -> None:
    notes = [line for line in told("Peru", US, "1838")["Notes"] if GAZETTEER in line]
    found = [re.search(r"polities\.json#([a-z-]+)", line) for line in notes]
    assert {match[1] for match in found if match} == {"peru", "united-states", "peru-bolivian-confederation"}
