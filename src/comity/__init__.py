"""comity: the state of relations between two polities on a day, according to whom, and known by when.

The functions are those of comity/api.py, loaded when they are first used; `comity.panel` makes tables for research.
"""

from importlib import import_module
from typing import Any

__all__ = ["__version__", "ask", "brief", "check", "panel", "polities", "read", "spells", "timeline"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "panel":
        return import_module("comity.panel")
    if name in __all__:
        return getattr(import_module("comity.api"), name)
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
