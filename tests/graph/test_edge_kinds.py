"""Every relation of the vocabulary has a text that says it, and every kind of nodes a graph it stands in."""

import csv
import io
from pathlib import Path

import pytest

from parcc_nlp.api import extract
from parcc_nlp.graph import graph_of
from parcc_nlp.graph.exchange import from_json_ld, from_node_link, from_turtle, to_json_ld, to_node_link, to_turtle
from parcc_nlp.graph.exchange.vocabulary import edge_term, node_term
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS
from parcc_nlp.registry import Registry

TABLE = Path(__file__).with_name("edge_kinds.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(TABLE, newline="")))
HEADS = {
    "own": "",
    "QĐ": "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK NÔNG\nSố: 24/QĐ-UBND\nĐắk Nông, ngày 15 tháng 01 năm 2025\nQUYẾT ĐỊNH\nVề cải cách "
    "hành chính năm 2025\n",
}


def name_of(row):
    return f"{row['from']} {row['kind']} {row['to']}"


@pytest.fixture(scope="module")
def graphs():
    registry = Registry.shipped()
    texts = {row["head"] + row["text"]: HEADS[row["head"]] + row["text"] + "\n" for row in ROWS}
    return {key: graph_of([extract(text)], registry=registry) for key, text in texts.items()}


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_text_gives_the_relation_it_says(graphs, row):
    graph = graphs[row["head"] + row["text"]]
    (own, *_) = (node.id for node in graph.nodes("instrument"))
    made = [edge for edge in graph.edges(row["kind"]) if edge.document in {own, None}]
    ends = {(graph.node(edge.source).kind, graph.node(edge.target).kind) for edge in made}
    assert (row["from"], row["to"]) in ends


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_the_vocabulary_has_a_row_for_the_relation(row):
    term = edge_term(row["kind"], row["from"], row["to"])
    assert term is not None
    assert term.term or term.match == "none"
    if row["from"] in {"instrument", "provision"} and row["to"] in {"instrument", "provision"}:
        assert term.term.startswith("eli:")
        assert term.akoma_ntoso


def test_every_relation_and_every_kind_of_nodes_has_an_example(graphs):
    assert {row["kind"] for row in ROWS} == set(EDGE_KINDS)
    assert {node.kind for graph in graphs.values() for node in graph.nodes()} == set(NODE_KINDS)
    for kind in NODE_KINDS:
        assert node_term(kind).vi


def test_no_relation_of_an_example_is_one_the_vocabulary_does_not_foresee(graphs):
    for graph in graphs.values():
        for edge in graph.edges():
            assert edge_term(edge.kind, graph.node(edge.source).kind, graph.node(edge.target).kind), edge


@pytest.mark.parametrize(
    ("write", "read"),
    [(to_node_link, from_node_link), (to_json_ld, from_json_ld), (to_turtle, from_turtle)],
    ids=["node-link", "JSON-LD", "Turtle"],
)
def test_what_the_texts_say_of_each_other_comes_back(graphs, write, read):
    said = graphs[next(row["head"] + row["text"] for row in ROWS if row["to"] == "agency" and row["from"] == "agency")]
    assert read(write(said)) == said


def test_what_is_repealed_in_part_is_not_repealed_whole(graphs):
    graph = graphs[next(row["head"] + row["text"] for row in ROWS if row["kind"] == "partially_repeals")]
    assert [graph.node(edge.target).kind for edge in graph.edges("repeals") if edge.document] == ["provision"]
