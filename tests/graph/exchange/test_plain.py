"""What no format can hold is said before anything is written."""

import networkx as nx
import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import Edge, LegalGraph, Node, exchange

from .graphs import LAW, sample

WRITERS = [exchange.to_graphml, exchange.to_gexf, exchange.to_node_link, exchange.to_json_ld, exchange.to_turtle,
           exchange.to_neo4j, exchange.to_cypher, exchange.to_dot]  # fmt: skip


def of_node(**fields):
    """A graph of one node, made past our own checks, as a caller with a networkx graph of his own may."""
    graph = nx.MultiDiGraph()
    graph.add_node("a", **({"kind": "task", "label": "a", "known": True} | fields))
    return LegalGraph(graph)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@pytest.mark.parametrize(
    ("graph", "code"),
    [
        (of_node(kind="law"), "E377"),
        (of_node(label=3), "E379"),
        (of_node(known=None), "E379"),
        (of_node(value=float("nan")), "E379"),
        (of_node(value=float("inf")), "E379"),
        (of_node(value=10**5000), "E379"),
        (of_node(value=None), "E379"),
        (of_node(value=("a",)), "E379"),
        (of_node(source_name="x", **{"số hiệu": "x"}), "E379"),
        (of_node(id="x"), "E379"),
        (LegalGraph(nx.MultiDiGraph([(1, 2)])), "E379"),
    ],
)
def test_a_value_that_not_every_format_holds_is_refused(write, graph, code):
    with pytest.raises(UsageError) as error:
        write(graph)
    assert error.value.code == code


@pytest.mark.parametrize("one", ["", "a\nb", "a\x00", "a\ud800", "\uffff"], ids=ascii)
def test_an_id_is_a_line_of_text(one):
    graph = LegalGraph()
    graph.add_node(Node(one, "task", "a"))
    with pytest.raises(UsageError) as error:
        exchange.to_graphml(graph)
    assert error.value.code == "E379"


def test_the_place_of_a_bad_edge_is_its_ends():
    graph = sample()
    graph.add_edge(Edge(LAW, "cites", LAW, properties={"a b": 1}))
    with pytest.raises(UsageError, match=f"{LAW} → {LAW}"):
        exchange.to_node_link(graph)


def test_edges_that_say_the_same_are_one():
    graph = nx.MultiDiGraph(sample().networkx)
    source, target, carried = next(iter(graph.edges(data=True)))
    graph.add_edge(source, target, key="again", **carried)
    assert exchange.to_node_link(LegalGraph(graph)) == exchange.to_node_link(sample())
