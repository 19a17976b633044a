"""Families of relations, told apart in a picture by line style and colour; the words of each kind say the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcc_nlp.graph.values import EdgeKind

__all__ = ["FAMILIES", "Family", "family_of"]

Family = Literal["basis", "cites", "ends", "changes", "assigns", "holds"]
FAMILIES: tuple[Family, ...] = get_args(Family)

_FAMILY: Mapping[EdgeKind, Family] = {
    "based_on": "basis",
    "implements": "basis",
    "cites": "cites",
    "replaces": "ends",
    "repeals": "ends",
    "partially_repeals": "ends",
    "suspends": "ends",
    "assigns": "assigns",
    "sets_target": "holds",
    "part_of": "holds",
    "succeeded_by": "holds",
}


def family_of(kind: EdgeKind) -> Family:
    """Give the family of a relation; one that ends nothing but acts on another instrument changes it.

    Examples
    --------
    >>> family_of("implements"), family_of("amends")
    ('basis', 'changes')
    """
    return _FAMILY.get(kind, "changes")
