"""Where a graph contradicts itself."""

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.graph.questions.circles import circles_of
from parcc_nlp.graph.questions.contradictions import conflicts
from parcc_nlp.graph.questions.walking import CITING, incoming_within


def told(graph, **options):
    return [(one.kind, one.instruments) for one in conflicts(graph, **options).contradictions]


def test_a_graph_without_contradictions_has_none(draw):
    found = conflicts(draw("b replaces a since=2020-01-01", "d cites b", "d based_on law"))
    assert found.contradictions == ()
    assert found.circles == {}


def test_two_that_end_each_other(draw):
    found = conflicts(draw("b replaces a", "a repeals b"))
    assert [(one.kind, one.instruments, len(one.edges)) for one in found.contradictions] == [
        ("end_each_other", ("a", "b"), 2)
    ]


def test_one_that_ends_itself(draw):
    found = conflicts(draw("a replaces a"))
    assert [(one.kind, one.instruments) for one in found.contradictions] == [("ends_itself", ("a",))]
    assert found.circles["replaces"].circles == (("a",),)


def test_one_that_was_ended_twice_on_different_days(draw):
    graph = draw("b replaces a since=2020-01-01", "c repeals a since=2021-01-01")
    assert told(graph) == [("ended_twice", ("a", "b", "c"))]
    assert told(graph, on="2020-06-01") == []


@pytest.mark.parametrize(
    "second",
    [
        "c replaces a since=2020-01-01",
        "c replaces a",
        "c replaces a since=2021-01-01 parts=Điều_5",
        "c replaces a since=2021-01-01 exception=Điều_5",
        "c partially_repeals a since=2021-01-01",
        "c amends a since=2021-01-01",
    ],
)
def test_one_that_was_split_or_ended_in_part_was_not_ended_twice(draw, second):
    assert told(draw("b replaces a since=2020-01-01", second)) == []


def test_sources_that_differ_in_the_day(draw):
    graph = draw("b replaces a since=2020-01-01 document=b", "b replaces a since=2020-02-01 evidence=Công_báo")
    assert told(graph) == [("days_differ", ("b", "a"))]


def test_a_document_that_names_both_an_instrument_and_what_replaced_it(draw):
    graph = draw(
        "b replaces a since=2020-01-01", "d cites a#dieu_1", "a#dieu_1 part_of a", "d based_on b", "d issued=2021-01-01"
    )
    (one,) = conflicts(graph).contradictions
    assert (one.kind, one.instruments) == ("cites_both", ("b", "a", "d"))
    assert {edge.target for edge in one.edges} == {"a", "a#dieu_1", "b"}


@pytest.mark.parametrize(
    ("issued", "count"), [("d issued=2019-12-31", 0), ("d issued=2020-01-01", 1), ("d", 1)], ids=str
)
def test_before_the_replacement_took_effect_both_may_be_named(draw, issued, count):
    graph = draw("b replaces a since=2020-01-01", "d cites a", "d cites b", issued)
    assert len(conflicts(graph).contradictions) == count


def test_what_replaced_an_instrument_may_name_it(draw):
    assert told(draw("b replaces a", "b cites a")) == []


@pytest.mark.parametrize("kind", ["replaces", "based_on", "guides"])
def test_circles_of_a_relation(draw, kind):
    found = conflicts(draw(f"a {kind} b", f"b {kind} c", f"c {kind} a", f"c {kind} d"))
    assert found.circles[kind].circles == (("a", "b", "c"),)
    assert list(found.circles) == [kind]


def test_a_circle_that_did_not_hold_on_the_day_is_none(draw):
    graph = draw("a guides b since=2020-01-01", "b guides a since=2021-01-01")
    assert conflicts(graph, on="2020-06-01").circles == {}


def test_a_knot_with_more_circles_than_anybody_reads_is_told_as_such():
    names = [f"n{index:02}" for index in range(9)]
    found = circles_of([(one, other) for one in names for other in names if one != other], most=10)
    assert len(found.circles) == 10
    assert found.knots == (tuple(names),)
    assert not found.complete


def test_a_circle_that_is_too_long_is_told_as_a_knot():
    names = [f"n{index:02}" for index in range(20)]
    found = circles_of(zip(names, names[1:] + names[:1], strict=True), longest=12)
    assert (found.circles, found.knots, found.complete) == ((), (tuple(names),), False)


@given(data=st.data())
def test_the_answer_does_not_depend_on_how_the_graph_was_put_together(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("replaces", "based_on", "guides", "cites", names="abcd"))
    assert conflicts(draw(*lines)) == conflicts(draw(*data.draw(st.permutations(lines))))


@settings(max_examples=40)
@given(data=st.data())
def test_citing_both_is_found_as_by_looking_at_every_replacement(data, draw, lines_of_edges):
    lines = data.draw(
        lines_of_edges("replaces", "repeals", "cites", "based_on", names=["a", "b", "c", "d", "a#dieu_1"])
    )
    graph = draw("a#dieu_1 part_of a", *lines)
    found = {one.instruments for one in conflicts(graph).contradictions if one.kind == "cites_both"}
    assert found == {
        (edge.source, edge.target, document)
        for edge in graph.edges("replaces", "repeals")
        if edge.source != edge.target and "#" not in edge.target
        for document in naming(graph, edge.source) & naming(graph, edge.target) - {edge.source, edge.target}
    }


def naming(graph, instrument):
    return {source for source, _, _ in incoming_within(graph, instrument, CITING)} - {instrument}


@settings(max_examples=40)
@given(data=st.data())
def test_exactly_what_reaches_itself_lies_in_a_knot(data):
    pairs = data.draw(st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14))
    whole = nx.DiGraph(sorted(pairs))
    reaching = {one for one in whole if any(one in nx.descendants(whole, other) | {other} for other in whole[one])}
    assert {one for knot in circles_of(pairs).knots for one in knot} == reaching


def test_a_long_chain_makes_no_circle_and_its_tail_hides_none():
    names = [f"n{index:03}" for index in range(300)]
    chain = list(itertools.pairwise(names))
    assert circles_of(chain).knots == ()
    assert circles_of([*chain, (names[150], names[148])]).circles == (tuple(names[148:151]),)
