"""A guide to recognition and relations by country since 1776 (HistoryAtState/rdcr): claims and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from comity.errors import BadDate
from comity.model import Claim, Document, Published, Source, When
from comity.sources.base import Record, Unreadable
from comity.sources.hsg import LICENCE, PUBLISHER, Historian
from comity.sources.manifest import members
from comity.sources.rdcr_heads import Saying, agrees, marked, sayings, undated
from comity.sources.rdcr_parties import US, absent, directed, hosted, party, spoken, town
from comity.sources.xml import Element, fold, parse

SOURCE = Source(
    id="hsg-rdcr",
    title="A Guide to the United States’ History of Recognition, Diplomatic, and Consular Relations, by Country, "
    "since 1776",
    publisher=PUBLISHER,
    licence=LICENCE,
    repository="HistoryAtState/rdcr",
    commit="f3c53549557dd8cf5d9d85096140ed58208f91c6",
    commit_date="2026-07-24",
    files=("articles/*.xml",),
    homepage="https://history.state.gov/countries",
)
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LASTING = frozenset(
    {"statehood.sovereignty", "relations.interrupted"}
)  # relations that last for the range of years in a head
CONSULATE = "consulate"
_POSTS = {"interest section": "interests section", "diplomatic mission": "mission"}
_STATED = re.compile(r"\b([A-Z][a-z]+ )?(\d{4})\b")
Named = dict[str, str] | str  # the polities named in a clause by their roles, or why a name means none
_CLOSE = 2  # years: a range up to this length dates each of several events in a head


class Rdcr(Historian):
    """Each `div` that has a head or paragraphs of its own is a record: its head gives claims, its paragraphs documents.

    The date is that of the head's text; the markup's date is used only if it agrees or is more precise.
    """

    source = SOURCE
    version = "1"

    def within(self, file: str, root: Element) -> Iterator[Record]:
        """Each timeline, and each other section with prose of its own."""
        for finder, div in _divs(root):
            if div.get("type") == "timeline" or any(True for _ in _paragraphs(div)):
                yield Record(file, f"{file}#{finder}", div)

    def documents(self, record: Record) -> Iterator[Document]:
        """The record's own paragraphs, each located by its count: `articles/peru.xml#recognition/1/p1`."""
        if isinstance(record.element, Unreadable):
            return
        head = undated(_head(record.element))
        about = self._article(record, head.whens[0] if head.whens else None) or self._article(record, None)
        for count, paragraph in enumerate(_paragraphs(record.element), 1):
            yield Document(
                _text(paragraph),
                source=self.source.edition,
                locator=f"{record.locator}/p{count}",
                published=self._published(record.element, head.whens),
                about=(about, US) if about else (US,),
            )

    def statements(self, record: Record, element: Element) -> Iterator[Claim | str]:
        """The claims of the head for each of its dates; a head without a date is a topic."""
        if element.get("type") != "timeline":
            return
        head = undated(_head(element))
        whens = [self._marked(element, when, text) for when, text in zip(head.whens, head.texts, strict=True)]
        yield from (why for _, why in whens if why)
        clauses = sayings(head.words, _section(element))
        for when, why in whens if clauses else ():
            yield from self._dated_claims(record, clauses, when, why)

    def passage(self, folder: Path, locator: str) -> str | None:
        """The folded text of the head of a record, or of the paragraph, at a locator."""
        file, _, finder = locator.partition("#")
        if file not in members(self.source, folder):
            return None
        root = parse(folder / file)
        if isinstance(root, Unreadable):
            return None
        divs = dict(_divs(root))
        if finder in divs:
            return _head(divs[finder])
        holder, _, count = finder.rpartition("/p")
        paragraphs = map(_text, _paragraphs(divs[holder])) if holder in divs else ()
        return next((text for at, text in enumerate(paragraphs, 1) if str(at) == count), None)

    def _dated_claims(
        self, record: Record, clauses: tuple[Saying, ...], when: When, doubt: str
    ) -> Iterator[Claim | str]:
        """The claims of each clause for one date."""
        article = self._article(record, when)
        parties = [self._parties(record, saying, when, article) for saying in clauses]
        foreign = self._foreign_polity(record, clauses, parties, when)
        for saying, ids in zip(clauses, parties, strict=True):
            yield from [ids] if isinstance(ids, str) else self._clause_claims(record, saying, when, doubt, ids, foreign)

    def _foreign_polity(
        self, record: Record, clauses: tuple[Saying, ...], parties: list[Named], when: When
    ) -> str | None:
        """The foreign polity of a clause that names none: that of another clause, else the article's."""
        acting = [ids for saying, ids in zip(clauses, parties, strict=True) if saying.phrase.acts != "polity"]
        lent = {id for ids in acting for id in _foreign(ids)}
        article = self._article(record, when)
        if len(lent) == 1:
            return lent.pop()
        if lent or article is None or article == _code(record):
            return article
        return spoken(" ".join(map(_text, _paragraphs(record.element))), when, article) or article

    def _clause_claims(
        self, record: Record, saying: Saying, when: When, doubt: str, parties: dict[str, str], foreign: str | None
    ) -> Iterator[Claim | str]:
        """The claims of one clause, or why it gives none."""
        relation = saying.phrase.relation
        foreign = next(iter(_foreign(parties)), foreign)
        if saying.phrase.begins:
            when = when.begin
        vague = when.is_interval and relation not in LASTING
        if foreign is None:
            yield f"the article's polity is not known in {when}"
        elif vague and not saying.whole and when.latest.year - when.earliest.year > _CLOSE:
            yield f"{relation} happened at some time in {when}, which the head gives for more than this"
        elif when.is_interval and "another" in saying.named:
            yield f"{relation} in {when}: the head gives one time for two polities"
        elif _kind(saying) == CONSULATE and absent(foreign, when) and _label(saying, foreign):
            yield f"{relation} {when}: {foreign} was then no state of its own, and the head says not whose the town was"
        else:
            missing = absent(foreign, when)
            confidence, reason = _weighed(relation, doubt, vague, missing, saying.phrase.begins)
            for subject, object in directed(saying.phrase.acts, parties, foreign):
                yield self.claim(
                    record, subject, relation, object,
                    kind=_kind(saying), label=_label(saying, foreign), when=when,
                    published=self._published(record.element, (when,)),
                    confidence=confidence, reason=reason,
                )  # fmt: skip

    def _parties(self, record: Record, saying: Saying, when: When, article: str | None) -> Named:
        """The polities named in a clause, by their roles; or why a name means none."""
        parties: dict[str, str] = {}
        for role in ("actor", "other", "another", "aside", "place"):
            if text := saying.named.get(role):
                place = role == "place"
                polity = hosted(text, when, article, _code(record)) if place else party(text, when, article)
                if polity is not None:
                    parties[role] = polity
                elif role in ("actor", "other", "another"):
                    return f'"{text}" is no polity of the gazetteer in {when}'
        return parties

    def _article(self, record: Record, when: When | None) -> str | None:
        """The polity that the article is about at a time."""
        return self.polity(_code(record), when)

    def _published(self, div: Element, whens: tuple[When, ...]) -> Published:
        """The latest month, else year, stated in the article; ignored if the record has later events."""
        stated = _stated(div.getroottree().getroot())
        late = stated is not None and any(when.earliest > stated.latest for when in whens)
        return self.published(None if late else stated)

    def _marked(self, div: Element, when: When, text: str) -> tuple[When, str]:
        """The text's date as refined by the markup, and what is wrong if the markup contradicts it."""
        for element in div.iterfind(f"{TEI}head//{TEI}date"):
            attributes = {str(key): str(value) for key, value in element.attrib.items()}
            if _text(element) == text and attributes:
                markup = marked(attributes)
                if markup is not None and (agrees(markup, when) or when.refines(markup)):
                    return markup if agrees(markup, when) else when, ""
                attribute_text = " ".join(f'{key}="{value}"' for key, value in sorted(attributes.items()))
                return when, f"the date's markup says {attribute_text} where its text says {text}; the text is believed"
        return when, ""


