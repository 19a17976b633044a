"""A Cypher script that puts a graph into a database that is running: Neo4j, or another that takes Cypher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.graph.exchange.neo4j import days_of, label_of, type_of
from parcc_nlp.graph.exchange.plain import day_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Value

__all__ = ["to_cypher"]

_BATCH = 500
"""Rows of one statement: few enough for the memory of a transaction, enough not to wait for each."""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONSTRAINT = "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"


def to_cypher(graph: LegalGraph) -> bytes:
    """Write a graph as a Cypher script.

    Parameters
    ----------
    graph
        The graph.

    Returns
    -------
    bytes
        UTF-8, a statement a line, each ending in a semicolon as ``cypher-shell`` wants it. Running it again changes
        nothing: nodes are merged by ``id``, relationships by ``key``. Labels and types are those of `to_neo4j`.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "task", "Trình \\"đề án\\""))
    >>> print(to_cypher(graph).decode().splitlines()[1].partition(" AS row ")[0])
    UNWIND [{id: 'a', own: {`label`: 'Trình "đề án"', `known`: true}}]
    """
    copy = plain(graph)
    nodes: dict[str, list[str]] = {}
    for node, carried in copy.nodes(data=True):
        kind = carried["kind"]
        nodes.setdefault(kind, []).append(f"{{id: {_text(node)}, own: {_map(carried, days_of(kind))}}}")
    edges: dict[str, list[str]] = {}
    for source, target, key, carried in copy.edges(keys=True, data=True):
        ends = f"source: {_text(source)}, target: {_text(target)}, key: {_text(key)}"
        edges.setdefault(carried["kind"], []).append(f"{{{ends}, own: {_map(carried, days_of(None))}}}")
    lines = [f"// {name}: {value}" for name, value in copy.graph.items()]
    lines.append(_CONSTRAINT)
    for kind, rows in sorted(nodes.items()):
        then = f"MERGE (n:Entity {{id: row.id}}) SET n:{label_of(kind)}, n += row.own;"
        lines += [f"UNWIND [{', '.join(batch)}] AS row {then}" for batch in _batches(rows)]
    for kind, rows in sorted(edges.items()):
        ends = "MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})"
        then = f"{ends} MERGE (a)-[r:{type_of(kind)} {{key: row.key}}]->(b) SET r += row.own;"
        lines += [f"UNWIND [{', '.join(batch)}] AS row {then}" for batch in _batches(rows)]
    return ("\n".join(lines) + "\n").encode()


def _batches(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    return (rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH))


def _map(carried: Mapping[str, Value], days: frozenset[str]) -> str:
    pairs = (f"`{name}`: {_value(value, may_be_day=name in days)}" for name, value in carried.items() if name != "kind")
    return "{" + ", ".join(pairs) + "}"


def _value(value: Value, *, may_be_day: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"date({_text(value)})" if may_be_day and day_of(value) else _text(value)
    return repr(value).replace("e+", "e")


def _text(text: str) -> str:
    return "'" + _ESCAPED.sub(_escape, text) + "'"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"
