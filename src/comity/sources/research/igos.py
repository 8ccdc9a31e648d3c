"""Numbers of joint memberships in intergovernmental organizations (Correlates of War)."""

from __future__ import annotations

from collections.abc import Iterator

from comity.model import Claim, Participant
from comity.sources.base import Record
from comity.sources.research.base import Research, source
from comity.sources.research.frames import Row
from comity.sources.research.periods import lasting, runs

WITHIN = 10
"""The greatest difference of counts in one record: one record for every change would make 443,000."""
AT_LEAST = Participant("precision", "at least")


class Igos(Research):
    """Years in which two states were both full members of at least so many intergovernmental organizations.

    By years, from 1816 to 2014. A record is successive years of a pair whose counts differ by at most ten; its
    claim has the least of them, and its passage has each year's. The file counts known memberships, so a count of none
    gives no claim. It does not name the organizations.
    """

    source = source(
        "cow-igos", "Intergovernmental Organizations, v3.0: numbers of joint memberships", "Correlates of War Project",
        "cow_igo_ndy",
        homepage="https://correlatesofwar.org/data-sets/igos/",
        references=(
            "Pevehouse, Jon C.W., Timothy Nordstrom, Roseanne W. McManus, and Anne Spencer Jamison. 2020. “Tracking "
            "Organizations in the World: The Correlates of War IGO Version 3.0 datasets.” Journal of Peace Research "
            "57 (3): 492–503.",
            "Wallace, Michael, and J. David Singer. 1970. “International Governmental Organization in the Global "
            "System, 1815–1964.” International Organization 24 (2): 239–287.",
        ),
    )  # fmt: skip
    version = "1"

    def entries(self, tables: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
        """The successive years of a pair with similar counts."""
        for run in runs(tables["cow_igo_ndy"], ("ccode1", "ccode2")):
            for counts in _alike({row["year"]: row["dyadigos"] for row in run}):
                fields = {"ccode1": run[0]["ccode1"], "ccode2": run[0]["ccode2"]}
                yield f"{fields['ccode1']}-{fields['ccode2']}-{min(counts)}", fields | {"dyadigos": counts}

    def statements(self, record: Record, element: Row) -> Iterator[Claim | str]:
        """The least of the counts, if there is one."""
        counts = element["dyadigos"]
        least = min(map(_known, counts.values()))
        if not least:
            yield "no organization is known of which both were full members"
            return
        yield from self.of_pair(
            record, element["ccode1"], element["ccode2"], "membership.shared",
            lasting(min(counts), max(counts), 1816, 2014),
            value=float(least), unit="intergovernmental organizations", participants=(AT_LEAST,),
        )  # fmt: skip


def _alike(counts: dict[int, int | None]) -> Iterator[dict[int, int | None]]:
    """Counts by year, split where they would differ by more than `WITHIN`, and where none becomes some."""
    part: dict[int, int | None] = {}
    least = most = 0
    for year, count in counts.items():
        known = _known(count)
        low, high = min(least, known), max(most, known)
        if part and (high - low > WITHIN or bool(known) != bool(least)):
            yield part
            part = {}
        least, most = (low, high) if part else (known, known)
        part[year] = count
    if part:
        yield part


def _known(count: int | None) -> int:
    """The number of organizations in a count; a missing one (NA, or a code such as -9) is none."""
    return max(count or 0, 0)
