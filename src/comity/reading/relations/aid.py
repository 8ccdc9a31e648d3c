"""Aid: who gives it to whom, through which agency, how much, of what kind and for what purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.grammar.governing_date import Governors
from comity.reading.grammar.modality import modality
from comity.reading.grammar.parse import Parsed, child, is_passive, is_verb, joined, prepositions, subject
from comity.reading.lexicon.words import lemmas, table
from comity.reading.parties.context import Context, Parties
from comity.reading.relations.aid_purposes import again, aim, is_again, phrase, purpose
from comity.reading.relations.amounts import Amount, money
from comity.reading.relations.donors import Party, agency_at, by, elsewhere, funders, heads, owners, parties
from comity.reading.relations.statement import Said
from comity.relations.ties import ASSISTANCE

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class _Aid:
    """Aid as one verb states it; `patient` is the word for what is given or paid for, `label` the purpose."""

    pattern: str
    verb: Token
    patient: Token | None
    parties: Parties | None
    givers: list[Party]
    kind: str | None = None
    label: str | None = None
    amount: Amount | None = None


def may_aid(text: str) -> bool:
    """Whether a sentence may mention aid: a cheap check of its words before it is parsed."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return not words.isdisjoint(table("aid")["nouns"] | lemmas("aid", "paying").keys() | {"lent"})


def assistance(parsed: Parsed, context: Context, governors: Governors) -> Iterator[Said]:
    """The aid that a sentence states: given or received, paid for, or described by its purpose or total."""
    if not may_aid(parsed.sentence.text):
        return
    for aid in _aids(parsed, context):
        mode = modality(parsed, aid.verb, aid.patient)
        if mode is None or aid.parties is None:
            continue
        exact = aid.amount.participants if aid.amount else ()
        for governing in governors.of(aid.verb) or (None,):
            yield Said(
                aid.pattern,
                ASSISTANCE.id,
                aid.parties,
                governing,
                mode,
                confidence=0.85,
                kind=aid.kind,
                label=aid.label,
                value=aid.amount.value if aid.amount else None,
                unit=aid.amount.unit if aid.amount else None,
                participants=(*funders(aid.givers), *exact),
            )


def _aids(parsed: Parsed, context: Context) -> Iterator[_Aid]:
    for token in parsed.doc:
        if is_verb(token):
            for key, read in (("giving", _giving), ("receiving", _receiving), ("paying", _paying)):
                if token.lower_ in lemmas("aid", key):
                    yield from read(parsed, context, token)
        elif _is_aid(token) and token.dep_ in ("nsubj", "nsubjpass"):
            yield from _helping(parsed, context, token)


def _giving(parsed: Parsed, context: Context, verb: Token) -> Iterator[_Aid]:
    """ "X provided $12 million in aid to Y", "X lent Y £2 million", "Y was granted a loan by X"."""
    passive = is_passive(verb)
    whole = list(_objects(verb))
    aid, amount = _aid_in(whole), _amount(parsed, whole)
    lent = lemmas("aid", "giving")[verb.lower_] == "lend" and amount is not None
    if aid is None and not lent:
        return
    givers = by(parsed, verb, context) if passive else heads(parsed, joined(subject(verb)), context)
    patient = subject(verb) if passive else child(verb, "dobj")
    roots = [root for root in (verb, patient, aid) if root is not None]
    takers = [g for root in roots for name, g in prepositions(root) if name == "to"]
    takers += [t for t in verb.children if t.dep_ == "dative"]
    if patient is not None and patient != aid:
        takers.append(patient)  # "provided Y with aid", "Y was granted a loan"
    kind = _kind(parsed, aid) if aid is not None else "loan"
    for taker in _each(heads(parsed, takers, context)):
        yield _Aid("gives-aid", verb, aid, parties(givers, [taker]), givers, kind, aim(parsed, roots), amount)


