"""A timeline: all that is told of a pair, in order, between the days asked for."""

from __future__ import annotations

import json
from functools import partial

import pytest

from answers import ids, shipped
from comity.errors import BadDate, UnknownPolity
from comity.model import When
from comity.present import answer
from comity.present.shapes import replies
from comity.present.visible import dumps
from comity.query.timeline import Timeline
from comity.query.timeline import timeline as ordered

TIMELINE = {"subject", "object", "from", "to", "known_by", "choices", "events", "claims"}
EVENT = {"relation", "subject", "object", "kind", "label", "when", "modality", "sentence", "claims", "support"}


def told(begin: str | None = None, end: str | None = None, known_by: str | None = None) -> Timeline:
    whens = [text and When.parse(text) for text in (begin, end, known_by)]
    return partial(ordered, shipped(), "Peru", "United States")(*[when or None for when in whens])


def test_a_timeline_of_peru_tells_the_milestones_in_order() -> None:
    found = [(event.relation, event.when.edtf) for event in told().events if event.when]
    milestones = [
        ("recognition", "1826-05-02"),
        ("relations.established", "1826"),
        ("relations.established", "1827-05-21"),
        ("mission.opened", "1827-05-21"),
        ("mission.opened", "1846"),
        ("mission.raised", "1920-04-24"),
    ]
    assert [one for one in found if one in milestones] == milestones


def test_a_vague_date_stands_behind_the_days_within_it_and_the_undated_last() -> None:
    found = told().events
    dated = [event.when.begin_latest for event in found if event.when]
    assert dated == sorted(dated)
    assert all(event.when is None for event in found[len(dated) :])


def test_bounds_keep_what_may_have_happened_within_them_both_days_included() -> None:
    dates = [event.when.edtf for event in told("1826-05-02", "1827-05-21").events if event.when]
    assert dates[0] == "1826-05-02"
    assert {"1826", "1826-05-02", "1827-05-21"} <= set(dates)
    assert not [event for event in told("1826-05-03", "1827-05-20").events if event.when and "-" in event.when.edtf]
    for event in told("1850", "1900").events:
        assert event.when
        assert event.when.latest.year >= 1850
        assert event.when.earliest.year <= 1900


def test_parts_of_a_timeline_put_together_are_the_whole_of_what_is_dated() -> None:
    dated = [event for event in told().events if event.when]
    before, after = told(None, "1899-12-31").events, told("1900-01-01").events
    assert {id_of(event) for event in (*before, *after)} == {id_of(event) for event in dated}


def id_of(event: object) -> str:
    return repr(event)


def test_an_open_bound_leaves_undated_events_out() -> None:
    assert all(event.when for event in (*told("1800").events, *told(None, "2100").events))


def test_an_end_before_the_beginning_and_a_name_of_nobody_are_refused() -> None:
    with pytest.raises(BadDate, match="the end 1800 is before the beginning 1900"):
        told("1900", "1800")
    with pytest.raises(UnknownPolity):
        ordered(shipped(), "Peruu", "United States")


def test_known_by_a_day_before_any_source_spoke_there_is_nothing() -> None:
    assert told(known_by="1990").events == ()


def test_the_json_of_a_timeline_holds_every_claim_that_its_events_name() -> None:
    made = json.loads(dumps(replies.Timeline.of(told("1820", "1930"))))
    assert set(made) == TIMELINE
    assert (made["subject"], made["object"], made["from"], made["to"]) == ("peru", "united-states", "1820", "1930")
    assert made["events"]
    assert all(set(event) == EVENT for event in made["events"])
    assert set(ids(made["events"])) == set(made["claims"])


def test_the_text_of_a_timeline_is_an_event_a_line_with_notes_that_all_exist() -> None:
    found = told()
    lines = answer.timeline(found).splitlines()
    assert lines[0] == f"Peru and the United States: {len(found.events)} events"
    body, notes = lines[1 : lines.index("notes:")], lines[lines.index("notes:") :]
    assert len(body) == len(found.events)
    assert all("[" in line for line in body)
    numbers = {line.strip().partition("]")[0].removeprefix("[") for line in notes if line.startswith("  [")}
    cited = {number for line in body for number in _numbers(line)}
    assert cited == numbers


def _numbers(line: str) -> list[str]:
    return [part.partition("]")[0] for part in line.split("[")[1:]]
