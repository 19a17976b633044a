"""The Cypher script merges, and no text gets out of its quotes."""

import re

import pytest
from hypothesis import given

from parcc_nlp.graph import LegalGraph, Node
from parcc_nlp.graph.exchange import to_cypher

from .graphs import graphs, many, naughty, sample

STRING = re.compile(r"'(?:[^'\\\x00-\x1f]|\\(?:[\\'nrtbf]|u[0-9a-f]{4}))*'")
SIMPLE = {"\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
UNWIND = re.compile(
    r"UNWIND \[(?P<rows>.*)\] AS row (?:"
    r"MERGE \(n:Entity \{id: row\.id\}\) SET n:[A-Z][a-z]+, n \+= row\.own;|"
    r"MATCH \(a:Entity \{id: row\.source\}\) MATCH \(b:Entity \{id: row\.target\}\) "
    r"MERGE \(a\)-\[r:[A-Z_]+ \{key: row\.key\}\]->\(b\) SET r \+= row\.own;)"
)
ROWS = re.compile(
    r"(?:\{(?:(?:`?\w+`?: (?:#|date\(#\)|true|false|-?[0-9.]+(?:e-?[0-9]+)?|\{[^{}]*\})(?:, )?)*)\}(?:, )?)*"
)


def statements(graph):
    lines = to_cypher(graph).decode().split("\n")
    return [line for line in lines if line and not line.startswith("//")]


def decoded(literal):
    """What Cypher takes a literal for."""
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|(.))",
        lambda found: chr(int(found[1], 16)) if found[1] else SIMPLE[found[2]],
        literal[1:-1],
    )


def literals(graph):
    return {decoded(literal) for line in statements(graph) for literal in STRING.findall(line)}


def assert_is_well_formed(graph):
    first, *rest = statements(graph)
    assert first == "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
    for line in rest:
        bare = UNWIND.fullmatch(STRING.sub("#", line))
        assert bare, line
        assert ROWS.fullmatch(bare["rows"]), bare["rows"]


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False), LegalGraph()], ids=["sample", "naughty", "empty"])
def test_the_script_is_well_formed(graph):
    assert_is_well_formed(graph)


@given(graph=graphs())
def test_the_script_of_any_graph_is_well_formed_and_holds_its_texts(graph):
    assert_is_well_formed(graph)
    assert {node.label for node in graph.nodes()} | set(graph.networkx) <= literals(graph)


@pytest.mark.parametrize(
    "text",
    [
        "'; MATCH (n) DETACH DELETE n; //",
        "\\",
        "\\'",
        "\\u0027",
        "\\\\u0027",
        "`",
        "a\r\nb",
        "\u2028",
        "\x00\x7f",
        "$x",
    ],
    ids=ascii,
)
def test_a_text_stays_in_its_quotes(text):
    graph = LegalGraph()
    graph.add_node(Node("a", "task", text))
    assert len(statements(graph)) == 2
    assert_is_well_formed(graph)
    assert text in literals(graph)


def test_days_are_days_and_a_year_is_text():
    script = to_cypher(sample()).decode()
    assert "`issued`: date('2024-01-18')" in script
    assert "`since`: date('2025-07-01'), `until`: date('2026-01-01')" in script
    assert "`since`: '2027'" in script
    assert "`deadline`: '2026-06-30'" in script


def test_many_rows_are_several_statements():
    assert len(statements(many(1200))) == 1 + 1 + 3


def test_names_in_other_letters_are_quoted():
    graph = LegalGraph()
    graph.add_node(Node("a", "task", "a", properties={"đơn_vị": 1, "end": 2.5e30}))
    assert "`end`: 2.5e30, `đơn_vị`: 1" in to_cypher(graph).decode()
