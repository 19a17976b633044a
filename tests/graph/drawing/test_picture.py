"""The still picture: it fits a sheet, can be read, and is the same every time."""

import re
import shutil
import struct
import subprocess

import pytest
from lxml import etree

from parcc_nlp.errors import UsageError
from parcc_nlp.graph import LegalGraph
from parcc_nlp.graph.drawing import graph_png, graph_svg, rendering
from parcc_nlp.graph.drawing.condensing import DETAILS, condensed
from parcc_nlp.graph.drawing.dot import SMALLEST_LETTER, dot_source
from parcc_nlp.graph.drawing.statuses import documents_of

from .plans import AGENCY, DECREE, HOSTILE, LATER, LAW, NEW_LAW, PLAN, SIGNING, plan, star, told

needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz (Debian: graphviz)")


def picture(graph, detail=DETAILS[0], on=LATER, statuses=None, lang="vi"):
    given = told() if statuses is None else statuses
    return condensed(graph.as_of(on), documents_of(graph), on=on, statuses=given, detail=detail, lang=lang)


def text_of(box):
    return " ".join(line.text for line in box.lines)


def points(svg):
    return [float(one) for one in re.search(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()]


def smallest_letter(svg):
    """The smallest letters on paper: their size in the drawing times the scale of the drawing."""
    root = etree.fromstring(svg.encode())
    scale = float(re.search(r"scale\(([\d.]+)", root[0].get("transform")).group(1))
    return scale * min(float(one.get("font-size")) for one in root.iter("{*}text"))


def test_what_nothing_acted_on_stands_left_and_what_was_replaced_right(graph):
    made = picture(graph)
    assert [box.id for box in made.left if box.style == "instrument"] == [DECREE, "vn/chi-thi/-/-/hostile"]
    assert [box.id for box in made.right if box.style == "instrument"] == [LAW]
    assert [box.id for box in made.far] == [NEW_LAW]


def test_a_box_tells_the_status_by_sign_and_look(graph):
    made = picture(graph)
    (law,) = (box for box in made.right if box.id == LAW)
    assert law.standing == "expired"
    assert law.lines[0].sign == "✕"


def test_before_it_took_effect_a_replacement_is_not_drawn(graph):
    made = picture(graph, on=SIGNING)
    assert made.far == ()
    assert [box.id for box in made.right] == []


def test_the_line_of_a_replacement_tells_from_when_and_by_which_clause(graph):
    (arrow,) = (one for one in picture(graph).arrows if one.family == "ends")
    assert arrow.lines == ("thay thế từ 01/3/2025", "khoản 4 Điều 49")
    assert (arrow.inner, arrow.outer, arrow.outwards) == (LAW, NEW_LAW, False)


def test_provisions_are_folded_into_the_line_to_their_instrument(graph):
    (arrow,) = (one for one in picture(graph).arrows if one.outer == DECREE)
    assert arrow.lines == ("Điều 5",)


def test_agencies_stand_under_their_role_and_targets_and_tasks_are_counted(graph):
    shown = [text_of(box) for box in picture(graph).middle]
    assert "Chủ trì (1) Sở Nội vụ" in shown
    assert "1 chỉ tiêu, 1 nhiệm vụ" in shown


def test_what_replaced_the_replacement_is_told_in_its_box():
    from parcc_nlp.graph import Edge, Node

    graph = plan()
    graph.add_node(Node("x", "instrument", "Luật số 72/2025/QH15", properties={"issued": "2025-06-16"}))
    graph.add_edge(Edge("x", "replaces", NEW_LAW, "2025-07-01"))
    (far,) = picture(graph).far
    assert "từ 01/7/2025 được thay thế bởi Luật số 72/2025/QH15" in text_of(far)


def test_what_was_done_on_different_days_is_told_apart():
    from parcc_nlp.graph import Edge

    graph = plan()
    graph.add_edge(Edge(NEW_LAW, "partially_repeals", LAW, "2025-02-19"))
    (arrow,) = (one for one in picture(graph).arrows if one.family == "ends")
    assert " ".join(arrow.lines[:-1]) == "bãi bỏ một phần từ 19/02/2025 thay thế từ 01/3/2025"


def test_before_the_document_was_signed_the_picture_says_so(graph):
    made = picture(graph, on="2020-01-01")
    assert "chưa được ký" in text_of(made.middle[0])


def test_less_detail_never_draws_more():
    graph = star()
    boxes = [
        sum(len(column) for column in (made.left, made.right, made.far, made.middle))
        for made in (picture(graph, detail, statuses={}) for detail in DETAILS)
    ]
    assert boxes == sorted(boxes, reverse=True)


def test_a_list_says_how_many_it_leaves_out():
    made = picture(star(cited=60, replaced=20), DETAILS[-1], statuses={})
    assert text_of(made.right[-1]) == "… và 16 văn bản khác"
    assert "… và 36 văn bản khác" in text_of(made.left[0])


def test_many_documents_stand_in_one_list():
    made = picture(star(documents=30), DETAILS[-1], statuses={})
    assert text_of(made.middle[0]).startswith("Các văn bản (30)")


def test_every_arrow_leads_from_a_box_to_a_box():
    for detail in DETAILS:
        made = picture(star(documents=8), detail, statuses={})
        names = {box.id for column in (made.left, made.middle, made.right, made.far) for box in column}
        assert [one for one in made.arrows if not {one.inner, one.outer} <= names] == []


def test_the_same_picture_gives_the_same_text(graph):
    assert dot_source(picture(graph), lang="vi") == dot_source(picture(plan()), lang="vi")


def test_the_legend_is_in_the_language_asked_for(graph):
    source = dot_source(picture(graph, lang="en"), lang="en")
    assert "partly expired" in source
    assert "hết hiệu lực" not in source


@needs_graphviz
@pytest.mark.parametrize("on", [SIGNING, LATER])
def test_the_picture_fits_a_sheet_of_a4_and_can_be_read(graph, statuses, on):
    svg = graph_svg(graph, on=on, statuses=statuses)
    long, short = sorted(points(svg), reverse=True)
    assert long <= 297 / 25.4 * 72
    assert short <= 210 / 25.4 * 72
    assert smallest_letter(svg) >= 7


@needs_graphviz
@pytest.mark.parametrize(
    "size",
    [
        {"cited": 12, "replaced": 4},
        {"cited": 200, "replaced": 60, "agencies": 60},
        {"documents": 60, "cited": 300, "replaced": 120, "amended": 5},
        {"documents": 6, "cited": 100, "replaced": 40},
    ],
    ids=str,
)
def test_a_large_graph_is_condensed_until_it_can_be_read(size):
    svg = graph_svg(star(**size), on=LATER, statuses={})
    assert smallest_letter(svg) >= 7
    assert max(points(svg)) <= 297 / 25.4 * 72


@needs_graphviz
def test_a_hostile_label_is_text_and_nothing_else(graph, statuses):
    root = etree.fromstring(graph_svg(graph, on=LATER, statuses=statuses).encode())
    assert list(root.iter("{*}script", "{*}img", "{*}image", "{*}a")) == []
    assert any("</script>" in (one.text or "") for one in root.iter("{*}text"))


@needs_graphviz
def test_a_png_holds_the_picture_for_print(graph, statuses):
    png = graph_png(graph, on=LATER, statuses=statuses)
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert max(width, height) <= 297 / 25.4 * rendering._DOTS_PER_INCH


@needs_graphviz
def test_an_empty_graph_gives_a_picture():
    assert "<svg" in graph_svg(LegalGraph(), on=LATER, statuses={})


@needs_graphviz
def test_the_picture_is_drawn_around_what_is_asked_for(graph, statuses):
    svg = graph_svg(graph, on=LATER, statuses=statuses, focus=[LAW])
    assert "Đồ thị viện dẫn: Luật Tổ chức chính quyền địa phương số 77/2015/QH13" in svg


def test_without_graphviz_the_error_says_how_to_install_it(graph, statuses, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"apt-get install graphviz.*E380"):
        graph_svg(graph, on=LATER, statuses=statuses)


def test_a_graphviz_that_does_not_end_is_stopped(graph, statuses, monkeypatch):
    def never(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(rendering.shutil, "which", lambda _: "dot")
    monkeypatch.setattr(rendering.subprocess, "run", never)
    with pytest.raises(UsageError, match="E381"):
        graph_svg(graph, on=LATER, statuses=statuses)


@needs_graphviz
def test_what_graphviz_cannot_draw_is_an_error():
    with pytest.raises(UsageError, match="E381"):
        rendering.rendered("digraph {", form="svg")


@pytest.mark.parametrize("day", ["2026-13-01", "nay"])
def test_a_day_that_is_none_is_refused(graph, day):
    with pytest.raises(UsageError, match="E301"):
        graph_svg(graph, on=day, statuses={})


def test_the_names_of_the_plan_are_those_of_these_tests(graph):
    assert {PLAN, AGENCY} <= {node.id for node in graph.nodes()}
    assert HOSTILE in {node.label for node in graph.nodes()}
    assert SMALLEST_LETTER >= 7
