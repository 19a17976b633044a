"""GEXF as networkx reads it, with the life of nodes and edges."""

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import to_gexf

from .graphs import DECREE, LAW, PLAN, TASK, naughty, sample

NAMESPACE = "{http://www.gexf.net/1.2draft}"
SCHEMA = {
    row["element"]: {name: set(row[name].split()) for name in ("required", "optional", "children")}
    for row in csv.DictReader(Path(__file__).with_name("gexf_1_2.csv").read_text(encoding="utf-8").splitlines())
}
"""What the schema of GEXF 1.2 (gexf.xsd, data.xsd, dynamics.xsd) allows of the elements we write."""
ATTRIBUTE_TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}


def edge_elements(graph, **how):
    return list(etree.fromstring(to_gexf(graph, **how)).iter(f"{NAMESPACE}edge"))


def of_kind(elements, label):
    (found,) = (one for one in elements if one.get("label") == label)
    return found


def two(edge, **properties):
    graph = LegalGraph()
    for name in "ab":
        graph.add_node(Node(name, "instrument", name, properties=properties))
    graph.add_edge(edge)
    return graph


def test_networkx_reads_the_same_nodes_and_edges():
    read = nx.read_gexf(io.BytesIO(to_gexf(sample())))
    assert set(read) == set(sample().networkx)
    assert read.number_of_edges() == sample().networkx.number_of_edges()
    assert read.nodes[LAW]["label"] == "Luật Đất đai số 31/2024/QH15"
    assert read.nodes[LAW]["normative"] is True


@pytest.mark.parametrize("graph", [sample(), naughty(), LegalGraph()], ids=["sample", "naughty", "empty"])
def test_a_file_has_what_the_schema_allows(graph):
    for element in etree.fromstring(to_gexf(graph)).iter():
        allowed = SCHEMA[element.tag.removeprefix(NAMESPACE)]
        names = {etree.QName(name).localname for name in element.attrib}
        assert allowed["required"] <= names <= allowed["required"] | allowed["optional"], element.tag
        assert {etree.QName(child).localname for child in element} <= allowed["children"]
    types = {one.get("type") for one in etree.fromstring(to_gexf(graph)).iter(f"{NAMESPACE}attribute")}
    assert types <= ATTRIBUTE_TYPES


def test_an_instrument_lives_from_the_day_it_was_issued():
    read = nx.read_gexf(io.BytesIO(to_gexf(sample())))
    assert read.nodes[PLAN]["start"] == "2026-01-15"
    assert "start" not in read.nodes[DECREE]
    assert read.graph["mode"] == "dynamic"


def test_an_edge_lives_until_the_day_before_its_end():
    suspends = of_kind(edge_elements(sample()), "ngưng hiệu lực")
    assert (suspends.get("start"), suspends.get("end")) == ("2025-07-01", "2025-12-31")


def test_a_year_is_no_day_and_stands_as_attribute_only():
    repeals = of_kind(edge_elements(sample()), "bãi bỏ")
    assert repeals.get("start") is None
    assert "2027" in {value.get("value") for value in repeals.iter(f"{NAMESPACE}attvalue")}


@pytest.mark.parametrize(
    ("since", "until", "life"),
    [
        ("2025-07-01", None, ("2025-07-01", None)),
        (None, "2025-07-01", (None, "2025-06-30")),
        ("2025-07-01", "2025-07-02", ("2025-07-01", "2025-07-01")),
        ("2025-07-01", "2025-07-01", (None, None)),
        ("2025-02-30", "0001-01-01", (None, None)),
    ],
)
def test_bounds_of_a_life(since, until, life):
    (edge,) = edge_elements(two(Edge("a", "amends", "b", since, until)))
    assert (edge.get("start"), edge.get("end")) == life


def test_offsets_in_the_text_are_not_taken_for_days():
    read = nx.read_gexf(io.BytesIO(to_gexf(sample())))
    assert read.nodes[TASK]["start_"] == 40
    assert "start" not in read.nodes[TASK]


def test_names_that_gexf_needs_stay_apart():
    edge = Edge("a", "cites", "b", properties={"weight": 5, "weight_": 6, "type": "x", "label": "nhãn"})
    (element,) = edge_elements(two(edge))
    values = {value.get("value") for value in element.iter(f"{NAMESPACE}attvalue")}
    assert {"5", "6", "x", "nhãn"} <= values
    assert element.get("weight") is None


def test_a_property_of_several_types_is_text():
    graph = two(Edge("a", "cites", "b"))
    graph.networkx.nodes["a"]["value"], graph.networkx.nodes["b"]["value"] = 1, True
    read = nx.read_gexf(io.BytesIO(to_gexf(graph)))
    assert (read.nodes["a"]["value"], read.nodes["b"]["value"]) == ("1", "true")


def test_edges_are_named_in_the_language_asked_for():
    assert {one.get("label") for one in edge_elements(sample(), lang="en")} >= {"based on", "suspends"}


def test_the_day_of_writing_is_not_in_the_file():
    meta = etree.fromstring(to_gexf(sample())).find(f"{NAMESPACE}meta")
    assert dict(meta.attrib) == {}
    assert [one.text for one in meta] == ["parcc_nlp"]
