"""Who came after an agency or a province, where a source says so and names one."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from parcc_nlp.api import extract
from parcc_nlp.errors import UsageError
from parcc_nlp.graph import Edge, LegalGraph, Node, graph_of
from parcc_nlp.graph.questions.duties import agency_loads
from parcc_nlp.graph.questions.successors import successor
from parcc_nlp.graph.succession import add_successions, sole_successor
from parcc_nlp.registry import Registry
from parcc_nlp.registry.reorganisation import FormerName, former_names

HERE = Path(__file__).parent
PLAN = """ỦY BAN NHÂN DÂN
TỈNH THỪA THIÊN HUẾ
Số: 24/KH-UBND
Thừa Thiên Huế, ngày 15 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024
II. NHIỆM VỤ
1. Giám đốc Sở Kế hoạch và Đầu tư chủ trì rà soát văn bản trước ngày 30/6/2024.
2. Sở Kế hoạch và Đầu tư chủ trì báo cáo trước ngày 30/7/2024.
"""


def table(name):
    return list(csv.DictReader((HERE / name).read_text(encoding="utf-8").splitlines()))


def ended(name, after, **other):
    one = FormerName(
        name, "department", name, "merged_into", after, "2025-03-01", "Nghị quyết 1", "tệp 1", None, "verified"
    )
    return replace(one, **other)


@pytest.fixture(scope="module")
def former():
    return former_names(Registry.shipped().reorganisations())


def steps(graph):
    return [(edge.since, edge.target) for edge in graph.edges("succeeded_by")]


def grown(node, former, *, known=True):
    kind = "unit" if node.startswith("unit/") else "agency"
    graph = LegalGraph()
    graph.add_node(Node(node, kind, "Sở Tư pháp" if kind == "agency" else "Thừa Thiên Huế", known))
    add_successions(graph, former)
    return graph


@pytest.mark.parametrize("row", table("sole_successors.csv"), ids=lambda row: row["why"])
def test_one_successor_or_none(row):
    one = ended(
        row["name"], row["successor"] or None, level=row["level"], change=row["change"], confidence=row["confidence"]
    )
    assert sole_successor(one) == (row["sole"] or None)


@pytest.mark.parametrize("row", table("successions.csv"), ids=lambda row: row["why"])
def test_who_came_after(row, former):
    graph = grown(row["node"], former, known=row["known"] == "yes")
    assert steps(graph) == list(zip(row["since"].split(), row["after"].split(), strict=True))


def test_an_edge_carries_what_its_row_says(former):
    (edge,) = grown("agency/vn/bo-giao-thong-van-tai", former).edges("succeeded_by")
    assert edge.get("clause") == "Nghị quyết 176/2025/QH15 ngày 18/02/2025; Nghị định 33/2025/NĐ-CP"
    assert edge.get("evidence")
    assert (edge.get("confidence"), edge.get("change"), edge.get("fact")) == (
        "verified", "merged_into", "Bộ Giao thông vận tải",
    )  # fmt: skip


def test_every_successor_that_the_registry_knows_is_a_body_or_a_place(former):
    found = {sole_successor(one) for one in former} - {None}
    assert found
    assert not [name for name in found if not name.startswith(("Bộ ", "Sở ", "tỉnh ", "thành phố ", "Thành phố "))]


def test_rows_that_tell_different_things_of_a_name_give_no_edge():
    assert steps(grown("agency/-/so-x", [ended("Sở X", "Sở Y"), ended("Sở X", "Sở Z")])) == []
    assert steps(grown("agency/-/so-x", [ended("Sở X", "Sở Y"), ended("Sở X", "Sở Y", ended="2026-01-01")])) == []
    assert steps(grown("agency/-/so-x", [ended("Sở X", "Sở Y"), ended("Sở X", "Sở Y")])) == [
        ("2025-03-01", "agency/-/so-y")
    ]


def test_names_that_follow_each_other_in_a_circle_come_to_an_end():
    graph = grown("agency/-/so-x", [ended("Sở X", "Sở Y"), ended("Sở Y", "Sở X")])
    assert [target for _, target in steps(graph)] == ["agency/-/so-y", "agency/-/so-x"]
    assert successor(graph, "agency/-/so-x") is None


def test_an_agency_that_goes_on_under_another_name_of_its_province_is_called_by_it(former):
    graph = grown("agency/vn/thua-thien-hue/so-tu-phap", former)
    assert graph.node("agency/vn/hue/so-tu-phap").label == "Sở Tư pháp thành phố Huế"


def test_a_document_shows_who_its_agencies_are_now():
    graph = graph_of([extract(PLAN)], registry=Registry.shipped())
    (load,) = agency_loads(graph)
    assert (load.agency.label, load.lead) == ("Sở Kế hoạch và Đầu tư", 2)
    assert load.now is not None
    assert load.now.id == "agency/vn/hue/so-tai-chinh"
    (then,) = agency_loads(graph, on="2025-02-01")
    assert then.now is not None
    assert then.now.id == "agency/vn/hue/so-ke-hoach-va-dau-tu"
    (before,) = agency_loads(graph, on="2024-06-01")
    assert before.now is None


def test_without_a_registry_nobody_came_after_anybody():
    assert list(graph_of([extract(PLAN)]).edges("succeeded_by")) == []


def test_several_that_came_after_are_no_answer():
    graph = LegalGraph()
    for name in "abc":
        graph.add_node(Node(name, "agency", name))
    graph.add_edge(Edge("a", "succeeded_by", "b"))
    graph.add_edge(Edge("a", "succeeded_by", "c"))
    assert successor(graph, "a") is None
    with pytest.raises(UsageError):
        successor(graph, "d")
