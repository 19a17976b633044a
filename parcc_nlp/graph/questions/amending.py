"""In which order documents are best amended: what others rest on first, the higher in force first."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

import networkx as nx

from parcc_nlp.graph.questions.standing import force_of
from parcc_nlp.graph.questions.walking import instrument_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import EdgeKind

__all__ = ["amending_order"]

_WAITING: tuple[EdgeKind, ...] = (
    "based_on", "implements", "guides", "amends", "corrects", "consolidates", "extends", "date_shift", "continues",
    "cites",
)  # fmt: skip
"""Edges that make the source wait for the target."""
_NO_DATE = "9999"


def amending_order(
    graph: LegalGraph, documents: Collection[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Put documents in the order in which to amend them.

    Parameters
    ----------
    graph
        Where they stand.
    documents
        Their ids, in any order.

    Returns
    -------
    order : tuple of str
        Each after those of them it rests on, and after those it cites where these do not cite it in their turn; among
        free ones by legal force, then by date, then by id.
    circles : tuple of tuple of str
        Those that rest on each other in a circle; they stand together, ordered by force, date and id.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("a", "b"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("a", "based_on", "b"))
    >>> amending_order(graph, ["a", "b"])
    (('b', 'a'), ())
    """
    nodes = graph.networkx.nodes
    ranked = sorted((force_of(one), str(nodes[one].get("issued", _NO_DATE)), one) for one in documents)
    ids = [one for *_, one in ranked]
    place = {one: index for index, one in enumerate(ids)}
    waits = _waits(graph, ids, place)
    # What waits for nothing and holds up nothing is put between the rest by its rank alone.
    free = ([index] for index in range(len(ids)) if index not in waits)
    if not _knots(waits):
        in_turn = ([index] for index in nx.lexicographical_topological_sort(waits))
        return tuple(ids[index] for group in merge(in_turn, free) for index in group), ()
    whole = nx.condensation(waits)
    members = {knot: sorted(inside) for knot, inside in whole.nodes(data="members")}
    knots = list(nx.lexicographical_topological_sort(whole, key=_first_of(members)))
    order = tuple(ids[index] for group in merge((members[knot] for knot in knots), free) for index in group)
    circles = tuple(tuple(ids[index] for index in members[knot]) for knot in knots if len(members[knot]) > 1)
    return order, circles


def _waits(graph: LegalGraph, ids: Sequence[str], place: Mapping[str, int]) -> nx.DiGraph:
    """Make the graph of what waits for what; of citations only those that close no circle."""
    waits = nx.DiGraph()
    citations: set[tuple[int, int]] = set()
    whole = graph.networkx
    for index, one in enumerate(ids):
        for target in whole.successors(one):
            before = place.get(instrument_of(target), index)
            if before == index:
                continue
            for attributes in whole.get_edge_data(one, target).values():
                if attributes["kind"] == "cites":
                    citations.add((before, index))
                elif attributes["kind"] in _WAITING:
                    waits.add_edge(before, index)
    citations.difference_update(waits.edges)
    waits.add_edges_from(sorted(citations))
    for knot in _knots(waits):
        waits.remove_edges_from([edge for edge in waits.edges(knot) if edge[1] in knot and edge in citations])
    return waits


def _knots(waits: nx.DiGraph) -> list[set[int]]:
    """Give the sets of more than one in which each waits for each other."""
    return [knot for knot in nx.strongly_connected_components(waits) if len(knot) > 1]


def _first_of(members: Mapping[int, Sequence[int]]) -> Callable[[int], int]:
    """Give the key of a group: the place of its first member."""

    def first(knot: int) -> int:
        return members[knot][0]

    return first
