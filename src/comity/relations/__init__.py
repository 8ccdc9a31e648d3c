"""The vocabulary: what comity knows about each relation, one object a term, one module a family.

A package adds a family of its own with an entry point of the group `comity.relations` that names a tuple of `Relation`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint

from comity.errors import RelationError, UnknownRelation
from comity.plugins import loaded, unique
from comity.relations import agreements, diplomatic, figures, missions, mood, people, states, strife, ties
from comity.relations.base import ANY_STATE, Identity, Kind, Mark, Relation, State
from comity.relations.wording import Wording

__all__ = [
    "ANY_STATE", "GROUP", "Identity", "Kind", "Mark", "Relation", "State", "Wording", "ids", "in_topic", "relation",
    "terms_where", "topics", "vocabulary",
]  # fmt: skip

GROUP = "comity.relations"
_FAMILIES = (diplomatic, missions, agreements, ties, strife, figures, states, mood, people)


@cache
def vocabulary() -> tuple[Relation, ...]:
    """Every term, a family after the other; those of other packages come last.

    Raises `RelationError` for an entry point that can't be loaded, is no tuple of terms, or names a term twice.

    >>> [term.id for term in vocabulary()][:3]
    ['recognition', 'recognition.withdrawn', 'relations.established']
    """
    terms = [term for family in _FAMILIES for term in family.RELATIONS]
    for point in unique(GROUP, "family of relations", RelationError).values():
        terms += _load(point)
    ids = [term.id for term in terms]
    for id in ids:
        if ids.count(id) > 1:
            raise RelationError(f'the relation "{id}" is registered twice; remove one of the packages', offender=id)
    return tuple(terms)


@cache
def _by_id() -> dict[str, Relation]:
    return {term.id: term for term in vocabulary()}


@cache
def ids() -> frozenset[str]:
    """The ids of all terms."""
    return frozenset(_by_id())


def relation(id: str) -> Relation:
    """The term with this id.

    Raises `UnknownRelation`, naming the terms of the same topic, for a term outside the vocabulary.

    >>> relation("mission.raised").family
    'missions and envoys'
    """
    term = _by_id().get(id)
    if term is None:
        near = [known for known, term in _by_id().items() if term.topic == id.partition(".")[0]] or list(_by_id())
        raise UnknownRelation(f'"{id}" is not a relation that comity knows; it knows {", ".join(near)}', offender=id)
    return term


@cache
def topics() -> tuple[str, ...]:
    """The first words of ids, by which several terms can be asked for: `relations`, `mission`, `agreement` …"""
    return tuple(dict.fromkeys(term.topic for term in vocabulary()))


def in_topic(word: str) -> frozenset[str]:
    """The ids of the terms that a word means: a term, or the topic of several; none for another word.

    >>> sorted(in_topic("war"))
    ['war', 'war.ended']
    """
    return frozenset(term.id for term in vocabulary() if word in (term.id, term.topic))


@cache
def terms_where(fact: str) -> frozenset[str]:
    """The ids of the terms of which a yes-or-no fact of `Relation` is true.

    >>> sorted(terms_where("breaks_relations"))
    ['relations.severed', 'war']
    """
    return frozenset(term.id for term in vocabulary() if getattr(term, fact))


def _load(point: EntryPoint) -> Iterable[Relation]:
    terms = loaded(point, "family of relations", RelationError)
    if not isinstance(terms, tuple) or not all(isinstance(term, Relation) for term in terms):
        raise RelationError(f"{point.value} must be a tuple of comity.relations.Relation", offender=point)
    return terms
