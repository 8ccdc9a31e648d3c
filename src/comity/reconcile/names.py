"""From what a person writes to one polity: by name, demonym or code, on a day, with every choice said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.errors import AmbiguousPolity, UnknownPolity
from comity.model import Certainty, Polity, When
from comity.reconcile.bearers import Bearer, going_by, leading
from comity.sources.gazetteer import NAMING, SEAT, fold, gazetteer
from comity.sources.spellings import Entity, spellings

_KIN = 4  # how many states are named in place of one that was none
_ALIKE = 75.0  # of 100: how alike a name must be to be looked at
_ENOUGH = 82.0  # of 100: how alike it must be without words that many names have, to be suggested
_COMMON = frozenset({"republic", "democratic", "peoples", "islamic", "federal", "socialist", "kingdom", "empire"})
_COMMON |= {"union", "state", "of", "the", "and"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The polity meant; `choice` says what was chosen and why, when the words alone did not settle it."""

    polity: Polity
    choice: str | None = None


def resolve(text: str | Polity, on: When | None = None) -> Resolution:
    """The polity that is meant by a name, demonym, id or code; with `on`, by those words at that time.

    A polity given as such is meant, whoever else goes by its id as a name: a page's address is of one polity for ever.

    Of several that bore the name, the one that bore it then and existed; without `on`, the one that bears it today.
    A polity named alone is meant even on a day on which it was no state or went by another name, and `choice` says so.
    Raises `UnknownPolity`, with suggestions, or `AmbiguousPolity`, with what to write instead.

    >>> resolve("the United States of America").polity.id, resolve("135").polity.id
    ('united-states', 'peru')
    >>> resolve("Russia", When.parse("1950")).polity.id
    'soviet-union'
    """
    if isinstance(text, Polity):
        return Resolution(text, (_absent(text, on) if on else "") or None)
    bearers = going_by(text)
    if not any(_current(bearer, on) for bearer in bearers) and (entity := spellings().entity(text)):
        raise _no_state(text, entity)
    if not bearers:
        raise _unknown(text)
    chosen = _meant(bearers, on) or _by_id(text)
    if chosen is None:
        raise _ambiguous(text, bearers, on)
    return Resolution(chosen, _choice(text, chosen, bearers, on))


def like(text: str, limit: int = 10) -> list[Polity]:
    """Polities whose names, ids or codes are like `text`, the likest first.

    >>> [polity.id for polity in like("peruu", limit=1)]
    ['peru']
    """
    exact = [bearer.polity for bearer in going_by(text)]
    wanted = fold(text)
    holding = [(len(folded), id) for folded, id, _ in gazetteer().names() if f" {wanted}" in f" {folded}"]
    ids = [*(polity.id for polity in exact), *(id for _, id in sorted(holding)), *(id for id, _ in _nearest(text, 50))]
    return [gazetteer().polity(id) for id in list(dict.fromkeys(ids))[:limit]]


def _distinct(bearers: Iterable[Bearer]) -> list[Polity]:
    return list({bearer.polity.id: bearer.polity for bearer in bearers}.values())


def _alone(bearers: Iterable[Bearer]) -> Polity | None:
    polities = _distinct(bearers)
    return polities[0] if len(polities) == 1 else None


def _meant(bearers: list[Bearer], on: When | None) -> Polity | None:
    candidates = leading(bearers)
    return _alone(candidates) or (_today(candidates) if on is None else _then(candidates, on))


def _current(bearer: Bearer, on: When | None) -> bool:
    """Whether a polity goes by the words then, or today; it need not be a state then."""
    if bearer.when is None:
        return True
    return bearer.when.latest == date.max if on is None else bearer.bore(on) is not Certainty.NO


def _by_id(text: str) -> Polity | None:
    """The polity whose id the words are letter by letter; one word may as well be a name in small letters."""
    return gazetteer().polity(text) if "-" in text and text in gazetteer() else None


def _today(bearers: list[Bearer]) -> Polity | None:
    """The one that goes by the words now."""
    return _alone(bearer for bearer in bearers if bearer.lasts())


def _then(bearers: list[Bearer], on: When) -> Polity | None:
    """The one that surely was called so then, else the one that may have been; of none, today's."""
    judged = [(bearer, bearer.bore(on), bearer.polity.existed(on)) for bearer in bearers]
    surely = [bearer for bearer, bore, existed in judged if bore is existed is Certainty.YES]
    perhaps = [bearer for bearer, bore, existed in judged if Certainty.NO not in (bore, existed)]
    if perhaps:
        return _alone(surely) or _alone(perhaps)
    called = [bearer for bearer, bore, _ in judged if bore is not Certainty.NO and bearer.when is not None]
    return _alone(called) or _today(bearers)


