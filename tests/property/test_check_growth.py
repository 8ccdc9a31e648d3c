"""Check and its page grow with the text and no faster; what compares less finds what a plain comparison finds."""

from __future__ import annotations

import difflib
import re
import runpy
import time
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from answers import shipped
from comity.ledger import View
from comity.ledger.open import embedded
from comity.model import Certainty, Claim, Document, Modality, Span, When
from comity.present import findings as written
from comity.present.marked import marked
from comity.query.check import RULES, Finding, check
from comity.query.check.duplicate import _repeated
from comity.query.check.finding import EVIDENCE
from comity.query.check.page import Page, PageSentence
from comity.reading import garbled
from comity.reading.text.passages import passages
from comity.reconcile.conflicts import _RIVALS, _life, conflicts
from comity.reconcile.events import Event, _Cluster, _precise_first, _same_event, gather
from comity.reconcile.sequence import _thing, out_of_order
from comity.relations import relation, vocabulary
from comity.sources.gazetteer import gazetteer
from strategies_relations import claims

BENCH = runpy.run_path(str(Path(__file__).resolve().parents[2] / "bench" / "check.py"))
READ = date(2015, 6, 1)
SMALL, TIMES = 6_000, 8
WIDE = 2.5  # eight times the text may take so many times eight times as long; by the square it takes 64 times
# dates of a few years that meet in every way, and claims that say no kind
DATES = st.sampled_from(
    [
        "1902",
        "1903",
        "1902-06",
        "1903-01",
        "1902-06-01",
        "1902-06-30",
        "1902/1903",
        "1902-03/1903-06",
        "1902-06-05/1903",
    ]
)
VAGUE = st.builds(
    lambda claim, when, bare: claim.but(when=When.parse(when), kind=None if bare else claim.kind),
    claims(), DATES, st.booleans(),
)  # fmt: skip
RECOGNIZED = st.builds(
    lambda when, number: Claim("peru", "recognition", "chile", when=When.parse(when), locator=f"#{number}"),
    DATES, st.integers(1, 3),
)  # fmt: skip
TOLD = st.lists(claims() | VAGUE | RECOGNIZED, max_size=25, unique_by=lambda claim: claim.id)


class Counting(View):
    """A ledger that counts how often it is asked."""

    asked = 0

    def _claims(self, name: str, **parameters: object) -> list[Claim]:
        self.asked += 1
        return super()._claims(name, **parameters)


def spent(kind: str, size: int) -> float:
    """Processor seconds of all rules and of marking, on a text of a kind that is read before."""
    document = Document(BENCH["text"](kind, size), path="page.txt")
    page = Page(document, READ, shipped())
    assert page.claims
    begun = time.process_time()
    findings = [finding for rule in RULES for finding in rule.find(page)]
    assert findings
    assert list(marked(document, findings))
    assert list(written.text(document, findings))
    written.patch(document, findings)
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("kind", BENCH["KINDS"])
def test_eight_times_the_text_takes_no_square_of_the_time_to_check_and_mark(kind: str) -> None:
    spent(kind, SMALL)  # what is loaded once is loaded
    # The least of three measurements: another process can only add to one.
    small, large = (min(spent(kind, size) for _ in range(3)) for size in (SMALL, SMALL * TIMES))
    assert large < max(small, 0.02) * TIMES * WIDE


def test_the_ledger_is_asked_once_for_all_pairs_that_a_page_names() -> None:
    def queries(size: int) -> int:
        view = Counting(embedded())
        check(Document(BENCH["text"]("pairs", size)), view, READ)
        return view.asked

    assert queries(400) == queries(4000) == 1


WORDS = st.sampled_from(["Peru", "Chile", "envoy", "left", "Lima", "the", "treaty", "of", "1907"])


