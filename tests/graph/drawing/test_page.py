"""The page of a graph as a text: self-contained, inert, complete, the same every time."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parcc_nlp.graph.drawing.page as page_module
from parcc_nlp.errors import UsageError
from parcc_nlp.graph import LegalGraph, Node
from parcc_nlp.graph.drawing import graph_page
from parcc_nlp.graph.drawing.page_data import inert_json

from .plans import AGENCY, DECREE, HOSTILE, LATER, LAW, NEW_LAW, PLAN, SIGNING, plan, star, told

VENDORED = files("parcc_nlp.graph.drawing") / "vendor" / "cytoscape"


class Elements(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.shown = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        last = self.tags[-1][0] if self.tags else ""
        (self.texts if last in {"script", "style"} else self.shown).append((last, data))


def data_of(page):
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found.group(1))


@pytest.fixture
def page(graph, statuses):
    return graph_page(graph, statuses=statuses, on=LATER)


def test_the_page_names_nothing_outside_itself(page):
    addresses = [
        value for _, given in Elements(page).tags for name, value in given.items() if name in {"src", "href", "action"}
    ]
    assert [one for one in addresses if one and not one.startswith("#")] == []


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(page):
    elements = Elements(page)
    policy = next(given["content"] for _, given in elements.tags if "http-equiv" in given)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    run = [text for tag, text in re.findall(r"<(script|style)(?: id=\"_[^>]*)?>(.*?)</\1>", page, re.DOTALL)]
    hashes = {f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" for text in run}
    assert len(run) == 5
    assert hashes == set(re.findall(r"sha256-[\w+/=]+", policy))


def test_no_element_carries_a_style_or_a_script_of_its_own(page):
    assert [
        given for _, given in Elements(page).tags if "style" in given or any(name[:2] == "on" for name in given)
    ] == []


def test_a_hostile_label_is_text_and_nothing_else(page):
    elements = Elements(page)
    assert [tag for tag, _ in elements.tags].count("script") == 5
    assert [given for tag, given in elements.tags if tag == "img"] == [
        {"id": "paper", "alt": "Hình vẽ đồ thị", "hidden": None}
    ]
    assert any("</script>" in text for _, text in elements.shown)
    assert "\x00" not in page
    assert "\u202e" not in page
    assert "\u2028" not in page


@given(label=st.text() | st.sampled_from([HOSTILE, "<!--", "]]>", "{{ 7 * 7 }}", "</style>"]))
def test_json_in_a_page_is_inert_and_reads_back(label):
    made = inert_json([label])
    assert not re.search("[<>&\u2028\u2029]", made)
    assert json.loads(made) == [label]
    made.encode()


@given(label=st.text(min_size=1))
def test_any_label_makes_a_page_that_can_be_written(label):
    graph = LegalGraph()
    graph.add_node(Node(label, "instrument", label, properties={"title": label, "number": label}))
    graph_page(graph, statuses={}, on=LATER).encode()


def test_every_node_and_edge_is_in_the_data_and_in_a_table(page, graph):
    data = data_of(page)
    assert len(data["nodes"]) == len(graph)
    assert len(data["edges"]) == graph.networkx.number_of_edges()
    assert {int(one) for one in re.findall(r'data-node="(\d+)"', page)} == set(range(len(graph)))
    assert {int(one) for one in re.findall(r'data-edge="(\d+)"', page)} == set(range(len(data["edges"])))


def test_statuses_are_kept_as_changes(page, graph):
    data = data_of(page)
    law = next(node for node in data["nodes"] if "77/2015" in node["n"])
    assert data["days"] == [SIGNING, "2025-03-01", LATER]
    kinds = data["statusKinds"]
    assert law["s"] == [[0, kinds.index("in_force")], [1, kinds.index("expired")]]


def test_the_slider_stands_at_the_day_asked_for(graph, statuses):
    data = data_of(graph_page(graph, statuses=statuses, on="2024-05-05"))
    assert data["days"][data["on"]] == "2024-05-05"
    assert ["Ngày ký", 0] in data["namedDays"]


def test_evidence_tells_words_clause_day_place_and_source(page):
    shown = " ".join(text for _, text in Elements(page).shown)
    for told_of in ("“Nghị định số 45/2020/NĐ-CP”", "khoản 4 Điều 49", "01/3/2025", "toàn văn", "II NHIỆM VỤ"):
        assert told_of in shown


def test_parts_of_a_document_can_be_folded_into_it(page, graph):
    data = data_of(page)
    numbers = {node["n"]: number for number, node in enumerate(data["nodes"])}
    assert data["nodes"][numbers["Điều 5"]]["p"] == numbers["Nghị định số 45/2020/NĐ-CP"]
    assert data["nodes"][numbers["chủ trì kiểm tra"]]["p"] == numbers["II NHIỆM VỤ"]
    assert data["nodes"][numbers["hồ sơ đúng hạn 98%"]]["p"] == numbers["Kế hoạch số 12/KH-UBND"]


def test_reasons_go_with_their_day(graph, statuses):
    data = data_of(graph_page(graph, statuses=statuses, on=LATER, reasons={LATER: {LAW: "đã được thay thế"}}))
    (reasons,) = data["reasons"].values()
    assert list(reasons.values()) == ["đã được thay thế"]


def test_another_centre_may_be_asked_for(graph, statuses):
    data = data_of(graph_page(graph, statuses=statuses, on=LATER, focus=[DECREE]))
    assert [data["nodes"][one]["n"] for one in data["centres"]] == ["Nghị định số 45/2020/NĐ-CP"]


def test_a_centre_that_is_not_there_is_an_error(graph, statuses):
    with pytest.raises(KeyError):
        graph_page(graph, statuses=statuses, on=LATER, focus=["vn/x"])


@pytest.mark.parametrize("wrong", [{"on": "23/11/2026"}, {"statuses": {"": {}}}, {"on": "2026-02-30"}])
def test_a_day_that_is_none_is_refused(graph, statuses, wrong):
    with pytest.raises(UsageError, match="E301"):
        graph_page(graph, **{"statuses": statuses, "on": LATER, **wrong})


def test_the_same_graph_gives_the_same_page(page):
    assert graph_page(plan(), statuses=told(), on=LATER) == page


def test_an_empty_graph_gives_a_page():
    assert data_of(graph_page(LegalGraph(), statuses={}, on=LATER))["nodes"] == []


def test_the_page_speaks_english(graph, statuses):
    page = graph_page(graph, statuses=statuses, on=LATER, lang="en")
    assert '<html lang="en">' in page
    assert "partly expired" in page
    assert "hết hiệu lực" not in page


def test_a_graph_without_documents_is_shown_around_its_most_connected_instrument():
    graph = star(documents=1, cited=3, replaced=1, amended=1, agencies=0)
    registry_only = LegalGraph(graph.networkx.subgraph(["c0", "n0-0"]).copy())
    data = data_of(graph_page(registry_only, statuses={}, on=LATER))
    assert [data["nodes"][one]["n"] for one in data["centres"]] == ["Nghị định số 0/2020/NĐ-CP"]


def test_of_a_large_graph_the_page_holds_what_is_nearest_and_says_so(monkeypatch):
    monkeypatch.setattr(page_module, "_MOST_NODES", 30)
    graph = star(cited=50, replaced=50)
    page = graph_page(graph, statuses={}, on=LATER)
    names = [node["n"] for node in data_of(page)["nodes"]]
    assert names[0] == "Kế hoạch số 0/KH-UBND"
    assert len(names) == 30
    assert not [name for name in names if name.startswith("Luật sửa đổi")]
    assert f"Đồ thị có {len(graph)} nút; trang này chứa 30 nút" in page


def test_of_many_edges_the_page_says_how_many_it_holds(monkeypatch):
    monkeypatch.setattr(page_module, "_MOST_EDGES", 10)
    assert "quan hệ; trang này chứa 10 quan hệ" in graph_page(star(), statuses={}, on=LATER)


def test_the_library_is_the_file_its_page_tells_of():
    digest = hashlib.sha256((VENDORED / "cytoscape.min.js").read_bytes()).hexdigest()
    told_of = (VENDORED / "README.md").read_text(encoding="utf-8")
    assert digest in told_of
    assert re.search(r"Version \d+\.\d+\.\d+ of the npm package `cytoscape`", told_of)
    assert "Permission is hereby granted" in (VENDORED / "LICENSE").read_text(encoding="utf-8")


def test_the_library_cannot_end_the_script_it_stands_in():
    assert "</script" not in (VENDORED / "cytoscape.min.js").read_text(encoding="utf-8").lower()


def test_nodes_of_every_kind_have_a_row(page):
    shown = [text.strip() for tag, text in Elements(page).shown if tag == "a"]
    for node in (PLAN, LAW, NEW_LAW, DECREE, AGENCY):
        assert plan().node(node).label in shown
