"""Whatever the document, reading it raises nothing, and every span is where it says.

`COMITY_EXAMPLES` sets how many documents are tried; bench/robust.py tries 100,000.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given, settings

from comity.model import Document
from comity.present import reading
from comity.reading import portions, read
from strategies_documents import documents

EXAMPLES = int(os.environ.get("COMITY_EXAMPLES", "300"))


@settings(max_examples=EXAMPLES, database=None)
@given(documents())
def test_whatever_the_document_nothing_is_raised_and_spans_stay_inside(document: Document) -> None:
    held = list(portions([document]))
    for found in (found for portion in held for found in portion.found):
        claim, how = found.claim, found.derivation
        assert claim.span is not None
        assert 0 <= claim.span.start < claim.span.end <= len(document.text)
        assert claim.quote == claim.span.of(document.text)
        shown = (*found.parties, found.date, how.trigger, how.cue)
        assert all(claim.span.contains(span) for span in shown if span is not None)
        assert len(claim.id) == 32
    assert list(reading.text(held, explain=True))
    assert len(list(reading.jsonl(held))) == sum(len(portion.found) for portion in held)


@pytest.mark.parametrize("words", ["\u2019" * 32_000, "\ufb01" * 60_000 + "x", "â€™" * 30_000])
def test_a_word_of_a_hundred_thousand_characters_that_are_repaired_is_read_without_a_hang(words: str) -> None:
    begin = time.process_time()
    assert read(Document(f"{words} Peru and Chile signed a treaty in 1835.")) is not None
    assert time.process_time() - begin < 20  # with an alignment of the whole it is minutes
