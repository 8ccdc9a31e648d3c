"""What a variable is, and how it is looked up by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from comity.errors import PanelError

if TYPE_CHECKING:
    from comity.panel.draft import Draft

Parameters = Mapping[str, Any]
STATE = ("state-year", "leader-year")
DYAD = ("dyad-year", "leader-dyad-year")


@dataclass(frozen=True)
class Variable:
    """Something that can be added to a panel.

    `add` joins it to the rows; `units` are the rows it can be joined to; `on` names the join columns in words;
    `missing` is the meaning of a missing value; `cites` are keys of the bibliography; `columns` describes each column
    with its unit of measure (in a dyad, the column of one state has 1 or 2 after the name given here).
    """

    name: str
    title: str
    add: Callable[..., Draft]
    units: tuple[str, ...]
    on: str
    missing: str
    columns: Mapping[str, str]
    cites: tuple[str, ...] = ()
    notes: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    def apply(self, draft: Draft, parameters: Parameters) -> Draft:
        """The rows with the variable.

        Raises `PanelError` when it can't be joined to such rows, or has no such parameter.
        """
        if draft.unit not in self.units:
            raise PanelError(f"{self.name} goes with {_listed(self.units)}, not {draft.unit}s", offender=draft.unit)
        check(self.name, self.add, parameters)
        return self.add(draft, **parameters)

    def told(self) -> str:
        """Its full description, for a person to read."""
        lines = [
            f"{self.name}: {self.title}",
            f"for {_listed(self.units)}, on {self.on}; missing: {self.missing}",
            *(f"  {key}: {text}" for key, text in self.parameters.items()),
            *([self.notes] if self.notes else []),
            *(f"{name}: {text}" for name, text in self.columns.items()),
            f"cite: {', '.join(self.cites)}",
        ]
        return "\n".join(lines)


_SIDES = {"1": "first", "2": "second"}


def of_side(name: str, columns: Mapping[str, str]) -> str:
    """The description of a column, even if its name ends in the number of a side; empty when there is none.

    >>> of_side("milex2", {"milex": "military expenditures, in thousands"})
    'military expenditures, in thousands, of the second state'
    >>> of_side("orig1", {"orig": "1 if the state was there from the first day"})
    '1 if the first state was there from the first day'
    """
    if name in columns:
        return columns[name]
    text, side = columns.get(name[:-1], ""), _SIDES.get(name[-1:])
    if not text or not side:
        return ""
    for whose in ("the state", "the leader"):
        if whose in text:
            return text.replace(whose, f"the {side} {whose[4:]}", 1)
    return f"{text}, of the {side} state"


def check(name: str, function: Callable[..., Any], parameters: Parameters) -> None:
    """Raises `PanelError` for a parameter or value that a function does not accept, listing its parameters."""
    takes = inspect.signature(function).parameters
    known = list(takes)[1:]
    unknown = [each for each in parameters if each not in known]
    if unknown:
        accepted = f"it takes {', '.join(known)}" if known else "it takes none"
        raise PanelError(f"{name} has no parameter {', '.join(unknown)}; {accepted}", offender=unknown)
    for each, value in parameters.items():
        if isinstance(takes[each].default, bool) and not isinstance(value, bool):
            raise PanelError(f"{name}: {each} is true or false, not {value}", offender=value)


def one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    """Raises `PanelError` when the value of a parameter is not one of those allowed."""
    if value not in allowed:
        raise PanelError(f"{name} is {', '.join(map(str, allowed))}, not {value}", offender=value)


def _listed(units: tuple[str, ...]) -> str:
    return " and ".join(f"{unit}s" for unit in units)


def names(folder: str = "variables") -> list[str]:
    """The names of all variables (or, by another folder, of all rules), sorted.

    >>> "nmc" in names(), "prd" in names("rules")
    (True, True)
    """
    package = import_module(f"comity.panel.{folder}")
    return sorted(module.name.replace("_", "-") for module in iter_modules(package.__path__))


def variable(name: str) -> Variable:
    """The variable with a name.

    Raises `PanelError`, with the nearest names, when there is none; also when its data are unavailable.
    """
    from comity.panel.unavailable import WITHHELD

    if name in WITHHELD:
        raise PanelError(f"{name} can't be added: {WITHHELD[name]}", offender=name)
    definition: Variable = module_of(name, "variables", "variable").VARIABLE
    return definition


def module_of(name: str, folder: str, what: str) -> Any:
    """The module of a variable or a rule.

    Raises `PanelError`, with the nearest names, when there is none.
    """
    if name not in names(folder):
        from rapidfuzz import process

        near = [candidate for candidate, score, _ in process.extract(name, names(folder), limit=3) if score >= 60]
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names(folder))}"
        raise PanelError(f"there is no {what} {name}; {hint}", offender=name)
    return import_module(f"comity.panel.{folder}.{name.replace('-', '_')}")
