"""How two instruments hang together."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.graph.questions.paths import explain_path


def words(found):
    return [step.words for step in found.steps]


def test_a_way_is_told_step_by_step_along_edges_and_against_them(draw):
    graph = draw("plan based_on old", "new replaces old since=2025-06-16", "report cites new")
    assert words(explain_path(graph, "plan", "report")) == [
        "plan căn cứ vào old",
        "old được thay thế bởi new (từ 16/6/2025)",
        "new được viện dẫn tại report",
    ]


def test_a_way_in_english(draw):
    found = explain_path(draw("m amends law"), "law", "m", lang="en")
    assert words(found) == ["law is amended by m"]
    assert [(step.forward, step.edge.kind) for step in found.steps] == [(False, "amends")]


def test_an_instrument_hangs_together_with_itself_without_a_step(draw):
    assert explain_path(draw("law"), "law", "law").steps == ()


def test_without_a_way_there_is_none(draw):
    assert explain_path(draw("a cites b", "c cites d"), "a", "d") is None


def test_ways_lead_over_instruments_and_provisions_only(draw):
    graph = draw("a#task_1 part_of a", "b#task_1 part_of b", "a#task_1 assigns agency/x", "b#task_1 assigns agency/x")
    assert explain_path(graph, "a", "b") is None


def test_a_way_over_a_provision_names_it_with_its_instrument(draw):
    graph = draw("a amends law#dieu_5", "law#dieu_5 label=Điều_5", "law#dieu_5 part_of law")
    assert words(explain_path(graph, "a", "law")) == [
        "a sửa đổi, bổ sung Điều 5 của law",
        "Điều 5 của law là một phần của law",
    ]


def test_what_did_not_hold_on_the_day_leads_nowhere(draw):
    graph = draw("a replaces b since=2025-01-01")
    assert explain_path(graph, "a", "b", on="2024-12-31") is None
    assert len(explain_path(graph, "a", "b", on="2025-01-01").steps) == 1


def test_of_several_edges_the_most_telling_is_named(draw):
    found = explain_path(draw("a cites b", "a based_on b", "a replaces b"), "a", "b")
    assert found.steps[0].edge.kind == "replaces"


def test_of_equally_short_ways_the_first_by_name_is_taken(draw):
    graph = draw("a cites z", "b cites z", "a cites y", "b cites y")
    assert explain_path(graph, "a", "b").steps[0].end.id == "y"


@pytest.mark.parametrize("on", [None, "2026-11-23"])
@given(data=st.data())
def test_no_way_is_shorter_and_the_order_of_the_edges_does_not_matter(data, draw, lines_of_edges, on):
    lines = data.draw(lines_of_edges("cites", "based_on", "replaces", names="abcdefghij"))
    found = explain_path(draw("a", "b", *lines), "a", "b", on=on)
    whole = nx.Graph(line.split()[::2] for line in lines)
    whole.add_nodes_from("ab")
    if not nx.has_path(whole, "a", "b"):
        assert found is None
        return
    assert len(found.steps) == nx.shortest_path_length(whole, "a", "b")
    assert [step.start.id for step in found.steps] == ["a", *(step.end.id for step in found.steps[:-1])]
    assert found.steps[-1].end.id == "b"
    assert explain_path(draw("b", "a", *data.draw(st.permutations(lines))), "a", "b", on=on) == found


@settings(max_examples=40)
@given(data=st.data())
def test_of_all_shortest_ways_the_first_by_id_is_taken(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("cites", "based_on", names="abcdefgh"))
    whole = nx.Graph(line.split()[::2] for line in lines)
    whole.add_nodes_from("ab")
    if nx.has_path(whole, "a", "b"):
        found = explain_path(draw("a", "b", *lines), "a", "b")
        assert ["a", *(step.end.id for step in found.steps)] == min(nx.all_shortest_paths(whole, "a", "b"))


@pytest.mark.parametrize("late", ["a", "b", "law"])
def test_what_was_not_signed_yet_is_on_no_way(draw, late):
    graph = draw("a cites law", "b cites law", f"{late} issued=2025-01-01")
    assert explain_path(graph, "a", "b", on="2024-12-31") is None
    assert explain_path(graph, "b", "a", on="2024-12-31") is None
    assert len(explain_path(graph, "a", "b", on="2025-01-01").steps) == 2
