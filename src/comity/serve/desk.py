"""What every page, route and tool asks of: the ledgers, and the files of sources where they are at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from comity import __version__
from comity.ledger import View, own, stamp
from comity.ledger.embedded import embedded, manifest
from comity.model import Claim, Polity, When
from comity.query.dossier import Dossier, dossier
from comity.query.pair import today
from comity.serve.kept import Kept
from comity.serve.shown import Shown
from comity.sources.home import there
from comity.sources.passages import passages

_BYTES = 32 << 20
_DOSSIERS = 64  # some megabytes at most
_PASSAGES = 10_000  # each of 600 characters at most
_WHOLE = 20_000  # characters of a passage that stands alone


@dataclass(frozen=True, slots=True)
class Bytes:
    """An answer as it is sent, and the headers that depend on it."""

    body: bytes
    headers: Mapping[str, str]


class Desk:
    """The embedded ledger and the user's own, read as one, and `mirror`, a folder with one folder a source.

    What is appended to the user's ledger while a server runs is answered from at once. Threads may share a desk.
    Raises `MissingFile` when there is no such mirror.

    >>> Desk().dossier("Peru", "United States", When.parse("1850")).status.state.value
    'established'
    """

    def __init__(self, mirror: Path | None = None) -> None:
        self.mirror = there(mirror)
        self._made_of = f"{__version__} {manifest()['sha256']}"
        self._opening = Lock()
        self._open: tuple[str, View] | None = None
        self.bytes: Kept[Bytes] = Kept(_BYTES, lambda sent: len(sent.body))
        """Answers as they were sent, by ETag."""
        self._dossiers: Kept[Dossier] = Kept(_DOSSIERS)
        self._passages: Kept[str] = Kept(_PASSAGES)

    def edition(self) -> str:
        """What every answer depends on besides its question, as a short hash: comity, the ledgers, today's date.

        It costs a look at one folder, and no query.
        """
        return hashlib.blake2b(f"{self._made_of} {stamp(own())} {today()}".encode(), digest_size=8).hexdigest()

    def view(self) -> View:
        """Both ledgers as they are now; the same view until a ledger has a new version, or a new day begins."""
        now = self.edition()
        with self._opening:
            if self._open is None or self._open[0] != now:
                self._open = now, Shown(embedded(), own())
            return self._open[1]

    def dossier(
        self, one: str | Polity, other: str | Polity, as_of: When | None = None, known_by: When | None = None
    ) -> Dossier:
        """The dossier of two polities, as `query.dossier` makes it; those asked for last are kept."""
        asked = (self.edition(), one, other, as_of, known_by)
        return self._dossiers.made(asked, lambda: dossier(self.view(), one, other, as_of, known_by))

    def passages(self, claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
        """What the sources say at the claims' places, by (edition, locator), where their files are at hand."""
        asked = dict.fromkeys((claim.source, claim.locator) for claim in claims)
        held = {place: text for place in asked if (text := self._passages.held(place))}
        found = passages((place for place in asked if place not in held), self.mirror)
        for place, text in found.items():
            self._passages.keep(place, text)
        return held | found

    def passage(self, claim: Claim) -> str | None:
        """What the source says at a claim's place, more of it than beside other claims; None without its file."""
        place = (claim.source, claim.locator)
        return passages([place], self.mirror, _WHOLE).get(place)
