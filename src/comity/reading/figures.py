"""Figures of trade and travel: value, unit, direction and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.reading.context import Context, Parties
from comity.reading.dates import Dated
from comity.reading.dating import Governors
from comity.reading.mentions import Mention, meant
from comity.reading.owning import Governing
from comity.reading.parse import Parsed
from comity.reading.said import Said
from comity.reading.words import table

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "m": 1e6}
_UNITS = {"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP"}
_AMOUNT = re.compile(
    r"(?P<unit>US\$|USD ?|\$|€|EUR ?|£|GBP ?)(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion|bn|m)\b)?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{4,}|\d+(?:\.\d+)?(?= (?:thousand|million)))(?: (?P<scale>thousand|million))?"
)
_NOUNS = table("figures")["total"] | table("figures")["exports"] | table("figures")["imports"]
_WORDS = sorted(_NOUNS, key=len, reverse=True)
_TRADE = re.compile(rf"\b(?P<what>{'|'.join(_WORDS)})\b", re.IGNORECASE)
_MANNER = re.compile(r"\b(?:would|could|might|may|if|deficit|surplus|aid|debt|investment)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Flow:
    """A noun of trade at a place, with its direction as far as it is said."""

    start: int
    relation: str
    subject: str
    object: str
    evidence: tuple[int, ...]
    certainty: float
    sector: str


def has_figure(text: str) -> bool:
    """Whether a sentence may hold a figure of trade or travel."""
    if "$" in text or "€" in text or "£" in text or "USD" in text:
        return _TRADE.search(text) is not None
    return _COUNT.search(text) is not None and not table("figures")["visiting"].isdisjoint(text.lower().split())


def figures(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The figures of a sentence, each with the year that stands by it."""
    text = parsed.sentence.text
    if "$" in text or "€" in text or "£" in text or "USD" in text:
        yield from _trade(parsed, context)
    yield from _travel(parsed, context)


def _trade(parsed: Parsed, context: Context) -> Iterator[Said]:
    """Every amount with the last noun of trade before it, in the same clause or what is joined to it."""
    text = parsed.sentence.text
    if _MANNER.search(text):
        return
    amounts = list(_AMOUNT.finditer(text))
    flows = [flow for match in _TRADE.finditer(text) if (flow := _flow(parsed, context, match)) is not None]
    for number, amount in enumerate(amounts):
        before = [flow for flow in flows if flow.start < amount.start()]
        if not before or re.search(r"; ", text[before[-1].start : amount.start()]):
            continue
        flow = before[-1]
        dated = _year_of(parsed, amounts, number)
        if dated is None:
            continue
        dating, certainty, reason = dated
        yield Said(
            "trade-figure",
            flow.relation,
            Parties(flow.subject, flow.object, flow.evidence, flow.certainty),
            Governing(dating, -1, certainty, reason),
            label=flow.sector or None,
            value=_value(amount["number"], amount["scale"]),
            unit=_UNITS[amount["unit"].strip().lower()],
        )


def _flow(parsed: Parsed, context: Context, match: re.Match[str]) -> _Flow | None:
    """The direction of a noun of trade, by what stands before it ("Peruvian exports") and after it ("to Peru")."""
    text = parsed.sentence.text
    what = match["what"].lower()
    before = text[max(0, match.start() - 40) : match.start()]
    after = text[match.end() : match.end() + 60]
    sector = _sector(text[: match.start()])
    owner = _mention_at(parsed, match.start(), before, context)
    if what in table("figures")["total"]:
        both = table("figures")["both"] & set(re.findall(r"[\w-]+", f"{before} {after}".lower()))
        named = [m for m in parsed.sentence.mentions if m.is_polity]
        ids = list(dict.fromkeys(id for m in named if (id := meant(m, None, context.about))))
        pair = (ids[0], ids[1]) if len(ids) == 2 else context.pair if len(ids) < 2 else None
        if pair is None or not (both or len(ids) == 2) or (len(ids) == 1 and ids[0] not in pair):
            return None
        return _Flow(match.start(), "trade.total", *pair, _tokens(parsed, named, match.start()), 0.9, sector)
    direction = re.match(r" (?P<way>to|from) (?:the )?", after)
    partner = _mention_from(parsed, match.end() + direction.end(), context) if direction else None
    exports = what in table("figures")["exports"]
    if owner is None and partner is None:
        return None
    subject = owner[0] if owner else context.other(partner[0]) if partner else None
    other = partner[0] if partner else context.other(subject) if subject else None
    if subject is None or other is None or subject == other or (direction and (direction["way"] == "to") != exports):
        return None
    named = [held[1] for held in (owner, partner) if held]
    certainty = 0.95 if owner and partner else 0.9
    relation = "trade.exports" if exports else "trade.imports"
    return _Flow(match.start(), relation, subject, other, _tokens(parsed, named, match.start()), certainty, sector)