@st.composite
def pages(draw: st.DrawFn) -> tuple[PageSentence, ...]:
    """Sentences in paragraphs: a few that are repeated, as often as a run may be shared or not, with changed ends."""
    told = []
    for words in draw(st.lists(st.lists(WORDS, min_size=7, max_size=14), min_size=1, max_size=4)):
        for _ in range(draw(st.sampled_from([1, 2, 11, 12, 13]))):
            change = draw(st.sampled_from([words, ["Bolivia", *words[1:]], [*words[:-1], "x"]]))
            told.append(" ".join(change) + ".")
    return tuple(
        PageSentence(Span(100 * number, 100 * number + len(text)), text, number // 2)
        for number, text in enumerate(told)
    )


def plainly_repeated(
    sentences: tuple[PageSentence, ...],
) -> dict[tuple[int, int], list[tuple[PageSentence, PageSentence]]]:
    """Every two sentences compared: long enough, alike, and with a run of words in common that few others have."""
    words = [re.findall(r"\w+", sentence.text.casefold()) for sentence in sentences]
    runs = [{tuple(held[at : at + 5]) for at in range(len(held) - 4)} if len(held) >= 8 else set() for held in words]
    pairs = defaultdict(list)
    for one, other in combinations(range(len(sentences)), 2):
        shared = any(sum(run in held for held in runs) <= 12 for run in runs[one] & runs[other])
        if shared and fuzz.ratio(" ".join(words[one]), " ".join(words[other])) >= 90:
            pairs[sentences[one].paragraph, sentences[other].paragraph].append((sentences[one], sentences[other]))
    return pairs


@given(pages())
def test_near_duplicates_are_those_that_a_comparison_of_all_sentences_finds(
    sentences: tuple[PageSentence, ...],
) -> None:
    assert _repeated(sentences) == plainly_repeated(sentences)


def plainly_gathered(told: list[Claim]) -> set[tuple[str, ...]]:
    """Claims gathered by asking every cluster of each: the ids of each event's claims."""
    clusters: list[_Cluster] = []
    for claim in sorted(told, key=_precise_first):
        symmetric = relation(claim.relation).symmetric
        same = [
            cluster
            for cluster in clusters
            if (cluster.claims[0].relation, cluster.claims[0].modality) == (claim.relation, claim.modality)
            and cluster.claims[0].participants[:1] == claim.participants[:1]
            and (symmetric or cluster.claims[0].subject == claim.subject)
        ]
        home = next((cluster for cluster in same if _same_event(_every(cluster), claim, {})), None)
        if home is None:
            clusters.append(home := _Cluster([]))
        home.claims.append(claim)
    return {tuple(claim.id for claim in cluster.claims) for cluster in clusters}


def _every(cluster: _Cluster) -> _Cluster:
    """A cluster of which every member is asked whether its kind agrees."""
    return _Cluster(cluster.claims, {(claim.id,): claim for claim in cluster.claims})


@given(TOLD)
def test_claims_are_gathered_as_by_asking_every_cluster(told: list[Claim]) -> None:
    assert {tuple(claim.id for claim in event.claims) for event in gather(told)} == plainly_gathered(told)


def plainly_twice(events: list[Event]) -> list[tuple[str, frozenset[str]]]:
    """Every two events of what happens once with dates that can't be one, where nothing between undid the first."""
    pairs = []
    asserted = [event for event in events if event.modality is Modality.ASSERTED and event.when]
    for about, undone_by in ((term.id, term.undone_by) for term in vocabulary() if term.undone_by is not None):
        for first, second in combinations([event for event in asserted if event.relation == about], 2):
            one = relation(about).symmetric or (first.subject, first.kind) == (second.subject, second.kind)
            if (
                one
                and (about != "war" or _declared_within_a_year(first.when, second.when))
                and first.when.overlaps(second.when) is Certainty.NO
                and not _undone(first, second, undone_by, events)
            ):
                pairs.append((about, frozenset((first.claims[0].id, second.claims[0].id))))
    return pairs


def _declared_within_a_year(first: When, second: When) -> bool:
    """Whether two dates of war may be tellings of one declaration: an interval is a war, and so are days far apart."""
    return not (first.is_interval or second.is_interval) and abs((first.earliest - second.earliest).days) <= 366


def _undone(first: Event, second: Event, undone_by: tuple[str, ...], events: list[Event]) -> bool:
    earlier, later = sorted((first.when, second.when), key=lambda when: when.earliest)
    if any(_life(gazetteer().polity(p), earlier) != _life(gazetteer().polity(p), later) for p in first.parties):
        return True
    undoing = [event for event in events if event.relation in undone_by and event.modality is Modality.ASSERTED]
    if first.relation == "recognition" and (later.earliest - earlier.latest).days > 366:
        undoing += [event for event in events if event.relation in ("relations.established", "mission.opened")]
    return any(e.when and e.when.latest >= earlier.earliest and e.when.earliest <= later.latest for e in undoing)


def plainly_denied(events: list[Event]) -> list[tuple[str, frozenset[str]]]:
    """Every assertion that lies within the time of a denial of the same."""
    pairs = []
    for denial in (event for event in events if event.modality is Modality.DENIED and event.when):
        for event in (event for event in events if event.modality is Modality.ASSERTED and event.when):
            sides = relation(event.relation).symmetric or event.subject == denial.subject
            same = event.relation == denial.relation and sides
            if same and event.when.during(denial.when) is Certainty.YES:
                pairs.append((event.relation, frozenset((event.claims[0].id, denial.claims[0].id))))
    return pairs


@given(TOLD)
def test_contradictions_are_those_that_a_comparison_of_all_events_finds(told: list[Claim]) -> None:
    events = gather(told)
    few = Counter((event.relation, event.modality, event.subject) for event in events)
    if max(few.values(), default=0) * 2 > _RIVALS:
        return
    ids = [(c.about, frozenset((c.preferred.claims[0].id, c.other.claims[0].id))) for c in conflicts(events)]
    assert ids == plainly_twice(events) + plainly_denied(events)


def test_of_many_tellings_of_one_act_each_is_still_contradicted() -> None:
    told = [
        Claim("peru", "recognition", "chile", when=When.parse(f"18{30 + number}"), source=f"a{number}@1", locator="#1")
        for number in range(3 * _RIVALS)
    ]
    contradictions = conflicts(gather(told))
    assert len(contradictions) < len(told) * _RIVALS
    at_odds = {claim.id for c in contradictions for event in (c.preferred, c.other) for claim in event.claims}
    assert at_odds == {claim.id for claim in told}


@given(TOLD)
def test_steps_out_of_order_are_those_that_a_comparison_of_all_steps_finds(told: list[Claim]) -> None:
    events = gather(told)
    steps = [e for e in events if e.when and e.modality is Modality.ASSERTED and _thing(e) is not None]

    def before(event: Event, later: Event) -> bool:
        ranks = {each.kind for each in (event, later) if each.kind}
        ranked = not later.relation.startswith("envoy.") or len(ranks) < 2
        same = (_thing(event), event.parties) == (_thing(later), later.parties)
        return same and event.relation in relation(later.relation).presupposes and ranked

    plain = []
    for later in steps:
        sooner = [event for event in steps if before(event, later)]
        if sooner and all(later.when.before(event.when) is Certainty.YES for event in sooner):
            plain.append((sooner[0].claims, later.claims))
    assert sorted(plain, key=str) == sorted(
        ((c.preferred.claims, c.other.claims) for c in out_of_order(events)), key=str
    )


@pytest.mark.parametrize(
    ("rule", "borne_out", "line"),
    [
        ("planned-past", "Peru and Chile signed the Treaty of Lima in March 2009, as {} say.",
         "Peru and Chile will sign the Treaty of Lima in March 2009."),
        ("conflict-date", "Peru recognized Chile on May 2, 1850, as {} say.", "Peru recognized Chile in 1852."),
    ],
)  # fmt: skip
def test_a_finding_shows_no_more_evidence_than_anyone_reads(rule: str, borne_out: str, line: str) -> None:
    sentences = " ".join(borne_out.format(number) for number in range(EVIDENCE + 10))
    findings = check(Document(f"{sentences}\n\n{line}"), shipped(), READ)
    [finding] = [finding for finding in findings if finding.rule == rule]
    assert len(finding.evidence) == EVIDENCE


PAGE = Document(
    "Peru signed it. It was a treaty of peace.\n\nJoin our mailing list\n\nChile left in 1907, and nobody came after."
)
PLACES = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 110), st.integers(1, 60))


