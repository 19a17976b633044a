"""What Graphviz draws of a graph."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from lxml import etree

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import to_dot

from .graphs import CITED, graphs, many, naughty, sample

A4_WIDTH, A4_HEIGHT = 595.28, 841.89
SVG = "{http://www.w3.org/2000/svg}"
needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz (the program dot)")


def drawn(graph, **how):
    run = subprocess.run(["dot", "-Tsvg"], input=to_dot(graph, **how), capture_output=True, check=True)
    return etree.fromstring(run.stdout), run.stderr.decode()


def of_class(svg, name):
    return [one for one in svg.iter(f"{SVG}g") if one.get("class") == name]


def words(svg):
    """All texts of the drawing; a label of several lines is several."""
    return [one.text for one in svg.iter(f"{SVG}text")]


@needs_graphviz
def test_every_node_and_relation_is_drawn_without_a_complaint():
    svg, complaints = drawn(sample())
    assert complaints == ""
    assert len(of_class(svg, "node")) == len(sample())
    assert len(of_class(svg, "edge")) == len({(edge.source, edge.kind, edge.target) for edge in sample().edges()})


@needs_graphviz
def test_labels_are_vietnamese():
    svg, _ = drawn(sample())
    assert {"căn cứ", "thay thế", "ngưng hiệu lực", "viện dẫn ×2", "Sở Tư pháp"} <= set(words(svg))


@needs_graphviz
def test_labels_of_relations_are_english_where_asked():
    svg, _ = drawn(sample(), lang="en", merge=False)
    assert words(svg).count("cites") == 2


@needs_graphviz
@pytest.mark.parametrize("edges", [10, 300])
def test_the_drawing_fits_a_page_of_a4(edges):
    svg, _ = drawn(many(edges))
    width, height = (float(svg.get(name).removesuffix("pt")) for name in ("width", "height"))
    assert width <= A4_WIDTH + 1
    assert height <= A4_HEIGHT + 1


@needs_graphviz
def test_texts_are_drawn_as_they_are():
    svg, complaints = drawn(naughty())
    assert complaints == ""
    tooltips = {one.get("{http://www.w3.org/1999/xlink}title") for one in svg.iter(f"{SVG}a")}
    assert {"<script>alert('63/2010/NĐ-CP')</script> &nbsp;", "“‘\"'”’«"} <= tooltips


@needs_graphviz
@pytest.mark.parametrize("text", ['"', "\\", '\\"', "\\N \\G \\l", "a\\", "&amp;", "&#65;", "<b>x</b>", "{a|b}", "\\n"])
def test_signs_that_mean_something_to_graphviz_are_shown(text):
    graph = LegalGraph()
    graph.add_node(Node(f"vn/{text}", "task", text))
    svg, complaints = drawn(graph)
    assert (words(svg), complaints) == ([text], "")


@needs_graphviz
@settings(max_examples=25)
@given(graph=graphs())
def test_any_graph_is_drawn(graph):
    svg, _ = drawn(graph)
    assert len(of_class(svg, "node")) == len(graph)


def test_what_is_only_cited_is_dashed():
    lines = [line for line in to_dot(sample()).decode().splitlines() if line.startswith(f'  "{CITED}" [')]
    assert "dashed" in lines[0]


def test_a_long_name_is_cut_and_whole_in_the_tooltip():
    name = "Nghị định quy định chi tiết một số điều và biện pháp thi hành " * 5
    graph = LegalGraph()
    graph.add_node(Node("a", "instrument", name.strip()))
    graph.add_edge(Edge("a", "cites", "a"))
    (line,) = (line for line in to_dot(graph).decode().splitlines() if line.startswith('  "a" ['))
    label, tooltip = line.split('label="')[1].split('"')[0], line.split('tooltip="')[1].split('"')[0]
    assert label.count("\\n") == 3
    assert label.endswith("…")
    assert tooltip == name.strip()
