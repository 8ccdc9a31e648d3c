"""The position of a passage in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Unicode characters `start` up to, not including, `end` of a text as it was given, before any cleaning.

    >>> Span(3, 7).of("so Peru said")
    'Peru'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0 or more: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def contains(self, inner: Span) -> bool:
        """Whether `inner` is entirely within."""
        return self.start <= inner.start and inner.end <= self.end
