"""What an editor should look at on a page: what is stale, contradicted, repeated, garbled, imprecise or unsupported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from comity.errors import UnknownRule
from comity.ledger import View
from comity.model import Document
from comity.query.check.finding import Finding, Severity, first
from comity.query.check.page import Page
from comity.query.check.rules import RULES, Rule

__all__ = ["RULES", "Finding", "Rule", "Severity", "check", "rule"]


def check(document: Document, view: View, day: date, ignore: Collection[str] = ()) -> list[Finding]:
    """Every finding on a page read on a day, in the order of the text.

    `ignore` has the ids or codes of rules that are switched off. Raises `UnknownRule` for an unknown one.
    """
    known = {name for each in RULES for name in (each.id, each.code)}
    for name in ignore:
        if name not in known:
            raise UnknownRule(
                f'"{name}" is not a rule of check; the rules are {", ".join(r.id for r in RULES)}', offender=name
            )
    page = Page(document, day, view)
    findings = (f for each in RULES if not {each.id, each.code} & set(ignore) for f in each.find(page))
    return sorted(_merged(findings), key=lambda finding: (finding.spans[0], finding.rule))


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one rule at one place merged into one, with all their claims."""
    alike: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.rule, finding.spans, finding.words].append(finding)
    for same in alike.values():
        claims = dict.fromkeys(claim for finding in same for claim in finding.claims)
        evidence = dict.fromkeys(claim for finding in same for claim in finding.evidence)
        yield same[0] if len(same) == 1 else replace(same[0], claims=tuple(claims), evidence=first(evidence))


def rule(id: str) -> Rule:
    """The rule with an id."""
    return next(each for each in RULES if each.id == id)
