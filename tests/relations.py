"""Makes `relations.csv`: states of relations on given days, from the heads of rdcr and the receptions of pocom.

    python tests/relations.py ../shared/mirror > tests/relations.csv

Independent of comity's own adapters: heads are told apart by their words, and a day is taken in the middle between two
of them, where nothing may be open. Drawn at random, always the same.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ENDS = re.compile(r"\b(?:Severance|Sever\w+|Break\w*|Rupture|Terminat\w+|Suspen\w+|Interrupt\w+|Closure)\b", re.I)
BEGINS = re.compile(r"\b(?:(?:Re-?)?establish\w*|Resum\w*|Restor\w*|Normaliz\w*|Renew\w*)\b", re.I)
MANY = 100  # rows of each source
FULL = ("ambassador", "envoy", "minister")

Row = tuple[str, str, str, str]


def steps(article: Path) -> list[tuple[int, str]]:
    """The years in which relations began or ended by an article's heads, with whether they held from then on.

    A head that tells of both an end and a beginning, of relations with two governments, leaves it open.
    """
    found = []
    for head in etree.parse(article).iter(f"{TEI}head"):
        dated = head.find(f"{TEI}date")
        words = " ".join("".join(head.itertext()).split())
        begins, ends = BEGINS.search(words), ENDS.search(words)
        if dated is None or "Relations" not in words or "Consular" in words or not (begins or ends):
            continue
        holds = "?" if begins and ends else "yes" if begins else "no"
        found.append((int(dated.get("when", words[-5:])[:4]), holds))
    return found


def of_heads(articles: Path) -> Iterator[Row]:
    """A day between each two steps, and one before the first."""
    for article in sorted(articles.glob("*.xml")):
        told = steps(article)
        years = [year for year, _ in told]
        if not told or years != sorted(set(years)) or told[0][1] != "yes":
            continue
        yield article.stem, date(years[0] - 3, 7, 1).isoformat(), "no", f"{article.name}: before {years[0]}"
        for (year, holds), following in zip(told, [*years[1:], 2005], strict=True):
            if following - year > 3 and holds != "?":
                yield article.stem, date((year + following) // 2, 7, 1).isoformat(), holds, f"{article.name}: {year}"


def of_chiefs(missions: Path) -> Iterator[Row]:
    """The day after a chief of mission of full rank presented credentials."""
    for file in sorted(missions.glob("*.xml")):
        for chief in etree.parse(file).iter("chief"):
            country = chief.findtext("contemporary-territory-id") or file.stem
            role = (chief.findtext("role-title-id") or "").casefold()
            day = chief.findtext("started/date") or ""
            if role.startswith(FULL) and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                following = date.fromisoformat(day) + timedelta(days=1)
                yield country, following.isoformat(), "yes", f"{file.name}: {day}"


def main() -> None:
    """Write the table to standard output."""
    mirror, draw = Path(sys.argv[1]), random.Random(1826)
    kinds = (of_heads(mirror / "hsg-rdcr/articles"), of_chiefs(mirror / "hsg-pocom/missions-countries"))
    drawn = [row for rows in kinds for row in sorted(draw.sample(list(rows), MANY))]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerows([("polity", "day", "holds", "by"), *drawn])


if __name__ == "__main__":
    main()
