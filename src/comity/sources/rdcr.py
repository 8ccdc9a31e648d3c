"""A guide to recognition and relations by country since 1776 (HistoryAtState/rdcr): claims of heads, prose to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from comity.errors import BadDate
from comity.model import Claim, Document, Published, Source, When
from comity.sources.base import Record, Unreadable
from comity.sources.gazetteer import fold as plain
from comity.sources.gazetteer import gazetteer
from comity.sources.hsg import LICENCE, PUBLISHER, Historian
from comity.sources.manifest import members
from comity.sources.rdcr_heads import Saying, agrees, marked, sayings, undated
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
US = "united-states"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LASTING = frozenset({"statehood.sovereignty"})  # what a range of years in a head says it lasted for
_TITLES = frozenset({"short", "long"})
_POSTS = {"interest section": "interests section", "diplomatic mission": "mission"}
_EPITHETS = re.compile(r"^(?:Independent|Reunified|Socialist|Former) ")
_STATED = re.compile(r"\b([A-Z][a-z]+ )?(\d{4})\b")
_CLOSE = 2  # years: a range no longer than this dates each of several things that a head says
_KIN = 5  # letters that "Guyanan" must share with a name of the article's polity, which no gazetteer spells so


class Rdcr(Historian):
    """Each `div` that has a head or paragraphs of its own is a record: its head gives claims, its paragraphs documents.

    The date is what the head's text says; the markup's only where it says the same, or more of the same.
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
        """What the head says, once for each of its dates; a head without one names a topic."""
        if element.get("type") != "timeline":
            return
        head = undated(_head(element))
        whens = [self._marked(element, when, text) for when, text in zip(head.whens, head.found, strict=True)]
        yield from (why for _, why in whens if why)
        for when, why in whens:
            for saying in sayings(head.said, _section(element)):
                yield from self._said(record, saying, when, why)

    def passage(self, folder: Path, locator: str) -> str | None:
        """The folded text of the head of a record, or of the paragraph, at a locator."""
        file, _, finder = locator.partition("#")
        if file not in members(self.source, folder):
            return None
        root = parse(folder / file)
        if isinstance(root, Unreadable):
            return None
        record, paragraph = re.fullmatch(r"(.*?)(?:/p(\d+))?", finder).groups()  # type: ignore[union-attr]
        div = dict(_divs(root)).get(record)
        if div is None or paragraph is None:
            return None if div is None else _head(div)
        return dict(enumerate(map(_text, _paragraphs(div)), 1)).get(int(paragraph))

    def _said(self, record: Record, saying: Saying, when: When, doubt: str) -> Iterator[Claim | str]:
        """The claims of one clause, or why it gives none."""
        relation, named = saying.phrase.relation, saying.named
        vague = when.is_interval and (relation not in LASTING or "another" in named)
        if vague and not saying.whole and when.latest.year - when.earliest.year > _CLOSE:
            yield f"{relation} happened at some time in {when}, which the head gives for more than this"
            return
        parties = self._parties(record, saying, when)
        if isinstance(parties, str):
            yield parties
            return
        for subject, object in parties:
            yield self.claim(
                record, subject, relation, object,
                kind=_kind(saying), label=_label(named), when=when,
                published=self._published(record.element, (when,)),
                confidence=0.6 if vague else 0.9 if doubt else 1.0,
                reason=doubt or ("the head gives a range in which it happened" if vague else "the head says so"),
            )  # fmt: skip

    def _parties(self, record: Record, saying: Saying, when: When) -> list[tuple[str, str | None]] | str:
        """Subject and object, once for each direction; or why they are not known."""
        article = self._article(record, when)
        found: dict[str, str] = {}
        for role in ("actor", "other", "another", "aside", "place"):
            if text := saying.named.get(role):
                polity = self._named(text, when, article)
                if polity is None and role in ("actor", "other", "another"):
                    return f'"{text}" is no polity of the gazetteer in {when}'
                if polity is not None:
                    found[role] = polity
        foreign = next((id for id in found.values() if id != US), None) or article
        if foreign is None:
            return f"the article's polity is not known in {when}"
        return _directed(saying.phrase.acts, found, foreign)

    def _named(self, text: str, when: When, article: str | None) -> str | None:
        """The polity that a head names; the article's own, when the name is like one of its or of its kin's names."""
        for name in (text, _EPITHETS.sub("", text)):
            ids = [polity.id for polity in gazetteer().named(name, when)]
            if article in ids:
                return article
            if len(ids) == 1:
                return ids[0]
        return article if article and (_akin(text, article) or _kin(text, article)) else None

    def _article(self, record: Record, when: When | None) -> str | None:
        """The polity that the article is about at a time."""
        return self.polity(record.file.rpartition("/")[2].removesuffix(".xml"), when)

    def _published(self, div: Element, told: tuple[When, ...]) -> Published:
        """The latest month, else year, that the article states for itself; not believed of a record of later events."""
        stated = _stated(div.getroottree().getroot())
        late = stated is not None and any(when.earliest > stated.latest for when in told)
        return self.published(None if late else stated)

    def _marked(self, div: Element, when: When, text: str) -> tuple[When, str]:
        """The date as the markup refines the text's, and what is wrong where the markup says otherwise."""
        for element in div.iterfind(f"{TEI}head//{TEI}date"):
            attributes = {str(key): str(value) for key, value in element.attrib.items()}
            if _text(element) == text and attributes:
                markup = marked(attributes)
                if markup is not None and agrees(markup, when):
                    return markup, ""
                said = " ".join(f'{key}="{value}"' for key, value in sorted(attributes.items()))
                return when, f"the date's markup says {said} where its text says {text}; the text is believed"
        return when, ""


