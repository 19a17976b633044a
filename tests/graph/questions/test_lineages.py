"""The line of an instrument."""

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.graph.questions.lineages import Branch, lineage


def pairs(steps):
    return [(step.instrument.id, step.by.id, step.steps) for step in steps]


def test_the_line_is_followed_to_both_ends(draw):
    found = lineage(draw("b replaces a", "c replaces b", "d repeals c"), "b")
    assert pairs(found.successors) == [("b", "c", 1), ("c", "d", 2)]
    assert pairs(found.predecessors) == [("a", "b", 1)]


def test_the_line_of_a_day_ends_with_that_day(draw):
    graph = draw("b replaces a since=2020-01-01", "c replaces b since=2025-01-01")
    assert pairs(lineage(graph, "a", on="2024-12-31").successors) == [("a", "b", 1)]
    assert pairs(lineage(graph, "a", on="2025-01-01").successors) == [("a", "b", 1), ("b", "c", 2)]


def test_what_was_not_signed_yet_is_not_in_the_line_of_a_day(draw):
    assert lineage(draw("b replaces a", "b issued=2025-01-01"), "a", on="2024-12-31").successors == ()


def test_what_ended_a_part_is_told_and_not_followed(draw):
    found = lineage(draw("b partially_repeals a", "c replaces b", "d replaces a parts=Điều_5"), "a")
    assert [(step.by.id, step.extent) for step in found.successors] == [("b", "part"), ("d", "part")]


def test_what_keeps_something_back_ended_the_whole(draw):
    found = lineage(draw("b replaces a exception=Điều_142", "c replaces b"), "a")
    assert [(step.by.id, step.extent) for step in found.successors] == [("b", "whole"), ("c", "whole")]


def test_what_ended_a_provision_ended_a_part(draw):
    (step,) = lineage(draw("a#dieu_5 part_of a", "b repeals a#dieu_5"), "a").successors
    assert (step.by.id, step.extent, step.instrument.id) == ("b", "part", "a")


def test_what_several_sources_say_is_one_step_with_all_its_evidence(draw):
    graph = draw(
        "b replaces a since=2020-01-01 document=b clause=Điều_9", "b replaces a since=2020-02-01 evidence=Công_báo"
    )
    (step,) = lineage(graph, "a").successors
    assert step.since == "2020-01-01"
    assert [edge.get("clause") or edge.get("evidence") for edge in step.edges] == ["Công báo", "Điều 9"]


def test_amendments_are_told_apart_from_the_line(draw):
    found = lineage(
        draw("m amends a since=2020-01-01", "n corrects a since=2019-01-01", "a amends z", "m amends b"), "a"
    )
    assert [(step.by.id, step.kind) for step in found.changed_by] == [("n", "corrects"), ("m", "amends")]
    assert [(step.instrument.id, step.kind) for step in found.changes] == [("z", "amends")]
    assert found.successors == found.predecessors == ()


def test_branches_are_named(draw):
    found = lineage(draw("b replaces a", "c replaces a", "c replaces z"), "c")
    assert pairs(found.predecessors) == [("a", "c", 1), ("z", "c", 1)]
    assert found.branches == (Branch("c", "merged", ("a", "z")),)
    assert lineage(draw("b replaces a", "c replaces a"), "a").branches == (Branch("a", "split", ("b", "c")),)


def test_a_circle_is_told_and_walked_once(draw):
    found = lineage(draw("b replaces a", "a replaces b"), "a")
    assert found.circles == (("a", "b"),)
    assert pairs(found.successors) == [("a", "b", 1), ("b", "a", 2)]


def test_an_instrument_that_is_said_to_end_itself_has_no_line(draw):
    assert lineage(draw("a replaces a"), "a").successors == ()


@given(data=st.data())
def test_all_that_followed_is_in_the_line_whatever_the_order_of_the_edges(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("replaces"))
    found = lineage(draw("a", *lines), "a")
    whole = nx.DiGraph(line.split()[::2] for line in lines)
    whole.add_node("a")
    assert {step.by.id for step in found.successors} | {"a"} == nx.ancestors(whole, "a") | {"a"}
    assert {step.instrument.id for step in found.predecessors} | {"a"} == nx.descendants(whole, "a") | {"a"}
    assert lineage(draw("a", *data.draw(st.permutations(lines))), "a") == found


@settings(max_examples=40)
@given(data=st.data())
def test_the_answer_is_the_one_that_a_walk_over_every_edge_gives(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("replaces", "repeals", "amends", "cites", names=["a", "b", "c", "d", "a#dieu_1"]))
    remembering, walking = (draw("a", "a#dieu_1 part_of a", *lines) for _ in range(2))
    walking.networkx.__networkx_cache__ = None  # then nothing is remembered of a graph
    assert lineage(remembering, "a") == lineage(walking, "a")
