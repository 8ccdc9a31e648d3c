"""What is told of a leader's government without a date has the time of that leader in office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.ledger import View, Writer
from comity.model import Claim, Participant, Published, PublishedBasis, When
from comity.present.event_sentences import sentence
from comity.query.ask import Answer, ask
from comity.reconcile.administrations import administered
from comity.reconcile.events import gather

TERMS = (
    ("peru", "Alan García Pérez", "1985-07-28/1990-07-28"),
    ("peru", "Fujimori", "1990-07-28/2000-11-22"),
    ("peru", "Alan García Pérez", "2006-07-28/2011-07-28"),
    ("united-states", "George W. Bush", "2001-01-20/2005-01-20"),
    ("united-states", "George W. Bush", "2005-01-20/2009-01-20"),
    ("chile", "Fujimori", "1950/1960"),
)


def term(polity: str, name: str, when: str) -> Claim:
    return Claim(polity, "leader", label=name, kind="president", when=When.parse(when), source="terms@1", locator=when)


def mood(leader: str, said: str = "Relations were good.", published: str | None = None, kind: str = "good") -> Claim:
    day = Published(When.parse(published), PublishedBasis.GIVEN) if published else Published()
    who = (Participant("leader", leader),)
    return Claim(
        "peru", "quality", "united-states", kind=kind, participants=who, source="page@1", locator=leader, quote=said,
        published=day,
    )  # fmt: skip


def view(folder: Path, *moods: Claim) -> View:
    claims = [*moods, *(term(*each) for each in TERMS)]
    Writer(str(folder)).append(claims, source=None, adapter="test 1", who="a test")
    return View(str(folder))


def asked(held: View, day: str) -> Answer:
    return ask(held, "peru", "united-states", "quality", When.parse(day))


@pytest.mark.parametrize(
    ("day", "certainty"),
    [("1995-01-01", "yes"), ("1990-07-27", "unknown"), ("2000-11-22", "yes"), ("2001", "not covered")],
)
def test_a_mood_under_a_leader_holds_while_that_leader_was_in_office(tmp_path: Path, day: str, certainty: str) -> None:
    assert asked(view(tmp_path, mood("Fujimori")), day).certainty == certainty


def test_terms_that_follow_each_other_are_one_administration(tmp_path: Path) -> None:
    answer = asked(view(tmp_path, mood("Bush")), "2004-06-01")
    assert (answer.certainty, str(answer.since), str(answer.until)) == ("yes", "2001-01-20", "2009-01-20")


def test_of_two_times_in_office_the_source_does_not_say_which(tmp_path: Path) -> None:
    held = view(tmp_path, mood("Garcia"))
    assert [asked(held, day).certainty for day in ("1987", "1995", "2008")] == ["possibly", "unknown", "possibly"]
    told = sentence(asked(held, "2008").evidence[0])
    assert "28 July 1985 to 28 July 1990 or 28 July 2006 to 28 July 2011" in told
    assert "does not say which" in told


@pytest.mark.parametrize(
    ("published", "said", "day"),
    [
        ("1988-03", "Relations were good.", "1987"),  # the second time was still to come
        ("2008-03", "Relations are good.", "2008"),  # told as so when it was published
    ],
)
def test_the_day_of_publication_tells_which_is_meant(tmp_path: Path, published: str, said: str, day: str) -> None:
    held = view(tmp_path, mood("Garcia", said, published))
    assert asked(held, day).certainty == "yes"
    assert asked(held, "1987").certainty == ("yes" if day == "1987" else "unknown")
    assert asked(held, "2008").certainty == ("yes" if day == "2008" else "not covered")


def test_after_its_time_a_mood_is_the_last_known(tmp_path: Path) -> None:
    after = asked(view(tmp_path, mood("Fujimori")), "2005")
    assert (after.status, after.covered_until) == ("good (last known)", date(2000, 11, 22))


def test_two_moods_of_a_day_are_both_told(tmp_path: Path) -> None:
    held = view(tmp_path, mood("Fujimori", kind="strained"), mood("Fujimori", kind="cooperative"))
    assert set(asked(held, "1995").status.split(", ")) == {"strained", "cooperative"}


def test_the_source_keeps_its_words_and_its_claim_has_no_date() -> None:
    claim = mood("Fujimori")
    (event,) = administered(gather([claim]), [term(*each) for each in TERMS])
    assert event.claims == (claim,)
    assert claim.when is None
    assert event.terms[0].locator == "1990-07-28/2000-11-22"
    assert sentence(event).endswith("under Fujimori, whose time in office was 28 July 1990 to 22 November 2000.")


def test_a_leader_of_whom_no_source_tells_gives_no_date() -> None:
    (event,) = administered(gather([mood("Leguía")]), [term(*each) for each in TERMS])
    assert (event.when, event.terms) == (None, ())
