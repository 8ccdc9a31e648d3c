"""What every page, route and tool queries: the ledgers, and the files of sources where they are available."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from comity import __version__
from comity.ledger import View, own, stamp
from comity.ledger.open import everything, manifest
from comity.model import Claim, Polity, When
from comity.query.dossier import Dossier, dossier
from comity.query.pair import today
from comity.serve.cache import Cache
from comity.serve.public_view import PublicView
from comity.sources.folders import there
from comity.sources.quotations import passages

_BYTES = 32 << 20
_DOSSIERS = 64  # some megabytes at most
_PASSAGES = 10_000  # each of 600 characters at most
_WHOLE = 20_000  # characters of the passage on a claim's own page


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of an answer, and the headers that depend on them."""

    body: bytes
    headers: Mapping[str, str]


class Desk:
    """The embedded ledger and the user's own, read as one, and `mirror`, a folder with a folder for each source.

    What is appended to the user's ledger while a server runs is included at once. Threads may share a desk.
    Raises `MissingFile` when there is no such mirror.

    >>> Desk().dossier("Peru", "United States", When.parse("1850")).status.state.value
    'established'
    """

    def __init__(self, mirror: Path | None = None) -> None:
        self.mirror = there(mirror)
        self._build = f"{__version__} {manifest()['sha256']}"
        self._opening = Lock()
        self._open: tuple[str, View] | None = None
        self.bytes: Cache[Bytes] = Cache(_BYTES, lambda sent: len(sent.body))
        """The answers that were sent, by ETag."""
        self._dossiers: Cache[Dossier] = Cache(_DOSSIERS)
        self._passages: Cache[str] = Cache(_PASSAGES)

    def edition(self) -> str:
        """A short hash of everything besides the question that an answer depends on: comity, the ledgers, the date.

        It reads the state of one folder, and runs no query.
        """
        return hashlib.blake2b(f"{self._build} {stamp(own())} {today()}".encode(), digest_size=8).hexdigest()

    def view(self) -> View:
        """Both ledgers as they are now; the same view until a ledger has a new version, or a new day begins."""
        now = self.edition()
        with self._opening:
            if self._open is None or self._open[0] != now:
                self._open = now, everything(view=PublicView)
            return self._open[1]

    def dossier(
        self, first: str | Polity, second: str | Polity, as_of: When | None = None, known_by: When | None = None
    ) -> Dossier:
        """The dossier of two polities, by `query.dossier`; the most recent ones are cached."""
        key = (self.edition(), first, second, as_of, known_by)
        return self._dossiers.get_or_make(key, lambda: dossier(self.view(), first, second, as_of, known_by))

    def passages(self, claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
        """The passages of the claims, by (edition, locator), of the sources whose files are available."""
        places = dict.fromkeys((claim.source, claim.locator) for claim in claims)
        cached = {place: text for place in places if (text := self._passages.get(place))}
        texts = passages((place for place in places if place not in cached), self.mirror)
        for place, text in texts.items():
            self._passages.put(place, text)
        return cached | texts

    def passage(self, claim: Claim) -> str | None:
        """The passage of a single claim, longer than beside other claims; None without the source's file."""
        place = (claim.source, claim.locator)
        return passages([place], self.mirror, _WHOLE).get(place)
