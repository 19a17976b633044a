"""Graphs that the tests of exchange write and read."""

import json
from pathlib import Path

from hypothesis import strategies as st

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.values import EDGE_KINDS, NODE_KINDS

LAW = "vn/luat/quoc-hoi/2024-01-18/31-2024-qh15"
OLD = "vn/luat/quoc-hoi/2013-11-29/45-2013-qh13"
DECREE = "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp"
PLAN = "vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd"
CITED = f"vn/ke-hoach/-/-/24-kh-ubnd@{PLAN}"
ARTICLE = f"{LAW}#dieu_5"
SECTION = f"{PLAN}#section_1"
TASK = f"{PLAN}#task_40"
TARGET = f"{PLAN}#target_80"
OFFICE = "agency/vn/lam-dong/so-tu-phap"
FORMER = "agency/lam-dong/so-tu-phap-cu"
PROVINCE = "unit/lam-dong"

NAUGHTY = json.loads((Path(__file__).parents[2] / "extract" / "naughty_strings.json").read_text(encoding="utf-8"))


def sample():
    """Every kind of node, and edges of most kinds with what they carry."""
    graph = LegalGraph()
    for node in (
        Node(LAW, "instrument", "Luật Đất đai số 31/2024/QH15", properties={
            "number": "31/2024/QH15", "doc_type": "Luật", "issued": "2024-01-18", "issuer": "Quốc hội",
            "title": "Luật Đất đai", "effective": "2024-08-01", "normative": True,
        }),
        Node(OLD, "instrument", "Luật Đất đai số 45/2013/QH13", properties={
            "number": "45/2013/QH13", "doc_type": "Luật", "issued": "2013-11-29", "expires": "2024-08-01",
        }),
        Node(DECREE, "instrument", "Nghị định số 45/2020/NĐ-CP", properties={"number": "45/2020/NĐ-CP"}),
        Node(PLAN, "instrument", "Kế hoạch số 12/KH-UBND", properties={
            "number": "12/KH-UBND", "issued": "2026-01-15", "issuer": "UBND tỉnh Lâm Đồng", "path": "C:\\kế hoạch.docx",
        }),
        Node(CITED, "instrument", "Kế hoạch số 24/KH-UBND", known=False),
        Node(ARTICLE, "provision", "Điều 5", properties={"eid": "dieu_5", "unit": "dieu"}),
        Node(SECTION, "section", "I. Mục tiêu", properties={"eid": "section_1", "unit": "section", "start": 1, "end": 9}),
        Node(TASK, "task", "Rà soát văn bản", properties={"start": 40, "deadline": "2026-06-30"}),
        Node(TARGET, "target", "tỷ lệ hồ sơ trực tuyến 85,5%", properties={"value": 85.5, "comparator": "at_least"}),
        Node(OFFICE, "agency", "Sở Tư pháp"),
        Node(FORMER, "agency", "Sở Tư pháp (cũ)", known=False),
        Node(PROVINCE, "unit", "Lâm Đồng"),
    ):  # fmt: skip
        graph.add_node(node)
    for edge in (
        Edge(
            PLAN, "based_on", LAW, document=PLAN, properties={"start": 3, "end": 24, "quote": "Luật Đất đai\nnăm 2024"}
        ),
        Edge(PLAN, "cites", ARTICLE, document=PLAN, properties={"start": 60, "end": 66, "quote": "Điều 5"}),
        Edge(PLAN, "cites", ARTICLE, document=PLAN, properties={"start": 90, "end": 96, "quote": "Điều 5"}),
        Edge(PLAN, "implements", CITED, document=PLAN),
        Edge(LAW, "replaces", OLD, since="2024-08-01", properties={"clause": "Điều 252", "confidence": "verified"}),
        Edge(LAW, "suspends", DECREE, since="2025-07-01", until="2026-01-01", document=LAW),
        Edge(LAW, "repeals", DECREE, since="2027", document=LAW, properties={"exception": "trừ Điều 3"}),
        Edge(ARTICLE, "part_of", LAW),
        Edge(SECTION, "part_of", PLAN, document=PLAN),
        Edge(TASK, "part_of", SECTION, document=PLAN),
        Edge(TASK, "assigns", OFFICE, document=PLAN, properties={"role": "lead"}),
        Edge(PLAN, "sets_target", TARGET, document=PLAN),
        Edge(PLAN, "part_of", PROVINCE, document=PLAN, properties={"as": "place"}),
        Edge(FORMER, "succeeded_by", OFFICE, since="2025-07-01"),
    ):
        graph.add_edge(edge)
    return graph