def _code(record: Record) -> str:
    """The id of the article's country at history.state.gov."""
    return record.file.rpartition("/")[2].removesuffix(".xml")


def _foreign(parties: Named) -> list[str]:
    """The named polities other than the United States, the actor first."""
    return [] if isinstance(parties, str) else [id for id in parties.values() if id != US]


def _weighed(relation: str, doubt: str, vague: bool, absent: bool, begins: bool) -> tuple[float, str]:
    """The confidence in a claim and its reason, by the first weakness that applies.

    The values order the claims by how far the head leaves room for another reading: only a range of dates for an event
    (0.6), a polity that was no state then (0.7), a date on which something merely existed (0.8), markup that disagrees
    with the text (0.9).
    """
    if vague:
        return 0.6, "the head gives a range in which it happened"
    if absent and relation in ("recognition", "agreement.signed"):
        return 0.7, "the head says so, but by the gazetteer the polity was no state then"
    if begins:
        return 0.8, "the head says when there was one"
    return (0.9, doubt) if doubt else (1.0, "the head says so")


def _kind(saying: Saying) -> str | None:
    """The rank of an envoy or a mission; the new rank if it was raised or lowered."""
    moved = saying.phrase.relation in ("mission.raised", "mission.lowered")
    post = (saying.named.get("rank" if moved else "post") or "").lower()
    return saying.phrase.kind or _POSTS.get(post, post) or None


