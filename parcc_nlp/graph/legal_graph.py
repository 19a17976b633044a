"""The legal-reference graph: a networkx MultiDiGraph of plain values behind a small class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from parcc_nlp.graph.indexes import COUNTLESS, Indexes, can_be_indexed, current, forget, indexed, keep
from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from parcc_nlp.graph.values import EdgeKind, NodeKind, Value

__all__ = ["LegalGraph"]

_NODE_FIELDS = frozenset({"kind", "label", "known"})
_EDGE_FIELDS = frozenset({"kind", "since", "until", "document"})


class LegalGraph:
    """Instruments, provisions, agencies, targets and tasks, and what joins them.

    `networkx` is the graph as any networkx function takes it, of every backend: the attributes of nodes and edges are
    plain values under the names of the fields of `Node` and `Edge` and of their properties.

    Who replaced or amended an instrument, and which instruments may bear a number, is remembered
    (`parcc_nlp.graph.indexes`) and forgotten when a method of networkx changes the graph. Who sets attributes by hand,
    `graph.networkx.nodes[one]["number"] = ...`, calls `graph.networkx.__networkx_cache__.clear()` afterwards, as
    networkx itself asks for.

    Examples
    --------
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "A"))
    >>> graph.add_node(Node("b", "instrument", "B", known=False))
    >>> graph.add_edge(Edge("a", "cites", "b"))
    >>> [edge.target for edge in graph.out_of("a")], graph.node("b").known
    (['b'], False)
    """

    __slots__ = ("_graph", "_indexes")

    def __init__(self, graph: nx.MultiDiGraph | None = None) -> None:
        self._graph: nx.MultiDiGraph = nx.MultiDiGraph() if graph is None else graph
        self._indexes: Indexes | None = None
        if graph is None:
            self._indexes = indexed(self._graph)

    def __reduce__(self) -> tuple[type[LegalGraph], tuple[nx.MultiDiGraph]]:
        """Copy and pickle the graph alone; what is remembered of it is made anew when it is asked for."""
        return type(self), (self._graph,)

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
        remembered = current(self._graph, self._indexes)
        there = self._graph.nodes.get(node.id)
        if there is None:
            # Not as keywords: a property may be called like a parameter of networkx.
            self._graph.add_nodes_from([(node.id, _node_attributes(node))])
        elif node.known and not there["known"]:
            there.update(_node_attributes(node))
        else:
            for name, value in node.properties.items():
                there.setdefault(name, value)
        if there is not None:
            forget(self._graph)
        if remembered is not None:
            remembered.add_node(node.id, self._graph.nodes[node.id])
            keep(self._graph, remembered)

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
        source, target = edge.source, edge.target
        for end in (source, target):
            if end not in self._graph:
                raise KeyError(end)
        remembered = current(self._graph, self._indexes)
        if remembered is not None:
            remembered.add_edge(source, target, edge.kind, self._graph.get_edge_data(source, target))
        self._graph.add_edges_from([(source, target, edge.key, _edge_attributes(edge))])
        if remembered is not None:
            keep(self._graph, remembered)

    def node(self, node_id: str) -> Node:
        """Give a node.

        Raises
        ------
        KeyError
            There is none with this id.
        """
        return _node(node_id, self._graph.nodes[node_id])

    def edge(self, source: str, target: str, key: str) -> Edge:
        """Give an edge by its ends and its key (`Edge.key`).

        Raises
        ------
        KeyError
            There is none.

        Examples
        --------
        >>> graph = LegalGraph()
        >>> graph.add_node(Node("a", "instrument", "A"))
        >>> graph.add_edge(Edge("a", "cites", "a"))
        >>> graph.edge("a", "a", Edge("a", "cites", "a").key)
        Edge(source='a', kind='cites', target='a', since=None, until=None, document=None, properties={})
        """
        return _edge(source, target, self._graph[source][target][key])

    def sources(self, node_id: str, kinds: Collection[str]) -> Iterable[str]:
        """Give every node from which an edge of some kinds leads to another, each once; maybe others beside them.

        Where the kinds are no citations and no assignments, nodes that only cite or assign are passed over without a
        look at them.

        Raises
        ------
        networkx.NetworkXError
            The graph does not have the node.

        Examples
        --------
        >>> graph = LegalGraph()
        >>> for name in ("law", "plan", "new"):
        ...     graph.add_node(Node(name, "instrument", name))
        >>> graph.add_edge(Edge("plan", "cites", "law"))
        >>> graph.add_edge(Edge("new", "replaces", "law"))
        >>> list(graph.sources("law", ("replaces", "amends")))
        ['new']
        """
        remembered = self._remembered() if COUNTLESS.isdisjoint(kinds) else None
        if remembered is not None and node_id in self._graph:
            return remembered.sources.get(node_id, ())
        before: Iterator[str] = self._graph.predecessors(node_id)
        return before

    def perhaps_numbered(self, number: str) -> Iterable[str]:
        """Give every instrument that may be of a number (`number_key`); those of another one may be among them."""
        remembered = self._remembered()
        return self._graph if remembered is None else remembered.perhaps_bearing(self._graph, number)

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
        for source in self.sources(node_id, kinds or COUNTLESS):
            for attributes in self._graph.get_edge_data(source, node_id).values():
                if not kinds or attributes["kind"] in kinds:
                    yield _edge(source, node_id, attributes)

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

    def _remembered(self) -> Indexes | None:
        """Give the indexes as the graph is now; None where nobody could tell that it was changed."""
        if not can_be_indexed(self._graph):
            return None
        remembered = current(self._graph, self._indexes)
        if remembered is None:
            remembered = self._indexes = indexed(self._graph)
        return remembered


def _refuse(properties: Mapping[str, Value], names: frozenset[str]) -> None:
    """Refuse properties that would take the place of a field in the attributes of networkx."""
    if not names.isdisjoint(properties):
        raise ValueError(", ".join(sorted(names.intersection(properties))))


def _node_attributes(node: Node) -> dict[str, Value]:
    return {"kind": node.kind, "label": node.label, "known": node.known, **node.properties}


def _edge_attributes(edge: Edge) -> dict[str, Value]:
    attributes: dict[str, Value] = {"kind": edge.kind}
    if edge.since is not None:
        attributes["since"] = edge.since
    if edge.until is not None:
        attributes["until"] = edge.until
    if edge.document is not None:
        attributes["document"] = edge.document
    attributes.update(edge.properties)
    return attributes


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
