"""Militarized interstate disputes as Gibler, Miller and Little revised them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from comity.panel.builders import leader_spells
from comity.panel.draft import Draft, filled, selected, yearly
from comity.panel.variable import DYAD, STATE, Variable, one_of
from comity.panel.variables.cow_mids import COLUMNS

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table, Value

_INIT = ("sidea-all-joiners", "sidea-with-joiners", "sidea-orig")
_FLAGS = ("gmlmidongoing", "gmlmidonset", "gmlmidongoing_init", "gmlmidonset_init")


def add(draft: Draft, keep: Iterable[str] | None = None, init: str = "sidea-all-joiners") -> Draft:
    """The dispute of a dyad in the year, whittled to one; of a state or leader, whether there was any.

    `init` says who initiates: all of side A and any joiner; side A with its joiners; or side A's originators alone.
    """
    one_of("init", init, _INIT)
    by_unit: dict[str, Callable[[], Draft]] = {
        "dyad-year": lambda: _of_dyads(draft, keep, init),
        "state-year": lambda: _of_states(draft, init),
        "leader-year": lambda: _of_leaders(draft, init),
        "leader-dyad-year": lambda: _of_leader_dyads(draft, init),
    }
    return by_unit[draft.unit]()


def _initiates(table: Table, init: str, side: str = "") -> BooleanValue:
    """Whether the state of a side initiated the dispute."""
    sidea, orig = table[f"sidea{side}"] == 1, table[f"orig{side}"]
    if init == "sidea-orig":
        return sidea & (orig == 1)
    return sidea if init == "sidea-with-joiners" else sidea | (orig == 0)


def _of_dyads(draft: Draft, keep: Iterable[str] | None, init: str) -> Draft:
    draft.needs("ccode1", "ccode2", to="add ccode-to-gw first, or take system=cow")
    data = draft.data("gml_mid_ddydisps")
    always = ["ccode1", "ccode2", "year", "gmlmidonset", "gmlmidongoing"]
    if not draft.ordered:  # an unordered dyad has no initiator
        data = data.mutate(**{f"init{side}": _one(_initiates(data, init, side)) for side in "12"})
        always += ["init1", "init2", "sidea1", "sidea2", "orig1", "orig2"]
    joined = draft.natural(selected(data, keep, *always))
    return joined.with_table(filled(joined.table, ("gmlmidonset", "gmlmidongoing"), 1816, 2010))


def _of_states(draft: Draft, init: str) -> Draft:
    """Whether the state was in any dispute in the year, began one, and on the initiating side."""
    import ibis

    parts = _participants(draft)
    years = yearly(parts, parts.styear, parts.endyear)
    onset, initiates = years.year == years.styear, _initiates(years, init)
    flags = years.group_by("ccode", "year").agg(
        gmlmidongoing=ibis.literal(1, "int32"),
        gmlmidonset=_any(onset),
        gmlmidongoing_init=_any(initiates),
        gmlmidonset_init=_any(onset & initiates),
    )
    joined = draft.by_state(flags, "ccode")
    return joined.mutate(**{name: joined.table[name].fill_null(0) for name in _FLAGS})


def _of_leaders(draft: Draft, init: str) -> Draft:
    """The same of a leader: on a day of the leader's own in office; initiating if in office when it began.

    A participant's unknown first or last day is the first or last of its month.
    """
    import ibis

    parts = _participants(draft).select(
        "obsid_start", "sidea", "orig", code_="ccode",
        from_=lambda t: ibis.date(t.styear, t.stmon, t.dummy_stday),
        to_=lambda t: ibis.date(t.endyear, t.endmon, t.dummy_endday),
    )  # fmt: skip
    spells = leader_spells(draft.data, "cow")
    met = spells.left_join(parts, [spells.code == parts.code_, spells.begins <= parts.to_, parts.from_ <= spells.ends])
    onset, own = met.from_.between(met.begins, met.ends), met.obsid == met.obsid_start
    initiates = own & _initiates(met, init)
    flags = met.group_by("obsid", "year").agg(
        gmlmidongoing=_any(met.from_.notnull()),
        gmlmidonset=_any(onset),
        gmlmidongoing_init=_any(initiates),
        gmlmidonset_init=_any(onset & initiates),
    )
    known = flags.year <= 2010
    flags = flags.mutate(**{name: ibis.ifelse(known, flags[name], None) for name in _FLAGS})
    return draft.joined(flags, {"obsid": "obsid", "year": "year"})


def _of_leader_dyads(draft: Draft, init: str) -> Draft:
    """The dispute of two leaders in the year; in directed dyads, whether the first initiated it."""
    import ibis

    joined = draft.natural(draft.data("gml_mid_ddlydisps"))
    if draft.ordered:
        return joined.with_table(filled(joined.table, ("gmlmidonset", "gmlmidongoing"), 1816, 2010))
    table = joined.table
    initiates = (table.obsid_start1 == table.obsid1) & _initiates(table, init, "1")
    ongoing = ibis.ifelse(table.gmlmidongoing.isnull(), None, _one((table.gmlmidongoing == 1) & initiates))
    onset = ibis.ifelse(table.gmlmidonset.isnull(), None, _one((table.gmlmidonset == 1) & initiates))
    return joined.with_table(
        filled(table.mutate(gmlmidongoing_init=ongoing, gmlmidonset_init=onset), _FLAGS, 1816, 2010)
    )


def _participants(draft: Draft) -> Table:
    """Participants in the disputes of which some participant's leader is known at both ends."""
    parts = draft.data("gml_part")
    return parts.filter(parts.allmiss_leader_start == 0, parts.allmiss_leader_end == 0)


def _one(condition: BooleanValue) -> Value:
    """1 or 0, missing where the condition is."""
    return condition.cast("int32")


def _any(condition: BooleanValue) -> Value:
    """1 if it is true in any row, else 0."""
    return condition.any().fill_null(False).cast("int32")


VARIABLE = Variable(
    name="gml-mids",
    title="Militarized interstate disputes (Gibler, Miller and Little)",
    add=add,
    units=(*STATE, *DYAD),
    on="ccode1, ccode2, year (or ccode, year; obsid, year)",
    missing="no dispute in the year (of onset and ongoing: a year after the data's last, 2010)",
    cites=("gibleretal2016amid",),
    parameters={
        "keep": "in dyads, only these columns beside onset, ongoing and who initiated",
        "init": f"who initiates: {', '.join(_INIT)}",
    },
    notes=(
        "Several disputes of a dyad in a year are whittled to one: an onset before none, then the greatest fatality, "
        "hostility, least and greatest duration, the reciprocated, the earliest month. A state has 0, not missing, "
        "in every year without a dispute, also after 2010, as in peacesciencer."
    ),
    columns={
        "gmlmidonset": "1 if a dispute began in the year, else 0",
        "gmlmidongoing": "1 if there was a dispute in the year, else 0",
        "gmlmidonset_init": "1 if one began that the state (or leader) initiated",
        "gmlmidongoing_init": "1 if there was one that the state (or leader) initiated",
        "init1": "1 if the first state initiated the dispute",
        "init2": "1 if the second state initiated the dispute",
        "obsid_start1": "Archigos' id of the first state's leader when the dispute began",
        "obsid_start2": "Archigos' id of the second state's leader when the dispute began",
        "obsid_end1": "Archigos' id of the first state's leader when the dispute ended",
        "obsid_end2": "Archigos' id of the second state's leader when the dispute ended",
        **COLUMNS,
    },
)
