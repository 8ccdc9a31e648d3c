"""What packages register with comity by entry points; comity's own parts are registered the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from comity.errors import ComityError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Registry(Generic[T]):
    """One group of entry points: each names a class of the `contract`, under the `name_of` its objects.

    Two packages may not register one name, and an object may not have another name than it is registered under:
    otherwise which of two is used would depend on the order in which packages were installed. Every method raises
    `error`, naming the package's object, for these and for one that can't be loaded.

    >>> from comity.errors import ReaderError
    >>> from comity.reading.base import Reader
    >>> Registry("comity.readers", "reader", Reader, lambda reader: reader.id, ReaderError).load(
    ...     EntryPoint("x", "no:Thing", "comity.readers"))
    Traceback (most recent call last):
    comity.errors.ReaderError: the reader "x" (no:Thing) can't be loaded: ModuleNotFoundError("No module named 'no'")
    """

    group: str
    what: str
    contract: type[Any]
    name_of: Callable[[T], str]
    error: type[ComityError]

    def points(self) -> dict[str, EntryPoint]:
        """The entry points by name, in the order of names; loads none."""
        return unique(self.group, self.what, self.error)

    def every(self) -> dict[str, T]:
        """An object of each, by name."""
        return {name: self.load(point) for name, point in self.points().items()}

    def load(self, point: EntryPoint) -> T:
        """An object of the class that an entry point names."""
        registered: T = loaded(point, self.what, self.error, lambda contract: contract())
        if not isinstance(registered, self.contract):
            raise self.error(
                f'{point.value}, registered as the {self.what} "{point.name}", is no {self.contract.__name__}',
                offender=point,
            )
        if self.name_of(registered) != point.name:
            raise self.error(
                f'{point.value} is registered as the {self.what} "{point.name}", but names itself '
                f'"{self.name_of(registered)}"; register it under that name',
                offender=point,
            )
        return registered


def unique(group: str, what: str, error: type[ComityError]) -> dict[str, EntryPoint]:
    """The entry points of a group by name, in the order of names. Raises `error` for a name that two packages use."""
    points: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        if point.name in points:
            raise error(
                f'the {what} "{point.name}" is registered twice, as {points[point.name].value} and as {point.value}; '
                "remove one of the packages",
                offender=point,
            )
        points[point.name] = point
    return points


def loaded(point: EntryPoint, what: str, error: type[ComityError], make: Callable[[Any], Any] = lambda it: it) -> Any:
    """What an entry point names, passed through `make`. Raises `error`, naming the package's object, when it fails."""
    try:
        return make(point.load())
    except Exception as why:  # whatever it is, it comes from that package, and the user must know which
        raise error(f'the {what} "{point.name}" ({point.value}) can\'t be loaded: {why!r}', offender=point) from why