def _choice(text: str, chosen: Polity, bearers: list[Bearer], on: When | None) -> str | None:
    """What to say of a choice; None when there was none to make."""
    own = [bearer for bearer in bearers if bearer.polity.id == chosen.id]
    others = [polity for polity in _distinct(bearers) if polity.id != chosen.id]
    remarks = [
        _among(text, chosen, others, bearers, on) if others and _contested(chosen, bearers) else "",
        _renamed(text, chosen, own, on),
        _absent(chosen, on) if on else _dependent(chosen),
        gazetteer().homonym(text) or "",
    ]
    return "; ".join(filter(None, remarks)) or None


def _contested(chosen: Polity, bearers: list[Bearer]) -> bool:
    """Whether the words mean others today, or are the code of others alone in some list."""
    lists = {bearer.by for bearer in bearers} - {bearer.by for bearer in bearers if bearer.polity == chosen}
    return bool(lists) or chosen != _today(bearers)


def _among(text: str, chosen: Polity, others: list[Polity], bearers: list[Bearer], on: When | None) -> str:
    """That the words mean others on other days."""
    means = f"{chosen.name}{_times(bearers, chosen)}"
    rivals = ", ".join(f"{polity.name}{_times(bearers, polity)}" for polity in others)
    return f'"{text}"{_at(on)} is read as {means}, not {rivals}'


def _renamed(text: str, chosen: Polity, own: list[Bearer], on: When | None) -> str:
    """That it goes by another name on that day, or today."""
    if on is None:
        former = Bearer(chosen, None).lasts() and not any(bearer.lasts() for bearer in own)
        return f'"{text}" is a former name of {chosen.name}{_times(own, chosen)}' if former else ""
    if any(bearer.bore(on) is not Certainty.NO for bearer in own):
        return ""
    then = chosen.name_on(on.earliest)
    if fold(text) == fold(chosen.name) == fold(then):
        return ""
    return f'"{text}" is a name of {chosen.name}{_times(own, chosen)}' + (
        f", then called {then}" if then != text else ""
    )


def _absent(chosen: Polity, on: When) -> str:
    """That it was no state of its own on that day, and which of its kin were."""
    if chosen.existed(on) is not Certainty.NO:
        return ""
    kin = standing(chosen, on)
    then = ", ".join(f"{polity.name} ({polity.id})" for polity in kin[:_KIN]) + (" and others" if kin[_KIN:] else "")
    spells = " and ".join(_said(span) for span in chosen.lifespans)
    return f"{chosen.name} was no state of its own{_at(on)}, only {spells}" + (f": see {then}" if then else "")


def _dependent(chosen: Polity) -> str:
    """What a polity is that is no state today; the table need not be read for those that are."""
    lasts = any(span.latest == date.max for span in chosen.lifespans)
    return "" if lasts else spellings().remark(chosen.id)


def standing(chosen: Polity, on: When) -> list[Polity]:
    """What stands in a polity's place on a day on which it is no state of its own, and is one then or may be.

    Successors, and predecessors if it was still to be; between two spells only what took its place.

    >>> [polity.id for polity in standing(gazetteer().polity("peru"), When.parse("1838"))]
    ['peru-bolivian-confederation']
    """
    return [polity for polity in _kin(chosen, on) if polity.lifespans and polity.existed(on) is not Certainty.NO]


def _kin(chosen: Polity, on: When) -> list[Polity]:
    """The kin that come after it or, if it was still to be, before it."""
    known = gazetteer()
    ended = [span for span in chosen.lifespans if span.before(on) is Certainty.YES][-1:]
    to_be = any(span.after(on) is Certainty.YES for span in chosen.lifespans)
    after = [known.polity(id) for id in chosen.successors if ended]
    if to_be:
        after = [heir for heir in after if any(s.begin_latest >= e.end_earliest for s in heir.lifespans for e in ended)]
    return list(dict.fromkeys([*after, *(known.polity(id) for id in chosen.predecessors if to_be)]))


def _fits(span: When | None, on: When | None) -> bool:
    return span is None or on is None or span.overlaps(on) is not Certainty.NO


def _at(on: When | None) -> str:
    return "" if on is None else f" {'on' if on.precision == 'day' else 'in'} {on}"


