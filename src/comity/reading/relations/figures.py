"""Figures of trade and travel: value, unit, direction, growth and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from comity.model import Participant
from comity.reading.dates.thread import Dated
from comity.reading.grammar.date_scope import Governing
from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.parse import Parsed
from comity.reading.lexicon.words import table
from comity.reading.names.mentions import Mention, meant
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.amounts import Amount, counts, has_money, money
from comity.reading.relations.growth import Check, check, grown
from comity.reading.relations.statement import Said
from comity.relations.figures import TRADE_EXPORTS, TRADE_IMPORTS, TRADE_TOTAL, TRAVEL

_NOUNS = table("figures")["total"] | table("figures")["exports"] | table("figures")["imports"]
_WORDS = sorted(_NOUNS, key=len, reverse=True)
_TRADE = re.compile(rf"\b(?P<what>{'|'.join(_WORDS)})\b", re.IGNORECASE)
_MANNER = re.compile(r"\b(?:would|could|might|may|if|deficit|surplus|aid|debt|investment)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Flow:
    """A noun of trade at a place of a sentence, with its direction and parties."""

    start: int
    relation: str
    subject: str
    object: str
    evidence: tuple[int, ...]
    certainty: float
    sector: str


def has_figure(text: str) -> bool:
    """Whether a sentence may contain a figure of trade or travel."""
    if _TRADE.search(text) is not None:
        return has_money(text)
    words = set(text.lower().split())
    moving = table("figures")["visiting"] | table("figures")["hosting"]
    return not words.isdisjoint(moving) and next(counts(text), None) is not None


def figures(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The figures of a sentence, each with the year next to it."""
    text = parsed.sentence.text
    if _TRADE.search(text) is not None and _MANNER.search(text) is None:
        yield from _trade(parsed, context)
    yield from _travel(parsed, context)


def _trade(parsed: Parsed, context: Context) -> Iterator[Said]:
    """Every amount with the last noun of trade before it, unless a semicolon is between them."""
    text = parsed.sentence.text
    amounts = money(text)
    flows = [flow for match in _TRADE.finditer(text) if (flow := _flow(parsed, context, match)) is not None]
    readings: list[tuple[_Flow, Amount, Said]] = []
    for number, amount in enumerate(amounts):
        before = [flow for flow in flows if flow.start < amount.start]
        dated = _year_of(parsed, amounts, number)
        if before and dated is not None and not re.search(r"; ", text[before[-1].start : amount.start]):
            readings.append((before[-1], amount, _figure(text, before[-1], amounts, number, dated)))
    yield from _checked(text, readings)


def _figure(text: str, flow: _Flow, amounts: list[Amount], number: int, dated: tuple[Dated, float, str]) -> Said:
    """A figure with its growth, which is stored as a participant because it is not a value of its own."""
    amount = amounts[number]
    first = max([flow.start, *(earlier.end for earlier in amounts[:number])])
    following = amounts[number + 1].start if number + 1 < len(amounts) else len(text)
    growth = grown(text[first : amount.start], text[amount.end : following])
    return Said(
        "trade-figure",
        flow.relation,
        Parties(flow.subject, flow.object, flow.evidence, flow.certainty),
        Governing(dated[0], -1, dated[1], dated[2]),
        label=flow.sector or None,
        value=amount.value,
        unit=amount.unit,
        participants=(*((Participant("growth", growth),) if growth else ()), *amount.participants),
    )


def _checked(text: str, readings: list[tuple[_Flow, Amount, Said]]) -> Iterator[Said]:
    """The figures in order; two of one flow, "from" one "to" the next, are checked against the growth stated."""
    statements = [statement for _, _, statement in readings]
    for number, ((flow, first, _), (next_flow, last, _)) in enumerate(pairwise(readings)):
        joined = text[first.end : last.start].rstrip().endswith(" to") and flow == next_flow and first.unit == last.unit
        words = text[flow.start : first.start]
        if joined and re.search(r"\bfrom (?:[a-z]+ ){0,2}$", words):
            statements[number : number + 2] = _changed(
                statements[number], statements[number + 1], check(words, first.value, last.value)
            )
    yield from statements


