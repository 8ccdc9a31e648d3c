"""The rules of `check`, each with its code, its severity and an example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comity.query.check import conflict, duplicate, garbled, imprecise, planned, stale, unsupported
from comity.query.check.finding import Finding, Severity
from comity.query.check.page import Page


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `id` begins with its `code`; either switches it off. `example` has a finding, `why` is the reason."""

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
        "A source, or the page elsewhere, gives a different date, or denies it.",
    ),
    Rule(
        "conflict-sources", "conflict", Severity.NOTE, conflict.sources_differ,
        "The United States recognized the Peru–Bolivian Confederation on March 16, 1837.",
        "Sources support the page, but another source gives a different date.",
    ),
    Rule(
        "conflict-order", "conflict", Severity.WARNING, conflict.order,
        "The treaty was ratified in 1905 … The treaty was signed in 1907.",
        "The steps of one process can't happen in this order.",
    ),
    Rule(
        "conflict-lifespan", "conflict", Severity.WARNING, conflict.lifespans,
        "Texas and France signed a treaty in 1861.",
        "The state no longer existed.",
    ),
    Rule(
        "stale-office", "stale", Severity.WARNING, stale.office,
        "Relations with President García's administration are positive.",
        "Someone else has held the office since.",
    ),
    Rule(
        "stale-end", "stale", Severity.WARNING, planned.ended,
        "The preferences were extended until December 31, 2008.",
        "The end date that was set has passed.",
    ),
    Rule(
        "stale-figure", "stale", Severity.NOTE, stale.figures,
        "Exports to Peru held steady at $10 billion in 2014.",
        "The newest figure of its kind on the page is more than five years old.",
    ),
    Rule(
        "stale-present", "stale", Severity.NOTE, stale.standing,
        "Peru is a participant in the negotiations.",
        "It is in the present tense, and nothing on the page is from the last five years.",
    ),
    Rule(
        "planned-past", "planned-past", Severity.WARNING, planned.past,
        "The agreement will come into force in January 2009.",
        "The planned date has passed.",
    ),
    Rule(
        "duplicate-passage", "duplicate", Severity.WARNING, duplicate.passages,
        "A paragraph that occurs twice, each time with a different president.",
        "One of two versions of a passage is outdated.",
    ),
    Rule(
        "duplicate-source", "duplicate", Severity.NOTE, duplicate.copies,
        "A paragraph of the Office of the Historian's guide, on another's page.",
        "It is copied from a known source, so it repeats that source and adds no evidence.",
    ),
    Rule(
        "garbled", "garbled", Severity.WARNING, garbled.words,
        "James B. Thornton as Charg dAffaires",
        "Letters were lost, or wrongly decoded.",
    ),
    Rule(
        "imprecise-now", "imprecise", Severity.NOTE, imprecise.now,
        "Currently, the United States enjoys cooperative relations with Peru.",
        "It depends on a date that the page does not give.",
    ),
    Rule(
        "imprecise-figure", "imprecise", Severity.NOTE, imprecise.figures,
        "Approximately 500,000 citizens visit Peru annually.",
        "A figure holds for one year, and this one has none.",
    ),
    Rule(
        "unsupported", "unsupported", Severity.NOTE, unsupported.claims,
        "Chile recognized Peru on May 9, 1830.",
        "No available source records it, though they record events of its kind.",
    ),
)  # fmt: skip
