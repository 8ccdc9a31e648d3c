"""Where comity keeps what is the user's own, and where a mirror of the sources is."""

from __future__ import annotations

import os
from pathlib import Path

from comity.errors import BadSettings, MissingFile


def home() -> Path:
    """The folder of the user's ledger and fetched sources: `COMITY_HOME`, else `comity` in the user's data folder."""
    if named := os.environ.get("COMITY_HOME"):
        return expanded(named, "COMITY_HOME")
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else expanded("~", "HOME") / ".local" / "share") / "comity"


def expanded(path: str, name: str) -> Path:
    """A path that may begin with `~`. Raises `BadSettings`, with the name of the setting, for no user's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise BadSettings(
            f"{name}: {path} is the home of no user; write the folder's whole path", offender=path
        ) from error


def scratch() -> Path:
    """The folder of what can be made or fetched anew: `COMITY_CACHE`, else `comity` in the user's cache folder."""
    if named := os.environ.get("COMITY_CACHE"):
        return Path(named).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "comity"


def mirrored(given: Path | None) -> Path | None:
    """The mirror to take sources' files from: the one given, else `COMITY_MIRROR`; None when there is neither."""
    return given or (Path(named) if (named := os.environ.get("COMITY_MIRROR")) else None)


def there(mirror: Path | None) -> Path | None:
    """The mirror that was given, None when none was. Raises `MissingFile` when it is no folder."""
    if mirror is not None and not mirror.is_dir():
        raise MissingFile(f"there is no mirror {mirror}; give a folder with one folder a source", offender=mirror)
    return mirror
