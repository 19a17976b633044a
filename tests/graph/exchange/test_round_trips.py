"""What was written is read back as it was, and the same graph is the same file."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from parcc_nlp.graph import LegalGraph, exchange

from .graphs import graphs, naughty, sample

ROOT = Path(__file__).parents[3]
READ_BACK = ["graphml", "node_link", "json_ld", "turtle"]
WRITTEN = [*READ_BACK, "gexf", "neo4j", "cypher", "dot"]


def write(form, graph):
    return getattr(exchange, f"to_{form}")(graph)


def read(form, data):
    return getattr(exchange, f"from_{form}")(data)


def in_another_order(graph):
    """The same nodes and edges, added in another order, their properties too."""
    other = LegalGraph()
    nodes, edges = list(graph.nodes()), list(graph.edges())
    random.Random(7).shuffle(nodes)  # noqa: S311 - any order will do
    random.Random(8).shuffle(edges)  # noqa: S311 - as above
    for node in nodes:
        other.networkx.add_node(node.id, **dict(reversed(graph.networkx.nodes[node.id].items())))
    for edge in edges:
        carried = graph.networkx.edges[edge.source, edge.target, edge.key]
        other.networkx.add_edges_from([(edge.source, edge.target, edge.key, dict(reversed(carried.items())))])
    return other


@pytest.mark.parametrize("form", READ_BACK)
def test_the_sample_graph_comes_back_equal(form):
    assert read(form, write(form, sample())) == sample()


@pytest.mark.parametrize("form", READ_BACK)
def test_naughty_strings_come_back_as_they_were(form):
    graph = naughty(xml=form == "graphml")
    assert read(form, write(form, graph)) == graph


@pytest.mark.parametrize("form", READ_BACK)
def test_an_empty_graph_comes_back_empty(form):
    assert read(form, write(form, LegalGraph())) == LegalGraph()


@pytest.mark.parametrize("form", READ_BACK)
def test_a_file_may_be_given_as_text(form):
    assert read(form, write(form, sample()).decode()) == sample()


@given(graph=graphs(xml=True))
def test_any_graph_comes_back_equal_from_graphml(graph):
    assert exchange.from_graphml(exchange.to_graphml(graph)) == graph


@pytest.mark.parametrize("form", ["node_link", "json_ld", "turtle"])
@given(graph=graphs())
def test_any_graph_comes_back_equal_from_json_and_rdf(form, graph):
    assert read(form, write(form, graph)) == graph


@pytest.mark.parametrize("form", ["gexf", "neo4j", "cypher", "dot"])
@given(graph=graphs())
def test_any_graph_is_written_in_formats_that_are_not_read_back(form, graph):
    assert write(form, graph)


@pytest.mark.parametrize("form", WRITTEN)
def test_the_order_in_which_a_graph_was_made_does_not_show(form):
    assert write(form, in_another_order(sample())) == write(form, sample())


@pytest.mark.parametrize("form", WRITTEN)
def test_writing_leaves_the_graph_as_it_was(form):
    graph = sample()
    write(form, graph)
    assert graph == sample()


def test_every_process_writes_the_same_bytes():
    code = (
        "import hashlib, sys\nsys.path.insert(0, sys.argv[1])\nfrom graphs import sample\n"
        "from parcc_nlp.graph import exchange\n"
        f"for form in {WRITTEN}:\n"
        "    made = getattr(exchange, f'to_{form}')(sample())\n"
        "    print(form, hashlib.sha256(repr(made).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]
    assert runs[0].count("\n") == len(WRITTEN)


def test_what_no_utf_8_file_can_hold_is_replaced_and_counted():
    graph = sample()
    graph.networkx.nodes[next(iter(graph.networkx))]["label"] = "a\ud800b\x0c"
    assert exchange.lost_characters(graph) == 2
    assert exchange.lost_characters(graph, xml=False) == 1
    for form in ("node_link", "json_ld", "turtle"):
        written = write(form, graph)
        assert b"replaced_characters" in written
        assert "a\ufffdb\x0c" in {node.label for node in read(form, written).nodes()}
    written = write("graphml", graph)
    assert b"replaced_characters" in written
    assert "a\ufffdb\ufffd" in {node.label for node in read("graphml", written).nodes()}


def test_importing_the_formats_loads_no_rdflib():
    code = "import sys, parcc_nlp.graph.exchange; print('rdflib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
