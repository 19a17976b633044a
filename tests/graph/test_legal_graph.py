"""The graph behind its class: what it remembers of itself is right however it was made and changed."""

import copy
import os
import pickle
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.indexes import COUNTLESS
from parcc_nlp.graph.questions import find_instruments
from parcc_nlp.graph.values import EDGE_KINDS

NAMES = "abcd"
ACTS = tuple(kind for kind in EDGE_KINDS if kind not in COUNTLESS)


def made(*edges):
    graph = LegalGraph()
    for name in NAMES:
        graph.add_node(Node(name, "instrument", name))
    for edge in edges:
        graph.add_edge(Edge(*edge.split()))
    return graph


def acting(graph, node, kinds=ACTS):
    """Who does something to a node, asked of the graph, and walked for edge by edge."""
    told = [
        source
        for source in graph.sources(node, kinds)
        if any(one["kind"] in kinds for one in graph.networkx[source][node].values())
    ]
    walked = {source for source, _, kind in graph.networkx.in_edges(node, data="kind") if kind in kinds}
    assert len(told) == len(set(told))
    assert set(told) == walked
    return told


def test_who_acts_on_an_instrument_is_told_without_those_who_cite_it():
    graph = made("a cites d", "b replaces d", "c based_on d", "c amends d")
    assert list(graph.sources("d", ("replaces", "amends"))) == ["b", "c"]
    assert set(graph.sources("d", ("cites", "amends"))) == {"a", "b", "c"}
    assert [edge.source for edge in graph.into("d", "amends")] == ["c"]
    assert len(list(graph.into("d"))) == 4


def test_a_citation_that_becomes_an_amendment_too_is_told():
    graph = made("a cites d")
    assert acting(graph, "d") == []
    graph.add_edge(Edge("a", "amends", "d"))
    graph.add_edge(Edge("a", "amends", "d"))
    graph.add_edge(Edge("a", "repeals", "d"))
    assert acting(graph, "d") == ["a"]


@pytest.mark.parametrize(
    "again",
    [
        copy.copy,
        copy.deepcopy,
        lambda graph: pickle.loads(pickle.dumps(graph)),  # noqa: S301 - our own graph
        lambda graph: LegalGraph(graph.networkx),
        lambda graph: LegalGraph(graph.networkx.copy()),
        lambda graph: graph.around(NAMES),
        lambda graph: graph.as_of("2026-11-23"),
    ],
    ids=["copy", "deepcopy", "pickle", "wrapped", "copied", "around", "as of a day"],
)
def test_a_copy_remembers_as_much_and_can_be_changed(again):
    graph = made("a cites d", "b replaces d")
    other = again(graph)
    assert other == graph
    assert acting(other, "d") == ["b"]
    other.add_edge(Edge("c", "repeals", "d"))
    assert acting(other, "d") == ["b", "c"]
    assert set(acting(graph, "d")) == ({"b", "c"} if other.networkx is graph.networkx else {"b"})


def test_what_another_graph_adds_is_remembered():
    graph = made("a replaces b")
    assert acting(graph, "d") == []
    graph.update(made("c amends d", "a cites d"))
    assert acting(graph, "d") == ["c"]


