"""Who led which polity, and about when: names of heads of state and government, from CC0 sources.

    python -m comity.sources.leaders --mirror DIR

rebuilds the data: foreign leaders from their visits to the United States, its presidents from their terms. The years
are those in which a source has them in office, so they may be only a part of their terms.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comity.model import Claim
from comity.sources.gazetteer import fold

DATA = Path(__file__).parent.parent / "data" / "leaders.json"
_OFFICE = re.compile(
    r"(?:(?:Acting|Interim|Provisional|Federal) )?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|"
    r"Empress|Shah|Sultan|Emir|Amir|Taoiseach|General|Chief of State|Head of State)(?:-[Ee]lect)? "
)
_COMMON_PARTS = frozenset({"ii", "iii", "iv", "v", "vi", "jr", "sr", "bin", "ibn", "al", "de", "la", "del", "da"})


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who led a polity, at least in these years."""

    polity: str
    name: str
    first: int
    last: int

    def bears(self, name: str) -> bool:
        """Whether each word of a name, or its initial, is in the leader's; a single-word leader matches that word."""
        words, known = fold(name).split(), fold(self.name).split()
        if len(known) == 1:
            return known[0] in words
        return all(word in known or (len(word) == 1 and any(k[0] == word for k in known)) for word in words)


@cache
def leaders() -> tuple[Leader, ...]:
    """Every leader in comity's list."""
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Leader(polity, *row) for polity, rows in table.items() for row in rows)


def bearing(name: str) -> tuple[Leader, ...]:
    """The leaders whom a name may mean: those with every word of it, else those with the same last word.

    >>> {leader.polity for leader in bearing("Fujimori")}, [leader.name for leader in bearing("Theodore Roosevelt")]
    ({'peru'}, ['Theodore Roosevelt'])
    >>> [leader.name for leader in bearing("Bill Clinton")]
    ['William J. Clinton']
    """
    words = fold(name).split()
    candidates = _by_word().get(words[-1], ()) if words else ()
    return tuple(leader for leader in candidates if leader.bears(name)) or tuple(
        leader for leader in candidates if fold(leader.name).split()[-1] == words[-1]
    )


@cache
def _by_word() -> dict[str, tuple[Leader, ...]]:
    index: dict[str, list[Leader]] = defaultdict(list)
    for leader in leaders():
        for word in dict.fromkeys(fold(leader.name).split()):
            if word not in _COMMON_PARTS and len(word) > 1:
                index[word].append(leader)
    return {word: tuple(bearers) for word, bearers in index.items()}


def rows(claims: Iterable[Claim]) -> dict[str, list[tuple[str, int, int]]]:
    """The leaders in claims of visits and terms, by polity, each with the first and last year."""
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for claim in claims:
        name = _leader_name(claim)
        if name and claim.when is not None:
            years[claim.subject, name] += [claim.when.earliest.year, claim.when.latest.year]
    leaders: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for (polity, name), seen in sorted(years.items()):
        leaders[polity].append((name, min(seen), max(seen)))
    return dict(leaders)


def _leader_name(claim: Claim) -> str:
    """The leader's name without the office; empty for a lesser office."""
    if claim.relation == "leader":
        return claim.label or "" if claim.kind == "president" else ""
    leader = claim.participant("leader") if claim.relation == "visit" else None
    office = _OFFICE.match(leader.name) if leader is not None else None
    return leader.name[office.end() :].strip() if leader is not None and office else ""


def claims(mirror: Path) -> Iterator[Claim]:
    """The visits and terms of a mirror of the sources."""
    from comity.sources.travels import Travels
    from comity.sources.visits import Visits

    for adapter in (Visits(), Travels()):
        for record in adapter.records(mirror / adapter.source.id):
            yield from adapter.claims(record)


def write(leaders: dict[str, list[tuple[str, int, int]]], target: Path = DATA) -> None:
    """Write one polity on each line, for readable diffs."""
    lines = [f"{json.dumps(polity)}: {json.dumps(people, ensure_ascii=False)}" for polity, people in leaders.items()]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> None:
    """Rebuild the data from a mirror of the sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="the folder of the sources' folders")
    write(rows(claims(parser.parse_args().mirror)))


if __name__ == "__main__":
    main()
