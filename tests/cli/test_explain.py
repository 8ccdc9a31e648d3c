"""What an answer rests on, and what would change it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from answers import shipped
from comity.ledger import View, Writer
from comity.model import Claim, Judgement, Verdict, When
from comity.query.ask import Answer, ask
from comity.query.explain import Weight, Without, explain

ASKED = [
    ("peru", "united-states", "relations", "1826-12-01"),
    ("texas", "united-states", "relations", "1840"),
    ("cuba", "united-states", "relations", "1970"),
    ("germany", "united-states", "relations", "1943-06-01"),
    ("united-states", "peru", "mission", "1900"),
    ("united-states", "texas", "recognition", "1837-05"),
]


def said(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.certainty, answer.since, answer.until


@cache
def last_claims() -> tuple[Claim, ...]:
    """The last claim of each source and relation, of none of the polities asked about with the United States."""
    last: dict[tuple[str, str], Claim] = {}
    partners = {name for one, other, *_ in ASKED for name in (one, other)} - {"united-states"}
    beginnings = ((claim.when.begin_latest, claim) for claim in shipped().claims() if claim.when)
    for _, claim in sorted(beginnings, key=lambda each: each[0]):
        if not claim.parties & partners:
            last[claim.source, claim.relation] = claim
    return tuple(last.values())


def ledger_without(change: Without, folder: Path) -> View:
    """The shipped claims of the pair and their kin, but for those that a change leaves out.

    Of all others the last of each source and relation stands for what the source covers.
    """
    claims = [claim for held in change.answer.pair.beside.values() for claim in held]
    assert all(change.id not in (claim.id, claim.source) for claim in claims)
    covering = [claim for claim in last_claims() if change.id not in (claim.id, claim.source)]
    Writer(str(folder)).append([*claims, *covering], source=None, adapter="test 1", who="a test")
    return View(str(folder))


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_what_an_explanation_says_would_change_it_does(asked: tuple[str, str, str, str], tmp_path: Path) -> None:
    one, other, relation, day = asked
    answer = ask(shipped(), one, other, relation, When.parse(day))
    for number, change in enumerate(explain(shipped(), answer).changes):
        view = ledger_without(change, tmp_path / str(number))
        found = ask(view, one, other, relation, When.parse(day))
        assert said(found) == said(change.answer) != said(answer)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_every_claim_of_the_evidence_is_weighed_once_and_the_leading_one_first(
    asked: tuple[str, str, str, str],
) -> None:
    one, other, relation, day = asked
    answer = ask(shipped(), one, other, relation, When.parse(day))
    weighed = explain(shipped(), answer).weighed
    ids = [held.claim.id for held in weighed]
    assert ids[0] == answer.evidence[0].claims[0].id
    assert weighed[0].weight is Weight.LEADS
    assert len(ids) == len(set(ids))
    told = {claim.id for event in answer.evidence for claim in event.evidence}
    against = {claim.id for found in answer.conflicts for claim in found.other.evidence}
    assert told | against | {found.preferred.claims[0].id for found in answer.conflicts} == set(ids)


def test_of_what_no_source_tells_any_claim_would_change_the_answer() -> None:
    found = explain(shipped(), ask(shipped(), "chile", "nepal", "relations"))
    assert (found.weighed, found.judgements, found.changes) == ((), (), ())
    assert "relations.established" in found.turning


def test_a_persons_judgement_is_among_what_would_change_it(tmp_path: Path) -> None:
    claims = [
        Claim("peru", "relations.established", "chile", when=When.parse(day), source=source)
        for day, source in (("1826", "guide@1"), ("1835", "annals@1"))
    ]
    writer = Writer(str(tmp_path))
    done = writer.append(claims, source=None, adapter="test 1", who="a test")
    before = ask(View(str(tmp_path)), "peru", "chile", "relations", When.parse("1830"))
    first, second = (claims[1], claims[0]) if before.status == "established" else (claims[0], claims[1])
    writer.record([Judgement(Verdict.SUPERSEDES, first.id, second.id, "relations.established", "ana")], done.version)
    view = View(str(tmp_path))
    after = ask(view, "peru", "chile", "relations", When.parse("1830"))
    assert said(after) != said(before)
    changes = explain(view, after).changes
    assert [said(one.answer) for one in changes if one.kind == "judgement"] == [said(before)]


@pytest.mark.parametrize(
    "words",
    [("ask", "Peru", "USA", "relations", "--as-of", "1826-12-01"), ("brief", "Peru", "USA", "--as-of", "1826-12-01")],
)
def test_the_command_explains_for_a_person_and_for_a_program(words: tuple[str, ...], tmp_path: Path) -> None:
    text = comity(*words, "--explain", home=tmp_path)
    told = json.loads(comity(*words, "--explain", "--format", "json", home=tmp_path))
    explained = told["explanation"]
    assert "hat would change it:" in text
    for one in explained["weighed"]:
        assert one["claim"] in explained["claims"]
        assert one["claim"][:8] in text
    assert [one["certainty"] for one in explained["changes"]] == ["unknown", "possibly"]
    assert "hat would change it:" not in comity(*words, home=tmp_path)


def test_a_timeline_explained_names_the_claims_of_each_event(tmp_path: Path) -> None:
    words = ("timeline", "Texas", "USA", "--to", "1837")
    told = json.loads(comity(*words, "--format", "json", "--explain", home=tmp_path))
    text = comity(*words, "--explain", home=tmp_path)
    assert all(id[:8] in text for id in told["claims"])
    assert {one["verdict"] for one in told["judgements"]} >= {"refines"}


def comity(*words: str, home: Path) -> str:
    command = [sys.executable, "-c", "from comity.cli import main; main()", *words]
    environment = {**os.environ, "COMITY_HOME": str(home)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
