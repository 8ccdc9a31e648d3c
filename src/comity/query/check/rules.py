"""The rules of `check`, each with its code, how much it matters and an example of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comity.query.check import conflict, duplicate, garbled, imprecise, planned, stale, unsupported
from comity.query.check.finding import Finding, Severity
from comity.query.check.page import Page


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `id` begins with its `code`; either switches it off. `example` is what it finds, and `why` it matters."""

    id: str
    code: str
    severity: Severity
    find: Callable[[Page], Iterator[Finding]]
    example: str
    why: str


RULES: tuple[Rule, ...] = (
    Rule(
        "conflict-date", "conflict", Severity.WARNING, conflict.other_dates,
        "Peru and the United States established diplomatic relations in 1826.",
        "A source, or the page elsewhere, gives another date, or denies it.",
    ),
    Rule(
        "conflict-sources", "conflict", Severity.NOTE, conflict.sources_differ,
        "The United States recognized the Peru–Bolivian Confederation on March 16, 1837.",
        "The page is borne out, but another source gives another date.",
    ),
    Rule(
        "conflict-order", "conflict", Severity.WARNING, conflict.order,
        "The treaty was ratified in 1905 … The treaty was signed in 1907.",
        "Steps of one thing can't have come in this order.",
    ),
    Rule(
        "conflict-lifespan", "conflict", Severity.WARNING, conflict.lifespans,
        "Texas and France signed a treaty in 1861.",
        "There was no such state any more.",
    ),
    Rule(
        "stale-office", "stale", Severity.WARNING, stale.office,
        "Relations with President García's administration are positive.",
        "Another has held the office since.",
    ),
    Rule(
        "stale-end", "stale", Severity.WARNING, planned.ended,
        "The preferences were extended until December 31, 2008.",
        "The end that was set is past.",
    ),
    Rule(
        "stale-figure", "stale", Severity.NOTE, stale.figures,
        "Exports to Peru held steady at $10 billion in 2014.",
        "The newest figure of its kind on the page is more than five years old.",
    ),
    Rule(
        "stale-present", "stale", Severity.NOTE, stale.standing,
        "Peru is a participant in the negotiations.",
        "It is told as so today, and nothing on the page is of the last five years.",
    ),
    Rule(
        "planned-past", "planned-past", Severity.WARNING, planned.past,
        "The agreement will come into force in January 2009.",
        "The day of the plan is past.",
    ),
    Rule(
        "duplicate-passage", "duplicate", Severity.WARNING, duplicate.passages,
        "A paragraph that stands twice, each time with another president.",
        "Of two editions of a passage one is old.",
    ),
    Rule(
        "duplicate-source", "duplicate", Severity.NOTE, duplicate.copies,
        "A paragraph of the Office of the Historian's guide, on another's page.",
        "It stands in a source that is held: what it says is that source's word, told once more.",
    ),
    Rule(
        "garbled", "garbled", Severity.WARNING, garbled.words,
        "James B. Thornton as Charg dAffaires",
        "Letters were lost, or wrongly decoded.",
    ),
    Rule(
        "imprecise-now", "imprecise", Severity.NOTE, imprecise.now,
        "Currently, the United States enjoys cooperative relations with Peru.",
        "It is tied to a day that the page does not give.",
    ),
    Rule(
        "imprecise-figure", "imprecise", Severity.NOTE, imprecise.figures,
        "Approximately 500,000 citizens visit Peru annually.",
        "A figure is true of one year, and this one has none.",
    ),
    Rule(
        "unsupported", "unsupported", Severity.NOTE, unsupported.claims,
        "Chile recognized Peru on May 9, 1830.",
        "No source at hand tells of it, though they tell of its kind.",
    ),
)  # fmt: skip
