"""The graph says what the extraction says: every citation, effect, target and assignment once, under ids that stay."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.api import extract, read
from parcc_nlp.graph import Edge, LegalGraph, Node, graph_of
from parcc_nlp.graph.exchange import to_node_link
from parcc_nlp.graph.identifiers import akn_uri, document_id
from parcc_nlp.graph.places import issued_for
from parcc_nlp.model import Metadata
from parcc_nlp.registry import Registry

URIS = list(csv.DictReader(Path(__file__).with_name("akn_uris.csv").read_text(encoding="utf-8").splitlines()))
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA GIANG
Số: 24/KH-UBND
Hòa Giang, ngày 15 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;
Căn cứ Quyết định số 12/2019/QĐ-UBND ngày 09 tháng 6 năm 2019 của UBND tỉnh Hòa Giang;
I. MỤC TIÊU
- Năm 2026, tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn đạt 95% trở lên.
II. NHIỆM VỤ
1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ rà soát theo khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP trước ngày 30/6/2026.
III. HIỆU LỰC
Kế hoạch này thay thế Kế hoạch số 7/KH-UBND ngày 10 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh.
"""


@pytest.fixture(scope="module")
def extraction():
    return extract(PLAN)


@pytest.fixture(scope="module")
def graph(extraction):
    return graph_of([extraction])


def of(graph, kind):
    return list(graph.edges(kind))


def mentions(graph, own):
    """The edges that stand for a mention, those to its provisions left out."""
    edges = graph.out_of(own, "based_on", "implements", "cites")
    return [edge for edge in edges if graph.node(edge.target).kind == "instrument"]


def test_every_citation_is_an_edge_to_an_instrument_known_or_not(graph, extraction):
    own = document_id(extraction)
    cited = [one for one in extraction.citations if one.relation != "self"]
    assert sorted(edge.get("quote") for edge in mentions(graph, own)) == sorted(one.text for one in cited)
    assert {graph.node(edge.target).get("number") for edge in of(graph, "based_on")} == {
        "72/2025/QH15",
        "12/2019/QĐ-UBND",
    }


def test_a_cited_instrument_that_nobody_knows_is_a_node_like_any_other(graph):
    (local,) = [node for node in graph.nodes("instrument") if node.get("number") == "12/2019/QĐ-UBND"]
    assert local.known is False
    assert local.id == "vn/quyet-dinh/ubnd-tinh-hoa-giang/2019-06-09/12-2019-qd-ubnd"


def test_a_cited_provision_is_a_part_of_its_instrument(graph):
    (provision,) = [node for node in graph.nodes("provision") if node.label == "khoản 2 Điều 5"]
    (article,) = [edge.target for edge in graph.out_of(provision.id, "part_of")]
    (decree,) = [edge.target for edge in graph.out_of(article, "part_of")]
    assert graph.node(decree).get("number") == "63/2010/NĐ-CP"
    assert [edge.kind for edge in graph.into(provision.id)] == ["cites"]


def test_an_effect_is_an_edge_with_its_evidence(graph, extraction):
    (edge,) = of(graph, "replaces")
    assert edge.since == extraction.effects[0].effective
    assert edge.get("quote") == extraction.effects[0].text
    assert graph.node(edge.target).get("number") == "7/KH-UBND"


def test_every_assignment_is_an_edge_with_its_role(graph, extraction):
    assigned = sorted((edge.get("role"), edge.get("as_written")) for edge in of(graph, "assigns"))
    assert assigned == sorted((one.role, one.agency) for one in extraction.responsibilities)
    assert len(list(graph.nodes("task"))) == 1


def test_every_target_is_a_node_that_the_document_sets(graph, extraction):
    assert [node.get("value") for node in graph.nodes("target")] == [one.value for one in extraction.targets]
    assert len(of(graph, "sets_target")) == len(extraction.targets)


def test_the_same_documents_give_the_same_graph(extraction, graph):
    assert graph_of([extraction]) == graph
    assert graph_of([extraction, extraction]) == graph


MAKING = """
import sys
from parcc_nlp.api import extract
from parcc_nlp.graph import graph_of
from parcc_nlp.graph.exchange import to_node_link
text = sys.stdin.buffer.read().decode("utf-8")
sys.stdout.buffer.write(to_node_link(graph_of([extract(text)])))
"""


def test_another_process_gives_the_same_graph_and_ids(graph):
    surroundings = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MAKING], input=PLAN.encode(), capture_output=True, check=True, env=surroundings
    )
    assert done.stdout == to_node_link(graph)


@pytest.mark.parametrize(
    ("issuer", "place", "meant"),
    [
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", None, "Thừa Thiên Huế"),
        ("Ủy ban nhân dân tỉnh Đắk Lắk", "Buôn Ma Thuột", "Đắk Lắk"),
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Ủy ban nhân dân tỉnh Hòa Giang", "Hòa Giang", "Hòa Giang"),
        ("Ủy ban nhân dân thành phố Hà Nội", "Hà Nội", "Hà Nội"),
        ("Bộ Nội vụ", "Hà Nội", None),
        (None, None, None),
    ],
)
def test_a_document_is_for_the_province_of_its_issuer(issuer, place, meant):
    assert issued_for(Metadata(issuer=issuer, place=place)) == meant