@given(st.lists(st.lists(PLACES, min_size=1, max_size=3), max_size=8))
def test_marks_are_those_that_a_look_at_every_finding_for_every_letter_gives(drawn: list[list[Span]]) -> None:
    findings = [Finding("imprecise-now", tuple(spans), words=("now",)) for spans in drawn]
    for passage, mark in zip(passages(PAGE), marked(PAGE, findings), strict=True):
        assert "".join(run.text for run in mark.runs) == passage.text
        letters = [run.within for run in mark.runs for _ in run.text]
        for offset, within in zip(passage.offsets, letters, strict=True):
            at = Span(offset, offset + 1)
            assert within == tuple(n for n, f in enumerate(findings, 1) if any(s.contains(at) for s in f.spans))
    begun = [number for mark in marked(PAGE, findings) for run in mark.runs for number in run.begun]
    assert len(begun) == len(set(begun))


@given(
    st.lists(st.sampled_from(["one", "two", "three"]), min_size=20, max_size=40),
    st.sets(st.integers(0, 39), max_size=8),
    st.booleans(),
)
def test_a_patch_is_the_difference_between_the_text_and_what_is_suggested(
    words: list[str], changed: set[int], ends: bool
) -> None:
    lines = [f"{number} {word}" for number, word in enumerate(words)]
    text = "\n".join(lines) + ("\n" if ends else "")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    findings = [
        Finding(
            "garbled", (Span(starts[n] + len(lines[n]) - 1, starts[n] + len(lines[n])),), words=("w",), suggestion="X"
        )
        for n in changed
        if n < len(lines)
    ]
    mended = "\n".join(f"{line[:-1]}X" if number in changed else line for number, line in enumerate(lines))
    plain = difflib.unified_diff(
        text.splitlines(True), (mended + ("\n" if ends else "")).splitlines(True), "a/page.txt", "b/page.txt"
    )
    whole = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in plain)
    assert written.patch(Document(text, path="page.txt"), findings) == whole


def test_words_are_as_frequent_as_the_lists_say() -> None:
    from wordfreq import get_frequency_dict

    for language in ("en", "es"):
        whole = get_frequency_dict(language, "best")
        assert all(garbled._frequency(word, language) == often for word, often in whole.items())
    assert garbled._frequency("nosuchwordatall", "en") == 0


def test_a_page_without_odd_words_reads_no_language_but_english() -> None:
    for known in (garbled._words, garbled._lost):
        known.cache_clear()
    assert not garbled.suggestions(Document("Peru recognized Chile on May 2, 1826, and the treaty was signed in Lima."))
    assert garbled._words.cache_info().currsize == 1
    assert garbled._lost.cache_info().currsize == 0
