"""What a sentence mentions: polities by name, demonym or capital, titles, missions, agreements, "the two countries"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from comity.model import Certainty, Name, Polity, When
from comity.reading.lexicon.words import lenient, table
from comity.reading.names.agencies import Agency, named_agencies
from comity.sources.gazetteer import fold, gazetteer

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*")
_LONGEST = 9  # words in a polity's name
_MOST = 300  # abbreviations of agreements in a document
_ELIDED = frozenset({"d'", "d’", "l'", "l’"})
_STOP = frozenset({"of", "the", "and", "de", "la"})
_APOSTROPHES = ("'", "’")
_PAIR = re.compile(
    r"\b(?:the |these |those )?(?:two|both)(?: \w+)? (?:countries|nations|governments|states|republics|powers|parties|"
    r"sides|peoples|capitals)\b|\b(?:bilateral|mutual)\b",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(r"\s{0,9}\((?:also known as |known as |the )?[\"“']?([A-Z][A-Za-z.&-]*[A-Z])[\"”']?\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named at `start` to `end`.

    `kind` is polity, demonym, capital, actor, title, mission, organization, agreement, act, pair, inside (an
    agreement's title), or agency, which may overlap other mentions in its name.
    `names` are the candidate polities and their names, with the times of use; `value` is the kind of a mission or
    title, or the full title of an agreement.
    """

    kind: str
    start: int
    end: int
    text: str
    names: tuple[tuple[str, Name], ...] = ()
    value: str = ""

    @property
    def is_polity(self) -> bool:
        """Whether it denotes a polity that acts or is a party."""
        return self.kind in ("polity", "demonym", "actor")

    @property
    def is_capital(self) -> bool:
        """Whether it denotes a capital, which may stand for its country."""
        return self.kind == "capital"

    @property
    def is_place(self) -> bool:
        """Whether it denotes a country or its capital."""
        return self.is_capital or self.kind == "polity"

    @property
    def is_name(self) -> bool:
        """Whether it is a name: of a polity, its people or its capital."""
        return self.is_place or self.kind == "demonym"


