"""Wars by name and insurgencies: "the War of the Pacific with Chile", "the Chaco War (1932–35)", "the Tamil Tigers"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from comity.model import Certainty, When
from comity.reading.dates.thread import Dated
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.noun_dates import BESIDE, dates_by
from comity.reading.grammar.parse import Parsed
from comity.reading.lexicon.words import groups, table
from comity.reading.names.mentions import Mention, meant, polities
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.statement import Said
from comity.relations.strife import INSURGENCY, WAR
from comity.sources.gazetteer import gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’][^\W\d_]+)?"
_WAR = re.compile(
    r"\b(?!The |This |That |A |An |In |After |During |Since )(?:(?:First|Second|Third) )?"
    rf"(?P<name>{_WORD}(?:[ –-]{_WORD}){{0,3}}) Wars?\b"
    rf"|\b(?<!of )(?<!for )War of (?:the )?(?P<thing>{_WORD}(?: (?:of |the )*{_WORD}){{0,3}})"
)
_CIVIL = re.compile(r"\b[Cc]ivil [Ww]ar\b")
_DATED = re.compile(r"(?:,? of| \(|, | in|,? from) ?$")
_GAP = re.compile(r"(?: \([^)]*\)| of \d{4}(?:[–-]\d+)?)? (?P<how>between|with|against) (?:the )?")
_OUTCOME = re.compile(r"\b(?:victory|defeat|end|close|conclusion|aftermath|veterans?)\b[^.;,]{0,25}$", re.IGNORECASE)
_OUTBREAK = frozenset({"began", "broke", "started", "erupted", "occurred", "was", "took"})


def has_strife(text: str) -> bool:
    """Whether a sentence may name a war or state an insurgency."""
    if "War" in text or "civil war" in text:
        return True
    words = set(re.findall(r"[a-z]+", text.lower()))
    strife = table("strife")
    return not words.isdisjoint(strife["within"] | strife["fighters"]) or _groups().search(text) is not None


@cache
def _groups() -> re.Pattern[str]:
    names = sorted([*groups("names"), *groups("abbreviations")], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def strife(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The wars that a sentence names with their parties, and the insurgencies."""
    for match in _WAR.finditer(parsed.sentence.text):
        if not table("strife")["unnamed"] & set(re.split(r"[ –-]", match["name"] or match["thing"])):
            yield from _war(parsed, context, governors, match)
    yield from _of_groups(parsed)
    yield from _civil(parsed, context)
    yield from _within(parsed, context, governors)


@dataclass(frozen=True, slots=True)
class _Side:
    """A polity at an offset of the sentence."""

    polity: str
    start: int


def _war(parsed: Parsed, context: Context, governors: Governors, match: re.Match[str]) -> Iterator[Said]:
    """A war between those whom its name joins, or who are named beside it."""
    token = _token(parsed, match.end() - 1 if match["name"] else match.start())
    ends = (match.end(), _tail(parsed, match.end()))
    governing = _date_of(parsed, governors, match.start(), ends, token)
    when = governing.dated.when if governing else None
    joined = _joined(match["name"] or "", when, context, match.start())
    for first, second in [joined] if joined else _beside(parsed, context, when, match.end()):
        if first.polity == second.polity or not _could_meet(first.polity, second.polity, when):
            continue
        evidence = tuple(dict.fromkeys(_token(parsed, side.start).i for side in (first, second)))
        parties = Parties(first.polity, second.polity, evidence)
        yield Said("war-by-name", WAR.id, parties, governing, confidence=0.9, label=match.group())


def _joined(name: str, when: When | None, context: Context, start: int) -> tuple[_Side, _Side] | None:
    """The two parties in a compound name: Russo-Japanese, Iran–Iraq."""
    halves = re.split(r"[–-]", name.split()[-1]) if name else []
    if len(halves) != 2:
        return None
    words = [next(iter(table("combining").get(half, {half}))) for half in halves]
    ids = [_bearer(word, when, context) for word in words]
    first, second = ids
    return (_Side(first, start), _Side(second, start)) if first and second else None


def _bearer(word: str, when: When | None, context: Context) -> str | None:
    """The polity of a name or demonym; without a date only if unambiguous: several states were called Austria."""
    mention = next(polities(word), None)
    if mention is None or (when is None and len({id for id, _ in mention.names} - set(context.about)) > 1):
        return None
    return meant(mention, when, context.about)


def _could_meet(first: str, second: str, when: When | None) -> bool:
    """Whether both existed at the same time, and at the date if there is one."""
    lives = [(a, b) for a in gazetteer().polity(first).lifespans for b in gazetteer().polity(second).lifespans]
    if when is None:
        return any(a.overlaps(b) is not Certainty.NO for a, b in lives)
    return all(gazetteer().polity(id).existed(when) is not Certainty.NO for id in (first, second))


def _beside(parsed: Parsed, context: Context, when: When | None, end: int) -> Iterator[tuple[_Side, _Side]]:
    """The parties named after a war: "between X and Y", or "with X", whose opponent is the only other polity named."""
    text = parsed.sentence.text
    mentions = [(m, id) for m in parsed.sentence.mentions if m.is_polity and (id := meant(m, when, context.about))]
    gap = _GAP.match(text, end)
    if gap is None:
        return
    sides = _sides(text, gap.end(), mentions)
    if gap["how"] == "between":
        yield from [(sides[0], sides[1])] if len(sides) == 2 else []
        return
    others = {id: m for m, id in mentions if id not in {side.polity for side in sides}}
    if not others and len(sides) == 1 and (own := context.other(sides[0].polity)) is not None:
        yield _Side(own, sides[0].start), sides[0]  # of the document's two only one is named: the other is its opponent
    if len(others) == 1:
        id, mention = next(iter(others.items()))
        yield from ((_Side(id, mention.start), side) for side in sides)


