"""The pattern tables: what each pattern's examples and counter-examples say is what the reader reads."""

from __future__ import annotations

import pytest

from comity.model import Claim, Document
from comity.reading import read
from comity.reading.lexicon.patterns import Pattern, patterns

EXAMPLES = [(pattern, example) for pattern in patterns() for example in pattern.examples]
COUNTERS = [(pattern, counter) for pattern in patterns() for counter in pattern.counters]


def said(claims: list[Claim], pattern: Pattern) -> list[str]:
    return [brief(claim) for claim in claims if claim.relation == pattern.relation]


def brief(claim: Claim) -> str:
    """A claim as the tables write it: subject, object, date, then its kind and a modality that is not asserted."""
    kind = claim.kind if claim.relation.startswith("mission.") else None
    modality = None if claim.modality.value == "asserted" else claim.modality.value
    parts = [claim.subject, claim.object or "-", claim.when.edtf if claim.when else "-", kind, modality]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_an_example_of_a_pattern_is_read_as_it_says(pattern: Pattern, example: str) -> None:
    text, _, expected = example.partition(" => ")
    assert expected in said(read(Document(text)), pattern)


@pytest.mark.parametrize(("pattern", "counter"), COUNTERS, ids=lambda value: getattr(value, "id", None))
def test_a_counter_example_asserts_nothing(pattern: Pattern, counter: str) -> None:
    claims = [claim for claim in read(Document(counter)) if claim.modality.value == "asserted"]
    assert said(claims, pattern) == []


def test_every_pattern_has_an_example_and_a_counter_example_and_an_id_of_its_own() -> None:
    assert [pattern.id for pattern in patterns() if not (pattern.examples and pattern.counters)] == []
    assert len({pattern.id for pattern in patterns()}) == len(patterns())
