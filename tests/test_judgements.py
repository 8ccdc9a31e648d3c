"""What rules say of claims, kept as claims come; what persons say, and taking it back."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import claim, shipped
from comity.errors import BadJudgement, UnknownClaim
from comity.ledger import View, Writer, own, unjudged, verify
from comity.ledger.save import judge_new, saving
from comity.model import Claim, Document, Judgement, Modality, Participant, Published, PublishedBasis, Verdict, When
from comity.present.shapes import replies
from comity.present.visible import dumps
from comity.query.ask import ask
from comity.query.explain import explain
from comity.query.judgements import register
from comity.query.timeline import judged as judged_of
from comity.query.timeline import timeline
from comity.reading import read
from comity.reconcile.judging import judged, judged_in
from comity.reconcile.verdicts import WORDS, retract, say
from strategies_relations import claims

PAIR = frozenset(("peru", "united-states"))
DAY = date(2026, 1, 1)


def published(day: str) -> Published:
    return Published(When.parse(day), PublishedBasis.STATED)


def mood(**fields: Any) -> Claim:
    """A mood in the present tense, under García."""
    told = {"quote": "Relations are strong under President García.", "participants": (Participant("leader", "García"),)}
    return claim("quality", None, label="strong", **told | fields)


def visit(leader: str, when: str, **fields: Any) -> Claim:
    return claim("visit", when, participants=(Participant("leader", f"President {leader}"),), **fields)


PASSAGE = "Peru and Chile established diplomatic relations in the year 1826."
SIGNED, RATIFIED = (
    claim(f"agreement.{step}", day, label="Pact") for step, day in (("signed", "1866"), ("ratified", "1865"))
)
RULED = {
    "same passage": ("same-as", claim("war", "1836", quote=PASSAGE), claim("war", "1836", quote=PASSAGE, locator="p9")),
    "same event, same voice": ("same-as", claim("war", "1836"), claim("war", "1836", locator="elsewhere")),
    "same event, same date": ("corroborates", claim("war", "1836"), claim("war", "1836", source="annals@1")),
    "same event, finer date": ("refines", claim("war", "1836-05-02"), claim("war", "1836")),
    "happens once, unless undone between": (
        "conflicts", claim("relations.established", "1826"), claim("relations.established", "1827-05-21"),
    ),
    "asserted by one source, denied by another": (
        "conflicts", claim("alliance", "1865"), claim("alliance", "1865", modality=Modality.DENIED, source="annals@1"),
    ),
    "a later step of the same thing": ("conflicts", SIGNED, RATIFIED),
    "act of a state no more": ("conflicts", claim("agreement.signed", "1880", subject="peru-bolivian-confederation")),
    "later edition of the same source": (
        "supersedes",
        claim("war", "1836", published=published("2001")),
        claim("war", "1836", source="guide@2", published=published("2009")),
    ),
    "planned, then told as done": (
        "supersedes",
        claim("agreement.in-force", "2009-01", modality=Modality.PLANNED),
        claim("agreement.in-force", "2009"),
    ),
    "another held the office": ("stale", mood()),
    "the end that was set is past": ("stale", claim("agreement.ended", "2008-12-31", modality=Modality.PLANNED)),
}  # fmt: skip


def holders(polity: str) -> list[Claim]:
    return [visit("García", "2008"), visit("Humala", "2013")] if polity == "peru" else []


@pytest.mark.parametrize("rule", RULED)
def test_each_rule_judges_what_it_is_for_and_signs_it(rule: str) -> None:
    verdict, *told = RULED[rule]
    found = [one for one in judged(told, DAY, holders) if one.by == rule]
    assert [one.verdict.value for one in found] == [verdict]
    assert found[0].by_rule
    assert found[0].first in {one.id for one in told}


@pytest.mark.parametrize(
    "told",
    [
        (claim("war", "1836"), claim("war", "1879")),
        (claim("agreement.ended", "2030", modality=Modality.PLANNED),),
        (claim("agreement.in-force", "2009", modality=Modality.PLANNED),),
        (SIGNED, claim("agreement.ratified", "1865", label="Another Pact")),
        (claim("agreement.signed", "1837", subject="peru-bolivian-confederation"),),
        (mood(participants=(Participant("leader", "Humala"),)),),
        (mood(quote="Relations were strong under President García."),),
    ],
    ids=lambda told: " and ".join(f"{one.relation} {one.when}" for one in told),
)
def test_what_may_be_as_it_is_told_is_not_judged(told: tuple[Claim, ...]) -> None:
    assert list(judged(told, DAY, holders)) == []


@settings(max_examples=20)
@given(st.lists(claims(), max_size=8), st.randoms())
def test_the_order_in_which_claims_come_changes_no_judgement(told: list[Claim], chance: Any) -> None:
    shuffled = told[:]
    chance.shuffle(shuffled)
    assert set(judged(told, DAY)) == set(judged(shuffled, DAY))


def append(url: str, *told: Claim) -> View:
    Writer(url).append(told, source=None, adapter="test 1", who="a test")
    return View(url)


def answered(url: str) -> list[str]:
    """What is answered of the pair of the made-up stories on a few days."""
    view, days = View(url), [When.parse(year) for year in ("1904-06", "1910")]
    asked = [ask(view, "peru", "chile", term, day) for term in ("relations", "recognition", "mission") for day in days]
    return [dumps(replies.Answer.of(one, {})) for one in asked]


@settings(max_examples=6)
@given(st.lists(claims(), min_size=1, max_size=8))
def test_what_rules_say_is_kept_once_with_its_day_and_changes_no_answer(told: list[Claim]) -> None:
    with tempfile.TemporaryDirectory() as url:
        view = append(url, *told)
        before = answered(url)
        made = set(judged(view.claims(), datetime.now(UTC).date()))
        assert judge_new(view, url, judged_in) == len(made)
        kept = View(url).judgements.about(one.id for one in told)
        assert {one.id for one in kept} == {one.id for one in made}
        assert all(one.dated for one in kept)
        assert judge_new(View(url), url, judged_in) == 0
        assert answered(url) == before


@settings(max_examples=8)
@given(st.lists(claims(), min_size=2, max_size=8, unique_by=lambda one: one.id), st.data())
def test_a_persons_word_and_its_retraction_give_back_the_first_answers(told: list[Claim], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as url:
        view = append(url, *told)
        judge_new(view, url, judged_in)
        before = answered(url)
        for made in _words(view, told, data):
            Writer(url).judge([made], who="ana")
            found, back = retract(View(url), made.id, "ana")
            Writer(url).judge([found, back], who="ana")
            assert answered(url) == before


def _words(view: View, told: list[Claim], data: st.DataObject) -> list[Judgement]:
    """A word that a person may say on two of the claims, and one that takes back a rule's, where there are such."""
    first, second = data.draw(st.permutations(told))[:2]
    made = []
    with suppress(BadJudgement):  # the two may be of different kinds, and can't be told to be one
        made.append(say(view, first.id, second.id, data.draw(st.sampled_from(list(WORDS.values()))), "ana"))
    if kept := view.judgements.about(one.id for one in told):
        made.append(retract(view, data.draw(st.sampled_from(kept)).id, "ana")[1])
    return made