def test_an_agency_is_called_by_its_own_name_and_not_by_its_heads():
    said = (
        PLAN.replace("HÒA GIANG", "LÂM ĐỒNG")
        .replace("Hòa Giang", "Lâm Đồng")
        .replace("1. Sở Tư pháp", "1. Giám đốc Sở Tư pháp")
        + "2. Sở Tư pháp chủ trì báo cáo trước ngày 30/7/2026.\n"
    )
    assert "Sở Tư pháp" in {node.label for node in graph_of([extract(said)]).nodes("agency")}
    assert "Giám đốc Sở Tư pháp" not in {node.label for node in graph_of([extract(said)]).nodes("agency")}


def test_a_unit_of_a_document_has_a_name_a_person_understands(graph):
    labels = [node.label for node in graph.nodes("section")]
    assert "I. MỤC TIÊU" in labels
    assert next(label for label in labels if label.startswith("- ")).startswith("- Năm 2026, tỷ lệ hồ sơ")


def test_another_word_gives_another_graph(extraction, graph):
    _, *rest = extraction.citations
    assert graph_of([replace(extraction, citations=tuple(rest))]) != graph


def test_the_registry_adds_what_was_done_to_what_is_cited(extraction):
    known = graph_of([extraction], registry=Registry.shipped())
    (law,) = [node for node in known.nodes("instrument") if node.get("number") == "72/2025/QH15"]
    replaced = {known.node(edge.target).get("number") for edge in known.out_of(law.id, "replaces")}
    assert "65/2025/QH15" in replaced
    assert all(edge.get("evidence") for edge in known.out_of(law.id, "replaces"))


def test_the_graph_as_of_a_day_has_neither_later_edges_nor_later_instruments():
    graph = LegalGraph()
    for number, issued in (("a", "2020-01-01"), ("b", "2024-01-01"), ("c", "2026-01-01")):
        graph.add_node(Node(number, "instrument", number, properties={"issued": issued}))
    graph.add_edge(Edge("b", "replaces", "a", since="2024-07-01"))
    graph.add_edge(Edge("c", "replaces", "b", since="2026-01-01"))
    then = graph.as_of("2024-03-01")
    assert [node.id for node in then.nodes()] == ["a", "b"]
    assert not list(then.edges())
    assert [edge.source for edge in graph.as_of("2024-07-01").edges()] == ["b"]


def test_what_is_known_goes_before_what_is_not():
    graph = LegalGraph()
    graph.add_node(Node("a", "instrument", "theo viện dẫn", known=False, properties={"title": "x"}))
    graph.add_node(Node("a", "instrument", "theo dữ liệu", properties={"number": "1"}))
    graph.add_node(Node("a", "instrument", "lại theo viện dẫn", known=False, properties={"number": "2", "issuer": "y"}))
    node = graph.node("a")
    assert (node.label, node.known, dict(node.properties)) == (
        "theo dữ liệu",
        True,
        {"title": "x", "number": "1", "issuer": "y"},
    )


def test_an_edge_to_nowhere_is_refused():
    graph = LegalGraph()
    graph.add_node(Node("a", "instrument", "a"))
    with pytest.raises(KeyError):
        graph.add_edge(Edge("a", "cites", "b"))


@pytest.mark.parametrize("row", URIS, ids=lambda row: row["why"])
def test_uris_follow_the_naming_convention(row):
    assert akn_uri(row["node"]) == row["uri"]


def test_every_node_of_a_graph_has_a_uri_of_its_own(graph):
    uris = [akn_uri(node.id) for node in graph.nodes()]
    assert len(set(uris)) == len(uris)
    assert not [uri for uri in uris if "@" in uri or not uri.startswith("/akn/")]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["cites", "replaces"]), st.sampled_from("abc"))))
def test_adding_an_edge_again_changes_nothing(triples):
    once, twice = LegalGraph(), LegalGraph()
    for graph, times in ((once, 1), (twice, 2)):
        for name in "abc":
            graph.add_node(Node(name, "instrument", name))
        for source, kind, target in triples * times:
            graph.add_edge(Edge(source, kind, target))
    assert once == twice


@pytest.mark.shared
def test_the_graph_of_the_model_document_counts_what_its_extraction_counts(shared_dir):
    registry = Registry.shipped()
    path = shared_dir / "eval" / "texts" / "qd-3044-qd-ubnd-tt-hue.txt"
    extraction = extract(read(path), registry=registry)
    graph = graph_of([extraction], registry=registry)
    own = document_id(extraction)
    cited = [one for one in extraction.citations if one.relation != "self"]
    assert len(mentions(graph, own)) == len(cited) == 52
    assert {edge.target for edge in mentions(graph, own)} >= {one.instrument for one in cited if one.instrument}
    assert len(list(graph.nodes("target"))) == len(extraction.targets) == 35
    assert len(of(graph, "assigns")) == len(extraction.responsibilities) == 75
    named = {edge.get("as_written") for edge in of(graph, "assigns")}
    assert named == {one.agency for one in extraction.responsibilities}
    assert len([node for node in graph.nodes("section") if node.id.startswith(f"{own}#")]) == len(extraction.structure)
    assert [node.label for node in graph.nodes("unit")] == ["Thừa Thiên Huế", "Huế"]
    assert not [node for node in graph.nodes("section") if len(node.label) <= len("- ")]
