"""An independent graph database reads what we write: the CSV files for Neo4j with their types, the values in Cypher.

Ladybug wants the tables to be described first and knows neither several labels of a node nor ``SET n += map``, so that
the files are copied into tables made from their heads, and of the script the values are read and not its MERGE.
"""

import csv
import datetime as dt
import io
import re

import pytest

from parcc_nlp.graph import LegalGraph
from parcc_nlp.graph.exchange import to_neo4j
from parcc_nlp.graph.exchange.neo4j import days_of, type_of
from parcc_nlp.graph.exchange.plain import day_of, plain

from .graphs import naughty, sample
from .test_cypher import STRING, decoded, statements

ladybug = pytest.importorskip("ladybug", reason="needs the embedded graph database ladybug (extra dev)")

TYPES = {"boolean": "BOOLEAN", "date": "DATE", "long": "INT64", "double": "DOUBLE", "string": "STRING"}
OF_NEO4J = {"id:ID": "id", ":LABEL": "labels", ":START_ID": "source", ":END_ID": "target", ":TYPE": "type"}
END_OF_TEXT = "\\u0000"
"""A text ends here for this database."""


@pytest.fixture
def connection():
    with ladybug.Database(":memory:") as database, ladybug.Connection(database) as opened:
        yield opened


def rows(answer):
    return answer.rows_as_dict().get_all()


def columns(head):
    """The columns of a file with their types; the names of Neo4j's own are given."""
    for name in head:
        known, _, form = name.partition(":")
        yield (f"p_{known}", TYPES[form]) if name not in OF_NEO4J else (OF_NEO4J[name], "STRING")


def copied(connection, graph, folder):
    """Copy the files of a graph into tables, and give the nodes and relationships that the database then has."""
    nodes, edges = [], []
    files = to_neo4j(graph)
    connection.execute("CREATE NODE TABLE Entity(id STRING PRIMARY KEY)")
    relationships = "relationships.csv"
    for name in (*sorted(files.keys() - {relationships}), relationships):
        content = files[name]
        (folder / name).write_bytes(content)
        described = ", ".join(
            f"`{column}` {form}" for column, form in columns(next(csv.reader(io.StringIO(content.decode()))))
        )
        options = "(HEADER=true, ESCAPE='\"', PARALLEL=false)"
        if name == relationships:
            own = described.split(", ", 2)[2]
            connection.execute(f"CREATE REL TABLE Relation(FROM Entity TO Entity, {own})")
            connection.execute(f"COPY Relation FROM '{folder / name}' {options}")
            edges = rows(connection.execute("MATCH (a)-[r:Relation]->(b) RETURN a.id, b.id, r.*"))
            continue
        table = name.removesuffix(".csv").capitalize()
        connection.execute(f"CREATE NODE TABLE {table}({described}, PRIMARY KEY(id))")
        connection.execute(f"COPY {table} FROM '{folder / name}' {options}")
        found = rows(connection.execute(f"MATCH (n:{table}) RETURN n.*"))
        for one in found:
            connection.execute("CREATE (:Entity {id: $id})", {"id": one["n.id"]})
        nodes += found
    return nodes, edges


def without_nothing(row, prefix):
    """What a row says, without the columns of Neo4j and those that are empty."""
    start = f"{prefix}p_"
    return {name.removeprefix(start): one for name, one in row.items() if name.startswith(start) and one is not None}


def as_a_day(name, value, days):
    return dt.date.fromisoformat(value) if name in days and day_of(value) else value


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False)], ids=["sample", "naughty"])
def test_the_files_are_read_with_the_values_and_types_of_the_graph(connection, graph, tmp_path):
    nodes, edges = copied(connection, graph, tmp_path)
    written = plain(graph)
    for row in nodes:
        carried = dict(written.nodes[row["n.id"]])
        assert row["n.labels"] == f"Entity;{carried.pop('kind').capitalize()}"
        days = days_of(row["n.labels"].partition(";")[2].lower())
        assert without_nothing(row, "n.") == {name: as_a_day(name, one, days) for name, one in carried.items()}
    assert {row["n.id"] for row in nodes} == set(written)
    assert len(edges) == written.number_of_edges()
    for row in edges:
        carried = dict(written.edges[row["a.id"], row["b.id"], row["r.p_key"]])
        assert row["r.type"] == type_of(carried.pop("kind"))
        read = {
            name: str(one) if name in {"since", "until"} else one for name, one in without_nothing(row, "r.").items()
        }
        assert read == {**carried, "key": row["r.p_key"]}


def literal_maps(graph):
    """The maps of properties in the script, each as Cypher has it."""
    strings = STRING.pattern
    pattern = re.compile(rf"own: (\{{(?:[^{{}}']|{strings})*\}})")
    return [found for line in statements(graph) for found in pattern.findall(line)]


def assert_values_are_read(connection, graph):
    written = plain(graph)
    carried = [dict(one) for _, one in written.nodes(data=True)] + [dict(one) for *_, one in written.edges(data=True)]
    maps = literal_maps(graph)
    assert len(maps) == len(carried)
    read = [
        rows(connection.execute(f"RETURN {one} AS own"))[0]["own"]
        for one in maps
        if one != "{}" and END_OF_TEXT not in one
    ]
    told = [{name: str(one) if isinstance(one, dt.date) else one for name, one in row.items()} for row in read]
    for row in carried:
        row.pop("kind")
        if row and not any("\0" in str(one) for one in row.values()):
            assert row in told


@pytest.mark.parametrize("graph", [sample(), naughty(xml=False), LegalGraph()], ids=["sample", "naughty", "empty"])
def test_the_properties_in_the_script_are_read_as_they_were(connection, graph):
    assert_values_are_read(connection, graph)


def test_every_text_in_the_script_is_read_as_it_was(connection):
    for literal in {literal for line in statements(naughty(xml=False)) for literal in STRING.findall(line)}:
        if END_OF_TEXT not in literal:
            assert connection.execute(f"RETURN {literal}").get_next() == [decoded(literal)]
