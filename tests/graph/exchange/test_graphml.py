"""GraphML as networkx and others read it."""

import io

import networkx as nx
import pytest
from lxml import etree

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import from_graphml, to_graphml

from .graphs import LAW, PLAN, TARGET, naughty, sample

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def test_networkx_reads_the_same_nodes_and_edges():
    read = nx.read_graphml(io.BytesIO(to_graphml(sample())), edge_key_type=str, force_multigraph=True)
    graph = sample().networkx
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert len(read.edges) == len(graph.edges)
    assert read.is_directed()


def test_attributes_keep_their_types():
    read = nx.read_graphml(io.BytesIO(to_graphml(sample())), force_multigraph=True)
    assert read.nodes[TARGET]["value"] == 85.5
    assert read.nodes[LAW]["normative"] is True
    assert isinstance(read.nodes[f"{PLAN}#task_40"]["start"], int)


def test_truth_values_are_written_as_xml_has_them():
    root = etree.fromstring(to_graphml(sample()))
    boolean = {key.get("id") for key in root.iter(f"{NAMESPACE}key") if key.get("attr.type") == "boolean"}
    written = {data.text for data in root.iter(f"{NAMESPACE}data") if data.get("key") in boolean}
    assert written == {"true", "false"}


def test_a_text_that_says_true_stays_as_it_is():
    graph = LegalGraph()
    graph.add_node(Node("a", "task", "True", properties={"title": "False</data>"}))
    assert from_graphml(to_graphml(graph)) == graph


def test_edges_have_ids_of_their_own():
    graph = LegalGraph()
    for name in "abc":
        graph.add_node(Node(name, "unit", name))
    graph.add_edge(Edge("a", "part_of", "b"))
    graph.add_edge(Edge("b", "part_of", "c"))  # the same key as the first: only the ends differ
    ids = [edge.get("id") for edge in etree.fromstring(to_graphml(graph)).iter(f"{NAMESPACE}edge")]
    assert len(set(ids)) == 2


def test_line_ends_and_quotes_stay():
    graph = naughty()
    graph.add_node(Node("a", "task", "một\r\nhai\rba\nbốn\t\"năm\" 'sáu' <bảy> &amp; ]]>"))
    assert from_graphml(to_graphml(graph)) == graph


def test_entities_are_refused_before_anything_grows():
    bomb = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(UsageError) as error:
        from_graphml(f"{bomb}]><graphml>&i;</graphml>")
    assert error.value.code == "E376"


@pytest.mark.parametrize("system", ["file:///etc/passwd", "http://example.org/x"])
def test_a_file_may_not_name_another(system):
    with pytest.raises(UsageError) as error:
        from_graphml(f'<!DOCTYPE x [<!ENTITY a SYSTEM "{system}">]><graphml>&a;</graphml>')
    assert error.value.code == "E376"


def changed(before, after):
    """The sample with one piece of the file changed."""
    written = to_graphml(sample()).decode()
    assert before in written
    return written.replace(before, after, 1)


WRONG = {
    "nothing": ("", "E375"),
    "a text": ("Nghị định", "E375"),
    "a file cut short": (to_graphml(sample())[:-100], "E375"),
    "no graph": ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>', "E375"),
    "another format": ("<html/>", "E375"),
    "binary data": (b"\xff\xfe\x00", "E375"),
    "an encoding nobody knows": ('<?xml version="1.0" encoding="klingon"?><graphml/>', "E375"),
    "an undirected graph": (changed('edgedefault="directed"', 'edgedefault="undirected"'), "E375"),
    "a type nobody knows": (changed('attr.type="string"', 'attr.type="klingon"'), "E375"),
    "an attribute not declared": (changed('<data key="d1">', '<data key="nothing">'), "E375"),
    "a number that is none": (
        changed('attr.name="label" attr.type="string"', 'attr.name="label" attr.type="long"'),
        "E375",
    ),
    "a hyperedge": (changed("</graph>", "<hyperedge/></graph>"), "E375"),
    "two graphs": (changed("</graph>", "</graph><graph/>"), "E375"),
    "a kind of nodes nobody knows": (changed(">instrument<", ">law<"), "E377"),
    "a kind of edges nobody knows": (changed(">sets_target<", ">aims_at<"), "E377"),
    "an edge to nowhere": (changed(f'<node id="{LAW}">', '<node id="other">'), "E378"),
    "a node without id": (changed(f'<node id="{LAW}">', "<node>"), "E378"),
    "a name that is none": (changed('attr.name="number"', 'attr.name="số hiệu"'), "E379"),
    "a node not said to be known": (changed('attr.name="known"', 'attr.name="well_known"'), "E379"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_a_code(name):
    data, code = WRONG[name]
    with pytest.raises(UsageError) as error:
        from_graphml(data)
    assert error.value.code == code


def test_the_place_of_what_is_wrong_is_named():
    with pytest.raises(UsageError, match=rf'<node id="{LAW}">: .*“?law'):
        from_graphml(changed(f'{LAW}">\n  <data key="d0">instrument', f'{LAW}">\n  <data key="d0">law'))


def test_an_edge_to_nowhere_names_the_edge_and_the_node():
    with pytest.raises(UsageError) as error:
        from_graphml(changed(f'<node id="{LAW}">', '<node id="other">'))
    assert error.value.place.startswith("<edge id=")
    assert error.value.details["value"] == LAW
