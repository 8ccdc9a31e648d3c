"""A project's settings for comity: `[tool.comity]` in its pyproject.toml, else comity.toml, in the current folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from comity.errors import BadSettings


def ignored(folder: Path | None = None) -> tuple[str, ...]:
    """The rules of `check` that the project switches off: `ignore = ["imprecise-now"]` under `check`.

    Raises `BadSettings` for an invalid TOML file, or an `ignore` that is not a list of names.
    """
    settings, file = _settings(folder or Path.cwd())
    check = settings.get("check", {})
    names = check.get("ignore", []) if isinstance(check, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadSettings(f'{file}: check.ignore is a list of rules, such as ["imprecise-now"]', offender=file)
    return tuple(names)


def toml(file: Path) -> dict[str, Any]:
    """The tables of a file of TOML. Raises `BadSettings`, naming the file, for one that can't be read as such."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except RecursionError as error:  # Python's own parser calls itself for each list within a list
        raise BadSettings(f"{file} can't be read as TOML: it nests too deeply", offender=file) from error
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, not TOML, or a number of thousands of digits
        why = getattr(error, "strerror", None) or error
        raise BadSettings(f"{file} can't be read as TOML: {why}", offender=file) from error


def _settings(folder: Path) -> tuple[dict[str, Any], Path]:
    """The table of comity's settings and its file; an empty table without one."""
    for name, path in (("pyproject.toml", ("tool", "comity")), ("comity.toml", ())):
        file = folder / name
        if not file.is_file():
            continue
        table: Any = toml(file)
        for key in path:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict) and table:
            return table, file
    return {}, folder
