"""The legal-reference graph: a networkx MultiDiGraph of plain values behind a small class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcc_nlp.graph.values import EdgeKind, NodeKind, Value

__all__ = ["LegalGraph"]

_NODE_FIELDS = ("kind", "label", "known")
_EDGE_FIELDS = ("kind", "since", "until", "document")


class LegalGraph:
    """Instruments, provisions, agencies, targets and tasks, and what joins them.

    `networkx` is the graph as any networkx function takes it: the attributes of nodes and edges are plain values under
    the names of the fields of `Node` and `Edge` and of their properties.

    Examples
    --------
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "A"))
    >>> graph.add_node(Node("b", "instrument", "B", known=False))
    >>> graph.add_edge(Edge("a", "cites", "b"))
    >>> [edge.target for edge in graph.out_of("a")], graph.node("b").known
    (['b'], False)
    """

    __slots__ = ("_graph",)

    def __init__(self, graph: nx.MultiDiGraph | None = None) -> None:
        self._graph: nx.MultiDiGraph = nx.MultiDiGraph() if graph is None else graph

    @property
    def networkx(self) -> nx.MultiDiGraph:
        """The graph as networkx has it."""
        return self._graph

    def __len__(self) -> int:
        return len(self._graph)

    def __contains__(self, node: object) -> bool:
        return node in self._graph

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LegalGraph):
            return NotImplemented
        return bool(nx.utils.graphs_equal(self._graph, other._graph))

    __hash__ = None  # type: ignore[assignment]  # a graph can be changed

    def add_node(self, node: Node) -> None:
        """Add a node, or complete the one that is there: what is known goes before what is not.

        Raises
        ------
        ValueError
            A property is called like a field.
        """
        _refuse(node.properties, _NODE_FIELDS)
        there = self._graph.nodes.get(node.id)
        if there is None:
            self._graph.add_node(node.id, **_node_attributes(node))
            return
        if node.known and not there["known"]:
            there.update(_node_attributes(node))
            return
        for name, value in node.properties.items():
            there.setdefault(name, value)

    def add_edge(self, edge: Edge) -> None:
        """Add an edge; one that is there already is not added again.

        Raises
        ------
        KeyError
            Source or target is no node of the graph.
        ValueError
            A property is called like a field.
        """
        _refuse(edge.properties, _EDGE_FIELDS)
        for end in (edge.source, edge.target):
            if end not in self._graph:
                raise KeyError(end)
        self._graph.add_edge(edge.source, edge.target, key=edge.key, **_edge_attributes(edge))

    def node(self, node_id: str) -> Node:
        """Give a node.

        Raises
        ------
        KeyError
            There is none with this id.
        """
        return _node(node_id, self._graph.nodes[node_id])

    def nodes(self, kind: NodeKind | None = None) -> Iterator[Node]:
        """Give the nodes of one kind, or all, in the order in which they were added."""
        for node_id, attributes in self._graph.nodes(data=True):
            if kind is None or attributes["kind"] == kind:
                yield _node(node_id, attributes)

    def edges(self, *kinds: EdgeKind) -> Iterator[Edge]:
        """Give the edges of some kinds, or all."""
        for source, target, attributes in self._graph.edges(data=True):
            if not kinds or attributes["kind"] in kinds:
                yield _edge(source, target, attributes)

    def out_of(self, node_id: str, *kinds: EdgeKind) -> Iterator[Edge]:
        """Give the edges that begin at a node."""
        for source, target, attributes in self._graph.out_edges(node_id, data=True):
            if not kinds or attributes["kind"] in kinds:
                yield _edge(source, target, attributes)

    def into(self, node_id: str, *kinds: EdgeKind) -> Iterator[Edge]:
        """Give the edges that end at a node."""
        for source, target, attributes in self._graph.in_edges(node_id, data=True):
            if not kinds or attributes["kind"] in kinds:
                yield _edge(source, target, attributes)

    def as_of(self, day: str) -> LegalGraph:
        """Give the graph as it was on a day: the edges that held, and the instruments signed by then.

        Parameters
        ----------
        day
            An ISO day. What has no date excludes nothing.
        """
        graph = LegalGraph()
        for node in self.nodes():
            issued = node.get("issued")
            if not isinstance(issued, str) or issued <= day:
                graph.add_node(node)
        for edge in self.edges():
            if edge.holds_on(day) and edge.source in graph and edge.target in graph:
                graph.add_edge(edge)
        return graph

    def around(self, node_ids: Iterable[str]) -> LegalGraph:
        """Give the part of the graph that some nodes and the edges between them make."""
        return LegalGraph(nx.MultiDiGraph(self._graph.subgraph(node_ids)))

    def update(self, other: LegalGraph) -> None:
        """Add everything another graph holds."""
        for node in other.nodes():
            self.add_node(node)
        for edge in other.edges():
            self.add_edge(edge)


def _refuse(properties: Mapping[str, Value], names: tuple[str, ...]) -> None:
    """Refuse properties that would take the place of a field in the attributes of networkx."""
    taken = sorted(set(properties).intersection(names))
    if taken:
        raise ValueError(", ".join(taken))


def _node_attributes(node: Node) -> dict[str, Value]:
    return {"kind": node.kind, "label": node.label, "known": node.known, **node.properties}


def _edge_attributes(edge: Edge) -> dict[str, Value]:
    bounds = {"since": edge.since, "until": edge.until, "document": edge.document}
    return {"kind": edge.kind, **{name: one for name, one in bounds.items() if one is not None}, **edge.properties}


def _node(node_id: str, attributes: Mapping[str, Any]) -> Node:
    properties = {name: value for name, value in attributes.items() if name not in _NODE_FIELDS}
    return Node(node_id, attributes["kind"], attributes["label"], attributes["known"], properties)


def _edge(source: str, target: str, attributes: Mapping[str, Any]) -> Edge:
    properties = {name: value for name, value in attributes.items() if name not in _EDGE_FIELDS}
    return Edge(
        source,
        attributes["kind"],
        target,
        attributes.get("since"),
        attributes.get("until"),
        attributes.get("document"),
        properties,
    )
