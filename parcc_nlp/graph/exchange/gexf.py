"""GEXF: the format of Gephi, in which nodes and edges have a time of life."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from parcc_nlp.graph.exchange.plain import day_of, plain
from parcc_nlp.graph.exchange.vocabulary import edge_label
from parcc_nlp.registry.days import add_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from parcc_nlp.graph.exchange.vocabulary import Language
    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.values import Value

__all__ = ["to_gexf"]

_OWN = frozenset({"id", "key", "label", "pid", "start", "end", "parents", "slices", "spells", "viz", "weight", "type"})
"""Names that mean something to GEXF or to the writer of networkx."""


def to_gexf(graph: LegalGraph, *, lang: Language = "vi") -> bytes:
    """Write a graph as GEXF 1.2.

    Parameters
    ----------
    graph
        The graph.
    lang
        Language of the labels of edges; those of nodes are the names the documents use.

    Returns
    -------
    bytes
        UTF-8. An instrument lives from the day it was issued, an edge from its first to its last day (``until`` is the
        day after it); days that are no ISO days are attributes only. A property whose name GEXF needs for itself gets
        an underscore (``start_``); one with values of several types is text.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in "ab":
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("a", "suspends", "b", since="2025-07-01", until="2026-01-01"))
    >>> 'start="2025-07-01" end="2025-12-31"' in to_gexf(graph).decode()
    True
    """
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - asked for where it is used

    copy = plain(graph, xml=True)
    _keep_one_type(carried for _, carried in copy.nodes(data=True))
    _keep_one_type(carried for *_, carried in copy.edges(data=True))
    _rename(copy, lang)
    writer = GEXFWriter(version="1.2draft")
    _describe(writer.xml.find("meta"), copy.graph.get("replaced_characters", 0))
    writer.add_graph(copy)
    for graph_element in writer.xml.iter("graph"):
        graph_element.attrib.pop("name", None)  # networkx writes one; the schema of GEXF 1.2 has none
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _rename(copy: nx.MultiDiGraph, lang: Language) -> None:
    """Free the names GEXF needs and give nodes and edges their time and the edges their ids."""
    for _, carried in copy.nodes(data=True):
        label, issued = carried.pop("label"), carried.get("issued")
        _free_names(carried)
        carried["label"] = label
        if day_of(issued):
            carried["start"] = issued
    for *_, key, carried in copy.edges(keys=True, data=True):
        _free_names(carried)
        carried |= {
            "id": key,
            "label": edge_label(carried["kind"], lang=lang),
            **_life(carried.get("since"), carried.get("until")),
        }


def _free_names(carried: dict[str, Any]) -> None:
    """Put an underscore behind the names GEXF needs, and behind those that have one already."""
    renamed = {f"{name}_" if name.rstrip("_") in _OWN else name: value for name, value in carried.items()}
    carried.clear()
    carried.update(renamed)


def _life(since: object, until: object) -> dict[str, str]:
    """Give first and last day, as GEXF counts them; nothing where the last would be before the first."""
    first, after = day_of(since), day_of(until)
    last = add_days(after, -1) if after else None
    if first and last and last < first:
        return {}
    return {name: day for name, day in (("start", first), ("end", last)) if day}


def _keep_one_type(carried: Iterable[dict[str, Value]]) -> None:
    """Write a property that has values of several types as text: GEXF has one type a property."""
    rows = list(carried)
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    mixed = {name for name, found in types.items() if len(found) > 1}
    for row in rows:
        for name in mixed & row.keys():
            row[name] = _text(row[name])


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _describe(meta: Element, lost: int) -> None:
    """Say who wrote the file and how many characters were replaced, and no day: the same graph is the same file."""
    meta.clear()
    SubElement(meta, "creator").text = "parcc_nlp"
    if lost:
        SubElement(meta, "description").text = f"replaced_characters: {lost}"
