"""Who led which polity, and about when: names of heads of state and government, made from sources that are CC0.

    python -m comity.sources.leaders --mirror DIR

makes the data anew: foreign leaders by their visits to the United States, its own presidents by their terms. The years
are those in which a source saw them in office, and so no more than a part of their terms.
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
    """A person who led a polity, in these years among others."""

    polity: str
    name: str
    first: int
    last: int

    def bears(self, name: str) -> bool:
        """Whether every word of a name, or an initial for it, is among the leader's; a bare surname is of any such."""
        words, known = fold(name).split(), fold(self.name).split()
        if len(known) == 1:
            return known[0] in words
        return all(word in known or (len(word) == 1 and any(k[0] == word for k in known)) for word in words)


@cache
def leaders() -> tuple[Leader, ...]:
    """Every leader whom comity knows by name."""
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Leader(polity, *row) for polity, rows in table.items() for row in rows)


def bearing(name: str) -> tuple[Leader, ...]:
    """The leaders whom a name may mean: those who bear every word of it, else those who have its last as theirs.

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
    """The leaders that claims of visits and terms name, by polity, each with the first and last year."""
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
    """The leader's name without the office; empty for who holds a lesser one."""
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
    """One polity a line, so that a change is seen in a diff."""
    lines = [f"{json.dumps(polity)}: {json.dumps(people, ensure_ascii=False)}" for polity, people in leaders.items()]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> None:
    """Remake the data from a mirror of the sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="the folder of the sources' folders")
    write(rows(claims(parser.parse_args().mirror)))


if __name__ == "__main__":
    main()