CHANGES = {
    "an edge": lambda whole: whole.add_edge("c", "d", kind="repeals"),
    "edges": lambda whole: whole.add_edges_from([("c", "d", {"kind": "repeals"})]),
    "without an edge": lambda whole: whole.remove_edge("b", "d"),
    "without a node": lambda whole: whole.remove_node("b"),
    "nothing": lambda whole: whole.clear_edges(),
    "updated": lambda whole: whole.update(made("a amends d").networkx),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_by_networkx_itself_is_seen(change):
    graph = made("a cites d", "b replaces d")
    other = LegalGraph(graph.networkx)
    assert acting(graph, "d") == acting(other, "d") == ["b"]
    change(graph.networkx)
    assert set(acting(graph, "d")) == set(acting(other, "d"))
    graph.add_edge(Edge("c", "amends", "d"))
    assert set(acting(graph, "d")) == set(acting(other, "d"))


def test_an_attribute_set_by_hand_is_seen_once_the_cache_of_networkx_is_cleared():
    graph = made("a cites d")
    assert acting(graph, "d") == []
    (attributes,) = graph.networkx["a"]["d"].values()
    attributes["kind"] = "replaces"
    graph.networkx.__networkx_cache__.clear()
    assert acting(graph, "d") == ["a"]


@pytest.mark.parametrize("change", [nx.subgraph_view, lambda whole: whole.subgraph(NAMES)])
def test_a_view_is_walked_because_nobody_tells_it_of_changes(change):
    graph = made("a cites d", "b replaces d")
    view = LegalGraph(change(graph.networkx))
    assert acting(view, "d") == ["b"]
    graph.networkx.add_edge("c", "d", kind="repeals")
    assert acting(view, "d") == ["b", "c"]


def test_without_a_cache_of_networkx_the_graph_is_walked():
    graph = made("a cites d", "b replaces d")
    graph.networkx.__networkx_cache__ = None
    assert acting(graph, "d") == ["b"]
    graph.networkx.add_edge("c", "d", kind="repeals")
    graph.add_edge(Edge("a", "repeals", "d"))
    graph.add_node(Node("a", "instrument", "a", properties={"number": "1/NQ-CP"}))
    assert acting(graph, "d") == ["a", "b", "c"]
    assert find_instruments(graph, "1/NQ-CP") == ("a",)


EDGES = st.tuples(st.sampled_from(NAMES), st.sampled_from(["cites", "replaces", "amends"]), st.sampled_from(NAMES))
STEPS = st.lists(st.tuples(st.sampled_from(["ours", "networkx", "removed", "asked"]), EDGES), max_size=12)


@settings(max_examples=60)
@given(steps=STEPS)
def test_whatever_happens_to_a_graph_who_acts_is_told_as_a_walk_tells_it(steps):
    graph = made()
    for how, (source, kind, target) in steps:
        if how == "ours":
            graph.add_edge(Edge(source, kind, target))
        elif how == "networkx":
            graph.networkx.add_edge(source, target, kind=kind)
        elif how == "removed" and graph.networkx.has_edge(source, target):
            graph.networkx.remove_edge(source, target)
        else:
            acting(graph, target, (kind,))
    for name in NAMES:
        acting(graph, name)


def test_a_number_that_becomes_known_later_is_found():
    graph = made()
    assert find_instruments(graph, "99/NQ-CP") == ()
    graph.add_node(Node("a", "instrument", "a", properties={"number": "99/NQ-CP"}))
    graph.add_node(Node("e", "instrument", "e", known=False))
    assert find_instruments(graph, "99/NQ-CP") == ("a",)
    graph.add_node(Node("e", "instrument", "e", properties={"number": "099/NQ-CP"}))
    assert find_instruments(graph, "99/NQ-CP") == ("a", "e")
    graph.networkx.add_node("f", kind="instrument", label="f", known=True, number="99/NQ-CP (2025)")
    assert find_instruments(graph, "99/NQ-CP") == ("a", "e", "f")
    graph.networkx.remove_node("a")
    assert find_instruments(graph, "99/NQ-CP") == ("e", "f")


def test_an_edge_is_given_by_its_ends_and_its_key():
    edge = Edge("a", "replaces", "b", "2025-01-01", "2026-01-01", "a", {"clause": "Điều 3"})
    graph = made()
    graph.add_edge(edge)
    assert graph.edge("a", "b", edge.key) == edge
    for ends_and_key in (("a", "c", edge.key), ("a", "b", "?"), ("?", "b", edge.key)):
        with pytest.raises(KeyError):
            graph.edge(*ends_and_key)


def test_the_key_of_an_edge_never_changes():
    assert Edge("a", "cites", "b").key == "cites:b181bc32c34c26cf"
    assert (
        Edge("x", "amends", "y", "2025-01-01", None, "x", {"start": 7, "clause": "Điều 3"}).key
        == "amends:7579f714b672bd69"
    )


@pytest.mark.parametrize(
    "add",
    [
        lambda graph: graph.add_node(Node("e", "instrument", "e", properties={"kind": "x"})),
        lambda graph: graph.add_edge(Edge("a", "cites", "b", properties={"document": "x"})),
    ],
)
def test_a_property_called_like_a_field_is_refused(add):
    graph = made()
    with pytest.raises(ValueError, match=r"kind|document"):
        add(graph)
    assert graph == made()


_BACKEND = '''
import networkx as nx

asked = []


class Interface:
    """A backend with a function of its own, on copies of the graphs it is given."""

    @staticmethod
    def convert_from_nx(graph, **options):
        other = Mirror()
        other.edges = [(source, target) for source, target in graph.edges()]
        return other

    @staticmethod
    def convert_to_nx(answer, **options):
        return answer

    @staticmethod
    def descendants(graph, source):
        asked.append("descendants")
        seen, waiting = set(), [source]
        while waiting:
            one = waiting.pop()
            for target in {end for start, end in graph.edges if start == one} - seen:
                seen.add(target)
                waiting.append(target)
        return seen - {source}


class Mirror:
    __networkx_backend__ = "mirror"

    def is_directed(self):
        return True

    def is_multigraph(self):
        return True
'''
_ASKING = """
import warnings
import networkx as nx
import mirror
from parcc_nlp.graph import Edge, LegalGraph, Node

warnings.simplefilter("ignore")
graph = LegalGraph()
for name in "abcd":
    graph.add_node(Node(name, "instrument", name))
for source, target in ("ab", "bc", "ca"):
    graph.add_edge(Edge(source, "replaces", target))
ask = lambda **options: nx.descendants(graph.networkx, "a", **options)
assert ask(backend="mirror") == ask(backend="networkx") == {"b", "c"}
assert list(graph.sources("b", ("replaces",))) == ["a"]
graph.add_edge(Edge("c", "replaces", "d"))
assert ask(backend="mirror") == ask(backend="networkx") == {"b", "c", "d"}
assert list(graph.sources("d", ("replaces",))) == ["c"]
print(mirror.asked)
"""


def test_a_backend_of_networkx_can_be_chosen_and_sees_every_change(tmp_path):
    (tmp_path / "mirror.py").write_text(_BACKEND, encoding="utf-8")
    about = tmp_path / "mirror-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: mirror\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[networkx.backends]\nmirror = mirror:Interface\n", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), *(path for path in sys.path if path)])
    run = subprocess.run(
        [sys.executable, "-c", _ASKING],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "['descendants', 'descendants']"