def _changed(first: Said, last: Said, verdict: Check | None) -> tuple[Said, Said]:
    """Two figures with the stated change between them; the growth belongs to the last."""
    growth = tuple(p for p in first.participants if p.role == "growth")
    exact = tuple(p for p in first.participants if p.role != "growth")
    first, last = replace(first, participants=exact), replace(last, participants=(*growth, *last.participants))
    return (_judged(first, verdict), _judged(last, verdict)) if verdict is not None else (first, last)


def _judged(figure: Said, verdict: Check) -> Said:
    """A figure with the result of its check; if words and numbers disagree, either is equally likely to be wrong."""
    reason = "; ".join(part for part in (figure.parties.reason, verdict.reason) if part)
    confidence = figure.confidence if verdict.agrees else figure.confidence * 0.5
    return replace(figure, confidence=confidence, parties=replace(figure.parties, reason=reason))


def _flow(parsed: Parsed, context: Context, match: re.Match[str]) -> _Flow | None:
    """The direction of a noun of trade, by the words before it ("Peruvian exports") and after it ("to Peru")."""
    text = parsed.sentence.text
    what = match["what"].lower()
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 60]
    sector = _sector(text[: match.start()])
    owner = _mention_at(parsed, match.start(), before, context)
    if what in table("figures")["total"]:
        both = table("figures")["both"] & set(re.findall(r"[\w-]+", f"{before} {after}".lower()))
        mentions = [m for m in parsed.sentence.mentions if m.is_polity]
        ids = list(dict.fromkeys(id for m in mentions if (id := meant(m, None, context.about))))
        pair = (ids[0], ids[1]) if len(ids) == 2 else context.pair if len(ids) < 2 else None
        if pair is None or not (both or len(ids) == 2) or (len(ids) == 1 and ids[0] not in pair):
            return None
        return _Flow(match.start(), TRADE_TOTAL.id, *pair, _tokens(parsed, mentions, match.start()), 0.9, sector)
    direction = re.match(r" (?P<way>to|from) (?:the )?", after)
    partner = _mention_from(parsed, match.end() + direction.end(), context) if direction else None
    exports = what in table("figures")["exports"]
    if owner is None and partner is None:
        return None
    subject = owner[0] if owner else context.other(partner[0]) if partner else None
    counterpart = partner[0] if partner else context.other(subject) if subject else None
    if (
        subject is None
        or counterpart is None
        or subject == counterpart
        or (direction and (direction["way"] == "to") != exports)
    ):
        return None
    mentions = [side[1] for side in (owner, partner) if side]
    certainty = 0.95 if owner and partner else 0.9
    relation = TRADE_EXPORTS.id if exports else TRADE_IMPORTS.id
    return _Flow(
        match.start(), relation, subject, counterpart, _tokens(parsed, mentions, match.start()), certainty, sector
    )


def _sector(before: str) -> str:
    """The last kind of goods named before, unless the figure is said to cover all goods."""
    words = table("figures")
    goods = [word for word in re.findall(r"[a-z]+", before.lower()) if word in words["sectors"] | words["whole"]]
    return goods[-1] if goods and goods[-1] in words["sectors"] else ""


def _mention_at(parsed: Parsed, end: int, before: str, context: Context) -> tuple[str, Mention] | None:
    """The polity just before a noun, with at most two lower-case words between."""
    for mention in reversed(parsed.sentence.mentions):
        if mention.is_polity and mention.end <= end:
            between = parsed.sentence.text[mention.end : end]
            id = meant(mention, None, context.about)
            return (id, mention) if id and re.fullmatch(r"(?:['’]s)?(?: [a-z]+){0,2} ", between) else None
    return None


def _mention_from(parsed: Parsed, start: int, context: Context) -> tuple[str, Mention] | None:
    for mention in parsed.sentence.mentions:
        if mention.is_polity and mention.start == start and (id := meant(mention, None, context.about)):
            return id, mention
    return None


def _tokens(parsed: Parsed, mentions: list[Mention], start: int) -> tuple[int, ...]:
    """The tokens of some mentions, otherwise that of the noun itself."""
    return parsed.at(mentions) or tuple(i for i, (first, _) in enumerate(parsed.where) if first == start)


