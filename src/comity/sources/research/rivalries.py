"""Strategic rivalries: states that saw each other as competitors and threats (Thompson and others)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting

KINDS = ("spatial", "positional", "ideological", "interventionary")


class ThompsonDreyer(Research):
    """Rivalries of 1494 to 2010, by years, each with its kinds in the order of their weight."""

    source = source(
        "td-rivalries", "Handbook of International Rivalries, 1494–2010", "William R. Thompson and David R. Dreyer",
        "td_rivalries",
        homepage="https://svmiller.com/peacesciencer/reference/td_rivalries.html",
        references=(
            "Thompson, William R., and David R. Dreyer. 2012. Handbook of International Rivalries, 1494–2010. "
            "Washington, DC: CQ Press.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a rivalry."""
        for row in tables["td_rivalries"]:
            yield f"{row['rivalryno']}-{row['ccode1']}-{row['ccode2']}-{row['styear']}", row

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The rivalry; one in the data's first or last year may extend beyond it."""
        kinds = [element[type] for type in ("type1", "type2", "type3") if element[type]]
        when = lasting(element["styear"], element["endyear"], 1494, 2010)
        yield from self.of_pair(
            record, element["ccode1"], element["ccode2"], "rivalry", when, kind=", ".join(kinds) or None
        )


class ThompsonSakuwaSuhas(Research):
    """Rivalries of 1494 to 2020, by years, each with its kinds."""

    source = source(
        "tss-rivalries", "Analyzing Strategic Rivalries in World Politics, 1494–2020",
        "William R. Thompson, Kentaro Sakuwa and Prashant Hosur Suhas", "tss_rivalries",
        homepage="https://svmiller.com/peacesciencer/reference/tss_rivalries.html",
        references=(
            "Thompson, William R., Kentaro Sakuwa, and Prashant Hosur Suhas. 2021. Analyzing Strategic Rivalries in "
            "World Politics: Types of Rivalry, Regional Variation, and Escalation/De-escalation. Singapore: Springer.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """One entry for each row: a rivalry."""
        for row in tables["tss_rivalries"]:
            yield f"{row['tssr_id']}-{row['ccode1']}-{row['ccode2']}-{row['start']}", row

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The rivalry; one in the data's first or last year may extend beyond it."""
        kind = ", ".join(kind for kind in KINDS if element[kind]) or None
        when = lasting(element["start"], element["end"], 1494, 2020)
        yield from self.of_pair(record, element["ccode1"], element["ccode2"], "rivalry", when, kind=kind)
