"""What differs between two registries: instruments, relations, and the answers on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.model import Instrument, StatusKind
from parcc_nlp.registry.pinpoints import written_parts

if TYPE_CHECKING:
    from parcc_nlp.model import Relation
    from parcc_nlp.registry.registry import Registry

__all__ = ["Answer", "Change", "Differences", "Edge", "compare"]

COMPARED = ("title", "effective", "expires", "checked_on", "confidence")
"""The fields that may change while the instrument stays the same; its identity is in its id."""


class Change(NamedTuple):
    """A field of an instrument, or of a relation, before and after."""

    subject: str
    field: str
    before: str | None
    after: str | None


class Edge(NamedTuple):
    """A relation by what makes it that relation: who, what, on whom, which provisions."""

    source: str
    kind: str
    target: str
    parts: str

    @property
    def name(self) -> str:
        """The relation on one line."""
        return " ".join(one for one in (self.source, self.kind, self.target, self.parts) if one)


class Answer(NamedTuple):
    """An instrument whose status on the day is another."""

    instrument: str
    number: str | None
    before: StatusKind
    after: StatusKind


@dataclass(frozen=True, slots=True)
class Differences:
    """What `compare` found; everything empty where both say the same."""

    added: tuple[Instrument, ...] = ()
    removed: tuple[Instrument, ...] = ()
    changed: tuple[Change, ...] = ()
    relations_added: tuple[Edge, ...] = ()
    relations_removed: tuple[Edge, ...] = ()
    relations_changed: tuple[Change, ...] = ()
    answers: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def compare(one: Registry, other: Registry, *, on: str) -> Differences:
    """Compare two registries.

    Parameters
    ----------
    one, other
        Before and after.
    on
        The day whose answers are compared, ``YYYY-MM-DD``.

    Returns
    -------
    Differences
        Each list by id.

    Examples
    --------
    >>> from parcc_nlp.registry import Registry
    >>> bool(compare(Registry.shipped(), Registry.shipped(), on="2026-11-23"))
    False
    """
    if one is other:
        return Differences()
    before, after = {each.id: each for each in one}, {each.id: each for each in other}
    both = sorted(before.keys() & after.keys())
    ties_before, ties_after = _edges(one, before), _edges(other, after)
    shared = sorted(ties_before.keys() & ties_after.keys())
    return Differences(
        added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        removed=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        changed=tuple(change for key in both for change in _changes(before[key], after[key])),
        relations_added=tuple(sorted(ties_after.keys() - ties_before.keys())),
        relations_removed=tuple(sorted(ties_before.keys() - ties_after.keys())),
        relations_changed=tuple(
            change for key in shared for change in _relation_changes(key, ties_before[key], ties_after[key])
        ),
        answers=tuple(_answers(one, other, both, on=on)),
    )


def _changes(before: Instrument, after: Instrument) -> list[Change]:
    return [
        Change(before.id, name, getattr(before, name), getattr(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    ]


def _edges(registry: Registry, known: dict[str, Instrument]) -> dict[Edge, Relation]:
    """Give the relations that hold between instruments of a registry."""
    found: dict[Edge, Relation] = {}
    for identity in known:
        for relation in registry.history(identity):
            edge = Edge(relation.source, relation.kind, relation.target, written_parts(relation.parts))
            found.setdefault(edge, relation)
    return found


def _relation_changes(edge: Edge, before: Relation, after: Relation) -> list[Change]:
    return [
        Change(edge.name, name, getattr(before, name), getattr(after, name))
        for name in ("effective", "clause", "exception", "confidence")
        if getattr(before, name) != getattr(after, name)
    ]


def _answers(one: Registry, other: Registry, both: list[str], *, on: str) -> list[Answer]:
    """List the instruments, known to both, whose status on a day differs."""
    found = []
    for identity in both:
        before, after = one.status(identity, on=on), other.status(identity, on=on)
        if before.status != after.status:
            found.append(Answer(identity, after.number, before.status, after.status))
    return found
