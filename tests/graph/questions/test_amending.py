"""The order in which to amend documents."""

from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.graph.questions.amending import amending_order


def test_what_others_rest_on_comes_first(draw):
    assert amending_order(draw("a based_on b", "b guides c"), ["a", "b", "c"]) == (("c", "b", "a"), ())


def test_who_only_cites_another_waits_for_it_too(draw):
    assert amending_order(draw("a cites b"), ["a", "b"]) == (("b", "a"), ())


def test_citations_of_each_other_make_nothing_wait(draw):
    graph = draw("a cites b", "b cites a", "c based_on a", "a cites c")
    assert amending_order(graph, ["a", "b", "c"]) == (("a", "b", "c"), ())


def test_a_citation_does_not_go_before_a_basis(draw):
    assert amending_order(draw("b based_on a", "a cites b"), ["a", "b"]) == (("a", "b"), ())


def test_a_basis_that_is_a_provision_counts_for_its_instrument(draw):
    assert amending_order(draw("a based_on b#dieu_5"), ["a", "b"])[0] == ("b", "a")


def test_the_higher_in_force_comes_before_the_older_one(draw):
    plan, decree = "vn/ke-hoach/ubnd-tinh-a/2001-01-01/1", "vn/nghi-dinh/chinh-phu/2020-01-01/2"
    graph = draw(f"{plan} issued=2001-01-01", f"{decree} issued=2020-01-01")
    assert amending_order(graph, [plan, decree])[0] == (decree, plan)


def test_documents_in_a_circle_stand_together_and_are_told(draw):
    graph = draw("b based_on c", "c based_on b", "a based_on b")
    assert amending_order(graph, ["a", "b", "c"]) == (("b", "c", "a"), (("b", "c"),))


def test_nothing_is_in_order():
    from parcc_nlp.graph import LegalGraph

    assert amending_order(LegalGraph(), []) == ((), ())


@given(data=st.data())
def test_each_document_stands_once_and_behind_all_it_rests_on(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("based_on", "guides", "implements", acyclic=True))
    graph = draw(*lines)
    nodes = data.draw(st.permutations(sorted(graph.networkx)))
    order, circles = amending_order(graph, nodes)
    assert sorted(order) == sorted(nodes)
    assert circles == ()
    for line in lines:
        above, _, below = line.split()
        assert order.index(below) < order.index(above)


@given(data=st.data())
def test_the_order_does_not_depend_on_how_the_graph_was_put_together(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("based_on", "guides"))
    one, other = draw(*lines), draw(*data.draw(st.permutations(lines)))
    nodes = sorted(one.networkx)
    assert amending_order(one, nodes) == amending_order(other, data.draw(st.permutations(nodes)))