def _sector(before: str) -> str:
    """The last kind of goods named before, unless the figure is said to be of all."""
    found = re.findall(r"\b(agricultural|industrial|manufactured|mineral|total|overall)\b", before.lower())
    return found[-1] if found and found[-1] not in ("total", "overall") else ""


def _mention_at(parsed: Parsed, end: int, before: str, context: Context) -> tuple[str, Mention] | None:
    """The polity that stands just before a noun, but for words in small letters between."""
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
    """The tokens of some mentions, else that of the noun itself."""
    return parsed.at(mentions) or tuple(i for i, (first, _) in enumerate(parsed.where) if first == start)


def _year_of(parsed: Parsed, amounts: list[re.Match[str]], number: int) -> tuple[Dated, float, str] | None:
    """The year that follows an amount before the next one; of two amounts of one year the year of the first."""
    amount = amounts[number]
    limit = amounts[number + 1].start() if number + 1 < len(amounts) else len(parsed.sentence.text)
    following = [d for d in parsed.sentence.dates if amount.end() <= d.start < limit and not d.when.is_interval]
    if following and re.fullmatch(
        r",? ?(?:\([^)]*\) )?(?:in|during|for|by|as of)? ?(?:the )?(?:year )?",
        parsed.sentence.text[amount.end() : following[0].start],
    ):
        return following[0], 1.0, "the year by the amount"
    if following:
        return None
    before = [d for d in parsed.sentence.dates if d.end <= amount.start() and not d.when.is_interval]
    years = {d.when.edtf for d in parsed.sentence.dates}
    if before and len(years) == 1:
        return before[-1], 0.8, "the only year of the sentence"
    return None


def _value(number: str, scale: str | None) -> float:
    return round(float(number.replace(",", "")) * (_SCALES[scale.lower()] if scale else 1.0), 2)


def _travel(parsed: Parsed, context: Context) -> Iterator[Said]:
    """So many people of one polity who visit another: "500,000 U.S. citizens visit Peru annually"."""
    words = table("figures")
    text = parsed.sentence.text
    verb = next((m for m in re.finditer(r"\w+", text) if m.group().lower() in words["visiting"]), None)
    if verb is None:
        return
    people = [m for m in re.finditer(r"\w+", text[: verb.start()]) if m.group().lower() in words["people"]]
    counts = [m for m in _COUNT.finditer(text[: verb.start()]) if people and m.end() <= people[-1].start()]
    if not counts or people[-1].start() - counts[-1].end() > 40:
        return
    named = [(m, id) for m in parsed.sentence.mentions if m.is_polity and (id := meant(m, None, context.about))]
    senders = [(m, id) for m, id in named if counts[-1].end() <= m.start < verb.start()]
    hosts = [(m, id) for m, id in named if verb.end() <= m.start <= verb.end() + 12]
    dates = [d for d in parsed.sentence.dates if not d.when.is_interval]
    if len(senders) != 1 or len(hosts) != 1 or senders[0][1] == hosts[0][1] or len(dates) > 1:
        return
    evidence = _tokens(parsed, [senders[0][0], hosts[0][0]], 0)
    yield Said(
        "travel-figure",
        "travel",
        Parties(senders[0][1], hosts[0][1], evidence),
        Governing(dates[0], -1, 0.9, "the year of the sentence") if dates else None,
        value=_value(counts[-1]["number"], counts[-1]["scale"]),
        unit="people",
    )
