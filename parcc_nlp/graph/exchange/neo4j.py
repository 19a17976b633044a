"""CSV files for the bulk import of Neo4j: one for each kind of nodes, and one for the relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.graph.exchange.plain import day_of, plain
from parcc_nlp.graph.exchange.vocabulary import vocabulary
from parcc_nlp.graph.values import NODE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Value

__all__ = ["days_of", "label_of", "to_neo4j", "type_of"]

_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
_EDGE_DAYS = frozenset({"since", "until"})
_Row = tuple[tuple[str, ...], "Mapping[str, Value]"]


def to_neo4j(graph: LegalGraph) -> dict[str, bytes]:
    """Write a graph as CSV files for Neo4j.

    Parameters
    ----------
    graph
        The graph.

    Returns
    -------
    dict
        The files by name: ``instrument.csv`` and so on for the kinds that the graph has, ``relationships.csv``.
        They are imported with ``neo4j-admin database import full --multiline-fields=true --nodes=instrument.csv
        … --relationships=relationships.csv neo4j``. A node has the label ``Entity`` and that of its kind; the type of a
        relationship is its kind in capitals. Columns are typed: ``issued:date`` where every value is a day, otherwise
        text. What is not known is empty, an empty text is ``""``.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Luật Đất đai", properties={"issued": "2024-01-18"}))
    >>> print(to_neo4j(graph)["instrument.csv"].decode().replace("\\r", ""), end="")
    id:ID,:LABEL,label:string,known:boolean,issued:date
    "a","Entity;Instrument","Luật Đất đai",true,2024-01-18
    """
    copy = plain(graph)
    made: dict[str, bytes] = {}
    for kind in NODE_KINDS:
        labels = f"Entity;{label_of(kind)}"
        rows: list[_Row] = [
            ((node, labels), _without_kind(carried))
            for node, carried in copy.nodes(data=True)
            if carried["kind"] == kind
        ]
        if rows:
            made[f"{kind}.csv"] = _table(("id:ID", ":LABEL"), ("label", "known"), rows, days_of(kind))
    edges: list[_Row] = [
        ((source, target, type_of(carried["kind"]), key), _without_kind(carried))
        for source, target, key, carried in copy.edges(keys=True, data=True)
    ]
    head = (":START_ID", ":END_ID", ":TYPE", "key:string")
    made["relationships.csv"] = _table(head, ("since", "until", "document"), edges, _EDGE_DAYS)
    return made


def label_of(kind: str) -> str:
    """Give the label of a kind of nodes.

    Examples
    --------
    >>> label_of("instrument")
    'Instrument'
    """
    return kind.capitalize()


def type_of(kind: str) -> str:
    """Give the type of the relationships of a kind of edges.

    Examples
    --------
    >>> type_of("based_on")
    'BASED_ON'
    """
    return kind.upper()


def days_of(kind: str | None) -> frozenset[str]:
    """Give the properties of a kind of nodes that are days; of edges for None.

    Examples
    --------
    >>> sorted(days_of("instrument")), sorted(days_of(None))
    (['effective', 'expires', 'issued'], ['since', 'until'])
    """
    if kind is None:
        return _EDGE_DAYS
    forms = {"date", "day_before"}
    return frozenset(
        row.kind for row in vocabulary() if row.element == "property" and kind in row.of and forms & row.to
    )


def _without_kind(carried: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in carried.items() if name != "kind"}


def _table(head: tuple[str, ...], first: Sequence[str], rows: Sequence[_Row], days: frozenset[str]) -> bytes:
    """Write a table: the columns all rows have, then the first ones, then the others by name."""
    names = {name for _, carried in rows for name in carried}
    columns = [*(name for name in first if name in names), *sorted(names - set(first))]
    types = {
        name: _type((carried[name] for _, carried in rows if name in carried), may_be_day=name in days)
        for name in columns
    }
    lines = [",".join((*head, *(f"{name}:{types[name]}" for name in columns)))]
    for fixed, carried in rows:
        cells = (_cell(carried.get(name), types[name]) for name in columns)
        lines.append(",".join((*map(_quoted, fixed), *cells)))
    return ("\r\n".join(lines) + "\r\n").encode()


def _type(values: Iterable[Value], *, may_be_day: bool) -> str:
    """Give the one type a column has: that of its values, text where they are of several."""
    found = list(values)
    if may_be_day and all(map(day_of, found)):
        return "date"
    types = {type(value) for value in found}
    return _TYPES[types.pop()] if len(types) == 1 else "string"


def _cell(value: Value | None, form: str) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _quoted(text) if form == "string" else text


def _quoted(text: str) -> str:
    """Quote every text: without quotes an empty one would be none, and spaces at its ends would go."""
    return '"' + text.replace('"', '""') + '"'
