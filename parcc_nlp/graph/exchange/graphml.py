"""GraphML: the format of most graph programs (yEd, Gephi, igraph, Neo4j's apoc), every attribute with its type."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

import networkx as nx

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.plain import EdgeRow, NodeRow, plain, rebuilt

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["from_graphml", "to_graphml"]

_FORM = "GraphML"
_BOOLEAN_KEY = re.compile(rb'<key id="(d[0-9]+)"[^>]* attr.type="boolean"')
_TAG = "{http://graphml.graphdrawing.org/xmlns}"


def to_graphml(graph: LegalGraph) -> bytes:
    """Write a graph as GraphML.

    Parameters
    ----------
    graph
        The graph.

    Returns
    -------
    bytes
        UTF-8. Ids of nodes are those of the graph, attributes are typed. Where characters had to be replaced, because
        XML has no place for them, the graph carries their number as ``replaced_characters``.

    Raises
    ------
    UsageError
        The graph holds what no format can (E377, E379).

    Examples
    --------
    >>> from parcc_nlp.graph import LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("a", "instrument", "Luật Đất đai"))
    >>> from_graphml(to_graphml(graph)) == graph
    True
    """
    file = io.BytesIO()
    nx.write_graphml_lxml(plain(graph, xml=True), file)
    return _with_small_truth_values(file.getvalue())


def from_graphml(data: bytes | str) -> LegalGraph:
    """Read a graph from GraphML that `to_graphml` wrote.

    Parameters
    ----------
    data
        The content of the file.

    Raises
    ------
    UsageError
        It is no GraphML (E375), declares a DTD or entities (E376), or says what the graph has no place for
        (E377–E379); the place names the node or edge.
    """
    read, declared = _read(data)
    nodes = (NodeRow(f'<node id="{one}">', one, carried) for one, carried in read.nodes(data=True) if one in declared)
    edges = (
        EdgeRow(f'<edge id="{key}">', source, target, carried)
        for source, target, key, carried in read.edges(keys=True, data=True)
    )
    return rebuilt(nodes, edges)


def _with_small_truth_values(written: bytes) -> bytes:
    """Write "true" and "false", as GraphML has them, where networkx writes them as Python does."""
    head = written[: written.index(b"<graph ")]
    keys = b"|".join(_BOOLEAN_KEY.findall(head))
    return re.sub(b'(<data key="(?:%s)">)(True|False)(?=</data>)' % keys, _small, written) if keys else written


def _small(found: re.Match[bytes]) -> bytes:
    return found[1] + found[2].lower()


def _read(data: bytes | str) -> tuple[nx.MultiDiGraph, frozenset[str | None]]:
    """Give the graph as networkx reads it, and the nodes the file declares: networkx adds the ends of edges to them."""
    content = data.encode("utf-8", errors="replace") if isinstance(data, str) else data
    inner = _graph_of(_safe_root(content))
    if inner.get("edgedefault") != "directed":
        raise _unreadable("edgedefault")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what networkx warns of (ports) is no part of our graphs
            read = nx.parse_graphml(content, edge_key_type=str, force_multigraph=True)
    except (nx.NetworkXError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(error) from error
    return read, frozenset(node.get("id") for node in inner.findall(f"{_TAG}node"))


def _safe_root(content: bytes) -> Element:
    """Parse the file as XML that brings no entities of its own: these can grow without bounds or name other files."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # noqa: PLC0415 - has no types
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    try:
        return fromstring(content, forbid_dtd=True)  # type: ignore[no-any-return]  # has no types
    except DefusedXmlException as error:
        raise UsageError("E376", format=_FORM, detail="DTD, ENTITY") from error
    except (ParseError, ValueError, LookupError) as error:
        raise _unreadable(error) from error


def _graph_of(root: Element) -> Element:
    graphs = root.findall(f"{_TAG}graph")
    if root.tag != f"{_TAG}graphml" or len(graphs) != 1:
        raise _unreadable(f"<graphml> {len(graphs)} × <graph>")
    return graphs[0]


def _unreadable(problem: object) -> UsageError:
    return UsageError("E375", format=_FORM, detail=" ".join(str(problem).split())[:200])
