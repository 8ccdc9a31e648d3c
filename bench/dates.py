"""How well comity reads dates, beside dateparser's `search_dates`: on the gold of tests/gold/dates.md, with times.

    python bench/dates.py --mirror DIR

`DIR` is the mirror of the sources, as `--mirror` takes it. Nothing is asserted: tests/data/test_dates_gold.py holds
floors.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dateparser.search import search_dates

from comity.model import Certainty, When

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from gold_dates import PUBLISHED, Paragraph, Read, comity, equal, paragraphs, spans, values

FAIR = """\
dateparser gives a day for every expression and no precision, so a value of its counts as right when that day lies
in the gold's date at the gold's own precision (any day of 1826 is right for 1826), or at an end of the gold's interval.
It is given the day of publication as its base."""
SETTINGS = {"RELATIVE_BASE": datetime(PUBLISHED.earliest.year, PUBLISHED.earliest.month, PUBLISHED.earliest.day)}


def dateparser(text: str) -> list[Read]:
    """What `search_dates` finds, each at the first place after the one before where its words stand."""
    found: list[Read] = []
    position = 0
    for words, when in search_dates(text, languages=["en"], settings=SETTINGS) or ():
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            found.append((start, position, when.date().isoformat()))
    return found


def lies_in(day: str, gold: str) -> bool:
    """Whether a day is the gold's, as far as the gold is precise."""
    if gold == "now":
        return equal(day, gold)
    return any(When.parse(day).during(When.parse(end)) is not Certainty.NO for end in gold.split("/"))


def measured(reader: Callable[[str], list[Read]], held: list[Paragraph]) -> float:
    """Seconds for a megabyte of the gold's paragraphs."""
    size = sum(len(paragraph.text.encode()) for paragraph in held)
    began = time.perf_counter()
    for paragraph in held:
        reader(paragraph.text)
    return (time.perf_counter() - began) / size * 1e6


def main() -> None:
    """Print a line for each reader and half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="folder that holds a folder for each source")
    held = list(paragraphs(parser.parse_args().mirror))
    print(FAIR, end="\n\n")
    print(f"{'':22}{'expressions':>12}{'spans P':>9}{'R':>7}{'F1':>7}{'values P':>10}{'R':>7}{'F1':>7}{'s/MB':>9}")
    for name, reader, same in (("comity", comity, equal), ("dateparser", dateparser, lies_in)):
        for half, title in (("dev", "dev"), ("test", "kept back")):
            half_held = [paragraph for paragraph in held if paragraph.half == half]
            place, value = spans(half_held, reader), values(half_held, reader, same)
            speed = measured(reader, half_held)
            print(
                f"{name + ', ' + title:22}{value.gold:12}{place.precision:9.3f}{place.recall:7.3f}{place.f1:7.3f}"
                f"{value.precision:10.3f}{value.recall:7.3f}{value.f1:7.3f}{speed:9.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