class Names:
    """The memory of a document: the abbreviations of its agreements, and how often it names each polity."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.agencies: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.agreement: str = ""

    def read(self, text: str) -> list[Mention]:
        """The mentions in a sentence, in order and without overlap; remembers the abbreviations of agreements."""
        candidates: list[Mention] = []
        candidates.extend(self._agreements(text))
        candidates.extend(_things(text))
        candidates.extend(polities(text))
        candidates.extend(Mention("pair", m.start(), m.end(), m.group()) for m in _PAIR.finditer(text))
        mentions = list(_with_countries(_apart(candidates), text))
        agencies = [_agency(agency, mentions) for agency in named_agencies(text, self.agencies)]
        return sorted((*mentions, *agencies), key=lambda mention: mention.start) if agencies else mentions

    def _agreements(self, text: str) -> Iterator[Mention]:
        """Agreements by title, and by the abbreviation that the document defines."""
        if "(" in text or _TITLE_HINT.search(text):
            for match in _KINDS_SHORT.finditer(text):
                self._learn(match["short"].rstrip("s"), match["kind"].rstrip("s").lower())
            for match in _titled().finditer(text):
                title = match.group()
                kind = "act" if re.search(r"\bAct\b", title) else "agreement"
                if short := ABBREVIATION.match(text, match.end()):
                    self._learn(short[1], title)
                yield Mention(kind, match.start(), match.end(), title, value=title)
        for match in re.finditer(r"\b([A-Z][A-Za-z.&]{0,60}[A-Z])s?\b", text):
            known = self._title_of(match[1], text[max(0, match.start() - 25) : match.start()])
            if known is not None:
                kind = "act" if re.search(r"\bAct\b", known) else "agreement"
                yield Mention(kind, match.start(), match.end(), match.group(), value=known)

    def _learn(self, short: str, title: str) -> None:
        """Note the title of an abbreviation; the oldest is forgotten when there are too many to compare with each."""
        self.titles[short] = title
        if len(self.titles) > _MOST:
            del self.titles[next(iter(self.titles))]

    def _title_of(self, short: str, before: str) -> str | None:
        """The title of an abbreviation, or the only one that a shorter form can mean (TPA for PTPA).

        Of several, the title that shares a name with the words before the short form: "the Chile-Peru TPA".
        """
        if short in self.titles:
            return self.titles[short]
        if short in table("agreement-shorts"):
            return next(iter(table("agreement-shorts")[short]))
        longer = dict.fromkeys(title for key, title in self.titles.items() if len(short) > 2 and key.endswith(short))
        words = set(_WORD.findall(before.rsplit(". ", 1)[-1]))
        titles = [title for title in longer if words & {word for word in _WORD.findall(title) if word[0].isupper()}]
        chosen = titles if len(longer) > 1 else list(longer)
        return chosen[0] if len(chosen) == 1 else None


def _agency(agency: Agency, mentions: list[Mention]) -> Mention:
    """An agency with its polity: as known, else by its own name or the word before."""
    near = [m for m in mentions if m.is_polity and agency.start - 1 <= m.end <= agency.end]
    near += [
        m for m in polities(agency.name) if agency.name != agency.text
    ]  # the name of an abbreviated agency may contain its polity
    names = near[0].names if near else ()
    if agency.polity is not None:
        names = ((agency.polity, Name(gazetteer().polity(agency.polity).name)),)
    return Mention("agency", agency.start, agency.end, agency.text, names, agency.name)


# "free trade agreements (FTAs)": the short form of a kind of agreement
_HEADS = "|".join(sorted(table("agreements")["heads"]))
_KINDS_SHORT = re.compile(rf"\b(?P<kind>(?:[A-Za-z]+ ){{1,4}}(?:{_HEADS})) \((?P<short>[A-Z]{{2,6}}s?)\)")
_TITLE_HINT = re.compile("|".join(sorted(table("agreements")["titled"])) + r"|\bAct\b|Partnership")


@cache
def _titled() -> re.Pattern[str]:
    """The pattern of a title: capitalized words that end in, or begin with, a noun for agreements."""
    nouns = "|".join(sorted(table("agreements")["titled"], key=len, reverse=True)) + "|Act|Partnership"
    capital = r"(?:[dl]['’])?[A-Z](?:[\w’'’-]|\.(?=\w)){0,60}"
    joined = rf"(?:(?:,| (?:of|on|for|and|the|to|de|with|against|between|regarding|concerning)){{0,9}} {capital})"
    # A word includes its hyphens except one before the noun: with only one way to match, there is no backtracking.
    word = rf"(?!(?:In|On|The|A|An|At|By|After|Under|When|This|That|First|Its|Their) ){capital}"
    lead = rf"(?:{word} [ -]{{0,9}}){{0,24}}?(?:{word}(?<=-))?"
    return re.compile(
        rf"(?:{lead}(?:{nouns})s?\b"
        rf"(?: (?:of|on|for|concerning|regarding|relating to|to)(?: the)? {capital}{joined}{{0,60}})?)"
    )


def _things(text: str) -> Iterator[Mention]:
    """Missions, titles and institutions."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text  # a letter whose lower case is longer would shift the offsets
    for kind, pattern in _patterns():
        for match in pattern.finditer(lowered):
            value = match.lastgroup or ""
            name = _VALUES[kind, value]
            if kind == "actor":
                actor = gazetteer().polity(name)
                yield Mention(kind, match.start(), match.end(), text[match.start() : match.end()],
                              ((actor.id, Name(actor.name)),))  # fmt: skip
            else:
                if kind in ("mission", "organization") or not _is_minister_of_state(lowered, match):
                    yield Mention(kind, match.start(), match.end(), text[match.start() : match.end()], value=name)


def _is_minister_of_state(text: str, match: re.Match[str]) -> bool:
    """Whether a "minister" is no envoy but of a government: a prime minister, or the minister of foreign affairs."""
    if match.group() not in ("minister", "ministers"):
        return False
    before = text[: match.start()].split()[-1:]
    after = text[match.end() : match.end() + 20].split()[:2]
    titles = table("titles")
    government = after[:1] == ["of"] and after[1:2] != ["the"] and not _index().get(_folded("".join(after[1:2])))
    return bool(titles["not before"] & set(before)) or (bool(titles["not after"] & set(after[:1])) and government)


