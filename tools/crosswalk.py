"""The recipe of the gazetteer: history.state.gov's territories, states' codes and a hand-made crosswalk, as polities.

Sources: HistoryAtState/gsh (CC0) for names, years and lineage; the Correlates of War Project, State System
Membership (v2016), and Gleditsch and Ward, Interstate System Membership (1999, updated), as carried by the R
packages peacesciencer and isard, for numeric codes and for the first and last days of spells; ISO 3166-1 codes; rdcr's
articles for states that gsh does not hold. `crosswalk.toml` adds what none of them has: which episodes are one
polity, which state an id of history.state.gov means in which years, demonyms, capitals and other names.

    python tools/crosswalk.py --mirror DIR
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from comity.errors import SourceError
from comity.model import Code, Name, Polity, When
from comity.sources.gazetteer import DATA

CROSSWALK = Path(__file__).with_suffix(".toml")
SOURCES = (
    "HistoryAtState/gsh@c8aea3f, territories (CC0-1.0): names, years, lineage",
    "Correlates of War Project, State System Membership, v2016 (via peacesciencer@fe150a2): codes, days",
    "Gleditsch and Ward 1999, Independent States, updated to 2020 (via isard@46944ad): codes, days",
    "ISO 3166-1: alpha-2 and alpha-3 codes",
    "HistoryAtState/rdcr@f3c5354 (CC0-1.0): states that gsh lacks",
    "crosswalk.toml: identity, demonyms, capitals, other names",
)
_YEAR = re.compile(r"-(?:\d{4}|TBD)$")
_KINDS = ("short", "long", "alias", "demonym", "capital")
_KEYS = {*_KINDS, "name", "note", "gsh", "hsg", "hsg-pocom", "cow", "gw", "iso", "wikidata", "life", "why", "drop"}
_KEYS |= {"before", "after"}
_SCHEMES = ("cow", "gw", "iso3", "iso2", "wikidata", "hsg", "hsg-pocom", "gsh")


@dataclass(frozen=True, slots=True)
class Episode:
    """A territory of gsh: a name and a status for some years."""

    id: str
    short: str
    long: str
    independent: bool
    since: str
    until: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def when(self) -> When | None:
        """Its years; None when gsh gives neither; without a beginning when gsh gives one after the end."""
        return _between("" if self.until < self.since and self.until.isdigit() else self.since, self.until)


@dataclass(frozen=True, slots=True)
class Spell:
    """A state's membership in a list of states, to the day; `end` None when it lasts."""

    start: date
    end: date | None


Spells = dict[tuple[str, str], list[Spell]]


def build(mirror: Path) -> list[Polity]:
    """Every polity, in the order of ids, with consistent predecessors and successors.

    Raises `SourceError` when the crosswalk has an unknown key, an unknown episode or polity, or assigns one episode to
    two polities.
    """
    entries = _crosswalk()["polity"]
    _check(entries)
    episodes = _episodes(mirror / "hsg-gsh" / "territories")
    spells = _spells(mirror)
    homes = _homes(entries, episodes)
    members: dict[str, list[Episode]] = defaultdict(list)
    for id, home in homes.items():
        members[home].append(episodes[id])
    ids = sorted(set(members) | set(entries))
    used = _used_ids(mirror)
    mapped = {code.value for entry in entries.values() for code in _codes_of("hsg", entry.get("hsg", ""))}
    polities = [
        _polity(id, entries.get(id, {}), sorted(members[id], key=_by_years), spells, (used - mapped) & {id})
        for id in ids
    ]
    return _with_lineage(polities, entries, homes, episodes)


def _check(entries: dict[str, Any]) -> None:
    """Raise `SourceError` for an unknown key: otherwise a misspelt one would be ignored silently."""
    for id, entry in entries.items():
        if strange := sorted(entry.keys() - _KEYS):
            raise SourceError(f"crosswalk.toml: {id}: no such key as {', '.join(strange)}", offender=id)


def _crosswalk() -> dict[str, Any]:
    return tomllib.loads(CROSSWALK.read_text(encoding="utf-8"))


