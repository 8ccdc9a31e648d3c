"""The base of every shape."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")


class Shape(BaseModel):
    """An object of JSON."""

    def as_json(self) -> dict[str, Any]:
        """The object as built-in types, its keys as they are written."""
        return self.model_dump(by_alias=True)


def only_if_asked() -> Any:
    """The default of a member that is written only for a question that asks for it."""
    return Field(default=None, exclude_if=lambda value: value is None)
