"""What every format is written from and read into: checked, plain values in the order of their ids.

The order makes the same graph the same bytes. Checking both ways means that what one format takes all take, and that a
file from elsewhere brings in nothing the graph has no word for.
"""

from __future__ import annotations

import hashlib
import math
import re
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.legal_graph import LegalGraph
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS, Edge, Node
from parcc_nlp.registry.days import is_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcc_nlp.graph.values import Value

__all__ = [
    "EDGE_FIELDS",
    "NODE_FIELDS",
    "EdgeRow",
    "NodeRow",
    "day_of",
    "edge_id",
    "lost_characters",
    "plain",
    "rebuilt",
]

NODE_FIELDS = ("kind", "label", "known")
EDGE_FIELDS = ("kind", "since", "until", "document")
_ENDS = frozenset({"id", "source", "target", "key"})
"""Names that formats keep for ids and ends."""
_ID_LENGTH = 20
_WHOLE = 2**63
"""Whole numbers are 64 bits long in GraphML, GEXF and Neo4j."""
_SHOWN = 80
_FIRST_DAY = "0001-01-01"
"""The calendar has no day before it."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_ID = re.compile(r"[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOST = "\ufffd"


class NodeRow(NamedTuple):
    """A node as something has it: where it stands there, its id, and what it carries."""

    place: str
    id: Any
    attributes: Mapping[str, Any]


class EdgeRow(NamedTuple):
    """An edge as something has it: where it stands there, its ends, and what it carries."""

    place: str
    source: Any
    target: Any
    attributes: Mapping[str, Any]


def plain(graph: LegalGraph, *, xml: bool = False) -> nx.MultiDiGraph:
    """Give a checked copy of the graph in the order of its ids, the key of each edge being its id (`edge_id`).

    Parameters
    ----------
    graph
        The graph.
    xml
        Whether characters that XML does not allow are replaced by U+FFFD; lone surrogates, which no file in UTF-8 can
        hold, always are. Where there are any, the copy carries their number as ``replaced_characters``.

    Raises
    ------
    UsageError
        A kind the graph has no word for (E377), or an id, a name or a value that not every format can hold (E379).

    Examples
    --------
    >>> graph = LegalGraph()
    >>> for name in "ba":
    ...     graph.add_node(Node(name, "task", name))
    >>> list(plain(graph))
    ['a', 'b']
    """
    unfit = _NOT_XML if xml else _SURROGATE
    nodes = [_node(NodeRow(str(node), node, carried)) for node, carried in graph.networkx.nodes(data=True)]
    ends = graph.networkx.edges(data=True)
    edges = [_edge(EdgeRow(f"{source} → {target}", source, target, carried)) for source, target, carried in ends]
    lost = lost_characters(graph, xml=xml)
    copy = nx.MultiDiGraph(**({"replaced_characters": lost} if lost else {}))
    for node in sorted(nodes, key=attrgetter("id")):
        copy.add_node(node.id, **_mended({"kind": node.kind, "label": node.label, "known": node.known}, unfit))
        copy.nodes[node.id].update(_mended(_in_order(node.properties), unfit))
    by_id = {(edge.source, edge.target, edge_id(edge)): edge for edge in edges}
    for ends_and_key, edge in sorted(by_id.items(), key=itemgetter(0)):
        bounds = {"since": edge.since, "until": edge.until, "document": edge.document}
        known = {name: one for name, one in bounds.items() if one is not None}
        carried = {"kind": edge.kind, **known, **_in_order(edge.properties)}
        copy.add_edges_from([(*ends_and_key, _mended(carried, unfit))])
    return copy


def rebuilt(nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> LegalGraph:
    """Make a graph of what a file says.

    Raises
    ------
    UsageError
        A kind that is not known (E377), an edge to a node that is not there (E378), an id, a name or a value that
        cannot be used (E379); the place says where.
    """
    graph = LegalGraph()
    for row in nodes:
        graph.add_node(_node(row))
    for place, source, target, carried in edges:
        edge = _edge(EdgeRow(place, source, target, carried))
        for end in (edge.source, edge.target):
            if end not in graph:
                raise UsageError("E378", place=place, value=end)
        graph.add_edge(edge)
    return graph


def edge_id(edge: Edge) -> str:
    """Give the id of an edge among all edges of a graph: `Edge.key` tells apart only those between the same two nodes.

    Examples
    --------
    >>> edge_id(Edge("a", "cites", "b")) == edge_id(Edge("a", "cites", "c"))
    False
    """
    said = f"{edge.source}\x1f{edge.key}\x1f{edge.target}"
    return f"{edge.kind}.{hashlib.sha256(said.encode()).hexdigest()[:_ID_LENGTH]}"


def lost_characters(graph: LegalGraph, *, xml: bool = True) -> int:
    """Count the characters that a file cannot hold and that stand there as U+FFFD.

    Parameters
    ----------
    graph
        The graph.
    xml
        Whether the file is XML (GraphML, GEXF) or becomes it (DOT); otherwise only lone surrogates count.

    Examples
    --------
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "task", "trang 1\\x0ctrang 2"))
    >>> lost_characters(graph), lost_characters(graph, xml=False)
    (1, 0)
    """
    unfit = _NOT_XML if xml else _SURROGATE
    carried = [one for _, one in graph.networkx.nodes(data=True)]
    carried += [one for *_, one in graph.networkx.edges(data=True)]
    return sum(len(unfit.findall(text)) for one in carried for text in one.values() if isinstance(text, str))


def day_of(value: object) -> str | None:
    """Give a value that is a day of the calendar, None for anything else: "2026" is a date and no day.

    Examples
    --------
    >>> day_of("2026-01-31"), day_of("2026-02-31"), day_of(2026)
    ('2026-01-31', None, None)
    """
    return value if isinstance(value, str) and value > _FIRST_DAY and is_day(value) else None


def _node(row: NodeRow) -> Node:
    """Take a node as it should be, or say what is wrong with it."""
    _check_id(row.id, row.place)
    carried = row.attributes
    kind = carried.get("kind")
    if kind not in NODE_KINDS:
        raise UsageError("E377", place=row.place, value=_shown(kind))
    for name, form in (("label", str), ("known", bool)):
        if not isinstance(carried.get(name), form):
            raise UsageError("E379", place=row.place, name=name, value=_shown(carried.get(name)))
    return Node(row.id, kind, carried["label"], carried["known"], _properties(carried, NODE_FIELDS, row.place))


def _edge(row: EdgeRow) -> Edge:
    """Take an edge as it should be, or say what is wrong with it."""
    for end in (row.source, row.target):
        _check_id(end, row.place)
    carried = row.attributes
    kind = carried.get("kind")
    if kind not in EDGE_KINDS:
        raise UsageError("E377", place=row.place, value=_shown(kind))
    since, until, document = (_text_or_none(carried, name, row.place) for name in EDGE_FIELDS[1:])
    properties = _properties(carried, EDGE_FIELDS, row.place)
    return Edge(row.source, kind, row.target, since, until, document, properties)


def _text_or_none(carried: Mapping[str, Any], name: str, place: str) -> str | None:
    one = carried.get(name)
    if one is not None and not isinstance(one, str):
        raise UsageError("E379", place=place, name=name, value=_shown(one))
    return one


def _properties(carried: Mapping[str, Any], fields: tuple[str, ...], place: str) -> dict[str, Value]:
    properties = {name: value for name, value in carried.items() if name not in fields}
    for name, value in properties.items():
        if not _is_name(name) or not _is_value(value):
            raise UsageError("E379", place=place, name=name, value=_shown(value))
    return properties


def _check_id(one: object, place: str) -> None:
    """Refuse an id that is no line of text: replacing characters in it could make two things one."""
    if not isinstance(one, str) or not one or _NOT_ID.search(one):
        raise UsageError("E379", place=place, name="id", value=_shown(one))


def _is_name(name: object) -> bool:
    return isinstance(name, str) and name.isidentifier() and name not in _ENDS


def _is_value(value: object) -> bool:
    if isinstance(value, int):
        return -_WHOLE <= value < _WHOLE
    return isinstance(value, str) or (isinstance(value, float) and math.isfinite(value))


def _shown(value: object) -> str:
    """Give a value as an error names it; of a great number no digits are asked for."""
    return type(value).__name__ if isinstance(value, int) and abs(value) >= _WHOLE else repr(value)[:_SHOWN]


def _mended(carried: Mapping[str, Value], unfit: re.Pattern[str]) -> dict[str, Value]:
    return {name: unfit.sub(_LOST, one) if isinstance(one, str) else one for name, one in carried.items()}


def _in_order(properties: Mapping[str, Value]) -> dict[str, Value]:
    return dict(sorted(properties.items()))