_NO_VALUES = frozenset({"not before", "not after", "lesser"})
_VALUES: dict[tuple[str, str], str] = {}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern for each kind of mention, the longest phrase first, with a group for each value."""
    patterns = []
    for kind, section in (
        ("mission", "missions"),
        ("title", "titles"),
        ("actor", "actors"),
        ("organization", "organizations"),
    ):
        words = [
            (phrase, key) for key, phrases in table(section).items() if not key.startswith("not ") for phrase in phrases
        ]
        parts = []
        for count, (phrase, key) in enumerate(sorted(words, key=lambda pair: -len(pair[0]))):
            _VALUES[kind, f"{kind}{count}"] = key
            parts.append(f"(?P<{kind}{count}>{lenient(phrase)})")
        patterns.append((kind, re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")))
    return tuple(patterns)


def polities(text: str) -> Iterator[Mention]:
    """Names, demonyms and capitals of polities, the longest match first, with heads such as "Kingdom of"."""
    barred = [match.span() for match in _barred().finditer(text)]
    words = _words(text)
    position = 0
    while position < len(words):
        width, bearers = _longest(words, position)
        if not width:
            position += 1
            continue
        start, end = words[position][1], words[position + width - 1][2]
        kinds = {name.kind for _, name in bearers}
        person = _is_surname(words, position, width, text, kinds == {"demonym"})
        if not person and not any(f <= start < last for f, last in barred) and _stands(words, position, width, text):
            kind = next(iter(kinds)) if kinds in ({"capital"}, {"demonym"}) else "polity"
            start = _headed(text, start) if kind == "polity" else start
            yield Mention(kind, start, end, text[start:end], _wider(text[start:end], bearers))
        position += width


def _words(text: str) -> list[tuple[str, int, int]]:
    """The words with their offsets; "'s" is separate, except in words of names: "People's"."""
    words: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word == "s" and words and text[words[-1][2] : start] in _APOSTROPHES:
            before, begin, _ = words[-1]
            if _folded(f"{before}s") in _possessive():
                words[-1] = (text[begin:end], begin, end)
                continue
        words.append((word, start, end))
    return words


@cache
def _possessive() -> frozenset[str]:
    """The words of names that end in "'s", folded: peoples, georges."""
    names = (name.text.split() for _, _, name in gazetteer().names())
    return frozenset(fold(word) for words in names for word in words if word.endswith(("'s", "’s")))


def _longest(words: list[tuple[str, int, int]], position: int) -> tuple[int, tuple[tuple[str, Name], ...]]:
    """The length in words of the longest name at a position, and its bearers."""
    first = words[position][0]
    if not (first[0].isupper() or first[0].isdigit()):
        return 0, ()
    known = _index().get(_folded(first))
    if known is None:
        return 0, ()
    for width in range(min(known, _LONGEST, len(words) - position), 0, -1):
        chunk = words[position : position + width]
        if (
            all(word[0].isupper() or word in _STOP or word[:2] in _ELIDED for word, _, _ in chunk)
            and chunk[-1][0] not in _STOP
        ):
            bearers = _bearers(" ".join(_folded(word) for word, _, _ in chunk))
            if bearers:
                return width, bearers
    return 0, ()


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


@cache
def _index() -> dict[str, int]:
    """The first word of every name, with the length of the longest name that begins with it."""
    index: dict[str, int] = {}
    for folded, _, _ in gazetteer().names():
        first, *rest = folded.split()
        index[first] = max(index.get(first, 0), len(rest) + 1)
    return index


@cache
def _by_name() -> dict[str, tuple[tuple[str, Name], ...]]:
    bearers: dict[str, list[tuple[str, Name]]] = {}
    for folded, id, name in gazetteer().names():
        bearers.setdefault(folded, []).append((id, name))
    return {folded: tuple(names) for folded, names in bearers.items()}


def _bearers(folded: str) -> tuple[tuple[str, Name], ...]:
    return _by_name().get(folded, ())


@cache
def _barred() -> re.Pattern[str]:
    phrases = sorted(table("not")["phrases"], key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) for phrase in phrases))


def _stands(words: list[tuple[str, int, int]], position: int, width: int, text: str) -> bool:
    """Whether the words around a name allow it to be a polity: not in "New England", "us" or a person's name."""
    first, start, _ = words[position]
    if (first.lower() == "us" and first != "US") or text[words[position + width - 1][2] :][:1] in ("$", "€"):
        return False  # the pronoun, and "US$5"
    before = words[position - 1] if position else None
    after = words[position + width] if position + width < len(words) else None
    name = text[start : words[position + width - 1][2]].lower()
    office = before is not None and before[0].lower() in table("offices")["heads"]
    if office and after and name in table("not")["forenames"] and after[0][:1].isupper():
        return False  # "President Salvador Allende"
    if before and before[0][:1].isupper() and before[0] != "The" and name in table("states")["heads"]:
        return False  # the "Federal Republic" in a longer name: the Czech and Slovak Federal Republic
    if (
        before
        and before[0] != "new"
        and before[0].lower() in table("not")["before"]
        and text[before[2] : start] in (" ", "-")
    ):
        return False
    return not (
        after and after[0].lower() in table("not")["after"] and text[words[position + width - 1][2] : after[1]] == " "
    )


def _headed(text: str, start: int) -> int:
    """The start of the longer name: at "Kingdom" in "the Kingdom of Peru"."""
    match = _heads().search(text[max(0, start - 60) : start])
    return start - len(match.group()) if match else start