def _label(saying: Saying, host: str) -> str | None:
    """An agreement's title, how an envoy left, or a mission's town."""
    names = saying.named
    return names.get("title") or saying.phrase.label or town(names.get("town") or names.get("place"), host)


def _divs(root: Element) -> Iterator[tuple[str, Element]]:
    """Each `div` with its locator: its xml:id, or that of the nearest enclosing `div` with a running number."""
    counts: dict[str, int] = {}
    for div in root.iter(f"{TEI}div"):
        if div.get(ID):
            yield str(div.get(ID)), div
        else:
            around = next((str(up.get(ID)) for up in div.iterancestors(f"{TEI}div") if up.get(ID)), "body")
            counts[around] = counts.get(around, 0) + 1
            yield f"{around}/{counts[around]}", div


def _paragraphs(div: Element) -> Iterator[Element]:
    """The paragraphs and list items that belong to a `div` directly, not to a `div` inside it."""
    for element in div.iter(f"{TEI}p", f"{TEI}item"):
        nearest = next(element.iterancestors(f"{TEI}div"))
        inside = next(element.iterancestors(f"{TEI}p", f"{TEI}item"), None)
        if nearest is div and inside is None and _text(element):
            yield element


def _head(div: Element) -> str:
    head = div.find(f"{TEI}head")
    return "" if head is None else _text(head)


def _text(element: Element) -> str:
    return fold("".join(str(part) for part in element.itertext()))


def _section(div: Element) -> str:
    """The xml:id of the nearest enclosing section, which indicates the kind of events in it."""
    return next((str(up.get(ID)) for up in div.iterancestors(f"{TEI}div") if up.get(ID)), "")


@lru_cache(maxsize=2)  # needed for each claim and paragraph of an article, one article after another
def _stated(root: Element) -> When | None:
    """The latest month in the header, else the latest year."""
    months, years = [], []
    for paragraph in root.iterfind(f"{TEI}teiHeader/{TEI}fileDesc//{TEI}p"):
        for month, year in _STATED.findall(_text(paragraph)):
            try:
                months.append(When.parse(f"{month}{year}")) if month else years.append(When.parse(year))
            except BadDate:  # "State, 2008" is no month
                years.append(When.parse(year))
    return max(months or years, key=lambda when: when.latest, default=None)