def _directed(acts: str, found: dict[str, str], foreign: str) -> list[tuple[str, str | None]]:
    """Who does it to whom: by the actor where one is named, else as the phrase says."""
    actor = found.get("actor")
    if acts == "polity":
        others = [found[role] for role in ("other", "another") if role in found]
        return [(actor or foreign, other) for other in others] or [(actor or foreign, None)]
    if acts == "both":
        return [(US, foreign), (foreign, US)]
    if actor is None:
        actor = US if acts == "us" else foreign
    return [(actor, foreign if actor == US else US)]


def _kin(text: str, article: str) -> bool:
    """Whether a name of another time is a predecessor's or successor's of the article's polity."""
    polity = gazetteer().polity(article)
    return any(named.id in (*polity.predecessors, *polity.successors) for named in gazetteer().named(text))


def _akin(text: str, article: str) -> bool:
    """Whether a name begins as one of the polity's does: "Guyanan", "Brunei Darussalami"."""
    words = plain(text)
    names = (plain(name.text) for name in gazetteer().polity(article).names if name.kind != "capital")
    return any(len(name) >= _KIN and words.startswith(name[: max(_KIN, len(name) - 2)]) for name in names)


def _kind(saying: Saying) -> str | None:
    """The rank of a mission (of one raised, the new one), or of an envoy."""
    post = (saying.named.get("rank") or saying.named.get("post") or "").lower()
    return saying.phrase.kind or _POSTS.get(post, post) or None


def _label(named: dict[str, str]) -> str | None:
    """An agreement's title, or a mission's town; a place that names a polity is none."""
    if title := named.get("title"):
        return title
    place = named.get("town") or named.get("place")
    return place if place and not gazetteer().named(place, kinds=_TITLES) else None


def _divs(root: Element) -> Iterator[tuple[str, Element]]:
    """Each `div` with its finder: its xml:id, or that of the nearest around it with its count among such."""
    counts: dict[str, int] = {}
    for div in root.iter(f"{TEI}div"):
        if div.get(ID):
            yield str(div.get(ID)), div
        else:
            around = next((str(up.get(ID)) for up in div.iterancestors(f"{TEI}div") if up.get(ID)), "body")
            counts[around] = counts.get(around, 0) + 1
            yield f"{around}/{counts[around]}", div


def _paragraphs(div: Element) -> Iterator[Element]:
    """The paragraphs of a `div` that are in no `div` inside it, and the items of its lists."""
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
    """The xml:id of the nearest section around, which says what kind of things it lists."""
    return next((str(up.get(ID)) for up in div.iterancestors(f"{TEI}div") if up.get(ID)), "")


def _stated(root: Element) -> When | None:
    """The latest month that the header states, else the latest year."""
    months, years = [], []
    for paragraph in root.iterfind(f"{TEI}teiHeader/{TEI}fileDesc//{TEI}p"):
        for month, year in _STATED.findall(_text(paragraph)):
            try:
                months.append(When.parse(f"{month}{year}")) if month else years.append(When.parse(year))
            except BadDate:  # "State, 2008" is no month
                years.append(When.parse(year))
    return max(months or years, key=lambda when: when.latest, default=None)
