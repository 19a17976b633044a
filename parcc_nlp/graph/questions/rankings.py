"""Which instruments are cited most, by nobody, though not known, or still though they are old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.graph.questions.basis import node_status
from parcc_nlp.graph.questions.finding import checked_day
from parcc_nlp.graph.questions.walking import CITING, instrument_of, was_read
from parcc_nlp.graph.values import Node
from parcc_nlp.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.graph.legal_graph import LegalGraph
    from parcc_nlp.graph.questions.basis import KnowsStatus

__all__ = ["Ranked", "most_cited", "oldest_in_force", "orphans", "unknown_instruments"]

_MOST = 20
_ALIVE = frozenset({"in_force", "partly_expired"})


@dataclass(frozen=True, slots=True)
class Ranked:
    """An instrument and how it is cited: by how many documents, at how many places.

    `status` is its status on the day, where one was asked for.
    """

    instrument: Node
    documents: int
    mentions: int
    status: Status | None = None


def most_cited(graph: LegalGraph, *, most: int | None = _MOST) -> tuple[Ranked, ...]:
    """List the instruments that most documents cite.

    Parameters
    ----------
    graph
        Where to look.
    most
        How many to list; None for all.

    Returns
    -------
    tuple of Ranked
        By the number of documents, then of places, then by id.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("plan", "report", "law"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("plan", "based_on", "law"))
    >>> graph.add_edge(Edge("report", "cites", "law"))
    >>> [(one.instrument.id, one.documents) for one in most_cited(graph)]
    [('law', 2)]
    """
    return _ranked(graph, _counts(graph), most)


def unknown_instruments(graph: LegalGraph, *, most: int | None = None) -> tuple[Ranked, ...]:
    """List the instruments that are cited but neither in a registry nor among the documents, most cited first.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan", "instrument", "plan"))
    >>> graph.add_node(Node("law", "instrument", "law", known=False))
    >>> graph.add_edge(Edge("plan", "cites", "law"))
    >>> [one.instrument.id for one in unknown_instruments(graph)]
    ['law']
    """
    nodes = graph.networkx.nodes
    counts = {one: count for one, count in _counts(graph).items() if not nodes[one]["known"]}
    return _ranked(graph, counts, most)


def orphans(graph: LegalGraph, *, read: bool = False) -> tuple[Node, ...]:
    """List the instruments that no document cites.

    Parameters
    ----------
    graph
        Where to look.
    read
        True lists only documents whose own text was read, and none that only a registry names.

    Returns
    -------
    tuple of Node
        By date, then by id; what has no date comes last.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("plan", "law"):
    ...     graph.add_node(Node(name, "instrument", name))
    >>> graph.add_edge(Edge("plan", "cites", "law"))
    >>> [node.id for node in orphans(graph)]
    ['plan']
    """
    cited = _counts(graph)
    alone = (node for node in graph.nodes("instrument") if node.id not in cited)
    return tuple(sorted((node for node in alone if not read or was_read(graph, node.id)), key=_by_date))


def oldest_in_force(graph: LegalGraph, *, registry: KnowsStatus, on: str, most: int = _MOST) -> tuple[Ranked, ...]:
    """List the oldest cited instruments that are in force on a day, wholly or in part.

    Parameters
    ----------
    graph
        Where to look.
    registry
        What knows whether an instrument is in force; it is asked from the oldest on, until there are enough.
    on
        The day.
    most
        How many to list.

    Returns
    -------
    tuple of Ranked
        By signing date; what has none is left out.

    Raises
    ------
    UsageError
        E301: `on` is no day.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> from parcc_nlp.registry import Registry
    >>> decree = "vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp"
    >>> graph = LegalGraph()
    >>> graph.add_node(Node("plan", "instrument", "Kế hoạch"))
    >>> graph.add_node(Node(decree, "instrument", "63/2010/NĐ-CP", properties={"issued": "2010-06-08"}))
    >>> graph.add_edge(Edge("plan", "cites", decree))
    >>> [one.instrument.label for one in oldest_in_force(graph, registry=Registry.shipped(), on="2023-12-22")]
    ['63/2010/NĐ-CP']
    """
    day = checked_day(on)
    found: list[Ranked] = []
    counts = _counts(graph)
    dated = (node for node in map(graph.node, counts) if isinstance(node.get("issued"), str))
    for node in sorted(dated, key=_by_date):
        if len(found) == most:
            break
        status = node_status(node, registry, on=day)
        if status.status in _ALIVE:
            found.append(Ranked(node, *counts[node.id], status))
    return tuple(found)


def _counts(graph: LegalGraph) -> dict[str, tuple[int, int]]:
    """Count by how many documents, and at how many places, each instrument is cited."""
    documents: dict[str, set[str]] = {}
    places: dict[str, set[tuple[str, object]]] = {}
    for source, instrument, place in _citations(graph):
        documents.setdefault(instrument, set()).add(source)
        places.setdefault(instrument, set()).add((source, place))
    return {one: (len(sources), len(places[one])) for one, sources in documents.items()}


def _citations(graph: LegalGraph) -> Iterator[tuple[str, str, object]]:
    """Give document, instrument and place of every citation; one that names a provision too is one."""
    for source, target, key, attributes in graph.networkx.edges(keys=True, data=True):
        instrument = instrument_of(target)
        if attributes["kind"] in CITING and instrument != source:
            yield source, instrument, attributes.get("start", key)


def _ranked(graph: LegalGraph, counts: dict[str, tuple[int, int]], most: int | None) -> tuple[Ranked, ...]:
    order = sorted((-documents, -mentions, one) for one, (documents, mentions) in counts.items())
    return tuple(Ranked(graph.node(one), -documents, -mentions) for documents, mentions, one in order[:most])


def _by_date(node: Node) -> tuple[str, str]:
    issued = node.get("issued")
    return (issued if isinstance(issued, str) else "~", node.id)
