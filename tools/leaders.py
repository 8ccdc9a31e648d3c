"""The recipe of the list of leaders: from their visits to the United States, and the terms of its presidents.

python tools/leaders.py --mirror DIR
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.model import Claim
from comity.sources.leaders import DATA
from comity.sources.travels import Travels
from comity.sources.visits import Visits

_OFFICE = re.compile(
    r"(?:(?:Acting|Interim|Provisional|Federal) )?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|"
    r"Empress|Shah|Sultan|Emir|Amir|Taoiseach|General|Chief of State|Head of State)(?:-[Ee]lect)? "
)


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