def _tail(parsed: Parsed, end: int) -> int:
    """The end of the phrase of a war, including its sides: "the Chaco War between Bolivia and Paraguay"."""
    gap = _GAP.match(parsed.sentence.text, end)
    mentions = [(mention, "") for mention in parsed.sentence.mentions if mention.is_polity]
    sides = _sides(parsed.sentence.text, gap.end(), mentions) if gap is not None else []
    last = {mention.start: mention.end for mention, _ in mentions}
    return last[sides[-1].start] if sides else end


def _sides(text: str, start: int, mentions: list[tuple[Mention, str]]) -> list[_Side]:
    """The polities listed from an offset on, joined by commas and "and"."""
    sides: list[_Side] = []
    for mention, id in mentions:
        if re.fullmatch(r"" if not sides else r",? (?:and )?(?:the )?", text[start : mention.start]) is None:
            continue
        sides.append(_Side(id, mention.start))
        start = mention.end
    return sides


def _date_of(parsed: Parsed, governors: Governors, start: int, ends: tuple[int, ...], token: Token) -> Governing | None:
    """The date next to a name or its sides, else that of the verb of the outbreak."""
    text = parsed.sentence.text
    near = [(index, dated) for index, dated in parsed.dates.items() if not _is_bound(dated)]
    for index, dated in near:
        after = any(_dates(text, start, end, dated) for end in ends)
        if after or (dated.end < start and text[dated.end : start] in (" ", ", ")):
            return Governing(dated, index, 0.95, BESIDE)
    head = token.head
    begun = token.dep_ in ("nsubj", "nsubjpass", "compound") and head.lower_ in _OUTBREAK
    return next(iter(governors.of(head)), None) if begun else None


def _dates(text: str, start: int, end: int, dated: Dated) -> bool:
    """Whether a date after a name is that of the war, not of its end or of a victory."""
    gap = text[end : dated.start] if end <= dated.start else "-"
    return bool(_DATED.fullmatch(gap)) and not ("in" in gap and _OUTCOME.search(text[:start]))


def _is_bound(dated: Dated) -> bool:
    return dated.bound not in ("", "since")


def _token(parsed: Parsed, place: int) -> Token:
    """The token at an offset of the sentence."""
    return parsed.doc[next(i for i, (_, end) in enumerate(parsed.where) if end > place)]


def _of_groups(parsed: Parsed) -> Iterator[Said]:
    """The insurgency of a group: by its name, or by an abbreviation if a word of strife is in the sentence."""
    text = parsed.sentence.text
    strife = not table("strife")["beside"].isdisjoint(re.findall(r"[a-z]+", text.lower()))
    for match in _groups().finditer(text):
        name = match.group()
        id = groups("names").get(name) or (groups("abbreviations")[name] if strife else None)
        if id is not None:
            yield _insurgency(id, name, None, _token(parsed, match.start()))


def _civil(parsed: Parsed, context: Context) -> Iterator[Said]:
    """A civil war with a polity named before or after it: the Greek Civil War, the civil war in El Salvador."""
    text = parsed.sentence.text
    for match in _CIVIL.finditer(text):
        token = _token(parsed, match.start())
        governing = next(
            (
                Governing(dated, index, 0.95, BESIDE)
                for index, dated in parsed.dates.items()
                if _dates(text, match.start(), match.end(), dated)
            ),
            None,
        )
        when = governing.dated.when if governing else None
        for id in _whose(parsed, context, when, match.start(), match.end()):
            yield _insurgency(id, match.group(), governing, token)


def _whose(parsed: Parsed, context: Context, when: When | None, start: int, end: int) -> list[str]:
    """The only polity right before some words ("Spanish", "Peru's") or right after them and "in"."""
    text = parsed.sentence.text
    ids = []
    for mention in parsed.sentence.mentions:
        before = mention.is_polity and re.fullmatch(r"(?:['’]s)?(?: [\w-]+)? ", text[mention.end : start] or "-")
        behind = mention.kind == "polity" and re.fullmatch(r" in (?:the )?", text[end : mention.start] or "-")
        if (before or behind) and (id := meant(mention, when, context.about)):
            ids.append(id)
    return ids if len(set(ids)) == 1 else []


def _within(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """An insurgency or its fighters, if a polity is named beside them."""
    words = table("strife")
    for token in parsed.doc:
        if token.lower_ not in words["within"] | words["fighters"] or not token.tag_.startswith("NN"):
            continue
        if modality(parsed, token, None) is None:
            continue
        dates = dates_by(parsed, token) or (governors.of(token) if token.lower_ in words["within"] else [])
        when = dates[0].dated.when if dates else None
        start, end = parsed.where[token.i]
        first = min(
            (parsed.where[t.i][0] for t in token.lefts if t.dep_ in ("amod", "compound", "nmod")), default=start
        )
        ids = _whose(parsed, context, when, first, end) or _whose(parsed, context, when, start, end)
        for id in dict.fromkeys(ids):
            label = parsed.sentence.text[first:end]
            yield _insurgency(id, label, dates[0] if dates else None, token)


def _insurgency(id: str, label: str, governing: Governing | None, token: Token) -> Said:
    return Said("insurgency", INSURGENCY.id, Parties(id, None, (token.i,)), governing, confidence=0.85, label=label)
