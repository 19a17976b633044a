"""The CSV files follow the rules of Neo4j's import (operations manual, CSV file header format)."""

import csv
import io
import re

import pytest
from hypothesis import given

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import to_neo4j
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS

from .graphs import LAW, PLAN, TARGET, graphs, naughty, sample

HEADER = re.compile(
    r"(?:id:ID|:LABEL|:START_ID|:END_ID|:TYPE|(?P<name>[^\W\d]\w*):(?:string|boolean|long|double|date))"
)
VALUES = {
    "boolean": re.compile(r"true|false"),
    "long": re.compile(r"-?[0-9]{1,19}"),
    "double": re.compile(r"-?[0-9.]+(?:e[+-]?[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def rows(data):
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def table(graph, name):
    """The rows of one file, by the names of their columns."""
    head, *lines = rows(to_neo4j(graph)[name])
    return [dict(zip((column.partition(":")[0] or column for column in head), line, strict=True)) for line in lines]


def assert_follows_the_rules(graph):
    made = to_neo4j(graph)
    ids = set()
    for name, data in made.items():
        head, *lines = rows(data)
        assert all(HEADER.fullmatch(column) for column in head), head
        assert len(set(head)) == len(head)
        required = [":START_ID", ":END_ID", ":TYPE"] if name == "relationships.csv" else ["id:ID", ":LABEL"]
        assert head[: len(required)] == required
        for line in lines:
            assert len(line) == len(head)
            assert all(line[: len(required)])
            for column, value in zip(head, line, strict=True):
                rule = VALUES.get(column.rpartition(":")[2])
                assert not value or rule is None or rule.fullmatch(value), (column, value)
        if name != "relationships.csv":
            found = [line[0] for line in lines]
            assert not ids & set(found)
            assert len(set(found)) == len(found)
            ids |= set(found)
    _, *edges = rows(made["relationships.csv"])
    assert {end for line in edges for end in line[:2]} <= ids
    assert {line[2] for line in edges} <= {kind.upper() for kind in EDGE_KINDS}
    assert len({line[3] for line in edges}) == len(edges) == graph.networkx.number_of_edges()


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False), LegalGraph()], ids=["sample", "naughty", "empty"])
def test_the_files_follow_the_rules(graph):
    assert_follows_the_rules(graph)


@given(graph=graphs())
def test_the_files_of_any_graph_follow_the_rules(graph):
    assert_follows_the_rules(graph)


def test_every_kind_of_nodes_has_its_file():
    assert set(to_neo4j(sample())) == {f"{kind}.csv" for kind in NODE_KINDS} | {"relationships.csv"}


def test_a_kind_that_is_not_there_has_no_file():
    assert set(to_neo4j(LegalGraph())) == {"relationships.csv"}


def test_nodes_have_a_label_of_their_own_and_one_for_all():
    assert {row[":LABEL"] for row in table(sample(), "agency.csv")} == {"Entity;Agency"}


def test_columns_are_typed():
    head = rows(to_neo4j(sample())["instrument.csv"])[0]
    assert {
        "known:boolean",
        "issued:date",
        "effective:date",
        "expires:date",
        "normative:boolean",
        "number:string",
    } <= set(head)
    assert {"value:double"} <= set(rows(to_neo4j(sample())["target.csv"])[0])
    assert {"start:long", "end:long"} <= set(rows(to_neo4j(sample())["relationships.csv"])[0])


def test_a_column_with_a_year_among_its_days_is_text():
    head = rows(to_neo4j(sample())["relationships.csv"])[0]
    assert "since:string" in head  # one begins "2027"
    assert "until:date" in head


def test_values_are_those_of_the_graph():
    (target,) = table(sample(), "target.csv")
    assert (target["id"], target["value"]) == (TARGET, "85.5")
    based = next(row for row in table(sample(), "relationships.csv") if row[":TYPE"] == "BASED_ON")
    assert (based[":START_ID"], based[":END_ID"], based["quote"]) == (PLAN, LAW, "Luật Đất đai\nnăm 2024")


def test_an_empty_text_is_not_nothing():
    graph = LegalGraph()
    graph.add_node(Node("a", "task", "", properties={"title": ""}))
    graph.add_node(Node("b", "task", "b"))
    assert b'"a","Entity;Task","",true,""\r\n"b","Entity;Task","b",true,\r\n' in to_neo4j(graph)["task.csv"]


def test_numbers_of_two_kinds_are_text():
    graph = LegalGraph()
    graph.add_node(Node("a", "target", "a", properties={"value": 1}))
    graph.add_node(Node("b", "target", "b", properties={"value": 1.5}))
    assert [row["value"] for row in table(graph, "target.csv")] == ["1", "1.5"]
    assert "value:string" in rows(to_neo4j(graph)["target.csv"])[0]


def test_spaces_at_the_ends_are_quoted_so_that_the_import_keeps_them():
    graph = LegalGraph()
    graph.add_node(Node("a", "task", "  hai  "))
    graph.add_edge(Edge("a", "part_of", "a"))
    assert b'"  hai  "' in to_neo4j(graph)["task.csv"]
