"""comity: the state of relations between two polities on a day, according to whom, and known by when.

`brief`, `ask` and `timeline` are those of comity/notebook.py, loaded when they are first asked for.
"""

from importlib import import_module
from typing import Any

__all__ = ["__version__", "ask", "brief", "timeline"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("comity.notebook"), name)
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
