"""What is found in a text, as JSON: findings of `check`, and how `read` derived its claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from comity import model
from comity.present.explained import passages_not_read
from comity.present.findings import message
from comity.present.shapes.records import Claim, Span
from comity.present.shapes.shape import Shape, only_if_asked
from comity.query import check
from comity.reading.base import Found
from comity.reading.garbled import suggestions


class Place(Shape):
    """Characters of a text: the first, and the one after the last."""

    start: int
    end: int


class Finding(Shape):
    """What an editor should look at: a rule's finding, where it is, and the evidence for it."""

    code: str
    rule: str
    severity: str
    message: str
    document: str | None
    spans: list[Place]
    claims: list[str]
    evidence: list[Claim]
    suggestion: str | None

    @classmethod
    def of(cls, document: model.Document, finding: check.Finding, sources: Mapping[str, model.Source]) -> Self:
        """A finding in a document, with its message."""
        rule = check.rule(finding.rule)
        return cls(
            code=rule.code, rule=rule.id, severity=rule.severity.value, message=message(finding),
            document=document.path, spans=[Place(start=span.start, end=span.end) for span in finding.spans],
            claims=[claim.id for claim in finding.claims],
            evidence=[Claim.of(claim, sources) for claim in finding.evidence], suggestion=finding.suggestion,
        )  # fmt: skip


class Derivation(Shape):
    """How a claim was derived; the spans are those of the text as given."""

    pattern: str | None
    table: str | None
    trigger: Span | None
    date: Span | None
    meaning: str | None
    governs: str | None
    parties: list[Span]
    parties_reason: str | None
    cue: Span | None
    score: float | None

    @classmethod
    def of(cls, document: model.Document, match: Found) -> Self:
        """The words behind a claim, and the steps from them to it."""
        how = match.derivation
        return cls(
            pattern=match.pattern or None, table=how.table or None, trigger=_span(document, how.trigger),
            date=_span(document, match.date), meaning=how.meaning or None, governs=how.governs or None,
            parties=[Span(start=span.start, end=span.end, text=span.of(document.text)) for span in match.parties],
            parties_reason=how.parties or None, cue=_span(document, how.cue), score=how.score,
        )  # fmt: skip


class ReadClaim(Claim):
    """A claim of a text, with its derivation if it is explained."""

    explanation: Derivation | None = only_if_asked()


class Refused(Shape):
    """A claim that failed the check of its span, and the reason."""

    why: str
    claim: Claim


class Garbled(Place):
    """Words that look garbled, and what they may have been."""

    text: str
    suggestion: str
    reason: str


class Rest(Shape):
    """The parts of a document without a claim: refused claims, paragraphs not read, and words that look garbled."""

    document: str | None
    refused: list[Refused]
    not_read: dict[str, int]
    garbled: list[Garbled]

    @classmethod
    def of(cls, document: model.Document, refused: Iterable[tuple[Found, str]]) -> Self:
        """What gave no claim in a document."""
        return cls(
            document=document.path,
            refused=[Refused(why=why, claim=Claim.of(match.claim, {})) for match, why in refused],
            not_read=dict(passages_not_read(document)),
            garbled=[
                Garbled(
                    start=entry.span.start,
                    end=entry.span.end,
                    text=entry.given,
                    suggestion=entry.suggested,
                    reason=entry.reason,
                )
                for entry in suggestions(document)
            ],
        )


def _span(document: model.Document, span: model.Span | None) -> Span | None:
    return Span(start=span.start, end=span.end, text=span.of(document.text)) if span else None