def _times(bearers: list[Bearer], polity: Polity) -> str:
    """When a polity bore the words, in brackets: the name's times, else the polity's own; empty when unknown."""
    own = [bearer for bearer in bearers if bearer.polity.id == polity.id]
    spans = [bearer.when for bearer in own]
    if len({bearer.by for bearer in bearers}) > 1:
        return f" ({', '.join(dict.fromkeys(bearer.by for bearer in own))})"
    known_spans = [span for span in spans if span] if all(spans) else list(polity.lifespans)
    times = " and ".join(dict.fromkeys(_said(span) for span in sorted(known_spans, key=lambda span: span.earliest)))
    return f" ({times})" if times else ""


def _said(span: When) -> str:
    """A time in words.

    >>> _said(When.parse("1871/1945")), _said(When.parse("1990/..")), _said(When.parse("../1917"))
    ('1871 to 1945', 'since 1990', 'until 1917')
    """
    begin, _, end = span.edtf.partition("/")
    if begin in ("", ".."):
        return f"until {end}"
    return f"since {begin}" if end in ("", "..") else f"{begin} to {end}"


def _ambiguous(text: str, bearers: list[Bearer], on: When | None) -> AmbiguousPolity:
    possible = [
        bearer
        for bearer in bearers
        if (bearer.lasts() if on is None else Certainty.NO not in (bearer.bore(on), bearer.polity.existed(on)))
    ]
    polities = _distinct(possible or bearers)
    may = " or ".join(f"{polity.name}{_times(bearers, polity)}" for polity in polities)
    write = " or ".join(f'"{_unmistaken(polity, on)}"' for polity in polities)
    return AmbiguousPolity(
        f'"{text}"{_at(on)} may be {may}. Write {write}' + ("" if on else ", or give a day"),
        offender=text,
        candidates=tuple(polity.id for polity in polities),
    )


def _unmistaken(polity: Polity, on: When | None) -> str:
    """What to write for a polity so that it alone is meant: its id, else its latest long name, else a code."""
    long = [name.text for name in reversed(polity.names) if name.kind == "long" and _fits(name.when, on)]
    codes = [code.value for code in polity.codes if code.scheme in ("iso3", "wikidata", "gsh")]
    sure = (words for words in (polity.id, *long, *codes) if (_meant(going_by(words), on) or _by_id(words)) == polity)
    return next(sure, polity.id)


def _no_state(text: str, entity: Entity) -> UnknownPolity:
    names = tuple(gazetteer().polity(id).name for id in entity.see)
    ask = f" Ask about {' or '.join(filter(None, (', '.join(names[:-1]), names[-1])))}." if names else ""
    return UnknownPolity(
        f"{entity.name[:1].upper()}{entity.name[1:]} {entity.nature}: comity answers about states.{ask}",
        offender=text,
        hint="comity polities --like NAME   lists names and codes",
        suggestions=names,
    )


def _unknown(text: str) -> UnknownPolity:
    seats = [(polity.id, polity.name) for polity in gazetteer().named(text, kinds=SEAT)]
    near = seats or [(id, name) for id, name in _nearest(text, 20) if _misspelled(text, name)][:3]
    names = tuple(dict.fromkeys(name for _, name in near))
    meant = f" Did you mean {' or '.join(names)}?" if names else ""
    example = near[0][0] if near else "NAME"
    return UnknownPolity(
        f'no polity is called "{text}".{meant}',
        offender=text,
        hint=f"comity polities --like {example}   lists names and codes",
        suggestions=names,
    )


def _nearest(text: str, limit: int) -> list[tuple[str, str]]:
    """(id, name) of the names most like `text`, best first, a name and a polity once."""
    from rapidfuzz import fuzz, process  # only a misspelling pays for it

    names: dict[str, tuple[str, str]] = {}
    for folded, id, name in gazetteer().names():
        if name.kind in NAMING and (folded not in names or fold(id) == folded):
            names[folded] = (id, name.text)
    matches = process.extract(fold(text), names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit * 4)
    near: dict[str, str] = {}
    for folded, _, _ in matches:
        id, name_text = names[folded]
        near.setdefault(id, name_text)
    return list(near.items())[:limit]


def _misspelled(text: str, name: str) -> bool:
    """Whether words may be a name misspelled, so that it is worth suggesting.

    "Republic of Latvia" is like "Republic of Atlantis" in what all republics share. So the rest must be alike as well,
    and begin alike: who misspells a name seldom misses its first letter.
    """
    from rapidfuzz import fuzz

    rare, core = _rare(text), _rare(name)
    return core[:1] == rare[:1] and fuzz.ratio(core, rare) >= _ENOUGH


def _rare(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _COMMON)
