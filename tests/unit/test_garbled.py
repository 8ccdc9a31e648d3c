"""What a page has lost: suggested, with the original kept; and next to nothing on clean pages."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from comity.model import Document
from comity.reading import load
from comity.reading.garbled import suggestions

CLEAN = """The chargé d’affaires of Côte d’Ivoire left Bogotá after the coup d’état. Relations with President Castro’s
government were cool, but a détente began in São Paulo. President López Obrador received José García in México.
Brazil’s exports rose 12 percent on May 4, 1910. Raúl Alfonsín met Václav Havel in Gdańsk. The envoy of Curaçao
wrote from Málaga. Peru’s minister, Víctor Andrés Belaúnde, signed in Asunción. King Harald’s visit to Tromsø
was put off. Kenya’s economy grew. Chile’s navy left Valparaíso. Premier Castillo’s cabinet fell in Córdoba.
Turkey’s envoy in Düsseldorf was recalled."""


def found(text: str, about: tuple[str, ...] = ()) -> dict[str, str]:
    document = Document(text, about=about)
    held = suggestions(document)
    assert all(each.given == re.sub(r"\s+", " ", each.span.of(text)) for each in held)
    return {each.given: each.suggested for each in held}


def damaged(text: str) -> str:
    """What is left of a text by a page that drops all that is not ASCII, and one space before "percent"."""
    return "".join(letter for letter in text.replace(" percent", "percent") if letter.isascii())


def test_clean_text_needs_nothing() -> None:
    assert found(CLEAN) == {}


def test_most_of_what_was_dropped_is_found_and_little_of_it_wrong() -> None:
    words = re.findall(r"[\w’]+", CLEAN)
    lost = {damaged(word): word for word in words if not word.isascii() and len(damaged(word)) > 3}
    held = found(damaged(CLEAN))
    single = {given: suggested for given, suggested in held.items() if " " not in given}
    right = {given for given, suggested in single.items() if lost.get(given) == suggested}
    assert len(right) >= 0.6 * len(lost)
    assert len(right) >= 0.85 * len(single)
    assert held["charg daffaires"] == "chargé d’affaires"
    assert held["12percent"] == "12 percent"


@pytest.mark.parametrize(
    ("text", "given", "suggested"),
    [
        ("The envoy GarcÃ­a left Lima in 1851.", "GarcÃ­a", "García"),
        ("He came as Charg dAffaires to Lima.", "Charg dAffaires", "Chargé d’Affaires"),
        ("The capital of Uruguay is Montevidio, in the south of Uruguay.", "Montevidio", "Montevideo"),
        ("The consul at So Paulo left.", "So Paulo", "São Paulo"),
        ("Trade grew 7percent in all.", "7percent", "7 percent"),
        ("It was signed on June3, 1910 by thePeruvian envoy.", "June3", "June 3"),
        ("It was signed on June3, 1910 by thePeruvian envoy.", "thePeruvian", "the Peruvian"),
        ("Relations with President Morales government in Bolivia and Bolivias neighbours.", "Bolivias", "Bolivia’s"),
    ],
)
def test_a_garbled_word_has_a_suggestion(text: str, given: str, suggested: str) -> None:
    assert found(text)[given] == suggested


@pytest.mark.parametrize(
    "text",
    [
        "James Jones met Charles Williams in Paris; the Netherlands envoy stayed.",
        "The charge d'affaires and the attache left for Bogota and Sao Paulo.",
        "He left early, so Paulo wrote to Sao Paulo and São Tomé.",
        "In the 1920s, on the 3rd of May, 5km from La Paz, a 20mm gun was fired.",
        "The Gulf States agreed with the United States government.",
        "Messrs. Gibbs and Grace of Callao sold guano in Liverpool.",
    ],
)
def test_what_is_right_as_it_stands_is_left_alone(text: str) -> None:
    assert found(text) == {}


def test_a_place_is_sought_among_the_towns_of_the_page_s_own_country() -> None:
    text = "Roads reach the Arequepa Valley."
    assert found(text, ("peru", "chile")) == {"Arequepa": "Arequipa"}
    assert "Arequepa" not in found(text, ("norway", "sweden"))


def test_the_seed_page_has_these_and_no_others(shared: Path) -> None:
    [document] = load(str(shared / "documents/globalsecurity-peru-united-states.txt"))
    held = {each.given: each.suggested for each in suggestions(document)}
    assert held == {
        "Charg dAffaires": "Chargé d’Affaires",
        "Legua": "Leguía",
        "Humalas": "Humala’s",
        "States": "State’s",
        "Montaro": "Mantaro",
        "Perus": "Peru’s",
        "53percent": "53 percent",
    }


def test_edited_articles_have_next_to_none(shared: Path) -> None:
    lines = (shared / "reference/reading/rdcr.jsonl").read_text(encoding="utf-8").splitlines()
    held = [each for line in lines for each in suggestions(Document(json.loads(line)["text"]))]
    assert len(held) <= 10, [(each.given, each.suggested) for each in held]


def test_a_word_that_is_longer_than_any_name_costs_no_more_than_its_reading() -> None:
    began = time.process_time()
    assert suggestions(Document(f"Peru joined. {'Peru' * 50_000} was there.")) == []
    assert time.process_time() - began < 30  # two minutes where each letter is tried