def test_what_a_killed_run_left_unjudged_the_next_one_judges(tmp_path: Path) -> None:
    url = str(tmp_path)
    append(url, claim("war", "1836"), claim("war", "1836", source="annals@1"))  # and killed before it judged
    view = append(url, claim("war", "1879"), claim("war", "1879", source="annals@1"))
    assert {one.relation for one in unjudged(url, 1)} == {"war"}
    assert len(unjudged(url, 0)) == 2
    assert judge_new(view, url, judged_in) == len(set(judged(view.claims(), DAY))) > 1
    assert unjudged(url, 1) == []
    versions = len(list((tmp_path / "_judgements" / "_delta_log").glob("*.json")))
    assert judge_new(View(url), url, judged_in) == 0
    assert len(list((tmp_path / "_judgements" / "_delta_log").glob("*.json"))) == versions


def test_a_judgement_and_its_version_are_one_write(tmp_path: Path) -> None:
    url = str(tmp_path)
    told = [claim("war", "1836"), claim("war", "1836", source="annals@1")]
    view = append(url, *told)
    word = say(view, told[0].id, told[1].id, Verdict.DIFFERENT, "ana", "two wars")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert Writer(url).judge([word], who="ana") == 1
    assert len({path for path in tmp_path.rglob("*") if path.is_file()} - before) == 1
    assert [one.id for one in View(url).judgements.overruling()] == [word.id]
    assert View(url, versions={url: 0}).judgements.overruling() == []
    assert verify(url).judgements == 1


def test_a_word_counts_from_the_version_that_holds_it(tmp_path: Path) -> None:
    url = str(tmp_path)
    told = [claim("relations.established", "1826"), claim("relations.established", "1835-01-01", source="annals@1")]
    view = append(url, *told)
    version = view.versions[url]
    on = When.parse("1830")
    assert ask(view, "peru", "chile", "relations", on).status != "established"
    Writer(url).judge([say(view, told[0].id, told[1].id, Verdict.SUPERSEDES, "ana")], who="ana")
    assert ask(View(url), "peru", "chile", "relations", on).status == "established"
    assert ask(View({url: version}), "peru", "chile", "relations", on).status != "established"


def test_every_kind_of_judgement_that_is_listed_can_be_taken_back() -> None:
    found = [one.judgement for one in register(shipped(), ("Cuba", "United States")).judged]
    kinds = {(one.verdict, one.by, shared_voice(one)): one for one in found}
    assert {kind[2] for kind in kinds} == {True, False}
    for one in kinds.values():
        assert retract(shipped(), one.id, "ana")[0].content == one.content


