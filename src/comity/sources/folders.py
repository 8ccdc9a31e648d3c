"""The folders of the user's data, and of a mirror of the sources."""

from __future__ import annotations

import os
from pathlib import Path

from comity.errors import BadSettings, MissingFile


def home() -> Path:
    """The folder of the user's ledger and fetched sources: `COMITY_HOME`, else `comity` in the user's data folder."""
    if setting := os.environ.get("COMITY_HOME"):
        return expanded(setting, "COMITY_HOME")
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else expanded("~", "HOME") / ".local" / "share") / "comity"


def expanded(path: str, name: str) -> Path:
    """A path that may begin with `~`. Raises `BadSettings`, with the name of the setting, for no user's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise BadSettings(
            f"{name}: {path} names no user's home; write the full path of the folder", offender=path
        ) from error


def scratch() -> Path:
    """The folder of replaceable files: `COMITY_CACHE`, else `comity` in the user's cache folder."""
    if setting := os.environ.get("COMITY_CACHE"):
        return Path(setting).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "comity"


def mirrored(mirror: Path | None) -> Path | None:
    """The mirror of the sources' files: `mirror`, else `COMITY_MIRROR`, else None."""
    return mirror or (Path(setting) if (setting := os.environ.get("COMITY_MIRROR")) else None)


def there(mirror: Path | None) -> Path | None:
    """The same mirror or None. Raises `MissingFile` when it is not a folder."""
    if mirror is not None and not mirror.is_dir():
        raise MissingFile(f"there is no mirror {mirror}; give a folder with one folder a source", offender=mirror)
    return mirror
