"""What a project sets for comity: `[tool.comity]` in its pyproject.toml, else comity.toml, in the current folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from comity.errors import BadSettings


def ignored(folder: Path | None = None) -> tuple[str, ...]:
    """The rules of `check` that the project switches off: `ignore = ["imprecise-now"]` under `check`.

    Raises `BadSettings` for a file that is no TOML, or an `ignore` that is no list of names.
    """
    held, file = _settings(folder or Path.cwd())
    check = held.get("check", {})
    names = check.get("ignore", []) if isinstance(check, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadSettings(f'{file}: check.ignore is a list of rules, such as ["imprecise-now"]', offender=file)
    return tuple(names)


def _settings(folder: Path) -> tuple[dict[str, Any], Path]:
    """The table of comity's settings and the file that holds it; empty when no file does."""
    for name, path in (("pyproject.toml", ("tool", "comity")), ("comity.toml", ())):
        file = folder / name
        if not file.is_file():
            continue
        try:
            held: Any = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadSettings(f"{file} is no TOML: {error}", offender=file) from error
        for key in path:
            held = held.get(key, {}) if isinstance(held, dict) else {}
        if isinstance(held, dict) and held:
            return held, file
    return {}, folder