def shared_voice(one: Judgement) -> bool:
    """Whether it tells two works of one publisher apart from two independent ones."""
    works = {held.source.partition("@")[0] for held in shipped().claims(one.claims)}
    return one.verdict is Verdict.SAME_AS and len(works) > 1


def test_what_was_undone_in_between_is_not_said_to_conflict_in_an_explanation() -> None:
    answer = ask(shipped(), "argentina", "united-states", "recognition", When.parse("1945"))
    dates = {str(held.claim.when) for held in explain(shipped(), answer).weighed}
    assert {"1823", "1945-04-19"} <= dates
    assert explain(shipped(), answer).judgements == ()


def test_what_is_judged_of_a_part_of_a_timeline_is_judged_of_the_whole() -> None:
    whole = timeline(shipped(), "Argentina", "United States")
    part = timeline(shipped(), "Argentina", "United States", When.parse("1930"), When.parse("1950"))
    assert set(judged_of(shipped(), part)) < set(judged_of(shipped(), whole))


def test_known_by_a_day_nothing_is_stale_by_what_was_told_later(tmp_path: Path) -> None:
    url = str(tmp_path)
    offices = [
        visit("García", "2008", published=published("2008-12")),
        visit("Humala", "2013", published=published("2014")),
    ]
    append(url, mood(published=published("2008-12")), *offices)
    stale = {}
    for known_by in ("2009", "2015"):
        found = timeline(View(url), "peru", "chile", known_by=When.parse(known_by))
        stale[known_by] = [one.by for one in judged_of(View(url), found)]
    assert stale == {"2009": [], "2015": ["another held the office"]}


def test_two_editions_of_a_page_are_judged_as_they_come(home: Path) -> None:
    kept = "Peru and the United States signed the Peru Trade Agreement (PTA) on April 12, 2006. "
    for day, text in (
        ("2008-12-15", "will enter into force in January 2009."),
        ("2009-12-15", "entered into force in 2009."),
    ):
        document = Document(f"{kept}The PTA {text}", path="page.txt", published=published(day))
        found = read(document)
        with saving(judged_in, "an editor") as ledger:
            ledger.document(document, found)
    view = View(own())
    rules = {one.by for one in view.judgements.about(one.id for one in view.claims())}
    assert {"later edition of the same source", "planned, then told as done"} <= rules


def test_read_and_save_keeps_what_rules_say_of_the_page_and_of_what_is_held_beside_it(shared: Path, home: Path) -> None:
    page = shared / "documents" / "globalsecurity-peru-united-states.txt"
    ran = comity("read", str(page), "--published", "2008-12", "--save")
    assert ran.returncode == 0, ran.stderr
    ids = [one.id for one in View(own()).claims()]
    kept = View(own()).judgements.about(ids)
    assert {one.by for one in kept} >= {
        "same passage", "planned, then told as done", "another held the office",
        "the end that was set is past",
    }  # fmt: skip
    assert all(one.dated and one.by_rule for one in kept)
    assert {id for one in kept for id in one.claims} - set(ids)  # those that the package carries


def test_sources_add_keeps_what_rules_say_of_it(mirror: Path, home: Path) -> None:
    ran = comity("sources", "add", "hsg-visits", "--mirror", str(mirror))
    assert ran.returncode == 0, ran.stderr
    assert View(own()).judgements.count()[1] > 500


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nobody", "e713bfdd", "same"), 'no claim has an id that begins with "nobody"'),
        (("71876557", "e713bfdd", "alike"), '"alike" is not a verdict'),
        (("71876557", "a74e7227", "same"), "they can't state one event"),
        (("71876557", "71876557", "agrees"), "can't be judged against itself"),
        (("retract", "ffffffffffff"), 'no judgement has an id that begins with "ffffffffffff"'),
        (("71876557",), "write comity judge list"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_word_that_can_not_be_is_refused_in_a_sentence_and_nothing_is_kept(
    words: tuple[str, ...], says: str, home: Path
) -> None:
    ran = comity("judge", *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert says in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr
    assert not home.exists()


def test_what_was_taken_back_already_is_not_taken_back_twice(tmp_path: Path) -> None:
    url = str(tmp_path)
    told = [claim("war", "1836"), claim("war", "1836", source="annals@1")]
    view = append(url, *told)
    judge_new(view, url, judged_in)
    (rule,) = View(url).judgements.about([told[0].id])
    Writer(url).judge(retract(View(url), rule.id, "ana"), who="ana")
    with pytest.raises(BadJudgement, match="taken back already, by ana"):
        retract(View(url), rule.id[:8], "ana")
    with pytest.raises(UnknownClaim):
        retract(View(url), "", "ana")


def comity(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from comity.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, env=dict(os.environ), check=False)
