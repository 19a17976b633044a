"""What has to be reviewed when an instrument ends."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.questions.impacts import impact
from parcc_nlp.graph.questions.wording import reason_in_words

TODAY = "2026-11-23"


def reached(graph, instrument="x", on=TODAY, **options):
    """Document, tie and number of steps of everything affected, in the order given."""
    found = impact(graph, instrument, on=on, **options)
    return [(one.document.id, one.way.tie, len(one.way.path)) for one in found.affected]


@pytest.mark.parametrize(
    ("kind", "tie"),
    [
        ("based_on", "rests_on"),
        ("implements", "rests_on"),
        ("cites", "mentions"),
        ("guides", "falls_with"),
        ("amends", "falls_with"),
        ("corrects", "falls_with"),
        ("consolidates", "mentions"),
    ],
)
def test_what_depends_on_the_instrument_itself_is_affected(draw, kind, tie):
    assert reached(draw(f"d {kind} x")) == [("d", tie, 1)]


@pytest.mark.parametrize("kind", ["replaces", "repeals", "partially_repeals"])
def test_what_ended_the_instrument_does_not_depend_on_it(draw, kind):
    assert reached(draw(f"d {kind} x")) == []


def test_what_the_instrument_itself_names_is_not_affected(draw):
    assert reached(draw("x based_on law", "x amends other")) == []


def test_a_change_goes_on_through_a_basis(draw):
    graph = draw("d based_on x", "e implements d", "f based_on e", "g guides f")
    assert reached(graph) == [("d", "rests_on", 1), ("e", "rests_on", 2), ("f", "rests_on", 3), ("g", "rests_on", 4)]


def test_a_change_does_not_go_on_through_a_mere_citation(draw):
    assert reached(draw("d cites x", "e based_on d", "f cites d")) == [("d", "mentions", 1)]


def test_who_only_mentions_a_document_under_review_is_not_affected(draw):
    assert reached(draw("d based_on x", "e cites d")) == [("d", "rests_on", 1)]


def test_who_mentions_a_guiding_document_that_falls_is_affected(draw):
    assert reached(draw("g guides x", "d cites g")) == [("g", "falls_with", 1), ("d", "mentions", 2)]


def test_a_document_that_guides_another_one_too_does_not_fall(draw):
    graph = draw("g guides x", "g guides y", "d cites g", "e based_on g")
    assert reached(graph) == [("g", "rests_on", 1), ("e", "rests_on", 2)]


def test_an_act_that_amends_others_too_does_not_fall(draw):
    assert reached(draw("m amends x", "m amends y", "d cites m")) == [("m", "mentions", 1)]


@pytest.mark.parametrize(("on", "tie"), [("2025-05-01", "rests_on"), ("2025-07-01", "falls_with")])
def test_whether_a_guiding_document_falls_is_told_by_the_law_of_the_day(draw, on, tie):
    assert reached(draw("g guides x"), on=on) == [("g", tie, 1)]


def test_a_document_that_names_a_provision_is_affected(draw):
    graph = draw("x#dieu_5 part_of x", "x#dieu_5__khoan_2 part_of x#dieu_5", "d based_on x#dieu_5__khoan_2")
    (one,) = impact(graph, "x", on=TODAY).affected
    assert one.direct
    assert [edge.target for edge in one.way.path] == ["x#dieu_5__khoan_2"]


def test_of_a_provision_only_those_are_asked_who_name_it_or_what_is_around_or_within_it(draw):
    graph = draw(
        "x#chuong_I part_of x",
        "x#dieu_5 part_of x#chuong_I",
        "x#dieu_5__khoan_2 part_of x#dieu_5",
        "x#dieu_6 part_of x",
        "whole cites x",
        "around cites x#chuong_I",
        "itself cites x#dieu_5",
        "within cites x#dieu_5__khoan_2",
        "beside cites x#dieu_6",
    )
    assert [one for one, *_ in reached(graph, "x#dieu_5")] == ["around", "itself", "within"]


def test_one_citation_of_a_provision_is_one_place(draw):
    graph = draw("x#dieu_5 part_of x", "d cites x start=7", "d cites x#dieu_5 start=7", "d cites x start=90")
    (one,) = impact(graph, "x", on=TODAY).affected
    assert [(edge.target, edge.get("start")) for edge in one.way.mentions] == [("x#dieu_5", 7), ("x", 90)]


def test_the_weightiest_reason_is_told(draw):
    (one,) = impact(draw("d cites x", "d implements x", "d based_on x"), "x", on=TODAY).affected
    assert one.way.reason == "based_on"
    assert len(one.way.mentions) == 3


def test_a_longer_way_is_told_where_it_weighs_more(draw):
    (_, one) = impact(draw("d cites x", "g guides x", "d based_on g"), "x", on=TODAY).affected
    assert [(way.tie, way.reason, way.through) for way in one.ways] == [
        ("mentions", "cites", "x"),
        ("rests_on", "based_on", "g"),
    ]


def test_a_longer_way_is_not_told_where_it_weighs_no_more(draw):
    found = impact(draw("d based_on x", "g guides x", "d based_on g"), "x", on=TODAY).affected
    assert [len(one.ways) for one in found] == [1, 1]


def test_the_path_leads_edge_by_edge_to_the_instrument(draw):
    found = impact(draw("d based_on x", "e implements d", "f based_on e"), "x", on=TODAY).affected
    assert [(edge.source, edge.target) for edge in found[-1].way.path] == [("f", "e"), ("e", "d"), ("d", "x")]


def test_what_was_signed_later_is_left_out(draw):
    assert reached(draw("d based_on x", "d issued=2025-01-02"), on="2025-01-01") == []


def test_an_edge_that_did_not_hold_yet_is_left_out(draw):
    graph = draw("g guides x since=2025-01-02")
    assert reached(graph, on="2025-01-01") == []
    assert len(reached(graph, on="2025-01-02")) == 1


@pytest.mark.parametrize("ending", ["new replaces d since=2026-01-01", "d expires=2026-01-01"])
def test_what_has_ended_is_marked_and_passes_nothing_on(draw, ending):
    graph = draw("d based_on x", "e based_on d", ending)
    (one,) = impact(graph, "x", on=TODAY).affected
    assert (one.document.id, one.ended) == ("d", True)
    assert [found.ended for found in impact(graph, "x", on="2025-12-31").affected] == [False, False]


@pytest.mark.parametrize("kept", ["parts=Điều_5", "exception=Điều_5"])
def test_what_has_ended_in_part_has_not_ended(draw, kept):
    found = impact(draw("d based_on x", f"new repeals d {kept}"), "x", on=TODAY).affected
    assert [one.ended for one in found] == [False]


def test_steps_may_be_limited(draw):
    assert reached(draw("d based_on x", "e based_on d"), steps=1) == [("d", "rests_on", 1)]


def test_a_number_borne_by_several_asks_about_all_of_them(draw):
    graph = draw("d cites x-99-nq-cp", "a based_on y-99-nq-cp", "a cites x-99-nq-cp")
    for one in ("x", "y"):
        graph.networkx.nodes[f"{one}-99-nq-cp"]["number"] = "99/NQ-CP"
    found = impact(graph, "99/NQ-CP", on=TODAY)
    assert [node.id for node in found.instruments] == ["x-99-nq-cp", "y-99-nq-cp"]
    assert [(one.document.id, [way.through for way in one.ways]) for one in found.affected] == [
        ("a", ["y-99-nq-cp", "x-99-nq-cp"]),
        ("d", ["x-99-nq-cp"]),
    ]


def test_those_whose_own_text_was_read_are_told_from_those_a_registry_names(draw):
    found = impact(draw("d based_on x document=d", "g guides x"), "x", on=TODAY).affected
    assert {one.document.id: one.read for one in found} == {"d": True, "g": False}


def test_citing_are_those_that_name_the_instrument_itself(draw):
    found = impact(draw("d cites x", "g guides x", "e based_on d", "f cites g"), "x", on=TODAY)
    assert [one.document.id for one in found.citing] == ["d"]
    assert [one.document.id for one in found.direct] == ["d", "g"]


def test_a_normative_document_is_reviewed_by_a_clause_and_a_plan_by_none(draw):
    graph = draw("d based_on x", "d number=12/2025/QĐ-UBND", "e based_on x", "e number=12/KH-UBND")
    clauses = {one.document.id: one.way.clause for one in impact(graph, "x", on=TODAY).affected}
    assert clauses == {"d": "Điều 39 Nghị định số 79/2025/NĐ-CP", "e": None}


def test_no_clause_is_named_before_it_was_in_force(draw):
    graph = draw("d based_on x", "d number=12/2024/QĐ-UBND")
    assert [one.way.clause for one in impact(graph, "x", on="2025-03-31").affected] == [None]


def test_the_order_is_by_dependence_then_by_force_then_by_date(draw):
    province, decree, law = (
        "vn/quyet-dinh/ubnd-tinh-a/2020-01-01/1",
        "vn/nghi-dinh/chinh-phu/2020-01-01/2",
        "vn/luat/quoc-hoi/2020-01-01/3",
    )
    graph = draw(
        f"{province} based_on x",
        f"{decree} based_on x",
        f"{law} based_on x",
        f"{law} implements {province}",
        "vn/quyet-dinh/ubnd-tinh-a/2019-01-01/4 based_on x",
        "vn/quyet-dinh/ubnd-tinh-a/2019-01-01/4 issued=2019-01-01",
        f"{province} issued=2020-01-01",
    )
    assert [one for one, *_ in reached(graph)] == [decree, "vn/quyet-dinh/ubnd-tinh-a/2019-01-01/4", province, law]


def test_circles_are_cut_and_told(draw):
    graph = draw("d based_on x", "e based_on d", "d implements e", "x based_on e")
    found = impact(graph, "x", on=TODAY)
    assert [one.document.id for one in found.affected] == ["d", "e"]
    assert found.circles == (("d", "e"),)


def test_a_document_that_names_itself_is_no_circle(draw):
    found = impact(draw("d based_on x", "d based_on d", "x cites x"), "x", on=TODAY)
    assert [one.document.id for one in found.affected] == ["d"]
    assert found.circles == ()


def test_the_reason_says_review_and_never_that_it_has_ended(draw):
    graph = draw(
        "d based_on x",
        "d number=12/2025/QĐ-UBND",
        "e implements d",
        "g guides x",
        "c cites x#dieu_5",
        "x#dieu_5 part_of x",
    )
    said = {one.document.id: reason_in_words(graph, one.way) for one in impact(graph, "x", on=TODAY).affected}
    assert said["d"] == "Căn cứ ban hành là x: cần rà soát (Điều 39 Nghị định số 79/2025/NĐ-CP)"
    assert said["e"] == "Được ban hành để thực hiện d: cần rà soát; văn bản này cũng thuộc diện cần rà soát"
    assert said["g"] == "Quy định chi tiết, hướng dẫn x: cần rà soát"
    assert said["c"] == "Có viện dẫn x#dieu_5 của x: cần rà soát nội dung viện dẫn"
    assert not [one for one in said.values() if "hết hiệu lực" in one]
    (plan,) = [one for one in impact(graph, "x", on=TODAY).affected if one.document.id == "c"]
    assert reason_in_words(graph, plan.way, lang="en") == "It cites x#dieu_5, x: what it cites is to be reviewed"


def test_what_the_graph_does_not_have_is_a_coded_error(draw):
    with pytest.raises(UsageError) as error:
        impact(draw("d based_on x"), "y", on=TODAY)
    assert error.value.code == "E370"


@given(data=st.data())
def test_over_bases_alone_exactly_the_ancestors_are_affected(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("based_on"))
    graph = draw("a", *lines)
    whole = nx.DiGraph(line.split()[::2] for line in lines)
    whole.add_node("a")
    assert {one for one, *_ in reached(graph, "a")} == nx.ancestors(whole, "a")


@given(data=st.data())
def test_the_answer_does_not_depend_on_how_the_graph_was_put_together(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("based_on", "guides", "amends", "cites", "replaces"))
    other = data.draw(st.permutations(lines))
    assert impact(draw("a", *lines), "a", on=TODAY) == impact(draw("a", *other), "a", on=TODAY)


@given(data=st.data())
def test_every_way_is_made_of_edges_of_the_graph_and_leads_to_the_instrument(data, draw, lines_of_edges):
    graph = draw("a", *data.draw(lines_of_edges("based_on", "guides", "amends", "cites", "implements")))
    edges = set(graph.edges())
    for one in impact(graph, "a", on=TODAY).affected:
        for way in one.ways:
            assert set(way.path) | set(way.mentions) <= edges
            assert [edge.source for edge in way.path] == [one.document.id, *(edge.target for edge in way.path[:-1])]
            assert way.path[-1].target == "a"
            assert way.through == way.path[0].target


@settings(max_examples=40)
@given(data=st.data())
def test_the_answer_is_the_one_that_a_walk_over_every_edge_gives(data, draw, lines_of_edges):
    lines = data.draw(
        lines_of_edges("replaces", "guides", "amends", "cites", "based_on", names=["a", "b", "c", "d", "a#dieu_1"])
    )
    remembering, walking = (draw("a", "a#dieu_1 part_of a", *lines) for _ in range(2))
    walking.networkx.__networkx_cache__ = None  # then nothing is remembered of a graph
    assert impact(remembering, "a", on=TODAY) == impact(walking, "a", on=TODAY)
