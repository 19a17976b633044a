"""The legal-reference graph."""

from parcc_nlp.graph.build import add_registry, graph_of
from parcc_nlp.graph.legal_graph import LegalGraph
from parcc_nlp.graph.values import Edge, Node

__all__ = ["Edge", "LegalGraph", "Node", "add_registry", "graph_of"]