def _receiving(parsed: Parsed, context: Context, verb: Token) -> Iterator[_Aid]:
    """ "Y received $5 million in aid from X", "Y received American military aid"."""
    whole = list(_objects(verb))
    aid, patient = _aid_in(whole), child(verb, "dobj")
    if aid is None or patient is None or is_passive(verb):
        return
    roots = [verb, patient, aid]
    sources = [g for root in roots for name, g in prepositions(root) if name == "from"]
    givers = heads(parsed, sources, context) or owners(parsed, aid, context)
    for taker in _each(heads(parsed, joined(subject(verb)), context)):
        sides = parties(givers, [taker])
        yield _Aid(
            "receives-aid", verb, aid, sides, givers, _kind(parsed, aid), aim(parsed, roots), _amount(parsed, whole)
        )


def _paying(parsed: Parsed, context: Context, verb: Token) -> Iterator[_Aid]:
    """ "The road was funded by the agency A of X", "A funds schools in Y": paid by a state or an agency."""
    passive = is_passive(verb)
    patient = (verb.head if verb.dep_ == "acl" else subject(verb)) if passive else child(verb, "dobj")
    givers = by(parsed, verb, context) if passive else heads(parsed, joined(subject(verb)), context)
    if patient is None or len({giver.polity for giver in givers}) != 1:
        return
    label = again(parsed) if is_again(patient) else phrase(parsed, patient)
    amount = _amount(parsed, patient.subtree)
    sides = elsewhere(parsed, givers, (patient, verb), context)
    yield _Aid("pays-for", verb, patient, sides, givers, None, label, amount)


def _helping(parsed: Parsed, context: Context, aid: Token) -> Iterator[_Aid]:
    """ "U.S. assistance to Y supports …", "British aid to Y totaled £5 million in 1990"."""
    verb, givers = aid.head, owners(parsed, aid, context)
    label = purpose(parsed, verb) if is_verb(verb) else None
    behind = (t for dependent in verb.children if dependent.i > verb.i for t in dependent.subtree)
    totals = lemmas("aid", "totaling").get(verb.lower_)
    amount = _amount(parsed, behind) if totals else None
    if not givers or is_passive(verb) or (label is None and amount is None):
        return
    receivers = [g for name, g in prepositions(aid) if name == "to"]
    sides = (
        parties(givers, heads(parsed, receivers, context)) if receivers else elsewhere(parsed, givers, (verb,), context)
    )
    yield _Aid("aid-helps", verb, aid, sides, givers, _kind(parsed, aid), label, amount)


def _objects(verb: Token) -> Iterator[Token]:
    """The words of a verb's objects and prepositional phrases, without those of other clauses."""
    for dependent in verb.children:
        if dependent.dep_ in ("dobj", "dative", "prep", "nsubjpass", "oprd"):
            yield from dependent.subtree


def _is_aid(token: Token) -> bool:
    return token.lower_ in table("aid")["nouns"] and token.tag_ in ("NN", "NNS")


def _aid_in(tokens: Iterable[Token]) -> Token | None:
    return next((token for token in tokens if _is_aid(token)), None)


def _each(takers: list[Party]) -> list[Party]:
    """The first mention of each polity."""
    return list({taker.polity: taker for taker in reversed(takers)}.values())[::-1]


def _kind(parsed: Parsed, aid: Token) -> str:
    """The kind of aid in the text's words: "military aid", "emergency loans"."""
    kinds = table("aid")["kinds"]
    first = min((t.i for t in aid.lefts if t.lower_ in kinds and agency_at(parsed, t) is None), default=aid.i)
    tokens = [t for t in parsed.doc[first : aid.i + 1] if t.i not in parsed.mentions]
    return parsed.text(tokens)


def _amount(parsed: Parsed, tokens: Iterable[Token]) -> Amount | None:
    """The amount of money among some tokens; None if there are several."""
    places = [parsed.where[token.i] for token in tokens]
    amounts = [
        amount for amount in money(parsed.sentence.text) if any(s < amount.end and amount.start < e for s, e in places)
    ]
    return amounts[0] if len(amounts) == 1 else None