def _year_of(parsed: Parsed, amounts: list[Amount], number: int) -> tuple[Dated, float, str] | None:
    """The year between an amount and the next one, otherwise the only year of the sentence if it comes before."""
    amount = amounts[number]
    limit = amounts[number + 1].start if number + 1 < len(amounts) else len(parsed.sentence.text)
    following = [d for d in parsed.sentence.dates if amount.end <= d.start < limit and not d.when.is_interval]
    if following and re.fullmatch(
        r",? ?(?:\([^)]*\) )?(?:in|during|for|by|as of)? ?(?:the )?(?:year )?",
        parsed.sentence.text[amount.end : following[0].start],
    ):
        return following[0], 1.0, "the year by the amount"
    if following:
        return None
    before = [d for d in parsed.sentence.dates if d.end <= amount.start and not d.when.is_interval]
    years = {d.when.edtf for d in parsed.sentence.dates}
    if before and len(years) == 1:
        return before[-1], 0.8, "the only year of the sentence"
    return None


def _travel(parsed: Parsed, context: Context) -> Iterator[Said]:
    """The number of people of one polity who visit another: "500,000 U.S. citizens visit Peru annually".

    The host may also be the subject: "Kenya welcomed 120,000 British tourists in 2014".
    """
    text = parsed.sentence.text
    verb = next((m for m in re.finditer(r"\w+", text) if m.group().lower() in table("figures")["visiting"]), None)
    host = next((m for m in re.finditer(r"\w+", text) if m.group().lower() in table("figures")["hosting"]), None)
    dates = [d for d in parsed.sentence.dates if not d.when.is_interval]
    if len(dates) > 1 or len(dates) < len(parsed.sentence.dates):
        return
    for amount in counts(text):
        after = amount.end < verb.start() if verb else False
        people = _people(parsed, amount, context)
        if people is None:
            continue
        sender, end = people
        goal = verb.end() if verb and after and verb.start() - end < 20 else None
        here = _hosted(parsed, goal, host, amount, context)
        if here is None or here[0] == sender[0]:
            continue
        yield Said(
            "travel-figure",
            TRAVEL.id,
            Parties(sender[0], here[0], _tokens(parsed, [sender[1], here[1]], 0)),
            Governing(dates[0], -1, 0.9, "the year of the sentence") if dates else None,
            value=amount.value,
            unit="people",
            participants=amount.participants,
        )
        return


def _people(parsed: Parsed, amount: Amount, context: Context) -> tuple[tuple[str, Mention], int] | None:
    """The people's polity, and where their words end: "U.S. citizens", "Americans", "tourists from Germany"."""
    words, text = table("figures")["people"], parsed.sentence.text
    for mention in parsed.sentence.mentions:
        id = meant(mention, None, context.about) if mention.is_polity and mention.start >= amount.end else None
        if id is None:
            continue
        between, after = text[amount.end : mention.start], re.match(r" (?:[a-z]+ )?([a-z]+)", text[mention.end :])
        if re.fullmatch(r" (?:[a-z]+ )?", between):
            if after is not None and any(word in words for word in after.group().split()):
                return (id, mention), mention.end + after.end()
            if mention.kind == "demonym" and mention.text.endswith("s"):
                return (id, mention), mention.end
        from_there = re.fullmatch(r" (?:[a-z]+ )?(?P<who>[a-z]+) from (?:the )?", between)
        return ((id, mention), mention.end) if from_there and from_there["who"] in words else None
    return None


def _hosted(
    parsed: Parsed, goal: int | None, host: re.Match[str] | None, amount: Amount, context: Context
) -> tuple[str, Mention] | None:
    """The polity visited: after a verb for visiting, or the subject of a verb for receiving."""
    text = parsed.sentence.text
    for mention in parsed.sentence.mentions:
        id = meant(mention, None, context.about) if mention.kind == "polity" else None
        if id is None:
            continue
        if goal is not None and re.fullmatch(r" (?:to )?(?:the )?", text[goal : mention.start] or "-"):
            return id, mention
        received = host is not None and mention.end <= host.start() and host.end() < amount.start
        if received and host is not None and re.fullmatch(r" (?:has |also )?", text[mention.end : host.start()]):
            return id, mention
    return None
