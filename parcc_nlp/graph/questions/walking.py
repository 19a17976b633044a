"""Walking a graph step by step: which edges are looked at, and from what they are made into values only when kept.

Questions read the plain attributes of networkx, because most edges they pass are not part of any answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from parcc_nlp.graph.values import Edge
from parcc_nlp.registry.identity import legal_class

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import EdgeKind, Node

    Attributes = Mapping[str, Any]

__all__ = [
    "CITING",
    "ENDING",
    "by_place",
    "edge_of",
    "ends_whole",
    "has_ended",
    "holds",
    "in_order",
    "incoming",
    "incoming_within",
    "instrument_of",
    "is_normative",
    "is_there",
    "outgoing",
    "units_within",
    "was_read",
]

CITING: tuple[EdgeKind, ...] = ("based_on", "implements", "cites")
"""What a document does that names another, the closest tie first."""
ENDING: tuple[EdgeKind, ...] = ("replaces", "repeals")
_EDGE_FIELDS = ("kind", "since", "until", "document")
_UNITS = ("provision", "section")


def incoming(
    graph: LegalGraph, node_id: str, kinds: Collection[str], *, on: str | None = None
) -> Iterator[tuple[str, Attributes]]:
    """Give source and attributes of the edges of some kinds that end at a node and hold on a day."""
    between = graph.networkx.get_edge_data  # a view of edges would cost more than the few edges of most nodes
    for source in graph.sources(node_id, kinds):
        for attributes in between(source, node_id).values():
            if attributes["kind"] in kinds and holds(attributes, on):
                yield source, attributes


def outgoing(
    graph: LegalGraph, node_id: str, kinds: Collection[str], *, on: str | None = None
) -> Iterator[tuple[str, Attributes]]:
    """Give target and attributes of the edges of some kinds that begin at a node and hold on a day."""
    between = graph.networkx.get_edge_data
    for target in graph.networkx.successors(node_id):
        for attributes in between(node_id, target).values():
            if attributes["kind"] in kinds and holds(attributes, on):
                yield target, attributes


def holds(attributes: Attributes, on: str | None) -> bool:
    """Say whether an edge holds on a day; a bound that is not known excludes nothing, and neither does no day."""
    if on is None:
        return True
    since, until = attributes.get("since"), attributes.get("until")
    return (since is None or since <= on) and (until is None or on < until)


def is_there(graph: LegalGraph, node_id: str, on: str | None) -> bool:
    """Say whether an instrument was signed by a day; one without a date is always there."""
    if on is None:
        return True
    issued = graph.networkx.nodes[node_id].get("issued")
    return not isinstance(issued, str) or issued <= on


def instrument_of(node_id: str) -> str:
    """Give the instrument a provision, task or target belongs to; an instrument is its own."""
    return node_id.partition("#")[0]


def incoming_within(
    graph: LegalGraph, unit: str, kinds: Collection[str], *, on: str | None = None
) -> Iterator[tuple[str, str, Attributes]]:
    """Give source, target and attributes of edges that end at an instrument or a provision, or at one within it."""
    for target in units_within(graph, unit):
        for source, attributes in incoming(graph, target, kinds, on=on):
            yield source, target, attributes


def units_within(graph: LegalGraph, unit: str) -> Iterator[str]:
    """Give an instrument or a provision and, by way of `part_of`, every provision within it."""
    nodes, seen, waiting = graph.networkx.nodes, {unit}, [unit]
    while waiting:
        around = waiting.pop()
        yield around
        for inner, _ in incoming(graph, around, ("part_of",)):
            if inner not in seen and nodes[inner]["kind"] in _UNITS:
                seen.add(inner)
                waiting.append(inner)


def edge_of(source: str, target: str, attributes: Attributes) -> Edge:
    """Make the value of an edge from its attributes."""
    properties = {name: value for name, value in attributes.items() if name not in _EDGE_FIELDS}
    bounds = (attributes.get("since"), attributes.get("until"), attributes.get("document"))
    return Edge(source, attributes["kind"], target, *bounds, properties=properties)


def by_place(edge: Edge) -> tuple[str, int, str, str, str, str]:
    """Order edges by document and place in it, then so that nothing depends on how they were added."""
    start = cast("int", edge.get("start") or 0)
    return (edge.document or "", start, edge.kind, edge.target, edge.since or "", str(edge.get("evidence")))


def ends_whole(attributes: Attributes) -> bool:
    """Say whether an edge ends the whole of its target: no provisions are named, and nothing is kept back."""
    return attributes["kind"] in ENDING and not attributes.get("parts") and not attributes.get("exception")


def has_ended(graph: LegalGraph, instrument: str, on: str) -> bool:
    """Say whether the graph itself says that the whole of an instrument had ended by a day."""
    expires = graph.networkx.nodes[instrument].get("expires")
    if isinstance(expires, str) and expires <= on:
        return True
    endings = incoming(graph, instrument, ENDING, on=on)
    return any(ends_whole(attributes) and source != instrument for source, attributes in endings)


def was_read(graph: LegalGraph, instrument: str) -> bool:
    """Say whether the own text of an instrument was read: it is from a file, or it says something itself."""
    whole = graph.networkx
    return "path" in whole.nodes[instrument] or any(
        attributes.get("document") == instrument
        for target in whole.successors(instrument)
        for attributes in whole.get_edge_data(instrument, target).values()
    )


def is_normative(node: Node) -> bool:
    """Say whether a document is known or shown by its number to be normative."""
    told = node.get("normative")
    if isinstance(told, bool):
        return told
    number, doc_type = node.get("number"), node.get("doc_type")
    shown = legal_class(number if isinstance(number, str) else None, doc_type if isinstance(doc_type, str) else None)
    return shown == "normative"


def in_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Give edges by their place."""
    found = tuple(edges)
    return found if len(found) == 1 else tuple(sorted(found, key=by_place))
