"""Territories and posts: names in their time, successions told once, and posts of the state of the day."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from comity.errors import SkipRecord
from comity.model import Claim
from comity.sources.base import Record
from comity.sources.gazetteer import gazetteer
from comity.sources.gsh import Gsh

US = "united-states"


class Mirrored:
    def __init__(self, folder: Path) -> None:
        self.adapter = Gsh()
        self.records = {record.file: record for record in self.adapter.records(folder)}

    def claims(self, file: str) -> list[Claim]:
        return list(self.adapter.claims(self.records[file]))

    def of(self, file: str, relation: str) -> list[tuple[str, str | None, str | None]]:
        claims = (claim for claim in self.claims(file) if claim.relation == relation)
        return [(claim.subject, claim.object, str(claim.when) if claim.when else None) for claim in claims]

    @property
    def all(self) -> list[Claim]:
        found = []
        for record in self.records.values():
            found += self.read(record)
        return found

    def read(self, record: Record) -> list[Claim]:
        try:
            return list(self.adapter.claims(record))
        except SkipRecord:
            return []


@pytest.fixture(scope="module")
def gsh(mirror: Path) -> Mirrored:
    return Mirrored(mirror / "hsg-gsh")


def test_perus_name_and_what_it_succeeded(gsh: Mirrored) -> None:
    name, succession = gsh.claims("territories/peru.xml")
    assert (name.subject, name.relation, name.label, name.kind) == (
        "peru",
        "statehood.name",
        "Peru",
        "independent state",
    )
    assert str(name.when) == "1821/.."
    assert (succession.subject, succession.relation, succession.object) == (
        "viceroyalty-of-peru", "statehood.succession", "peru",
    )  # fmt: skip
    assert succession.when is None  # the viceroyalty ended in 1824 and Peru began in 1821


def test_the_confederation_is_unknown_to_gsh_and_nothing_is_claimed_of_it(gsh: Mirrored) -> None:
    assert not [claim for claim in gsh.all if "peru-bolivian-confederation" in claim.parties]
    lineage = gazetteer().polity("peru-bolivian-confederation")
    assert set(lineage.predecessors) == set(lineage.successors) == {"bolivia", "peru"}


def test_a_new_name_is_no_new_state(gsh: Mirrored) -> None:
    assert gsh.of("territories/ceylon-1972.xml", "statehood.name") == [("sri-lanka", None, "1948/1972")]
    assert gsh.of("territories/ceylon-1972.xml", "statehood.succession") == []
    assert gsh.of("territories/sri-lanka.xml", "statehood.succession") == []


def test_a_name_that_two_states_bore_is_claimed_for_each_in_its_time(gsh: Mirrored) -> None:
    assert sorted(gsh.of("territories/united-arab-republic-1971.xml", "statehood.name")) == [
        ("egypt", None, "1961/1971"), ("united-arab-republic", None, "1958/1961"),
    ]  # fmt: skip


def test_the_year_of_a_succession_is_the_one_that_both_territories_give(gsh: Mirrored) -> None:
    assert gsh.of("territories/austria-hungary-1918.xml", "statehood.succession") == [
        ("austrian-empire", "austria-hungary", "1867"),
    ]
    assert ("gran-colombia", "colombia", None) in gsh.of("territories/gran-colombia-1830.xml", "statehood.succession")


def test_a_succession_is_told_once_and_by_one_of_its_two_territories(gsh: Mirrored) -> None:
    claims = [claim for claim in gsh.all if claim.relation == "statehood.succession"]
    told = Counter((claim.locator, claim.subject, claim.object) for claim in claims)
    assert len(told) > 400
    assert [pair for pair, times in told.items() if times > 1] == []


def test_a_succession_runs_forward(gsh: Mirrored) -> None:
    backwards = []
    for claim in gsh.all:
        if claim.relation == "statehood.succession" and claim.object:
            first, second = gazetteer().polity(claim.subject), gazetteer().polity(claim.object)
            if first.lifespans and second.lifespans:
                began = min(life.earliest for life in first.lifespans)
                ended = max(life.latest for life in second.lifespans)
                if began > ended:
                    backwards.append((claim.subject, claim.object))
    # The Swazi kingdom fell to Transvaal in 1894 and came again: one polity here, of two territories there.
    assert set(backwards) == {("swaziland", "transvaal")}


def test_a_posts_opening_has_no_rank_that_it_got_later(gsh: Mirrored) -> None:
    opened, closed = gsh.claims("posts/salzburg.xml")
    assert (opened.subject, opened.relation, opened.object, str(opened.when)) == (
        US,
        "mission.opened",
        "austria",
        "1948",
    )
    assert (opened.kind, opened.label) == ("post", "Salzburg")
    assert (closed.relation, closed.kind, str(closed.when)) == ("mission.closed", "consulate general", "1993")
    assert "latest rank" in opened.reason


def test_a_post_belongs_to_the_state_of_its_day(gsh: Mirrored) -> None:
    assert gsh.of("posts/limassol.xml", "mission.opened") == [(US, "ottoman-empire", "1835")]
    assert gsh.of("posts/pesth.xml", "mission.closed") == [(US, "austria-hungary", "1917")]


def test_a_post_opened_before_there_was_a_state_is_left_out_and_said(gsh: Mirrored) -> None:
    with pytest.raises(SkipRecord, match="opened 1817: peru was then no state of its own"):
        gsh.adapter.claims(gsh.records["posts/lima.xml"])
    assert list(gsh.adapter.omissions(gsh.records["posts/tamatave.xml"])) == [
        "closed 1916: madagascar was then no state of its own",
    ]


def test_a_town_is_that_of_its_territory(gsh: Mirrored) -> None:
    lima = gsh.adapter.place("lima", "peru")
    assert lima is not None
    assert lima.name == "Lima"
    assert lima.latitude is not None
    assert lima.latitude < 0
    assert gsh.adapter.place("nowhere", "peru") is None
