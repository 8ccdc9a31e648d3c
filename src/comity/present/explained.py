"""How claims were derived: the passage with the words for date, parties and relation marked, and each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import wrap

from comity.model import Claim, Document, Span
from comity.present.event_sentences import says
from comity.present.visible import blanked
from comity.reading.base import Found
from comity.reading.garbled import suggestions
from comity.reading.text.passages import passages

_WIDTH = 76
_LABEL = 12
_DATE, _PARTY, _TRIGGER, _CUE = "^", "~", "=", "!"


def headline(claim: Claim) -> str:
    """A claim as a sentence, with its relation and confidence."""
    return f"- {says(claim)} ({claim.relation}, confidence {claim.confidence:.2f})"


def text(document: Document, match: Found) -> Iterator[str]:
    """A claim, its passage with marks under the words behind it, and a line for each step of the derivation."""
    claim, how = match.claim, match.derivation
    yield from wrap(headline(claim), _WIDTH, subsequent_indent="  ")
    assert claim.span is not None
    yield f"  characters {claim.span.start}-{claim.span.end}:"
    yield from _marked(document, claim.span, _marks(match))
    for label, words in (
        ("pattern", _pattern(document, match)),
        ("date", _date(document, match)),
        ("parties", _parties(document, match)),
        ("modality", _modality(document, match)),
        ("confidence", f"{claim.confidence:.2f}{_scored(how.score)}: {claim.reason}"),
    ):
        yield from _step(label, words)


def refused(match: Found, why: str) -> Iterator[str]:
    """A claim that failed the span check, and the reason."""
    yield f"- refused: {headline(match.claim).removeprefix('- ')}"
    yield from _step("because", why)
    if match.claim.quote:
        yield from _step("passage", match.claim.quote)


def unread(document: Document) -> Iterator[str]:
    """The paragraphs that were not read, by kind, and the words that look garbled."""
    kinds = passages_not_read(document)
    if kinds:
        yield from wrap(f"not read: {', '.join(f'{many} {what}' for what, many in kinds.items())}", _WIDTH)
    for suggestion in suggestions(document):
        remark = f"“{suggestion.given}”, perhaps “{suggestion.suggested}”: {suggestion.reason}"
        yield from wrap(
            f"garbled at {suggestion.span.start}-{suggestion.span.end}: {remark}", _WIDTH, subsequent_indent="  "
        )


def passages_not_read(document: Document) -> Counter[str]:
    """How many passages were left out, by kind: boilerplate, or another language."""
    return Counter(
        f"in another language ({passage.what})" if passage.kind == "foreign" else passage.what or passage.kind
        for passage in passages(document)
        if passage.kind in ("aside", "foreign")
    )


def _marks(match: Found) -> list[tuple[Span, str]]:
    """The spans to mark and the mark of each; where spans overlap, the last one counts."""
    how = match.derivation
    marks = [*((span, _PARTY) for span in match.parties), (how.trigger, _TRIGGER), (how.cue, _CUE), (match.date, _DATE)]
    return [(span, mark) for span, mark in marks if span is not None]


def _marked(document: Document, span: Span, marks: list[tuple[Span, str]]) -> Iterator[str]:
    """The passage in lines, each followed by a line of marks."""
    under = [" "] * (span.end - span.start)
    for place, mark in marks:
        under[place.start - span.start : place.end - span.start] = mark * (place.end - place.start)
    passage = blanked(span.of(document.text))
    position = 0
    for line in wrap(passage, _WIDTH - 4, drop_whitespace=False, break_on_hyphens=False):
        blank = len(line) - len(line.lstrip())
        below = "".join(under[position + blank : position + len(line)])
        position += len(line)
        yield f"    {line.strip()}"
        if below.strip():
            yield f"    {below}".rstrip()


def _step(label: str, words: str) -> list[str]:
    begins = f"  {label:{_LABEL}}"
    return wrap(words, _WIDTH, initial_indent=begins, subsequent_indent=" " * len(begins), break_on_hyphens=False)


def _scored(score: float | None) -> str:
    return f" for a score of {score:.2f}" if score is not None else ""


def _pattern(document: Document, match: Found) -> str:
    how = match.derivation
    origin = " in ".join(part for part in (match.pattern or "none named", how.table) if part)
    return f"{_TRIGGER} {origin}, met by {_quoted(document, how.trigger)}" if how.trigger else origin


def _date(document: Document, match: Found) -> str:
    """From the date's words to the date."""
    when, how = match.claim.when, match.derivation
    if when is None or match.date is None:
        return "none is given"
    why = "; ".join(dict.fromkeys(part for part in (how.meaning, how.governs) if part))
    return f"{_DATE} {_quoted(document, match.date)} → {when.edtf}" + (f": {why}" if why else "")


def _parties(document: Document, match: Found) -> str:
    words = ", ".join(dict.fromkeys(_quoted(document, span) for span in match.parties))
    ids = ", ".join(party for party in (match.claim.subject, match.claim.object) if party)
    return f"{_PARTY} {words} → {ids}: {match.derivation.parties or 'named'}"


def _modality(document: Document, match: Found) -> str:
    cue, mode = match.derivation.cue, str(match.claim.modality.value)
    return f"{_CUE} {mode}, by {_quoted(document, cue)}" if cue else mode


def _quoted(document: Document, span: Span) -> str:
    words = " ".join(span.of(document.text).split())
    return f"“{words}”"
