"""Findings of `check`: as lines for a person, as JSON lines, as SARIF for a code host, as a patch."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from comity import __version__
from comity.model import Claim, Document, Span
from comity.present.english import day, the
from comity.present.event_sentences import says
from comity.present.inline import plain
from comity.present.visible import blanked, dumps
from comity.query.check import RULES, Finding, rule
from comity.relations.wording import listed

_MOST = 3  # claims of evidence in text output
_WIDTH = 100  # characters of a line that are shown around a finding
_AROUND = 3  # lines of a patch that are shown around what changes
_LINE = re.compile(r"[^\r\n]++(?:\r\n|\r|\n)?|\r\n|\r|\n")  # as editors and code hosts count lines
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(document: Document, findings: Iterable[Finding]) -> Iterator[str]:
    """Each finding as `path:line:column code message`, the line with a caret under it, and the evidence."""
    yield from map(plain, _text(document, findings))


def _text(document: Document, findings: Iterable[Finding]) -> Iterator[str]:
    lines = _Lines(document.text)
    for finding in findings:
        line, column = lines.place(finding.spans[0].start)
        sentence = message(finding)
        yield f"{_name(document)}:{line}:{column}: {rule(finding.rule).severity.value}: {sentence} [{finding.rule}]"
        yield from lines.shown(finding.spans[0])
        for span in finding.spans[1:]:
            where = lines.place(span.start)
            yield f"  = also at {where[0]}:{where[1]}"
        for claim in finding.evidence[:_MOST]:
            yield f"  = {says(claim)} ({_source(claim)})"
        if len(finding.evidence) > _MOST:
            yield f"  = and {len(finding.evidence) - _MOST} more, in JSON"
        if finding.suggestion:
            yield f'  = write "{finding.suggestion}"'


def sarif(checked: Iterable[tuple[Document, list[Finding]]]) -> str:
    """SARIF 2.1.0, as a code host shows it beside the lines."""
    placed = [(document, findings, _Lines(document.text)) for document, findings in checked]
    results = [_result(document, finding, lines) for document, findings, lines in placed for finding in findings]
    rules = [
        {
            "id": each.id,
            "shortDescription": {"text": each.why},
            "fullDescription": {"text": f"{each.why} Example: {each.example}"},
            "defaultConfiguration": {"level": each.severity.value},
        }
        for each in RULES
    ]
    driver = {"name": "comity", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(document: Document, finding: Finding, lines: _Lines) -> dict[str, Any]:
    places = [
        {"physicalLocation": {"artifactLocation": {"uri": _name(document)}, "region": lines.region(span)}}
        for span in finding.spans
    ]
    return {
        "ruleId": finding.rule,
        "level": rule(finding.rule).severity.value,
        "message": {"text": message(finding).replace("](", "] (")},  # what SARIF takes for a link
        "locations": places[:1],
        "relatedLocations": places[1:],
    }


def patch(document: Document, findings: Iterable[Finding]) -> str:
    """A unified diff that writes every suggestion; empty when there is none.

    The changes are known, so no texts are compared line by line: for a page with repeated lines that would take
    quadratic time. Of several suggestions for the same characters the first is written.
    """
    lines = _Lines(document.text)
    changes = list(_changes(document.text, lines, findings))
    name = _name(document)
    diff = [f"--- a/{name}\n", f"+++ b/{name}\n"] if changes else []
    growth = 0  # lines that were added before
    for hunk in _hunks(changes):
        first, last = max(0, hunk[0].first - _AROUND), min(lines.count, hunk[-1].last + _AROUND)
        more = sum(len(change.written) - (change.last - change.first) for change in hunk)
        diff.append(f"@@ -{_range(first, last)} +{_range(first + growth, last + growth + more)} @@\n")
        growth += more
        for change in hunk:
            diff += [f" {line}" for line in lines.of(first, change.first)]
            diff += [f"-{line}" for line in lines.of(change.first, change.last)]
            diff += [f"+{line}" for line in change.written]
            first = change.last
        diff += [f" {line}" for line in lines.of(first, last)]
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff)


@dataclass(slots=True)
class _Change:
    """The lines from `first` up to `last` in which words change, and their replacement."""

    first: int
    last: int
    written: list[str]


def _changes(text: str, lines: _Lines, findings: Iterable[Finding]) -> Iterator[_Change]:
    """What the suggestions change, line by line; lines that stand together are one change."""
    for first, last, suggestions in _suggested(lines, findings):
        position, end = lines.start(first), lines.start(last)
        parts = []
        for span, words in suggestions:
            parts += [text[position : span.start], words]
            position = span.end
        yield _Change(first, last, _LINE.findall("".join([*parts, text[position:end]])))


def _suggested(lines: _Lines, findings: Iterable[Finding]) -> list[tuple[int, int, list[tuple[Span, str]]]]:
    """Runs of lines, from the first up to the last, each with what is suggested for words in it."""
    runs: list[tuple[int, int, list[tuple[Span, str]]]] = []
    position = 0
    for finding in sorted(findings, key=lambda finding: finding.spans[0]):
        span, words = finding.spans[0], finding.suggestion
        if words is None or span.start < position:
            continue
        first, last = lines.place(span.start)[0] - 1, lines.place(max(span.start, span.end - 1))[0]
        position = span.end
        if runs and first <= runs[-1][1]:
            begin, _, suggestions = runs.pop()
            suggestions.append((span, words))
            runs.append((begin, last, suggestions))
        else:
            runs.append((first, last, [(span, words)]))
    return runs


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Groups of changes whose context lines touch or overlap."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _range(first: int, last: int) -> str:
    """Lines as a unified diff has them: the first, counted from 1, and how many unless it is one."""
    return str(first + 1) if last - first == 1 else f"{first + (last > first)},{last - first}"


def message(finding: Finding) -> str:
    """The message of a finding, in one or two sentences."""
    return _MESSAGES[finding.rule](finding)


def _date(finding: Finding) -> str:
    return f"{says(finding.claims[0])} Another statement gives a different date, or denies it."


def _order(finding: Finding) -> str:
    return f"{says(finding.claims[0])} This contradicts the order in which such events happen."


def _lifespan(finding: Finding) -> str:
    return f"{says(finding.claims[0])} {the(finding.words[0], capital=True)} was no longer a state."


def _office(finding: Finding) -> str:
    return f"Stated of {finding.words[0]} as of today, but someone else has held the office since."


def _end(finding: Finding) -> str:
    when = finding.claims[0].when
    return f"The end date given here, {day(when) if when else 'not stated'}, has passed."


def _planned(finding: Finding) -> str:
    when = finding.claims[0].when
    begin = f"Described as planned, but {day(when) if when else 'its day'} has passed"
    return (
        f"{begin}, and it has been done."
        if finding.evidence
        else f"{begin}; no available source says whether it was done."
    )


def _duplicate(finding: Finding) -> str:
    sentence = "This passage occurs twice"
    return f"{sentence}; the two name different people: {listed(finding.words)}." if finding.words else f"{sentence}."


def _copy(finding: Finding) -> str:
    more = len(finding.spans) - 1
    many = f"; so {'is' if more == 1 else 'are'} {more} more" if more else ""
    return f"This paragraph is copied from {finding.words[0]}{many}. It repeats that source, and adds no evidence."


_MESSAGES: dict[str, Callable[[Finding], str]] = {
    "conflict-date": _date,
    "conflict-sources": lambda finding: (
        f"{says(finding.claims[0])} Sources support it; another source gives a different date."
    ),
    "conflict-order": _order,
    "conflict-lifespan": _lifespan,
    "stale-office": _office,
    "stale-end": _end,
    "stale-figure": lambda finding: "The newest figure of its kind here is more than five years old.",
    "stale-present": lambda finding: (
        f"Stated in the present tense, but nothing on the page is later than {finding.words[0]}."
    ),
    "planned-past": _planned,
    "duplicate-passage": _duplicate,
    "duplicate-source": _copy,
    "garbled": lambda finding: f'"{finding.words[0]}" has lost or changed letters.',
    "imprecise-now": lambda finding: f'"{finding.words[0]}" depends on a date that the page does not give.',
    "imprecise-figure": lambda finding: "A figure without its year.",
    "unsupported": lambda finding: f"{says(finding.claims[0])} No available source records it; they record another.",
}


class _Lines:
    """The lines of a text: the position of a character, and what to show of its line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = _LINE.findall(text) or [""]
        self._starts = [0, *accumulate(len(line) for line in self._lines)]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lines)

    def of(self, first: int, last: int) -> list[str]:
        """The lines from one up to another, counted from 0, with their ends."""
        return self._lines[first:last]

    def start(self, line: int) -> int:
        """Where a line begins, counted from 0; the one after the last begins where the text ends."""
        return self._starts[line]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a character, both from 1."""
        line = min(bisect_right(self._starts, offset), len(self._lines)) - 1
        return line + 1, offset - self._starts[line] + 1

    def region(self, span: Span) -> dict[str, int]:
        """A span as SARIF has it: the end column is the one after the last."""
        (line, column), (last, end) = self.place(span.start), self.place(max(span.start, span.end - 1))
        return {
            "startLine": line, "startColumn": column, "endLine": last, "endColumn": end + 1,
            "charOffset": span.start, "charLength": span.end - span.start,
        }  # fmt: skip

    def shown(self, span: Span) -> Iterator[str]:
        """The line with a caret under the finding; of a long line only the part around it."""
        line, column = self.place(span.start)
        # only the shown part of a line is processed: a whole page may be one line
        first = max(0, column - 1 - _WIDTH // 4)
        start = self._starts[line - 1]
        end = start + len(self._lines[line - 1]) - self._ending(line)
        window = self._text[start + first : min(start + first + _WIDTH, end)]
        width = max(1, min(span.end - span.start, len(window) - (column - 1 - first)))
        gutter = " " * len(str(line))
        before = "…" if first else ""
        after = "…" if start + first + _WIDTH < end else ""
        yield f"{gutter} |"
        yield f"{line} | {before}{blanked(window)}{after}"
        yield f"{gutter} | {' ' * (len(before) + column - 1 - first)}{'^' * width}"

    def _ending(self, line: int) -> int:
        """How many characters end a line."""
        tail = self._lines[line - 1][-2:]
        return len(tail) - len(tail.rstrip("\r\n"))


def _name(document: Document) -> str:
    return document.path if document.path not in (None, "-") else "stdin"


def _source(claim: Claim) -> str:
    return "this page" if claim.source.startswith("document@") else f"{claim.source}, {claim.locator}"
