"""A floor under the dates that comity reads: the gold of tests/gold/dates.md, whose texts are those of the mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold_dates import comity, paragraphs, spans, values


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.97), ("test", 0.95)])
def test_the_dates_of_the_gold_are_found_and_valued(mirror: Path, half: str, floor: float) -> None:
    held = [paragraph for paragraph in paragraphs(mirror) if paragraph.half == half]
    assert sum(item.value != "" for paragraph in held for item in paragraph.items) > 200
    assert values(held, comity).f1 >= floor
    assert spans(held, comity).f1 >= floor


def test_the_gold_says_what_stands_in_the_texts(mirror: Path) -> None:
    for paragraph in paragraphs(mirror):
        assert [paragraph.text[item.start : item.end] for item in paragraph.items] == [i.text for i in paragraph.items]
