"""Works about the relations of two polities: author, title, publisher and series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.model import Participant
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.parse import Parsed
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import meant
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.statement import Said
from comity.relations.people import PUBLICATION

_CAPITAL = r"[A-Z][\w'’-]{0,40}"
_SMALL = r"(?:of|on|for|and|the|to|in|with|a|an|from|at|between|against|under|de|la|y|by the)"
_TITLE = (
    rf"(?:{_CAPITAL}|\d{{4}})(?:(?:[:,]| [-–—])? (?:{_SMALL} ){{0,5}}(?:{_CAPITAL}|\d{{4}}(?:[-–]\d{{1,4}})?)){{1,40}}"
)
_INITIAL = r"[A-Z]\."
_AUTHOR = rf"{_CAPITAL}(?: (?:{_INITIAL}|{_CAPITAL}|de|la|von|van)){{0,9}} {_CAPITAL}"
_QUOTE = r"[\"“”‘’'*_]{0,6}"
_IMPRINT = rf"(?:[A-Z][\w .,]{{0,60}}: )?(?P<publisher>{_CAPITAL}(?: (?:of |and |& )?{_CAPITAL}){{0,15}})"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_NOUNS = r"(?:book|study|history|monograph|memoirs?|account|biography|dissertation)"
# Title (series) by author (publisher, year); author, title (publisher, year); "in his book title (year), author".
_SHAPES = (
    re.compile(
        rf"^{_QUOTE}(?P<title>{_TITLE}){_QUOTE}(?: \((?P<series>[A-Z][^()]{{0,100}})\))? by (?P<author>{_AUTHOR})"
        rf"(?: ?\({_IMPRINT}(?:, {_YEAR})?\))?"
    ),
    re.compile(rf"(?P<author>{_AUTHOR}), {_QUOTE}(?P<title>{_TITLE}){_QUOTE},? \({_IMPRINT}, {_YEAR}\)"),
    re.compile(
        rf"\b(?:his|her) {_NOUNS},? {_QUOTE}(?P<title>{_TITLE}){_QUOTE},?(?: \({_YEAR}\))?,"
        rf"(?: the historian)? (?P<author>{_AUTHOR})"
    ),
)
_HOUSE = re.compile(
    rf"\b(?:University of {_CAPITAL}(?: {_CAPITAL})?|{_CAPITAL} University)(?= series\b| Press\b)(?: Press)?"
)
_HINT = re.compile(rf" by [A-Z]|\((?:[^()]*, )?(?:1[5-9]|20)\d\d\)|\b(?:his|her) {_NOUNS}\b")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a sentence cites it, with the offsets of its title and year."""

    author: str
    title: str
    start: int
    end: int
    publisher: str = ""
    series: str = ""
    year: int | None = None


def may_cite(text: str) -> bool:
    """Whether a sentence may cite a work."""
    return _HINT.search(text) is not None


def cited_works(text: str) -> Iterator[Work]:
    """The works that a sentence cites; a title has a subtitle, a series, a publisher or a year, or is quoted.

    >>> [work.title for work in cited_works("Chile and Peru: A History by Ana Ruiz is the standard work.")]
    ['Chile and Peru: A History']
    """
    for shape in _SHAPES:
        for match in shape.finditer(text):
            fields = match.groupdict()
            quoted = text[match.start("title") - 1 : match.start("title")] in ("“", '"', "*", "_", "‘")
            if not (":" in match["title"] or quoted or any(fields.get(key) for key in ("series", "publisher", "year"))):
                continue
            house = None if fields.get("publisher") else _HOUSE.search(text, match.end())
            publisher = fields.get("publisher") or (house.group() if house else "")
            year = match.start("year") if fields.get("year") else None
            yield Work(
                match["author"], match["title"], *match.span("title"), publisher, fields.get("series") or "", year
            )


def works(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The works whose titles name two polities: the history of one country is not about relations."""
    for work in cited_works(parsed.sentence.text):
        if _is_person(work.author) and (parties := _subjects(parsed, work, context)) is not None:
            roles = (("author", work.author), ("publisher", work.publisher), ("series", work.series))
            yield Said(
                "cites-work",
                PUBLICATION.id,
                parties,
                _published(parsed, work),
                confidence=0.9,
                label=f"{work.author}, {work.title}",
                participants=tuple(Participant(role, name) for role, name in roles if name),
            )


def _subjects(parsed: Parsed, work: Work, context: Context) -> Parties | None:
    """The two polities that the title names."""
    mentions = [m for m in parsed.sentence.mentions if m.is_polity and work.start <= m.start < work.end]
    ids = list(dict.fromkeys(id for m in mentions if (id := meant(m, None, context.about))))
    tokens = parsed.at(mentions)
    return Parties(ids[0], ids[1], tokens) if len(ids) == 2 else None


def _published(parsed: Parsed, work: Work) -> Governing | None:
    dated = next((d for d in parsed.sentence.dates if work.year is not None and d.start <= work.year < d.end), None)
    return Governing(dated, -1, 1.0, "the year of publication") if dated else None


def _is_person(name: str) -> bool:
    """Whether an author is a person: "by the Senate" follows a treaty or law, not a work."""
    return not _institutions().intersection(name.lower().split())


@cache
def _institutions() -> frozenset[str]:
    return table("states")["heads"] | table("works")["institutions"]
