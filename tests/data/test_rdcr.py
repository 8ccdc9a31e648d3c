"""What the timeline heads of the guide to recognition and relations say, as a table and as the mirror has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import SkipRecord
from comity.model import Claim, Document, PublishedBasis, When
from comity.relations import vocabulary
from comity.sources.rdcr import Rdcr
from comity.sources.rdcr_heads import Phrase, agrees, marked, phrases, sayings, undated
from comity.sources.rdcr_parties import hosted, party, spoken

US = "united-states"
Told = dict[str, list[Claim]]


@pytest.fixture(scope="module")
def told(mirror: Path) -> Told:
    """The claims of every record, by its locator without `articles/` and `.xml`."""
    adapter, found = Rdcr(), {}
    for record in adapter.records(mirror / "hsg-rdcr"):
        try:
            found[short(record.locator)] = list(adapter.claims(record))
        except SkipRecord:
            continue
    return found


@pytest.fixture(scope="module")
def prose(mirror: Path) -> dict[str, Document]:
    adapter = Rdcr()
    documents = (one for record in adapter.records(mirror / "hsg-rdcr") for one in adapter.documents(record))
    return {short(document.locator): document for document in documents}


def short(locator: str) -> str:
    return locator.removeprefix("articles/").replace(".xml#", "#")


def facts(claims: list[Claim]) -> list[tuple[str, str, str | None, str, str | None]]:
    return [(c.subject, c.relation, c.object, str(c.when), c.kind) for c in claims]


def article(told: Told, name: str) -> list[tuple[str, str, str | None, str, str | None]]:
    return [fact for locator, claims in told.items() if locator.startswith(f"{name}#") for fact in facts(claims)]


# the table of phrases


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.relation}-{phrase.acts}")
def test_a_phrase_says_its_examples_and_none_of_its_counters(phrase: Phrase) -> None:
    assert phrase.examples
    assert phrase.counters
    for example in phrase.examples:
        assert says(phrase, example), example
        read = [saying.phrase for saying in sayings(example, *phrase.sections[:1])]
        assert read == [phrase], f"{example}: another rule reads it first"
    for counter in phrase.counters:
        assert not says(phrase, counter), counter


def says(phrase: Phrase, head: str) -> bool:
    return phrase.match(head.removeprefix("The ")) is not None


def test_a_phrase_speaks_the_vocabulary() -> None:
    assert {phrase.relation for phrase in phrases()} <= {term.id for term in vocabulary()}
    assert {phrase.acts for phrase in phrases()} == {"us", "other", "both", "polity"}


def test_no_phrase_is_keyed_to_one_state() -> None:
    states = ("peru", "norway", "germany", "libya", "cuba", "yemen")
    patterns = [pattern.pattern.lower() for phrase in phrases() for pattern in (*phrase.says, *phrase.barred)]
    assert [(state, pattern) for state in states for pattern in patterns if state in pattern] == []


# dates


@pytest.mark.parametrize(
    ("head", "said", "whens"),
    [
        ("Recognition, 1826.", "Recognition", ["1826"]),
        ("Embassy opens, May 29, 1794.", "Embassy opens", ["1794-05-29"]),
        ("Relations Interrupted, 1838-40.", "Relations Interrupted", ["1838/1840"]),
        ("Relations Interrupted, 1937–1941.", "Relations Interrupted", ["1937/1941"]),
        ("Recognition, 1824 & 1849.", "Recognition", ["1824", "1849"]),
        ("Consulate at Tunis, 1795 to 1956 (with interruptions).", "Consulate at Tunis", ["1795/1956"]),
        ("Consulate in Muscat, 1880 until 1915.", "Consulate in Muscat", ["1880"]),
        ("It was opened on July 13, 1832 in Baden-Baden.", "It was opened in Baden-Baden", ["1832-07-13"]),
        ("Additional Article to Convention of 1827, 1828.", "Additional Article to Convention of 1827", ["1828"]),
        ("1854 Compact.", "Compact", ["1854"]),
        ("Payment under the Convention of October 14, 1832.", None, []),
        ("German Unification.", "German Unification", []),
    ],
)  # fmt: skip
def test_a_heads_date_is_what_its_text_gives(head: str, said: str | None, whens: list[str]) -> None:
    dated = undated(head)
    assert [when.edtf for when in dated.whens] == whens
    assert said is None or dated.words == said


def test_the_markup_refines_a_date_and_never_replaces_it() -> None:
    day, other = marked({"when": "1992-04-07"}), marked({"when": "1933"})
    assert day is not None
    assert other is not None
    assert agrees(day, When.parse("1992"))
    assert not agrees(other, When.parse("1993"))
    assert marked({"when": "1835", "to": "1947"}) is None
    assert marked({"when": "19933"}) is None


def test_a_wrong_date_of_the_markup_is_reported_and_the_text_believed(told: Told, mirror: Path) -> None:
    (claim,) = told["eritrea#recognition/1"]
    assert (str(claim.when), claim.confidence) == ("1993", 0.9)
    assert 'when="1933"' in claim.reason
    (omission,) = omissions(mirror, "articles/eritrea.xml#recognition/1")
    assert 'when="1933" where its text says 1993; the text is believed' in omission


def test_a_text_more_precise_than_its_markup_is_no_contradiction(told: Told) -> None:
    (claim,) = told["monaco#diplomatic_relations/1"]
    assert (str(claim.when), claim.confidence) == ("2006-12", 1.0)


def omissions(mirror: Path, locator: str) -> tuple[str, ...]:
    adapter = Rdcr()
    record = next(one for one in adapter.records(mirror / "hsg-rdcr") if one.locator == locator)
    return adapter.outcome(record).omissions


# the facts that a reader will look for


def test_perus_heads(told: Told) -> None:
    assert article(told, "peru") == [
        (US, "recognition", "peru", "1826", None),
        (US, "recognition", "peru-bolivian-confederation", "1838", None),
        ("peru", "relations.established", US, "1827", None),
        (US, "mission.opened", "peru", "1827", "legation"),
        ("peru", "mission.opened", US, "1846", "legation"),
        (US, "mission.raised", "peru", "1920", "embassy"),
    ]
    assert told["peru#diplomatic-relations/1"][1].label == "Lima"


def test_cubas_heads(told: Told) -> None:
    assert article(told, "cuba") == [
        (US, "recognition", "cuba", "1902", None),
        ("cuba", "relations.established", US, "1902", None),
        (US, "mission.opened", "cuba", "1902", "legation"),
        (US, "mission.raised", "cuba", "1923", "embassy"),
        ("cuba", "relations.severed", US, "1961", None),
        (US, "mission.opened", "cuba", "1977", "interests section"),
        ("cuba", "relations.resumed", US, "2015", None),
        (US, "mission.opened", "cuba", "2015", "embassy"),
    ]


def test_texas_and_hawaii_while_they_were_states(told: Told) -> None:
    assert article(told, "texas")[:4] == [
        (US, "recognition", "texas", "1837", None),
        ("texas", "relations.established", US, "1837", None),
        (US, "mission.opened", "texas", "1837", "legation"),
        ("texas", "relations.severed", US, "1846", None),
    ]
    assert article(told, "hawaii")[:5] == [
        (US, "recognition", "hawaii", "1826", None),
        ("hawaii", "relations.established", US, "1853", None),
        (US, "mission.opened", "hawaii", "1853", "legation"),
        ("hawaii", "relations.severed", US, "1898", None),
        (US, "mission.closed", "hawaii", "1898", "legation"),
    ]


def test_irans_heads(told: Told) -> None:
    assert article(told, "iran") == [
        (US, "recognition", "iran", "1850", None),
        ("iran", "recognition", US, "1850", None),
        ("iran", "relations.established", US, "1883", None),
        (US, "mission.opened", "iran", "1883", "legation"),
        ("iran", "relations.severed", US, "1980", None),
    ]


def test_libyas_heads(told: Told) -> None:
    heads = article(told, "libya")
    assert heads[0] == ("libya", "recognition", US, "1786-02/1796-11-04", None)  # "Tripolitan Recognition of the …"
    assert heads[1] == (US, "recognition", "libya", "1951", None)
    assert heads[-4:] == [
        (US, "mission.closed", "libya", "2011-02-25", "embassy"),
        (US, "mission.opened", "libya", "2011-09-22", "embassy"),
        (US, "envoy.departed", "libya", "2012-09-11", "Ambassador"),
        (US, "mission.closed", "libya", "2014-07-26", "embassy"),
    ]


def test_germanys_heads_name_the_germany_of_their_time(told: Told) -> None:
    heads = article(told, "germany")
    assert ("prussia", "relations.established", US, "1797", None) in heads
    assert (US, "mission.opened", "prussia", "1797", "mission") in heads
    assert (US, "war", "germany", "1917", None) in heads
    assert ("germany", "relations.severed", US, "1941", None) in heads
    assert ("german-democratic-republic", "relations.established", US, "1974", None) in heads
    assert not [fact for fact in heads if "west-germany" in fact and fact[3] == "1974"]


def test_the_german_democratic_republic_has_an_embassy_from_1974(told: Told) -> None:
    assert set(article(told, "german-democratic-republic")) == {
        (US, "recognition", "german-democratic-republic", "1974", None),
        ("german-democratic-republic", "relations.established", US, "1974", None),
        (US, "mission.opened", "german-democratic-republic", "1974", "embassy"),
    }


# direction, and heads that say several things


def test_who_recognizes_whom(told: Told) -> None:
    assert facts(told["morocco#recognition/1"]) == [("morocco", "recognition", US, "1786", None)]
    assert facts(told["netherlands#recognition/1"]) == [("netherlands", "recognition", US, "1782", None)]
    assert facts(told["baden#recognition/1"]) == [
        (US, "recognition", "baden", "1832", None), ("baden", "recognition", US, "1832", None),
    ]  # fmt: skip


def test_who_severed_relations_is_the_subject(told: Told) -> None:
    assert told["equatorial-guinea#diplomatic_relations/3"][0].subject == US
    assert told["panama#diplomatic-relations/8"][0].subject == "panama"


def test_a_clause_that_names_nobody_means_the_state_that_another_clause_names(told: Told) -> None:
    parties = {claim.parties for claim in told["mali#diplomatic-relations/2"]}
    assert parties == {frozenset({US, "federation-of-mali"})}


def test_two_states_in_one_head_keep_each_their_own_clause(told: Told) -> None:
    assert facts(told["china#diplomatic_relations/16"]) == [
        ("china", "relations.established", US, "1979", None), ("taiwan", "relations.severed", US, "1979", None),
    ]  # fmt: skip
    assert facts(told["russia#diplomatic-relations/9"]) == [
        ("soviet-union", "statehood.dissolution", None, "1991", None), (US, "recognition", "russia", "1991", None),
    ]  # fmt: skip


def test_a_clause_does_not_swallow_the_next(told: Told) -> None:
    closed, severed = told["iraq#diplomatic-relations/8"]
    assert (closed.relation, closed.label) == ("mission.closed", "Baghdad")
    assert severed.relation == "relations.severed"


def test_a_capital_is_no_other_state_of_its_name(told: Told) -> None:
    opened = told["bahamas#diplomatic_relations/1"][1]
    assert (opened.object, opened.label) == ("bahamas", "Nassau")


def test_the_embassy_at_taipei_was_one_to_the_republic_of_china(told: Told) -> None:
    assert told["china#diplomatic_relations/17"][0].object == "taiwan"


def test_a_legation_in_exile_stays_one_to_the_exiled(told: Told) -> None:
    assert [(claim.object, claim.label) for claim in told["greece#diplomatic-relations/2"]] == [
        ("greece", "Athens"), ("greece", "London"),
    ]  # fmt: skip


def test_the_half_of_a_divided_state_is_the_one_that_the_prose_names(told: Told) -> None:
    assert told["yemen#diplomatic_relations/6"][0].subject == "northern-yemen"
    assert told["yemen#diplomatic_relations/9"][0].subject == "southern-yemen"


def test_a_range_is_what_lasted_or_else_an_uncertain_moment(told: Told) -> None:
    (lasted,) = told["netherlands#diplomatic-relations/4"]
    assert (lasted.relation, str(lasted.when), lasted.confidence) == ("statehood.sovereignty", "1810/1814", 1.0)
    (moment,) = told["montenegro#diplomatic-relations/2"]
    assert (moment.relation, str(moment.when), moment.confidence) == ("relations.severed", "1920/1921", 0.6)


def test_what_a_range_says_of_two_powers_is_left_out_and_said(told: Told, mirror: Path) -> None:
    assert told["morocco#recognition/2"] == []
    assert "one time for two polities" in omissions(mirror, "articles/morocco.xml#recognition/2")[0]


def test_a_consulate_in_a_town_of_no_state_yet_is_left_out_and_said(told: Told, mirror: Path) -> None:
    assert told["czechoslovakia#consular_presence/3"] == []
    said = omissions(mirror, "articles/czechoslovakia.xml#consular_presence/3")[0]
    assert said.startswith("mission.opened 1893: czechoslovakia was then no state of its own")


def test_a_head_that_is_a_topic_claims_nothing(told: Told) -> None:
    for locator in ("texas#issues/3", "baden#key-events/2", "angola#recognition/1", "genoa#diplomatic-relations/1"):
        assert told[locator] == []


def test_a_lowered_mission_has_no_rank_that_nobody_says(told: Told) -> None:
    lowered = next(claim for claim in told["syria#diplomatic_relations/2"] if claim.relation == "mission.lowered")
    assert (lowered.kind, lowered.label) == (None, "Damascus")


# the names in heads


def test_a_name_is_the_articles_when_it_is_like_one_of_its_names() -> None:
    on = When.parse("1966")
    assert party("Guyanan", on, "guyana") == "guyana"
    assert party("Prussia and the American Mission in Berlin", When.parse("1797"), "prussia") is None
    assert party("Tripolitan", When.parse("1796"), "libya") == "libya"


def test_a_place_abroad_is_no_party() -> None:
    assert hosted("London", When.parse("1941"), "greece", "greece") is None
    assert hosted("Federation of Mali", When.parse("1960"), "mali", "mali") == "federation-of-mali"


def test_prose_that_names_both_halves_or_neither_decides_nothing() -> None:
    on = When.parse("1969")
    assert spoken("North Yemen and South Yemen quarrelled.", on, "northern-yemen") is None
    assert spoken("Relations were severed.", on, "northern-yemen") is None


# when it was published


def test_an_article_is_published_in_the_month_that_it_states(told: Told) -> None:
    said = told["peru#recognition/1"][0].published
    assert (str(said.when), said.basis) == ("2009-02", PublishedBasis.STATED)


def test_an_article_that_states_a_year_only_is_published_in_that_year(told: Told) -> None:
    said = told["niue#recognition/1"][0].published
    assert (str(said.when), said.basis) == ("2024", PublishedBasis.STATED)


def test_a_head_later_than_the_article_states_was_published_with_the_commit(told: Told) -> None:
    said = told["cuba#diplomatic-relations/5"][0].published
    assert (str(said.when), said.basis) == (Rdcr.source.commit_date, PublishedBasis.COMMIT)
    assert str(told["cuba#diplomatic-relations/3"][0].published.when) == "2014-12"


# the prose


def test_a_heads_prose_is_a_document_about_the_same_state(prose: dict[str, Document], mirror: Path) -> None:
    document = prose["peru#recognition/1/p1"]
    assert document.about == ("peru", US)
    assert "May 2, 1826" in document.text
    assert Rdcr().passage(mirror / "hsg-rdcr", "articles/peru.xml#recognition/1/p1") == document.text
    head = Rdcr().passage(mirror / "hsg-rdcr", "articles/peru.xml#recognition/1")
    assert head == "United States Recognition of Peru, 1826."