def naughty(*, xml=True):
    """A node and an edge for every naughty string; for XML only those it can hold."""
    graph = LegalGraph()
    graph.add_node(Node(PLAN, "instrument", "Kế hoạch"))
    for number, (name, text) in enumerate(NAUGHTY.items()):
        if not isinstance(text, str) or any("\ud800" <= char <= "\udfff" for char in text):
            continue
        if xml and any((char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" for char in text):
            continue
        graph.add_node(Node(f"{PLAN}#task_{number}", "task", text, properties={"title": name, "product": text}))
        graph.add_edge(Edge(f"{PLAN}#task_{number}", "part_of", PLAN, document=PLAN, properties={"quote": text}))
    return graph


def many(edges):
    """A graph of some size: a tenth as many instruments as edges, each edge with its evidence."""
    graph = LegalGraph()
    count = max(edges // 10, 2)
    ids = [
        f"vn/quyet-dinh/ubnd-tinh-lam-dong/2025-01-{number % 28 + 1:02d}/{number}-qd-ubnd" for number in range(count)
    ]
    for number, one in enumerate(ids):
        properties = {
            "number": f"{number}/QĐ-UBND",
            "issued": f"2025-01-{number % 28 + 1:02d}",
            "doc_type": "Quyết định",
        }
        graph.add_node(Node(one, "instrument", f"Quyết định số {number}/QĐ-UBND", properties=properties))
    for number in range(edges):
        source, target = ids[number % count], ids[(number * 7919 + 1) % count]
        evidence = {
            "start": number,
            "end": number + 20,
            "quote": f"Quyết định số {number}/QĐ-UBND",
            "resolution": "exact",
        }
        graph.add_edge(Edge(source, "cites", target, document=source, properties=evidence))
    return graph


def texts(*, xml):
    """Texts of any characters that a file can hold."""
    if xml:
        return st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
            | st.sampled_from("\t\r\n")
        )
    return st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def graphs(draw, *, xml=False):
    """Small graphs with any ids, names of properties, texts and numbers."""
    text = texts(xml=xml) | st.sampled_from([node.label for node in naughty(xml=xml).nodes()])
    numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    values = text | numbers | st.booleans()
    names = st.text(st.characters(categories=["Ll", "Lu", "Nd"], include_characters="_"), min_size=1, max_size=8)
    names = (names | st.sampled_from(["start", "end", "label", "weight", "type", "as", "đơn_vị"])).filter(is_free)
    ids = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
    ids |= st.sampled_from([LAW, OLD, ARTICLE, OFFICE, PROVINCE, CITED])
    properties = st.dictionaries(names, values, max_size=4)
    days = st.none() | st.dates().map(str) | st.sampled_from(["2026", "2026-02", "", "2026-02-31"])
    graph = LegalGraph()
    for one in draw(st.lists(ids, min_size=1, max_size=6, unique=True)):
        kind = draw(st.sampled_from(NODE_KINDS))
        carried = {name: value for name, value in draw(properties).items() if name not in {"kind", "label", "known"}}
        graph.add_node(Node(one, kind, draw(text), draw(st.booleans()), carried))
    there = st.sampled_from(list(graph.networkx))
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(EDGE_KINDS))
        document = draw(st.none() | there | text)
        graph.add_edge(Edge(draw(there), kind, draw(there), draw(days), draw(days), document, draw(properties)))
    return graph


def is_free(name):
    """Whether a property may be called so."""
    reserved = {"id", "source", "target", "key", "kind", "known", "since", "until", "document"}
    return name.isidentifier() and name not in reserved
