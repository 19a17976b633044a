"""Circles among instruments: which lie in one, and the circles themselves as far as their number can be told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Circles", "circles_of"]

_LONGEST = 12
_MOST = 100
_WORTHWHILE = 10
"""A round over all edges has to take away one in so many, or there is no other: a long chain would need one a link."""


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles of a graph: each begins with its first member by name and goes the way of the edges.

    `knots` are the sets in which each reaches each other. A knot can hold more circles than anybody would read:
    `complete` says whether all are listed.
    """

    circles: tuple[tuple[str, ...], ...] = ()
    knots: tuple[tuple[str, ...], ...] = ()
    complete: bool = True


def circles_of(edges: Iterable[tuple[str, str]], *, longest: int = _LONGEST, most: int = _MOST) -> Circles:
    """Find the circles that edges make.

    Parameters
    ----------
    edges
        Pairs, from the one to the other.
    longest
        Circles of more members are not listed; the knot they lie in is.
    most
        How many circles of one knot are listed.

    Examples
    --------
    >>> circles_of([("b", "a"), ("a", "b"), ("b", "c")])
    Circles(circles=(('a', 'b'),), knots=(('a', 'b'),), complete=True)
    """
    pairs = sorted(_perhaps_in_a_circle(set(edges)))
    names = sorted({name for pair in pairs for name in pair})
    place = {name: index for index, name in enumerate(names)}
    # Numbers in place of names: the order of a set of texts changes from one start of Python to the next.
    graph = nx.DiGraph((place[one], place[other]) for one, other in pairs)
    knots = [
        sorted(inside)
        for inside in nx.strongly_connected_components(graph)
        if len(inside) > 1 or any(graph.has_edge(one, one) for one in inside)
    ]
    circles: list[tuple[int, ...]] = []
    complete = True
    for knot in sorted(knots):
        found = list(islice(nx.simple_cycles(graph.subgraph(knot), length_bound=longest), most + 1))
        complete = complete and len(found) <= most and len(knot) <= longest
        circles += [_turned(circle) for circle in found[:most]]
    return Circles(
        circles=tuple(tuple(names[index] for index in circle) for circle in sorted(circles, key=_short_first)),
        knots=tuple(tuple(names[index] for index in knot) for knot in sorted(knots)),
        complete=complete,
    )


def _perhaps_in_a_circle(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Leave out edges that lie in no circle because nothing leads to their start, or on from their end.

    Most documents rest on others and nothing rests on them. What a few rounds do not take away is left to the search.
    """
    while True:
        starts, ends = {one for one, _ in pairs}, {other for _, other in pairs}
        left = {(one, other) for one, other in pairs if one in ends and other in starts}
        if _WORTHWHILE * (len(pairs) - len(left)) < len(pairs) or not left:
            return left
        pairs = left


def _turned(circle: list[int]) -> tuple[int, ...]:
    """Begin a circle with its first member by name, so that one circle is told one way."""
    least = circle.index(min(circle))
    return (*circle[least:], *circle[:least])


def _short_first(circle: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return len(circle), circle
