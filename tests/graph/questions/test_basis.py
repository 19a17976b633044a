"""Trees of legal bases, and two documents side by side."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.questions.basis import basis_tree, common_bases
from parcc_nlp.model import Pinpoint, ProvisionStatus, Status
from parcc_nlp.registry import Registry

TODAY = "2026-11-23"


class Knows:
    """A registry that knows what it is told."""

    def __init__(self, **statuses):
        self.statuses = statuses
        self.asked = []

    def status(self, instrument, /, *, on):
        self.asked.append(instrument.id)
        told = self.statuses.get(instrument.id, "not_known")
        return Status(instrument.number, None, None, None, None, on, told, "stated" if told != "not_known" else "none")

    def provision_status(self, instrument, provision, *, on):
        return ProvisionStatus(instrument, provision, on, "expired", "stated")


def tree(graph, registry=None, document="plan", **options):
    return basis_tree(graph, document, registry=registry or Knows(), on=TODAY, **options)


def outline(found):
    return [(depth, basis.instrument.id, basis.cut) for depth, basis in found.walk()]


def test_bases_stand_in_the_order_of_the_text_each_with_its_own(draw):
    graph = draw("plan based_on decree start=90", "plan based_on law start=10", "decree based_on law")
    assert outline(tree(graph)) == [(1, "law", None), (1, "decree", None), (2, "law", None)]


def test_every_link_has_its_status_on_the_day(draw):
    found = tree(draw("plan based_on law", "law based_on constitution"), Knows(law="expired"))
    assert [(basis.instrument.id, basis.status.status, basis.status.as_of) for _, basis in found.walk()] == [
        ("law", "expired", TODAY),
        ("constitution", "not_known", TODAY),
    ]


def test_an_instrument_is_asked_for_once(draw):
    registry = Knows()
    tree(draw("plan based_on law", "plan based_on decree", "decree based_on law"), registry)
    assert sorted(registry.asked) == ["decree", "law"]


def test_citations_are_no_bases(draw):
    assert outline(tree(draw("plan cites law", "plan implements decree"))) == []


def test_a_document_without_bases_has_an_empty_tree(draw):
    assert tree(draw("plan")).bases == ()


def test_several_places_are_one_basis_with_its_provisions(draw):
    graph = draw(
        "plan based_on law start=5", "plan based_on law#dieu_5__khoan_2 start=5", "law#dieu_5__khoan_2 part_of law"
    )
    (basis,) = tree(graph).bases
    assert len(basis.edges) == 2
    assert [(one.provision, one.status) for one in basis.provisions] == [(Pinpoint(dieu="5", khoan="2"), "expired")]


def test_a_circle_is_cut_and_marked(draw):
    graph = draw("plan based_on a", "a based_on b", "b based_on a")
    assert outline(tree(graph)) == [(1, "a", None), (2, "b", None), (3, "a", "circle")]


def test_a_document_that_rests_on_itself_is_not_its_own_basis(draw):
    assert outline(tree(draw("plan based_on plan"))) == []


def test_what_is_listed_above_is_not_listed_again(draw):
    graph = draw("plan based_on a start=1", "plan based_on b start=2", "a based_on b", "b based_on c")
    assert outline(tree(graph)) == [(1, "a", None), (2, "b", "above"), (1, "b", None), (2, "c", None)]


def test_the_tree_grows_no_deeper_than_wanted(draw):
    graph = draw("plan based_on a", "a based_on b", "b based_on c", "c based_on d")
    assert outline(tree(graph, deepest=2)) == [(1, "a", None), (2, "b", "depth")]


def test_what_the_graph_says_ended_a_basis_is_a_lead(draw):
    graph = draw("plan based_on law", "new replaces law since=2026-01-01", "newer replaces law since=2027-01-01")
    (basis,) = tree(graph).bases
    assert [edge.source for edge in basis.ended_by] == ["new"]


def test_the_shipped_registry_answers_for_the_bases_of_a_document():
    law = "vn/luat/quoc-hoi/2015-06-19/77-2015-qh13"
    graph = LegalGraph()
    for one, number in (
        ("plan", "12/KH-UBND"),
        (law, "77/2015/QH13"),
        ("vn/nghi-dinh/-/-/1-9999-nd-cp@plan", "1/9999/NĐ-CP"),
    ):
        graph.add_node(Node(one, "instrument", number, known="@" not in one, properties={"number": number}))
        if one != "plan":
            graph.add_edge(Edge("plan", "based_on", one))
    then = basis_tree(graph, "plan", registry=Registry.shipped(), on="2023-12-22")
    now = basis_tree(graph, "plan", registry=Registry.shipped(), on=TODAY)
    statuses = {basis.instrument.id: basis.status for basis in now.bases}
    assert statuses[law].status == "expired"
    assert statuses[law].successor == "72/2025/QH15"
    assert statuses["vn/nghi-dinh/-/-/1-9999-nd-cp@plan"].status == "not_known"
    assert {basis.instrument.id: basis.status.status for basis in then.bases}[law] in {"in_force", "partly_expired"}


@given(data=st.data())
def test_every_basis_is_in_the_tree_and_opened_once(data, draw, lines_of_edges):
    lines = data.draw(lines_of_edges("based_on"))
    graph = draw("a", *lines)
    found = tree(graph, document="a")
    whole = nx.DiGraph(line.split()[::2] for line in lines)
    whole.add_node("a")
    listed = [basis for _, basis in found.walk()]
    assert {basis.instrument.id for basis in listed} - {"a"} == nx.descendants(whole, "a")
    opened = [basis.instrument.id for basis in listed if basis.bases]
    assert len(opened) == len(set(opened))
    for basis in listed:
        has_some = whole.out_degree(basis.instrument.id) > 0
        assert bool(basis.bases) != (basis.cut is not None) if has_some else basis.cut is None


@pytest.mark.parametrize(("first", "second"), [("plan", "report"), ("report", "plan")])
def test_two_documents_side_by_side(draw, first, second):
    graph = draw(
        "plan based_on law", "plan cites a", "report based_on law", "report based_on decree", "report cites plan"
    )
    found = common_bases(graph, first, second)
    alone = {"plan": ["a"], "report": ["decree", "plan"]}
    assert [node.id for node in found.bases.common] == ["law"]
    assert [node.id for node in found.citations.common] == ["law"]
    assert [node.id for node in found.citations.only_first] == alone[first]
    assert [node.id for node in found.citations.only_second] == alone[second]


def test_a_basis_of_one_that_the_other_only_cites_is_common_to_the_citations(draw):
    found = common_bases(draw("plan based_on law", "report cites law"), "plan", "report")
    assert found.bases.common == ()
    assert [node.id for node in found.citations.common] == ["law"]


def test_what_is_named_alike_but_not_identified_is_perhaps_the_same(draw):
    graph = draw("plan cites vn/kl/1@plan", "report cites vn/kl/1@report", "report cites vn/kl/2")
    found = common_bases(graph, "plan", "report")
    assert found.citations.common == ()
    assert found.perhaps == (("vn/kl/1@plan", "vn/kl/1@report"),)
