"""Node-link JSON: what networkx, D3 and other libraries for the web read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import networkx as nx

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.plain import EdgeRow, NodeRow, plain, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["from_node_link", "to_node_link"]

_FORM = "node-link JSON"
_NOT_CARRIED = frozenset({"id", "source", "target", "key"})


def to_node_link(graph: LegalGraph) -> bytes:
    """Write a graph as node-link JSON, the edges under ``edges``.

    Parameters
    ----------
    graph
        The graph.

    Returns
    -------
    bytes
        UTF-8, a line a node and an edge, so that two versions can be compared line by line.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Luật Đất đai"))
    >>> from_node_link(to_node_link(graph)) == graph
    True
    """
    data = nx.node_link_data(plain(graph), edges="edges")
    head = {name: one for name, one in data.items() if name not in {"nodes", "edges"}}
    lists = ",\n".join(f'"{name}": [\n' + ",\n".join(map(_line, data[name])) + "\n]" for name in ("nodes", "edges"))
    return (_line(head)[:-1] + ",\n" + lists + "}\n").encode()


def from_node_link(data: bytes | str) -> LegalGraph:
    """Read a graph from node-link JSON that `to_node_link` wrote.

    Parameters
    ----------
    data
        The content of the file.

    Raises
    ------
    UsageError
        It is no node-link JSON of a directed multigraph (E375), or says what the graph has no place for (E377–E379);
        the place is that in the file (``edges[3]``).
    """
    read = _read(data)
    nodes = (
        NodeRow(place, one.get("id"), {name: value for name, value in one.items() if name != "id"})
        for place, one in _objects(read, "nodes")
    )
    edges = (
        EdgeRow(place, one.get("source"), one.get("target"), _carried(one)) for place, one in _objects(read, "edges")
    )
    return rebuilt(nodes, edges)


def _carried(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in _NOT_CARRIED}


def _line(one: object) -> str:
    return json.dumps(one, ensure_ascii=False, allow_nan=False)


def _read(data: bytes | str) -> dict[str, Any]:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError("E375", format=_FORM, detail=str(error)) from error
    is_ours = isinstance(read, dict) and read.get("directed") is True and read.get("multigraph") is True
    if not is_ours:
        raise UsageError("E375", format=_FORM, detail="directed, multigraph")
    return read  # type: ignore[no-any-return]  # checked above


def _objects(read: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the objects of one list, each with its place."""
    listed = read.get(name)
    if not isinstance(listed, list):
        raise UsageError("E375", format=_FORM, place=name, detail="[…]")
    for position, one in enumerate(listed):
        place = f"{name}[{position}]"
        if not isinstance(one, dict):
            raise UsageError("E375", format=_FORM, place=place, detail="{…}")
        yield place, one