def _is_surname(words: list[tuple[str, int, int]], position: int, width: int, text: str, demonym: bool) -> bool:
    """Whether a demonym or a name that is also a surname ends a person's name: "with Robert Finn as"."""
    word, start, end = words[position]
    if width > 1 or position < 1 or not (demonym or word.lower() in table("not")["persons"]):
        return False
    before, first, last = words[position - 1]
    follows_name = (
        before[0].isupper() and before.isalpha() and len(before) > 2 and text[last:start] == " " and first > 0
    )
    after = text[end + 1 : end + 2] if text[end : end + 1] == " " else ""
    known = _index().get(_folded(before)) is not None or before.lower() in _HONOURS
    return follows_name and not known and not after.isupper()


_HONOURS = frozenset(
    {"the", "former", "deputy", "acting", "first", "new", "imperial", "royal", "soviet", "embassy", "legation"}
)


@cache
def _heads() -> re.Pattern[str]:
    heads = sorted((head.title().replace("'S", "'s") for head in table("states")["heads"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(heads)}) of (?:the )?$")


def _wider(text: str, bearers: tuple[tuple[str, Name], ...]) -> tuple[tuple[str, Name], ...]:
    """The bearers of the longer name if the gazetteer has it, else of the shorter."""
    return _bearers(fold(text)) or bearers


def _apart(candidates: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions in order, without overlap: the longer wins, but polities in a title stay, as `inside`."""
    selection: list[Mention] = []
    for mention in sorted(candidates, key=lambda m: (-(m.end - m.start), m.start)):
        over = [longer for longer in selection if longer.start < mention.end and mention.start < longer.end]
        if not over:
            selection.append(mention)
        elif mention.is_polity and all(longer.kind in ("agreement", "act") for longer in over):
            selection.append(replace(mention, kind="inside"))
    return iter(sorted(selection, key=lambda m: m.start))


def _is_its_country(town: Mention, mention: Mention, text: str) -> bool:
    """Whether a town's country follows it: "Havana, Cuba"."""
    same = {id for id, _ in town.names} & {id for id, _ in mention.names}
    return bool(same) and mention.kind == "polity" and text[town.end : mention.start] == ", "


def _with_countries(mentions: Iterable[Mention], text: str) -> Iterator[Mention]:
    """Mentions with a town and its country merged: "Havana, Cuba"."""
    previous: Mention | None = None
    for mention in mentions:
        if previous is not None and previous.is_capital and _is_its_country(previous, mention, text):
            previous = replace(previous, end=mention.end, names=mention.names)
            continue
        if previous is not None:
            yield previous
        previous = mention
    if previous is not None:
        yield previous


def meant(mention: Mention, when: When | None, about: tuple[str, ...] = ()) -> str | None:
    """The polity that a mention means on a date; of several the one that the document is about; None when unclear."""
    if not mention.names:
        return None
    bearers = [(gazetteer().polity(id), name) for id, name in mention.names]
    polities = _ids(polity for polity, _ in bearers)
    if len(polities) > 1:
        near = _ids(
            p for p, name in bearers if p.id in about and (when is None or _bore(p, name, when) is not Certainty.NO)
        )
        if len(near) == 1:
            return near[0]
        polities = _then(bearers, when) if when is not None else _today(bearers)
    return polities[0] if len(polities) == 1 else None


def _then(bearers: list[tuple[Polity, Name]], when: When) -> list[str]:
    """The polities that certainly existed under the name, else those that possibly did."""
    bore = [(polity, _bore(polity, name, when)) for polity, name in bearers]
    surely = _ids(polity for polity, answer in bore if answer is Certainty.YES)
    perhaps = _ids(polity for polity, answer in bore if answer is not Certainty.NO)
    return surely if len(surely) == 1 else perhaps or _ids(polity for polity, _ in bearers)


def _today(bearers: list[tuple[Polity, Name]]) -> list[str]:
    """The polities that exist under the name today, else all."""
    spans = [(polity, [span for span in (name.when, *polity.lifespans[-1:]) if span]) for polity, name in bearers]
    lasting = _ids(polity for polity, times in spans if all(time.latest.year == 9999 for time in times))
    return lasting or _ids(polity for polity, _ in bearers)


def _ids(polities: Iterable[Polity]) -> list[str]:
    return list(dict.fromkeys(polity.id for polity in polities))


def _bore(polity: Polity, name: Name, when: When) -> Certainty:
    """Whether a polity existed and bore the name at a time."""
    answers = [polity.existed(when)]
    if name.when is not None:
        answers.append(name.when.overlaps(when))
    return (
        Certainty.NO
        if Certainty.NO in answers
        else Certainty.YES
        if set(answers) == {Certainty.YES}
        else Certainty.POSSIBLY
    )