def write(polities: Iterable[Polity], target: Path = DATA) -> None:
    """Write polities, one on each line; the same polities give the same bytes."""
    lines = ",\n".join(json.dumps(_row(polity), ensure_ascii=False, separators=(",", ":")) for polity in polities)
    sources = json.dumps(SOURCES, ensure_ascii=False, indent=1)
    homonyms = json.dumps(_crosswalk()["homonym"], ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(
        f'{{"sources": {sources},\n"homonyms": {homonyms},\n"polities": [\n{lines}\n]}}\n', encoding="utf-8"
    )


def _row(polity: Polity) -> dict[str, Any]:
    return {
        "id": polity.id,
        "name": polity.name,
        "lifespans": [span.edtf for span in polity.lifespans],
        "names": _grouped(_KINDS, ((name.kind, name.text, name.when) for name in polity.names)),
        "codes": _grouped(_SCHEMES, ((code.scheme, code.value, code.when) for code in polity.codes)),
        "predecessors": polity.predecessors,
        "successors": polity.successors,
        "note": polity.note,
    }


def _grouped(order: Iterable[str], items: Iterable[tuple[str, str, When | None]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {group: [] for group in order}
    for group, text, when in items:
        groups[group].append([text, when.edtf] if when else text)
    return {group: members for group, members in groups.items() if members}


def _episodes(folder: Path) -> dict[str, Episode]:
    from lxml import etree  # needed only to build the gazetteer, which itself reads JSON

    episodes = {}
    for file in sorted(folder.glob("*.xml")):
        root = etree.parse(str(file)).getroot()
        text = {child.tag: " ".join((child.text or "").split()) for child in root.iterchildren() if len(child) == 0}
        episodes[text["id"]] = Episode(
            id=text["id"],
            short=text.get("short-form-name", ""),
            long=text.get("long-form-name", ""),
            independent=text.get("type-of-territory") == "independent-state",
            since=_year(text.get("valid-since", "")),
            until=_year(text.get("valid-until", "")),
            predecessors=_linked(root, "predecessors"),
            successors=_linked(root, "successors"),
        )
    if not episodes:
        raise SourceError(f"{folder}: there are no territories; expected hsg-gsh's XML files", offender=folder)
    return episodes


def _linked(root: Any, tag: str) -> tuple[str, ...]:
    return tuple((child.text or "").strip() for child in root.iterfind(f"{tag}/*"))


def _year(text: str) -> str:
    """gsh's year as EDTF: 9999 means an open end; a year before Christ is before all dates of the sources."""
    if text == "9999" or text.startswith("-"):
        return ".."
    return text.zfill(4) if text else ""


def _spells(mirror: Path) -> Spells:
    """The spells of each code of Correlates of War (`cow`) and of Gleditsch and Ward (`gw`)."""
    import rdata

    spells: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdata warns about classes that it reads as plain values, as intended here
        cow = rdata.read_rda(mirror / "peacesciencer" / "data" / "cow_states.rda")["cow_states"]
        gw = rdata.read_rda(mirror / "isard" / "data" / "gw_system.rda")["gw_system"]
    for row in cow.to_dict("records"):
        start = date(*(int(row[f"st{part}"]) for part in ("year", "month", "day")))
        end = date(*(int(row[f"end{part}"]) for part in ("year", "month", "day")))
        spells["cow", str(int(row["ccode"]))].append(Spell(start, None if end == date(2016, 12, 31) else end))
    for row in gw.to_dict("records"):
        start, end = (date(1970, 1, 1) + timedelta(days=int(row[key])) for key in ("start", "end"))
        spells["gw", str(int(row["gwcode"]))].append(Spell(start, None if end == date(2020, 12, 31) else end))
    return dict(spells)


def _used_ids(mirror: Path) -> set[str]:
    """Every id that files of history.state.gov use for a country."""
    return {value for _, value, _ in used_ids(mirror)}


def used_ids(mirror: Path) -> Iterator[tuple[str, str, str]]:
    """Each (file, id, date or "") in rdcr, pocom, travels and visits; each id must belong to a polity."""
    from lxml import etree

    for file in sorted((mirror / "hsg-rdcr" / "articles").glob("*.xml")):
        yield file.name, file.stem, ""
    for file in sorted((mirror / "hsg-pocom").glob("*s*/*.xml")):
        if file.parent.name not in ("missions-countries", "concurrent-appointments"):
            continue
        for element in etree.parse(str(file)).getroot().iter("territory-id", "contemporary-territory-id"):
            yield file.name, element.text or "", _first_date(element.getparent(), "appointed", "started", "ended")
    journeys = [*(mirror / "hsg-travels").glob("*-travels/*.xml"), *(mirror / "hsg-visits").glob("data/*.xml")]
    for file in sorted(journeys):
        for journey in etree.parse(str(file)).getroot().iter("trip", "visit"):
            for element in journey.iterchildren("country", "from"):
                yield file.name, element.get("id", ""), (journey.findtext("start-date") or "").strip()


def _first_date(element: Any, *tags: str) -> str:
    dates = ((element.findtext(f"{tag}/date") or "").strip() for tag in tags)
    return next((text for text in dates if text), "")


def _homes(entries: dict[str, Any], episodes: dict[str, Episode]) -> dict[str, str]:
    """The polity of each episode: the one in the crosswalk, else the id without its year."""
    homes: dict[str, str] = {}
    for id, entry in entries.items():
        for episode in entry.get("gsh", []):
            name = episode.split(" @ ")[0]
            if name not in episodes:
                raise SourceError(f"crosswalk.toml: {id}: gsh has no territory {name}; correct its id", offender=name)
            if " @ " in episode and id != _YEAR.sub("", name):
                continue  # shared for some time: it belongs to another polity
            if name in homes:
                raise SourceError(f"crosswalk.toml: {name} is of both {homes[name]} and {id}", offender=name)
            homes[name] = id
    for name in episodes:
        homes.setdefault(name, _YEAR.sub("", name))
    return homes


def _by_years(episode: Episode) -> tuple[str, str, str]:
    return (episode.since.replace("..", "0"), episode.until.replace("..", "9"), episode.id)


def _polity(id: str, entry: dict[str, Any], episodes: list[Episode], spells: Spells, own: set[str]) -> Polity:
    codes = [*_state_codes(entry, spells), *(Code("hsg", value) for value in own), *_gsh_codes(entry, episodes)]
    codes += [code for scheme in ("wikidata", "hsg", "hsg-pocom") for code in _codes_of(scheme, entry.get(scheme, ""))]
    lifespans, basis = _lifespans(entry, episodes, codes, spells)
    return Polity(
        id=id,
        name=entry.get("name") or _usual(episodes),
        lifespans=lifespans,
        names=_names(entry, episodes),
        codes=tuple(codes),
        note=" ".join(part for part in (entry.get("note", ""), f"Lifespan: {basis}.") if part),
    )


def _usual(episodes: list[Episode]) -> str:
    """The short name of the current episode, else of the last one."""
    return next((episode.short for episode in episodes if episode.until == ".."), episodes[-1].short)


def _state_codes(entry: dict[str, Any], spells: Spells) -> list[Code]:
    """The numeric and letter codes of a state; the two lists share most numbers."""
    codes = _codes_of("cow", entry.get("cow", ""))
    same = [replace(code, scheme="gw") for code in codes if ("gw", code.value) in spells]
    codes += _codes_of("gw", entry["gw"]) if "gw" in entry else same
    return codes + [Code(f"iso{len(letters)}", letters, when) for letters, when in _items(entry.get("iso", ""))]


def _gsh_codes(entry: dict[str, Any], episodes: list[Episode]) -> list[Code]:
    """Each episode's id for all its years, or for those given in the crosswalk."""
    stated = [_timed(item) for item in entry.get("gsh", [])]
    timed = {text: when for text, when in stated if when}
    own = {episode.id: None for episode in episodes}
    return [Code("gsh", value, timed.get(value)) for value in sorted(own | timed)]


def _timed(item: str) -> tuple[str, When | None]:
    """A value of the crosswalk with its time: `Persia @ 1501/1935`."""
    text, _, edtf = item.partition(" @ ")
    return text.strip(), When.parse(edtf) if edtf else None


def _items(text: str) -> Iterator[tuple[str, When | None]]:
    return (_timed(item) for item in text.split(";") if item.strip())


def _codes_of(scheme: str, text: str) -> list[Code]:
    return [Code(scheme, value, when) for value, when in _items(text)]


def _names(entry: dict[str, Any], episodes: list[Episode]) -> tuple[Name, ...]:
    """The names of the episodes in their years, then those of the crosswalk."""
    names: list[Name] = []
    for kind in ("short", "long"):
        stated = [Name(text, kind, when) for text, when in _items(entry.get(kind, ""))]
        dropped = {text for text, _ in _items(entry.get("drop", ""))} | {name.text for name in stated}
        for episode in episodes:
            text = episode.short if kind == "short" else episode.long
            if text and text not in dropped and not (kind == "long" and text == episode.short):
                _add(names, Name(text, kind, episode.when))
        names += stated
    for kind in ("alias", "demonym", "capital"):
        names += [Name(text, kind, when) for text, when in _items(entry.get(kind, ""))]
    return tuple(sorted(names, key=_name_order))


def _add(names: list[Name], name: Name) -> None:
    """Add a name; if the same name ended when it begins, merge the two."""
    for place, known in enumerate(names):
        if (known.text, known.kind) == (name.text, name.kind):
            if known.when == name.when:
                return
            if known.when and name.when and known.when.end == name.when.begin:
                joined = _between(known.when.edtf.split("/")[0], name.when.edtf.split("/")[1])
                names[place] = replace(known, when=joined)
                return
    names.append(name)


def _between(since: str, until: str) -> When | None:
    """From one date to another; None when both are open or unknown."""
    return When.parse(f"{since}/{until}") if {since, until} - {"", ".."} else None


def _name_order(name: Name) -> tuple[int, int]:
    return (_KINDS.index(name.kind), name.when.earliest.toordinal() if name.when else 0)


def _lifespans(
    entry: dict[str, Any], episodes: list[Episode], codes: list[Code], spells: Spells
) -> tuple[tuple[When, ...], str]:
    """The crosswalk's spells, else gsh's years, refined to the day if a list of states begins or ends in that year.

    gsh has every territory, but only years. The lists of states have days, but they begin in 1816 and follow criteria
    of their own for who counts as a state. So gsh decides how long a state lasted, and a list may only refine a year.
    """
    known = [(code.scheme, spell) for code in codes for spell in spells.get((code.scheme, code.value), ())]
    if entry.get("life") in ("cow", "gw"):
        own = [spell for scheme, spell in known if scheme == entry["life"]]
        return tuple(When.parse(f"{spell.start}/{spell.end or '..'}") for spell in own), entry["life"]
    if "life" in entry:
        return tuple(When.parse(span) for span in entry["life"].split()), entry.get("why", "crosswalk")
    years = _merged([(e.since, e.until) for e in episodes if e.independent and e.since])
    if not years:
        return (), "unknown; not a state of its own in gsh" if episodes else "unknown"
    spans: list[When | None] = []
    bases: set[str] = set()
    for since, until in years:
        first, of_first = _day(since, [(scheme, spell.start) for scheme, spell in known])
        last, of_last = _day(until, [(scheme, spell.end) for scheme, spell in known if spell.end])
        spans.append(_between(first, last))
        bases |= {of_first, of_last}
    days = f", days of {' and '.join(sorted(bases - {'gsh'}))}" if bases - {"gsh"} else ""
    return tuple(span for span in spans if span), f"years of gsh{days}"


def _merged(years: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Adjacent spells merged: a change of name or government does not end a state."""
    merged: list[tuple[str, str]] = []
    for since, until in years:
        if merged and merged[-1][1] != "" and _after(merged[-1][1]) >= _before(since):
            last = max(merged[-1][1], until, key=_after)
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((since, until))
    return merged


def _after(year: str) -> int:
    return 9999 if year == ".." else int(year or 0)


def _before(year: str) -> int:
    return 0 if year == ".." else int(year)


def _day(year: str, known: list[tuple[str, date]]) -> tuple[str, str]:
    """The day of this year on which the lists of states begin or end a spell if they agree, else the year."""
    agreed = {day: scheme for scheme, day in sorted(known, reverse=True) if str(day.year) == year and not _rounded(day)}
    if len(agreed) != 1:
        return year, "gsh"
    ((day, scheme),) = agreed.items()
    return day.isoformat(), scheme


def _rounded(day: date) -> bool:
    """Whether a list may mean only the year: 1 January or 31 December before 1900, such as its first day in 1816."""
    return day.year < 1900 and (day.month, day.day) in ((1, 1), (12, 31))


def _with_lineage(
    polities: list[Polity], entries: dict[str, Any], homes: dict[str, str], episodes: dict[str, Episode]
) -> list[Polity]:
    """The polities with their predecessors and successors, each link in both directions."""
    links = set()
    for id, episode in episodes.items():
        links |= {(homes[before], homes[id]) for before in episode.predecessors if before in homes}
        links |= {(homes[id], homes[after]) for after in episode.successors if after in homes}
    links = {(a, b) for a, b in links if "after" not in entries.get(a, {}) and "before" not in entries.get(b, {})}
    for id, entry in entries.items():
        links |= {(before, id) for before in entry.get("before", "").split()}
        links |= {(id, after) for after in entry.get("after", "").split()}
    known = {polity.id for polity in polities}
    missing = sorted({id for link in links for id in link} - known)
    if missing:
        raise SourceError(f"crosswalk.toml: no polity {', '.join(missing)}; correct before and after", offender=missing)
    return [
        replace(
            polity,
            predecessors=tuple(sorted(a for a, b in links if b == polity.id and a != b)),
            successors=tuple(sorted(b for a, b in links if a == polity.id and a != b)),
        )
        for polity in polities
    ]


def main() -> None:
    """Rebuild the gazetteer's data from a mirror of the sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="the folder of the sources' folders")
    write(build(parser.parse_args().mirror))


if __name__ == "__main__":
    main()
