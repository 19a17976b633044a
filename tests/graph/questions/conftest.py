"""Small graphs, drawn in words."""

import pytest
from hypothesis import strategies as st

from parcc_nlp.graph import Edge, LegalGraph, Node

FIELDS = {"since", "until", "document"}


def draw(*lines):
    """Make a graph of lines "source kind target name=value ..." and "node name=value ..."; a space in a value is "_"."""
    graph = LegalGraph()
    read = [taken_apart(line) for line in lines]
    for words, said in read:
        if len(words) == 1:
            add(graph, words[0], said)
    for words, said in read:
        if len(words) > 1:
            source, kind, target = words
            add(graph, source)
            add(graph, target)
            bounds = {name: said.pop(name) for name in FIELDS & said.keys()}
            graph.add_edge(Edge(source, kind, target, **bounds, properties=said))
    return graph


def taken_apart(line):
    """The plain words of a line, and its fields."""
    words = line.split()
    said = dict(word.split("=", 1) for word in words if "=" in word)
    values = {name: int(value) if value.isdigit() else value.replace("_", " ") for name, value in said.items()}
    return [word for word in words if "=" not in word], values


def add(graph, node, said=None):
    """Add a node: what stands behind "#" is a provision, task or target, "agency/..." an agency, the rest instruments."""
    said = dict(said or {})
    known = said.pop("known", "yes") == "yes"
    own, _, unit = node.partition("#")
    kind = "provision" if unit else "agency" if node.startswith("agency/") else "instrument"
    kind = next((name for name in ("task", "target") if unit.startswith(name)), kind)
    if unit:
        add(graph, own)
    if node not in graph:
        graph.add_node(Node(node, kind, str(said.pop("label", node)), known, said))


@pytest.fixture(name="draw", scope="session")
def drawn():
    return draw


@pytest.fixture(scope="session")
def lines_of_edges():
    """A strategy for the lines of small graphs of given relations, each edge once."""

    def lines(*kinds, names="abcdefg", acyclic=False):
        pairs = st.tuples(st.sampled_from(names), st.sampled_from(kinds), st.sampled_from(names))
        fitting = pairs.filter(lambda edge: edge[0] < edge[2] if acyclic else edge[0] != edge[2])
        return st.lists(fitting.map(" ".join), unique=True, max_size=14)

    return lines
