"""Node-link JSON as networkx reads it."""

import json

import networkx as nx
import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange import from_node_link, to_node_link

from .graphs import LAW, sample


def test_networkx_reads_the_same_nodes_and_edges():
    read = nx.node_link_graph(json.loads(to_node_link(sample())), edges="edges")
    graph = sample().networkx
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(map(str, (one for *_, one in read.edges(data=True)))) == sorted(
        map(str, (dict(sorted(one.items(), key=in_file_order)) for *_, one in graph.edges(data=True)))
    )


def in_file_order(item):
    fields = ("kind", "since", "until", "document")
    return (fields.index(item[0]), "") if item[0] in fields else (len(fields), item[0])


def test_every_node_and_edge_is_a_line():
    lines = to_node_link(sample()).decode().splitlines()
    assert len(lines) == len(sample()) + sample().networkx.number_of_edges() + 5


def test_vietnamese_is_written_as_it_is():
    assert "Luật Đất đai" in to_node_link(sample()).decode()


def changed(**changes):
    read = json.loads(to_node_link(sample()))
    return json.dumps({**read, **changes})


def node(**fields):
    return {"id": "a", "kind": "task", "label": "a", "known": True} | fields


def edge(**fields):
    return {"source": "a", "target": "a", "kind": "cites"} | fields


WRONG = {
    "nothing": ("", "E375", None),
    "a file cut short": (to_node_link(sample())[:-100], "E375", None),
    "a list": ("[]", "E375", None),
    "brackets without end": ("[" * 100_000, "E375", None),
    "binary data": (b"\xff\xff\xff", "E375", None),
    "an undirected graph": (changed(directed=False), "E375", None),
    "nodes that are no list": (changed(nodes=3), "E375", "nodes"),
    "edges that are no list": (changed(edges={}), "E375", "edges"),
    "a node that is no object": (changed(nodes=[node(), "a"]), "E375", "nodes[1]"),
    "a number of thousands of digits": ('{"nodes": 1' + "0" * 5000 + "}", "E375", None),
    "a kind of nodes nobody knows": (changed(nodes=[node(kind="law")]), "E377", "nodes[0]"),
    "a kind that is no text": (changed(nodes=[node(kind=["task"])]), "E377", "nodes[0]"),
    "an edge without kind": (changed(edges=[{"source": LAW, "target": LAW}]), "E377", "edges[0]"),
    "an edge to nowhere": (changed(nodes=[node()], edges=[edge(target="b")]), "E378", "edges[0]"),
    "an edge without source": (changed(nodes=[node()], edges=[edge(source=None)]), "E379", "edges[0]"),
    "a day that is a number": (changed(nodes=[node()], edges=[edge(since=2025)]), "E379", "edges[0]"),
    "an id that is a number": (changed(nodes=[node(id=3)]), "E379", "nodes[0]"),
    "an id of two lines": (changed(nodes=[node(id="a\nb")]), "E379", "nodes[0]"),
    "a node without name": (changed(nodes=[node(label=None)]), "E379", "nodes[0]"),
    "a node perhaps known": (changed(nodes=[node(known=1)]), "E379", "nodes[0]"),
    "a property that is nothing": (changed(nodes=[node(title=None)]), "E379", "nodes[0]"),
    "a property that is a list": (changed(nodes=[node(title=["a"])]), "E379", "nodes[0]"),
    "a property that is no number": (changed(nodes=[node(value=float("nan"))]), "E379", "nodes[0]"),
    "a number of 65 bits": (changed(nodes=[node(value=2**63)]), "E379", "nodes[0]"),
    "a name of two words": (changed(nodes=[node(**{"a b": 1})]), "E379", "nodes[0]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_a_code_and_a_place(name):
    data, code, place = WRONG[name]
    with pytest.raises(UsageError) as error:
        from_node_link(data)
    assert (error.value.code, error.value.place) == (code, place)
    assert error.value.message(lang="vi") != error.value.message(lang="en")
