"""Who came after an agency or a province: the edges that `parcc_nlp.graph.succession` made, followed to their end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.values import Edge, Node

if TYPE_CHECKING:
    from parcc_nlp.graph.legal_graph import LegalGraph

__all__ = ["Succession", "successor"]


@dataclass(frozen=True, slots=True)
class Succession:
    """Who came after an agency or a province, and the steps there, each with its day, legal source and evidence."""

    node: Node
    steps: tuple[Edge, ...]


def successor(graph: LegalGraph, node_id: str, *, on: str | None = None) -> Succession | None:
    """Say who an agency or a province is now.

    Parameters
    ----------
    graph
        Where to look.
    node_id
        The agency or province.
    on
        The day that is asked for; the last day anything is known of by default.

    Returns
    -------
    Succession or None
        None for one that goes on, and where several came after it.

    Raises
    ------
    UsageError
        E372: the graph has nothing of this id.

    Examples
    --------
    >>> from parcc_nlp.graph import Edge, LegalGraph, Node
    >>> graph = LegalGraph()
    >>> for name in ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"):
    ...     graph.add_node(Node(name, "agency", name))
    >>> graph.add_edge(Edge("Sở Kế hoạch và Đầu tư", "succeeded_by", "Sở Tài chính", since="2025-03-01"))
    >>> successor(graph, "Sở Kế hoạch và Đầu tư", on="2025-03-01").node.label
    'Sở Tài chính'
    >>> successor(graph, "Sở Kế hoạch và Đầu tư", on="2025-02-28") is None
    True
    """
    if node_id not in graph:
        raise UsageError("E372", value=node_id)
    steps: list[Edge] = []
    seen, here = {node_id}, node_id
    while after := [edge for edge in graph.out_of(here, "succeeded_by") if on is None or edge.holds_on(on)]:
        here = after[0].target
        if here in seen or len({edge.target for edge in after}) > 1:
            return None
        seen.add(here)
        steps.append(after[0])
    return Succession(graph.node(here), tuple(steps)) if steps else None
