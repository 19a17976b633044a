"""Which part of a graph a page holds: what is nearest to the documents it is about."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from parcc_nlp.graph.drawing.statuses import documents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Edge, Node

__all__ = ["Selection", "centres_of", "nearest", "owners"]


class Selection(NamedTuple):
    """A part of a graph, nearest first, and how much the graph has of each."""

    centres: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    all_nodes: int
    all_edges: int


def centres_of(graph: LegalGraph, focus: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the nodes a picture is drawn around: those asked for, else its documents, else the most connected one.

    Raises
    ------
    KeyError
        A node asked for is not in the graph.
    """
    asked = tuple(dict.fromkeys(focus))
    for one in asked:
        graph.node(one)
    if asked:
        return asked
    documents = documents_of(graph)
    if documents:
        return documents
    busiest = max(graph.nodes("instrument"), key=_Degrees(graph), default=None)
    return (busiest.id,) if busiest else ()


def nearest(graph: LegalGraph, centres: Sequence[str], *, nodes: int, edges: int) -> Selection:
    """Select the nodes nearest to the centres and the edges among them, up to a number of each.

    Parameters
    ----------
    graph
        The graph.
    centres
        Where to begin; what cannot be reached from there comes last.
    nodes, edges
        The most of each.
    """
    order: dict[str, None] = dict.fromkeys(centres[:nodes])
    for one in chain(_outwards(graph, centres), graph.networkx):
        if len(order) >= nodes:
            break
        order.setdefault(one)
    between = (edge for one in order for edge in graph.out_of(one) if edge.target in order)
    chosen = tuple(edge for _, edge in zip(range(edges), between, strict=False))
    return Selection(
        tuple(one for one in centres if one in order),
        tuple(graph.node(one) for one in order),
        chosen,
        len(graph),
        graph.networkx.number_of_edges(),
    )


def owners(graph: LegalGraph) -> Mapping[str, str]:
    """Give what each provision, section, task and target is a part of: the nearest unit, by which it can be folded."""
    found: dict[str, str] = {}
    for edge in graph.edges("part_of"):
        if graph.node(edge.source).kind not in {"instrument", "agency", "unit"}:
            found.setdefault(edge.source, edge.target)
    for edge in graph.edges("sets_target"):
        found.setdefault(edge.target, edge.source)
    return found


def _outwards(graph: LegalGraph, centres: Sequence[str]) -> Iterator[str]:
    """Go through the nodes around the centres, the nearest first, in the order of the graph."""
    seen = set(centres)
    wave = list(centres)
    while wave:
        reached: list[str] = []
        for one in wave:
            for edge in (*graph.out_of(one), *graph.into(one)):
                other = edge.target if edge.source == one else edge.source
                if other not in seen:
                    seen.add(other)
                    reached.append(other)
        yield from reached
        wave = reached


class _Degrees:
    """How many edges a node has; of two with as many, the smaller id counts as more, so that the order is one."""

    __slots__ = ("_graph",)

    def __init__(self, graph: LegalGraph) -> None:
        self._graph = graph.networkx

    def __call__(self, node: Node) -> tuple[int, list[int]]:
        return self._graph.degree(node.id), [-ord(character) for character in node.id]
